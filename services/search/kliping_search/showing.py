"""A group or a story as it is shown: its document with what is told of it when it is read."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping, Sequence
from typing import Any, Final

from kliping_search.domain.matrix import as_json, matrix
from kliping_search.domain.wordings import with_drift
from kliping_search.ports import Finder
from kliping_shared.store.documents import Kind
from kliping_shared.store.ports import SearchRequest

Json = dict[str, Any]

#: Claims that are asked for at a time.
PAGE: Final = 200
#: How outlets can stand to a claim, what most of a story's readers look for first.
AGREEMENTS: Final = ("disputed", "agreed", "copied", "single_source")
#: What a story tells of each of its groups.
SUMMARY: Final = (
    "group_id", "text", "speaker", "outlet", "origin", "kind", "outlet_count", "origin_count", "claim_count",
    "agreement", "differs", "differences", "first_seen", "last_seen",
)  # fmt: skip
#: What a group tells of each story that its claims are part of.
STORY: Final = ("story_id", "title", "article_count", "outlet_count", "first_seen", "last_seen")


async def group_shown(store: Finder, id: str) -> Json | None:
    """The group with its wordings compared and the stories that it is part of; None when there is none."""
    document = await store.get("groups", id)
    if document is None:
        return None
    found = [claim["story_id"] async for claim in _claims(store, "group_id", id) if claim.get("story_id")]
    stories = await store.get_many("stories", list(dict.fromkeys(found)))
    # Hundreds of wordings take a second, in which others are to be answered.
    wordings = await asyncio.to_thread(with_drift, document)
    return {**document, "wordings": wordings, "stories": [_only(story, STORY) for story in stories]}


async def story_shown(store: Finder, id: str) -> Json | None:
    """The story with the groups of all its claims by how outlets stand to them; None when there is none."""
    document = await store.get("stories", id)
    if document is None:
        return None
    found = [claim["group_id"] async for claim in _claims(store, "story_id", id)]
    groups = await store.get_many("groups", list(dict.fromkeys(found)))
    widest = sorted(groups, key=lambda group: (-group["outlet_count"], group["first_seen"] or "", group["group_id"]))
    claims: dict[str, list[Json]] = {name: [] for name in AGREEMENTS}
    for group in widest:
        claims[group.get("agreement") or "single_source"].append(_only(group, SUMMARY))
    articles = await titled(store, document["articles"])
    return {**document, "articles": articles, "claims": claims, "matrix": as_json(matrix(widest, articles))}


async def titled(store: Finder, members: Sequence[Json]) -> list[Json]:
    """The articles, those without a title under the one that their documents have for them."""
    untitled = await store.get_many("articles", [member["article_id"] for member in members if not member["title"]])
    titles = {article["article_id"]: article["title"] for article in untitled}
    return [{**member, "title": member["title"] or titles.get(member["article_id"])} for member in members]


async def _claims(store: Finder, field: str, id: str) -> AsyncIterator[Mapping[str, Any]]:
    """Every claim whose ``field`` is ``id``."""
    cursor = None
    while True:
        page = await store.search(
            SearchRequest(
                kind="claims", filters={field: (id,)}, sort="oldest", limit=PAGE, cursor=cursor, highlight=False
            )
        )
        for hit in page.hits:
            yield hit.document
        cursor = page.next_cursor
        if cursor is None:
            return


def _only(document: Mapping[str, Any], names: Iterable[str]) -> Json:
    return {name: document.get(name) for name in names}


#: Kinds of which one document is shown with its surroundings, and how it is read.
SHOWN: Final[Mapping[Kind, Callable[[Finder, str], Awaitable[Json | None]]]] = {
    "groups": group_shown,
    "stories": story_shown,
}
