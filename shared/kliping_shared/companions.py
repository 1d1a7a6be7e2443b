"""Which articles are to be linked anew with others, since link may have forgotten them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from kliping_shared.portions import portions
from kliping_shared.store.ports import Finder

#: What was linked within this time link knows still, and all that is grouped with it: `link_retention_days` is more.
REMEMBERED: Final = timedelta(days=7)
#: Articles asked for at once.
PORTION: Final = 20


async def companions(article_ids: Sequence[str], reader: Finder) -> list[str]:
    """Other articles that share a group or a story with any of these, straight or by way of others that are old as well.

    Link tells a group as far as it knows its articles, and forgets those that were idle for long. One of these that
    came again alone would be told without the others, and they would be lost to their groups. Raises StoreUnavailable.
    """
    before = datetime.now(UTC) - REMEMBERED
    found = dict.fromkeys(article_ids)
    known: set[str] = set()
    following = list(found)
    while following:
        reached: dict[str, None] = {}
        for some in portions(following, PORTION):
            documents = await reader.get_many("articles", some)
            old = [one for one in documents if datetime.fromisoformat(one["linked_at"]) < before]
            reached |= dict.fromkeys(await _grouped_with(old, reader, known))
        following = [article_id for article_id in reached if article_id not in found]
        found |= reached
    return list(found)[len(set(article_ids)) :]


async def _grouped_with(documents: Iterable[Mapping[str, Any]], reader: Finder, known: set[str]) -> list[str]:
    """Articles in the groups and stories of these that are not ``known``; they are from now on."""
    claim_ids = [claim["claim_id"] for document in documents for claim in document["body"]["claims"]]
    groups = {claim["group_id"] for claim in await reader.get_many("claims", claim_ids)} - known
    stories = {document["story_id"] for document in documents if document["story_id"]} - known
    known |= groups | stories
    members = [one for group in await reader.get_many("groups", sorted(groups)) for one in group["wordings"]]
    members += [one for story in await reader.get_many("stories", sorted(stories)) for one in story["articles"]]
    return [member["article_id"] for member in members]
