"""What people's corrections say of an article's claims, and what that means for members that are grouped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Generic, TypeVar

from kliping_link.domain.features import ClaimFeatures, Ruling
from kliping_link.domain.records import ArticleRecord, ClaimRecord
from kliping_shared.contracts import EnrichedArticle
from kliping_shared.corrections.groups import GroupCorrection

K = TypeVar("K")


def ruled(record: ArticleRecord, article: EnrichedArticle, corrections: Iterable[GroupCorrection]) -> ArticleRecord:
    """The record of ``article``, each claim with what the corrections say of it."""
    found: dict[int, set[Ruling]] = {}
    for correction in corrections:
        for place, together in _sides(article, correction).items():
            found.setdefault(place, set()).add(Ruling(correction.at.timestamp(), correction.correction_id, together))
    if not found:
        return record
    claims = (_ruled(claim, found.get(place, ())) for place, claim in enumerate(record.claims))
    return replace(record, claims=tuple(claims))


def _sides(article: EnrichedArticle, correction: GroupCorrection) -> dict[int, bool]:
    """The article's claims of which it speaks. One that now holds words of both sides counts as the one singled out."""
    sides: dict[int, bool] = {}
    for anchors, together in ((correction.apart, False), (correction.together, True)):
        sides |= {place: together for anchor in anchors if (place := anchor.find(article)) is not None}
    return sides


def _ruled(claim: ClaimRecord, rulings: Iterable[Ruling]) -> ClaimRecord:
    return replace(claim, features=replace(claim.features, rulings=tuple(sorted(rulings))))


def put_together(a: ClaimFeatures, b: ClaimFeatures) -> bool:
    """Whether a person said that both claims say the same."""
    together = {ruling.correction for ruling in a.rulings if ruling.together}
    return any(ruling.together and ruling.correction in together for ruling in b.rulings)


class Families(Generic[K]):
    """Members that are to stay together, and pairs of families that are to stay apart. Who is not named is free."""

    def __init__(self) -> None:
        self._parent: dict[K, K] = {}
        self._apart: dict[K, set[K]] = {}

    def of(self, member: K) -> K:
        """What names the member's family."""
        while (parent := self._parent.get(member, member)) != member:
            member = parent
        return member

    def may_join(self, a: K, b: K) -> bool:
        """Whether nothing keeps the families of ``a`` and ``b`` apart."""
        return self.of(b) not in self._apart.get(self.of(a), ())

    def join(self, a: K, b: K) -> None:
        """Make one family of two that may join; what either is kept apart from, both are."""
        a, b = self.of(a), self.of(b)
        if a == b:
            return
        self._parent[b] = a
        for other in self._apart.pop(b, ()):
            self._apart[other].remove(b)
            self.part(a, other)

    def part(self, a: K, b: K) -> None:
        """Keep the families of ``a`` and ``b`` apart, unless they are one."""
        a, b = self.of(a), self.of(b)
        if a != b:
            self._apart.setdefault(a, set()).add(b)
            self._apart.setdefault(b, set()).add(a)


def families(ruled_members: Mapping[K, Sequence[Ruling]]) -> Families[K]:
    """What all rulings together say: the newest first, and an older one as far as no newer one forbids it.

    A function of the set of members alone: within one correction they are taken in the order of ``ruled_members``.
    """
    found: Families[K] = Families()
    for together, apart in _by_correction(ruled_members):
        for place, member in enumerate(together):
            kin = next((one for one in together[:place] if found.may_join(one, member)), member)
            found.join(kin, member)
        for one in together:
            for other in apart:
                found.part(one, other)
    return found


def tied(ruled_members: Mapping[K, Sequence[Ruling]]) -> list[tuple[K, K]]:
    """Pairs by which all members that one correction speaks of hang together."""
    named = [together + apart for together, apart in _by_correction(ruled_members)]
    return [(members[0], member) for members in named for member in members[1:]]


def _by_correction(ruled_members: Mapping[K, Sequence[Ruling]]) -> list[tuple[list[K], list[K]]]:
    """Of each correction, the newest first, the members that it puts together and those that it keeps apart from them."""
    found: dict[tuple[float, str], tuple[list[K], list[K]]] = {}
    for member, rulings in ruled_members.items():
        for at, correction, together in rulings:
            found.setdefault((at, correction), ([], []))[0 if together else 1].append(member)
    return [found[name] for name in sorted(found, reverse=True)]
