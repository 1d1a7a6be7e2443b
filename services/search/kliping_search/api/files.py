"""Files on their way: ``/api/v1/files``. What comes in goes by the rules of the folder (docs/how-to/formats.md)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any, Final

from fastapi import APIRouter, HTTPException, Query, Request
from pydantic import BaseModel, Field
from sse_starlette import EventSourceResponse, JSONServerSentEvent

from kliping_search.api.parameters import Limit
from kliping_search.api.problems import PROBLEMS
from kliping_search.files import FileAt, Files, Overview
from kliping_search.uploading import Upload, receive
from kliping_shared.inbox.folders import REJECTED
from kliping_shared.inbox.ledger import FileCounts, State
from kliping_shared.inbox.records import RejectedRecord
from kliping_shared.inbox.whereabouts import Stage

#: Seconds between looks for what has changed.
_LOOK_S: Final = 1.0

States = Annotated[list[State], Query(alias="state", description="Repeatable; any where none is given.")]
Before = Annotated[int | None, Query(description="`next_before` of the page before.", ge=0, le=2**63 - 1)]


class FileArticle(BaseModel):
    """An article of a file."""

    article_id: str
    title: str | None = Field(description="Once it is searchable.")
    stage: Stage


class FileShown(BaseModel):
    """A file in the inbox, or one that was."""

    number: int = Field(description="Of its stay in the inbox; later ones have higher numbers.")
    path: str = Field(description="Its path below the inbox.")
    state: State
    stage: Stage = Field(description="What it waits for, or where it ended; `unknown` too while the store is away.")
    outcome: str | None = Field(description="ok, duplicate or rejected.")
    code: str | None = Field(description="Why it was rejected: stable, for programs.")
    message: str | None
    hint: str | None = Field(description="What to do.")
    records: list[RejectedRecord] = Field(description="Records of it that could not be read.")
    kept_as: str | None = Field(description="Where it is now, below the inbox.")
    retry: str | None = Field(description="Give it as name to `/files/{name}/retry`; null where that cannot be.")
    seen_at: str
    read_at: str | None
    published_at: str | None
    finished_at: str | None
    article_count: int
    articles: list[FileArticle] = Field(description="The first of its articles.")


class FileList(BaseModel):
    """Files, those that came last first."""

    counts: FileCounts
    files: list[FileShown]
    next_before: int | None = Field(description="Give it as `before` for earlier ones; null where there are none.")


class Progress(BaseModel):
    """How full everything is, and the latest files."""

    counts: FileCounts
    waiting: dict[str, int] = Field(description="Articles before each stage; none where the broker is away.")
    files: list[FileShown]


class Retried(BaseModel):
    """A file that is read again."""

    path: str = Field(description="Its path below the inbox.")


def router(files: Files, inbox: Path) -> APIRouter:
    """The routes over the inbox."""
    api = APIRouter(prefix="/api/v1/files", responses=PROBLEMS, tags=["files"])

    @api.get("", summary="Files and how far they are")
    async def list_files(state: States = [], before: Before = None, limit: Limit = 50) -> FileList:  # noqa: B006
        found = await files.latest(state, before, limit)
        last = found[-1].status.number if found and len(found) == limit else None
        return FileList(counts=await files.counts(), files=[shown(file) for file in found], next_before=last)

    @api.post("", status_code=201, summary="Bring files in", openapi_extra=_FORM)
    async def upload(request: Request) -> Upload:
        done = await receive(request, inbox)
        if not done.taken:
            why = "; ".join(one.message for one in done.refused) or "The form has no files."
            raise HTTPException(400, why)
        return done

    @api.get(
        "/events",
        summary="How far the latest files are, as it changes (server-sent events)",
        response_class=EventSourceResponse,
        responses={200: _EVENTS},
    )
    async def events() -> EventSourceResponse:
        return EventSourceResponse(_changes(files))

    @api.post("/{name:path}/retry", summary="Read a rejected file again")
    async def retry(name: str) -> Retried:
        return Retried(path=await files.retry(name))

    return api


_EVENTS: Final[dict[str, Any]] = {
    "description": "Events `files`, each with counts, what waits before each stage, and the latest files, as JSON.",
    "content": {"text/event-stream": {"schema": {"type": "string"}}},
}
_FORM: Final[dict[str, Any]] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "properties": {
                        "files": {
                            "type": "array",
                            "items": {"type": "string", "contentMediaType": "application/octet-stream"},
                        }
                    },
                }
            }
        },
    }
}


async def _changes(files: Files) -> AsyncIterator[JSONServerSentEvent]:
    """The progress, whenever it is another than before; what cannot be asked at the moment is asked again."""
    told: Overview | None = None
    while True:
        with suppress(HTTPException):
            overview = await files.overview()
            if overview != told:
                told = overview
                yield JSONServerSentEvent(_progress(overview).model_dump(mode="json"), event="files")
        await asyncio.sleep(_LOOK_S)


def _progress(overview: Overview) -> Progress:
    return Progress(
        counts=overview.counts, waiting=dict(overview.waiting), files=[shown(file) for file in overview.files]
    )


def shown(file: FileAt) -> FileShown:
    """The file as the API tells of it."""
    status = asdict(file.status)
    articles = [FileArticle(article_id=one.article_id, title=one.title, stage=one.stage) for one in file.articles]
    retry = (file.status.kept_as or "").removeprefix(f"{REJECTED}/") if file.retryable else None
    return FileShown(
        **{name: status[name] for name in FileShown.model_fields if name in status},
        stage=file.stage,
        records=list(file.status.failed),
        articles=articles,
        retry=retry,
    )
