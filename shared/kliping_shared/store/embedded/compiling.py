"""From a request to SQL: which documents, ranked by what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from kliping_shared.analysis import terms
from kliping_shared.query import FIELDS, And, Everything, Field, Not, Or, Query, abouts, first_day, wanted
from kliping_shared.store.checking import check_field, check_request, checked_day, is_own_id
from kliping_shared.store.documents import Kind
from kliping_shared.store.embedded.schema import FIELD_NUMBER, KIND_NUMBER
from kliping_shared.store.ports import SearchRequest
from kliping_shared.store.searchable import ABOUT_COLUMNS, COLUMNS, DEFAULT_COLUMNS, WEIGHTS, Column
from kliping_shared.store.values import filtered_by, folded, names

# Scores are rounded, so that equal documents tie; 9 digits, since words that most documents have score about 1e-6.
_WEIGHTS: Final = ", ".join(str(WEIGHTS[column]) for column in COLUMNS)


#: A list of documents is made in a fraction of the time in which as many are asked one by one.
_LIST: Final = 4


@dataclass(frozen=True)
class Condition:
    """A condition on a row ``d`` of ``docs``, and its parameters."""

    sql: str
    parameters: tuple[object, ...] = ()

    def of(self, doc: str) -> Condition:
        """The condition on the document of another expression's number, where it asks for the number alone."""
        return Condition(self.sql.replace("d.doc", doc), self.parameters)


@dataclass(frozen=True)
class Filter:
    """What is wanted of a field's values: ``among`` makes the list of the documents that have them, ``has`` asks a
    document, which costs a microsecond and is worth it where few are asked. ``most`` and ``fewer`` are rows: how many
    documents have what is wanted, or what is not wanted, at most, and how many values that is of; None for nothing.
    """

    among: Condition
    has: Condition
    most: Condition | None
    fewer: Condition | None


@dataclass(frozen=True)
class Plan:
    """What finds the documents of a request: the query's ``words``, ``base`` and ``days``, and a filter for each field.

    ``words`` are what every document must hold, ``ranking`` what counts for relevance; both FTS5 expressions. ``either``
    are those of which words are any. A plan ``has_query`` unless it is for all documents but for days and filters;
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

    def under(self, without: str | None = None) -> Condition:
        """The filters but that one: a list of documents is made for those that are about as short as what is looked at."""
        sizes = [size for name, size in self.sizes.items() if name != without]
        least = min([*sizes, self.matching] if self.matching else sizes, default=0)
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
        """Rows (doc, score) of the ``most`` latest documents, up to number ``bound``, that a plan by words finds: all
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

    @property
    def _score(self) -> str:
        return f"round(-bm25(words_{self.kind}, {_WEIGHTS}), 9)"

    def counting(self) -> Condition:
        """The number of documents that are found under all filters, without ``found``: scores cost most of its time."""
        if not self.has_query:
            rows = self.rows()
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

    def holding(self, words: str) -> Condition:
        """The number of documents that hold the words."""
        table = f"words_{self.kind}"
        return Condition(f"SELECT count(*) FROM {table} WHERE {table} MATCH ?", (words,))  # noqa: S608


