"""``/health/live``, ``/health/ready`` and ``/metrics`` of the search service."""

from __future__ import annotations

from fastapi import APIRouter, Response

from kliping_search.lookup import Store
from kliping_shared.observability import METRICS_TYPE


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
        return Response(store.metrics.render(), media_type=METRICS_TYPE)

    return routes
