"""What a query that is being typed may go on with."""

from __future__ import annotations

import pytest

from kliping_search.domain.suggesting import suggestions
from kliping_shared.query import FIELDS, parse
from kliping_shared.store.known import KnownNames, Name
from kliping_shared.store.values import folded


def name(field: str, value: str, count: int) -> Name:
    """A name of so many articles."""
    return Name(field, value, count, f" {folded(value)} ")


NAMES = KnownNames(
    (
        name("person", "Ratna Wulandari", 9),
        name("speaker", "Ratna Wulandari", 5),
        name("outlet", "Suara Pesisir", 4),
        name("person", "Kim Jong-un", 3),
        name("place", "Wulandoni", 2),
        name("person", "Kim Jong Un", 2),
        name("org", "Réseau Ratna", 1),
        name("person", "Rudi", 1),
        name("agreement", "single_source", 1),
    )
)


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("rat", ['person:"Ratna Wulandari" ', 'org:"Réseau Ratna" ']),
        ("RÉS", ['org:"Réseau Ratna" ']),
        ("wul", ['person:"Ratna Wulandari" ', "place:Wulandoni "]),
        ("banjir ratna wu", ['banjir person:"Ratna Wulandari" ']),
        ("banjir OR pes", ['banjir OR outlet:"Suara Pesisir" ']),
        ("(rudi", ["(person:Rudi "]),
        ("-wulando", ["-place:Wulandoni "]),
        ("kim jong-u", ['person:"Kim Jong-un" ']),
        ("speaker:", ['speaker:"Ratna Wulandari" ']),
        ("speaker:wul", ['speaker:"Ratna Wulandari" ']),
        ('beras -Speaker:"ratna wu', ['beras -speaker:"Ratna Wulandari" ']),
        ("about:wulan", ['about:"Ratna Wulandari" ', "about:Wulandoni "]),
        ("agreement:", ["agreement:single_source "]),
        ("agreement:sou", ["agreement:single_source "]),
        ("single", []),
        ("spea", ["speaker:"]),
        ("beras -outl", ["beras -outlet:", "beras -outlets:"]),
        ("speaker:kim", []),
        ("ulandari", []),
        ("r", ["role:"]),
        ('"ratna', []),
        ("pukul 13:30", []),
        ("ratna ", []),
        ("", []),
    ],
)
def test_completes_the_end(typed: str, offered: list[str]) -> None:
    """Any word of a name, whatever its case and accents; two spellings are one name; nothing inside a phrase."""
    assert [one.query for one in suggestions(NAMES, typed, 8)] == offered


def test_every_completion_is_a_query() -> None:
    """It can be asked as it is; that of a field wants a value."""
    for typed in ("rat", "kim jong", "speaker:r", "beras wul"):
        for one in suggestions(NAMES, typed, 8):
            assert parse(one.query if one.type == "name" else f"{one.query}2023")


def test_most_articles_first_and_no_more_than_asked_for() -> None:
    """The name is told with its field and the number of its articles."""
    (only,) = suggestions(NAMES, "r", 1)
    assert only.type == "field"
    first, second = suggestions(NAMES, "wulan", 2)
    assert (first.type, first.field, first.value, first.count) == ("name", "person", "Ratna Wulandari", 9)
    assert second.count == 2
    assert len(suggestions(NAMES, "wulan", 1)) == 1


def test_every_field_can_be_completed() -> None:
    """By its whole name less a letter."""
    for field in FIELDS:
        assert f"{field}:" in [one.query for one in suggestions(KnownNames(), field[:-1], 8)]