def plan(request: SearchRequest, query: Query) -> Plan:
    """The plan of a request. Raises QueryError for fields, filters, facets and dates that the kind has not."""
    kind = request.kind
    check_request(request)
    words, rest = _words_first(query, kind)
    return Plan(
        kind=kind,
        base=all_of([_condition(item, kind) for item in rest]),
        days=all_of(_days(request)),
        filters={name: _filter(request, name) for name in filtered_by(request)},
        words=words,
        either=_either(query, kind),
        ranking=words or _ranking(query, kind),
        has_query=not isinstance(query, Everything),
        listed=any(_is_list(item) for item in rest),
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


def match_of(query: Query, kind: Kind) -> str | None:
    """The query as one FTS5 expression; None when it holds a field, or denies without asking for something."""
    if isinstance(query, And):
        asked = [match_of(item, kind) for item in query.items if not isinstance(item, Not)]
        denied = [match_of(item.item, kind) for item in query.items if isinstance(item, Not)]
        parts = _all_known(asked), _all_known(denied)
        if not asked or parts[0] is None or parts[1] is None:
            return None
        return " NOT ".join([f"({' AND '.join(parts[0])})", *parts[1]])
    if isinstance(query, Or):
        known = _all_known([match_of(item, kind) for item in query.items])
        return None if known is None else f"({' OR '.join(known)})"
    if isinstance(query, Field) and FIELDS[query.name].use == "title":
        check_field(query, kind)
        return _row(query.value, ("title",))
    if isinstance(query, Not | Everything | Field):
        return None
    return _row(query.text, DEFAULT_COLUMNS[kind])


def _all_known(parts: Sequence[str | None]) -> list[str] | None:
    known = [part for part in parts if part is not None]
    return known if len(known) == len(parts) else None


def _row(text: str, columns: tuple[Column, ...]) -> str:
    """Terms in a row within one of the columns. Terms hold no quotation mark, so they need no escape."""
    return f'({{{" ".join(columns)}}} : "{" ".join(terms(text))}")'


def _either(query: Query, kind: Kind) -> tuple[str, ...]:
    """Where words are any of several: the expressions of these."""
    several = [match_of(item, kind) for item in query.items] if isinstance(query, Or) else []
    return tuple(_all_known(several) or ())


def _ranking(query: Query, kind: Kind) -> str | None:
    """What to rank by: every word that is asked for, whether all must be there or one of several; else by ``about``."""
    rows = [row for leaf in wanted(query) if (row := match_of(leaf, kind)) is not None]
    if not rows:
        rows = [_row(leaf.value, ABOUT_COLUMNS[kind]) for leaf in abouts(query)]
    return " OR ".join(dict.fromkeys(rows)) or None


def _condition(query: Query, kind: Kind) -> Condition:
    if isinstance(query, Everything):
        return Condition("1")
    match = match_of(query, kind)
    if match is not None:
        words = f"words_{kind}"
        return Condition(f"d.doc IN (SELECT rowid FROM {words} WHERE {words} MATCH ?)", (match,))  # noqa: S608
    if isinstance(query, Not):
        inner = _condition(query.item, kind)
        return Condition(f"NOT {inner.sql}", inner.parameters)
    if isinstance(query, Field):
        return _field(query, kind)
    if isinstance(query, Or):
        return _together([_condition(item, kind) for item in query.items], " OR ")
    assert isinstance(query, And)
    return all_of([_condition(item, kind) for item in query.items])


def all_of(conditions: Sequence[Condition]) -> Condition:
    """All of these conditions; none is always true."""
    return _together(conditions, " AND ")


def _together(conditions: Sequence[Condition], operator: str) -> Condition:
    sql = operator.join(condition.sql for condition in conditions) or "1"
    parameters = tuple(value for condition in conditions for value in condition.parameters)
    return Condition(f"({sql})", parameters)


def _field(query: Field, kind: Kind) -> Condition:
    check_field(query, kind)
    rule = FIELDS[query.name]
    if rule.use in ("before", "after"):
        day = first_day(query.value)
        return Condition(f"ifnull(d.day {'<' if rule.use == 'before' else '>='} ?, 0)", (day,))
    if rule.use == "at_least":
        column = "d.outlets" if query.name == "outlets" else "d.origins"
        return Condition(f"-{column} <= ?", (-int(query.value),))
    found = [_has_words(kind, name, query.value) for name in rule.documents if name in names(kind)]
    if rule.use == "about":
        found.append(_text_has(kind, ABOUT_COLUMNS[kind], query.value))
    if is_own_id(query, kind):
        own = "d.doc = (SELECT o.doc FROM docs o WHERE o.kind = ? AND o.id = ?)"
        found.append(Condition(own, (KIND_NUMBER[kind], query.value)))
    if is_own_id(query, kind) and kind == "stories":
        found.append(_text_has(kind, ("title",), query.value))
    return _together(found, " OR ")


def _is_list(query: Query) -> bool:
    """Whether the condition of the query is that a document is in a list."""
    if isinstance(query, And):
        return any(_is_list(item) for item in query.items)
    if isinstance(query, Or):
        return all(_is_list(item) for item in query.items)
    if isinstance(query, Field):
        return FIELDS[query.name].use in ("value", "about", "title")
    return not isinstance(query, Not | Everything)


def _text_has(kind: Kind, columns: tuple[Column, ...], value: str) -> Condition:
    words = f"words_{kind}"
    match = _row(value, columns)
    return Condition(f"d.doc IN (SELECT rowid FROM {words} WHERE {words} MATCH ?)", (match,))  # noqa: S608


def _has_words(kind: Kind, name: str, value: str) -> Condition:
    """Documents with a value of the field that has these words in a row, whole."""
    return Condition(
        "d.doc IN (SELECT f.doc FROM vals v CROSS JOIN facets f ON f.kind = ? AND f.val = v.val"
        " WHERE v.name = ? AND instr(v.folded, ?) > 0)",
        (KIND_NUMBER[kind], FIELD_NUMBER[name], f" {folded(value)} "),
    )


def _filter(request: SearchRequest, name: str) -> Filter:
    """What the request wants of a field's values, and what it does not want."""
    kind, wanted_values, unwanted = request.kind, request.filters.get(name), request.excluded.get(name)
    without = []
    if unwanted:
        has_one = _has_one(kind, name, unwanted)
        without.append(Condition(f"NOT {has_one.sql}", has_one.parameters))
    fewer = _most(kind, name, unwanted) if unwanted else None
    if not wanted_values:
        return Filter(all_of(without), all_of(without), None, fewer)
    among, has = (all_of([made(kind, name, wanted_values), *without]) for made in (_among, _has_one))
    return Filter(among, has, _most(kind, name, wanted_values), fewer)


def _most(kind: Kind, name: str, wanted_values: Sequence[str]) -> Condition:
    """How many documents have these values, each value counted by itself, and of how many values that is known: not of ids."""
    several, marks = _marked(wanted_values)
    return Condition(
        "SELECT ifnull(sum(c.n), 0), count(*) FROM vals v CROSS JOIN value_counts c ON c.kind = ? AND c.val = v.val"  # noqa: S608
        f" WHERE v.name = ? AND v.folded IN ({marks})",
        (KIND_NUMBER[kind], FIELD_NUMBER[name], *several),
    )


def _among(kind: Kind, name: str, wanted_values: Sequence[str]) -> Condition:
    """Documents with one of these values, whole."""
    several, marks = _marked(wanted_values)
    return Condition(
        "d.doc IN (SELECT f.doc FROM vals v CROSS JOIN facets f ON f.kind = ? AND f.val = v.val"  # noqa: S608
        f" WHERE v.name = ? AND v.folded IN ({marks}))",
        (KIND_NUMBER[kind], FIELD_NUMBER[name], *several),
    )


def _has_one(kind: Kind, name: str, wanted_values: Sequence[str]) -> Condition:
    """The same, asked of each document."""
    several, marks = _marked(wanted_values)
    return Condition(
        "EXISTS (SELECT 1 FROM facets f WHERE f.kind = ? AND f.doc = d.doc AND f.val IN"  # noqa: S608
        f" (SELECT v.val FROM vals v WHERE v.name = ? AND v.folded IN ({marks})))",
        (KIND_NUMBER[kind], FIELD_NUMBER[name], *several),
    )


def _marked(wanted_values: Sequence[str]) -> tuple[tuple[str, ...], str]:
    """The values as they are kept, and a mark for each."""
    several = tuple(f" {folded(value)} " for value in wanted_values)
    return several, ", ".join("?" * len(several))


def _days(request: SearchRequest) -> list[Condition]:
    found = []
    for day, comparison in ((request.date_from, ">="), (request.date_to, "<=")):
        if day:
            found.append(Condition(f"d.day {comparison} ?", (checked_day(day),)))
    return found
