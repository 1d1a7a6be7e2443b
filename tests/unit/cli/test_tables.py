"""What the terminal shows."""

from __future__ import annotations

import pytest

from kliping.finding import Found
from kliping.tables import beyond, hit_table, marked, print_all
from kliping_shared.store.meant import Meant
from kliping_shared.store.nearly import Nearly
from kliping_shared.store.ports import Hit


def test_found_words_stand_out_and_stay_in_view() -> None:
    """A long text is cut around its first found word."""
    text = "kata " * 100 + "banjir besar"
    shown = marked(text, [(500, 506)], width=60)
    assert "banjir" in shown.plain
    assert shown.plain.startswith("…")
    assert any(shown.plain[span.start : span.end] == "banjir" for span in shown.spans)


def test_a_claim_in_dispute_is_told_beside_its_speaker(capsys: pytest.CaptureFixture[str]) -> None:
    """With the id that 'kliping group show' asks for; agreement needs no word."""
    groups = [{"group_id": f"g-{told}", "text": "air naik", "agreement": told} for told in ("agreed", "disputed")]
    print_all([hit_table("groups", Found(2, tuple(groups), {}))])
    shown = " ".join(capsys.readouterr().out.split())
    assert "g-agreed" in shown
    assert "g-disputed" in shown
    assert shown.count("contradict") == 1


@pytest.mark.parametrize("text", ["", "pendek"])
def test_short_texts_are_shown_whole(text: str) -> None:
    """Nothing is added to a text that fits."""
    assert marked(text, []).plain == text


def test_what_may_have_been_meant_and_some_of_the_words_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    """Below what was found."""
    some = Nearly("air OR tangul", 7, (Hit("g1", "groups", {"group_id": "g1", "text": "air naik"}, 1.0),))
    found = Found(0, (), {}, nearly=some, meant=Meant("air tanggul", 3))
    print_all([hit_table("groups", found), *beyond("groups", found)])
    shown = " ".join(capsys.readouterr().out.split())
    assert "No groups found Did you mean air tanggul (3 groups) With some of the words: 1 of 7 groups" in shown
    assert "air naik" in shown
