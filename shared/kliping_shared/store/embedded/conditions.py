"""From a query to conditions on documents: which have its words, its values, its days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kliping_shared.analysis import terms
from kliping_shared.query import FIELDS, Alike, And, Everything, Field, Not, Or, Query, first_day
from kliping_shared.store.checking import check_field, checked_day, is_own_id
from kliping_shared.store.documents import Kind
from kliping_shared.store.embedded.schema import FIELD_NUMBER, KIND_NUMBER
from kliping_shared.store.ports import SearchRequest
from kliping_shared.store.searchable import ABOUT_COLUMNS, DEFAULT_COLUMNS, Column
from kliping_shared.store.values import folded, names


@dataclass(frozen=True)
class Condition:
    """A condition on a row ``d`` of ``docs``, and its parameters."""

    sql: str
    parameters: tuple[object, ...] = ()

    def of(self, doc: str) -> Condition:
        """The condition on the document of another expression's number, where it asks for the number alone."""
        return Condition(self.sql.replace("d.doc", doc), self.parameters)


def all_of(conditions: Sequence[Condition]) -> Condition:
    """All of these conditions; none is always true."""
    return _together(conditions, " AND ")


def _together(conditions: Sequence[Condition], operator: str) -> Condition:
    sql = operator.join(condition.sql for condition in conditions) or "1"
    parameters = tuple(value for condition in conditions for value in condition.parameters)
    return Condition(f"({sql})", parameters)


def condition(query: Query, kind: Kind) -> Condition:
    if isinstance(query, Everything):
        return Condition("1")
    match = match_of(query, kind)
    if match is not None:
        words = f"words_{kind}"
        return Condition(f"d.doc IN (SELECT rowid FROM {words} WHERE {words} MATCH ?)", (match,))  # noqa: S608
    if isinstance(query, Not):
        inner = condition(query.item, kind)
        return Condition(f"NOT {inner.sql}", inner.parameters)
    if isinstance(query, Field):
        return _field(query, kind)
    if isinstance(query, Or):
        return _together([condition(item, kind) for item in query.items], " OR ")
    assert isinstance(query, And)
    return all_of([condition(item, kind) for item in query.items])


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


def is_list(query: Query) -> bool:
    """Whether the condition of the query is that a document is in a list."""
    if isinstance(query, And):
        return any(is_list(item) for item in query.items)
    if isinstance(query, Or):
        return all(is_list(item) for item in query.items)
    if isinstance(query, Field):
        return FIELDS[query.name].use in ("value", "about", "title")
    return not isinstance(query, Not | Everything)


def _text_has(kind: Kind, columns: tuple[Column, ...], value: str) -> Condition:
    words = f"words_{kind}"
    match = in_a_row(value, columns)
    return Condition(f"d.doc IN (SELECT rowid FROM {words} WHERE {words} MATCH ?)", (match,))  # noqa: S608


def _has_words(kind: Kind, name: str, value: str) -> Condition:
    """Documents with a value of the field that has these words in a row, whole."""
    return Condition(
        "d.doc IN (SELECT f.doc FROM vals v CROSS JOIN facets f ON f.kind = ? AND f.val = v.val"
        " WHERE v.name = ? AND instr(v.folded, ?) > 0)",
        (KIND_NUMBER[kind], FIELD_NUMBER[name], f" {folded(value)} "),
    )


def match_of(query: Query, kind: Kind) -> str | None:
    """The query as one FTS5 expression; None when it holds a field, or denies without asking for something."""
    if isinstance(query, And):
        asked = [match_of(item, kind) for item in query.items if not isinstance(item, Not)]
        denied = [match_of(item.item, kind) for item in query.items if isinstance(item, Not)]
        parts = all_known(asked), all_known(denied)
        if not asked or parts[0] is None or parts[1] is None:
            return None
        return " NOT ".join([f"({' AND '.join(parts[0])})", *parts[1]])
    if isinstance(query, Or | Alike):
        several = query.items if isinstance(query, Or) else (query.asked, *query.others)
        known = all_known([match_of(item, kind) for item in several])
        return None if known is None else f"({' OR '.join(known)})"
    if isinstance(query, Field) and FIELDS[query.name].use == "title":
        check_field(query, kind)
        return in_a_row(query.value, ("title",))
    if isinstance(query, Not | Everything | Field):
        return None
    return in_a_row(query.text, DEFAULT_COLUMNS[kind])


def all_known(parts: Sequence[str | None]) -> list[str] | None:
    known = [part for part in parts if part is not None]
    return known if len(known) == len(parts) else None


def in_a_row(text: str, columns: tuple[Column, ...]) -> str:
    """Terms in a row within one of the columns. Terms hold no quotation mark, so they need no escape."""
    return f'({{{" ".join(columns)}}} : "{" ".join(terms(text))}")'


def days_of(request: SearchRequest) -> list[Condition]:
    found = []
    for day, comparison in ((request.date_from, ">="), (request.date_to, "<=")):
        if day:
            found.append(Condition(f"d.day {comparison} ?", (checked_day(day),)))
    return found
