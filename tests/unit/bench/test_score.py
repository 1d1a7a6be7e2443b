"""Gold scores 1 against itself, and each kind of error shows in its own measure."""

from __future__ import annotations

import copy
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bench.kliping_score.entities import b_cubed
from bench.kliping_score.records import ScoreError, local_day
from bench.kliping_score.report import score_files, table
from tests.support.shared import ROOT
from tests.unit.bench.builders import GOLD, Record, as_predictions, read_gold, scored

RECORDS = read_gold()


def figures(value: Any, path: str = "") -> Iterator[tuple[str, float]]:
    """The numbers of a report by dotted name."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from figures(inner, f"{path}.{name}" if path else name)
    elif isinstance(value, int | float):
        yield path, value


def measures(predictions: list[Record], gold: list[Record] = RECORDS) -> dict[str, float]:
    return dict(figures(scored(gold, predictions).as_json()))


def is_leak(name: str) -> bool:
    return name in ("claims.leaks", "claims.leak_rate")


def test_gold_scores_one_against_itself() -> None:
    """Every measure is 1, and nothing leaks."""
    found = measures(as_predictions(RECORDS))
    assert found.pop("articles") == len(RECORDS)
    assert {name for name, figure in found.items() if figure != (0 if is_leak(name) else 1)} == set()


def test_no_predictions_score_zero() -> None:
    """Without predictions every measure is 0, also for fields that gold leaves empty."""
    found = measures([])
    assert found.pop("articles") == len(RECORDS)
    assert set(found.values()) == {0}


def cut_claim(records: list[Record]) -> None:
    records[0]["claims"][0]["spans"][0]["end"] -= 6


def halve_claim(records: list[Record]) -> None:
    span = records[0]["claims"][0]["spans"][0]
    span["end"] = span["start"] + 5


def drop_direct(records: list[Record]) -> None:
    claims = records[0]["claims"]
    claims.remove(next(claim for claim in claims if claim["kind"] == "direct"))


def rename_speaker(records: list[Record]) -> None:
    records[0]["claims"][0]["speaker"] = {"name": "Bukan Siapa-siapa"}


def change_kind(records: list[Record]) -> None:
    records[0]["claims"][0]["kind"] = "mixed"


def deny(records: list[Record]) -> None:
    claim = next(claim for claim in records[0]["claims"] if claim["kind"] != "direct")
    claim["cue"] = {**claim["cue"], "stance": "deny"}


def leak(records: list[Record]) -> None:
    record = next(record for record in records if any(zone["kind"] == "byline" for zone in record["zones"]))
    zone = next(zone for zone in record["zones"] if zone["kind"] == "byline")
    record["claims"].append({**record["claims"][0], "spans": [{"start": zone["start"], "end": zone["end"]}]})


def retype_entity(records: list[Record]) -> None:
    records[0]["entities"][0]["type"] = "ORG" if records[0]["entities"][0]["type"] != "ORG" else "LOC"


def merge_names(records: list[Record]) -> None:
    for entity in records[0]["entities"]:
        entity["name"] = "Semua"


def split_group(records: list[Record]) -> None:
    claim = next(c for r in records for c in r["claims"] if not c["group_id"].startswith("alone"))
    claim["group_id"] = "sendiri"


def join_groups(records: list[Record]) -> None:
    for record in records:
        record["claims"][0]["group_id"] = "semua"


def spoil(field: str, value: str) -> Callable[[list[Record]], None]:
    def change(records: list[Record]) -> None:
        records[1][field] = value

    return change


def relabel_zone(records: list[Record]) -> None:
    records[1]["zones"][0] = {**records[1]["zones"][0], "kind": "body"}


@pytest.mark.parametrize(
    ("change", "lower"),
    [
        (cut_claim, ["claims.exact.f1"]),
        (halve_claim, ["claims.exact.f1", "claims.overlap.f1"]),
        (drop_direct, ["claims.overlap.recall", "claims.direct_quote_recall", "claims.recall_by_kind.direct"]),
        (rename_speaker, ["claims.speaker_accuracy", "claims.speaker_accuracy_any_name"]),
        (change_kind, ["claims.kind_accuracy"]),
        (deny, ["claims.denied.precision", "claims.denied.f1"]),
        (retype_entity, ["entities.strict.f1", "entities.type_accuracy"]),
        (merge_names, ["entities.canonical_aligned.precision", "entities.canonical_all.precision"]),
        (split_group, ["claims.pairs_matched.recall", "claims.pairs_end_to_end.recall", "claims.pairs_recall_all"]),
        (join_groups, ["claims.pairs_matched.precision", "claims.pairs_end_to_end.precision"]),
        (spoil("title", "Lain"), ["metadata.accuracy.title"]),
        (spoil("author", "Lain"), ["metadata.accuracy.byline"]),
        (spoil("dateline_place", "Lain"), ["metadata.accuracy.dateline_place"]),
        (spoil("origin", "Lain"), ["metadata.accuracy.origin"]),
        (spoil("outlet", "Lain"), ["metadata.accuracy.outlet"]),
        (spoil("published_at", "2026-10-06T19:00:00Z"), ["metadata.accuracy.published_at"]),
        (relabel_zone, ["metadata.zone_accuracy", "metadata.zones.title.recall", "metadata.zones.body.precision"]),
    ],
)
def test_an_error_lowers_its_measure(change: Callable[[list[Record]], None], lower: list[str]) -> None:
    """What was spoilt scores below 1."""
    records = copy.deepcopy(as_predictions(RECORDS))
    change(records)
    found = measures(records)
    assert {name: found[name] for name in lower if found[name] >= 1} == {}


def test_a_leak_is_counted() -> None:
    """A claim in a byline is a leak and a false alarm."""
    records = copy.deepcopy(as_predictions(RECORDS))
    leak(records)
    found = measures(records)
    assert found["claims.leaks"] == 1
    assert found["claims.leak_rate"] > 0
    assert found["claims.overlap.precision"] < 1


def test_another_dress_changes_nothing() -> None:
    """Case and hyphens of names, quote marks at a claim's edge and a mention in boilerplate cost nothing."""
    records = copy.deepcopy(as_predictions(RECORDS))
    for record, gold in zip(records, RECORDS, strict=True):
        for claim in record["claims"]:
            claim["speaker"]["name"] = claim["speaker"]["name"].upper().replace(" ", "-")
            if gold["text"][claim["spans"][0]["start"] - 1] in '"“':
                claim["spans"][0]["start"] -= 1
        for start, _ in gold["boilerplate"][:1]:
            mention = {"start": start, "end": start + 3}
            record["entities"].append({"name": "?", "type": "ORG", "mentions": [mention]})
    assert measures(records)["entities.strict.f1"] == measures(records)["claims.exact.f1"] == 1
    assert measures(records)["claims.speaker_accuracy"] == 1


