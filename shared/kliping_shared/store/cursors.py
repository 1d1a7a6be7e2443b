"""Cursors as text: what a store wants to know of a page's end, tied to the search that it is of."""

from __future__ import annotations

import base64
import binascii
import hashlib
import zlib
from collections.abc import Mapping
from typing import Any

import orjson

from kliping_shared.errors import QueryError
from kliping_shared.store.ports import SearchRequest


def pack(content: list[Any], request: SearchRequest) -> str:
    """``content`` (JSON) as opaque text, for pages of this search only."""
    packed = zlib.compress(orjson.dumps(content))
    return base64.urlsafe_b64encode(_seal(packed, request) + packed).decode().rstrip("=")


def unpack(text: str, request: SearchRequest) -> list[Any]:
    """What was packed. Raises QueryError when the text is damaged or of another search."""
    try:
        packed = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError) as error:
        raise _bad() from error
    seal, content = packed[:8], packed[8:]
    if seal != _seal(content, request):
        raise _bad()
    try:
        found: list[Any] = orjson.loads(zlib.decompress(content))
    except zlib.error as error:  # an earlier Kliping's
        raise _bad() from error
    return found


def _bad() -> QueryError:
    return QueryError("this page cannot be gone on from: its cursor is damaged or of another search; search again", 0)


def _seal(content: bytes, request: SearchRequest) -> bytes:
    """Ties a cursor to its search (limit, facets and highlighting may change from page to page)."""
    return hashlib.blake2b(content + orjson.dumps(_identity(request)), digest_size=8).digest()


def _identity(request: SearchRequest) -> list[Any]:
    """What makes two requests pages of one search."""
    filters, excluded = _sorted(request.filters), _sorted(request.excluded)
    return [request.kind, request.query, filters, excluded, request.date_from, request.date_to, request.sort]


def _sorted(filters: Mapping[str, tuple[str, ...]]) -> list[tuple[str, list[str]]]:
    return sorted((name, sorted(several)) for name, several in filters.items() if several)
