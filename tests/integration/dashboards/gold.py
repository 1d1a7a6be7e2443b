"""The demo articles' gold as documents: what the store would hold if extracting and linking made no mistake.

Two articles are added of sorts that are not among them: one that says nothing of anyone, one that copies another.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from kliping_shared.store.documents import DOCUMENT_OF, KINDS, Kind
from kliping_shared.store.ports import Put

GOLD = Path(__file__).resolve().parents[3] / "seeds" / "gold" / "gold.jsonl"
ARRIVED = "2026-11-22T08:15:00+07:00"
#: Stances of some cues; gold has none.
STANCES = {
    "membantah": "deny",
    "menegaskan": "assert",
    "tegasnya": "assert",
    "berjanji": "promise",
    "memperingatkan": "warn",
    "mengakui": "admit",
    "mengklaim": "doubt",
    "mengeluhkan": "criticise",
}
STORIES = {
    "banjir": "Tanggul Kalibening Jebol",
    "vonis": "Eks Dirut Samudra Logistik Divonis",
    "ktt": "Cadangan Beras Kawasan",
}
_NAMED = {"PER": "person", "ORG": "org", "LOC": "place"}

Json = dict[str, Any]
Documents = dict[Kind, list[Json]]


def documents() -> Documents:
    """Every document of every kind, by the gold's articles, claims and clusters."""
    rows = [json.loads(line) for line in GOLD.read_text("utf-8").splitlines()]
    claims = [claim for row in rows for claim in _claims(row)]
    clusters: dict[str, list[Json]] = defaultdict(list)
    for claim in claims:
        clusters[claim["group_id"]].append(claim)
    for members in clusters.values():
        told = _carried(members) | {"differing_numbers": _differing(members)}
        for member in members:
            member.update(told)
    articles = [_article(row) for row in rows]
    found: Documents = {
        "articles": [*articles, *_others(articles[0])],
        "claims": claims,
        "groups": [_group(name, members) for name, members in clusters.items()],
        "stories": [_story(event, articles) for event in STORIES],
    }
    return {kind: [_whole(kind, document) for document in found[kind]] for kind in KINDS}


def puts(found: Documents) -> list[Put]:
    """The changes that bring them into a store."""
    ids = {"articles": "article_id", "claims": "claim_id", "groups": "group_id", "stories": "story_id"}
    return [Put(kind, document[ids[kind]], 1, document) for kind in KINDS for document in found[kind]]


def _whole(kind: Kind, document: Json) -> Json:
    """With every field of its model, and without the gold's notes."""
    return DOCUMENT_OF[kind].model_validate(document).model_dump(mode="json")


def _common(row: Json) -> Json:
    day = row["published_at"] or row["event_date"]
    return {
        "article_id": row["file"],
        "title": row["title"] or row["text"].strip().splitlines()[0][:100],
        "outlet": row["outlet"],
        "origin": row["origin"],
        "path": row["file"],
        "story_id": row["event"],
        "story_title": STORIES[row["event"]],
        "published_at": f"{day}T00:00:00+07:00",
        "published_on": day,
        "published_month": day[:7],
        "extractor": "gold 1",
    }


def _article(row: Json) -> Json:
    return {
        **_common(row),
        **_names(row["entities"]),
        "document_key": row["file"],
        "text": row["text"],
        "dateline_place": row["dateline_place"],
        "date_source": "text" if row["published_at"] else "dateline",
        "language": "id",
        "speaker": _distinct(claim["speaker"] for claim in row["claims"]),
        "claim_count": len(row["claims"]),
        "ingested_at": ARRIVED,
        "extracted_at": ARRIVED,
        "linked_at": ARRIVED,
    }


def _others(article: Json) -> list[Json]:
    silent = {"article_id": "silent", "claim_count": 0, "speaker": [], "date_source": "drop_time", "story_id": None}
    return [
        article | silent | {"story_title": None},
        article | {"article_id": "copy", "copy_of": article["article_id"]},
    ]


def _claims(row: Json) -> list[Json]:
    return [
        {
            **_common(row),
            **_names([one for one in row["entities"] if claim["start"] <= one["start"] < claim["end"]]),
            **{name: claim[name] for name in ("speaker", "kind", "role", "cue", "via", "start", "end", "note")},
            "claim_id": claim["id"],
            "group_id": f"{row['event']}-{claim['cluster']}" if claim["cluster"] else claim["id"],
            "text": " … ".join(span["text"] for span in claim["spans"]),
            "resolved_from": "name",
            "stance": STANCES.get(claim["cue"] or "", "neutral"),
            "sentence": row["text"][claim["start"] : claim["end"]],
        }
        for claim in row["claims"]
    ]


def _group(name: str, members: list[Json]) -> Json:
    first = min(members, key=lambda member: member["published_at"])
    lists = {field: _distinct(member[field] for member in members) for field in ("speaker", "outlet", "kind", "stance")}
    dates = {field: first[field] for field in ("published_at", "published_on", "published_month")}
    told = {field: first[field] for field in ("text", "outlet_count", "origin_count", "differing_numbers")}
    return {**lists, **dates, **told, "group_id": name, "claim_count": len(members)}


def _story(event: str, articles: list[Json]) -> Json:
    members = [article for article in articles if article["story_id"] == event]
    first = min(members, key=lambda member: member["published_at"])
    dates = {field: first[field] for field in ("published_at", "published_on", "published_month")}
    lists = {field: _distinct(member[field] for member in members) for field in ("outlet",)}
    lists["person"] = _distinct(name for member in members for name in member["person"])
    return {
        **_carried(members),
        **dates,
        **lists,
        "story_id": event,
        "title": STORIES[event],
        "text": "\n".join(member["title"] for member in members),
        "article_count": len(members),
    }


def _carried(members: Iterable[Json]) -> Json:
    several = list(members)
    return {
        "outlet_count": len({member["outlet"] for member in several}),
        "origin_count": len({member["origin"] or member["outlet"] for member in several}),
    }


def _differing(members: Iterable[Json]) -> list[str]:
    """The numbers of a cluster in which a claim contradicts the others, as the gold's notes say."""
    several = list(members)
    if not any("contradicts" in (member["note"] or "") for member in several):
        return []
    return sorted({number for member in several for number in re.findall(r"\d[\d.]*\d", member["text"])})


def _names(entities: Iterable[Json]) -> Json:
    named: dict[str, list[str]] = {"person": [], "org": [], "place": []}
    for one in entities:
        named[_NAMED[one["type"]]].append(one["canonical"])
    return {field: _distinct(names) for field, names in named.items()}


def _distinct(values: Iterable[Any]) -> list[Any]:
    return list(dict.fromkeys(values))
