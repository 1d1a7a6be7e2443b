"""Feeds of searches and of watches."""

from __future__ import annotations

from dataclasses import replace
from typing import Final, Literal

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from kliping_search.desk import Desk
from kliping_search.domain.feeds import ATOM, JSON, Feed, atom, entry, json_feed
from kliping_search.domain.state import read_state
from kliping_search.lookup import Store
from kliping_shared.watching.alerts import finding
from kliping_shared.watching.watchlist import Watchlist

#: Entries of a feed.
ENTRIES: Final = 50

Format = Literal["atom", "json"]


def router(store: Store, watchlist: Watchlist, desk: Desk) -> APIRouter:
    """``/feed.…?<search>`` and ``/watches/<id>/feed.…``."""
    feeds = APIRouter(include_in_schema=False)

    @feeds.get("/feed.{format}")
    async def of_search(request: Request, format: Format) -> Response:
        state = replace(read_state(request.query_params.multi_items()), cursor=None, sort="newest")
        page = await store.search(replace(state.request(limit=ENTRIES), highlight=False))
        feed = Feed(
            title=f"Kliping: {state.query}" if state.query else "Kliping",
            base=_base(request),
            home=state.address(),
            own=state.address(f"/feed.{format}"),
            entries=[entry(finding(hit.kind, hit.document)) for hit in page.hits],
        )
        return _answer(feed, format)

    @feeds.get("/watches/{id}/feed.{format}")
    async def of_watch(request: Request, id: str, format: Format) -> Response:
        watch = await desk.bounded(watchlist.get(id))
        alerts = await desk.bounded(watchlist.alerts(id, count=ENTRIES))
        feed = Feed(
            title=f"Kliping: {watch.name}",
            base=_base(request),
            home=f"/watches/{id}",
            own=f"/watches/{id}/feed.{format}",
            entries=[entry(alert.found, alert.at.isoformat()) for alert in alerts],
        )
        return _answer(feed, format)

    return feeds


def _base(request: Request) -> str:
    return str(request.base_url).rstrip("/")


def _answer(feed: Feed, format: Format) -> Response:
    if format == "atom":
        return Response(atom(feed), media_type=f"{ATOM}; charset=utf-8")
    return JSONResponse(json_feed(feed), media_type=JSON)
