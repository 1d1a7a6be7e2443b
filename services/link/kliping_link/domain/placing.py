"""Writing an arrival to the state."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence

from kliping_link.domain.network import Records, Regrouping
from kliping_link.domain.records import ArticleRecord, Ref, handle
from kliping_link.ports import Places, Posting, Touched, Unit

Changes = Sequence[Regrouping]


def place(unit: Unit, record: ArticleRecord, leaving: Records, changes: Changes, touched: frozenset[Touched]) -> None:
    """Write an arrival: what leaves, the record with its postings, and every member's component that changed."""
    article = handle(record.article_id)
    _withdraw(unit, leaving)
    unit.put_article(article, record)
    for ref in record.refs:
        unit.post(posting(record, ref), record.features(ref).keys)
    moved = _put_components(unit, changes)
    _put_places(unit, moved, gone=set(leaving) - {article}, touched={article: touched})
    unit.touch({ref.article for change in changes for group in change.groups_after for ref in group})


def displace(unit: Unit, leaving: Records, changes: Changes) -> None:
    """Write a departure that no arrival caused."""
    _withdraw(unit, leaving)
    _put_places(unit, _put_components(unit, changes), gone=set(leaving), touched={})


def posting(record: ArticleRecord, ref: Ref) -> Posting:
    """The posting of one of an article's members."""
    return Posting(ref, record.day.published, record.day.seen)


def _withdraw(unit: Unit, leaving: Records) -> None:
    for article, record in leaving.items():
        for ref in record.refs:
            unit.withdraw(posting(record, ref), record.features(ref).keys)
        unit.drop_article(article)


def _put_components(unit: Unit, changes: Changes) -> dict[Ref, int | None]:
    """Write the components that differ from before; the new component of every member that has another one now."""
    moved: dict[Ref, int | None] = {}
    for change in changes:
        moved |= _put_level(unit, change)
    return moved


def _put_level(unit: Unit, change: Regrouping) -> dict[Ref, int | None]:
    was = {ref: name for name, groups in change.before.items() for group in groups for ref in group}
    now: dict[Ref, int | None] = dict.fromkeys(was)
    free = dict(change.before)
    for groups in change.after:
        members = [ref for group in groups for ref in group]
        if len(members) == 1:
            continue
        name = next((was[ref] for ref in members if was.get(ref) in free), None) or secrets.randbits(62)
        if free.pop(name, None) != groups:
            unit.put_component(name, groups)
        now |= dict.fromkeys(members, name)
    for name in free:
        unit.drop_component(name)
    return {ref: name for ref, name in now.items() if was.get(ref) != name}


def _put_places(
    unit: Unit, moved: Mapping[Ref, int | None], gone: set[int], touched: Mapping[int, frozenset[Touched]]
) -> None:
    """Update the places of every article with a moved member; ``touched`` sets what an article is to remember."""
    changed: dict[int, dict[int, int | None]] = {article: {} for article in touched}
    for ref, name in moved.items():
        if ref.article not in gone:
            changed.setdefault(ref.article, {})[ref.claim] = name
    known = unit.places(changed)
    for article, components in changed.items():
        was = known.get(article, Places())
        merged = {**was.components, **components}
        kept = {claim: name for claim, name in merged.items() if name is not None}
        unit.put_places(article, Places(kept, touched.get(article, was.touched)))
