"""Articles and claims as citations, read back by others."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest
import rispy

from kliping_shared.export import CITED
from tests.integration.store.builders import article, claim
from tests.unit.export.test_tables import written

#: As much of csl-data.json (citationstyles.org, 1.0.2) as an item of news may have.
_TEXT = {"type": "string"}
ITEMS = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["type", "id"],
        "additionalProperties": False,
        "properties": {
            "type": {"const": "article-newspaper"},
            "author": {"type": "array", "items": {"type": "object", "properties": {"literal": _TEXT}, "additionalProperties": False}},
            "issued": {
                "type": "object",
                "additionalProperties": False,
                "properties": {
                    "date-parts": {
                        "type": "array", "minItems": 1, "maxItems": 2,
                        "items": {"type": "array", "minItems": 1, "maxItems": 3, "items": {"type": ["string", "number"]}},
                    },
                },
            },
            **dict.fromkeys(("id", "title", "container-title", "URL", "language", "publisher-place", "locator", "abstract", "note"), _TEXT),
        },
    },
}  # fmt: skip
ARTICLE = article(
    "a1", title="Air naik\ndi kota", outlet="Kabar Pesisir", author="Sri Wahyuni", url="https://kabar.example/1", language="id",
    origin="Nusa", dateline_place="Palu",
)  # fmt: skip
CLAIM = claim("c1", "Air akan surut", role="wali kota", outlet="Kabar Pesisir") | {
    "author": "Sri Wahyuni", "url": "https://kabar.example/1",
}  # fmt: skip
BARE = article("a2", title="Tanpa apa-apa", day=None)


def items(kind: Any, *portions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The items of a CSL-JSON file."""
    found: list[dict[str, Any]] = json.loads(written("csl.json", kind, *portions))
    jsonschema.validate(found, ITEMS)
    return found


def records(kind: Any, *portions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The records of a RIS file."""
    return list(rispy.loads(written("ris", kind, *portions).decode()))


def test_an_article_as_item() -> None:
    """With all that it tells; what it does not tell is left out."""
    one, bare = items("articles", [ARTICLE], [BARE])
    assert one["issued"] == {"date-parts": [[2023, 9, 13]]}
    assert one["author"] == [{"literal": "Sri Wahyuni"}]
    assert (one["container-title"], one["URL"], one["language"]) == ("Kabar Pesisir", "https://kabar.example/1", "id")
    assert "taken from Nusa" in one["note"]
    assert set(bare) == {"id", "type", "title", "note"}


def test_a_claim_as_item() -> None:
    """Its article, with the words, who says them, and where they stand."""
    (one,) = items("claims", [CLAIM])
    assert one["abstract"] == "Rudi Hartono, wali kota: “Air akan surut”"
    assert (one["id"], one["title"], one["locator"]) == ("c1", "Judul", "0–14")


def test_records_are_read_back() -> None:
    """By another program, each whole; line ends within a value do not break it."""
    one, bare = records("articles", [ARTICLE], [BARE])
    assert (one["type_of_reference"], one["id"], one["title"]) == ("NEWS", "a1", "Air naik di kota")
    assert (one["authors"], one["secondary_title"], one["year"]) == (["Sri Wahyuni"], "Kabar Pesisir", "2023")
    assert (one["date"], one["urls"], one["language"]) == ("2023/09/13", ["https://kabar.example/1"], "id")
    assert bare["title"] == "Tanpa apa-apa"
    (said,) = records("claims", [CLAIM])
    assert said["abstract"] == "Rudi Hartono, wali kota: “Air akan surut”"
    assert any("characters 0–14" in note for note in said["notes"])


@pytest.mark.parametrize("text", ["ER  - ", "a\r\nER  - \r\nTY  - NEWS", "TY  - BOOK"])
def test_no_text_ends_a_record(text: str) -> None:
    """Whatever an article calls itself."""
    assert len(records("articles", [ARTICLE | {"title": text, "author": text}])) == 1


@pytest.mark.parametrize("kind", CITED)
def test_none_are_a_file_too(kind: Any) -> None:
    """An empty list, and nothing."""
    assert (items(kind), written("ris", kind)) == ([], b"")
