"""Composition root of the search service: settings -> store -> page and API."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any, Final

import uvicorn
from fastapi import FastAPI
from fastapi.middleware.gzip import GZipMiddleware
from fastapi.templating import Jinja2Templates

from kliping_search import formats, languages, themes, watching
from kliping_search.access.people import People, corrects
from kliping_search.access.rate import RateLimit
from kliping_search.access.sessions import Sessions
from kliping_search.api import aliases, corrections, documents, entities, export, facets, matrix, outlets, suggest
from kliping_search.api import files as files_api
from kliping_search.api.description import Described
from kliping_search.assets import Assets, asset
from kliping_search.choosing import choices
from kliping_search.delivery import TimeLimit, Validators
from kliping_search.desk import Desk
from kliping_search.domain.highlight import below_title, parts
from kliping_search.domain.presets import presets
from kliping_search.domain.wordings import carriers, taken
from kliping_search.failures import answers, install, refusing
from kliping_search.files import Files
from kliping_search.guard import BodyLimit, Guard
from kliping_search.headers import Proxies, SecurityHeaders, TrustedHosts
from kliping_search.health import health_router
from kliping_search.lookup import Store
from kliping_search.pages import article, correcting, files, group, login, profile, reference, searching, story
from kliping_search.pages import facets as facet_pages
from kliping_search.settings import SearchSettings
from kliping_shared.export import FORMATS
from kliping_shared.lifecycle import run_service
from kliping_shared.query import FIELDS
from kliping_shared.store import open_reader

HERE = Path(__file__).parent
#: Who a proxy asks for is told by Proxies, which knows whom to believe.
SERVER: Final[dict[str, Any]] = {
    "log_config": None,
    "access_log": False,
    "proxy_headers": False,
    "server_header": False,
}
#: A page is 5 % larger than at zlib's highest level, and made in a third of the time.
COMPRESSION: Final = 5
DESCRIPTION = """Who said what, and which outlets agree on it.

The query language: words are found in any of their forms, `"phrases"` stay together, `-word` excludes, `OR` joins,
`field:value` narrows (speaker, about, person, org, place, outlet, origin, kind, stance, story, before, after).
"""


def build(settings: SearchSettings, store: Store | None = None) -> SecurityHeaders:
    """The application over the store that the settings name, or over ``store``.

    Raises SettingsError where other machines would reach it and nobody would be asked who he is.
    """
    opened = store or Store(open_reader(settings), settings.search_timeout)
    desk = Desk(settings)
    sessions = Sessions(settings)
    people = People(settings, sessions)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        opened.names.prepare()
        async with desk:
            yield
        await opened.close()

    app = Described(
        title="Kliping",
        description=DESCRIPTION,
        version="1",
        openapi_url="/api/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
    )
    templates = make_templates(settings)
    answer = answers(templates)
    refuse = refusing(answer)
    # The last is asked first.
    app.add_middleware(BodyLimit, uploads=settings.largest_upload)
    app.add_middleware(TimeLimit, seconds=settings.request_timeout, refuse=refuse)
    app.add_middleware(Validators)
    app.add_middleware(RateLimit, limit=settings.rate_limit, people=people, refuse=refuse)
    app.add_middleware(Guard, people=people, refuse=refuse)
    # Else a web page could read this one under a name of its own that leads to this machine.
    app.add_middleware(TrustedHosts, allowed=settings.trusted_hosts, refuse=refuse)
    app.add_middleware(languages.ReadersLanguage)
    app.add_middleware(GZipMiddleware, minimum_size=1000, compresslevel=COMPRESSION)
    app.mount("/static", Assets(), name="static")
    app.include_router(export.router(opened, partial(formats.today, settings.zone)))
    for reading in (documents, entities, facets, matrix, outlets, suggest):
        app.include_router(reading.router(opened))
    for changing in (corrections, aliases):
        app.include_router(changing.router(opened, desk))
    inbox = Files(settings, opened, desk)
    app.include_router(files_api.router(inbox, settings.inbox))
    app.include_router(files.router(inbox, settings.inbox, templates))
    app.include_router(health_router(opened))
    for choice in (languages, themes):
        app.include_router(choice.router())
    for page in (searching, story, facet_pages):
        app.include_router(page.router(opened, templates))
    for correctable in (article, group, profile, correcting):
        app.include_router(correctable.router(opened, desk, templates))
    ours = login.router(people, sessions, templates), reference.router(app, templates)
    for routes in (*ours, *watching.routers(opened, desk, templates)):
        app.include_router(routes)
    install(app, answer)
    return SecurityHeaders(Proxies(app, settings.trust_proxy_addresses))


def make_templates(settings: SearchSettings) -> Jinja2Templates:
    """The templates with what they may call."""
    templates = Jinja2Templates(directory=HERE / "templates")
    templates.env.auto_reload = False
    templates.env.trim_blocks = templates.env.lstrip_blocks = True
    templates.env.add_extension("jinja2.ext.i18n")
    templates.env.install_gettext_callables(languages.gettext, languages.ngettext, newstyle=True)  # type: ignore[attr-defined]
    templates.env.globals.update(language=languages.language, languages=languages.LANGUAGES)
    templates.env.globals.update(parts=parts, below_title=below_title, inbox=settings.inbox_name or str(settings.inbox))
    templates.env.globals.update(corrects=corrects)
    templates.env.globals.update(theme=themes.theme, themes=themes.THEMES, asset=asset)
    templates.env.globals.update(number=formats.number, day=formats.day, stretch=formats.stretch)
    templates.env.globals.update(moment_shown=partial(formats.moment, zone=settings.zone))
    templates.env.globals.update(local_day=partial(formats.local_day, zone=settings.zone))
    templates.env.globals.update(presets=presets, today=partial(formats.today, settings.zone))
    templates.env.globals.update(value_shown=formats.value_shown, choices=choices)
    templates.env.globals.update(
        label=languages.shown_label,
        said=languages.said,
        taken=taken,
        carriers=partial(carriers, ngettext=languages.ngettext),
        formats=FORMATS,
        query_fields=FIELDS,
        query_error=languages.query_error,
    )
    return templates


def main() -> int:
    """Serve until SIGTERM. Returns the exit code."""
    return run_service(
        "search",
        SearchSettings,
        lambda settings: uvicorn.run(build(settings), host=settings.host, port=settings.port, **SERVER),
    )
