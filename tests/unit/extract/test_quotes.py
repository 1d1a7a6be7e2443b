"""Quote marks are paired whatever their shape."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.unit.extract.annotated import prose


def quoted(text: str) -> list[str]:
    read = prose(text)
    return [" / ".join(read.tokens.span_text(*part) for part in quote.parts) for quote in read.quotes]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('Ia berkata, "Saya pulang." Lalu pergi.', ["Saya pulang."]),
        ("“Saya pulang,” katanya.", ["Saya pulang,"]),
        ("«Saya pulang», katanya.", ["Saya pulang"]),
        ("„Saya pulang,“ katanya.", ["Saya pulang,"]),
        ("”Saya pulang,” katanya.", ["Saya pulang,"]),
        ('“Saya pulang," katanya.', ["Saya pulang,"]),
        ('"Saya pulang,” katanya.', ["Saya pulang,"]),
        ("‘Saya pulang,’ katanya.", ["Saya pulang,"]),
        ("''Saya pulang,'' katanya.", ["Saya pulang,"]),
        ('"Satu." "Dua." "Tiga."', ["Satu.", "Dua.", "Tiga."]),
        ('Ia (yang disebut "si bungsu") datang.', ["si bungsu"]),
    ],
)
def test_pairs_marks_of_any_shape(text: str, expected: list[str]) -> None:
    """Straight, curly, angled, low and mixed marks give the words between them."""
    assert quoted(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“Ia bilang ‘tidak’ kepada saya,” kata Rudi.", ["Ia bilang ‘tidak’ kepada saya,"]),
        ('"Ia bilang "tidak" kepada saya," kata Rudi.', ['Ia bilang "tidak" kepada saya,']),
        ("“Salat Jum'at di Ma'had itu,” kata Rudi.", ["Salat Jum'at di Ma'had itu,"]),
        ("‘Mereka teriak “pergi” tadi,’ kata Rudi.", ["Mereka teriak “pergi” tadi,"]),
    ],
)
def test_nested_marks_stay_inside(text: str, expected: list[str]) -> None:
    """A quote within a quote, and an apostrophe, belong to the outer quote."""
    assert quoted(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"Kami siap berangkat, kata Rudi di Bogor.', ["Kami siap berangkat"]),
        ('"Kami siap berangkat, ujarnya.', ["Kami siap berangkat"]),
        ('Ia menulis: "Kami siap\nKapal itu berlayar.', ["Kami siap"]),
        ('Kapal itu" berlayar.', []),
        ('"Kami siap. "Kami berangkat," kata Rudi.', ["Kami siap.", "Kami berangkat,"]),
    ],
)
def test_unclosed_marks_end_before_the_cue_or_with_the_paragraph(text: str, expected: list[str]) -> None:
    """A quote that never closes does not swallow its attribution, nor the next paragraph."""
    assert quoted(text) == expected


def test_a_quote_over_paragraphs_is_one() -> None:
    """An opening mark repeated at each paragraph carries one quote on."""
    assert quoted("“Kami siap.\n“Kapal sudah ada.\n“Besok berangkat,” kata Rudi.") == [
        "Kami siap. / Kapal sudah ada. / Besok berangkat,"
    ]


def test_a_quote_may_close_in_the_next_paragraph() -> None:
    """A missing opening mark in the second paragraph is forgiven."""
    assert quoted("“Kami siap.\nKapal sudah ada,” kata Rudi.") == ["Kami siap. / Kapal sudah ada,"]


@settings(max_examples=150, deadline=None)
@example('"a\n”')
@given(st.text(alphabet="ab ,.\n\"'“”„«»‘’", max_size=60))
def test_quotes_are_disjoint_and_ordered(text: str) -> None:
    """For any text the quotes lie in order, apart from each other, with their parts inside."""
    read = prose(text)
    end = 0
    for quote in read.quotes:
        assert end <= quote.start < quote.end
        end = quote.end
        for start, stop in quote.parts:
            assert quote.start <= start < stop <= quote.end
