"""Small documents for the store's behaviour tests."""

from __future__ import annotations

from typing import Any

from kliping_shared.store.documents import ArticleDocument, ClaimDocument, GroupDocument, Kind
from kliping_shared.store.ports import Put

_STAMPS = {"ingested_at": "2023-09-13T08:00:00+07:00", "extracted_at": "2023-09-13T08:00:01+07:00",
           "linked_at": "2023-09-13T08:00:02+07:00", "extractor": "test 1"}  # fmt: skip


def article(
    id: str, text: str = "Isi.", *, title: str = "Judul", day: str | None = "2023-09-13", **fields: Any
) -> dict[str, Any]:
    """An article document as JSON."""
    dates = {} if day is None else {
        "published_at": f"{day}T00:00:00+07:00", "published_on": day, "published_month": day[:7]
    }  # fmt: skip
    whole = {"article_id": id, "document_key": f"path:{id}", "title": title, "text": text, "path": f"{id}.txt"}
    return ArticleDocument(**(whole | dates | _STAMPS | fields)).model_dump(mode="json")


def claim(
    id: str, text: str, *, speaker: str = "Rudi Hartono", article_id: str = "a1", **fields: Any
) -> dict[str, Any]:
    """A claim document as JSON."""
    whole = {
        "claim_id": id, "article_id": article_id, "group_id": f"g-{id}", "text": text, "kind": "direct", "speaker": speaker,
        "resolved_from": "name", "stance": "neutral", "title": "Judul", "path": "a.txt", "sentence": text, "start": 0,
        "end": len(text), "published_at": "2023-09-13T00:00:00+07:00", "published_on": "2023-09-13",
    }  # fmt: skip
    return ClaimDocument(**(whole | fields)).model_dump(mode="json")


def group(id: str, text: str, **fields: Any) -> dict[str, Any]:
    """A group document as JSON."""
    return GroupDocument(**({"group_id": id, "text": text} | fields)).model_dump(mode="json")


def put(kind: Kind, document: dict[str, Any], version: int = 1) -> Put:
    """The change that stores the document under its own id."""
    ids = {"articles": "article_id", "claims": "claim_id", "groups": "group_id", "stories": "story_id"}
    return Put(kind, document[ids[kind]], version, document)
