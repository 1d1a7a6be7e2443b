"""Marked text is the article's text, character by character."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from kliping_search.domain.marking import Block, blocks


def article(text: str, zones: list[Any], claims: list[Any], mentions: list[Any]) -> dict[str, Any]:
    """A LinkedArticle as JSON, as far as marking reads it."""
    return {
        "text": text,
        "zones": [{"kind": kind, "start": start, "end": end} for kind, start, end in zones],
        "claims": [
            {
                "claim_id": f"c{number}",
                "kind": "direct",
                "spans": [{"start": start, "end": end} for start, end in spans],
                "cue": {"start": cue[0], "end": cue[1]} if cue else None,
                "speaker": {"resolved_from": "name", "mention": None},
            }
            for number, (spans, cue) in enumerate(claims)
        ],
        "entities": [
            {"name": "X", "type": "PER", "mentions": [{"start": start, "end": end}]} for start, end in mentions
        ],
    }


def text_of(made: tuple[Block, ...]) -> str:
    return "".join(piece.text for block in made for run in block.runs for piece in run.pieces)


def test_zones_claims_entities_and_cues_nest() -> None:
    """Each layer marks exactly its characters."""
    text = 'Judul\n\n"Air naik," kata Sari.'
    made = blocks(article(text, [("title", 0, 5), ("body", 7, 29)], [([(8, 16)], (19, 23))], [(24, 28)]))
    assert text_of(made) == text
    assert [block.kind for block in made] == ["title", "", "body"]
    claimed = [run for run in made[2].runs if run.claim]
    assert [piece.text for run in claimed for piece in run.pieces] == ["Air naik"]
    assert (claimed[0].first, claimed[0].last) == (True, True)
    pieces = [piece for run in made[2].runs for piece in run.pieces]
    assert [piece.text for piece in pieces if piece.cue] == ["kata"]
    assert [piece.text for piece in pieces if piece.entity] == ["Sari"]


def test_a_split_quote_begins_once_and_ends_once() -> None:
    """The parts of a split quote share one claim, whose first part alone has the anchor."""
    text = '"Kami siap," kata Adi, "mulai besok."'
    made = blocks(article(text, [("body", 0, len(text))], [([(1, 10), (24, 35)], None)], []))
    runs = [run for run in made[0].runs if run.claim]
    assert [(run.first, run.last) for run in runs] == [(True, False), (False, True)]


def test_a_pronoun_leads_to_its_claim_and_a_date_to_its_day() -> None:
    """Both are marked where they stand; a speaker who is named there is marked as a name alone."""
    text = "Ia berkata pada Rabu (13/9) air naik. Menurut Sari air surut."
    spoken = {"cue": None, "kind": "indirect"}
    marked = article(text, [("body", 0, len(text))], [], [(46, 50)]) | {
        "claims": [
            {**spoken, "claim_id": "c0", "spans": [{"start": 28, "end": 36}],
             "speaker": {"resolved_from": "pronoun", "name": "Sari", "mention": {"start": 0, "end": 2}}},
            {**spoken, "claim_id": "c1", "spans": [{"start": 51, "end": 60}],
             "speaker": {"resolved_from": "name", "name": "Sari", "mention": {"start": 46, "end": 50}}},
        ],
        "dates": [{"start": 16, "end": 27, "first": "2023-09-13", "last": "2023-09-13", "time": None}],
    }  # fmt: skip
    pieces = [piece for run in blocks(marked)[0].runs for piece in run.pieces]
    assert [(piece.text, piece.speaks["claim_id"]) for piece in pieces if piece.speaks] == [("Ia", "c0")]
    assert [(piece.text, piece.date["first"]) for piece in pieces if piece.date] == [("Rabu (13/9)", "2023-09-13")]
    assert [piece.text for piece in pieces if piece.entity] == ["Sari"]


TEXT = "abcdefghij klm nop\nqrs tuv"
SPANS = st.tuples(st.integers(0, len(TEXT) - 2), st.integers(1, 8)).map(
    lambda at: (at[0], min(len(TEXT), at[0] + at[1]))
)


@given(st.lists(SPANS, max_size=4), st.lists(SPANS, max_size=4), st.lists(SPANS, max_size=4))
def test_any_spans_give_the_text_back(zones: list[Any], claims: list[Any], mentions: list[Any]) -> None:
    """Whatever overlaps, no character is lost, doubled or moved."""
    made = blocks(article(TEXT, [("body", *span) for span in zones], [([span], span) for span in claims], mentions))
    assert text_of(made) == TEXT
