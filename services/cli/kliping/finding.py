"""Asking a store for documents: the one of a data folder, or that of a running Kliping by its API."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from http.client import HTTPException
from typing import TYPE_CHECKING, Any, Literal
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlencode
from urllib.request import Request, urlopen

from kliping_shared.errors import KlipingError, QueryError
from kliping_shared.query import Also, also
from kliping_shared.settings import Settings, load
from kliping_shared.store.nearly import Nearly, nearly
from kliping_shared.store.ports import Hit, SearchRequest

if TYPE_CHECKING:
    from kliping_shared.store.meant import Meant

REMOTE_TIMEOUT_S = 30

#: Kinds of which one document can be shown with its surroundings.
Shown = Literal["groups", "stories"]
Highlights = Mapping[str, tuple[tuple[int, int], ...]]


@dataclass(frozen=True)
class Found:
    """What a search found. ``highlights`` stands beside ``documents``, one for each."""

    total: int
    documents: tuple[Mapping[str, Any], ...]
    facets: Mapping[str, tuple[tuple[str, int], ...]]
    highlights: tuple[Highlights, ...] = field(default=())
    nearly: Nearly | None = None
    meant: Meant | None = None
    also: Also | None = None


async def find_local(settings: Settings, request: SearchRequest) -> Found:
    """Search the store that ``settings`` name, whether ``kliping up`` runs or not. Raises QueryError."""
    from kliping_shared.store import open_reader
    from kliping_shared.store.known import read_names
    from kliping_shared.store.meant import did_you_mean

    reader = open_reader(settings)
    try:
        page = await reader.search(request)
        more = await nearly(reader, request, page)
        meant = await did_you_mean(reader, partial(read_names, reader), request, page)
    finally:
        await reader.close()
    return Found(
        total=page.total,
        documents=tuple(hit.document for hit in page.hits),
        facets={name: tuple((value.value, value.count) for value in values) for name, values in page.facets.items()},
        highlights=tuple(hit.highlights for hit in page.hits),
        nearly=more,
        meant=meant,
        also=also(request.query),
    )


def find_remote(url: str, request: SearchRequest) -> Found:
    """Search a running Kliping. Raises KlipingError with what it answered."""
    from kliping_shared.store.meant import Meant

    parameters = {
        "q": request.query,
        "from": request.date_from,
        "to": request.date_to,
        "sort": request.sort,
        "limit": request.limit,
        "facets": "true" if request.facets else None,
    }
    given = urlencode({name: value for name, value in parameters.items() if value not in (None, "")})
    body = _answer(url, f"{request.kind}?{given}")
    try:
        facets = {
            name: tuple((value["value"], value["count"]) for value in values) for name, values in body["facets"].items()
        }
        return Found(
            total=body["total"],
            documents=tuple(body["hits"]),
            facets=facets,
            nearly=_nearly_told(request, body["nearly"]),
            also=body["also_searched"]
            and Also(tuple(body["also_searched"]["forms"]), body["also_searched"]["typed_only"]),
            meant=body["did_you_mean"] and Meant(body["did_you_mean"]["q"], body["did_you_mean"]["total"]),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise _something_else(url) from error


def _nearly_told(request: SearchRequest, told: Mapping[str, Any] | None) -> Nearly | None:
    if told is None:
        return None
    hits = tuple(Hit("", request.kind, document, 0.0) for document in told["hits"])
    return Nearly(told["q"], told["total"], hits, told["below_titles"])


def shown(kind: Shown, id: str, where: Settings | str) -> Mapping[str, Any]:
    """A group or a story as it is shown: of the store that settings name, or of a running Kliping at an address.

    Raises KlipingError, also where there is none.
    """
    if isinstance(where, str):
        return _shown_remote(kind, id, where)
    document = asyncio.run(_shown_local(kind, id, where))
    if document is None:
        raise KlipingError(
            f"there is no document {id} among the {kind}; 'kliping search --kind {kind}' shows their ids"
        )
    return document


async def _shown_local(kind: Shown, id: str, settings: Settings) -> Mapping[str, Any] | None:
    from kliping_search.showing import SHOWN
    from kliping_shared.store import open_reader

    reader = open_reader(settings)
    try:
        return await SHOWN[kind](reader, id)
    finally:
        await reader.close()


def _shown_remote(kind: Shown, id: str, url: str) -> Mapping[str, Any]:
    body = _answer(url, f"{kind}/{quote(id, safe='')}")
    if not isinstance(body, dict) or "outlet_count" not in body:
        raise _something_else(url)
    return body


def _answer(url: str, path: str) -> Any:
    """What a running Kliping answers, read from its JSON. Raises KlipingError."""
    if not url.startswith(("http://", "https://")):
        raise KlipingError(f"--url {url}: an address starts with http:// or https://")
    try:
        with urlopen(_request(f"{url.rstrip('/')}/api/v1/{path}"), timeout=REMOTE_TIMEOUT_S) as answer:  # noqa: S310
            return json.load(answer)
    except HTTPError as error:
        raise _refusal(url, error) from error
    except (URLError, TimeoutError) as error:
        raise KlipingError(f"{url} does not answer: {getattr(error, 'reason', error)}") from error
    except (HTTPException, ValueError) as error:
        raise KlipingError(f"{url} is not a Kliping: {error}") from error


def _request(address: str) -> Request:
    """With the key that the environment has for us."""
    from kliping_search.settings import SearchSettings

    token = load(SearchSettings).api_token
    return Request(address, headers={"Authorization": f"Bearer {token.get_secret_value()}"} if token else {})  # noqa: S310


def _something_else(url: str) -> KlipingError:
    return KlipingError(f"{url} is not a Kliping: it answers something else")


def _refusal(url: str, error: HTTPError) -> KlipingError:
    """What the API says was wrong, and where in the query; the bare reason when somebody else answers."""
    try:
        problem = json.loads(error.read())
        detail, position = str(problem["detail"]), problem["position"]
    except (ValueError, KeyError, TypeError):
        detail, position = str(error.reason), None
    return KlipingError(f"{url} refused: {detail}") if position is None else QueryError(detail, int(position))
