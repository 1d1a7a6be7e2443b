"""Words, folding and terms of a text."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kliping_shared.analysis import analyze, fingerprint, stem, terms
from kliping_shared.analysis.stemming import rules, stems
from kliping_shared.analysis.tokens import MAX_TERM, WORD, fold


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Kim Jong-un", ["kim", "jong", "un"]),
        ("Jum'at", ["jum", "at"]),
        ("Rp1.000.000,50", ["rp", "1000000.50"]),
        ("3,5 persen", ["3.5", "persen"]),
        ("2023.", ["2023"]),
        ("(13/9/2023)", ["13", "9", "2023"]),
        ("pukul 09.30", ["pukul", "09.30"]),
        ("G20 G-20 COVID-19", ["g", "20", "g", "20", "covid", "19"]),
        ("Öcalan OCALAN", ["ocalan", "ocalan"]),
        ("cafe\u0301 café", ["cafe", "cafe"]),
        ("ﬁlm Ｋｉｍ straße", ["film", "kim", "strasse"]),
        ("peme\u00adrin\u200btah", ["pemerintah"]),
        ("Владимир ВЛАДИМИР й", ["владимир", "владимир", "й"]),
        ("金正恩", ["金正恩"]),
        ("negara-negara", ["negara", "negara"]),
        ("tidak bukan belum jangan tanpa", ["tidak", "bukan", "belum", "jangan", "tanpa"]),
        ("😀 — … !", []),
        ("", []),
    ],
)
def test_terms(text: str, found: list[str]) -> None:
    """A text has exactly these terms."""
    assert terms(text) == found


def test_function_words_can_be_dropped_but_no_negation() -> None:
    """stop=True drops what says nothing by itself and keeps every negation."""
    text = "Dia tidak pernah mengatakan bahwa mereka belum dan bukan tanpa harapan, jangan"
    assert terms(text, stop=True) == ["tidak", "pernah", "kata", "belum", "bukan", "tanpa", "harap", "jangan"]


def test_very_long_word_is_cut() -> None:
    """A term never exceeds the limit, however long the word is."""
    assert [len(term) for term in terms("x" * 10_000)] == [MAX_TERM]


@given(st.text(max_size=200))
@settings(max_examples=300, deadline=None)
def test_offsets_and_terms_of_any_text(text: str) -> None:
    """Offsets point at the words in order, positions count, and each term is letters, digits and points in one piece."""
    found = analyze(text)
    assert [term.term for term in found] == terms(text)
    assert [term.position for term in found] == list(range(len(found)))
    end = 0
    for term in found:
        assert end <= term.start < term.end
        assert WORD.fullmatch(text[term.start : term.end])
        assert stem(text[term.start : term.end]) == term.term
        end = term.end
        assert term.term
        assert all(letter.isalnum() or letter == "." for letter in term.term)


@given(st.text(min_size=1, max_size=20))
@settings(max_examples=300, deadline=None)
def test_folding_is_settled(word: str) -> None:
    """Folding what is folded changes nothing, so query and index agree whatever form a word was given in."""
    for part in WORD.findall(word):
        assert fold(fold(part)) == fold(part)


def test_roots_are_their_own_roots() -> None:
    """Every root that the map names is a fixed point of the chain."""
    assert [root for root in set(stems().values()) if stem(root) != root] == []


def test_data_can_be_said_to_opensearch() -> None:
    """Map and rules stay within what stemmer_override and pattern_replace can do: plain words, one-group patterns."""
    word = re.compile(r"[a-z]+")
    assert all(word.fullmatch(form) and word.fullmatch(root) for form, root in stems().items())
    for stage in ("clitics", "affixes"):
        assert rules(stage)
        for rule in rules(stage):
            assert rule.pattern.groups == 1
            assert re.fullmatch(r"[a-z]?\$1", rule.replacement)
            assert rule.pattern.pattern.startswith("^")
            assert rule.pattern.pattern.endswith("$")


def test_fingerprint_is_short_and_stable() -> None:
    """The chain's fingerprint is the same each time it is asked for."""
    assert fingerprint() == fingerprint()
    assert len(fingerprint()) < 20
