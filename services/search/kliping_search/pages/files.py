"""The inbox: files in work, done and rejected; bringing files in, and trying again."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final, Literal

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from fastapi.templating import Jinja2Templates

from kliping_search.domain.texts import marked
from kliping_search.files import Files
from kliping_search.uploading import NotWhole, Upload, receive
from kliping_shared.inbox.ledger import State
from kliping_shared.inbox.receiving import takes_files
from kliping_shared.inbox.whereabouts import Stage

PAGE: Final = 50
Show = Literal["all", "open", "done", "rejected"]
TABS: Final[dict[Show, tuple[str, tuple[State, ...]]]] = {
    "all": (marked("All"), ()),
    "open": (marked("In work"), ("waiting", "in_work")),
    "done": (marked("Done"), ("done",)),
    "rejected": (marked("Rejected"), ("rejected",)),
}
STAGES: Final[dict[Stage, str]] = {
    "waiting": marked("waits to be read"),
    "reading": marked("is being read"),
    "extract": marked("claims are being looked for"),
    "link": marked("is being compared with other articles"),
    "index": marked("is being filed"),
    "searchable": marked("searchable"),
    "replaced": marked("replaced by a newer version"),
    "rejected": marked("rejected"),
    "dead": marked("stopped by an error"),
    "unknown": marked("no trace of it any more"),
}


def router(files: Files, inbox: Path, templates: Jinja2Templates) -> APIRouter:
    """The page over the inbox."""
    pages = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

    async def page(
        request: Request, show: Show, before: int | None, upload: Upload | None = None, problem: str | None = None
    ) -> Response:
        found = await files.latest(TABS[show][1], before, PAGE + 1)
        counts = await files.counts()
        context = {
            "files": found[:PAGE],
            "certain": all(file.certain for file in found),
            "earlier": found[PAGE - 1].status.number if len(found) > PAGE else None,
            "counts": {
                "all": counts.waiting + counts.in_work + counts.done + counts.rejected,
                "open": counts.waiting + counts.in_work,
                "done": counts.done,
                "rejected": counts.rejected,
            },
            "show": show,
            "tabs": TABS,
            "stages": STAGES,
            "upload": upload,
            "problem": problem,
            "takes": takes_files(inbox),
        }
        return templates.TemplateResponse(request, "files.html", context, status_code=400 if upload else 200)

    @pages.get("/files")
    async def overview(
        request: Request, show: Show = "all", before: Annotated[int | None, Query(ge=0, le=2**63 - 1)] = None
    ) -> Response:
        return await page(request, show, before)

    @pages.post("/files")
    async def bring(request: Request) -> Response:
        try:
            upload = await receive(request, inbox)
        except NotWhole as error:
            if error.status_code != 400:
                raise
            return await page(request, "all", None, error.upload, error.detail)
        if upload.refused or not upload.taken:
            return await page(request, "all", None, upload)
        return RedirectResponse(f"/files?new={len(upload.taken)}", status_code=303)

    @pages.post("/files/retry")
    async def retry(name: Annotated[str, Form(max_length=4000)]) -> Response:
        await files.retry(name)
        return RedirectResponse("/files", status_code=303)

    return pages
