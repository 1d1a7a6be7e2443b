"""Style sheets, scripts and pictures. Their addresses hold a hash of their content, so that browsers keep them for good."""

from __future__ import annotations

from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Final
from urllib.parse import parse_qs

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

FOLDER: Final = Path(__file__).parent / "static"
#: What may be kept for a year is never asked for again under the same address.
FOR_GOOD: Final = "public, max-age=31536000, immutable"


@cache
def asset(name: str) -> str:
    """The address of the file."""
    return f"/static/{name}?v={_hash(name)}"


@cache
def _hash(name: str) -> str:
    return blake2b((FOLDER / name).read_bytes(), digest_size=6).hexdigest()


class Assets(StaticFiles):
    """Serves the files; for good where the address has their content's hash."""

    def __init__(self) -> None:
        super().__init__(directory=FOLDER)

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file, or that it has not changed."""
        answer = await super().get_response(path, scope)
        wanted = parse_qs(scope["query_string"].decode("latin-1")).get("v")
        if answer.status_code in (200, 304) and wanted == [_hash(path)]:
            answer.headers["Cache-Control"] = FOR_GOOD
        return answer
