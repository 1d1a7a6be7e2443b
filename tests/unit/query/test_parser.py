"""The query language: what people type, what it means, and what it says when it cannot mean anything."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kliping_shared.errors import QueryError
from kliping_shared.query import And, Everything, Field, Not, Or, Phrase, Query, Word, first_day, parse, wanted


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("", Everything()),
        ("  … !!! - ", Everything()),
        ("kim", Word("kim")),
        ("kim satelit", And((Word("kim"), Word("satelit")))),
        ('"perang suci"', Phrase("perang suci")),
        ("“perang suci”", Phrase("perang suci")),
        ("«perang suci»", Phrase("perang suci")),
        ("kim -putin", And((Word("kim"), Not(Word("putin"))))),
        ("-putin", Not(Word("putin"))),
        ('-"perang suci"', Not(Phrase("perang suci"))),
        ("Jong-un", Word("Jong-un")),
        ("Seoul - Kim", And((Word("Seoul"), Word("Kim")))),
        ("Ukraina --sebuah", And((Word("Ukraina"), Word("sebuah")))),
        ("kim OR putin", Or((Word("kim"), Word("putin")))),
        ("kim or putin", And((Word("kim"), Word("or"), Word("putin")))),
        ("a b OR c", Or((And((Word("a"), Word("b"))), Word("c")))),
        ("a (b OR c)", And((Word("a"), Or((Word("b"), Word("c")))))),
        ("-(a OR b)", Not(Or((Word("a"), Word("b"))))),
        ("((a))", Word("a")),
        ("speaker:Kim", Field("speaker", "Kim")),
        ('speaker:"Kim Jong Un"', Field("speaker", "Kim Jong Un")),
        ("Speaker:“Kim Jong-un”", Field("speaker", "Kim Jong-un")),
        ("about:satelit", Field("about", "satelit")),
        ("-stance:deny", Not(Field("stance", "deny"))),
        ("after:2023-09 before:2024", And((Field("after", "2023-09"), Field("before", "2024")))),
        ("outlets:3", Field("outlets", "3")),
        ("pukul 13:30", And((Word("pukul"), Word("13:30")))),
        ("https://kompas.com/a", Word("https://kompas.com/a")),
        ("Baca juga: Kim", And((Word("Baca"), Word("juga:"), Word("Kim")))),
    ],
)
def test_means(text: str, query: Query) -> None:
    """What is typed means exactly this."""
    assert parse(text) == query


@pytest.mark.parametrize(
    ("text", "position", "says"),
    [
        ('kim "perang', 4, "never closed"),
        ("kim OR", 4, "both sides"),
        ("OR kim", 0, "both sides"),
        ("kim OR OR putin", 7, "both sides"),
        ("(kim", 0, "never closed"),
        ("kim)", 3, "never opened"),
        ("()", 0, "empty"),
        (")", 0, "never opened"),
        ("speker:Kim", 0, "did you mean speaker:"),
        ("foo:bar", 0, "no field foo:"),
        ("speaker: Kim", 8, "right after the colon"),
        ('speaker:""', 8, "needs a value"),
        ("before:kemarin", 7, "day, month or year"),
        ("before:2023-02-30", 7, "day, month or year"),
        ("outlets:dua", 8, "number"),
        ("a" * 4001, 4000, "longer than"),
        ("(" * 60 + "a" + ")" * 60, 50, "inside each other"),
    ],
)
def test_refuses(text: str, position: int, says: str) -> None:
    """What cannot be understood is refused with the place and a message that helps."""
    with pytest.raises(QueryError) as caught:
        parse(text)
    assert caught.value.position == position
    assert says in caught.value.message


def test_a_field_knows_where_it_stands() -> None:
    """In what was typed, so that a kind of documents that has no such field can point at it."""
    assert [leaf.position for leaf in wanted(parse('a speaker:b (c OR cue:"d")')) if isinstance(leaf, Field)] == [2, 18]


PIECES = st.sampled_from(
    ['"', "“", "”", "«", "»", "(", ")", "-", "--", " ", " OR ", "OR", ":", "speaker:", "Kim", "kata", "2023", "_", "!", "after:2023",
     "title:", "Jong-un", "\n", "x:", "é", "�"]
)  # fmt: skip


@given(st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=14).map("".join)))
@settings(max_examples=600, deadline=None)
@example('speaker:"-"')
@example("-(-x)")
@example("a\x00b")
def test_never_fails_and_round_trips(text: str) -> None:
    """Whatever is typed, either a QueryError with a place inside the text comes, or a query that prints as itself."""
    query = _parsed(text)
    if isinstance(query, QueryError):
        assert 0 <= query.position <= len(text)
        assert query.message
    else:
        assert parse(str(query)) == query
        assert all(leaf for leaf in wanted(query))


def _parsed(text: str) -> Query | QueryError:
    try:
        return parse(text)
    except QueryError as error:
        return error


def test_wanted_leaves_out_what_is_denied() -> None:
    """Only what a document is found for is wanted, never what it must not hold."""
    assert list(wanted(parse('a -b ("c d" OR speaker:e)'))) == [Word("a"), Phrase("c d"), Field("speaker", "e")]


@pytest.mark.parametrize(
    ("value", "day"),
    [("2023", "2023-01-01"), ("2023-9", "2023-09-01"), ("2023-09-13", "2023-09-13"), ("0000", None), ("13/9", None)],
)
def test_first_day(value: str, day: str | None) -> None:
    """A year and a month begin with their first day; other forms are no dates."""
    assert first_day(value) == day
