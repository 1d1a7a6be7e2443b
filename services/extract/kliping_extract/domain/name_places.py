"""Names that stand where only a name can stand: behind an office, and beside a word of saying."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kliping_extract.domain.name_sources import PLACE_LIKE, REACH, Named, NameWords, Words, capital, office_before
from kliping_extract.domain.name_types import is_aged
from kliping_shared.contracts.enriched import EntityType

#: The longest person's name that position alone can give, in tokens.
_LONGEST = 5
#: Log-odds from which a single word behind an acronym is taken for a person.
_PERSON_LIKE = 0.5


def placed_in(words: Words, names: Sequence[Named], allowed: Sequence[bool], lists: NameWords) -> Iterator[Named]:
    """Persons that nothing named yet: `Bupati Tirtasari | Ratna Wulandari`, `ketua panitia, Budi Santoso,`, `kata Endah`, `Bu | Endah`."""
    # A single word that no list knows explains little: recognisers label a rare first name as a place.
    within = {word for name in names if name.end - name.start > 1 for word in words[name.start : name.end]}
    firm = (n for n in names if n.end - n.start > 1 or lists.listed(words[n.start]) or words[n.start] in within)
    taken = {i for name in firm for i in range(name.start, name.end)}
    spots = [i for i in words.capitals if allowed[i] and i not in taken and _nameable(words[i], lists)]
    free = [False] * len(words)
    for i in spots:
        free[i] = True
    for name in names:
        if name.type is not EntityType.PER and office_before(words, name.start, lists):
            acronym = name.end - name.start == 1 and words[name.start].isupper()
            start = name.end
            while start < len(words) and (words.lower[start] in lists.honorifics or words[start] == "Pol"):
                start += 1
            alone = start < len(words) and lists.odds.get(words.lower[start], 0.0) > _PERSON_LIKE
            yield from _run(words, start, free, fewest=1 if acronym and alone else 2)
    for i, lower in enumerate(words.lower):
        if lower in lists.role_heads and (behind := _past_work(words, i + 1, lists)) > i + 1:
            yield from _run(words, behind, free, fewest=2)
    beside = {i + step for i in spots for step in (-1, 1)}
    for i in sorted(beside & set(range(1, len(words) - 1))):
        if free[i + 1] and words[i] == "," and _office_near(words, i, lists):
            yield from _run(words, i + 1, free, fewest=2)
        elif free[i - 1] and (is_aged(words, i) or (words[i] == "," and words[i + 1] in lists.role_heads)):
            yield from _run_before(i, free)
        elif free[i + 1] and (words[i] in lists.bare_cues or words.lower[i] in lists.addresses):
            yield from _run(words, i + 1, free, fewest=1)
        elif free[i - 1] and words.lower[i] in lists.active_cues:
            yield from _run_before(i, free)


def _past_work(words: Words, i: int, lists: NameWords) -> int:
    """Behind the one or two plain words that say what somebody does: `operator truk | Dominik Wan`."""
    end = i
    while end < min(len(words), i + 2) and words[end].isalpha() and words[end].islower():
        if words[end] in lists.no_person:
            return i
        end += 1
    return end if end < len(words) else i


def _nameable(word: str, lists: NameWords) -> bool:
    """Whether a capitalised word may be part of a person's name as far as the lists know."""
    if (word.isupper() and len(word) > 3) or "." in word[:-1]:
        return False
    lower = word.lower()
    return lower not in lists.no_person and lists.odds.get(lower, 0.0) >= PLACE_LIKE


def _run(words: Words, start: int, free: Sequence[bool], *, fewest: int) -> Iterator[Named]:
    """The unexplained capitals from `start`, unless more capitals follow, which would make it another kind of name."""
    end = start
    while end < min(len(words), start + _LONGEST) and free[end]:
        end += 1
    if end - start >= fewest and not (end < len(words) and capital(words[end])):
        yield Named(start, end, EntityType.PER)


def _run_before(end: int, free: Sequence[bool]) -> Iterator[Named]:
    """The unexplained capitals right before a verb of saying."""
    start = end
    while start > 0 and free[start - 1]:
        start -= 1
    if end - start <= _LONGEST:
        yield Named(start, end, EntityType.PER)


def _office_near(words: Words, comma: int, lists: NameWords) -> bool:
    """Whether an office, perhaps in lower case, ends at the comma: `koordinator relawan ,`."""
    for i in range(comma - 1, max(-1, comma - REACH), -1):
        lower = words.lower[i]
        if lower in lists.role_heads:
            return True
        if not words[i][:1].isalpha() or lower in lists.function_words or lower in lists.active_cues:
            return False
    return False
