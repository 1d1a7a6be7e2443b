"""Names where capitals say nothing, in headlines and where sentences open, cut to what the article calls a name elsewhere."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from kliping_extract.domain.name_sources import Named, NameWords, Words, opens
from kliping_shared.contracts.enriched import EntityType
from kliping_shared.names import normal_name

#: Log-odds from which a word that opens a sentence is taken for a name although nothing else says so.
_NAME_LIKE = 0.3
_ACTIVE = re.compile(r"me[a-z]{4,}")
#: The longest name that is searched for shorter ones, in tokens.
_LONGEST = 8


def headline_cut(words: Words, names: Sequence[Named], headline: Sequence[bool]) -> Iterator[Named]:
    """A verb may hang on a name in a headline, also in one inside of the text: cut `Budi Santoso Bahas` to `Budi Santoso`.

    There whom a comma or bracket follows is introduced in full.
    """
    counts = Counter(_folded(words, name.start, name.end) for name in names)
    kinds = {_folded(words, name.start, name.end): name.type for name in names if not headline[name.start]}
    for name in names:
        if headline[name.start]:
            yield _part_named(words, name, kinds)
        elif (
            name.type is EntityType.PER
            and name.end - name.start > 2
            and counts[_folded(words, name.start, name.end)] == 1
        ):
            ends = (end for end in range(name.end - 1, name.start + 1, -1) if counts[_folded(words, name.start, end)])
            introduced = words[name.end : name.end + 1] in ([","], ["("])
            yield name if introduced else Named(name.start, next(ends, name.end), name.type)
        else:
            yield name


def _part_named(words: Words, name: Named, kinds: Mapping[str, EntityType]) -> Named:
    """The longest stretch of a headline's name that is a name in the text."""
    if _folded(words, name.start, name.end) in kinds or name.end - name.start > _LONGEST:
        return name
    for size in range(name.end - name.start - 1, 0, -1):
        for start in range(name.start, name.end - size + 1):
            kind = kinds.get(_folded(words, start, start + size))
            if kind is not None:
                # A body keeps the place that closes its name: `Pemprov Riau`.
                local = kind is EntityType.LOC and name.type is EntityType.ORG and start + size == name.end
                return name if local else Named(start, start + size, kind)
    return name


def opening_cut(words: Words, names: Sequence[Named], headline: Sequence[bool], lists: NameWords) -> Iterator[Named]:
    """Without ordinary words that a sentence opens with: `Jenazah | Endah`, and alone (`Musiman`)."""
    called = {form for name in names for form in _short(words, name)}
    inside = {words[i] for i in words.capitals if not headline[i] and not opens(words, i)}
    for name in names:
        first = words[name.start]
        plain = lists.odds.get(first.lower(), 0.0) < _NAME_LIKE and opens(words, name.start)
        alone = name.end - name.start == 1
        head = first.lower() in lists.heads or first.lower() in lists.regional
        rest = name.type is EntityType.PER or (words[name.end - 1].isupper() and not head)
        if plain and rest and not alone and first not in inside and _folded(words, name.start + 1, name.end) in called:
            yield Named(name.start + 1, name.end, name.type)
        elif not (
            plain and alone and name.type is EntityType.PER and first not in inside and not _acts(words, name, lists)
        ):
            yield name


def _short(words: Words, name: Named) -> Iterator[str]:
    """The name as others may hold it: whole, and a person's first word."""
    yield _folded(words, name.start, name.end)
    if name.type is EntityType.PER:
        yield _folded(words, name.start, name.start + 1)


def _acts(words: Words, name: Named, lists: NameWords) -> bool:
    """Whether what stands behind a name goes with persons: an active verb, an age, a description between commas."""
    behind = words[name.end] if name.end < len(words) else ""
    return behind in {"(", ","} or behind.lower() in lists.function_words or _ACTIVE.fullmatch(behind) is not None


def _folded(words: Words, start: int, end: int) -> str:
    return normal_name(" ".join(words[start:end]))
