"""What the API answers when something went wrong: problem+json (RFC 9457)."""

from __future__ import annotations

from typing import Any, Final

from pydantic import BaseModel, Field


class Problem(BaseModel):
    """What went wrong (RFC 9457)."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    position: int | None = Field(default=None, description="Where in the query it went wrong, in characters.")


PROBLEMS: Final[dict[int | str, dict[str, Any]]] = {
    400: {"model": Problem, "description": "The query or a parameter cannot be understood."},
    404: {"model": Problem, "description": "There is no such document."},
    503: {"model": Problem, "description": "The store is away or took too long."},
}
