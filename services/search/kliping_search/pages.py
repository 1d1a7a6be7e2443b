"""The pages: search, article, group, story. Server-rendered; every state is a link; works without JavaScript."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from fastapi.templating import Jinja2Templates

from kliping_search.domain.labels import FACET_LABELS, HIDDEN_FACETS, KIND_LABELS
from kliping_search.domain.marking import blocks
from kliping_search.domain.state import SearchState, read_state
from kliping_search.domain.wordings import by_origin, by_outlet, columns
from kliping_search.lookup import NotFound, Store
from kliping_search.showing import group_shown, story_shown
from kliping_shared.errors import QueryError
from kliping_shared.store.documents import KINDS, Kind
from kliping_shared.store.nearly import Nearly, nearly
from kliping_shared.store.ports import FACETS, SearchPage


@dataclass(frozen=True)
class Results:
    """What the result list shows."""

    state: SearchState
    page: SearchPage | None
    counts: Mapping[Kind, int]
    error: QueryError | None = None
    nearly: Nearly | None = None


def router(store: Store, templates: Jinja2Templates) -> APIRouter:
    """The pages over ``store``."""
    pages = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

    @pages.get("/")
    async def search(request: Request) -> Response:
        results = await find(store, request)
        context = {"results": results, "state": results.state, "labels": FACET_LABELS, "kinds": KIND_LABELS}
        status = 400 if results.error else 200
        return templates.TemplateResponse(
            request, "search.html", {**context, "hidden": HIDDEN_FACETS}, status_code=status
        )

    @pages.get("/articles/{id}")
    async def article(request: Request, id: str) -> Response:
        document = await _required(store, "articles", id)
        body = document["body"]
        # The claims' own documents know their groups as of now; the article's text may have been linked long ago.
        claims = await store.get_many("claims", [claim["claim_id"] for claim in body["claims"]])
        context = {
            "article": document,
            "body": body,
            "blocks": blocks(body),
            "current": {claim["claim_id"]: claim for claim in claims},
        }
        return templates.TemplateResponse(request, "article.html", context)

    @pages.get("/claims/{id}")
    async def claim(id: str) -> Response:
        document = await _required(store, "claims", id)
        return RedirectResponse(f"/articles/{document['article_id']}#{id}")

    @pages.get("/groups/{id}")
    async def group(request: Request, id: str) -> Response:
        shown = _there(await group_shown(store, id), "groups", id)
        wordings = shown["wordings"]
        context = {
            "group": shown,
            "columns": columns(wordings),
            "origins": by_origin(wordings),
            "outlets": {wording["claim_id"]: wording["outlet"] for wording in wordings},
        }
        return templates.TemplateResponse(request, "group.html", context)

    @pages.get("/stories/{id}")
    async def story(request: Request, id: str) -> Response:
        shown = _there(await story_shown(store, id), "stories", id)
        context = {
            "story": shown,
            "origins": by_origin(shown["articles"]),
            "alone": by_outlet(shown["claims"]["single_source"]),
        }
        return templates.TemplateResponse(request, "story.html", context)

    return pages


async def find(store: Store, request: Request) -> Results:
    """Run the search that the address asks for, and count the other kinds."""
    try:
        state = read_state(request.query_params.multi_items())
    except QueryError as error:
        return Results(SearchState(query=request.query_params.get("q", "")), None, {}, error)
    facets = [name for name in FACETS[state.kind] if name not in HIDDEN_FACETS]
    asked = state.request(facets=facets, facet_size=8)
    try:
        page, counts = await asyncio.gather(
            store.search(asked), asyncio.gather(*(count(store, state.of_kind(kind)) for kind in KINDS))
        )
        more = await nearly(store, asked, page)
    except QueryError as error:
        return Results(state, None, {}, error)
    return Results(state, page, dict(zip(KINDS, counts, strict=True)), nearly=more)


async def count(store: Store, state: SearchState) -> int:
    """How many documents of the state's kind are found; none where the kind lacks a field that the query names."""
    try:
        return (await store.search(state.request(limit=0))).total
    except QueryError:
        return 0


async def _required(store: Store, kind: Kind, id: str) -> Mapping[str, Any]:
    return _there(await store.get(kind, id), kind, id)


def _there(document: Mapping[str, Any] | None, kind: Kind, id: str) -> Mapping[str, Any]:
    if document is None:
        raise NotFound(
            f"There is no such document among the {kind}: {id}. It may have been replaced by a newer version."
        )
    return document
