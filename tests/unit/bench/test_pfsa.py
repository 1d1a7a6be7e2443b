"""Reading a tag file and bringing claims into its labels."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

from bench.pfsa.__main__ import predict
from bench.pfsa.corpus import Label, read_articles

if TYPE_CHECKING:
    from pathlib import Path

TAGS = """BATU O|, O|KOMPAS O|— O|Pintu B-ISSUE|air I-ISSUE|rusak L-ISSUE|. O|” B-STATEMENT|Kami I-STATEMENT|segera I-STATEMENT|
memperbaikinya I-STATEMENT|, I-STATEMENT|” L-STATEMENT|kata U-CUE|Kepala O|Dinas O|Air O|Budi B-PERSON|Santoso L-PERSON|, O|
Senin B-DATETIME|( I-DATETIME|4 I-DATETIME|/ I-DATETIME|5 I-DATETIME|/ I-DATETIME|2026 I-DATETIME|) L-DATETIME|. O|
MALANG O|, O|KOMPAS O|— O|Jalan O|sepi O|. O"""


def written(folder: Path, tags: str = TAGS) -> Path:
    path = folder / "tags.txt.gz"
    with gzip.open(path, "wt", encoding="utf-8") as out:
        out.writelines(line.strip().replace(" ", "\t") + "\n" for line in tags.split("|"))
    return path


def test_articles_are_cut_at_datelines_and_printed_as_newspapers_do(tmp_path: Path) -> None:
    """Marks get their direction, brackets and dates their spacing; labels stand on the text's characters."""
    first, second = read_articles(written(tmp_path))
    assert first.text == (
        "BATU, KOMPAS — Pintu air rusak. “Kami segera memperbaikinya,” kata Kepala Dinas Air Budi Santoso, Senin (4/5/2026)."
    )
    assert second.text == "MALANG, KOMPAS — Jalan sepi."
    assert {(label.name, first.text[label.start : label.end]) for label in first.labels} == {
        ("ISSUE", "Pintu air rusak"),
        ("STATEMENT", "“Kami segera memperbaikinya,”"),
        ("CUE", "kata"),
        ("PERSON", "Budi Santoso"),
        ("DATETIME", "Senin (4/5/2026)"),
    }


def test_a_label_covers_whole_tokens(tmp_path: Path) -> None:
    """Half a token counts as the token, nothing as None."""
    first, _ = read_articles(written(tmp_path))
    assert first.snapped(Label(2, 7, "X")) == Label(0, 12, "X")
    assert first.snapped(Label(len(first.text) + 3, len(first.text) + 5, "X")) is None


def test_what_the_extractor_finds_is_told_in_the_corpus_labels(tmp_path: Path) -> None:
    """Statement with its marks, cue, introduction and day of a plain sentence."""
    articles = read_articles(written(tmp_path))
    found, nothing = predict(articles)
    told = {(label.name, articles[0].text[label.start : label.end]) for label in found}
    assert {("STATEMENT", "“Kami segera memperbaikinya,”"), ("CUE", "kata"), ("PERSON", "Budi Santoso")} <= told
    assert ("DATETIME", "Senin (4/5/2026)") in told
    assert {label.name for label in nothing} <= {"ISSUE"}


def test_who_is_introduced_in_the_first_sentence_is_labelled_where_he_stands_next(tmp_path: Path) -> None:
    """A word has one label; ranks go to the name, parts of a body to the office; a lone name introduces nobody."""
    text = (
        "BATU , KOMPAS — Kepala Bidang Irigasi Kementerian Air Budi Santoso tiba . Kepala Bidang Irigasi Kementerian Air "
        "Ajun Komisaris Budi Santoso marah . “ Pintu rusak , ” kata Budi . Warga pulang . “ Kami takut , ” kata Wati ."
    )
    [article] = read_articles(written(tmp_path, "|".join(f"{word} O" for word in text.split())))
    [found] = predict([article])
    told = sorted((label.start, label.name, article.text[label.start : label.end]) for label in found)
    assert [(name, words) for _, name, words in told if name in {"PERSON", "ROLE", "AFFILIATION"}] == [
        ("ROLE", "Kepala Bidang Irigasi"),
        ("AFFILIATION", "Kementerian Air"),
        ("PERSON", "Ajun Komisaris Budi Santoso"),
    ]
    first_sentence = next(end for start, name, words in told if name == "ISSUE" for end in [start + len(words)])
    assert min(start for start, name, _ in told if name == "ROLE") > first_sentence
