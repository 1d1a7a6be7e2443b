"""Whatever the text: zones are sorted, apart, cover all but blanks, and nothing raises."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kliping_ingest.domain.identity import article_id
from tests.unit.text.builders import article_of
from tests.unit.text.layouts import read_layouts

LINES = sorted({line for case in read_layouts() for line in case.lines})
PIECES = st.one_of(
    st.sampled_from(LINES),
    st.text(max_size=60),
    st.sampled_from(
        ["Baca juga:", "Penulis:", "Jakarta", " - ", "(", "KOMPAS.com", ",", "Rabu (8/5)", "\u2028", "\r", "\x0c"]
    ),
)
TEXTS = st.lists(st.tuples(PIECES, st.sampled_from(["\n", "\n\n", "\r\n", " ", ""])), min_size=1, max_size=15).map(
    lambda parts: "".join(piece + gap for piece, gap in parts)
)


@given(text=TEXTS.filter(lambda text: text != ""))
@settings(max_examples=300, deadline=None)
def test_zones_cover_all_but_blanks_and_do_not_overlap(text: str) -> None:
    """Every character that is no blank lies in exactly one zone; zones come in order; the text is unaltered."""
    article = article_of(text)
    assert article.text == text
    position = 0
    for zone in article.zones:
        assert not text[position : zone.start].strip()
        assert zone.start >= position
        assert zone.of(text).strip()
        position = zone.end
    assert not text[position:].strip()


@given(
    text=TEXTS.filter(lambda text: text != ""),
    title=st.one_of(st.none(), st.text(max_size=40)),
    outlet=st.one_of(st.none(), st.text(max_size=20)),
    url=st.one_of(st.none(), st.text(max_size=40), st.just("https://www.example.co.id/a?b=1")),
    published_at=st.one_of(st.none(), st.text(max_size=30), st.datetimes()),
)
@settings(deadline=None)
def test_any_metadata_is_survived(text: str, **metadata: object) -> None:
    """Damaged metadata never raises, the time of publication always has an offset, and the article can be sent."""
    article = article_of(text, **metadata)
    assert article.published_at is not None
    assert article.published_at.tzinfo is not None
    assert type(article).model_validate_json(article.model_dump_json()) == article


def test_lone_surrogates_are_replaced_in_place() -> None:
    """A text that no message could carry is mended without moving an offset, and says so."""
    article = article_of("Kata dia \ud800 itu.")
    assert article.text == "Kata dia \ufffd itu."
    assert article.notes == ("Characters that are no valid Unicode were replaced.",)


def test_id_is_that_of_the_text() -> None:
    """The article id depends on the text alone, not on where it lies."""
    left, right = article_of("Kapal  tiba.", path="x.txt"), article_of("Kapal tiba.\n", path="y.txt")
    assert left.article_id == right.article_id == article_id("Kapal tiba.")


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "unit",
    ["a", "1 ", "Rabu (", "- ", "(", "Baca juga: ", "dilansir dari laman ", "> ", "[gambas", "(baca:", "a\n", "\r"],
)
def test_large_repetitions_take_linear_time(unit: str) -> None:
    """300,000 characters of nearly-matches end within the time limit, which quadratic work would not."""
    assert article_of("x" + unit * (300_000 // len(unit))).zones
