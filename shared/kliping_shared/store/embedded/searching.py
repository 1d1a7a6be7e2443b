"""One page of a search, on one connection."""

from __future__ import annotations

import secrets
import sqlite3
from array import array
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from threading import Lock
from typing import Any, Final

import orjson

from kliping_shared.query import Query
from kliping_shared.store.documents import Kind
from kliping_shared.store.embedded import facets, totals
from kliping_shared.store.embedded.compiling import Plan, plan
from kliping_shared.store.embedded.conditions import Condition, all_of
from kliping_shared.store.embedded.packing import unpacked
from kliping_shared.store.embedded.paging import ORDERS, Cursor, decode, encode
from kliping_shared.store.embedded.patching import patches_of
from kliping_shared.store.embedded.schema import KIND_NUMBER
from kliping_shared.store.embedded.walking import After, walked
from kliping_shared.store.highlight import highlights, needles
from kliping_shared.store.patches import to_json
from kliping_shared.store.ports import Hit, SearchPage, SearchRequest, Timeline
from kliping_shared.store.timeline import rolled

#: Documents that words are ranked by relevance among, and that a frozen order holds at most. Of a word that more have,
#: the latest are ranked; who pages on gets the rest by sort key.
_DEEPEST: Final = 1_000
_FROZEN_SEARCHES: Final = 64


@dataclass(frozen=True)
class Order:
    """The first of the found documents as they were in order, or all of them."""

    docs: array[int]
    is_whole: bool


class FrozenOrders:
    """The orders of the latest searches, so that later pages follow them although scores and counts change meanwhile."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._orders: OrderedDict[str, Order] = OrderedDict()

    def keep(self, order: Order) -> str:
        """Remember an order; the name to ask for it by."""
        name = secrets.token_urlsafe(9)
        with self._lock:
            self._orders[name] = order
            while len(self._orders) > _FROZEN_SEARCHES:
                self._orders.popitem(last=False)
        return name

    def get(self, name: str) -> Order | None:
        """The order, if it is still remembered."""
        with self._lock:
            if name in self._orders:
                self._orders.move_to_end(name)
            return self._orders.get(name)


def search(connection: sqlite3.Connection, request: SearchRequest, query: Query, frozen: FrozenOrders) -> SearchPage:
    """The page. Raises QueryError, sqlite3.Error."""
    planned = totals.sized(connection, plan(request, query))
    cursor = decode(request.cursor, request) if request.cursor else None
    total = totals.count(connection, planned)
    if request.limit < 1 and not request.facets and request.timeline is None:
        return SearchPage(total=total, hits=(), facets={})
    connection.execute("DELETE FROM temp.found")
    first = _walked(connection, request, planned, total, cursor)
    if first is not None and _is_uncounted(request, planned, total):
        if planned.has_query and not planned.by_words:
            planned = replace(planned, matching=total)
    else:
        planned = find(connection, request, planned, cursor, frozen)
    counted = facets.count(connection, request, planned)
    docs, next_cursor = _page(connection, request, planned, cursor, frozen, total, first)
    return SearchPage(
        total=total,
        hits=_hits(connection, request, query, docs),
        facets=counted,
        next_cursor=next_cursor,
        timeline=_timeline(connection, request, planned),
    )


def _walked(
    connection: sqlite3.Connection, request: SearchRequest, planned: Plan, total: int, cursor: Cursor | None
) -> array[int] | None:
    """The documents that a page is made of, by walking, where that takes little: no table ``found`` is needed for them."""
    if _is_ranked(request, planned) or (cursor is not None and cursor.order):
        return None
    moves = request.sort == "outlets"
    wanted = max(request.limit + 1, _DEEPEST if moves else 0)
    after = After(cursor.last, cursor.bound) if cursor is not None else None
    return walked(connection, planned, _order(request, planned), total, wanted=wanted, scattered=moves, after=after)


def _is_uncounted(request: SearchRequest, planned: Plan, total: int) -> bool:
    """Whether neither facets nor timeline are made of the table ``found``, which the query would fill."""
    if planned.by_words or not planned.has_query:
        return True
    if not request.facets and request.timeline is None:
        return True
    return not planned.filters and request.count_within is not None and total > request.count_within


def _timeline(connection: sqlite3.Connection, request: SearchRequest, planned: Plan) -> Timeline | None:
    has_filters = planned.has_query or planned.filters
    if request.timeline is None or (has_filters and not facets.is_within(connection, request, planned)):
        return None
    return rolled(totals.by_day(connection, planned), request.timeline)


def find(
    connection: sqlite3.Connection,
    request: SearchRequest,
    planned: Plan,
    cursor: Cursor | None = None,
    frozen: FrozenOrders | None = None,
) -> Plan:
    """Fill the table ``found`` with what the query finds, without filters where their facets are to be counted; of a
    query by words, where relevance counts, with the best of what is found under filters, or with what the page shows
    where its order is known. The plan then knows how many.
    """
    if not planned.has_query or (planned.by_words and not _is_ranked(request, planned)):
        return planned
    order = frozen.get(cursor.order) if frozen is not None and cursor is not None else None
    if not planned.by_words:
        source = planned.source(filtered=planned.filters.keys().isdisjoint(request.facets))
    elif order is not None and cursor is not None:
        source = planned.scores(_still_there(connection, order.docs, cursor.offset, request.limit)[0])
    else:
        is_narrowed = planned.filters or planned.days.parameters
        is_many = planned.matching > _DEEPEST and not is_narrowed
        telling = totals.telling(connection, planned, _DEEPEST) if is_many else None
        source = planned.best(telling, _last(connection) if cursor is None else cursor.bound, _DEEPEST)
    rows = connection.execute(f"INSERT INTO temp.found (doc, score) {source.sql}", source.parameters).rowcount
    if weaker := planned.weaker():
        connection.execute(weaker.sql, weaker.parameters)
    return planned if planned.by_words else replace(planned, matching=rows)


def _last(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT ifnull(max(doc), 0) FROM docs").fetchone()[0])


def ordered(connection: sqlite3.Connection, request: SearchRequest, planned: Plan, limit: int = -1) -> array[int]:
    """Numbers of the found documents under all filters, in the request's order; all of them by default."""
    rows = planned.rows()
    if 0 < limit <= _DEEPEST and planned.by_words and _is_ranked(request, planned):
        rows = Condition("FROM temp.found s CROSS JOIN docs d ON d.doc = s.doc WHERE 1")
    sql = f"SELECT d.doc {rows.sql} ORDER BY {', '.join(_order(request, planned))} LIMIT ?"
    return array("q", (doc for (doc,) in connection.execute(sql, (*rows.parameters, limit))))


