"""What a kind of documents can be asked for; anything else is refused, never taken as an empty result."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from datetime import date
from typing import Final, Generic, TypeVar

import structlog

from kliping_shared.errors import QueryError
from kliping_shared.query import FIELDS, Field, Query, query_of
from kliping_shared.store.documents import KINDS, Kind
from kliping_shared.store.ports import FACETS, SearchRequest
from kliping_shared.store.values import filtered_by, names

P = TypeVar("P")
log = structlog.get_logger("kliping.store")

#: Characters by which values are looked for; servers limit how long a pattern may be.
LONGEST_WORDS: Final = 100


def check_request(request: SearchRequest) -> None:
    """Raise QueryError for facets, filters and days that cannot be answered; the query's fields are for check_field."""
    for name in request.facets:
        if name not in FACETS[request.kind]:
            there = ", ".join(FACETS[request.kind])
            raise QueryError(
                "{kind} have no facet {name!r}; there are {choices}", 0, kind=request.kind, name=name, choices=there
            )
    known = names(request.kind)
    for name in filtered_by(request):
        if name not in known:
            there = ", ".join(known)
            raise QueryError(
                "{kind} cannot be filtered by {name!r}; there are {choices}",
                0,
                kind=request.kind,
                name=name,
                choices=there,
            )
    if len(request.facet_words) > LONGEST_WORDS:
        raise QueryError("values are looked for by at most {number} characters", LONGEST_WORDS, number=LONGEST_WORDS)
    for day in (request.date_from, request.date_to):
        if day:
            checked_day(day)


def checked_day(day: str) -> str:
    """The day as YYYY-MM-DD, also where it was written without hyphens. Raises QueryError for what is no day."""
    try:
        return date.fromisoformat(day).isoformat()
    except ValueError as error:
        raise QueryError("{day!r} is no day; write it like 2023-09-13", 0, day=day) from error


def check_field(query: Field, kind: Kind) -> None:
    """Raise QueryError for a field that the kind has not."""
    if not has_field(query, kind):
        others = ", ".join(other for other in KINDS if has_field(query, other))
        raise QueryError(
            "{kind} have no {field}: (it is for {kinds})", query.position, kind=kind, field=query.name, kinds=others
        )


def has_field(query: Field, kind: Kind) -> bool:
    """Whether the kind has what the field asks for."""
    rule = FIELDS[query.name]
    if rule.use == "title":
        return kind != "groups"
    if rule.use == "at_least":
        return any(name in FACETS[kind] for name in rule.documents)
    return rule.use != "value" or bool(set(rule.documents) & set(names(kind))) or is_own_id(query, kind)


def is_own_id(query: Field, kind: Kind) -> bool:
    """Whether the field is the id of the kind's own documents."""
    return (query.name, kind) in (("group", "groups"), ("story", "stories"))


class Understood(Generic[P]):
    """The plans of searches that are asked for again and again: each is made once, for as long as it is asked for."""

    def __init__(self, plan: Callable[[SearchRequest, Query], P]) -> None:
        self._plan = plan
        self._made: dict[Hashable, P | None] = {}

    def all(self, searches: Iterable[SearchRequest]) -> list[tuple[int, P]]:
        """The plans of those of the searches that can be understood, each with its search's place."""
        made: dict[Hashable, P | None] = {}
        planned = []
        for place, search in enumerate(searches):
            asked = _asked(search)
            if asked not in made:
                made[asked] = self._made[asked] if asked in self._made else self._understood(search)
            if (found := made[asked]) is not None:
                planned.append((place, found))
        self._made = made
        return planned

    def _understood(self, search: SearchRequest) -> P | None:
        try:
            return self._plan(search, query_of(search.query))
        except QueryError as error:  # it was understood when it was stored, by another release
            log.warning("a stored search cannot be understood", query=search.query, reason=error.message)
            return None


def _asked(search: SearchRequest) -> Hashable:
    """All that decides what the search finds."""
    filters = tuple(
        tuple((name, tuple(values)) for name, values in sorted(several.items()))
        for several in (search.filters, search.excluded)
    )
    return search.kind, search.query, filters, search.date_from, search.date_to
