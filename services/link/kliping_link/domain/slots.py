"""Where in a wording something stands, told by the words around it."""

from __future__ import annotations

from difflib import SequenceMatcher
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


def of_another(a: ClaimFeatures, b: ClaimFeatures) -> bool:
    """Whether, numbers aside, a word stands in the place of another between the same words: then they are of two things.

    'Beras medium di pasar' and 'beras premium di pasar'.
    """
    mine, theirs = _without_numbers(a), _without_numbers(b)
    steps = SequenceMatcher(None, mine, theirs, autojunk=False).get_opcodes()
    return any(
        step == "replace"
        and before == after == "equal"
        and i_end - i == j_end - j == 1
        and mine[i] not in theirs
        and theirs[j] not in mine
        for (before, *_), (step, i, i_end, j, j_end), (after, *_) in zip(steps, steps[1:], steps[2:], strict=False)
    )


def _without_numbers(claim: ClaimFeatures) -> list[str]:
    figures = {stem for one in claim.amounts for stem in content(one.written)}
    return [stem for stem, _ in claim.sequence if stem not in figures]


def _sides(claim: ClaimFeatures, written: str) -> tuple[list[str], list[str]]:
    """The stems before and behind, those that are nearest first."""
    start = claim.text.find(written)
    end = start + len(written)
    if start < 0:
        return [], []
    before = [stem for stem, at in claim.sequence if at < start]
    return before[::-1], [stem for stem, at in claim.sequence if at >= end]
