"""The measures agree with the scorer that lies with the acceptance material."""

from __future__ import annotations

import copy
import json
import random
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.shared import require_shared
from tests.unit.bench.builders import Record, as_predictions, read_gold, scored

pytestmark = pytest.mark.shared

RATES = {
    "entity strict": "entities.strict",
    "entity overlap, any type": "entities.overlap",
    "canonical B-cubed, aligned mentions": "entities.canonical_aligned",
    "canonical B-cubed, all mentions": "entities.canonical_all",
    "claim exact": "claims.exact",
    "claim overlap": "claims.overlap",
    "cross-outlet pairs, matched claims": "claims.pairs_matched",
}
FIGURES = {
    "entity type accuracy, aligned": "entities.type_accuracy",
    "speaker accuracy": "claims.speaker_accuracy",
    "speaker accuracy, any sole name of the speaker": "claims.speaker_accuracy_any_name",
    "kind accuracy": "claims.kind_accuracy",
    "cue accuracy": "claims.cue_accuracy",
    "boilerplate leak rate": "claims.leak_rate",
    "claim overlap recall, direct": "claims.direct_quote_recall",
    "claim overlap recall, indirect": "claims.recall_by_kind.indirect",
    "claim overlap recall, mixed": "claims.recall_by_kind.mixed",
    "cross-outlet pair recall, all gold claims": "claims.pairs_recall_all",
}


def spoil_claims(record: Record, dice: random.Random) -> None:
    """Some claims cut, widened, renamed, regrouped, dropped or put into boilerplate."""
    kept = []
    for claim in record["claims"]:
        fate = dice.randrange(9)
        first, last = claim["spans"][0], claim["spans"][-1]
        if fate == 0:
            first["end"] = max(first["start"] + 1, first["end"] - dice.randrange(1, 60))
        elif fate == 1:
            claim["spans"] = [{"start": first["start"], "end": last["end"]}]
        elif fate == 2:
            claim["speaker"] = dice.choice([None, {"name": "Kim"}, {"name": "Bukan Siapa-siapa"}])
        elif fate == 3:
            claim["kind"], claim["cue"] = dice.choice(["direct", "mixed"]), None
        elif fate == 4:
            claim["group_id"] = dice.choice(["x", "y"])
        elif fate == 5:
            first["start"] = max(0, first["start"] - dice.randrange(1, 30))
        if fate != 6:
            kept.append(claim)
    record["claims"] = kept


def spoil_entities(record: Record, dice: random.Random) -> None:
    """Some entities renamed or retyped, some mentions cut or dropped."""
    for entity in record["entities"]:
        if dice.random() < 0.15:
            entity["name"] = dice.choice(["Satu", "Dua"])
        if dice.random() < 0.1:
            entity["type"] = dice.choice(["PER", "ORG", "LOC"])
        entity["mentions"] = [mention for mention in entity["mentions"] if dice.random() > 0.1]
        for mention in entity["mentions"]:
            if dice.random() < 0.1 and mention["end"] - mention["start"] > 1:
                mention["end"] -= 1


def spoilt(gold: list[Record], seed: int) -> list[Record]:
    """Gold as printed, with errors of all kinds."""
    dice = random.Random(seed)
    records = copy.deepcopy(as_predictions(gold))
    for record, wanted in zip(records, gold, strict=True):
        spoil_claims(record, dice)
        spoil_entities(record, dice)
        for start, end in wanted["boilerplate"][:1]:
            leaked = {"kind": "direct", "spans": [{"start": start, "end": end}], "group_id": "z"}
            record["claims"].append(leaked)
            mention = {"start": start, "end": start + 4}
            record["entities"].append({"name": "?", "type": "ORG", "mentions": [mention]})
    return records


def their_figures(folder: Path, records: list[Record], work: Path, gold: Path) -> dict[str, object]:
    """What the acceptance scorer says of the same predictions, through its own converter."""
    lines = "".join(json.dumps(record) + "\n" for record in records)
    convert = [sys.executable, str(folder / "from_kliping.py")]
    flat = subprocess.run(convert, input=lines, capture_output=True, text=True, check=True)
    predictions = work / "flat.jsonl"
    predictions.write_text(flat.stdout, encoding="utf-8")
    command = [sys.executable, str(folder / "score.py"), str(predictions), "--gold", str(gold), "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    figures: dict[str, object] = json.loads(done.stdout)
    return figures


@pytest.mark.parametrize("which", ["acceptance", "seeds"])
@pytest.mark.parametrize("seed", [None, 1, 2, 3, 4])
def test_figures_agree(which: str, seed: int | None, tmp_path: Path) -> None:
    """On perfect and on spoilt predictions every shared measure has the same value."""
    folder = require_shared() / "seeds-gold"
    gold = read_gold(folder / "gold.jsonl") if which == "acceptance" else read_gold()
    # The other scorer knows one name per speaker.
    gold = [{**g, "claims": [{**c, "speaker_also": []} for c in g["claims"]]} for g in gold]
    path = tmp_path / "gold.jsonl"
    path.write_text("".join(json.dumps(record) + "\n" for record in gold), encoding="utf-8")
    records = as_predictions(gold) if seed is None else spoilt(gold, seed)
    ours = scored(gold, records).as_json()
    theirs = their_figures(folder, records, tmp_path, path)
    for name, ours_name in RATES.items():
        found = _at(ours, ours_name)
        assert theirs[name] == pytest.approx({"p": found["precision"], "r": found["recall"], "f1": found["f1"]}), name
    for name, ours_name in FIGURES.items():
        assert theirs[name] == pytest.approx(_at(ours, ours_name)), name


def _at(report: Record, dotted: str) -> Record:
    for part in dotted.split("."):
        report = report[part]
    return report
