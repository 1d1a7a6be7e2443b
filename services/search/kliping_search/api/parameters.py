"""What the API's routes may be given in their addresses."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from fastapi import Query, Request

from kliping_search.domain.state import read_excluded, read_filters
from kliping_shared.store.documents import Kind
from kliping_shared.store.ports import Interval, SearchRequest, SortBy

MAX_LIMIT: Final = 200

Q = Annotated[
    str,
    Query(description='Words, "phrases", -not, OR, field:value.', max_length=2000, examples=["speaker:Sari banjir"]),
]
Day = Annotated[
    str | None, Query(description="YYYY-MM-DD, inclusive.", pattern=r"^\d{4}-\d{2}-\d{2}$", examples=["2026-01-31"])
]
Limit = Annotated[int, Query(ge=0, le=MAX_LIMIT, description="Hits of a page.", examples=[20])]
Sort = Annotated[
    SortBy,
    Query(
        description="Order of the hits. By relevance without a query: the newest first, of groups what most outlets carry.",
        examples=["newest"],
    ),
]
Cursor = Annotated[str | None, Query(description="`next_cursor` of the page before.", max_length=6000)]
WithTimeline = Annotated[
    Interval | Literal["auto"] | None,
    Query(description="Count the found documents by this interval of their days; `auto` chooses one that fits."),
]
WithFacets = Annotated[bool, Query(description="Count facet values.")]


def narrowed(request: Request, kind: Kind, query: str, date_from: str | None, date_to: str | None) -> SearchRequest:
    """What the address searches. Raises QueryError for a filter that the kind does not offer."""
    parameters = request.query_params.multi_items()
    return SearchRequest(
        kind=kind,
        query=query,
        filters=read_filters(parameters, kind),
        excluded=read_excluded(parameters, kind),
        date_from=date_from,
        date_to=date_to,
        highlight=False,
    )
