"""What an article's short forms in brackets stand for: a body (`Badan Irigasi (BI)`), a person (`Heru Gunarto (HG)`), or neither (`wajib pajak (WP)`)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kliping_extract.domain.name_sources import Named, NameWords, Words, capital
from kliping_shared.contracts.enriched import EntityType

#: A body's full name has at least so many words for a short form in brackets to be its own.
_FEWEST = 2
#: The longest initials by which news calls a person.
_INITIALS = 4
#: What may stand between initials.
_LISTED = frozenset({",", "(", ")", "dan", "serta"})
_LINKS = frozenset({"dan", "untuk", "bagi", "&"})
_LONGEST_LIST = 60
_AGE = re.compile(r"[1-9][0-9]?")


@dataclass(frozen=True, slots=True)
class ShortForms:
    """`names` that the brackets show, wherever they stand, the type of each short form, and those that stand for ordinary words."""

    names: Sequence[Named]
    types: Mapping[str, EntityType]
    terms: frozenset[str]

    def applied(self, words: Words, names: Sequence[Named], lists: NameWords) -> Iterator[Named]:
        """The names with what is known of short forms, without those that stand for ordinary words."""
        for name in names:
            word = words[name.start]
            if name.end - name.start > 1:
                yield name
            elif word not in self.terms and word not in lists.no_names:
                yield Named(name.start, name.end, self.types.get(word, name.type))


def short_forms(words: Words, names: Sequence[Named], allowed: Sequence[bool], lists: NameWords) -> ShortForms:
    """The short forms that stand alone in brackets."""
    before = {name.end: name for name in names}
    bodies = {name.start for name in names if name.type is EntityType.ORG and name.end - name.start == 1}
    found: list[Named] = []
    types: dict[str, EntityType] = {}
    terms: set[str] = set()
    for at in (i + 1 for i in words.brackets if 0 < i < len(words) - 2):
        if words[at + 1] != ")" or not allowed[at]:
            continue
        name = before.get(at - 1)
        if lists.listed(words[at]):
            continue
        if at in bodies and (start := _spelt_out(words, at)) is not None and (name is None or name.start > start):
            name = Named(start, at - 1, EntityType.ORG)
        if name is None:
            if words[at].isupper() and _of_plain_words(words, at - 1, words[at]):
                terms.add(words[at])
        elif (full := _full_name(words, name, words[at], lists)) is not None:
            types.setdefault(words[at], full.type)
            found.append(full)
    people = (word for word in (*_suspects(words, lists), *_called(words, names, lists)) if word not in lists.no_names)
    types.update(dict.fromkeys(people, EntityType.PER))
    found += [Named(i, i + 1, types[word]) for i, word in enumerate(words) if word in types and allowed[i]]
    return ShortForms(found, types, frozenset(terms))


def _spelt_out(words: Words, at: int) -> int | None:
    """Where the words begin whose first letters are the short form in the bracket: `| Perserikatan Bola Voli (PBV)`."""
    i = at - 1
    for letter in reversed(words.lower[at]):
        i -= 1
        while i > 0 and words[i] in _LINKS:
            i -= 1
        if i < 0 or not capital(words[i]) or words.lower[i][0] != letter:
            return None
    return i


def _suspects(words: Words, lists: NameWords) -> Iterator[str]:
    """Initials for a name that is kept back, all in a list of them: `berinisial DS, MK (34), dan RL`, `RL (25)`."""
    seen: set[int] = set()
    told = [i + 1 for i, lower in enumerate(words.lower) if lower in {"inisial", "berinisial"}]
    aged = [i - 1 for i in words.brackets if i > 1 and _aged_initials(words, i - 1, lists)]
    for i in (*told, *aged):
        for at in _listed_with(words, i, 1), _listed_with(words, i - 1, -1):
            seen.update(at)
    yield from (words[i] for i in seen)


def _aged_initials(words: Words, i: int, lists: NameWords) -> bool:
    aged = words[i + 1 : i + 4 : 2] == ["(", ")"] and _AGE.fullmatch(words[i + 2]) is not None
    return aged and len(words[i]) > 1 and _initials(words[i]) and not lists.listed(words[i])


def _listed_with(words: Words, start: int, step: int) -> Iterator[int]:
    """The initials from a token on, in a list of nothing else."""
    at = start
    while (
        0 <= at < len(words)
        and abs(at - start) < _LONGEST_LIST
        and (_initials(words[at]) or words[at] in _LISTED or _AGE.fullmatch(words[at]))
    ):
        if _initials(words[at]):
            yield at
        at += step


def _called(words: Words, names: Sequence[Named], lists: NameWords) -> Iterator[str]:
    """Initials of the persons that the article names in full, as far as no list has them."""
    for name in names:
        initials = "".join(word[0] for word in words[name.start : name.end])
        if name.type is EntityType.PER and len(initials) > 1 and _initials(initials) and not lists.listed(initials):
            yield initials


def _initials(word: str) -> bool:
    return word.isalpha() and word.isupper() and len(word) <= _INITIALS


def _full_name(words: Words, name: Named, short: str, lists: NameWords) -> Named | None:
    """What the short form stands for, with its type: the name before the bracket, perhaps without `Gedung`."""
    full, head = words[name.start : name.end], words.lower[name.start]
    if name.type is EntityType.PER:
        initials = short.isupper() and 1 < len(short) <= _INITIALS
        return name if initials and _abbreviates(short, full) else None
    if head in lists.place_heads and len(full) > _FEWEST and short.isupper() and _abbreviates(short, full[1:]):
        return Named(name.start + 1, name.end, EntityType.ORG) if short[0].lower() != head[0] else name
    if len(full) < _FEWEST or not _abbreviates(short, full):
        return None
    place = name.type is EntityType.LOC and (head in lists.place_heads or not short.isupper())
    return name if place and head not in lists.org_heads else Named(name.start, name.end, EntityType.ORG)


def _of_plain_words(words: Words, end: int, short: str) -> bool:
    """Whether the lower-case words that end there, as many as the form has letters at most, make the short form."""
    start = end
    while start > max(0, end - len(short)) and words[start - 1].isalpha() and words[start - 1].islower():
        start -= 1
    return any(_abbreviates(short, words[first:end]) for first in range(start, end))


def _abbreviates(short: str, full: Sequence[str]) -> bool:
    """Whether a short form has a capital and its letters stand in the name in their order, from the first one on."""
    letters, name = short.lower(), "".join(full).lower()
    if len(short) < 2 or not short.isalpha() or not short[0].isupper():
        return False
    at = -1
    for letter in letters:
        at = name.find(letter, at + 1)
        if at < 0:
            return False
    return any(word[:1].lower() == letters[0] for word in full)