def test_a_split_quote_in_one_span_counts() -> None:
    """A split quote found from end to end is exact; found as two claims, one of them is a false alarm."""
    gold = next(record for record in RECORDS if any(len(claim["spans"]) > 1 for claim in record["claims"]))
    claim = next(claim for claim in gold["claims"] if len(claim["spans"]) > 1)
    gold = {**gold, "claims": [claim]}
    (whole,) = as_predictions([gold])
    (parts,) = copy.deepcopy(as_predictions([gold]))
    whole["claims"][0]["spans"] = [{"start": claim["start"], "end": claim["end"]}]
    parts["claims"] = [{**parts["claims"][0], "spans": [span]} for span in parts["claims"][0]["spans"]]
    assert measures([whole], [gold])["claims.exact.f1"] == 1
    assert measures([parts], [gold])["claims.overlap.precision"] == 0.5


def test_b_cubed_of_a_wrong_merge() -> None:
    """Two mentions of one name and one of another, all put together: precision 5/9, recall 1."""
    found = b_cubed([("a", "1"), ("a", "1"), ("b", "1")])
    assert found.precision == pytest.approx(5 / 9)
    assert found.recall == 1


def test_offsets_of_another_layout_are_moved() -> None:
    """A prediction with a title before the text and other blanks scores as if it had gold's text."""
    (record,) = copy.deepcopy(as_predictions(RECORDS[:1]))
    shift = len("Judul\n\n")
    record["text"] = "Judul\n\n" + record["text"]
    spans = [mention for entity in record["entities"] for mention in entity["mentions"]]
    spans += [span for claim in record["claims"] for span in claim["spans"]]
    for span in spans:
        span["start"] += shift
        span["end"] += shift
    report = scored(RECORDS[:1], [record])
    assert report.claims.exact.f1 == report.entities.strict.f1 == 1
    assert "offsets were moved" in report.notes[0]


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2026-10-06", "2026-10-06"),
        ("2026-10-06T00:00:00+07:00", "2026-10-06"),
        ("2026-10-05T17:00:00Z", "2026-10-06"),
        (None, None),
    ],
)
def test_the_day_is_that_of_jakarta(value: str | None, day: str | None) -> None:
    """A moment counts as the day that it has in Jakarta."""
    assert local_day(value) == day


