"""The store protocol: what a store of documents must do, whichever keeps them.

Writing is versioned and idempotent: an older change that arrives late never overwrites a newer one, and the same
change twice is one change. Reading never shows a half-applied message.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from kliping_shared.errors import StoreUnavailable
from kliping_shared.store.documents import Kind


@dataclass(frozen=True)
class Put:
    """Store the whole document ``id``; ignored where the stored version is higher.

    Two different documents of one version: the same one of them stays, whichever came first.
    """

    kind: Kind
    id: str
    version: int
    document: Mapping[str, Any]


@dataclass(frozen=True)
class Patch:
    """Set ``fields`` of document ``id``, now or as soon as it is put; ignored where a later patch set them.

    Patched fields win over the document's own, whichever came first.
    """

    kind: Kind
    id: str
    version: int
    fields: Mapping[str, Any]


@dataclass(frozen=True)
class Delete:
    """Remove document ``id``; a Put of the same or a lower version that comes later stays out."""

    kind: Kind
    id: str
    version: int


@dataclass(frozen=True)
class ReplaceClaims:
    """The claims of article ``id`` are exactly ``claim_ids``: others of it are deleted (an article extracted anew).

    A claim of that article that was put with a higher version stays.
    """

    id: str
    version: int
    claim_ids: tuple[str, ...]


@dataclass(frozen=True)
class PatchClaims:
    """Set ``fields`` of every claim of article ``id``, those that come later too; like ``Patch`` by version.

    Where a claim's own ``Patch`` sets the same field, the higher version wins, the claim's own at a tie.
    """

    id: str
    version: int
    fields: Mapping[str, Any]


Change = Put | Patch | Delete | ReplaceClaims | PatchClaims
SortBy = Literal["relevance", "newest", "oldest", "outlets"]
Interval = Literal["day", "week", "month", "year"]


@dataclass(frozen=True)
class SearchRequest:
    """What to find. ``query`` is in Kliping's query language; filters of one name are OR-ed, names are AND-ed.

    A filter takes whole values as facets give them, whatever their case, accents and hyphens; a part of a value
    ("Kim" for "Kim Jong Un") is for the query: ``speaker:Kim``. Filters may name FACETS and FILTERS of the kind.
    ``excluded`` is like ``filters``: documents that have one of the values are left out, those without any stay.
    By relevance a store may rank, of very many documents, those only that arrived last; the others follow, newest first.
    ``date_from``/``date_to`` are inclusive days (YYYY-MM-DD) on ``published_on``. ``cursor`` is the previous page's
    ``next_cursor``: paging by it neither skips nor repeats a document that was there at the first page.
    Of each facet there are ``facet_size`` values after ``facet_offset`` others; with ``facet_words`` only those that
    have these words in a row, the last of which may be the start of one. ``timeline`` counts the found documents by
    this interval, ``auto``: by one that makes neither too many nor too few. With ``count_within`` a store that has to
    look at each found document for it leaves facets and timeline out where there are more of them than that.
    """

    kind: Kind = "articles"
    query: str = ""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    excluded: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    date_from: str | None = None
    date_to: str | None = None
    sort: SortBy = "relevance"
    limit: int = 20
    cursor: str | None = None
    facets: tuple[str, ...] = ()
    facet_size: int = 12
    facet_offset: int = 0
    facet_words: str = ""
    count_within: int | None = None
    timeline: Interval | Literal["auto"] | None = None
    highlight: bool = True


def order_of(kind: Kind, query: str, sort: SortBy) -> SortBy:
    """How results are sorted: without a query none matches better, so what many outlets carry, or what is new."""
    if query or sort != "relevance":
        return sort
    return "outlets" if kind == "groups" else "newest"


@dataclass(frozen=True)
class FacetValue:
    """One value of a facet and how many of the found documents have it."""

    value: str
    count: int


@dataclass(frozen=True)
class Bar:
    """A stretch of days (YYYY-MM-DD, ``last`` is part of it) and how many of the found documents are of it."""

    first: str
    last: str
    count: int


@dataclass(frozen=True)
class Timeline:
    """When the found documents were published. Stretches without any, and documents without a day, are left out."""

    interval: Interval
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class Hit:
    """A found document. ``highlights``: field -> (start, end) character ranges in that field's text, sorted, apart.

    ``score``: how well it matches, in an order by relevance; in others it says nothing.
    ``document`` of an article comes without its ``body``; ``StoreReader.get`` has it.
    """

    id: str
    kind: Kind
    document: Mapping[str, Any]
    score: float
    highlights: Mapping[str, tuple[tuple[int, int], ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class SearchPage:
    """``total`` is exact. ``facets``: name -> values by count, then by name; each counted under all *other* filters.

    ``timeline``, where asked for, is under all filters and days: its bars are the documents of ``total`` that have a day.
    """

    total: int
    hits: tuple[Hit, ...]
    facets: Mapping[str, tuple[FacetValue, ...]]
    next_cursor: str | None = None
    timeline: Timeline | None = None


#: Facets each kind offers, all of them document fields.
FACETS: dict[Kind, tuple[str, ...]] = {
    "articles": ("outlet", "origin", "speaker", "person", "org", "place", "published_month", "published_on", "story_title", "language"),
    "claims": (
        "speaker", "role", "outlet", "origin", "kind", "stance", "modality", "negated", "public", "cue", "person",
        "org", "place", "agreement", "differs", "outlet_count", "origin_count", "published_month", "published_on",
        "story_id",
    ),
    "groups": (
        "speaker", "agreement", "differs", "outlet", "origin", "outlet_count", "origin_count", "kind", "stance",
        "published_month",
    ),
    "stories": ("person", "outlet", "origin", "outlet_count", "origin_count", "published_month"),
}  # fmt: skip


#: More fields that filters may name; ids mostly, so no facets.
FILTERS: dict[Kind, tuple[str, ...]] = {
    "articles": ("story_id", "copy_of", "document_key"),
    "claims": ("article_id", "group_id", "speaker_id", "via"),
    "groups": (),
    "stories": (),
}


class StoreWriter(Protocol):
    """Keeps documents. Blocks until durable. May be called twice with the same changes."""

    async def apply(self, messages: Sequence[Sequence[Change]]) -> None:
        """Apply each message's changes as one unit. Raises StoreUnavailable (try again), PermanentError (never)."""
        ...

    async def close(self) -> None:
        """Release the store."""
        ...


