"""An article with its claims marked; a claim is a place in it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from fastapi.templating import Jinja2Templates

from kliping_search.desk import Desk
from kliping_search.domain.citing import citation
from kliping_search.domain.marking import blocks
from kliping_search.domain.siblings import siblings
from kliping_search.languages import language
from kliping_search.lookup import Store, required
from kliping_search.showing import titled
from kliping_shared.bus import trail
from kliping_shared.corrections.claim_book import ClaimCorrections
from kliping_shared.corrections.claims import ClaimCorrection
from kliping_shared.republish import enriched


def router(store: Store, desk: Desk, templates: Jinja2Templates) -> APIRouter:
    """The page over ``store``."""
    corrections = ClaimCorrections(desk.client)
    pages = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

    @pages.get("/articles/{id}")
    async def article(request: Request, id: str) -> Response:
        document = await required(store, "articles", id)
        body = document["body"]
        # The claims' own documents know their groups as of now; the article's text may have been linked long ago.
        claims, story, made, way = await asyncio.gather(
            store.get_many("claims", [claim["claim_id"] for claim in body["claims"]]),
            store.get("stories", document.get("story_id") or ""),
            desk.at_hand(corrections.list()),
            desk.at_hand(trail(desk.client, id)),
        )
        speakers, rejected = said_of(document, made or ())
        context = {
            "article": document,
            "citation": citation(document, language()),
            "corrections": speakers,
            "rejected": rejected,
            "body": body,
            "blocks": blocks(body),
            "finished": {entry.stage: entry.at for entry in way or ()},
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


def said_of(
    document: Mapping[str, Any], made: Iterable[ClaimCorrection]
) -> tuple[dict[str, ClaimCorrection], list[ClaimCorrection]]:
    """What people said of the article's claims: by the id of each that has another speaker now, and what is no claim."""
    places = {document["article_id"], document["document_key"]}
    own = [one for one in made if not places.isdisjoint((one.claim.article_id, one.claim.document_key))]
    if not own:
        return {}, []
    article = enriched(document)
    found = [(place, one) for one in own if one.speaker and (place := one.claim.find(article)) is not None]
    return {article.claims[place].claim_id: one for place, one in found}, [one for one in own if not one.speaker]
