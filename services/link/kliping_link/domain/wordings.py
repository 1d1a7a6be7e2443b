"""The members of a group by their wordings: a text carried word for word by many counts once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from kliping_link.domain.features import ClaimFeatures
from kliping_shared.contracts import GroupMember


@dataclass(frozen=True)
class Wording:
    """Claims that score alike, from early to late, and what is compared of them."""

    features: ClaimFeatures
    members: tuple[GroupMember, ...]

    @cached_property
    def articles(self) -> set[str]:
        """Ids of the articles that have it."""
        return {member.article_id for member in self.members}


def wordings(members: Iterable[tuple[ClaimFeatures, GroupMember]]) -> list[Wording]:
    """The different wordings, in the order of the members."""
    found: dict[int, tuple[ClaimFeatures, list[GroupMember]]] = {}
    for features, member in members:
        found.setdefault(features.mark, (features, []))[1].append(member)
    return [Wording(features, tuple(alike)) for features, alike in found.values()]
