"""The wordings of a group beside each other, and who has them from whom."""

from __future__ import annotations

from typing import Any

import pytest

from kliping_search.domain.wordings import (
    by_origin,
    by_outlet,
    carriers,
    columns,
    in_time,
    shown_first,
    taken,
    with_drift,
)


def wording(claim_id: str, text: str, *, kind: str = "direct", **fields: Any) -> dict[str, Any]:
    """A member of a group as its document has it."""
    whole = {"claim_id": claim_id, "article_id": f"a-{claim_id}", "text": text, "kind": kind, "stance": "neutral"}
    return {**whole, "outlet": claim_id.title(), "origin": None, "independent_origin": claim_id.title(), **fields}


def group(*wordings: dict[str, Any], text: str) -> dict[str, Any]:
    """A group's document."""
    return {"text": text, "wordings": list(wordings)}


AIR = "Air naik 2 meter di Tirtasari"
GROUP = group(
    wording("kabar", "air naik dua meter", kind="indirect"),
    wording("warta", AIR),
    wording("suara", "Air naik 3 meter di Tirtasari"),
    wording("lensa", AIR),
    wording("gema", "“Air naik 2 meter” semalam", kind="mixed"),
    text=AIR,
)


def test_the_earliest_quote_of_the_shown_text_is_the_measure() -> None:
    """A report in the same words that came earlier is not."""
    reported = group(wording("kabar", AIR, kind="indirect"), wording("warta", AIR), text=AIR)
    assert shown_first(GROUP)["claim_id"] == "warta"
    assert shown_first(reported)["claim_id"] == "warta"


def test_every_wording_but_the_first_is_compared() -> None:
    """A quote beside a quote drifts; a report is compared too, and told to be one."""
    found = {one["claim_id"]: one["drift"] for one in with_drift(GROUP)}
    assert found["warta"] is None
    assert (found["lensa"]["same"], found["lensa"]["quotes"]) == (1.0, True)
    assert [piece["first"] for piece in found["suara"]["pieces"] if piece["telling"]] == ["2"]
    assert (found["suara"]["close"], found["gema"]["quotes"], found["kabar"]["quotes"]) == (True, True, False)


def test_a_claim_that_nobody_quotes_has_no_quote_drift() -> None:
    """Two reports of it are compared as reports."""
    found = with_drift(group(wording("a", "air naik", kind="indirect"), wording("b", "air surut"), text="air naik"))
    assert [one["drift"] and one["drift"]["quotes"] for one in found] == [None, False]


def test_wordings_in_the_same_words_share_a_column() -> None:
    """The first comes first; each outlet is there once."""
    made = [[one["claim_id"] for one in column] for column in columns(with_drift(GROUP))]
    assert made == [["warta", "lensa"], ["kabar"], ["suara"], ["gema"]]


def test_origins_tell_who_has_it_from_whom() -> None:
    """The most carried first; an outlet that has it twice is there once."""
    members = [
        wording("solo", "x"),
        wording("kabar", "x", origin="Merapi", independent_origin="Merapi"),
        wording("kabar", "x", origin="Merapi", independent_origin="Merapi"),
        wording("warta", "x", independent_origin="Merapi"),
    ]
    found = {origin: [one["claim_id"] for one in carried] for origin, carried in by_origin(members).items()}
    assert list(found.items()) == [("Merapi", ["kabar", "warta"]), ("Solo", ["solo"])]


@pytest.mark.parametrize(
    ("fields", "origin", "alone", "expected"),
    [
        ({"origin": "Merapi"}, "Merapi", False, "names"),
        ({"via": "Merapi"}, "Merapi", True, "names"),
        ({}, "Merapi", False, "unnamed"),
        ({}, "Kabar", False, "own"),
        ({"via": "kantor berita asing"}, "KABAR", True, "own"),
        ({}, "The Kabar", True, "own"),
    ],
)
def test_an_outlet_names_its_origin_or_not(fields: dict[str, str], origin: str, alone: bool, expected: str) -> None:
    """By a source line or by who relayed the claim; an outlet that is its own origin takes it from nobody."""
    assert taken(wording("kabar", "x", **fields), origin, alone=alone) == expected


def test_a_member_told_before_origins_were_stands_under_the_one_it_names() -> None:
    """Documents of an older Kliping are shown all the same."""
    old = {
        name: value for name, value in wording("kabar", "x", origin="Merapi").items() if name != "independent_origin"
    }
    assert list(by_origin([old])) == ["Merapi"]


@pytest.mark.parametrize(
    ("outlets", "count", "expected"),
    [
        (["Kabar"], 1, "Kabar"),
        (["Kabar", "Warta"], 3, "Kabar, Warta, 1 without a name"),
        ([], 2, "2 without a name"),
    ],
)
def test_carriers_without_a_name_are_counted(outlets: list[str], count: int, expected: str) -> None:
    """A claim of two articles, one of which names no outlet, is not told as if one had it."""
    assert carriers({"outlet": outlets, "outlet_count": count}) == expected


def test_what_outlets_have_alone_stands_by_outlet() -> None:
    """The one with most first, what names no outlet last."""
    groups = [{"outlet": outlets} for outlets in ([], [], ["B"], ["A"], ["B"])]
    assert [(outlet, len(found)) for outlet, found in by_outlet(groups).items()] == [("B", 2), ("A", 1), ("", 2)]


def test_who_had_it_first_comes_first() -> None:
    """Each outlet at its first wording; one without a day comes last."""
    days = (("warta", "2026-01-03T08:00"), ("kabar", "2026-01-02T09:00"), ("gema", None), ("lensa", "2026-01-02T07:00"))
    dated = [wording(name, AIR, published_at=day) for name, day in days]
    again = wording("kabar2", AIR, outlet="Kabar", published_at="2026-01-04T01:00")
    made = [(day, [one["claim_id"] for one in those]) for day, those in in_time([*dated, again])]
    assert made == [("2026-01-02", ["lensa", "kabar"]), ("2026-01-03", ["warta"]), ("", ["gema"])]


def test_who_had_it_when_does_not_depend_on_offsets() -> None:
    """One in UTC is of the newsroom's day, and comes where its moment stands."""
    told = (
        ("warta", "2026-03-01T18:00:00+00:00"),
        ("kabar", "2026-03-01T23:00:00+07:00"),
        ("gema", "2026-03-02T00:30:00+07:00"),
    )
    made = in_time([wording(name, AIR, published_at=at) for name, at in told])
    assert [(day, [one["claim_id"] for one in those]) for day, those in made] == [
        ("2026-03-01", ["kabar"]),
        ("2026-03-02", ["gema", "warta"]),
    ]