def _is_ranked(request: SearchRequest, planned: Plan) -> bool:
    return request.sort == "relevance" and planned.ranking is not None


def _order(request: SearchRequest, planned: Plan) -> tuple[str, ...]:
    """Where nothing is ranked, nothing has a score either."""
    unranked = request.sort == "relevance" and planned.ranking is None
    return ORDERS["newest" if unranked else request.sort]


def _page(
    connection: sqlite3.Connection,
    request: SearchRequest,
    planned: Plan,
    cursor: Cursor | None,
    frozen: FrozenOrders,
    total: int,
    first: array[int] | None,
) -> tuple[Sequence[int], str | None]:
    """The documents of the page, which may be ``first`` of, and the cursor of the next one."""
    limit = max(request.limit, 0)
    if limit == 0:
        return (), None
    if cursor is None:
        moves = request.sort == "outlets" or _is_ranked(request, planned)
        docs = first
        if docs is None:
            docs = ordered(connection, request, planned, max(limit, _DEEPEST) if moves else limit)
        name = frozen.keep(Order(docs, is_whole=len(docs) == total)) if moves and total > limit else ""
        start = Cursor(_last(connection), 0, (), name)
        return docs[:limit], _next(connection, request, planned, start, docs[:limit], limit, more=total > limit)
    order = frozen.get(cursor.order)
    shown, passed = _still_there(connection, order.docs, cursor.offset, limit) if order is not None else ([], 0)
    more = order is not None and cursor.offset + passed < len(order.docs)
    if not more and (order is None or not order.is_whole):
        after: Sequence[int] | None = first
        if after is None:
            after = _after(connection, request, planned, cursor, order, limit + 1 - len(shown))
        more = len(shown) + len(after) > limit
        others = after[: limit - len(shown)]
        shown, passed = [*shown, *others], passed + len(others)
    return shown, _next(connection, request, planned, cursor, shown, passed, more=more)


