"""What an arrival does to the groups of one level: which change, which end. Reads through the unit, writes nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from itertools import combinations
from typing import Any

from kliping_link.domain.cluster import Cap, clusters, components, split
from kliping_link.domain.extent import Extent
from kliping_link.domain.features import Day
from kliping_link.domain.levels import Level
from kliping_link.domain.records import ArticleRecord, Features, Ref
from kliping_link.domain.rulings import families, tied
from kliping_link.domain.signatures import Signature
from kliping_link.ports import Component, Unit

Records = Mapping[int, ArticleRecord]
Members = Mapping[Ref, Features]


@dataclass(frozen=True)
class Regrouping:
    """The part of a level that an arrival touches, before and after. Groups are sorted members."""

    before: Mapping[int, Component] = field(default_factory=dict)
    alone_before: frozenset[Ref] = frozenset()
    after: tuple[Component, ...] = ()
    records: Mapping[int, ArticleRecord] = field(default_factory=dict)
    """Every article that has a member in it after the change."""

    @cached_property
    def groups_before(self) -> set[tuple[Ref, ...]]:
        """Groups as they stood, single members among them."""
        return {group for component in self.before.values() for group in component} | {
            (ref,) for ref in self.alone_before
        }

    @cached_property
    def groups_after(self) -> set[tuple[Ref, ...]]:
        """Groups as they stand."""
        return {group for component in self.after for group in component}


def regroup(unit: Unit, level: Level, arriving: Records, leaving: Records) -> Regrouping:
    """Members of ``leaving`` articles go, those of ``arriving`` come; everything connected to them is grouped anew."""
    gone, new = _members(level, leaving), _members(level, arriving)
    touched = (_near(unit, level, new) - gone.keys()) | gone.keys()
    change, pool = _part(unit, touched, gone, new)
    heirs = _heirs(gone, pool)
    farther = _near(unit, level, heirs) - gone.keys() - pool.keys() if heirs else frozenset()
    if farther:
        change, pool = _part(unit, touched | farther, gone, new)
    records = {**change.records, **arriving}
    return Regrouping(change.before, change.alone_before, grouped(level, pool), records)


def _members(level: Level, records: Records) -> dict[Ref, Features]:
    return {ref: record.features(ref) for record in records.values() for ref in level.refs(record)}


def _part(unit: Unit, touched: Iterable[Ref], gone: Members, new: Members) -> tuple[Regrouping, dict[Ref, Features]]:
    """The components of the touched members as they stand, and the members that are to be grouped anew."""
    wanted = set(touched)
    if not wanted:
        return Regrouping(), dict(new)
    place = _components_of(unit, wanted)
    before = dict(unit.components(set(place.values())))
    alone = wanted - place.keys()
    staying = ({ref for groups in before.values() for group in groups for ref in group} | alone) - gone.keys()
    records = dict(unit.articles({ref.article for ref in staying} - {ref.article for ref in new}))
    pool = {ref: records[ref.article].features(ref) for ref in staying if ref.article in records} | dict(new)
    return Regrouping(before, frozenset(alone), records=records), pool


def _heirs(gone: Members, pool: Members) -> dict[Ref, Features]:
    """Members that stand for their like from now on, in the place of one that leaves; they may be near to others."""
    left = {features.likeness for features in gone.values()}
    heirs: dict[int, Ref] = {}
    for ref in sorted(pool, reverse=True) if left else ():
        heirs[pool[ref].likeness] = ref
    return {ref: pool[ref] for likeness, ref in heirs.items() if likeness in left}


def grouped(level: Level, pool: Members) -> tuple[Component, ...]:
    """Components and groups of a set of members: a pure function of the set.

    Members that are alike (a text carried word for word by many) count once, and stay together. All that one correction
    speaks of is in one component, so that what corrections say together is told from the component alone.
    """
    alike = _alike(level, pool)
    distinct = sorted(alike)
    numbers = range(len(distinct))
    scores = _scores(level, [pool[ref] for ref in distinct])
    named = {number: pool[ref].rulings for number, ref in enumerate(distinct) if pool[ref].rulings}
    joined = components(numbers, scores, level.threshold, tied(named))
    kin = families(named)
    cap = (
        Cap(level.window_days, {n: Extent.of(pool[ref].day) for n, ref in enumerate(distinct)})
        if level.capped
        else None
    )
    return tuple(
        tuple(tuple(sorted(one for number in group for one in alike[distinct[number]])) for group in groups)
        for members, within in zip(joined, split(joined, scores), strict=True)
        for groups in [clusters(members, within, level.threshold, kin, cap, level.power)]
    )


def _alike(level: Level, pool: Members) -> dict[Ref, list[Ref]]:
    """Members by the least of those that are alike. One that does not even match itself (it has no words) is alone."""
    classes: dict[int, list[Ref]] = {}
    for ref in sorted(pool):
        classes.setdefault(pool[ref].likeness, []).append(ref)
    alike: dict[Ref, list[Ref]] = {}
    for refs in classes.values():
        first = pool[refs[0]]
        if len(refs) == 1 or (level.compares(first, first) and level.score(first, first) >= level.threshold):
            alike[refs[0]] = refs
        else:
            alike |= {ref: [ref] for ref in refs}
    return alike


def _scores(level: Level, members: Sequence[Features]) -> dict[tuple[int, int], float]:
    """Scores above zero of all pairs that share enough keys, by their places, the lesser first."""
    standing: dict[str, list[int]] = {}
    telling: set[str] = set()
    for number, features in enumerate(members):
        telling |= features.telling
        for key in features.keys:
            standing.setdefault(key, []).append(number)
    rows: Counter[tuple[int, ...]] = Counter()
    for key, numbers in standing.items():
        if len(numbers) > 1:
            rows[tuple(numbers)] += level.shared_keys if key in telling else 1
    shared: Counter[tuple[int, int]] = Counter()
    for row, times in rows.items():
        for pair in combinations(row, 2):
            shared[pair] += times
    pairs = (pair for pair, keys in shared.items() if keys >= level.shared_keys)
    return {(a, b): score for a, b in pairs if (score := level.score(members[a], members[b])) > 0}


def _near(unit: Unit, level: Level, new: Members) -> set[Ref]:
    """Members in the state that share enough keys with a new one and score with it at the threshold or above, or are tied
    to it by a correction, however far apart they are.
    """
    ties = frozenset().union(*(features.ties for features in new.values()))
    tied_to = {posting.ref for posting in unit.postings([ties])[0]} - new.keys()
    paired = _paired(unit, level, new)
    if level.may_match:
        paired = _sifted(unit, level.may_match, paired)
    records = unit.articles({candidate.article for candidate in (*paired, *tied_to)})
    reached: dict[int, bool] = {}
    found = set()
    for candidate in paired.keys() | tied_to:
        record = records.get(candidate.article)
        if record is None or not record.has(candidate):
            continue
        features = record.features(candidate)
        near = not ties.isdisjoint(features.ties) or reached.get(features.mark)
        if near is None:
            near = reached[features.mark] = any(_is_near(level, features, one) for one in paired.get(candidate, ()))
        if near:
            found.add(candidate)
    return found


def _paired(unit: Unit, level: Level, new: Members) -> dict[Ref, list[Features]]:
    """Members in the state, each with those of the new ones that it shares enough keys with and is near enough to in days."""
    paired: dict[Ref, list[Features]] = {}
    for day in {features.day for features in new.values()}:
        some = [features for features in new.values() if features.day == day]
        near = partial(_is_close, day, level.window_days)
        rows = unit.postings(map(level.sought, some), level.shared_keys, near)
        for features, row in zip(some, rows, strict=True):
            for posting in row:
                if posting.ref not in new:
                    paired.setdefault(posting.ref, []).append(features)
    return paired


def _is_close(day: Day, window: int, published: int | None, seen: int) -> bool:
    return day.apart(Day(published, seen)) <= window


def _sifted(
    unit: Unit, may_match: Callable[[Any, Signature, int], bool], paired: Mapping[Ref, list[Features]]
) -> dict[Ref, list[Features]]:
    """Without the pairs that score zero by what the articles' signatures say, which most do."""
    signatures = unit.signatures({ref.article for ref in paired})
    events = {features.event.mark: features.event for some in paired.values() for features in some}
    on = {
        article: {mark for mark, event in events.items() if event.may_be_same(signature.gist)}
        for article, signature in signatures.items()
    }
    found: dict[Ref, list[Features]] = {}
    for ref, some in paired.items():
        signature = signatures.get(ref.article)
        if signature is None or ref.claim >= len(signature.voices):
            continue
        kept = [one for one in some if one.event.mark in on[ref.article] or may_match(one, signature, ref.claim)]
        if kept:
            found[ref] = kept
    return found


def _is_near(level: Level, candidate: Features, new: Features) -> bool:
    """Whether they are alike, or score at the threshold. Their keys were found equal by hashes: only here by themselves."""
    if candidate.outline == new.outline and candidate.likeness == new.likeness:
        return True
    return level.score(candidate, new) >= level.threshold and level.compares(candidate, new)


def _components_of(unit: Unit, refs: Iterable[Ref]) -> dict[Ref, int]:
    wanted = set(refs)
    places = unit.places({ref.article for ref in wanted})
    return {
        ref: places[ref.article].components[ref.claim]
        for ref in wanted
        if ref.article in places and ref.claim in places[ref.article].components
    }
