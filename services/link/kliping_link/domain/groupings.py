"""Groups as they stand after an arrival: the regrouped part from memory, the rest from the state."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from kliping_link.domain.network import Regrouping
from kliping_link.domain.records import ArticleRecord, Ref
from kliping_link.ports import Touched, Unit


@dataclass(frozen=True)
class Grouping:
    """One group: its members from early to late; the first is its founder, from whom the id follows."""

    group_id: str
    members: tuple[Ref, ...]


def named(members: Sequence[Ref], records: Mapping[int, ArticleRecord]) -> Grouping:
    """The group of these members."""
    ordered = sorted(members, key=lambda ref: records[ref.article].order_of(ref)) if len(members) > 1 else members
    return Grouping(records[ordered[0].article].group_id(ordered[0]), tuple(ordered))


class Groupings:
    """Finds the group of any member; reads through the unit what the arrival did not change."""

    def __init__(
        self,
        unit: Unit,
        *,
        gone: Collection[int] = (),
        changes: Sequence[Regrouping] = (),
    ) -> None:
        self._unit = unit
        self._gone = gone
        self._records: dict[int, ArticleRecord] = {}
        self._changed: dict[Ref, tuple[Ref, ...]] = {}
        for change in changes:
            self._records |= change.records
            self._changed |= {ref: group for group in change.groups_after for ref in group}

    def records(self, articles: Iterable[int]) -> Mapping[int, ArticleRecord]:
        """Records of articles that are in the state after the arrival."""
        wanted = set(articles)
        missing = wanted - self._records.keys() - set(self._gone)
        if missing:
            self._records |= self._unit.articles(missing)
        return {article: self._records[article] for article in wanted if article in self._records}

    def of(self, ref: Ref) -> Grouping | None:
        """The group that holds ``ref``; None when the article is not in the state or has no such member."""
        record = self.records([ref.article]).get(ref.article)
        if record is None or not record.has(ref):
            return None
        members = self._changed.get(ref) or self._stored(ref)
        return named(members, self.records({member.article for member in members}))

    def find(self, touched: Touched) -> Grouping | None:
        """The group of that id, None when it ended."""
        record = self.records([touched.founder.article]).get(touched.founder.article)
        # By the id, not the place: the founder may have been extracted anew, with other claims before this one.
        refs = record.refs if record else ()
        founder = next((ref for ref in refs if record and record.group_id(ref) == touched.group_id), None)
        group = self.of(founder) if founder else None
        return group if group and group.group_id == touched.group_id else None

    def _stored(self, ref: Ref) -> tuple[Ref, ...]:
        places = self._unit.places([ref.article]).get(ref.article)
        component = places.components.get(ref.claim) if places else None
        if component is None:
            return (ref,)
        groups = self._unit.components([component])[component]
        return next(group for group in groups if ref in group)


def touched(change: Regrouping, old: Mapping[int, ArticleRecord], own: int) -> frozenset[Touched]:
    """Groups that came, changed or ended and hold no member of the arriving article ``own``.

    ``old``: records as they stood.
    """
    before, after = change.groups_before, change.groups_after
    own_groups = {members for members in after if any(ref.article == own for ref in members)}
    # One that holds the same places may have been another: the article was extracted anew, with other claims.
    was = {founded(members, old) for members in (before - after) | (before & own_groups)}
    now = {founded(members, change.records) for members in after - before - own_groups}
    told_anyway = {founded(members, change.records).group_id for members in own_groups}
    return frozenset(touch for touch in was | now if touch.group_id not in told_anyway)


def founded(members: tuple[Ref, ...], records: Mapping[int, ArticleRecord]) -> Touched:
    """The id of the group of these members, and its founder."""
    founder, *others = members
    if others:
        founder = min(members, key=lambda ref: records[ref.article].order_of(ref))
    return Touched(records[founder.article].group_id(founder), founder)
