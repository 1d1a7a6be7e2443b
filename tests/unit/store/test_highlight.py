"""Where a document matches: pieces, ranges, values."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kliping_shared.analysis import stem
from kliping_shared.analysis.tokens import WORD, fold
from kliping_shared.query import parse
from kliping_shared.store.documents import KINDS
from kliping_shared.store.embedded.schema import FIELD_NAMES, FIELDS_AT_MOST
from kliping_shared.store.highlight import highlights, needles
from kliping_shared.store.searchable import pieces
from kliping_shared.store.values import as_values, folded, names


def _marked(query: str, text: str, kind: str = "claims", **fields: object) -> list[str]:
    document = {"text": text, **fields}
    ranges = highlights(kind, document, needles(parse(query), kind))  # type: ignore[arg-type]
    return [text[start:end] for start, end in ranges.get("text", ())]


@pytest.mark.parametrize(
    ("query", "text", "marked"),
    [
        ("tegas", "Ia menegaskan dan ditegaskan", ["menegaskan", "ditegaskan"]),
        ('"kerja sama"', "kerja sama, sama kerja, bekerja sama", ["kerja sama", "bekerja sama"]),
        ("Jong-un", "Kim Jong Un dan Un", ["Jong Un"]),
        ("-takut", "takut", []),
        ("speaker:takut", "takut", []),
        ("title:takut", "takut", []),
        ("a OR b", "b a", ["b", "a"]),
        ('"a b" "b c"', "a b c", ["a b c"]),
        ("kata", "", []),
    ],
)
def test_marks(query: str, text: str, marked: list[str]) -> None:
    """These stretches of the text are marked, overlapping ones as one."""
    assert _marked(query, text) == marked


@given(st.text(alphabet="ab c-'é\u0301.1,\n", max_size=60), st.sampled_from(["a", "b c", '"a b"', "ab", "1", "é"]))
@settings(max_examples=300, deadline=None)
def test_ranges_are_in_order_and_hold_the_words(text: str, query: str) -> None:
    """Ranges are sorted, apart and inside the text, and each starts with a word that was asked for."""
    sought = needles(parse(query), "claims")
    firsts = {needle.terms[0] for needle in sought}
    end = 0
    for start, stop in highlights("claims", {"text": text}, sought).get("text", ()):
        assert end <= start < stop <= len(text)
        assert any(stem(text[start:cut]) in firsts for cut in range(start + 1, stop + 1))
        end = stop


def test_zones_keep_their_place() -> None:
    """A zone's piece knows where in the text it starts; title and boilerplate are no pieces of the text."""
    text = "Judul\nIsi satu\nBaca juga"
    zones = [
        {"kind": "title", "start": 0, "end": 5},
        {"kind": "body", "start": 6, "end": 14},
        {"kind": "boilerplate", "start": 15, "end": 24},
    ]
    found = pieces("articles", {"title": "Judul", "text": text, "zones": zones})
    assert [(piece.column, piece.text, piece.offset) for piece in found] == [
        ("title", "Judul", 0),
        ("text", "Isi satu", 6),
    ]


@pytest.mark.parametrize(
    ("value", "same"),
    [
        ("Kim Jong-un", "kim jong un"),
        ("PT. Öl & Gas", "pt ol gas"),
        ("  ", ""),
        ("G-20", "g 20"),
        ("C038e0098B", "c 038 e 0098 b"),
    ],
)
def test_values_are_compared_folded(value: str, same: str) -> None:
    """Case, accents, hyphens and punctuation make no other value."""
    assert folded(value) == same


@given(st.text(alphabet="aZ09.-é ", max_size=80))
def test_values_are_folded_word_by_word(value: str) -> None:
    """A value's form for comparing is that of its words, whatever it is made of."""
    assert folded(value) == " ".join(fold(word) for word in WORD.findall(value))


@pytest.mark.parametrize(
    ("value", "texts"),
    [(["Kim", "Kim", "", None, "Putin"], ("Kim", "Putin")), (2, ("2",)), (0, ("0",)), ("", ()), (None, ()), ([], ())],
)
def test_values_of_a_field(value: object, texts: tuple[str, ...]) -> None:
    """Lists give each value once, numbers as text; empty ones are no values."""
    assert as_values(value) == texts


def test_every_field_has_its_number() -> None:
    """Every field that can be filtered by has a number in the embedded store, each another."""
    assert {name for kind in KINDS for name in names(kind)} == set(FIELD_NAMES)
    assert len(set(FIELD_NAMES)) == len(FIELD_NAMES) < FIELDS_AT_MOST
