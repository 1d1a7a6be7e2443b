"""What a kind of documents can be asked for; anything else is refused, never taken as an empty result."""

from __future__ import annotations

from datetime import date

from kliping_shared.errors import QueryError
from kliping_shared.query import FIELDS, Field
from kliping_shared.store.documents import Kind
from kliping_shared.store.ports import FACETS, SearchRequest
from kliping_shared.store.values import names


def check_request(request: SearchRequest) -> None:
    """Raise QueryError for facets, filters and days that cannot be answered; the query's fields are for check_field."""
    for name in request.facets:
        if name not in FACETS[request.kind]:
            raise QueryError(f"{request.kind} have no facet {name!r}; there are {', '.join(FACETS[request.kind])}", 0)
    known = names(request.kind)
    for name, several in request.filters.items():
        if several and name not in known:
            raise QueryError(f"{request.kind} cannot be filtered by {name!r}; there are {', '.join(known)}", 0)
    for day in (request.date_from, request.date_to):
        if day:
            checked_day(day)


def checked_day(day: str) -> str:
    """The day as YYYY-MM-DD, also where it was written without hyphens. Raises QueryError for what is no day."""
    try:
        return date.fromisoformat(day).isoformat()
    except ValueError as error:
        raise QueryError(f"{day!r} is no day; write it like 2023-09-13", 0) from error


def check_field(query: Field, kind: Kind) -> None:
    """Raise QueryError for a field that the kind has not."""
    rule = FIELDS[query.name]
    has_title = rule.use == "title" and kind != "groups"
    has_date = rule.use in ("before", "after")
    has_number = rule.use == "at_least" and any(name in FACETS[kind] for name in rule.documents)
    if not (has_title or has_date or has_number or set(rule.documents) & set(names(kind)) or is_own_id(query, kind)):
        raise QueryError(f"{kind} have no {query.name}: (search for it among other kinds)", 0)


def is_own_id(query: Field, kind: Kind) -> bool:
    """Whether the field is the id of the kind's own documents."""
    return (query.name, kind) in (("group", "groups"), ("story", "stories"))
