"""Connections to OpenSearch, and what it means when a request fails."""

from __future__ import annotations

import logging
import ssl
from typing import Any, Final
from urllib.parse import urlsplit

import orjson
from opensearchpy import AsyncOpenSearch
from opensearchpy.exceptions import ConnectionError as OpenSearchConnectionError
from opensearchpy.exceptions import ConnectionTimeout, SerializationError, TransportError
from opensearchpy.serializer import JSONSerializer

from kliping_shared.errors import KlipingError, PermanentError, SettingsError, StoreUnavailable
from kliping_shared.settings import Settings

#: Seconds until a request is given up, unless it says otherwise.
REQUEST_SECONDS: Final = 30.0
_OVERLOADED: Final = frozenset({408, 429, 500, 502, 503, 504})
_UNAUTHENTICATED: Final = 401
_FORBIDDEN: Final = 403
#: What a server says that makes no index: by default one whose disk is nearly full.
_NO_NEW_INDEX: Final = "index_create_block_exception"


def connect(settings: Settings) -> AsyncOpenSearch:
    """A client for the configured server; connects on first use and never retries by itself. Raises SettingsError.

    Close it when done.
    """
    url = settings.opensearch_url or ""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise SettingsError(f"KLIPING_OPENSEARCH_URL: {_shown(url)!r} is no address like https://opensearch:9200")
    # The client warns of each request that fails, with a traceback; who asks is told, and some answers are no failures.
    logging.getLogger("opensearch").setLevel(logging.CRITICAL)
    return AsyncOpenSearch(
        hosts=[url],
        http_auth=_credentials(settings),
        ssl_context=_ssl_context(settings) if parts.scheme == "https" else None,
        timeout=REQUEST_SECONDS,
        max_retries=0,
        retry_on_status=(),
        serializer=_Serializer(),
    )


class _Serializer(JSONSerializer):
    """Answers are read by orjson: the standard library's reader takes ten times as long for thousands of documents."""

    def loads(self, s: str) -> Any:
        try:
            return orjson.loads(s)
        except ValueError as error:
            raise SerializationError(s, error) from error


def meaning(error: TransportError, settings: Settings) -> KlipingError:
    """What a failed request means: StoreUnavailable (try again), SettingsError (tell the person), PermanentError."""
    where = f"OpenSearch at {_shown(settings.opensearch_url or '')}"
    if isinstance(error, OpenSearchConnectionError):
        return _unreachable(error, where)
    who = f"the user {settings.opensearch_user!r}" if settings.opensearch_user else "a request without a user"
    if error.status_code == _UNAUTHENTICATED:
        return SettingsError(
            f"{where} refuses {who}: wrong KLIPING_OPENSEARCH_USER or KLIPING_OPENSEARCH_PASSWORD (HTTP 401)"
        )
    if error.status_code == _FORBIDDEN and not is_blocked(error):
        return SettingsError(f"{where} does not allow {who} to do this: {reason(error)}")
    if error.error == _NO_NEW_INDEX:
        return StoreUnavailable(f"{where} makes no new index, as where its disk is nearly full: {reason(error)}")
    if error.status_code in _OVERLOADED or is_blocked(error):
        return StoreUnavailable(f"{where} cannot do it now (HTTP {error.status_code}): {reason(error)}")
    return PermanentError(f"{where} refuses a request (HTTP {error.status_code}): {reason(error)}")


def is_blocked(error: TransportError) -> bool:
    """Whether the server takes no writes now: while an index is exchanged for another, or while its disk is full."""
    return error.error in ("cluster_block_exception", _NO_NEW_INDEX)


def reason(error: TransportError) -> str:
    """The server's own words, in one line."""
    told: Any = error.info.get("error") if isinstance(error.info, dict) else None
    if isinstance(told, dict):
        causes = told.get("root_cause") or [told]
        told = causes[0].get("reason") or told.get("reason")
    return " ".join(str(told or error.error).split())


def _unreachable(error: OpenSearchConnectionError, where: str) -> KlipingError:
    if isinstance(error.info, ssl.SSLCertVerificationError):
        return SettingsError(
            f"{where}: its certificate is not trusted ({_certificate(error.info)}); "
            "KLIPING_OPENSEARCH_CA names the file of the authority that signed it"
        )
    if isinstance(error.info, ssl.SSLError):
        return SettingsError(f"{where}: no TLS connection; is the server's address http:// rather than https://?")
    if isinstance(error, ConnectionTimeout):
        return StoreUnavailable(f"{where} did not answer in time")
    return StoreUnavailable(f"{where} does not answer: {' '.join(str(error.info).split())}")


def _certificate(error: ssl.SSLCertVerificationError) -> str:
    inner = getattr(error, "certificate_error", error)
    return str(getattr(inner, "verify_message", "") or inner)


def _credentials(settings: Settings) -> tuple[str, str] | None:
    if settings.opensearch_user is None:
        return None
    password = settings.opensearch_password
    return settings.opensearch_user, password.get_secret_value() if password else ""


def _ssl_context(settings: Settings) -> ssl.SSLContext:
    try:
        return ssl.create_default_context(cafile=settings.opensearch_ca)
    except (OSError, ssl.SSLError) as error:
        raise SettingsError(
            f"KLIPING_OPENSEARCH_CA: {settings.opensearch_ca} holds no certificates: {error}"
        ) from error


def _shown(url: str) -> str:
    """The address without a password that may stand in it."""
    parts = urlsplit(url)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
