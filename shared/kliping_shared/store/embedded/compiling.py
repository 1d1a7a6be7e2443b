"""From a request to SQL: which documents, ranked by what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from kliping_shared.query import And, Everything, Or, Query, abouts, as_typed, share_typed, wanted
from kliping_shared.store.checking import check_request
from kliping_shared.store.documents import Kind
from kliping_shared.store.embedded.conditions import (
    Condition,
    all_known,
    all_of,
    condition,
    days_of,
    in_a_row,
    is_list,
    match_of,
)
from kliping_shared.store.embedded.filtering import Filter, filter_of
from kliping_shared.store.embedded.schema import KIND_NUMBER
from kliping_shared.store.ports import SearchRequest
from kliping_shared.store.searchable import ABOUT_COLUMNS, COLUMNS, WEIGHTS
from kliping_shared.store.values import filtered_by

# Scores are rounded, so that equal documents tie; 9 digits, since words that most documents have score about 1e-6.
_WEIGHTS: Final = ", ".join(str(WEIGHTS[column]) for column in COLUMNS)


#: A list of documents is made in a fraction of the time in which as many are asked one by one.
_LIST: Final = 4


@dataclass(frozen=True)
class Plan:
    """What finds the documents of a request: the query's ``words``, ``base`` and ``days``, and a filter for each field.

    ``words`` are what every document must hold, ``ranking`` what counts for relevance; both FTS5 expressions. ``either``
    are those of which words are any. Where words are searched besides those that were typed, these are ``typed``, and
    what does not hold them counts for a ``share`` of what it would. A plan ``has_query`` unless it is for all documents but for days and filters;
    ``base`` may be a list of documents by which rows are found, else all rows are asked.
    Known once the store was asked are ``sizes``: how many documents each filter lets through at most, and ``matching``:
    how many the query finds without filters.
    """

    kind: Kind
    base: Condition
    days: Condition
    filters: dict[str, Filter]
    words: str | None
    either: tuple[str, ...]
    ranking: str | None
    typed: str | None
    share: float
    has_query: bool
    listed: bool
    sizes: Mapping[str, int] = field(default_factory=dict)
    matching: int = 0

    @property
    def by_words(self) -> bool:
        """Whether the query is nothing but words: then FTS5's list is read again, and no table ``found`` made of it."""
        return self.words is not None and not self.base.parameters

    def is_everything(self, without: str | None = None) -> bool:
        """Whether all documents of the kind are found where that filter is left out."""
        return not (self.has_query or self.days.parameters or self.filters.keys() - {without})

    def rows(self, without: str | None = None) -> Condition:
        """``FROM … WHERE …``: rows ``d`` of ``docs`` that are found, where that filter is left out.

        With a query ``s`` are the rows of the table ``found``; of one by words, which it holds the best of, or null.
        """
        found = self.under(without)
        if self.by_words:
            table = f"words_{self.kind}"
            found = all_of([Condition(f"{table} MATCH ?", (self.words,)), self.days, found])
            joined = f"{table} CROSS JOIN docs d ON d.doc = {table}.rowid LEFT JOIN temp.found s ON s.doc = d.doc"
            return Condition(f"FROM {joined} WHERE {found.sql}", found.parameters)
        if self.has_query:
            return Condition(
                f"FROM temp.found s CROSS JOIN docs d ON d.doc = s.doc WHERE {found.sql}", found.parameters
            )
        found = all_of([self.days, found])
        # The plus keeps SQLite from going through all documents where few have one of the wanted values.
        plus = "+" if self.sizes.keys() - {without} else ""
        kind = f"{plus}d.kind = {KIND_NUMBER[self.kind]} AND {plus}d.live = 1"
        return Condition(f"FROM docs d WHERE {kind} AND {found.sql}", found.parameters)

    def under(self, without: str | None = None, looked_at: int | None = None) -> Condition:
        """The filters but that one. A list of documents is made for those that are about as short as what is looked at,
        which is at most what the shortest of them lets through.
        """
        sizes = [size for name, size in self.sizes.items() if name != without]
        if self.matching:
            sizes.append(self.matching)
        least = min(sizes if looked_at is None else [*sizes, looked_at], default=0)
        return all_of(
            [
                one.among if one.most is not None and self.sizes.get(name, 0) <= _LIST * least else one.has
                for name, one in self.filters.items()
                if name != without
            ]
        )

    def source(self, *, filtered: bool) -> Condition:
        """Rows (doc, score) of the documents that ``base``, ``days`` and ``words`` find, or that filters let through, too."""
        table, number = f"words_{self.kind}", KIND_NUMBER[self.kind]
        found = all_of([self.base, self.days, *([self.under()] if filtered else [])])
        plus = "+" if self.listed or (filtered and self.sizes) else ""
        tail = f"WHERE {plus}d.kind = {number} AND {plus}d.live = 1 AND {found.sql}"
        ranked = f"(SELECT rowid AS doc, {self._score} AS score FROM {table} WHERE {table} MATCH ?) r"  # noqa: S608
        if self.words is not None:
            sql = f"SELECT r.doc, r.score FROM {ranked} CROSS JOIN docs d ON d.doc = r.doc {tail}"  # noqa: S608
            return Condition(sql, (self.words, *found.parameters))
        if self.ranking is not None:
            sql = f"SELECT d.doc, coalesce(r.score, 0.0) FROM docs d LEFT JOIN {ranked} ON r.doc = d.doc {tail}"  # noqa: S608
            return Condition(sql, (self.ranking, *found.parameters))
        return Condition(f"SELECT d.doc, 0.0 FROM docs d {tail}", found.parameters)  # noqa: S608

    def best(self, telling: str | None, bound: int, most: int) -> Condition:
        """Rows (doc, score) of the ``most`` documents that arrived last, up to number ``bound``, that a plan by words finds: all
        others have no score. With ``telling`` also of as many of the latest that hold this.
        """
        table = f"words_{self.kind}"
        latest = f"SELECT rowid FROM {table} WHERE {table} MATCH ? AND rowid <= ? ORDER BY rowid DESC LIMIT ?"  # noqa: S608
        found = [Condition(f"{table} MATCH ? AND {table}.rowid <= ?", (self.words, bound))]
        if telling is not None:
            either = f"SELECT rowid FROM ({latest}) UNION ALL SELECT rowid FROM ({latest})"  # noqa: S608
            found.append(Condition(f"+{table}.rowid IN ({either})", (telling, bound, most, self.words, bound, most)))
        joined, under = table, self.under()
        if self.days.parameters:
            joined += f" CROSS JOIN docs d ON d.doc = {table}.rowid"
        else:
            under = under.of(f"+{table}.rowid")
        found += [self.days, under]
        which = all_of(found)
        sql = f"SELECT {table}.rowid, {self._score} FROM {joined} WHERE {which.sql} ORDER BY {table}.rowid DESC LIMIT ?"  # noqa: S608
        return Condition(sql, (*which.parameters, most if telling is None else 2 * most))

    def weaker(self) -> Condition | None:
        """Has what does not hold the words as typed count for less in the table ``found``, however rare what it holds is:
        for a share of the best that does. None where all hold them.
        """
        if self.typed is None:
            return None
        table = f"words_{self.kind}"
        least = "(SELECT min(doc) FROM temp.found)"
        typed = f"SELECT rowid FROM {table} WHERE {table} MATCH ? AND rowid >= {least}"  # noqa: S608
        best = f"(SELECT max(score) FROM temp.found WHERE doc IN ({typed}))"  # noqa: S608
        sql = f"UPDATE temp.found SET score = ? * min(score, ifnull({best}, score)) WHERE doc NOT IN ({typed})"  # noqa: S608
        return Condition(sql, (self.share, self.typed, self.typed))

    def scores(self, docs: Sequence[int]) -> Condition:
        """Rows (doc, score) of these few documents, of those that a plan by words finds."""
        table, marks = f"words_{self.kind}", ", ".join("?" * len(docs))
        sql = f"SELECT rowid, {self._score} FROM {table} WHERE {table} MATCH ? AND rowid IN ({marks})"  # noqa: S608
        return Condition(sql, (self.words, *docs))

    @property
    def _score(self) -> str:
        return f"round(-bm25(words_{self.kind}, {_WEIGHTS}), 9)"

    def counting(self) -> Condition:
        """The number of documents that are found under all filters, without ``found``: scores cost most of its time."""
        if not self.has_query:
            rows = self._by_a_list() or self.rows()
            return Condition(f"SELECT count(*) {rows.sql}", rows.parameters)
        found, table = all_of([self.base, self.days, self.under()]), f"words_{self.kind}"
        if self.words is None:
            plus = "+" if self.listed or self.sizes else ""
            alive = f"{plus}d.kind = {KIND_NUMBER[self.kind]} AND {plus}d.live = 1"
            return Condition(f"SELECT count(*) FROM docs d WHERE {alive} AND {found.sql}", found.parameters)  # noqa: S608
        # The plus keeps SQLite from asking FTS5 for each document of a list by itself.
        matching = f"(SELECT +rowid AS doc FROM {table} WHERE {table} MATCH ?)"  # noqa: S608
        if self.base.parameters or self.days.parameters:
            matching += " r CROSS JOIN docs d ON d.doc = r.doc"
        else:  # only documents that are shown have words, and filters ask for their numbers alone
            matching += " d"
        return Condition(f"SELECT count(*) FROM {matching} WHERE {found.sql}", (self.words, *found.parameters))  # noqa: S608

    def _by_a_list(self) -> Condition | None:
        """``FROM … WHERE …`` without the rows themselves: values are those of documents that are shown."""
        name = min(self.sizes, key=self.sizes.__getitem__, default="")
        listed = self.filters[name].listed if name and not self.days.parameters else None
        if listed is None:
            return None
        under = self.under(without=name, looked_at=self.sizes[name])
        return Condition(
            f"FROM (SELECT DISTINCT doc FROM ({listed.sql})) d WHERE {under.sql}",  # noqa: S608
            (*listed.parameters, *under.parameters),
        )

    def holding(self, words: str) -> Condition:
        """The number of documents that hold the words."""
        table = f"words_{self.kind}"
        return Condition(f"SELECT count(*) FROM {table} WHERE {table} MATCH ?", (words,))  # noqa: S608


