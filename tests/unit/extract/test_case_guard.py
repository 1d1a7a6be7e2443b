"""Entities without a capital survive only in text without capitals."""

import pytest
import spacy
from spacy.tokens import Doc, Span

from kliping_extract.components.case_guard import guard_case

VOCAB = spacy.blank("xx").vocab


def document(text: str, *ents: tuple[int, int]) -> Doc:
    doc = Doc(VOCAB, words=text.split())
    doc.ents = [Span(doc, start, end, label="PER") for start, end in ents]
    return doc


@pytest.mark.parametrize(
    ("text", "ents", "expected"),
    [
        ("Presiden Putin menolak hegemoni", [(1, 2), (3, 4)], ["Putin"]),
        ("presiden putin menolak usul kim", [(1, 2), (4, 5)], ["putin", "kim"]),
        ("Presiden putin menolak usul kim", [(1, 2), (4, 5)], ["putin", "kim"]),
        ("Kapal armada Pasifik tiba di Busan", [(1, 3)], ["armada Pasifik"]),
        ("Harga naik di Jakarta", [], []),
        ("", [], []),
    ],
)
def test_entities_that_stay(text: str, ents: list[tuple[int, int]], expected: list[str]) -> None:
    """In cased text an entity needs a capital; a text with a single capital counts as uncased."""
    assert [ent.text for ent in guard_case(document(text, *ents)).ents] == expected
