"""The state of a search, as it stands in the address: every search can be kept as a link and shared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from urllib.parse import urlencode

from kliping_shared.errors import QueryError
from kliping_shared.store.documents import KINDS, Kind
from kliping_shared.store.ports import FACETS, SearchRequest, SortBy

SORTS: tuple[SortBy, ...] = ("relevance", "newest", "oldest", "outlets")
PAGE = 20


@dataclass(frozen=True)
class SearchState:
    """What the person is looking at."""

    kind: Kind = "claims"
    query: str = ""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    date_from: str | None = None
    date_to: str | None = None
    sort: SortBy = "relevance"
    cursor: str | None = None

    @property
    def lacking(self) -> tuple[str, ...]:
        """Filters that the kind does not offer."""
        return tuple(name for name in self.filters if name not in FACETS[self.kind])

    @property
    def narrowed(self) -> bool:
        """Whether filters or days leave something out."""
        return bool(self.filters or self.date_from or self.date_to)

    def request(self, *, limit: int = PAGE, facets: Iterable[str] = (), facet_size: int = 12) -> SearchRequest:
        """The store's request for this state."""
        return SearchRequest(
            kind=self.kind,
            query=self.query,
            filters=self.filters,
            date_from=self.date_from,
            date_to=self.date_to,
            sort=self.sort,
            limit=limit,
            cursor=self.cursor,
            facets=tuple(facets),
            facet_size=facet_size,
        )

    def address(self, path: str = "/") -> str:
        """The state as a relative URL."""
        pairs: list[tuple[str, str]] = [("q", self.query)] if self.query else []
        pairs += [("show", self.kind)] if self.kind != "claims" else []
        pairs += [(name, value) for name, values in sorted(self.filters.items()) for value in values]
        given = {"from": self.date_from, "to": self.date_to, "cursor": self.cursor}
        pairs += [(name, value) for name, value in given.items() if value]
        pairs += [("sort", self.sort)] if self.sort != "relevance" else []
        return f"{path}?{urlencode(pairs)}" if pairs else path

    def of_kind(self, kind: Kind) -> SearchState:
        """The same search over another kind of documents, without the filters that it does not offer."""
        other = replace(self, kind=kind, cursor=None)
        return replace(other, filters={name: self.filters[name] for name in self.filters if name not in other.lacking})

    def toggled(self, name: str, value: str) -> SearchState:
        """With the filter set, or unset if it was."""
        chosen = self.filters.get(name, ())
        kept = tuple(item for item in chosen if item != value) if value in chosen else (*chosen, value)
        filters = {key: values for key, values in {**self.filters, name: kept}.items() if values}
        return replace(self, filters=filters, cursor=None)

    def cleared(self) -> SearchState:
        """Without filters and dates."""
        return replace(self, filters={}, date_from=None, date_to=None, cursor=None)

    def asking(self, query: str) -> SearchState:
        """With another query."""
        return replace(self, query=query, cursor=None)

    def at(self, cursor: str | None) -> SearchState:
        """At another page."""
        return replace(self, cursor=cursor)


FILTERS = frozenset(name for names in FACETS.values() for name in names)


def read_filters(pairs: Iterable[tuple[str, str]], kind: Kind | None = None) -> dict[str, tuple[str, ...]]:
    """The filters among an address's parameters. Raises QueryError for one that ``kind`` does not offer."""
    filters: dict[str, tuple[str, ...]] = {}
    for name, value in pairs:
        if name in FILTERS and value:
            filters[name] = (*filters.get(name, ()), value)
    if kind:
        refuse_lacking(SearchState(kind=kind, filters=filters))
    return filters


def refuse_lacking(state: SearchState) -> None:
    """Raises QueryError when the state has a filter that its kind does not offer: ignoring it would show too much."""
    if state.lacking:
        raise QueryError(f"{state.kind} cannot be filtered by {state.lacking[0]}", 0)


def read_state(pairs: Sequence[tuple[str, str]]) -> SearchState:
    """The state that an address holds. Raises QueryError for an unknown kind or sort, or a day that is none."""
    given = {name: value for name, value in pairs if name not in FILTERS}
    state = SearchState(
        kind=_kind(given.get("show") or "claims"),
        query=given.get("q", "").strip(),
        filters=read_filters(pairs),
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
    raise QueryError(f"there is no kind {value!r}; choose {', '.join(KINDS)}", 0)


def _sort(value: str) -> SortBy:
    for sort in SORTS:
        if value == sort:
            return sort
    raise QueryError(f"cannot sort by {value!r}; choose {', '.join(SORTS)}", 0)


def _day(value: str | None) -> str | None:
    if not value:
        return None
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        raise QueryError(f"{value!r} is not a day like 2026-09-13", 0) from None
