"""Where in a wording something stands, told by the words around it."""

from __future__ import annotations

from functools import cache

from kliping_link.domain.amounts import COUNT, Amount
from kliping_link.domain.features import ClaimFeatures
from kliping_link.domain.words import content, lexicon_lines

#: Words before and after a number that tell what it is a number of; of things that are counted the unit tells much.
NEAR, NEAR_COUNT = 5, 8
#: Words before and after a name that tell what is said of it, and how many of them two wordings share at least.
BESIDE, SHARED = 3, 2


def around(claim: ClaimFeatures, number: Amount) -> frozenset[str]:
    """Stems near the first place where the number stands."""
    near = NEAR_COUNT if number.measures == COUNT and number.unit else NEAR
    before, after = _sides(claim, number.written)
    return frozenset((*before[:near], *after[:near]))


@cache
def tolls() -> frozenset[str]:
    """Stems of what is counted anew from day to day."""
    return frozenset(stem for line in lexicon_lines("tolls.txt") for stem in content(line))


def same_slot(a: ClaimFeatures, mine: str, b: ClaimFeatures, theirs: str) -> bool:
    """Whether what is written so in one wording stands where the other has something else: next to the same words."""
    (before, after), (their_before, their_after) = _sides(a, mine), _sides(b, theirs)
    beside = before[:1] == their_before[:1] != [] or after[:1] == their_after[:1] != []
    shared = {*before[:BESIDE]} & {*their_before[:BESIDE]} | {*after[:BESIDE]} & {*their_after[:BESIDE]}
    return beside and len(shared) >= SHARED


def _sides(claim: ClaimFeatures, written: str) -> tuple[list[str], list[str]]:
    """The stems before and behind, those that are nearest first."""
    start = claim.text.find(written)
    end = start + len(written)
    if start < 0:
        return [], []
    before = [stem for stem, at in claim.sequence if at < start]
    return before[::-1], [stem for stem, at in claim.sequence if at >= end]
