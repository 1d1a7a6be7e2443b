"""Watches: all of them, one with what it found, and the forms that make and change them."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import parse_qsl

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from fastapi.templating import Jinja2Templates
from pydantic import ValidationError

from kliping_search.access.people import Asking
from kliping_search.api.watches import changed
from kliping_search.desk import Desk
from kliping_search.domain.labels import KIND_LABELS
from kliping_search.domain.state import SearchState, read_state
from kliping_search.languages import query_error, said
from kliping_search.listening import called, on_matter
from kliping_search.lookup import Store
from kliping_shared.errors import QueryError
from kliping_shared.notices import Notice
from kliping_shared.watching.beginning import TooBroad
from kliping_shared.watching.redis import KEPT
from kliping_shared.watching.watches import LONGEST_NAME, Search, Watch
from kliping_shared.watching.watchlist import CannotBeRead, NotWatchable, Watchlist

#: Alerts shown at once.
PAGE = 50

Text = Annotated[str, Form(max_length=4000)]
Minutes = Annotated[int, Form(ge=0, le=7 * 24 * 60)]


def router(store: Store, watchlist: Watchlist, desk: Desk, templates: Jinja2Templates) -> APIRouter:
    """The pages."""
    pages = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
    _reading(pages, store, watchlist, desk, templates)
    _changing(pages, store, watchlist, desk, templates)
    return pages


def _reading(pages: APIRouter, store: Store, watchlist: Watchlist, desk: Desk, templates: Jinja2Templates) -> None:
    @pages.get("/watches")
    async def watches(request: Request) -> Response:
        listed = await desk.bounded(watchlist.all())
        context = {
            "kinds": KIND_LABELS,
            "watches": [(one, state_of(one.watch).address()) for one in reversed(listed)],
            "unreadable": await desk.bounded(watchlist.unreadable()),
        }
        return templates.TemplateResponse(request, "watches.html", context)

    @pages.get("/watches/new")
    async def new(request: Request) -> Response:
        state = on_matter(read_state(request.query_params.multi_items()), request.query_params.get("about", ""))
        return await show_form(request, store, templates, state)

    @pages.get("/watches/{id}")
    async def watch(request: Request, id: str, start: Annotated[int, Query(ge=0, le=KEPT)] = 0) -> Response:
        return await show_watch(request, watchlist, desk, templates, id, start=start)


def _changing(pages: APIRouter, store: Store, watchlist: Watchlist, desk: Desk, templates: Jinja2Templates) -> None:
    @pages.post("/watches")
    async def make(
        request: Request,
        person: Asking,
        name: Text = "",
        search: Text = "",
        webhook: Text = "",
        mail: Text = "",
        every: Minutes = 0,
    ) -> Response:
        state = read_state(parse_qsl(search))
        given = {"name": name.strip() or state.query[:LONGEST_NAME], **_channels(webhook, mail, every)}
        try:
            fields = given | {"search": Search.of(state.request()), "by": person.name}
            made = await desk.bounded(watchlist.make(**fields))
        except ValidationError as error:
            return await show_form(request, store, templates, state, given=given, error=error.errors()[0]["msg"])
        except QueryError as error:
            return await show_form(request, store, templates, state, given=given, error=query_error(error))
        except (NotWatchable, TooBroad) as error:
            return await show_form(request, store, templates, state, given=given, error=said(error.args[0]))
        return await _told(request, made, known=None)

    @pages.post("/watches/{id}")
    async def change(
        request: Request, id: str, name: Text = "", webhook: Text = "", mail: Text = "", every: Minutes = 0
    ) -> Response:
        known = await desk.bounded(watchlist.get(id))
        given = {"name": name.strip() or known.name, **_channels(webhook, mail, every)}
        try:
            made = await desk.bounded(watchlist.change(id, **changed(known, given)))
        except NotWatchable as error:
            return await show_watch(request, watchlist, desk, templates, id, error=said(error.args[0]))
        return await _told(request, made, known=known)

    @pages.post("/watches/{id}/{action}")
    async def act(request: Request, id: str, action: str) -> Response:
        try:
            await desk.bounded(_act(watchlist, id, action))
        except (NotWatchable, TooBroad) as error:
            return await show_watch(request, watchlist, desk, templates, id, error=said(error.args[0]))
        return RedirectResponse("/watches" if action == "remove" else f"/watches/{id}", status_code=303)

    async def _told(request: Request, made: Watch, known: Watch | None) -> Response:
        """The watch's page; a new webhook's secret is shown on it once."""
        secret = made.webhook.secret if made.webhook else None
        if secret is None or (known and known.webhook and known.webhook.secret == secret):
            return RedirectResponse(f"/watches/{made.watch_id}", status_code=303)
        return await show_watch(request, watchlist, desk, templates, made.watch_id, secret=secret)


async def _act(watchlist: Watchlist, id: str, action: str) -> None:
    """Do what a button says."""
    if action == "pause":
        await watchlist.change(id, active=False)
    elif action == "go-on":
        await watchlist.change(id, active=True)
    elif action == "read":
        await watchlist.read(id)
    elif action == "resume":
        await watchlist.resume(id)
    elif action == "test":
        await watchlist.test(id)
    elif action == "remove":
        await watchlist.remove(id)
    else:
        raise NotWatchable(Notice("There is no such button."))


async def show_form(
    request: Request,
    store: Store,
    templates: Jinja2Templates,
    state: SearchState,
    *,
    given: dict[str, Any] | None = None,
    error: str | None = None,
) -> Response:
    """The form of a new watch."""
    try:
        total = (await store.search(state.request(limit=0))).total
    except QueryError as refused:
        total, error = 0, error or query_error(refused)
    context = {
        "watched": state,
        "search": state.at(None).address().partition("?")[2],
        "total": total,
        "given": given or {"name": called(state)},
        "error": error,
    }
    return templates.TemplateResponse(request, "watch_new.html", context, status_code=400 if error else 200)


async def show_watch(
    request: Request,
    watchlist: Watchlist,
    desk: Desk,
    templates: Jinja2Templates,
    id: str,
    *,
    start: int = 0,
    secret: str | None = None,
    error: str | None = None,
) -> Response:
    """A watch, what it found, and the form to change it."""
    try:
        standing = await desk.bounded(watchlist.standing(id))
    except CannotBeRead as refused:
        context: dict[str, Any] = {"watch_id": id, "reason": said(refused.args[0])}
        return templates.TemplateResponse(request, "watch_unreadable.html", context, status_code=409)
    context = {
        "kinds": KIND_LABELS,
        "standing": standing,
        "watch": standing.watch,
        "address": state_of(standing.watch).address(),
        "alerts": await desk.bounded(watchlist.alerts(id, start=start, count=PAGE)),
        "start": start,
        "more": start + PAGE if min(standing.total, KEPT) > start + PAGE else None,
        "secret": secret,
        "error": error,
    }
    return templates.TemplateResponse(request, "watch.html", context, status_code=400 if error else 200)


def state_of(watch: Watch) -> SearchState:
    """The state of the search page that shows what the watch finds."""
    return SearchState(**{name: getattr(watch.search, name) for name in Search.model_fields}, sort="newest")


def _channels(webhook: str, mail: str, every: int) -> dict[str, Any]:
    """What the form's fields say of the channels; an empty one is none."""
    return {
        "webhook": {"url": webhook.strip()} if webhook.strip() else None,
        "mail": {"to": mail.strip(), "every_minutes": every} if mail.strip() else None,
    }
