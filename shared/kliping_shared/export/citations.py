"""Articles and claims as citations, for programs that keep them: CSL-JSON (Zotero, Pandoc) and RIS (Mendeley, EndNote)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import orjson

from kliping_shared.store.documents import Kind

#: What is cited. A group is cited by its claims, a story by its articles.
CITED: Final[tuple[Kind, ...]] = ("articles", "claims")

Document = Mapping[str, Any]


class CslJson:
    """A list of items (https://citationstyles.org, csl-data.json). A claim's item is its article with the claim as note."""

    def __init__(self, kind: Kind) -> None:
        self._kind = kind
        self._between = b""

    def begin(self) -> bytes:
        """The list's begin."""
        return b"["

    def rows(self, documents: Sequence[Document]) -> bytes:
        """The items, a line each."""
        items = b",\n".join(orjson.dumps(csl_item(self._kind, document)) for document in documents)
        before, self._between = self._between, b",\n"
        return before + items

    def end(self) -> bytes:
        """The list's end, without which it is no JSON."""
        return b"]\n"


class Ris:
    """Records of ``TY  - NEWS`` to ``ER  -``."""

    def __init__(self, kind: Kind) -> None:
        self._kind = kind

    def begin(self) -> bytes:
        """Nothing."""
        return b""

    def rows(self, documents: Sequence[Document]) -> bytes:
        """A record each."""
        return "".join(
            f"{tag}  - {' '.join(value.split())}".rstrip(" ") + "\r\n" if tag != "ER" else "ER  - \r\n\r\n"
            for document in documents
            for tag, value in _ris_lines(self._kind, document)
        ).encode()

    def end(self) -> bytes:
        """Nothing."""
        return b""


def csl_item(kind: Kind, document: Document) -> dict[str, Any]:
    """The document as an item; what it does not tell is left out."""
    day = document.get("published_on")
    item = {
        "id": document["claim_id" if kind == "claims" else "article_id"],
        "type": "article-newspaper",
        "title": document.get("title"),
        "container-title": document.get("outlet"),
        "author": [{"literal": document["author"]}] if document.get("author") else None,
        "issued": {"date-parts": [[int(part) for part in day.split("-")]]} if day else None,
        "URL": document.get("url"),
        "language": document.get("language"),
        "publisher-place": document.get("dateline_place"),
        "locator": _characters(document) if kind == "claims" else None,
        "abstract": said(document) if kind == "claims" else None,
        "note": "; ".join(_notes(kind, document)) or None,
    }
    return {name: value for name, value in item.items() if value is not None}


def _ris_lines(kind: Kind, document: Document) -> Iterator[tuple[str, str]]:
    """Tags and values in order; tags without a value are left out."""
    day = document.get("published_on") or ""
    lines = (
        ("TY", "NEWS"),
        ("ID", document["claim_id" if kind == "claims" else "article_id"]),
        ("TI", document.get("title")),
        ("AU", document.get("author")),
        ("T2", document.get("outlet")),
        ("PY", day[:4]),
        ("DA", day.replace("-", "/")),
        ("CY", document.get("dateline_place")),
        ("LA", document.get("language")),
        ("UR", document.get("url")),
        ("AB", said(document) if kind == "claims" else None),
        *(("N1", note) for note in _notes(kind, document)),
    )
    yield from ((tag, value) for tag, value in lines if value)
    yield "ER", ""


def said(claim: Document) -> str:
    """Who says what, in quotation marks where these are his words."""
    text = f"“{claim['text']}”" if claim.get("kind") == "direct" else claim["text"]
    return f"{', '.join(filter(None, (claim['speaker'], claim.get('role'))))}: {text}"


def _notes(kind: Kind, document: Document) -> Iterator[str]:
    if kind == "claims":
        yield said(document)
        yield f"characters {_characters(document)} of the article's text"
    if document.get("origin"):
        yield f"taken from {document['origin']}"
    yield f"Kliping {document['article_id']}, {document['path']}"


def _characters(claim: Document) -> str:
    return f"{claim['start']}–{claim['end']}"
