"""Why two wordings count as one claim: what they share, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from kliping_link.domain.amounts import agree
from kliping_link.domain.contradictions import contradictions, iso
from kliping_link.domain.features import ClaimFeatures
from kliping_link.domain.rulings import put_together
from kliping_link.domain.score import Weights, source_in_words
from kliping_link.domain.wordings import Wording
from kliping_shared.contracts import GroupMember, Match

#: Shared words that a match names at most.
TERMS = 8
#: Where nothing makes the speakers one source, a person has.
BY_HAND = "merged by hand"

Score = Callable[[ClaimFeatures, ClaimFeatures], float]


def matches(wordings: Sequence[Wording], score: Score) -> Mapping[str, Match]:
    """By claim id, the member that each is closest to: of another article where one is alike at all, else of its own.

    Among equals the earliest. A wording that many carry costs as much as one that one has.
    """
    found: dict[str, Match] = {}
    if sum(len(one.members) for one in wordings) == 1:
        return found
    for one in wordings:
        scores = [_likeness(one.features, other.features, score) for other in wordings]
        ranked = sorted(range(len(wordings)), key=lambda at: (-scores[at], wordings[at] is not one, at))
        made: dict[str, Match] = {}
        for member in one.members:
            for at, closest in _closest(member, wordings, [at for at in ranked if scores[at] > 0]):
                if closest.claim_id not in made:
                    made[closest.claim_id] = match(one.features, wordings[at].features, closest.claim_id, score)
                found[member.claim_id] = made[closest.claim_id]
                break
    return found


def _likeness(a: ClaimFeatures, b: ClaimFeatures, score: Score) -> float:
    """Their score; of two that a person put together what others need, so that whom it is more like comes first."""
    found = score(a, b)
    return max(found, Weights.threshold) if put_together(a, b) else found


def _closest(
    member: GroupMember, wordings: Sequence[Wording], ranked: Sequence[int]
) -> Iterator[tuple[int, GroupMember]]:
    """The other members, those of other articles first, then the closest first."""
    for own in (False, True):
        for at in ranked:
            for other in wordings[at].members:
                if other is not member and (other.article_id == member.article_id) is own:
                    yield at, other


def match(a: ClaimFeatures, b: ClaimFeatures, claim_id: str, score: Score) -> Match:
    """What ``a`` shares with ``b``, the claim of that id, as ``a`` writes it."""
    found = score(a, b)
    source = None if found < Weights.threshold and put_together(a, b) else source_in_words(a, b)
    return Match(
        claim_id=claim_id,
        score=round(found, 3) if source else 1.0,
        source=source or BY_HAND,
        terms=tuple(shared_terms(a, b)[:TERMS]),
        same=tuple(_same(a, b)),
        differs=tuple(dict.fromkeys(one.particular for one in contradictions(a, b))),
    )


def shared_terms(a: ClaimFeatures, b: ClaimFeatures) -> list[str]:
    """Words and names that both have, as ``a`` writes them, those that tell most first."""
    mine, theirs = a.vector.weights, b.vector.weights
    both = sorted(mine.keys() & theirs.keys() & a.written.keys(), key=lambda term: (-mine[term] * theirs[term], term))
    return [a.written[term] for term in both]


def _same(a: ClaimFeatures, b: ClaimFeatures) -> Iterator[str]:
    """Numbers as written, days (YYYY-MM-DD) and months (YYYY-MM) that both tell."""
    yield from dict.fromkeys(
        one.written for one in a.amounts if one.tells and any(agree(one, other) for other in b.amounts)
    )
    yield from (iso(day) for day in sorted(a.days & b.days))
    yield from sorted(a.months & b.months)


def explain(a: ClaimFeatures, b: ClaimFeatures) -> str:
    """One line: what speaks for the two claims saying the same, and what against."""
    terms, same = shared_terms(a, b), list(_same(a, b))
    parts = [source_in_words(a, b) or "no common source"]
    parts.append(f"{len(terms)} shared terms ({', '.join(terms)})" if terms else "no shared term")
    if same:
        parts.append(f"same {', '.join(same)}")
    parts += [f"{one.particular}: {one.mine.shown} against {one.theirs.shown}" for one in contradictions(a, b)]
    if a.modality is not b.modality:
        parts.append(f"{a.modality} against {b.modality}")
    return "; ".join(parts)
