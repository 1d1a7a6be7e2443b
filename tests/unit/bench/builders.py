"""Gold as a system would have printed it, to be spoilt by the tests."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path
from typing import Any

from bench.kliping_score.records import gold_article, predicted_article
from bench.kliping_score.report import Report, score
from tests.support.shared import ROOT

Record = dict[str, Any]

GOLD = ROOT / "seeds" / "gold" / "gold.jsonl"


def read_gold(path: Path = GOLD) -> list[Record]:
    """The records of a gold file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def as_prediction(gold: Record) -> Record:
    """One line of ``kliping process`` that agrees with gold everywhere."""
    mentions: dict[tuple[str, str], list[Record]] = defaultdict(list)
    for item in gold["entities"]:
        mentions[item["type"], item["canonical"]].append({key: item[key] for key in ("start", "end", "text")})
    claims = [
        {
            "kind": claim["kind"],
            "spans": [{"start": span["start"], "end": span["end"]} for span in claim["spans"]],
            "speaker": {"name": claim["speaker"]},
            "cue": {"text": claim["cue"], "stance": "deny" if claim.get("denied") else "neutral"},
            "date": {"first": claim["said_on"], "last": claim["said_on"]} if claim.get("said_on") else None,
            "group_id": claim["cluster"] if claim["cluster"] not in (None, "-") else f"alone-{claim['id']}",
        }
        for claim in gold["claims"]
    ]
    day = gold["published_at"]
    return {
        **{key: gold[key] for key in ("file", "text", "title", "outlet", "dateline_place", "origin")},
        "author": gold["byline"],
        "published_at": f"{day}T00:00:00+07:00" if day else None,
        "zones": gold.get("zones", []),
        "entities": [{"name": name, "type": kind, "mentions": found} for (kind, name), found in mentions.items()],
        "claims": claims,
    }


def as_predictions(gold: list[Record]) -> list[Record]:
    """All of gold, as printed."""
    return [as_prediction(record) for record in gold]


def scored(gold: list[Record], predictions: list[Record]) -> Report:
    """The measures of the predictions against gold."""
    return score([gold_article(record) for record in gold], [predicted_article(record) for record in predictions])
