"""A story as a report: each of its claims in all wordings, with numbered sources."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from kliping_search.ports import Finder
from kliping_search.showing import story_shown

Json = dict[str, Any]


async def story_report(store: Finder, id: str) -> Json | None:
    """The story as it is shown, ``sections`` of its claims with their wordings, and the ``sources`` that these name by number.

    None when there is no such story. Raises StoreUnavailable.
    """
    story = await story_shown(store, id)
    if story is None:
        return None
    ids = [group["group_id"] for groups in story["claims"].values() for group in groups]
    wordings = {group["group_id"]: group["wordings"] for group in await store.get_many("groups", ids)}
    members = [*story["articles"], *(one for some in wordings.values() for one in some)]
    articles = await store.get_many("articles", [member["article_id"] for member in members], body=False)
    sources = numbered(members, articles)
    numbers = {source["article_id"]: source["number"] for source in sources}
    sections = {
        name: [
            {**group, "wordings": [*_with_numbers(wordings.get(group["group_id"], ()), numbers)]} for group in groups
        ]
        for name, groups in story["claims"].items()
    }
    read_by = sorted({article["extractor"] for article in articles})
    return {"story": story, "sections": sections, "sources": sources, "extractors": read_by}


def numbered(members: Iterable[Mapping[str, Any]], articles: Sequence[Mapping[str, Any]]) -> list[Json]:
    """The members' articles, each once, by the time at which they were published, with a number from 1 on.

    Of an article that is gone there is what its member tells.
    """
    found = {article["article_id"]: article for article in articles}
    told = {member["article_id"]: member for member in members}
    once = [{**member, **found.get(name, {})} for name, member in told.items()]
    once.sort(key=lambda one: (one.get("published_at") is None, one.get("published_at") or "", one["article_id"]))
    return [{**one, "number": number} for number, one in enumerate(once, 1)]


def _with_numbers(wordings: Iterable[Mapping[str, Any]], numbers: Mapping[str, int]) -> list[Json]:
    found = [{**wording, "number": numbers[wording["article_id"]]} for wording in wordings]
    return sorted(found, key=lambda wording: (wording["number"], wording["claim_id"]))
