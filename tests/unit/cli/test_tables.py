"""What the terminal shows."""

from __future__ import annotations

import io

import pytest

from kliping.commands.export import write_csv
from kliping.tables import marked


def test_found_words_stand_out_and_stay_in_view() -> None:
    """A long text is cut around its first found word."""
    text = "kata " * 100 + "banjir besar"
    shown = marked(text, [(500, 506)], width=60)
    assert "banjir" in shown.plain
    assert shown.plain.startswith("…")
    assert any(shown.plain[span.start : span.end] == "banjir" for span in shown.spans)


async def test_a_table_cell_that_looks_like_a_formula_is_text() -> None:
    """A spreadsheet must not run what an article says; lists are joined."""

    async def documents():  # type: ignore[no-untyped-def]
        yield {"claim_id": "c1", "text": "=1+1", "person": ["=A", "B"], "speaker": "X"}

    file = io.StringIO()
    assert await write_csv(documents(), "claims", file) == 1
    assert "'=1+1" in file.getvalue()
    assert "'=A; B" in file.getvalue()


@pytest.mark.parametrize("text", ["", "pendek"])
def test_short_texts_are_shown_whole(text: str) -> None:
    """Nothing is added to a text that fits."""
    assert marked(text, []).plain == text
