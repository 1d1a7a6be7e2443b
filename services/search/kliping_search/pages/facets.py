"""A facet on a page of its own: all its values, and those that have some words. The search stays as it is."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response
from fastapi.templating import Jinja2Templates

from kliping_search.api.facets import DEEPEST
from kliping_search.domain.labels import FACET_LABELS, KIND_LABELS
from kliping_search.domain.state import read_state
from kliping_search.lookup import Store

#: Values on a page.
VALUES = 60

Words = Annotated[str, Query(max_length=100)]
Offset = Annotated[int, Query(ge=0, le=DEEPEST)]


def router(store: Store, templates: Jinja2Templates) -> APIRouter:
    """The page over ``store``."""
    pages = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

    @pages.get("/facets/{name}")
    async def facet(request: Request, name: str, words: Words = "", offset: Offset = 0) -> Response:
        state = read_state(request.query_params.multi_items()).at(None)
        asked = replace(
            state.request(limit=0, facets=(name,), facet_size=VALUES + 1),
            facet_offset=offset,
            facet_words=words.strip(),
        )
        values = (await store.search(asked)).facets[name]
        context = {
            "state": state,
            "name": name,
            "words": words,
            "values": values[:VALUES],
            "before": max(offset - VALUES, 0) if offset else None,
            "after": offset + VALUES if len(values) > VALUES and offset + VALUES <= DEEPEST else None,
            "labels": FACET_LABELS,
            "kinds": KIND_LABELS,
        }
        return templates.TemplateResponse(request, "facet.html", context)

    return pages
