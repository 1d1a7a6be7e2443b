"""``/health/live``, ``/health/ready`` and ``/metrics`` of the search service."""

from __future__ import annotations

from fastapi import APIRouter, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from kliping_search.lookup import Store


def health_router(store: Store) -> APIRouter:
    """Live while the loop turns; ready while the store answers."""
    routes = APIRouter(include_in_schema=False)

    @routes.get("/health/live")
    async def live() -> dict[str, str]:
        return {"status": "live"}

    @routes.get("/health/ready")
    async def ready(response: Response) -> dict[str, str]:
        if await store.healthy():
            return {"status": "ready"}
        response.status_code = 503
        return {"status": "the store does not answer"}

    @routes.get("/metrics")
    async def metrics() -> Response:
        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)

    return routes
