"""Searches as the API takes them, and as one would write them for OpenSearch by hand."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from kliping_shared.query import also
from kliping_shared.store.documents import Kind
from kliping_shared.store.opensearch.compiling import INDEXED
from kliping_shared.store.ports import FACETS
from kliping_shared.store.searchable import DEFAULT_COLUMNS, WEIGHTS

#: Hits of a page, values of a facet, questions of each sort.
SIZE, VALUES, EACH = 20, 12, 8
#: What the store keeps for itself.
_SHOWN: Final = {"excludes": ["body", "keeping", "words"]}

Body = dict[str, Any]


@dataclass(frozen=True)
class Question:
    """One search, as the API takes it."""

    kind: Kind
    words: tuple[str, ...] = ()
    phrase: bool = False
    filters: Mapping[str, str] = field(default_factory=dict)
    facets: bool = False
    newest: bool = False

    @property
    def address(self) -> str:
        """Where the API answers it."""
        return f"/api/v1/{self.kind}"

    @property
    def parameters(self) -> dict[str, str]:
        """What it is told there."""
        text = f'"{" ".join(self.words)}"' if self.phrase else " ".join(self.words)
        told = {"q": text, "limit": str(SIZE), **self.filters}
        if self.facets:
            told |= {"facets": "true", "timeline": "month"}
        return told | ({"sort": "newest"} if self.newest else {})

    def by_hand(self, *, only_hits: bool = False, any_word: bool = False) -> Body:
        """The query as one would write it for OpenSearch."""
        fields = [
            f"{name}^{WEIGHTS[column]}" for column in DEFAULT_COLUMNS[self.kind] for name in INDEXED[self.kind][column]
        ]
        sort = "phrase" if self.phrase else "best_fields"
        texts = (" ".join(self.words),) if self.phrase else self.words
        asked = [{"multi_match": {"query": text, "fields": fields, "type": sort}} for text in texts]
        wanted = [{"term": {f"{name}.folded": value}} for name, value in self.filters.items()]
        words = {"bool": {"should": asked}} if any_word else {"bool": {"must": asked}}
        body: Body = {"query": {"bool": {"must": words, "filter": wanted}}, "size": SIZE, "_source": _SHOWN}
        if self.newest or not only_hits:
            best = ["_score"] if self.words and not self.newest else []
            body["sort"] = [*best, {"sort.at": "desc"}, {"sort.id": "asc"}]
        if not only_hits:
            body["track_total_hits"] = True
            if self.facets and not any_word:
                body["aggs"] = _counting(self.kind)
        return body


def _counting(kind: Kind) -> Body:
    by_month = {"field": "published_on", "calendar_interval": "month", "min_doc_count": 1}
    facets = {name: {"terms": {"field": name, "size": VALUES}} for name in FACETS[kind]}
    return {**facets, "timeline": {"date_histogram": by_month}}


def _is_plain(word: str) -> bool:
    """Whether it is searched as it is typed."""
    return len(word) > 3 and word.isalpha() and also(word) is None


def questions(claims: Sequence[Mapping[str, Any]]) -> dict[str, list[Question]]:
    """Questions by what is asked for, drawn from claims that there are."""
    chance = random.Random(7)
    some = chance.sample(list(claims), min(EACH, len(claims)))
    every = [[word for word in claim["text"].split() if _is_plain(word)] or ["kata"] for claim in some]
    one = [(chance.choice(words),) for words in every]
    two = [tuple(chance.sample(words, min(2, len(words)))) for words in every]
    three = [tuple(word for word in claim["text"].split()[:3] if word.isalnum()) or ("kata",) for claim in some]
    return {
        "claims: all, newest first": [Question("claims", newest=True)] * EACH,
        "claims: a word": [Question("claims", words) for words in one],
        "claims: two words": [Question("claims", words) for words in two],
        "claims: a phrase": [Question("claims", words, phrase=True) for words in three],
        "claims: a speaker": [Question("claims", filters={"speaker": claim["speaker"]}) for claim in some],
        "claims: a word of an outlet": [
            Question("claims", words, filters={"outlet": claim["outlet"]})
            for words, claim in zip(one, some, strict=True)
        ],
        "claims: all, with facets": [Question("claims", facets=True, newest=True)] * EACH,
        "claims: a word, with facets": [Question("claims", words, facets=True) for words in one],
        "articles: a word": [Question("articles", words) for words in one],
        "articles: two words": [Question("articles", words) for words in two],
        "articles: a word, with facets": [Question("articles", words, facets=True) for words in one],
        "groups: a word": [Question("groups", words) for words in one],
        "groups: a word, with facets": [Question("groups", words, facets=True) for words in one],
    }