def _still_there(connection: sqlite3.Connection, order: array[int], offset: int, limit: int) -> tuple[list[int], int]:
    """Up to ``limit`` documents of the order from ``offset`` on that were not deleted meanwhile; how many were passed."""
    shown: list[int] = []
    position = offset
    while len(shown) < limit and position < len(order):
        doc = order[position]
        row = connection.execute("SELECT live FROM docs WHERE doc = ?", (doc,)).fetchone()
        if row is not None and row[0]:
            shown.append(doc)
        position += 1
    return shown, position - offset


def _after(
    connection: sqlite3.Connection,
    request: SearchRequest,
    planned: Plan,
    cursor: Cursor,
    order: Order | None,
    limit: int,
) -> list[int]:
    """Documents that were there at the first page and come after the cursor's sort key, or after all of the frozen order:
    those newest first where that was by relevance, as what a score is now says nothing of its place then.
    """
    frozen = to_json(list(order.docs) if order is not None else []).decode()
    were_scored = order is None and (planned.by_words or cursor.offset <= _DEEPEST or cursor.last[0])
    if _is_ranked(request, planned) and not were_scored:
        sql = "UPDATE temp.found SET score = 0.0 WHERE doc NOT IN (SELECT value FROM json_each(?))"
        connection.execute(sql, (frozen,))
    keys = ", ".join(_order(request, planned))
    which = [Condition("d.doc <= ?", (cursor.bound,))]
    if order is not None:
        which.append(Condition("d.doc NOT IN (SELECT value FROM json_each(?))", (frozen,)))
    if order is None or cursor.offset > len(order.docs):
        which.append(Condition(f"({keys}) > ({', '.join('?' * len(cursor.last))})", cursor.last))
    rows, after = planned.rows(), all_of(which)
    sql = f"SELECT d.doc {rows.sql} AND {after.sql} ORDER BY {keys} LIMIT ?"
    return [doc for (doc,) in connection.execute(sql, (*rows.parameters, *after.parameters, limit))]


def _next(
    connection: sqlite3.Connection,
    request: SearchRequest,
    planned: Plan,
    cursor: Cursor,
    docs: Sequence[int],
    passed: int,
    *,
    more: bool,
) -> str | None:
    if not more or not docs:
        return None
    keys = ", ".join(_order(request, planned))
    sql = f"SELECT {keys} FROM docs d LEFT JOIN temp.found s ON s.doc = d.doc WHERE d.doc = ?"  # noqa: S608
    last = tuple(connection.execute(sql, (docs[-1],)).fetchone())
    return encode(Cursor(cursor.bound, cursor.offset + passed, last, cursor.order), request)


def _hits(connection: sqlite3.Connection, request: SearchRequest, query: Query, docs: Sequence[int]) -> tuple[Hit, ...]:
    sought = needles(query, request.kind) if request.highlight else ()
    found = []
    for doc, (name, document) in zip(docs, documents(connection, request.kind, docs), strict=True):
        score = connection.execute("SELECT score FROM temp.found WHERE doc = ?", (doc,)).fetchone()
        ranges = highlights(request.kind, document, sought)
        found.append(Hit(name, request.kind, document, score[0] if score else 0.0, ranges))
    return tuple(found)


def documents(connection: sqlite3.Connection, kind: Kind, docs: Iterable[int]) -> Iterable[tuple[str, dict[str, Any]]]:
    """Id and document, without its body, of each number."""
    sql = "SELECT d.id, d.article_id, s.document FROM docs d JOIN contents s USING (doc) WHERE d.doc = ?"
    for doc in docs:
        name, article_id, source = connection.execute(sql, (doc,)).fetchone()
        yield name, orjson.loads(unpacked(source)) | patches_of(connection, KIND_NUMBER[kind], name, article_id)