def plan(request: SearchRequest, query: Query) -> Plan:
    """The plan of a request. Raises QueryError for fields, filters, facets and dates that the kind has not."""
    kind = request.kind
    check_request(request)
    words, rest = _words_first(query, kind)
    typed = as_typed(query)
    return Plan(
        kind=kind,
        base=all_of([condition(item, kind) for item in rest]),
        days=all_of(days_of(request)),
        filters={name: filter_of(request, name) for name in filtered_by(request)},
        words=words,
        either=_either(query, kind),
        ranking=words or _ranking(query, kind),
        typed=None if typed == query else _words_first(typed, kind)[0] or _ranking(typed, kind),
        share=share_typed(query),
        has_query=not isinstance(query, Everything),
        listed=any(is_list(item) for item in rest),
    )


def _words_first(query: Query, kind: Kind) -> tuple[str | None, tuple[Query, ...]]:
    """What every found document must hold in words, as one expression, and the rest of the query."""
    whole = match_of(query, kind)
    if whole is not None:
        return whole, ()
    if not isinstance(query, And):
        return None, (query,)
    words = tuple(item for item in query.items if match_of(item, kind) is not None)
    rest = tuple(item for item in query.items if item not in words)
    if not words:
        return None, rest
    return match_of(And(words) if len(words) > 1 else words[0], kind), rest


def _either(query: Query, kind: Kind) -> tuple[str, ...]:
    """Where words are any of several: the expressions of these."""
    several = [match_of(item, kind) for item in query.items] if isinstance(query, Or) else []
    return tuple(all_known(several) or ())


def _ranking(query: Query, kind: Kind) -> str | None:
    """What to rank by: every word that is asked for, whether all must be there or one of several; else by ``about``."""
    rows = [words for leaf in wanted(query) if (words := match_of(leaf, kind)) is not None]
    if not rows:
        rows = [in_a_row(leaf.value, ABOUT_COLUMNS[kind]) for leaf in abouts(query)]
    return " OR ".join(dict.fromkeys(rows)) or None