@dataclass(frozen=True)
class Match:
    """A document that a stored search finds. ``search``: its place among those that were asked for."""

    search: int
    kind: Kind
    id: str
    document: Mapping[str, Any]


#: Ids of documents by kind.
Ids = Mapping[Kind, Collection[str]]


class Percolator(Protocol):
    """Tells which searches find a document that was just written: searching the other way round."""

    async def matching(
        self, searches: Sequence[SearchRequest], changed: Ids, claims_of: Collection[str]
    ) -> list[Match]:
        """Which of these documents, and of the claims of the articles ``claims_of``, each search finds.

        The documents are taken as they are now, also where ``StoreReader.search`` shows them a moment later only; it
        finds the same ones then. Order, limit and cursor of a search are ignored; one that the store cannot understand
        (QueryError) finds nothing. Raises StoreUnavailable.
        """
        ...

    async def close(self) -> None:
        """Release the store."""
        ...


class Finder(Protocol):
    """As much of a reader as showing or correcting some documents takes."""

    async def search(self, request: SearchRequest) -> SearchPage:
        """One page. Raises QueryError (bad syntax, unknown field, bad cursor), StoreUnavailable."""
        ...

    async def get(self, kind: Kind, id: str) -> Mapping[str, Any] | None:
        """The document, None when there is none."""
        ...

    async def get_many(self, kind: Kind, ids: Sequence[str], *, body: bool = True) -> list[Mapping[str, Any]]:
        """Those documents that exist, in the order of ``ids``, each once; articles without their ``body`` on request."""
        ...


class StoreReader(Finder, Protocol):
    """Finds documents. Never blocks a writer."""

    def stream(self, request: SearchRequest) -> AsyncIterator[Mapping[str, Any]]:
        """Every found document in the request's order, as of the start, however many; ``limit`` and ``cursor`` are ignored."""
        ...

    def ids(self, request: SearchRequest) -> AsyncIterator[Sequence[str]]:
        """The ids of what ``stream`` finds, some at a time: for little of its work."""
        ...

    async def terms_near(self, kind: Kind, word: str) -> Mapping[str, int]:
        """Search terms that a folded word may be a misspelling of, and about how many documents of the kind have each.

        One letter off, and not the first; long ones two (``kliping_shared.spelling``), and not of the first three. The
        most frequent of very many may be all that there are. Raises StoreUnavailable.
        """
        ...

    async def counts(self) -> Mapping[Kind, int]:
        """Documents of each kind."""
        ...

    async def catch_up(self) -> None:
        """Return when everything that is durable now is found; a store may take a moment. Raises StoreUnavailable."""
        ...

    async def healthy(self) -> bool:
        """Whether the store answers; one that is not there yet does."""
        try:
            await self.counts()
        except StoreUnavailable:
            return False
        return True

    async def close(self) -> None:
        """Release the store."""
        ...