def test_unknown_and_missing_files_are_noted() -> None:
    """A file that gold lacks is ignored, one without prediction scores nothing; both are said."""
    records = as_predictions(RECORDS[:2])
    records[0] = {**records[0], "file": "lain.txt"}
    report = scored(RECORDS[:2], records)
    assert report.notes == (f"no prediction for {RECORDS[0]['file']}", "unknown file ignored: lain.txt")


@pytest.mark.parametrize("fault", ["twice", "outside", "other text"])
def test_unusable_predictions_are_refused(fault: str) -> None:
    """A file predicted twice, a span outside the text, another text: an error, never a figure."""
    records = copy.deepcopy(as_predictions(RECORDS[:1]))
    if fault == "twice":
        records *= 2
    elif fault == "outside":
        records[0]["claims"][0]["spans"][0]["end"] = 10**6
    else:
        records[0]["text"] = records[0]["text"].replace("a", "o")
    with pytest.raises(ScoreError, match=RECORDS[0]["file"]):
        scored(RECORDS[:1], records)


@pytest.mark.parametrize(("content", "message"), [("{", "line 1"), ("{}", "another shape"), ("[1]", "another shape")])
def test_a_broken_file_is_named(tmp_path: Path, content: str, message: str) -> None:
    """What is not the output of ``kliping process`` is refused with its name and place."""
    path = tmp_path / "predictions.jsonl"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ScoreError, match=message):
        score_files(path, GOLD)


def test_the_table_has_a_line_for_each_measure() -> None:
    """The table names measures, prints n/a for what gold does not know, and lists wrong metadata."""
    gold = [{key: value for key, value in record.items() if key != "zones"} for record in RECORDS]
    records = as_predictions(RECORDS)
    records[0] = {**records[0], "title": "Lain"}
    lines = table(scored(gold, records)).splitlines()
    assert any(line.startswith("claims.overlap ") and "F1 1.000" in line for line in lines)
    assert any(line.startswith("metadata.zone_accuracy") and line.endswith("n/a") for line in lines)
    assert lines[-1].startswith(f"wrong: {RECORDS[0]['file']}: title is 'Lain'")


def test_the_script_runs_from_anywhere(tmp_path: Path) -> None:
    """``python bench/score.py FILE --json`` prints one object, whatever the working folder."""
    path = tmp_path / "predictions.jsonl"
    path.write_text("".join(json.dumps(record) + "\n" for record in as_predictions(RECORDS)), encoding="utf-8")
    command = [sys.executable, str(ROOT / "bench" / "score.py"), str(path), "--json"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout)["claims"]["exact"]["f1"] == 1


def test_the_script_refuses_with_a_message(tmp_path: Path) -> None:
    """A missing file is exit code 2 and one line."""
    command = [sys.executable, str(ROOT / "bench" / "score.py"), str(tmp_path / "tiada.jsonl")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith("score.py: ")
