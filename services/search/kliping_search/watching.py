"""Everything of the search service that has to do with watches, put together."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.templating import Jinja2Templates

from kliping_search.api import watches as api
from kliping_search.desk import Desk
from kliping_search.lookup import Store
from kliping_search.pages import feeds, watches
from kliping_shared.watching.redis import Watches
from kliping_shared.watching.watchlist import Watchlist


def routers(store: Store, desk: Desk, templates: Jinja2Templates) -> tuple[APIRouter, ...]:
    """Routers of the API, the pages and the feeds."""
    watchlist = Watchlist(Watches(desk.client), store)
    return (
        api.router(watchlist, desk),
        feeds.router(store, watchlist, desk),
        watches.router(store, watchlist, desk, templates),
    )
