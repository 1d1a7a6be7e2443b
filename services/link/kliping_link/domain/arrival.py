"""What an article's arrival means for the state: is it current, which articles leave, what is to be told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from kliping_link.domain.groupings import Grouping, Groupings, founded, touched
from kliping_link.domain.levels import Level
from kliping_link.domain.network import regroup
from kliping_link.domain.placing import displace, place
from kliping_link.domain.records import ArticleRecord, Ref, handle
from kliping_link.domain.rulings import ruled
from kliping_link.ports import Head, Places, Touched, Unit
from kliping_shared.contracts import EnrichedArticle


@dataclass(frozen=True)
class Links:
    """What is to be told of one article, on all levels together.

    ``own``: the group of each of its members. ``groups``: every group to tell, whole. ``retired``: ids of groups that
    ended. ``records``: the articles that have a member in ``groups``.
    """

    own: Mapping[Ref, str]
    groups: Mapping[str, Grouping]
    retired: frozenset[str]
    records: Mapping[int, ArticleRecord]


def arrive(unit: Unit, enriched: EnrichedArticle, record: ArticleRecord, levels: Sequence[Level]) -> Links | None:
    """Link an article, whose record is given, in a transaction; None where a newer version is known (and no change)."""
    article, supersedes = handle(record.article_id), enriched.supersedes
    unit.expect(record.document_key, record.article_id, frozenset().union(*(level.keys(record) for level in levels)))
    record = ruled(record, enriched, unit.corrections(record.document_key, record.article_id))
    head = unit.head(record.document_key)
    known = unit.articles([article]).get(article)
    if _is_stale(unit, record, head, known):
        return None
    former = _former(record, supersedes, head)
    leaving = _leaving(unit, record, former)
    _write_document(unit, record, supersedes, head)
    if known and not leaving and known.same_as(record):
        unit.put_article(article, record)
        unit.touch([article])
        return _tell(known, Groupings(unit), _touched_by(unit, [article]))
    if known:
        leaving = {**leaving, article: known}
    return _link(unit, record, leaving, _touched_by(unit, {article, *former}), levels)


def _is_stale(unit: Unit, record: ArticleRecord, head: Head | None, known: ArticleRecord | None) -> bool:
    """Whether a newer message on this document or article, or one that replaced the article, was linked before."""
    revision = record.rank.revision
    replaced_at = unit.superseded(handle(record.article_id))
    return (
        (head is not None and revision < head.revision)
        or (known is not None and record.rank < known.rank)
        or (replaced_at is not None and revision <= replaced_at)
    )


def _former(record: ArticleRecord, supersedes: Sequence[str], head: Head | None) -> set[int]:
    """Other articles that this one replaces: those it names, and earlier revisions of its document."""
    earlier = head.article_ids if head and head.revision < record.rank.revision else ()
    return {handle(article_id) for article_id in {*supersedes, *earlier} - {record.article_id}}


def _leaving(unit: Unit, record: ArticleRecord, former: Iterable[int]) -> Mapping[int, ArticleRecord]:
    """Those of the replaced articles that are in the state."""
    found = unit.articles(former)
    return {article: old for article, old in found.items() if old.rank.revision <= record.rank.revision}


def _write_document(unit: Unit, record: ArticleRecord, supersedes: Iterable[str], head: Head | None) -> None:
    revision = record.rank.revision
    beside = head.article_ids if head and head.revision == revision else ()
    new = Head(revision, tuple(sorted({*beside, record.article_id})))
    if new != head:
        unit.put_head(record.document_key, new)
    for article in {handle(article_id) for article_id in supersedes} - {handle(record.article_id)}:
        if revision > (unit.superseded(article) or 0):
            unit.put_superseded(article, revision)


def _touched_by(unit: Unit, articles: Iterable[int]) -> frozenset[Touched]:
    """What earlier messages of these articles touched, and may never have been told."""
    return frozenset(touched for places in unit.places(articles).values() for touched in places.touched)


def _link(
    unit: Unit,
    record: ArticleRecord,
    leaving: Mapping[int, ArticleRecord],
    before: frozenset[Touched],
    levels: Sequence[Level],
) -> Links:
    article = handle(record.article_id)
    changes = [regroup(unit, level, {article: record}, leaving) for level in levels]
    touches = before.union(*(touched(change, {**change.records, **leaving}, article) for change in changes))
    place(unit, record, leaving, changes, touches)
    groupings = Groupings(unit, gone={*leaving} - {article}, changes=changes)
    return _tell(record, groupings, touches)


def _tell(record: ArticleRecord, groupings: Groupings, touches: frozenset[Touched]) -> Links:
    """The article's own groups, and of the touched ones those that stand; the others have ended."""
    own = {ref: group for ref in record.refs if (group := groupings.of(ref))}
    found = {touch.group_id: groupings.find(touch) for touch in touches}
    groups = {group.group_id: group for group in (*own.values(), *found.values()) if group}
    return Links(
        own={ref: group.group_id for ref, group in own.items()},
        groups=groups,
        retired=frozenset(found) - frozenset(groups),
        records=groupings.records({ref.article for group in groups.values() for ref in group.members}),
    )


def forget(unit: Unit, article: int, before: datetime, levels: Sequence[Level]) -> bool:
    """Drop an article from the state, within a transaction, unless it was touched since ``before``; whether it was.

    What was told of it stays told. Groups of its own alone are remembered, so that a late edit of it still ends them.
    """
    leaving = unit.articles([article])
    changes = [regroup(unit, level, {}, leaving) for level in levels]
    if not unit.is_idle(article, before):
        return False
    displace(unit, leaving, changes)
    unit.drop_article(article)
    alone = {
        members for change in changes for members in change.groups_before if {r.article for r in members} == {article}
    }
    if alone:
        unit.put_places(
            article, Places(touched=frozenset(founded(members, leaving) for members in alone)), expires=True
        )
    return True
