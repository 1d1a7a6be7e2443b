"""What the terminal shows."""

from __future__ import annotations

import pytest

from kliping.finding import Found
from kliping.tables import hit_table, marked, print_all


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
