"""Where a document is from: the articles behind a claim, a group or a story, with their addresses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from kliping_shared.export.columns import OF_ARTICLE, SOURCES
from kliping_shared.portions import portions
from kliping_shared.store.documents import Kind
from kliping_shared.store.ports import Finder

#: Articles that are asked for at once.
_PORTION = 500

Document = Mapping[str, Any]


async def with_sources(reader: Finder, kind: Kind, documents: Sequence[Document]) -> list[Document]:
    """The documents with where they are from: a claim with its article's ``OF_ARTICLE``, groups and stories with ``SOURCES``.

    An article that is gone leaves its address empty. Raises StoreUnavailable.
    """
    if kind == "articles":
        return list(documents)
    articles = await _articles(
        reader, (one["article_id"] for document in documents for one in _members(kind, document))
    )
    if kind == "claims":
        return [{**document, **_only(articles.get(document["article_id"], {}), OF_ARTICLE)} for document in documents]
    return [{**document, **_lists(_members(kind, document), articles)} for document in documents]


def _members(kind: Kind, document: Document) -> Sequence[Document]:
    """What the document says itself of each of its articles."""
    if kind == "claims":
        return (document,)
    return document.get("wordings" if kind == "groups" else "articles") or ()


async def _articles(reader: Finder, ids: Iterable[str]) -> dict[str, Document]:
    wanted = list(dict.fromkeys(ids))
    found: dict[str, Document] = {}
    for some in portions(wanted, _PORTION):
        found |= {article["article_id"]: article for article in await reader.get_many("articles", some, body=False)}
    return found


def _lists(members: Iterable[Document], articles: Mapping[str, Document]) -> dict[str, list[str | None]]:
    """``SOURCES`` of the members' articles, each once, in the members' order."""
    once = {member["article_id"]: member for member in members}
    rows = [
        (id, member.get("outlet"), member.get("origin"), article.get("url"), article.get("path"))
        for id, member in once.items()  # noqa: A001 - the field's word
        for article in (articles.get(id, {}),)
    ]
    return {name: [row[place] for row in rows] for place, name in enumerate(SOURCES)}


def _only(document: Document, names: Iterable[str]) -> dict[str, Any]:
    return {name: document.get(name) for name in names}
