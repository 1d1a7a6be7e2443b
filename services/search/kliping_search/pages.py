"""The pages: search, article, group, story. Server-rendered; every state is a link; works without JavaScript."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from fastapi.templating import Jinja2Templates

from kliping_search.domain.marking import blocks
from kliping_search.domain.state import SearchState, read_state
from kliping_search.lookup import NotFound, Store
from kliping_shared.errors import QueryError
from kliping_shared.store.documents import KINDS, Kind
from kliping_shared.store.ports import FACETS, SearchPage, SearchRequest

#: What the tabs and facets are called.
KIND_LABELS: dict[Kind, str] = {
    "claims": "Claims",
    "groups": "Same claim",
    "stories": "Stories",
    "articles": "Articles",
}
FACET_LABELS = {
    "speaker": "Who says it",
    "person": "People",
    "org": "Organisations",
    "place": "Places",
    "outlet": "Outlet",
    "origin": "Taken from",
    "role": "In the role of",
    "kind": "Quoted or reported",
    "stance": "Stance",
    "modality": "How far it is meant",
    "negated": "Negated",
    "public": "Public speaker",
    "cue": "Cue",
    "published_month": "Month",
    "published_on": "Day",
    "story_title": "Story",
    "agreement": "How outlets agree",
    "differs": "What differs",
    "outlet_count": "Number of outlets",
    "origin_count": "Independent origins",
    "language": "Language",
}
#: What values are called that are no words for a reader.
VALUE_LABELS = {
    "kind": {"direct": "quote", "indirect": "reported", "mixed": "partly quoted"},
    "agreement": {
        "single_source": "one outlet only",
        "copied": "several outlets, one origin",
        "agreed": "several origins agree",
        "disputed": "outlets contradict each other",
    },
    "differs": {
        "number": "numbers",
        "date": "days",
        "place": "places",
        "name": "names",
        "polarity": "said or denied",
        "scope": "how far it holds",
    },
}
#: Facets whose values mean nothing to a reader, or repeat another's.
HIDDEN_FACETS = {"story_id", "language"}
#: Claims of a story that its page looks at.
STORY_CLAIMS = 200


@dataclass(frozen=True)
class Results:
    """What the result list shows."""

    state: SearchState
    page: SearchPage | None
    counts: Mapping[Kind, int]
    error: QueryError | None = None


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
        document = await _required(store, "groups", id)
        return templates.TemplateResponse(request, "group.html", {"group": document})

    @pages.get("/stories/{id}")
    async def story(request: Request, id: str) -> Response:
        document = await _required(store, "stories", id)
        groups, more = await groups_of(store, id)
        articles = await store.get_many("articles", [member["article_id"] for member in document["articles"]])
        context = {
            "story": document,
            "titles": {article["article_id"]: article["title"] for article in articles},
            "shared": [group for group in groups if group["outlet_count"] > 1],
            "single": [group for group in groups if group["outlet_count"] <= 1],
            "more": more,
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
    try:
        page, counts = await asyncio.gather(
            store.search(state.request(facets=facets, facet_size=8)),
            asyncio.gather(*(count(store, state.of_kind(kind)) for kind in KINDS)),
        )
    except QueryError as error:
        return Results(state, None, {}, error)
    return Results(state, page, dict(zip(KINDS, counts, strict=True)))


async def count(store: Store, state: SearchState) -> int:
    """How many documents of the state's kind are found; none where the kind lacks a field that the query names."""
    try:
        return (await store.search(state.request(limit=0))).total
    except QueryError:
        return 0


async def _required(store: Store, kind: Kind, id: str) -> Mapping[str, Any]:
    document = await store.get(kind, id)
    if document is None:
        raise NotFound(
            f"There is no such document among the {kind}: {id}. It may have been replaced by a newer version."
        )
    return document


async def groups_of(store: Store, story_id: str) -> tuple[list[Mapping[str, Any]], int]:
    """The groups of a story's claims, those that most outlets carry first, and how many claims were left out."""
    request = SearchRequest(
        kind="claims", filters={"story_id": (story_id,)}, sort="outlets", limit=STORY_CLAIMS, highlight=False
    )
    page = await store.search(request)
    ids = dict.fromkeys(hit.document["group_id"] for hit in page.hits)
    return await store.get_many("groups", list(ids)), page.total - len(page.hits)


__all__ = ["FACET_LABELS", "KIND_LABELS", "VALUE_LABELS", "find", "router"]
