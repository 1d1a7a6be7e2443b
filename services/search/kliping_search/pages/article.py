"""An article with its claims marked; a claim is a place in it."""

from __future__ import annotations

import asyncio

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from fastapi.templating import Jinja2Templates

from kliping_search.domain.citing import citation
from kliping_search.domain.marking import blocks
from kliping_search.domain.siblings import siblings
from kliping_search.languages import language
from kliping_search.lookup import Store, required
from kliping_search.showing import titled


def router(store: Store, templates: Jinja2Templates) -> APIRouter:
    """The page over ``store``."""
    pages = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

    @pages.get("/articles/{id}")
    async def article(request: Request, id: str) -> Response:
        document = await required(store, "articles", id)
        body = document["body"]
        # The claims' own documents know their groups as of now; the article's text may have been linked long ago.
        claims, story = await asyncio.gather(
            store.get_many("claims", [claim["claim_id"] for claim in body["claims"]]),
            store.get("stories", document.get("story_id") or ""),
        )
        context = {
            "article": document,
            "citation": citation(document, language()),
            "body": body,
            "blocks": blocks(body),
            "current": {claim["claim_id"]: claim for claim in claims},
            "siblings": siblings(id, await titled(store, story["articles"])) if story else [],
            "types": {entity["entity_id"]: entity["type"] for entity in body["entities"]},
        }
        return templates.TemplateResponse(request, "article.html", context)

    @pages.get("/claims/{id}")
    async def claim(id: str) -> Response:
        document = await required(store, "claims", id)
        return RedirectResponse(f"/articles/{document['article_id']}#{id}")

    return pages
