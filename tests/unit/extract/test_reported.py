"""Turns of reported speech, one by one: the sentences of ``lists/reported.tsv``."""

from __future__ import annotations

import pytest

from tests.unit.extract.annotated import said
from tests.unit.extract.listed import listed


@pytest.mark.parametrize(
    ("speaker", "text", "statements"), [(row[0], row[1], row[2:]) for row in listed("reported.tsv")]
)
def test_reported_speech(speaker: str, text: str, statements: list[str]) -> None:
    """Each statement with its borders and its speaker, and no other."""
    assert [(claim.speaker, claim.text) for claim in said(text)] == [(speaker, statement) for statement in statements]
