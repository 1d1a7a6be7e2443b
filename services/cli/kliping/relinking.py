"""Linking articles of the store anew, and ending what nobody tells any more.

Link ends groups itself as long as its state knows them. Where that was lost, or cannot be read by this version, groups
of before may stay in the store that no claim is in: these are ended last, by a message that says nothing else.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from kliping.republishing import Workshop
from kliping_shared.bus import stream_stats
from kliping_shared.contracts import LinkedArticle, streams
from kliping_shared.portions import portions
from kliping_shared.republish import PORTION, Stage, republish
from kliping_shared.store.documents import Kind
from kliping_shared.store.ports import SearchRequest, StoreReader

POLL_S = 0.2
#: Documents asked for at once.
CHUNK = 200

#: Hears what is being done, how much of it is done, and how much there is.
Tell = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Relinked:
    """What came of it.

    ``articles``: how many were published. ``groups``, ``stories``: how many ended because no member is left in them.
    ``dead``: how many messages went to the dead letters meanwhile, of these articles or of others that came.
    """

    articles: int
    groups: int
    stories: int
    dead: int


class _Grouped(NamedTuple):
    """A kind of groups: what their members are, where a group lists them, and how a member names its group."""

    kind: Kind
    id: str
    members: Kind
    member_id: str
    listed: str


_CLAIMS = _Grouped("groups", "group_id", "claims", "claim_id", "wordings")
_STORIES = _Grouped("stories", "story_id", "articles", "article_id", "articles")


async def relink(shop: Workshop, request: SearchRequest | None, stage: Stage, tell: Tell) -> Relinked:
    """Publish what ``request`` finds (None: everything), oldest first, wait until it is searchable, end what is left over.

    Waits for as long as the stages take. May be interrupted and run again. Raises StoreUnavailable, errors of Redis.
    """
    reader = shop.reader
    wanted = request or SearchRequest(sort="oldest", highlight=False)
    documents = [(one["article_id"], one["story_id"]) async for one in reader.stream(wanted)]
    article_ids = [article_id for article_id, _ in documents]
    groups = await _groups(reader, article_ids if request else None)
    dead = await _dead(shop.client)
    stories = {story_id for _, story_id in documents if story_id} if request else await _ids(reader, _STORIES)
    published = await republish(
        article_ids,
        stage,
        reader=reader,
        publisher=shop.publisher,
        whole=request is None,
        tell=lambda done: tell("published", done, len(article_ids)),
    )
    await _settled(shop.client, tell)
    await reader.catch_up()
    left = [await _orphans(reader, kind, sorted(ids)) for kind, ids in ((_CLAIMS, groups), (_STORIES, stories))]
    if any(left):
        await _end(shop, article_ids[-PORTION:], *left)
        await _settled(shop.client, tell)
    groups_left, stories_left = map(len, left)
    return Relinked(published, groups_left, stories_left, await _dead(shop.client) - dead)


async def _groups(reader: StoreReader, article_ids: Sequence[str] | None) -> set[str]:
    """The groups that the articles' claims are in; all there are where no article is named."""
    if article_ids is None:
        return await _ids(reader, _CLAIMS)
    found: set[str] = set()
    for some in portions(article_ids, CHUNK):
        request = SearchRequest(kind="claims", filters={"article_id": tuple(some)}, highlight=False)
        found |= {claim["group_id"] async for claim in reader.stream(request)}
    return found


async def _ids(reader: StoreReader, grouped: _Grouped) -> set[str]:
    request = SearchRequest(kind=grouped.kind, highlight=False)
    return {document[grouped.id] async for document in reader.stream(request)}


async def _settled(client: Any, tell: Tell) -> None:
    """Wait until each stage has been seen with nothing left to do, in the order of the data's way."""
    for stream, group in streams.CONSUMERS:
        while waiting := await _left(client, stream, group):
            tell(f"wait for {group}", 0, waiting)
            await asyncio.sleep(POLL_S)


async def _left(client: Any, stream: str, group: str) -> int:
    rows = await stream_stats(client)
    return next(row.waiting for row in rows if (row.stream, row.group) == (stream, group))


async def _dead(client: Any) -> int:
    """Messages that ever went to the dead letters."""
    return sum(row.dead for row in await stream_stats(client) if row.group)


async def _orphans(reader: StoreReader, grouped: _Grouped, ids: Sequence[str]) -> list[str]:
    """Those of the groups, as far as they are there, that none of their members is in."""
    found: list[str] = []
    for some in portions(ids, CHUNK):
        documents = await reader.get_many(grouped.kind, some)
        listed = {member[grouped.member_id] for document in documents for member in document[grouped.listed]}
        held = {
            member[grouped.id]
            for members in portions(sorted(listed), CHUNK)
            for member in await reader.get_many(grouped.members, members)
        }
        found += [document[grouped.id] for document in documents if document[grouped.id] not in held]
    return found


async def _end(shop: Workshop, article_ids: Sequence[str], groups: Sequence[str], stories: Sequence[str]) -> None:
    """Tell that these have ended, by the newest of the articles as it stands: nothing older than it holds against that."""
    bodies = [document["body"] for document in await shop.reader.get_many("articles", article_ids)]
    newest = max(bodies, key=lambda body: int(body["version"]), default=None)
    if newest is None:
        return  # Removed meanwhile, all of them: whoever relinks next ends what is left.
    ending = {**newest, "retired_groups": groups, "retired_stories": stories}
    await shop.publisher.publish(streams.LINKED, [LinkedArticle.model_validate(ending)])
