"""An entity or an outlet as it is shown: what the store counts and finds of it, asked at once."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final
from urllib.parse import quote, urlencode

from kliping_search.ports import Finder
from kliping_shared.contracts import EntityType
from kliping_shared.corrections.naming import FIELD
from kliping_shared.names import normal_name
from kliping_shared.store.documents import Kind
from kliping_shared.store.known import MOST_NAMES
from kliping_shared.store.ports import FacetValue, SearchPage, SearchRequest, Timeline

Json = dict[str, Any]

#: What claims and articles are shown of each list, and values of each facet.
SHOWN: Final = 8
#: Newest articles whose names for it, or likeness to others, are looked at.
LOOKED_AT: Final = 30
#: Where the pages of a facet's values begin.
PAGES: Final = {field: f"/entities/{kind}/" for kind, field in FIELD.items()} | {"outlet": "/outlets/"}
_QUOTES: Final = re.compile('["“”„«»]')


async def entity_shown(store: Finder, kind: EntityType, name: str) -> Json | None:
    """The entity; None where no article names it."""
    field = FIELD[kind]
    others = tuple(other for other in FIELD.values() if other != field)
    of_it, quoted = {field: (name,)}, _quoted(name)
    articles, beside, said, told, over_time = await asyncio.gather(
        _find(store, "articles", filters=of_it, limit=LOOKED_AT, facets=(*others, "outlet")),
        # A facet is not counted under its own filter, so here the query asks for the name; articles that have it only
        # as a part of a longer one count along.
        _find(store, "articles", query=f"{field}:{quoted}", filters=of_it, limit=0, facets=(field,)),
        _find(store, "claims", filters={"speaker": (name,)}, facets=("role",)),
        _find(store, "claims", query=others_query(name), filters=of_it),
        _over_time(store, of_it),
    )
    if not articles.total:
        return None
    bodies = await store.get_many("articles", [hit.id for hit in articles.hits])
    return {
        "name": name,
        "type": kind,
        "aliases": _aliases(kind, name, bodies),
        "roles": _counts(said.facets["role"]),
        "article_count": articles.total,
        "articles": _summaries(articles)[:SHOWN],
        "said": _claims(said),
        "told": _claims(told),
        "beside": {other: _counts(articles.facets[other]) for other in others}
        | {field: _counts(value for value in beside.facets[field] if normal_name(value.value) != normal_name(name))},
        "outlets": _counts(articles.facets["outlet"]),
        "over_time": over_time,
    }


def entity_address(kind: EntityType, name: str) -> str:
    """The path of the entity's page."""
    return f"/entities/{kind}/{quote(name, safe='')}"


async def address_of(store: Finder, name: str) -> str:
    """The path of the page of a name of whatever type; to what is said under it where no article names it."""
    asked = [SearchRequest("articles", filters={field: (name,)}, limit=0, highlight=False) for field in FIELD.values()]
    found = await asyncio.gather(*map(store.search, asked))
    known = next((kind for kind, page in zip(FIELD, found, strict=True) if page.total), None)
    return entity_address(known, name) if known else f"/?{urlencode({'speaker': name})}"


def pages_of(filters: Mapping[str, Sequence[str]], found: SearchPage) -> list[tuple[str, str]]:
    """What the results are narrowed to, and the address of its page. Speakers whom no article names have none."""
    known = {**PAGES, "speaker": "/names/"} if any(hit.document.get("speaker_id") for hit in found.hits) else PAGES
    return [
        (values[0], known[field] + quote(values[0], safe=""))
        for field, values in filters.items()
        if len(values) == 1 and field in known
    ]


def others_query(name: str) -> str:
    """The query for what others than this person say."""
    return f"-speaker:{_quoted(name)}"


def _quoted(name: str) -> str:
    return f'"{_QUOTES.sub(" ", name)}"'


async def outlet_shown(store: Finder, name: str) -> Json | None:
    """The outlet; None where no article is of it."""
    of_it = {"outlet": (name,)}
    articles, origins, quoted, alone, disputed, over_time = await asyncio.gather(
        _find(store, "articles", filters=of_it, limit=LOOKED_AT, facets=tuple(FIELD.values())),
        # All of them, so that what names none is what is left.
        _find(store, "articles", filters=of_it, limit=0, facets=("origin",), facet_size=MOST_NAMES),
        _find(store, "claims", filters=of_it, limit=0, facets=("speaker",)),
        _find(store, "groups", filters=of_it | {"outlet_count": ("1",)}),
        _find(store, "groups", filters=of_it | {"agreement": ("disputed",)}),
        _over_time(store, of_it),
    )
    if not articles.total:
        return None
    taken = sum(value.count for value in origins.facets["origin"])
    return {
        "name": name,
        "article_count": articles.total,
        "articles": _summaries(articles)[:SHOWN],
        "claim_count": quoted.total,
        "own_count": articles.total - taken,
        "origins": _counts(origins.facets["origin"][: 2 * SHOWN]),
        "looked_at": len(articles.hits),
        "copies": sum(hit.document.get("copy_of") is not None for hit in articles.hits),
        "speakers": _counts(quoted.facets["speaker"]),
        "names": {field: _counts(articles.facets[field]) for field in FIELD.values()},
        "alone": {"total": alone.total, "groups": [dict(hit.document) for hit in alone.hits]},
        "disputed": {"total": disputed.total, "groups": [dict(hit.document) for hit in disputed.hits]},
        "over_time": over_time,
    }


async def _find(
    store: Finder,
    kind: Kind,
    *,
    query: str = "",
    filters: Mapping[str, tuple[str, ...]],
    limit: int = SHOWN,
    facets: tuple[str, ...] = (),
    facet_size: int = 2 * SHOWN,
) -> SearchPage:
    """A page of the newest."""
    return await store.search(
        SearchRequest(
            kind, query, filters, sort="newest", limit=limit, facets=facets, facet_size=facet_size, highlight=False
        )
    )


async def _over_time(store: Finder, filters: Mapping[str, tuple[str, ...]]) -> Timeline | None:
    """How many articles there were."""
    return (await store.search(SearchRequest(filters=filters, limit=0, timeline="auto", highlight=False))).timeline


def _aliases(kind: EntityType, name: str, articles: Sequence[Mapping[str, Any]]) -> list[str]:
    """Other forms of the name in these articles, each once."""
    entities = [entity for article in articles for entity in article.get("body", {}).get("entities", ())]
    own = [entity for entity in entities if entity["type"] == kind and normal_name(entity["name"]) == normal_name(name)]
    forms = {alias for entity in own for alias in entity["aliases"]}
    return sorted(forms - {name})


def _claims(page: SearchPage) -> Json:
    return {"total": page.total, "claims": [dict(hit.document) for hit in page.hits]}


def _summaries(page: SearchPage) -> list[Json]:
    names = ("article_id", "title", "outlet", "origin", "published_on", "story_id", "story_title")
    return [{name: hit.document.get(name) for name in names} for hit in page.hits]


def _counts(values: Iterable[FacetValue]) -> list[Json]:
    return [{"value": one.value, "count": one.count} for one in values]
