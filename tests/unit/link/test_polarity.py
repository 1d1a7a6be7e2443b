"""What a statement denies, and opposites."""

from __future__ import annotations

import pytest

from kliping_link.domain.polarity import negated_terms, opposed, words_of
from kliping_link.domain.score import explain, other_polarity
from tests.unit.link.test_score import claim


@pytest.mark.parametrize(
    ("text", "inside", "outside"),
    [
        ("gudang itu tidak terbakar, tetapi pagarnya roboh", {"gudang", "bakar"}, {"pagar", "roboh"}),
        ("pagarnya roboh karena tiangnya belum dipasang", {"tiang", "pasang"}, {"pagar", "roboh"}),
        ("ia bukan hanya pengawas, ia juga pembeli", set(), {"awas", "beli"}),
    ],
)
def test_a_negation_reaches_as_far_as_its_clause(text: str, inside: set[str], outside: set[str]) -> None:
    """Predicate and subject up to the mark or word that begins another clause; 'bukan hanya' denies nothing."""
    found = negated_terms(text, denied=False)
    assert inside <= found
    assert outside.isdisjoint(found)


def test_a_denying_cue_turns_the_words_round() -> None:
    """'Membantah gudang terbakar' denies the fire; 'membantah gudang tidak terbakar' does not."""
    assert "gudang" in negated_terms("gudang terbakar", denied=True)
    assert "gudang" not in negated_terms("gudang tidak terbakar", denied=True)


def test_other_polarity() -> None:
    """The same words with and without a negation; one denied by its cue and one negated agree."""
    said, negated = claim("gudang beras itu terbakar"), claim("gudang beras itu tidak terbakar")
    assert other_polarity(said, negated)
    assert other_polarity(negated, said)
    assert explain(said, negated).endswith("one denies it")
    assert not other_polarity(negated, claim("gudang beras terbakar", denied=True))
    assert not other_polarity(said, said)


@pytest.mark.parametrize(
    ("mine", "theirs", "told"),
    [
        ("seluruh pengungsi menerima selimut", "hanya pengungsi anak menerima selimut", {"scope"}),
        ("harga cabai naik", "harga cabai turun", {"polarity"}),
        ("harga cabai naik lalu turun", "harga cabai turun", set()),
        ("harga cabai naik", "cabai melonjak", set()),
    ],
)
def test_opposites(mine: str, theirs: str, told: set[str]) -> None:
    """All against some, up against down; who has both opposes neither."""
    assert opposed(words_of(mine), words_of(theirs)) == told
    assert opposed(words_of(theirs), words_of(mine)) == told
