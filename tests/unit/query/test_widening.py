"""Names and words that news uses for one another."""

from __future__ import annotations

from pathlib import Path

import pytest

from kliping_shared.analysis import terms
from kliping_shared.names import normal_name
from kliping_shared.query import Also, also, parse, query_of
from kliping_shared.query.widening import synonyms

ALIASES = Path(__file__).parents[3] / "services/extract/kliping_extract/lexicon/aliases.tsv"


@pytest.mark.parametrize(
    ("typed", "forms", "exactly"),
    [
        ("KPK", ("Komisi Pemberantasan Korupsi",), '"KPK"'),
        ("kpk periksa saksi", ("Komisi Pemberantasan Korupsi",), '"kpk" periksa saksi'),
        ("bekas menteri keuangan", ("Kemenkeu", "menkeu"), 'bekas "menteri" "keuangan"'),
        ("dewan perwakilan rakyat daerah", ("DPRD",), '"dewan" "perwakilan" "rakyat" "daerah"'),
        ("Tiongkok", ("China", "Cina"), '"Tiongkok"'),
        ("beras OR bbm", ("bahan bakar minyak",), 'beras OR "bbm"'),
        ("(beras OR bbm) naik", ("bahan bakar minyak",), '(beras OR "bbm") naik'),
        ("AS outlet:Kabar", ("Amerika Serikat",), '"AS" outlet:Kabar'),
        ("undang-undang", ("UU",), '"undang-undang"'),
    ],
)
def test_other_forms_are_searched_too(typed: str, forms: tuple[str, ...], exactly: str) -> None:
    """The longest form counts; the query for what was typed alone has none."""
    assert also(typed) == Also(forms, exactly)
    assert also(exactly) is None


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "beras",
        '"KPK"',
        "-KPK beras",
        "org:KPK",
        "as roda",
        "as, roda",
        "ri.",
        "ri",
        "komisi pemberantasan",
        "menteri OR keuangan",
    ],
)
def test_and_no_others(typed: str) -> None:
    """Quotation marks mean what they hold; two letters are a word unless they are capitals; what is denied stays that."""
    assert also(typed) is None
    assert query_of(typed) == parse(typed)


def test_what_is_typed_stays_as_it_was() -> None:
    """Addresses and feeds keep it."""
    assert str(query_of("KPK (bbm OR beras) -bansos")) == "KPK (bbm OR beras) -bansos"


def test_each_set_has_forms_that_search_takes_for_different_ones() -> None:
    """Else one of them says nothing; and what is one word is in one set alone."""
    rows = [[tuple(terms(form)) for form in forms] for forms in synonyms()]
    assert all(len(forms) == len(set(forms)) > 1 for forms in rows)
    words = [form for forms in rows for form in forms if len(form) == 1]
    assert len(words) == len(set(words))


def test_names_agree_with_those_that_extract_knows() -> None:
    """What is one name when an article is read is never two here, and two names there are not one here."""
    rows = (line.split("\t") for line in ALIASES.read_text("utf-8").splitlines() if line and not line.startswith("#"))
    names = {normal_name(form): name for _, name, others in rows for form in (name, *others.split(", "))}
    for forms in synonyms():
        known = {names[normal_name(form)] for form in forms if normal_name(form) in names}
        assert len(known) < 2, forms
