"""What the claim finders hand on: token ranges of a statement, its cue and the phrase that names its speaker."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise

from kliping_extract.domain.introductions import How
from kliping_extract.domain.lexicon import CueWord
from kliping_extract.domain.phrases import Phrase
from kliping_extract.domain.prose import ProseOf, ProseWords
from kliping_shared.contracts.enriched import ClaimKind


@dataclass(frozen=True, slots=True)
class Attribution:
    """One statement: token ranges `spans`, the cue's tokens, who is named as speaker (None: whoever spoke last).

    `rule` is the id of the rule that found it, `via` the phrase of who passed it on, `place` and `occasion` tell where
    and on what occasion it was said.
    """

    spans: tuple[tuple[int, int], ...]
    kind: ClaimKind
    rule: str
    sentence: int
    cue: tuple[int, int] | None = None
    word: CueWord | None = None
    speaker: Phrase | None = None
    via: Phrase | None = None
    place: tuple[int, int] | None = None
    occasion: tuple[int, int] | None = None


@dataclass(slots=True)
class Frame:
    """A statement that is still open to the right while its sentence is read."""

    cue: tuple[int, int]
    word: CueWord
    speaker: Phrase | None
    start: int
    how: How
    rule: str
    end: int = 0
    via: Phrase | None = None


@dataclass(slots=True)
class Walk:
    """Where the reading of one sentence stands.

    `region` is where a statement that a later cue closes would begin, `floor` the leftmost token a subject may take.
    """

    sentence: int
    region: int
    floor: int
    end: int
    frames: list[Frame] = field(default_factory=list)
    done: list[Attribution] = field(default_factory=list)
    speaker: Phrase | None = None
    via: Phrase | None = None
    busy: int = 0


def kind_of(prose: ProseOf[ProseWords], spans: tuple[tuple[int, int], ...], how: How | None) -> ClaimKind:
    """Direct when one quote holds all words, mixed when a quote holds some, else indirect."""
    words = [i for start, end in spans for i in range(start, end) if prose.tokens.words[i][0].isalnum()]
    quoted = sum(prose.quote_at[i] >= 0 for i in words)
    if quoted == 0:
        return ClaimKind.INDIRECT
    short = len(words) < 3 and not prose.tokens.capital(words[0])
    label = how in (How.AS, How.NOUN, How.SPEECH) or (how in (How.CLAUSE, How.QUOTE, How.BAHWA) and short)
    return ClaimKind.DIRECT if quoted == len(words) and not label else ClaimKind.MIXED


def tighten(prose: ProseOf[ProseWords], start: int, end: int) -> tuple[int, int] | None:
    """The range without punctuation at its edges and without a quote mark whose partner is outside; None if nothing is left."""
    words = prose.tokens.words
    changed = True
    while changed and start < end:
        changed = False
        if words[start] in _EDGES or _lone(prose, start, start, end):
            start, changed = start + 1, True
        elif words[end - 1] in _EDGES or _lone(prose, end - 1, start, end):
            end, changed = end - 1, True
        elif (quote := prose.quote_from(start)) is not None and quote.end == end and quote.closed:
            start, end, changed = start + 1, end - 1, True
    return (start, end) if start < end else None


_EDGES = frozenset({".", ",", ";", ":", "–", "—", "-", "--"})


def _lone(prose: ProseOf[ProseWords], i: int, start: int, end: int) -> bool:
    """Whether token `i` is the outer mark of a quote that the range does not hold wholly."""
    at = prose.quote_at[i]
    if at < 0:
        return False
    quote = prose.quotes[at]
    if i == quote.start and quote.parts[0][0] > quote.start:
        return quote.end > end
    return i == quote.end - 1 and quote.closed and quote.start < start


def _pieces(prose: ProseOf[ProseWords], start: int, end: int) -> Iterator[tuple[int, int]]:
    """The range, cut where an advert or the like stands between its words."""
    gaps = prose.tokens.gaps
    yield from pairwise((start, *gaps[bisect_right(gaps, start) : bisect_left(gaps, end)], end))


def settle(prose: ProseOf[ProseWords], attribution: Attribution, fewest: int) -> Attribution | None:
    """The attribution with tightened spans, without what is no prose; None when fewer than `fewest` words are left."""
    pieces = (piece for a, b in attribution.spans for piece in _pieces(prose, a, b))
    spans = tuple(span for a, b in pieces if (span := tighten(prose, a, b)) is not None)
    words = sum(word[0].isalnum() for a, b in spans for word in prose.tokens.words[a:b])
    if not spans or words < fewest:
        return None
    return attribution if spans == attribution.spans else replace(attribution, spans=spans)
