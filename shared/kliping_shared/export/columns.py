"""The columns of a table of documents: what a document holds in one value or a list of texts, and where it is from."""

from __future__ import annotations

from types import UnionType
from typing import Any, Final, Union, get_args, get_origin

from kliping_shared.store.documents import DOCUMENT_OF, Kind

#: What a column holds: texts, numbers, or a list of texts for each document.
Column = type[str] | type[int] | type[float] | type[list[str]]

#: What a claim is told of its article beyond what it holds itself.
OF_ARTICLE: Final = ("author", "url")
#: What people look for in a table, before ids and what the machine has to say.
FIRST: Final[dict[Kind, tuple[str, ...]]] = {
    "articles": ("published_on", "outlet", "origin", "title", "author", "url", "text"),
    "claims": ("published_on", "speaker", "role", "text", "kind", "cue", "outlet", "origin", "title", "author", "url"),
    "groups": ("published_on", "speaker", "text", "outlet_count", "origin_count", "agreement", "outlet", "origin"),
    "stories": ("published_on", "title", "article_count", "outlet_count", "outlet", "origin", "person"),
}
#: The articles that a group or a story is made of, one list for each particular, all in the same order.
SOURCES: Final = ("source_article_ids", "source_outlets", "source_origins", "source_urls", "source_paths")


def columns(kind: Kind) -> dict[str, Column]:
    """Name to what it holds: what people read first, the rest in the documents' own order, sources last.

    Nested parts (zones, wordings) are left out.
    """
    found: dict[str, Column] = {}
    for name, field in DOCUMENT_OF[kind].model_fields.items():
        if column := _column(field.annotation):
            found[name] = column
    if kind == "claims":
        found |= dict.fromkeys(OF_ARTICLE, str)
    if kind in ("groups", "stories"):
        found |= dict.fromkeys(SOURCES, list[str])
    return {name: found[name] for name in FIRST[kind]} | found


def _column(annotation: Any) -> Column | None:
    """The column for a field; of ``str | None`` and the like that of the type that is not None."""
    if get_origin(annotation) in (Union, UnionType):
        return _column(next(part for part in get_args(annotation) if part is not type(None)))
    known: tuple[Column, ...] = (str, int, float, list[str])
    return next((column for column in known if annotation == column), None)
