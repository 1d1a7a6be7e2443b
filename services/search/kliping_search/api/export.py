"""Exports: everything that a search finds, in one file. Nothing is cut off; a file that is not whole is seen to be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Annotated, Any, Final

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import Response

from kliping_search.api.parameters import Day, Q, Sort, narrowed
from kliping_search.api.problems import PROBLEMS
from kliping_search.download import Download, Turns
from kliping_search.lookup import Store, required
from kliping_shared.export import CITED, FORMATS, FormatName, encoded, with_sources
from kliping_shared.store.documents import Kind
from kliping_shared.store.ports import FACETS, order_of

Bom = Annotated[bool, Query(description="Begin CSV with the mark by which Excel knows UTF-8.")]
_TOTAL: Final = "X-Total-Count"

#: Tells the day.
Today = Callable[[], date]


def router(store: Store, today: Today) -> APIRouter:
    """The routes over ``store``; files are named by the day that it is."""
    api = APIRouter(prefix="/api/v1/export", responses=PROBLEMS, tags=["export"])
    turns = Turns()
    for kind in FACETS:
        _add_kind(api, store, turns, kind, today)
    for kind in CITED:
        for name in (name for name, made in FORMATS.items() if made.kinds == CITED):
            _add_one(api, store, kind, name)
    return api


def _add_kind(api: APIRouter, store: Store, turns: Turns, kind: Kind, today: Today) -> None:
    filters = ", ".join(FACETS[kind])

    @api.get(
        f"/{kind}.{{format}}",
        name=f"export_{kind}",
        summary=f"All {kind} that a search finds, as one file",
        description="Streams; memory does not grow with the number of documents. Where the connection ends without the last "
        f"chunk the file is not whole. Filters, each repeatable: {filters}.",
        response_class=Response,
        responses={200: _content(kind)},
    )
    async def export(
        request: Request,
        format: FormatName,
        q: Q = "",
        date_from: Annotated[Day, Query(alias="from")] = None,
        date_to: Annotated[Day, Query(alias="to")] = None,
        sort: Sort = "relevance",
        bom: Bom = False,
    ) -> Response:
        if kind not in FORMATS[format].kinds:
            raise HTTPException(400, f"There are no {kind} in {FORMATS[format].name}.")
        asked = replace(narrowed(request, kind, q, date_from, date_to), sort=order_of(kind, q, sort), limit=0)
        # Asked before anything is sent: a query that cannot be understood is told as such.
        total = (await store.search(asked)).total
        name = f"kliping-{kind}-{today().isoformat()}.{format}"
        headers = {_TOTAL: str(total), "Content-Disposition": f'attachment; filename="{name}"'}
        parts = encoded(store, asked, FORMATS[format].encoder(kind, bom))
        return Download(parts, turns, headers=headers, media_type=FORMATS[format].media_type)


def _add_one(api: APIRouter, store: Store, kind: Kind, name: FormatName) -> None:
    made = FORMATS[name]

    @api.get(
        f"/{kind}/{{id}}.{name}",
        name=f"cite_{kind}_{name}",
        summary=f"One of the {kind} as a citation ({made.name})",
        response_class=Response,
        responses={200: {"description": "The file.", "content": {made.media_type: {"schema": {"type": "string"}}}}},
    )
    async def cite(id: str) -> Response:
        documents = await with_sources(store, kind, [await required(store, kind, id)])
        encoder = made.encoder(kind, False)
        headers = {"Content-Disposition": f'attachment; filename="kliping.{name}"'}
        content = encoder.begin() + encoder.rows(documents) + encoder.end()
        return Response(content, headers=headers, media_type=made.media_type)


def _content(kind: Kind) -> dict[str, Any]:
    given = [made for made in FORMATS.values() if kind in made.kinds]
    return {
        "description": "The file.",
        "content": {made.media_type.partition(";")[0]: {"schema": {}} for made in given},
        "headers": {
            _TOTAL: {"description": "Documents that were found when it began.", "schema": {"type": "integer"}},
            "Content-Disposition": {"description": "A name for the file.", "schema": {"type": "string"}},
        },
    }
