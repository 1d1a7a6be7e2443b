"""Where and on what occasion something was said: `kata Budi dalam jumpa pers di Bandung, Senin (4/5)`.

They stand right behind the speaker or the cue, or open the sentence; days and addressees may stand among them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from kliping_extract.domain.attributions import Attribution
from kliping_extract.domain.prose import Prose
from kliping_shared.contracts.enriched import EntityType

#: The longest circumstance that is read, in tokens; what is longer is a clause of its own.
_LONGEST = 30
_AT = frozenset({"di", "dari"})


@dataclass(frozen=True, slots=True)
class _Piece:
    """Tokens [start, end) of one circumstance; a place without its preposition."""

    kind: str
    start: int
    end: int


def with_circumstances(prose: Prose, item: Attribution) -> Attribution:
    """The attribution with the first occasion and the first place told beside it; linear in its sentence's length."""
    found: dict[str, tuple[int, int]] = {}
    for start, limit in _openings(prose, item):
        for piece in _pieces(prose, start, limit):
            found.setdefault(piece.kind, (piece.start, piece.end))
    return replace(item, place=found.get("place"), occasion=found.get("occasion")) if found else item


def _openings(prose: Prose, item: Attribution) -> Iterator[tuple[int, int]]:
    """Where circumstances may begin, and the first token that is none of theirs."""
    sentence = prose.sentences[item.sentence]
    fixed = [*item.spans]
    if item.cue is not None:
        fixed.append(item.cue)
    if item.speaker is not None:
        fixed.append((item.speaker.start, item.speaker.end))
    acts = [end for _, end in fixed[len(item.spans) :]]
    for start in (*sorted(acts, reverse=True), sentence.start):
        if sentence.start <= start < sentence.end and not any(begin <= start < end for begin, end in fixed):
            yield start, min((begin for begin, _ in fixed if begin > start), default=sentence.end)


def _pieces(prose: Prose, i: int, limit: int) -> Iterator[_Piece]:
    """Circumstances one after the other; ends at the first token that opens none."""
    while i < limit:
        if prose.comma(i) or prose.tokens.words[i] == ")":
            i += 1
            continue
        piece = _day(prose, i, limit) or _place(prose, i, limit) or _addressee(prose, i, limit)
        piece = piece or _occasion(prose, i, limit)
        if piece is None:
            return
        yield piece
        i = piece.end


def _day(prose: Prose, i: int, limit: int) -> _Piece | None:
    """`pada Senin (4/5) siang`; a name like Minggu is none."""
    lower, grammar = prose.tokens.lower, prose.lexicon.grammar
    start = i + (lower[i] == "pada")
    if start >= limit or (lower[start] not in grammar.days and lower[start] != "pukul"):
        return None
    end = start + 1
    while end < limit and (lower[end] in grammar.days or lower[end] in grammar.day_details or lower[end][0].isdigit()):
        end += 1
    return _Piece("day", i, end)


def _place(prose: Prose, i: int, limit: int) -> _Piece | None:
    """`di Istana Merdeka, Jakarta`; `di kantor KPU`. A body behind `dari` is whom the speaker is from."""
    tokens = prose.tokens
    if tokens.lower[i] not in _AT or i + 1 >= limit:
        return None
    start = end = i + 1
    name = tokens.name_from(start)
    if name is not None and (
        name.type is EntityType.PER or (name.type is EntityType.ORG and tokens.lower[i] == "dari")
    ):
        return None
    if not tokens.capital(start):
        if tokens.lower[start] not in prose.lexicon.grammar.premises:
            return None
        end += 1
    while end < min(limit, start + _LONGEST) and _goes_on(prose, end, limit):
        end += 1
    # An office at a place: Konsul Jenderal di Jeddah Budi Santoso.
    person = tokens.name_at[end] >= 0 if end < limit else False
    return _Piece("place", start, end) if end > start and not person else None


def _goes_on(prose: Prose, i: int, limit: int) -> bool:
    """Whether token `i` belongs to the place that the tokens before it name."""
    tokens, days = prose.tokens, prose.lexicon.grammar.days
    if prose.comma(i):
        at = tokens.name_from(i + 1) if i + 1 < limit else None
        return at is not None and at.type is EntityType.LOC and tokens.lower[i + 1] not in days
    if tokens.name_at[i] >= 0:
        return tokens.names[tokens.name_at[i]].type is not EntityType.PER
    word = tokens.lower[i]
    return word not in days and (tokens.capital(i) or word[0].isdigit() or word in {"-", "/", "dan"})


def _addressee(prose: Prose, i: int, limit: int) -> _Piece | None:
    """`kepada wartawan`, `kepada Warta Kota`."""
    if prose.tokens.lower[i] != "kepada":
        return None
    end = i + 1
    while end < limit and not prose.comma(end) and not _opens(prose, end, limit):
        end += 1
    return _Piece("addressee", i, end)


def _occasion(prose: Prose, i: int, limit: int) -> _Piece | None:
    if not _opens_occasion(prose, i, limit):
        return None
    end = i + 1 + (prose.tokens.lower[i] == "yang")
    last = min(limit, i + _LONGEST)
    while end < last and not prose.comma(end) and prose.tokens.words[end] not in {".", ";", ":"}:
        if _day(prose, end, limit) or _place(prose, end, limit):
            break
        end += 1
    return (
        _Piece("occasion", i, end) if end > i + 1 or prose.tokens.lower[i] in prose.lexicon.grammar.tail_verbs else None
    )


def _opens(prose: Prose, i: int, limit: int) -> bool:
    return _opens_occasion(prose, i, limit) or bool(_day(prose, i, limit) or _place(prose, i, limit))


def _opens_occasion(prose: Prose, i: int, limit: int) -> bool:
    lower, grammar = prose.tokens.lower, prose.lexicon.grammar
    if lower[i] == "yang":
        return i + 1 < limit and lower[i + 1] in grammar.tail_verbs
    if lower[i] in grammar.tail_verbs:
        return True
    return lower[i] in grammar.occasions and i + 1 < limit and not lower[i + 1][0].isdigit()
