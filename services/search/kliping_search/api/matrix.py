"""A story's claims by its outlets, to take away: ``/api/v1/stories/{id}/matrix.csv`` and ``.json``."""

from __future__ import annotations

from typing import Any, Final

from fastapi import APIRouter
from fastapi.responses import Response

from kliping_search.api.answers import StoryMatrix
from kliping_search.api.export import Bom
from kliping_search.api.problems import PROBLEMS
from kliping_search.domain.matrix import table
from kliping_search.lookup import Store, there
from kliping_search.showing import story_shown
from kliping_shared.export import FORMATS, csv_lines

_CSV: Final = FORMATS["csv"].media_type


def router(store: Store) -> APIRouter:
    """The routes over ``store``."""
    api = APIRouter(prefix="/api/v1/stories", responses=PROBLEMS, tags=["stories"])

    @api.get(
        "/{id}/matrix.csv",
        summary="Which outlet has which of the story's claims, as a table",
        description="A line for each claim that several outlets carry, a column for each outlet: `has`, `otherwise` or "
        "`silent`, and the values that it gives where outlets differ.",
        response_class=Response,
        responses={200: {"description": "The file.", "content": {"text/csv": {"schema": {"type": "string"}}}}},
    )
    async def as_csv(id: str, bom: Bom = False) -> Response:
        headers = {"Content-Disposition": 'attachment; filename="kliping-matrix.csv"'}
        content = csv_lines(table(await _matrix(store, id)), bom=bom)
        return Response(content, headers=headers, media_type=_CSV)

    @api.get("/{id}/matrix.json", summary="Which outlet has which of the story's claims")
    async def as_json(id: str) -> StoryMatrix:
        return StoryMatrix.model_validate(await _matrix(store, id))

    return api


async def _matrix(store: Store, id: str) -> dict[str, Any]:
    made: dict[str, Any] = there(await story_shown(store, id), "stories", id)["matrix"]
    return made
