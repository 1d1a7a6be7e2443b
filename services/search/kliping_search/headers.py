"""Security headers on every answer, and the names under which it may be asked for. No inline script or style is allowed,
so none of the pages has any.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version
from typing import Any, cast

from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from kliping_search.guard import Refuse
from kliping_shared.notices import Notice

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    # With no-referrer a browser would not tell the origin of our own forms either, and the guard would refuse them.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
}
#: Where a browser came by https, it shall not come by http again.
HSTS = "max-age=31536000"


#: What was asked: of which version of the API, of which Kliping.
VERSIONS = {"API-Version": "1", "Kliping-Version": version("kliping")}


class SecurityHeaders:
    """Adds HEADERS and VERSIONS to every HTTP answer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; add the headers when the answer starts."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(HEADERS | VERSIONS)
                if scope["scheme"] == "https":
                    headers["Strict-Transport-Security"] = HSTS
            await send(message)

        await self._app(scope, receive, with_headers if scope["type"] == "http" else send)


class Proxies(ProxyHeadersMiddleware):
    """Takes the client's address and scheme from proxies that are trusted, and remembers whether one of them asked."""

    def __init__(self, app: ASGIApp, trusted: str) -> None:
        super().__init__(cast("Any", app), trusted)  # both are ASGI, in the words of two libraries

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Pass the request on, as if it had come from the client."""
        if scope["type"] == "http":
            scope["by_proxy"] = (scope["client"] or ("",))[0] in self.trusted_hosts
        await super().__call__(scope, receive, send)


#: What machines ask for by address (Prometheus, health checks); it tells no news.
_FOR_MACHINES = frozenset({"/metrics", "/health/live", "/health/ready"})


class TrustedHosts:
    """Refuses other names than those allowed, but for what machines ask, and what the page that says so is made of."""

    def __init__(self, app: ASGIApp, allowed: Sequence[str], refuse: Refuse) -> None:
        self._app = app
        self._refuse = refuse
        # It would answer in plain text; whether it lets pass is all that we ask it.
        self._check = TrustedHostMiddleware(_lets_pass, list(allowed), www_redirect=False)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer that the name is not known."""
        if scope["type"] != "http" or scope["path"] in _FOR_MACHINES or scope["path"].startswith("/static/"):
            await self._app(scope, receive, send)
            return
        await self._check(scope, receive, _nowhere)
        if scope.pop("passed", False):
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        why = Notice(
            "Nobody told Kliping that it is {name}: see the setting KLIPING_ALLOWED_HOSTS.",
            name=request.headers.get("host", "")[:100],
        )
        await (await self._refuse(request, HTTPException(400, why)))(scope, receive, send)


async def _lets_pass(scope: Scope, _receive: Receive, _send: Send) -> None:
    scope["passed"] = True


async def _nowhere(_message: Message) -> None:
    """Nothing is answered."""
