"""Lines of a file for spreadsheets, programs and data frames."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from pyarrow import ArrowInvalid, parquet

from kliping_shared.export import FORMATS, FormatName, columns
from kliping_shared.store.documents import DOCUMENT_OF, KINDS, Kind


def written(name: FormatName, kind: Kind, *portions: list[dict[str, Any]], bom: bool = False) -> bytes:
    """The whole file."""
    encoder = FORMATS[name].encoder(kind, bom)
    return b"".join([encoder.begin(), *(encoder.rows(some) for some in portions), encoder.end()])


def rows(file: bytes) -> list[dict[str, str]]:
    """The lines of a CSV file."""
    return list(csv.DictReader(io.StringIO(file.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize(
    "text", ["=1+1", "+62 811", "-5", "@SUM(A1)", "\tA", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠A"]
)
def test_a_cell_that_looks_like_a_formula_is_text(text: str) -> None:
    """A spreadsheet must not run what an article says, alone or as the first of several."""
    row = rows(written("csv", "claims", [{"text": text, "person": [text, "B"], "start": -5}]))[0]
    assert (row["text"], row["person"], row["start"]) == (f"'{text}", f"'{text}; B", "-5")


def test_a_cell_holds_what_the_document_does() -> None:
    """Line ends, quotation marks, commas and any script come back to the letter; what is missing is empty."""
    text = 'Ia berkata,\n"jangan";\r\nlalu 水'
    row = rows(written("csv", "claims", [{"text": text, "confidence": 0.5, "outlet": None}]))[0]
    assert (row["text"], row["confidence"], row["outlet"], row["person"]) == (text, "0.5", "", "")


def test_lists_keep_the_place_of_what_is_missing() -> None:
    """The third address belongs to the third article."""
    row = rows(written("csv", "groups", [{"source_urls": [None, None, "https://a.example/3"]}]))[0]
    assert row["source_urls"].split("; ") == ["", "", "https://a.example/3"]


def test_csv_begins_with_a_mark_where_that_is_wanted() -> None:
    """By which a spreadsheet knows that it is UTF-8."""
    assert written("csv", "claims", bom=True) == b"\xef\xbb\xbf" + written("csv", "claims")


@pytest.mark.parametrize("kind", KINDS)
def test_tables_have_the_documents_fields(kind: Kind) -> None:
    """All that fit into a cell, first the day of publication; the header stands also where nothing was found."""
    header = written("csv", kind).decode().strip().split(",")
    assert header == list(columns(kind)) == parquet.read_table(io.BytesIO(written("parquet", kind))).column_names
    assert header[0] == "published_on"
    nested = {"body", "zones", "wordings", "articles", "differences"}
    assert set(DOCUMENT_OF[kind].model_fields) - set(header) <= nested
    assert not set(header) & nested


def test_who_says_what_stands_before_ids() -> None:
    """A spreadsheet shows only so many columns at first."""
    header = list(columns("claims"))
    assert header[:4] == ["published_on", "speaker", "role", "text"]
    assert header.index("url") < min(header.index(name) for name in header if name.endswith("_id"))


def test_parquet_keeps_types_and_lists() -> None:
    """A row group for each portion; lists are lists, numbers numbers, missing is null."""
    first = {"claim_id": "c1", "text": "=1", "person": ["A", "B"], "start": 3, "confidence": 0.5}
    file = written("parquet", "claims", [first], [{"claim_id": "c2"}])
    found = parquet.ParquetFile(io.BytesIO(file))
    assert found.num_row_groups == 2
    one, two = found.read().to_pylist()
    assert {name: one[name] for name in first} == first
    assert (two["person"], two["start"], two["text"]) == (None, None, None)


def test_a_parquet_file_that_is_cut_short_is_none() -> None:
    """Whoever reads it learns that it is not whole."""
    file = written("parquet", "claims", [{"claim_id": "c1"}])
    with pytest.raises(ArrowInvalid):
        parquet.read_table(io.BytesIO(file[:-1]))
