"""The state of a search, as it stands in the address: every search can be kept as a link and shared."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from urllib.parse import urlencode

from kliping_shared.errors import QueryError
from kliping_shared.store.documents import KINDS, Kind
from kliping_shared.store.ports import FACETS, SearchRequest, SortBy, order_of

SORTS: tuple[SortBy, ...] = ("relevance", "newest", "oldest", "outlets")
PAGE = 20
#: What a query says of origins where it is a word of its own, outside of quotation marks and brackets.
_ORIGINS = re.compile(r"(?<!\S)origins:(\d{1,6})(?!\S)")


@dataclass(frozen=True)
class SearchState:
    """What the person is looking at."""

    kind: Kind = "claims"
    query: str = ""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    excluded: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    date_from: str | None = None
    date_to: str | None = None
    sort: SortBy = "relevance"
    cursor: str | None = None

    @property
    def lacking(self) -> tuple[str, ...]:
        """Filters that the kind does not offer."""
        return tuple(name for name in (*self.filters, *self.excluded) if name not in FACETS[self.kind])

    @property
    def order(self) -> SortBy:
        """How the results are sorted."""
        return order_of(self.kind, self.query, self.sort)

    @property
    def least_origins(self) -> int | None:
        """How many independent origins the query asks for at least; None where it does not say so once."""
        asked = _ORIGINS.findall(self.query)
        return int(asked[0]) if len(asked) == 1 else None

    def with_origins(self, least: int | None) -> SearchState:
        """Asking for at least so many independent origins; None for any number."""
        rest = " ".join(_ORIGINS.sub(" ", self.query).split())
        return self.asking(f"{rest} origins:{least}".strip() if least else rest)

    @property
    def narrowed(self) -> bool:
        """Whether filters or days leave something out."""
        return bool(self.filters or self.excluded or self.date_from or self.date_to)

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The state as the parameters of an address, but for query, order and page: what a form carries on."""
        pairs: list[tuple[str, str]] = [("show", self.kind)] if self.kind != "claims" else []
        pairs += [(name, value) for name, values in sorted(self.filters.items()) for value in values]
        pairs += [(NOT + name, value) for name, values in sorted(self.excluded.items()) for value in values]
        return pairs + [(name, day) for name, day in (("from", self.date_from), ("to", self.date_to)) if day]

    def request(self, *, limit: int = PAGE, facets: Iterable[str] = (), facet_size: int = 12) -> SearchRequest:
        """The store's request for this state."""
        return SearchRequest(
            kind=self.kind,
            query=self.query,
            filters=self.filters,
            excluded=self.excluded,
            date_from=self.date_from,
            date_to=self.date_to,
            sort=self.order,
            limit=limit,
            cursor=self.cursor,
            facets=tuple(facets),
            facet_size=facet_size,
        )

    def address(self, path: str = "/") -> str:
        """The state as a relative URL."""
        pairs = [("q", self.query)] if self.query else []
        pairs += self.pairs
        pairs += [("cursor", self.cursor)] if self.cursor else []
        pairs += [("sort", self.sort)] if self.sort != "relevance" else []
        return f"{path}?{urlencode(pairs)}" if pairs else path

    def of_kind(self, kind: Kind) -> SearchState:
        """The same search over another kind of documents, without the filters that it does not offer."""
        other = replace(self, kind=kind, cursor=None)
        filters, excluded = (
            {name: values for name, values in both.items() if name not in other.lacking}
            for both in (self.filters, self.excluded)
        )
        return replace(other, filters=filters, excluded=excluded)

    def holds_for(self, kind: Kind) -> bool:
        """Whether the kind offers every filter of the search: without one it would find what was not asked for."""
        return not replace(self, kind=kind).lacking

    def toggled(self, name: str, value: str) -> SearchState:
        """With the filter set, or unset if it was; a value that was excluded no longer is."""
        excluded = _without(self.excluded, name, value)
        return replace(self, filters=_toggled(self.filters, name, value), excluded=excluded, cursor=None)

    def toggled_out(self, name: str, value: str) -> SearchState:
        """With the value excluded, or no longer if it was; a filter for it is unset."""
        filters = _without(self.filters, name, value)
        return replace(self, filters=filters, excluded=_toggled(self.excluded, name, value), cursor=None)

    def only(self, name: str, value: str) -> SearchState:
        """With just this value of the field."""
        return replace(
            self.without(name), filters={**{k: v for k, v in self.filters.items() if k != name}, name: (value,)}
        )

    def without(self, name: str) -> SearchState:
        """Without filters on the field."""
        filters, excluded = (
            {key: values for key, values in both.items() if key != name} for both in (self.filters, self.excluded)
        )
        return replace(self, filters=filters, excluded=excluded, cursor=None)

    def between(self, date_from: str | None, date_to: str | None) -> SearchState:
        """With other days."""
        return replace(self, date_from=date_from, date_to=date_to, cursor=None)

    def sorted_by(self, sort: SortBy) -> SearchState:
        """In another order."""
        return replace(self, sort=sort, cursor=None)

    def cleared(self) -> SearchState:
        """Without filters and dates."""
        return replace(self, filters={}, excluded={}, date_from=None, date_to=None, cursor=None)

    def asking(self, query: str) -> SearchState:
        """With another query."""
        return replace(self, query=query, cursor=None)

    def at(self, cursor: str | None) -> SearchState:
        """At another page."""
        return replace(self, cursor=cursor)


