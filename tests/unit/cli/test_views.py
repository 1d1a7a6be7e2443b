"""A group and a story as the terminal shows them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from kliping.group_view import group_view
from kliping.story_view import story_view
from kliping.tables import print_all
from kliping_search.domain.wordings import with_drift
from tests.unit.search.test_wordings import wording

AIR = "Air naik 2 meter di Tirtasari"
SEEN = {"first_seen": "2026-03-02T09:00:00+00:00", "last_seen": "2026-03-04T09:00:00+00:00"}
DIFFERENCE = {
    "particular": "number",
    "thing": "meter",
    "variants": [{"value": "2 meter", "outlets": ["Kabar", "Warta"]}, {"value": "3 meter", "outlets": ["Suara"]}],
    "alone": ["Suara"],
}
MATCH = {
    "claim_id": "kabar",
    "score": 0.87,
    "source": "same speaker",
    "terms": ["air"],
    "same": ["2 meter"],
    "differs": ["place"],
}


def group() -> dict[str, Any]:
    """A group as the API gives it: two outlets of one origin in the same words, another with another number."""
    members = [
        wording("kabar", AIR, independent_origin="Merapi", origin="Merapi"),
        wording("warta", AIR, independent_origin="Merapi", match=MATCH),
        wording("suara", "Air naik 3 meter di Tirtasari"),
    ]
    document = {"text": AIR, "wordings": members}
    return {
        **document,
        **SEEN,
        "group_id": "g1",
        "speaker": ["Ratna Suherman"],
        "kind": ["direct"],
        "outlet": ["Kabar", "Suara", "Warta"],
        "outlet_count": 3,
        "origin_count": 2,
        "agreement": "disputed",
        "differences": [DIFFERENCE],
        "wordings": with_drift(document),
        "stories": [{"story_id": "s1", "title": "Air naik"}],
    }


def story() -> dict[str, Any]:
    """A story as the API gives it, with one disputed claim and one that an article without outlet has alone."""
    alone = {
        **group(),
        "group_id": "g2",
        "outlet": [],
        "outlet_count": 1,
        "text": "Dua cucu selamat",
        "differences": [],
    }
    articles = [
        wording("kabar", "", title="Air naik", copy_of=None),
        wording("warta", "", title=None, copy_of="a-kabar"),
    ]
    return {
        **SEEN,
        "title": "Air naik",
        "person": ["Ratna Suherman"],
        "article_count": 2,
        "outlet_count": 2,
        "origin_count": 1,
        "articles": [{**one, "published_at": None, "shared": 0.93} for one in articles],
        "claims": {"disputed": [group()], "agreed": [], "copied": [], "single_source": [alone]},
    }


def test_a_group_tells_at_a_glance(capsys: pytest.CaptureFixture[str]) -> None:
    """Who, how many outlets and origins, what differs and who stands alone, who has it from whom, the wordings."""
    print_all(group_view(group()))
    shown = capsys.readouterr().out
    assert "outlets contradict each other · 3 outlets · 2 independent origins · 2026-03-02" in shown
    assert "3 meter  Suara  stands alone" in shown
    assert "Merapi in Kabar (names it), Warta (carries it without naming it)" in shown
    assert "Air naik [-2-] {+3+} meter di Tirtasari" in shown
    assert "1 Kabar from Merapi, Warta quote, shown first, kabar, warta" in " ".join(shown.split())
    assert "Air naik  s1" in shown


def test_the_reason_for_a_member_names_the_wording_it_is_nearest_to(capsys: pytest.CaptureFixture[str]) -> None:
    """By the number under which that one is shown."""
    told = group()
    told["wordings"] = [{**one, "match": MATCH} for one in told["wordings"]]
    print_all(group_view(told))
    shown = " ".join(capsys.readouterr().out.split())
    assert "here because: same speaker; both say air; the same 2 meter; other places (87% like wording 1)" in shown


def test_a_story_tells_at_a_glance(capsys: pytest.CaptureFixture[str]) -> None:
    """Copies with what they share, disputed claims with both values and the group's id, what one alone has."""
    print_all(story_view(story()))
    shown = " ".join(capsys.readouterr().out.split())
    assert "93% as in Kabar" in shown
    assert "Disputed (1)" in shown
    assert "2 meter / 3 meter" in shown
    assert "g1" in shown
    assert "Only an article without an outlet has it (1)" in shown
    assert "Agreed" not in shown


@pytest.mark.parametrize("view", ["group", "story"])
def test_what_an_article_says_does_not_steer_the_terminal(view: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Whatever stands in texts, names and titles."""
    unsafe = "\x1b[2J\u202e"
    plain = json.dumps(group() if view == "group" else story())
    hostile = json.loads(plain.replace("Kabar", f"Kabar{json.dumps(unsafe)[1:-1]}"))
    print_all(group_view(hostile) if view == "group" else story_view(hostile))
    shown = capsys.readouterr().out
    assert "Kabar␛" in shown
    assert not set(shown) & set("\x1b\u202e")
