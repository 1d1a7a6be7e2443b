"""Writing an arrival to the state."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence

from kliping_link.domain.levels import Level
from kliping_link.domain.network import Regrouping
from kliping_link.domain.records import ArticleRecord, Ref, handle
from kliping_link.ports import Places, Posting, Touched, Unit


def place(
    unit: Unit,
    record: ArticleRecord,
    leaving: Mapping[int, ArticleRecord],
    changes: Sequence[tuple[Level, Regrouping]],
    touched: frozenset[Touched],
) -> None:
    """Write the record, its postings, and everything whose component changed."""
    article = handle(record.article_id)
    for old in leaving.values():
        _withdraw(unit, old, [level for level, _ in changes])
    unit.put_article(article, record)
    for level, _ in changes:
        for ref in level.refs(record):
            unit.post(posting(record, ref), level.keys(record, ref))
    moved: dict[Ref, int | None] = {}
    for _, change in changes:
        moved |= _put_components(unit, change)
    _put_places(unit, article, moved, touched, gone=set(leaving) - {article})
    unit.touch({ref.article for _, change in changes for group in change.groups_after for ref in group})


def posting(record: ArticleRecord, ref: Ref) -> Posting:
    """The posting of one of an article's members."""
    return Posting(ref, record.day.published, record.day.seen)


def _withdraw(unit: Unit, record: ArticleRecord, levels: Sequence[Level]) -> None:
    for level in levels:
        for ref in level.refs(record):
            unit.withdraw(posting(record, ref), level.keys(record, ref))
    unit.drop_article(handle(record.article_id))


def _put_components(unit: Unit, change: Regrouping) -> dict[Ref, int | None]:
    """Write the components that differ from before; the new component of every member that has another one now."""
    old_place = {ref: name for name, groups in change.before.items() for group in groups for ref in group}
    free = dict(change.before)
    moved: dict[Ref, int | None] = dict.fromkeys(old_place)
    for groups in change.after:
        members = [ref for group in groups for ref in group]
        if len(members) == 1:
            continue
        name = next((old_place[ref] for ref in members if old_place.get(ref) in free), None)
        if name is None:
            name = secrets.randbits(62)
        if free.pop(name, None) != groups:
            unit.put_component(name, groups)
        moved |= dict.fromkeys(members, name)
    for name in free:
        unit.drop_component(name)
    return {ref: name for ref, name in moved.items() if old_place.get(ref) != name}


def _put_places(
    unit: Unit, article: int, moved: Mapping[Ref, int | None], touched: frozenset[Touched], gone: set[int]
) -> None:
    """Update the places of every article with a moved member, and of the arriving one; it starts from none."""
    changed: dict[int, dict[int, int | None]] = {article: {}}
    for ref, name in moved.items():
        if ref.article not in gone:
            changed.setdefault(ref.article, {})[ref.claim] = name
    known = unit.places(set(changed))
    for number, indexes in changed.items():
        was = known.get(number, Places())
        kept = was.components
        components = {index: name for index, name in {**kept, **indexes}.items() if name is not None}
        unit.put_places(number, Places(components, touched if number == article else was.touched))
