"""What the API's routes may be given in their addresses."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from fastapi import Query

from kliping_shared.store.ports import Interval, SortBy

MAX_LIMIT: Final = 200

Q = Annotated[
    str,
    Query(description='Words, "phrases", -not, OR, field:value.', max_length=2000, examples=["speaker:Sari banjir"]),
]
Day = Annotated[
    str | None, Query(description="YYYY-MM-DD, inclusive.", pattern=r"^\d{4}-\d{2}-\d{2}$", examples=["2026-01-31"])
]
Limit = Annotated[int, Query(ge=0, le=MAX_LIMIT, description="Hits of a page.", examples=[20])]
Sort = Annotated[SortBy, Query(description="Order of the hits.", examples=["newest"])]
Cursor = Annotated[str | None, Query(description="`next_cursor` of the page before.", max_length=2000)]
WithTimeline = Annotated[
    Interval | Literal["auto"] | None,
    Query(description="Count the found documents by this interval of their days; `auto` chooses one that fits."),
]
WithFacets = Annotated[bool, Query(description="Count facet values.")]
