"""What a first visit shows beside the claims: the newest stories that several outlets tell, and how far they agree."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from kliping_search.ports import Finder
from kliping_shared.store.ports import SearchRequest

STORIES: Final = 3
#: A story that one outlet alone tells leaves nothing to compare.
_SEVERAL: Final = "outlets:2"


@dataclass(frozen=True)
class Told:
    """A story, and its claims by how the outlets agree on them."""

    document: Mapping[str, Any]
    claims: Mapping[str, int]


async def newest_stories(finder: Finder) -> tuple[Told, ...]:
    """The newest stories of several outlets. Raises StoreUnavailable."""
    request = SearchRequest(kind="stories", query=_SEVERAL, sort="newest", limit=STORIES, highlight=False)
    page = await finder.search(request)
    counted = await asyncio.gather(*(_agreement(finder, hit.id) for hit in page.hits))
    return tuple(Told(hit.document, claims) for hit, claims in zip(page.hits, counted, strict=True))


async def _agreement(finder: Finder, story_id: str) -> dict[str, int]:
    request = SearchRequest(kind="claims", filters={"story_id": (story_id,)}, facets=("agreement",), limit=0)
    return {value.value: value.count for value in (await finder.search(request)).facets["agreement"]}
