"""The languages of the interface. Its texts are English in the code; ``locale/<language>.po`` holds the others.

``make messages`` brings the catalogues up to date with the templates and the code; tests hold them to be complete.
A reader's language is what his cookie says, else what his browser asks for, else English.
"""

from __future__ import annotations

from collections.abc import Container
from contextvars import ContextVar
from functools import cache
from gettext import NullTranslations
from io import BytesIO
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from babel.core import negotiate_locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from babel.support import Translations
from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from kliping_search.domain.labels import KIND_LABELS, VALUE_LABELS, label
from kliping_shared.errors import QueryError
from kliping_shared.notices import Notice

#: Languages and what they call themselves.
LANGUAGES: Final = {"en": "English", "id": "Bahasa Indonesia"}
#: English as it is read outside of America: the day before the month.
LOCALES: Final = {"en": "en_GB", "id": "id_ID"}
COOKIE: Final = "kliping_language"
YEAR_S: Final = 365 * 24 * 3600

CATALOGUES: Final = Path(__file__).parent / "locale"

_language: ContextVar[str] = ContextVar("language", default="en")


def language() -> str:
    """The language of the page that is being made."""
    return _language.get()


def gettext(message: str) -> str:
    """The message in the language of the page that is being made."""
    return _translations(language()).gettext(message)


def ngettext(singular: str, plural: str, n: int) -> str:
    """The form of the message for ``n``."""
    return _translations(language()).ngettext(singular, plural, n)


def said(message: str) -> str:
    """The message in the language of the page that is being made, with its values."""
    if isinstance(message, Notice):
        values = {name: _value(name, value) for name, value in message.values.items()}
        text = gettext(message.template)
        return text.format(**values) if values else text
    return gettext(message)


def _value(name: str, value: object) -> object:
    if isinstance(value, Notice):
        return said(value)
    if isinstance(value, int):
        return _Number(value)
    return _kinds(value) if name == "kind" and language() != "en" else value


class _Number(int):
    """Written as the reader's language writes it, whatever the text asks for."""

    def __format__(self, _spec: str) -> str:
        return str(format_decimal(int(self), locale=LOCALES[language()]))


def query_error(error: QueryError) -> str:
    """What is wrong with a query in the language of the page that is being made; kinds as its tabs call them."""
    values = {name: _kinds(value) if name in ("kind", "kinds") else value for name, value in error.values.items()}
    message = gettext(error.template).format(**values) if values else gettext(error.template)
    # A field's name stays as it is typed.
    return message if error.template.startswith("{") else message[:1].upper() + message[1:]


def _kinds(listed: object) -> str:
    called: dict[str, str] = {kind: gettext(name) for kind, name in KIND_LABELS.items()}
    called |= {"entities": gettext("Names"), "outlets": gettext("Outlets")}
    return ", ".join(called.get(kind, kind) for kind in str(listed).split(", "))


def shown_label(facet: str, value: str) -> str:
    """What a value of the facet is called in the language of the page that is being made."""
    return gettext(label(facet, value)) if value in VALUE_LABELS.get(facet, {}) else value


@cache
def _translations(name: str) -> NullTranslations:
    path = CATALOGUES / f"{name}.po"
    if not path.exists():
        return NullTranslations()
    compiled = BytesIO()
    with path.open("rb") as file:
        catalog = read_po(file, locale=name)
    for message in catalog:
        if isinstance(message.string, tuple):  # Babel reckons with two forms, of which Indonesian has one
            message.string = tuple(form or message.string[0] for form in message.string)
    write_mo(compiled, catalog)
    compiled.seek(0)
    return Translations(compiled)


class ReadersLanguage:
    """Sets the language for each request."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        if scope["type"] == "http":
            _language.set(_wanted(Request(scope)))
        await self._app(scope, receive, send)


def _wanted(request: Request) -> str:
    chosen = request.cookies.get(COOKIE)
    if chosen in LANGUAGES:
        return chosen
    asked = [part.partition(";")[0].strip() for part in request.headers.get("accept-language", "").split(",")]
    return negotiate_locale([tag for tag in asked if tag], LANGUAGES, sep="-") or "en"


def router() -> APIRouter:
    """``/language/<language>?to=<path>`` keeps the choice in a cookie and leads back."""
    pages = APIRouter(include_in_schema=False)

    @pages.get("/language/{chosen}")
    async def choose(chosen: str, to: str = Query(default="/", max_length=4000)) -> RedirectResponse:
        return kept_choice(COOKIE, chosen, LANGUAGES, to)

    return pages


def kept_choice(cookie: str, chosen: str, choices: Container[str], to: str) -> RedirectResponse:
    """Leads back to ``to``, where that is ours, with the choice in the cookie, where it is one."""
    answer = RedirectResponse(to if is_ours(to) else "/", status_code=303)
    if chosen in choices:
        answer.set_cookie(cookie, chosen, max_age=YEAR_S, httponly=True, samesite="lax")
    return answer


def is_ours(address: str) -> bool:
    """Whether the address is a path on this site, whatever browsers make of it (``//host``, ``/\\host``)."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return not parts.scheme and not parts.netloc and address.startswith("/") and address[1:2] not in ("/", "\\")
