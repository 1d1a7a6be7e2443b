"""What people ask of the search, as addresses by what is asked for, drawn from what a store holds."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, Final
from urllib.parse import quote, urlencode

from httpx import AsyncClient

from kliping_shared.analysis import terms

#: Questions of each sort, and the newest claims that they are drawn from.
EACH, DRAWN = 12, 200
_ORDERS: Final = ("newest", "oldest", "outlets")
_BROAD: Final = (
    {"agreement": "single_source"}, {"agreement": "disputed"}, {"kind": "direct"}, {"stance": "neutral"},
    {"not.kind": "direct"}, {"show": "articles", "language": "id"},
)  # fmt: skip

Claims = Sequence[Mapping[str, Any]]


async def questions(reader: AsyncClient) -> dict[str, list[str]]:
    """Addresses of pages, and of what they ask for while somebody types, by what is asked for."""
    drawn = await _hits(reader, "claims")
    claims = random.Random(7).sample(drawn, min(EACH, len(drawn)))
    frequent = await _frequent(reader, drawn)
    return _searches(claims, frequent) | _narrowed(claims) | await _read(reader, claims) | _typed(claims)


def _searches(claims: Claims, frequent: Sequence[str]) -> dict[str, list[str]]:
    chance = random.Random(8)
    words = [_words(claim) for claim in claims]
    return {
        "the first view": ["/"] * EACH,
        "one word": [_page(q=chance.choice(several)) for several in words],
        "one frequent word": [_page(q=word) for word in frequent],
        "two words": [_page(q=" ".join(chance.sample(several, min(2, len(several))))) for several in words],
        "four words": [_page(q=" ".join(chance.sample(several, min(4, len(several))))) for several in words],
        "either of two words": [
            _page(q=" OR ".join(chance.sample(several, min(2, len(several))))) for several in words
        ],
        "a phrase": [_page(q=f'"{" ".join(claim["text"].split()[:3])}"') for claim in claims],
        "articles with a word": [_page(q=chance.choice(several), show="articles") for several in words],
        "groups, stories with a word": [
            _page(q=chance.choice(several), show=kind)
            for several, kind in zip(words, ("groups", "stories") * EACH, strict=False)
        ],
        "a word, in another order": [
            _page(q=word, sort=order) for word, order in zip(frequent, _ORDERS * EACH, strict=False)
        ],
        "a misspelt word": [_page(q=_misspelt(max(several, key=len))) for several in words],
    }


def _narrowed(claims: Claims) -> dict[str, list[str]]:
    chance = random.Random(9)
    words = [chance.choice(_words(claim)) for claim in claims]
    days = sorted({claim["published_on"] for claim in claims if claim["published_on"]})
    return {
        "a speaker": [_page(speaker=claim["speaker"]) for claim in claims],
        "a speaker, as a query": [_page(q=f'speaker:"{claim["speaker"]}"') for claim in claims],
        "a word of an outlet": [_page(q=word, outlet=claim["outlet"]) for word, claim in _both(words, claims)],
        "an outlet": [_page(outlet=claim["outlet"]) for claim in claims],
        "what most claims have": [_page(**one) for one in _BROAD],
        "two filters": [_page(kind=claim["kind"], outlet=claim["outlet"]) for claim in claims],
        "a day": [_page(**{"from": day, "to": day}) for day in days[:3]],
        "a month": [_page(**{"from": f"{day[:7]}-01", "to": f"{day[:7]}-28"}) for day in days[:1]],
        "all, in another order": [_page(show=kind, sort=order) for kind in ("claims", "articles") for order in _ORDERS],
        "a facet opened": [f"/facets/{name}" for name in ("speaker", "person", "outlet", "cue")],
        "a facet of a speaker's claims": [
            f"/facets/{name}?{urlencode({'speaker': claim['speaker']})}"
            for name, claim in _both(("outlet", "role", "person") * EACH, claims)
        ],
        "facets counted after the page": [f"{_page(outlet=claim['outlet'])}&count=all" for claim in claims[:3]],
    }


async def _read(reader: AsyncClient, claims: Claims) -> dict[str, list[str]]:
    groups = await _hits(reader, "groups", sort="outlets", limit=EACH)
    stories = await _hits(reader, "stories", sort="newest", limit=EACH, q="outlets:2")
    outlets = islice(dict.fromkeys(claim["outlet"] for claim in claims if claim["outlet"]), 4)
    return {
        "page 2": [await _second(reader, word=_words(claim)[0]) for claim in claims[:4]],
        "an article": [f"/articles/{claim['article_id']}" for claim in claims],
        "a group": [f"/groups/{group['group_id']}" for group in groups],
        "a story": [f"/stories/{story['story_id']}" for story in stories],
        "a person": [f"/entities/PER/{quote(claim['person'][0], safe='')}" for claim in claims if claim["person"]],
        "an outlet's page": [f"/outlets/{quote(outlet, safe='')}" for outlet in outlets],
    }


def _typed(claims: Claims) -> dict[str, list[str]]:
    begun = [claim["speaker"][:end] for claim in claims for end in (2, 4)]
    return {"suggestions": [f"/api/v1/suggest?{urlencode({'q': text})}" for text in begun]}


async def _hits(reader: AsyncClient, kind: str, **asked: Any) -> list[Mapping[str, Any]]:
    answer = await reader.get(f"/api/v1/{kind}", params={"limit": DRAWN, **asked})
    answer.raise_for_status()
    hits: list[Mapping[str, Any]] = answer.json()["hits"]
    return hits


async def _frequent(reader: AsyncClient, claims: Claims) -> list[str]:
    """The words that say something and that most claims have."""
    found: dict[str, int] = {}
    for word in {word.lower() for claim in claims for word in _words(claim)}:
        if terms(word, stop=True):
            found[word] = (await reader.get("/api/v1/claims", params={"q": word, "limit": 0})).json()["total"]
    return sorted(found, key=lambda word: -found[word])[:EACH]


async def _second(reader: AsyncClient, word: str) -> str:
    cursor = (await reader.get("/api/v1/claims", params={"q": word, "limit": 20})).json()["next_cursor"]
    return _page(q=word, cursor=cursor) if cursor else _page(q=word)


def _words(claim: Mapping[str, Any]) -> list[str]:
    return [word for word in claim["text"].split() if len(word) > 3 and word.isalpha()] or ["kata"]


def _misspelt(word: str) -> str:
    """With two letters in each other's place."""
    return word[:-3] + word[-2] + word[-3] + word[-1]


def _both(first: Sequence[str], claims: Claims) -> Iterator[tuple[str, Mapping[str, Any]]]:
    return zip(first, claims, strict=False)


def _page(**state: str) -> str:
    return f"/?{urlencode(state)}"
