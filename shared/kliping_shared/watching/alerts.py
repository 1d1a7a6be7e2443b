"""An alert: a document that came to be found by a watch."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final, Literal

from pydantic import Field

from kliping_shared.contracts import Contract
from kliping_shared.store.documents import Kind
from kliping_shared.watching.watches import Watch

#: Characters of an article's text that an alert brings.
_EXCERPT: Final = 500
#: The field with a document's id.
ID_OF: Final[Mapping[Kind, str]] = {
    "articles": "article_id", "claims": "claim_id", "groups": "group_id", "stories": "story_id",
}  # fmt: skip


class Finding(Contract):
    """A document as feeds and alerts tell it."""

    kind: Kind
    id: str
    title: str
    text: str = ""
    speaker: tuple[str, ...] = ()
    outlet: tuple[str, ...] = ()
    origin: tuple[str, ...] = ()
    url: str | None = Field(default=None, description="Where the article was published.")
    published_at: str | None = None
    updated_at: str | None = Field(default=None, description="When it was last told otherwise, as far as it is known.")
    article_id: str | None = None
    group_id: str | None = None
    story_id: str | None = None
    agreement: str | None = None
    outlet_count: int | None = None
    origin_count: int | None = None

    @property
    def page(self) -> str:
        """The path of its page."""
        if self.kind == "claims":
            return f"/articles/{self.article_id}#{self.id}"
        return f"/{self.kind}/{self.id}"


class Alert(Contract):
    """One document that a watch came to find; told once."""

    contract: Literal["alert/1"] = "alert/1"
    alert_id: str = Field(description="Deterministic in watch and document.")
    watch_id: str
    name: str = Field(description="What the watch is called.")
    at: datetime
    found: Finding
    test: bool = Field(default=False, description="Whether a person asked for it, to see whether it arrives.")


def finding(kind: Kind, document: Mapping[str, Any]) -> Finding:
    """What is told of a document as a store finds it."""
    text = document.get("text") or ""
    if kind == "articles" and len(text) > _EXCERPT:
        text = text[:_EXCERPT].rstrip() + " …"
    told = {name: document.get(name) for name in ("article_id", "group_id", "story_id", "agreement", "url")}
    return Finding(
        kind=kind,
        id=document[ID_OF[kind]],
        title=document.get("title") or "",
        text=text,
        speaker=_several(document.get("speaker")),
        outlet=_several(document.get("outlet")),
        origin=_several(document.get("origin")),
        published_at=document.get("published_at"),
        updated_at=document.get("last_seen") or document.get("linked_at") or document.get("published_at"),
        outlet_count=document.get("outlet_count"),
        origin_count=document.get("origin_count"),
        **told,
    )


def alert(watch: Watch, found: Finding, at: datetime) -> Alert:
    """The alert of a document that the watch finds; of the same two always the same one."""
    return Alert(
        alert_id=_alert_id(watch.watch_id, found.id), watch_id=watch.watch_id, name=watch.name, at=at, found=found
    )


def trial(watch: Watch, at: datetime) -> Alert:
    """What is sent when a person tries a channel."""
    found = Finding(
        kind=watch.search.kind, id="test", title=watch.name, text="This is a test.", published_at=at.isoformat()
    )
    return Alert(
        alert_id=_alert_id(watch.watch_id, f"test {at.isoformat()}"),
        watch_id=watch.watch_id, name=watch.name, at=at, found=found, test=True,
    )  # fmt: skip


def _alert_id(watch_id: str, document_id: str) -> str:
    return "n" + hashlib.sha256(f"{watch_id} {document_id}".encode()).hexdigest()[:20]


def _several(value: object) -> tuple[str, ...]:
    if not value:
        return ()
    return (str(value),) if isinstance(value, str) else tuple(str(one) for one in value)  # type: ignore[attr-defined]
