"""The seeds' gold is built from its annotations and fits its articles."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from seeds.build_gold import (
    SETS,
    AnnotationError,
    Name,
    article_text,
    build,
    build_zones,
    find_names,
    locate,
    locate_parts,
)
from tests.unit.bench.builders import read_gold

RECORDS = [record | {"set": folder} for folder in SETS for record in read_gold(folder / "gold" / "gold.jsonl")]
by_file = pytest.mark.parametrize("record", RECORDS, ids=lambda record: record["file"])
by_set = pytest.mark.parametrize("folder", SETS, ids=lambda folder: folder.name)


@by_set
def test_gold_is_up_to_date(folder: Path) -> None:
    """gold.jsonl is what build_gold makes of the annotations."""
    assert (folder / "gold" / "gold.jsonl").read_text(encoding="utf-8") == build(folder)


@by_set
def test_every_article_has_gold(folder: Path) -> None:
    """No article goes without annotations, and every event has at least four outlets."""
    records = [record for record in RECORDS if record["set"] == folder]
    assert {record["file"] for record in records} == {path.name for path in (folder / "articles").iterdir()}
    outlets = Counter(event for event, _ in {(record["event"], record["outlet"]) for record in records})
    assert min(outlets.values()) >= 4


def test_there_are_enough_articles() -> None:
    """Sixty articles on fifteen events, half of them for testing alone."""
    assert len({record["event"] for record in RECORDS}) >= 15
    assert len(RECORDS) >= 60
    assert sum(record["set"].name == "test" for record in RECORDS) >= 30


@by_file
def test_text_is_the_articles(record: dict[str, Any]) -> None:
    """Gold's text is the text of its file."""
    assert record["text"] == article_text(record["set"] / "articles" / record["file"])


@by_file
def test_spans_say_their_words(record: dict[str, Any]) -> None:
    """Every span of an entity or claim covers the words that gold repeats."""
    spans = record["entities"] + [span for claim in record["claims"] for span in claim["spans"]]
    assert [record["text"][span["start"] : span["end"]] for span in spans] == [span["text"] for span in spans]


@by_file
def test_zones_cover_all_but_blanks(record: dict[str, Any]) -> None:
    """Zones are sorted, do not overlap and leave blanks only."""
    at = 0
    for zone in record["zones"]:
        assert not record["text"][at : zone["start"]].strip()
        assert at <= zone["start"] < zone["end"]
        at = zone["end"]
    assert not record["text"][at:].strip()


@by_file
def test_claims_have_no_outer_quotes_or_stops(record: dict[str, Any]) -> None:
    """A claim ends before its full stop, a direct one before its closing quote mark."""
    for claim in record["claims"]:
        ends = [span["text"][-1] for span in claim["spans"]]
        assert not set(ends) & set(".,")
        assert claim["kind"] != "direct" or not set(ends) & set('"”»')


@by_file
def test_claims_are_many_enough(record: dict[str, Any]) -> None:
    """An article has 5 to 19 claims."""
    assert 5 <= len(record["claims"]) <= 19


def test_every_kind_of_claim_is_there() -> None:
    """Direct, indirect, mixed, split, relayed, joint and unnamed claims all occur."""
    claims = [claim for record in RECORDS for claim in record["claims"]]
    assert {claim["kind"] for claim in claims} == {"direct", "indirect", "mixed"}
    assert any(len(claim["spans"]) > 1 for claim in claims)
    assert any(claim["via"] for claim in claims)
    assert any(" & " in claim["speaker"] for claim in claims)
    assert any(claim["note"] == "unnamed" for claim in claims)


def test_locate_wants_a_snippet_once() -> None:
    """A snippet that stands twice is refused, unless it is said from where to look."""
    with pytest.raises(AnnotationError, match="2 times"):
        locate("ada apa ada", "ada")
    assert locate("ada apa ada", "ada", begin=1) == (8, 11)


@pytest.mark.parametrize("snippet", ["tiada", "apa … lusa"])
def test_locate_refuses_what_is_not_there(snippet: str) -> None:
    """A snippet or its end that the text lacks is an error that names it."""
    with pytest.raises(AnnotationError):
        locate("ada apa", snippet)


def test_locate_spans_an_elision() -> None:
    """An elision stands for the words between."""
    assert locate("satu dua tiga empat", "dua … empat") == (5, 19)


def test_parts_follow_each_other() -> None:
    """The parts of a split quote are looked for one behind the other."""
    assert locate_parts("Itu benar, kata dia, itu benar.", ["Itu", "benar"]) == [(0, 3), (4, 9)]


def test_the_longest_name_wins() -> None:
    """A name inside a longer one is not marked, nor one inside a word."""
    names = {"BPBD Sari": Name("ORG", "BPBD Sari"), "Sari": Name("LOC", "Sari")}
    assert [item["text"] for item in find_names("BPBD Sari di Sari, bukan Sarinah", names)] == ["BPBD Sari", "Sari"]


def test_overlapping_zones_are_refused() -> None:
    """Two marked zones may not share a character."""
    with pytest.raises(AnnotationError, match="overlaps"):
        build_zones("Judul isi", {"title": [(0, 5)], "dateline": [(4, 7)]})


def test_a_missing_annotation_file_names_the_article(tmp_path: Path) -> None:
    """A wrong annotation is reported with its article."""
    (tmp_path / "articles").mkdir()
    (tmp_path / "gold").mkdir()
    (tmp_path / "articles" / "satu.txt").write_text("Isi.", encoding="utf-8")
    (tmp_path / "gold" / "satu.toml").write_text('event = "e"\noutlet = "o"\ntitle = "Judul"\nclaims = []\n', "utf-8")
    with pytest.raises(AnnotationError, match=r"satu\.txt: 'Judul'"):
        build(tmp_path)
