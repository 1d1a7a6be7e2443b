"""What an arrival does to the groups of one level: which change, which end. Reads through the unit, writes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import combinations

from kliping_link.domain.cluster import clusters, components, split
from kliping_link.domain.levels import Level
from kliping_link.domain.records import ArticleRecord, Ref
from kliping_link.ports import Component, Unit

Records = Mapping[int, ArticleRecord]


@dataclass(frozen=True)
class Regrouping:
    """The part of a level that an arrival touches, before and after. Groups are sorted members."""

    before: Mapping[int, Component] = field(default_factory=dict)
    alone_before: frozenset[Ref] = frozenset()
    after: tuple[Component, ...] = ()
    records: Mapping[int, ArticleRecord] = field(default_factory=dict)
    """Every article that has a member in it after the change."""

    @property
    def groups_before(self) -> set[tuple[Ref, ...]]:
        """Groups as they stood, single members among them."""
        return {group for component in self.before.values() for group in component} | {
            (ref,) for ref in self.alone_before
        }

    @property
    def groups_after(self) -> set[tuple[Ref, ...]]:
        """Groups as they stand."""
        return {group for component in self.after for group in component}


def regroup(unit: Unit, level: Level, arriving: Records, leaving: Records) -> Regrouping:
    """Members of ``leaving`` articles go, those of ``arriving`` come; everything connected to them is grouped anew."""
    gone = {ref: record for record in leaving.values() for ref in level.refs(record)}
    new = {ref: record for record in arriving.values() for ref in level.refs(record)}
    touched = (_near(unit, level, new) - gone.keys()) | gone.keys()
    change, pool = _part(unit, touched, gone, new)
    heirs = _heirs(level, gone, pool)
    farther = _near(unit, level, heirs) - gone.keys() - pool.keys() if heirs else frozenset()
    if farther:
        change, pool = _part(unit, touched | farther, gone, new)
    records = {**change.records, **arriving}
    return Regrouping(change.before, change.alone_before, grouped(level, pool), records)


def _part(
    unit: Unit, touched: Iterable[Ref], gone: Mapping[Ref, ArticleRecord], new: Mapping[Ref, ArticleRecord]
) -> tuple[Regrouping, dict[Ref, ArticleRecord]]:
    """The components of the touched members as they stand, and the members that are to be grouped anew."""
    wanted = set(touched)
    place = _components_of(unit, wanted)
    before = dict(unit.components(set(place.values())))
    alone = wanted - place.keys()
    staying = ({ref for groups in before.values() for group in groups for ref in group} | alone) - gone.keys()
    records = dict(unit.articles({ref.article for ref in staying} - {ref.article for ref in new}))
    pool = {ref: records[ref.article] for ref in staying if ref.article in records} | dict(new)
    return Regrouping(before, frozenset(alone), records=records), pool


def _heirs(
    level: Level, gone: Mapping[Ref, ArticleRecord], pool: Mapping[Ref, ArticleRecord]
) -> dict[Ref, ArticleRecord]:
    """Members that stand for their like from now on, in the place of one that leaves; they may be near to others."""
    left = {level.likeness(record, ref) for ref, record in gone.items()}
    heirs: dict[int, Ref] = {}
    for ref in sorted(pool, reverse=True) if left else ():
        heirs[level.likeness(pool[ref], ref)] = ref
    return {ref: pool[ref] for likeness, ref in heirs.items() if likeness in left}


def grouped(level: Level, pool: Mapping[Ref, ArticleRecord]) -> tuple[Component, ...]:
    """Components and groups of a set of members: a pure function of the set.

    Members that are alike (a text carried word for word by many) count once, and stay together.
    """
    alike = _alike(level, pool)
    distinct = {ref: pool[ref] for ref in alike}
    scores = _scores(level, distinct)
    joined = components(distinct, scores, level.threshold)
    return tuple(
        tuple(tuple(sorted(one for ref in group for one in alike[ref])) for group in groups)
        for members, within in zip(joined, split(joined, scores), strict=True)
        for groups in [clusters(members, within, level.threshold)]
    )


def _alike(level: Level, pool: Mapping[Ref, ArticleRecord]) -> dict[Ref, list[Ref]]:
    """Members by the least of those that are alike. One that does not even match itself (it has no words) is alone."""
    classes: dict[int, list[Ref]] = {}
    for ref in sorted(pool):
        classes.setdefault(level.likeness(pool[ref], ref), []).append(ref)
    alike: dict[Ref, list[Ref]] = {}
    for refs in classes.values():
        first = (pool[refs[0]], refs[0])
        if level.keys(*first) and level.score(first, first) >= level.threshold:
            alike[refs[0]] = refs
        else:
            alike |= {ref: [ref] for ref in refs}
    return alike


def _scores(level: Level, pool: Mapping[Ref, ArticleRecord]) -> dict[tuple[Ref, Ref], float]:
    """Scores above zero of all pairs that share a key, the lesser member first."""
    standing: dict[str, list[Ref]] = {}
    for ref in sorted(pool):
        for key in level.keys(pool[ref], ref):
            standing.setdefault(key, []).append(ref)
    pairs = {pair for refs in standing.values() for pair in combinations(refs, 2)}
    return {(a, b): s for a, b in pairs if (s := level.score((pool[a], a), (pool[b], b))) > 0}


def _near(unit: Unit, level: Level, new: Mapping[Ref, ArticleRecord]) -> set[Ref]:
    """Members in the state that share a key with a new one and score with it at the threshold or above."""
    keys = {ref: level.keys(record, ref) for ref, record in new.items()}
    postings = unit.postings(frozenset().union(*keys.values()))
    days = {record.day for record in new.values()}
    when = {(p.published, p.seen): p for p in postings}
    close = {moment for moment, p in when.items() if any(p.within(day, level.window_days) for day in days)}
    candidates = {p.ref for p in postings if (p.published, p.seen) in close} - keys.keys()
    records = unit.articles({candidate.article for candidate in candidates})
    alike = {level.likeness(record, ref) for ref, record in new.items()}
    reached: dict[int, bool] = {}
    found = set()
    for candidate in candidates:
        record = records.get(candidate.article)
        if record is None or not record.has(candidate):
            continue
        mark = level.mark(record, candidate)
        near = reached.get(mark)
        if near is None:
            near = level.likeness(record, candidate) in alike or _reaches(level, (record, candidate), new, keys)
            reached[mark] = near
        if near:
            found.add(candidate)
    return found


def _reaches(
    level: Level,
    candidate: tuple[ArticleRecord, Ref],
    new: Mapping[Ref, ArticleRecord],
    keys: Mapping[Ref, frozenset[str]],
) -> bool:
    mine = level.keys(*candidate)
    return any(
        not mine.isdisjoint(theirs) and level.score(candidate, (new[ref], ref)) >= level.threshold
        for ref, theirs in keys.items()
    )


def _components_of(unit: Unit, refs: Iterable[Ref]) -> dict[Ref, int]:
    wanted = set(refs)
    places = unit.places({ref.article for ref in wanted})
    return {
        ref: places[ref.article].components[ref.claim]
        for ref in wanted
        if ref.article in places and ref.claim in places[ref.article].components
    }
