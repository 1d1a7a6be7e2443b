"""The packaged word lists keep their own formats."""

from __future__ import annotations

from importlib.resources import files

import pytest

from kliping_extract.domain.canonical import known_names
from kliping_extract.domain.lexicon import CueClass
from kliping_extract.lexicons import load_lexicon
from tests.unit.extract.annotated import said

LEXICON = load_lexicon()
GOVERNED = {"clause", "said", "noun", "speech", "verb", "as", "agar", "object"}


@pytest.mark.parametrize(
    "name", ["cues.tsv", "aliases.tsv", "seats.tsv", "grammar.toml", "rules.toml", "roles.txt", "abbreviations.txt"]
)
def test_every_list_says_where_it_comes_from(name: str) -> None:
    """A list opens with a comment."""
    assert (files("kliping_extract") / "lexicon" / name).read_text(encoding="utf-8").startswith("# ")


def test_cues_are_lower_case_and_govern_what_the_grammar_knows() -> None:
    """No form is misspelt by case, and no complement is unknown."""
    for word in LEXICON.cues.values():
        assert word.form == word.form.lower()
        assert word.governs <= GOVERNED


def test_no_alias_stands_for_two_names() -> None:
    """Aliases are unambiguous within a type."""
    assert known_names(LEXICON.known_names).by_alias


@pytest.mark.parametrize("word", sorted(w.form for w in LEXICON.cues.values() if w.kind is CueClass.BARE))
def test_every_bare_cue_attributes_a_quote(word: str) -> None:
    """Each bare cue works before a name."""
    assert [claim.speaker for claim in said(f"“Air sudah surut,” {word} [PER Ana Quispe].")] == ["Ana Quispe"]


@pytest.mark.parametrize("word", sorted(w.form for w in LEXICON.cues.values() if w.kind is CueClass.NYA))
def test_every_nya_cue_attributes_a_quote(word: str) -> None:
    """Each -nya cue works behind a quote."""
    claims = said(f"[PER Ana Quispe] mengatakan bahwa hujan reda. “Air sudah surut,” {word}.")
    assert [claim.speaker for claim in claims] == ["Ana Quispe"] * 2


@pytest.mark.parametrize(
    "word", sorted(w.form for w in LEXICON.cues.values() if w.kind is CueClass.ACTIVE and "object" not in w.governs)
)
def test_every_active_cue_reports_a_clause_with_bahwa(word: str) -> None:
    """Each active cue works between a name and bahwa."""
    assert [claim.text for claim in said(f"[PER Ana Quispe] {word} bahwa air sudah surut.")] == ["air sudah surut"]