def _without(filters: Mapping[str, tuple[str, ...]], name: str, value: str) -> dict[str, tuple[str, ...]]:
    kept = {**filters, name: tuple(item for item in filters.get(name, ()) if item != value)}
    return {key: values for key, values in kept.items() if values}


def _toggled(filters: Mapping[str, tuple[str, ...]], name: str, value: str) -> dict[str, tuple[str, ...]]:
    chosen = filters.get(name, ())
    return _without(filters, name, value) if value in chosen else {**filters, name: (*chosen, value)}


FILTERS = frozenset(name for names in FACETS.values() for name in names)
#: Stands before the name of a filter whose values are excluded.
NOT = "not."


def read_filters(pairs: Iterable[tuple[str, str]], kind: Kind | None = None) -> dict[str, tuple[str, ...]]:
    """The filters among an address's parameters. Raises QueryError for one that ``kind`` does not offer."""
    filters: dict[str, tuple[str, ...]] = {}
    for name, value in pairs:
        if name in FILTERS and value:
            filters[name] = (*filters.get(name, ()), value)
    if kind:
        refuse_lacking(SearchState(kind=kind, filters=filters))
    return filters


def read_excluded(pairs: Iterable[tuple[str, str]], kind: Kind | None = None) -> dict[str, tuple[str, ...]]:
    """What an address's parameters exclude (``not.speaker=…``). Raises QueryError like ``read_filters``."""
    return read_filters(((name.removeprefix(NOT), value) for name, value in pairs if name.startswith(NOT)), kind)


def refuse_lacking(state: SearchState) -> None:
    """Raises QueryError when the state has a filter that its kind does not offer: ignoring it would show too much."""
    if state.lacking:
        raise QueryError("{kind} cannot be filtered by {name}", 0, kind=state.kind, name=state.lacking[0])


def read_state(pairs: Sequence[tuple[str, str]]) -> SearchState:
    """The state that an address holds. Raises QueryError for an unknown kind or sort, or a day that is none."""
    given = {name: value for name, value in pairs if name not in FILTERS}
    state = SearchState(
        kind=_kind(given.get("show") or "claims"),
        query=given.get("q", "").strip(),
        filters=read_filters(pairs),
        excluded=read_excluded(pairs),
        date_from=_day(given.get("from")),
        date_to=_day(given.get("to")),
        sort=_sort(given.get("sort") or "relevance"),
        cursor=given.get("cursor") or None,
    )
    refuse_lacking(state)
    return state


def _kind(value: str) -> Kind:
    for kind in KINDS:
        if value == kind:
            return kind
    raise QueryError("there is no kind {value!r}; choose {choices}", 0, value=value, choices=", ".join(KINDS))


def _sort(value: str) -> SortBy:
    for sort in SORTS:
        if value == sort:
            return sort
    raise QueryError("cannot sort by {value!r}; choose {choices}", 0, value=value, choices=", ".join(SORTS))


def _day(value: str | None) -> str | None:
    if not value:
        return None
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        raise QueryError("{value!r} is not a day like 2026-09-13", 0, value=value) from None
