"""The packaged word lists keep their own formats."""

from __future__ import annotations

from importlib.resources import files

import pytest

from kliping_extract.domain.canonical import known_names
from kliping_extract.domain.lexicon import CueClass
from kliping_extract.lexicons import load_lexicon
from tests.unit.extract.annotated import said

LEXICON = load_lexicon()
GOVERNED = {"clause", "said", "noun", "speech", "verb", "as", "agar", "object", "question", "deed", "lead"} | {
    "document",
    "amount",
    "person",
    "subject",
    "whom",
    "view",
    "doing",
    "reply",
    "named",
    "wish",
    "raised",
    "source",
}


@pytest.mark.parametrize(
    "name",
    [
        "cues.tsv",
        "aliases.tsv",
        "seats.tsv",
        "grammar.toml",
        "rules.toml",
        "roles.txt",
        "abbreviations.txt",
        "modality.tsv",
        "standing.tsv",
        "units.tsv",
        "precision.tsv",
    ],
)
def test_every_list_says_where_it_comes_from(name: str) -> None:
    """A list opens with a comment."""
    assert (files("kliping_extract") / "lexicon" / name).read_text(encoding="utf-8").startswith("# ")


def test_cues_are_lower_case_and_govern_what_the_grammar_knows() -> None:
    """No form is misspelt by case, and no complement is unknown."""
    for word in (*LEXICON.cues.values(), *LEXICON.nouns.values()):
        assert word.form == word.form.lower()
        assert word.governs <= GOVERNED


def test_no_alias_stands_for_two_names() -> None:
    """Aliases are unambiguous within a type."""
    assert known_names(LEXICON.known_names).by_alias


@pytest.mark.parametrize("word", sorted(w.form for w in LEXICON.cues.values() if w.kind is CueClass.BARE))
def test_every_bare_cue_attributes_a_quote(word: str) -> None:
    """Each bare cue works before a name."""
    assert [claim.speaker for claim in said(f"“Air sudah surut,” {word} [PER Ana Quispe].")] == ["Ana Quispe"]


@pytest.mark.parametrize(
    "word", sorted(w.form for w in LEXICON.cues.values() if w.kind is CueClass.NYA and "source" not in w.governs)
)
def test_every_nya_cue_attributes_a_quote(word: str) -> None:
    """Each -nya cue works behind a quote."""
    claims = said(f"[PER Ana Quispe] mengatakan bahwa hujan reda. “Air sudah surut,” {word}.")
    assert [claim.speaker for claim in claims] == ["Ana Quispe"] * 2


@pytest.mark.parametrize(
    "word",
    sorted(
        w.form for w in LEXICON.cues.values() if w.kind is CueClass.ACTIVE and not w.governs & {"object", "document"}
    ),
)
def test_every_active_cue_reports_a_clause_with_bahwa(word: str) -> None:
    """Each active cue works between a name and bahwa."""
    assert [claim.text for claim in said(f"[PER Ana Quispe] {word} bahwa air sudah surut.")] == ["air sudah surut"]


@pytest.mark.parametrize("word", sorted(w.form for w in LEXICON.nouns.values() if w.kind is CueClass.NOUN))
def test_every_noun_of_saying_leads_a_clause_with_bahwa(word: str) -> None:
    """Each noun works before a name and bahwa."""
    claims = said(f"{word.capitalize()} [PER Ana Quispe] bahwa air sudah surut ditanggapi dingin.")
    assert [(claim.speaker, claim.text) for claim in claims] == [("Ana Quispe", "air sudah surut")]


@pytest.mark.parametrize("word", sorted(w.form for w in LEXICON.nouns.values() if w.kind is CueClass.NYA))
def test_every_noun_with_nya_leads_what_stands_behind_a_colon(word: str) -> None:
    """Each noun with -nya works before a colon, for who spoke last."""
    claims = said(f"[PER Ana Quispe] mengatakan bahwa hujan reda. {word.capitalize()}: air sudah surut.")
    assert [(claim.speaker, claim.text) for claim in claims][1:] == [("Ana Quispe", "air sudah surut")]


@pytest.mark.parametrize(
    "word", sorted(w.form for w in LEXICON.cues.values() if w.kind is CueClass.BARE and "lead" in w.governs)
)
def test_every_leading_bare_cue_opens_a_sentence(word: str) -> None:
    """Each of these also stands before its speaker and the statement."""
    claims = said(f"{word.capitalize()} [PER Ana Quispe], air sudah surut.")
    assert [(claim.speaker, claim.text) for claim in claims] == [("Ana Quispe", "air sudah surut")]


@pytest.mark.parametrize("word", sorted(LEXICON.grammar.receptions))
def test_a_statement_ends_before_what_became_of_it(word: str) -> None:
    """Each of these ends the statement that a noun leads."""
    claims = said(f"Pernyataan [PER Ana Quispe] bahwa air sudah surut tidak {word} siapa pun.")
    assert [claim.text for claim in claims] == ["air sudah surut"]


@pytest.mark.parametrize("word", sorted(LEXICON.grammar.conditionals))
def test_what_is_only_supposed_is_not_said(word: str) -> None:
    """Each conditional before the subject makes the saying a supposition."""
    assert said(f"{word.capitalize()} [PER Ana Quispe] mengatakan bahwa air sudah surut, warga akan pulang.") == []


@pytest.mark.parametrize("word", sorted(LEXICON.grammar.subordinators))
def test_a_statement_goes_on_behind_its_first_clause(word: str) -> None:
    """Each of these opens a clause whose main clause stands behind the cue."""
    claims = said(f"{word.capitalize()} air sudah surut, kata [PER Ana Quispe], warga akan pulang.")
    assert [claim.text for claim in claims] == [f"{word.capitalize()} air sudah surut | warga akan pulang"]


@pytest.mark.parametrize("word", sorted(LEXICON.grammar.fronted))
def test_a_statement_goes_on_behind_a_fronted_adjunct(word: str) -> None:
    """Each of these opens an adjunct whose clause stands behind the cue."""
    claims = said(f"{word.capitalize()} musim hujan, kata [PER Ana Quispe], warga akan pulang.")
    assert [claim.text for claim in claims] == [f"{word.capitalize()} musim hujan | warga akan pulang"]


@pytest.mark.parametrize("word", sorted(LEXICON.grammar.continuing))
def test_a_statement_goes_on_with_a_second_clause(word: str) -> None:
    """Each of these carries the statement on behind its cue."""
    claims = said(f"Air sungai sudah surut, kata [PER Ana Quispe], {word} hujan sudah reda.")
    assert [claim.text for claim in claims] == [f"Air sungai sudah surut | {word} hujan sudah reda"]


@pytest.mark.parametrize("word", sorted(LEXICON.grammar.questions))
def test_reported_questions(word: str) -> None:
    """Each question word opens what somebody asks."""
    claims = said(f"[PER Ana Quispe] menanyakan {word} air sudah surut.")
    assert [claim.text for claim in claims] == [f"{word} air sudah surut"]


@pytest.mark.parametrize("word", sorted(LEXICON.grammar.spoken_markers))
def test_markers_of_talk(word: str) -> None:
    """Each stands for bahwa, unless a comma shows a condition."""
    assert [claim.text for claim in said(f"[PER Ana Quispe] bilang {word} air sudah surut.")] == ["air sudah surut"]


@pytest.mark.parametrize(
    "verb",
    sorted(
        w.form
        for w in LEXICON.cues.values()
        if w.kind is CueClass.PASSIVE and not w.form.endswith("nya") and not w.governs & {"subject", "raised"}
    ),
)
@pytest.mark.parametrize("noun", ["hal", "pernyataan"])
def test_passives_take_up_the_sentence_before(noun: str, verb: str) -> None:
    """Each passive names who said the sentence before."""
    claims = said(f"Air sungai itu sudah surut. {noun.capitalize()} itu {verb} [PER Ana Quispe] di [LOC Ambon].")
    assert [(claim.speaker, claim.text) for claim in claims] == [("Ana Quispe", "Air sungai itu sudah surut")]


@pytest.mark.parametrize(
    "verb", sorted(w.form for w in LEXICON.cues.values() if w.kind is CueClass.PASSIVE and not w.form.endswith("nya"))
)
def test_passives_behind_sebagaimana(verb: str) -> None:
    """Each passive attributes the clause that it is put into."""
    claims = said(f"Air sungai, sebagaimana {verb} [PER Ana Quispe], sudah surut.")
    assert [(claim.speaker, claim.text) for claim in claims] == [("Ana Quispe", "Air sungai | sudah surut")]


@pytest.mark.parametrize(
    "verb", sorted(w.form for w in LEXICON.cues.values() if "subject" in w.governs and not w.form.endswith("nya"))
)
def test_passives_whose_subject_is_what_was_said(verb: str) -> None:
    """Each attributes its subject to who is named behind it, and nothing where nobody is."""
    claims = said(f"Kabar banjir {verb} [PER Ana Quispe] di [LOC Ambon].")
    assert [(claim.speaker, claim.text) for claim in claims] == [("Ana Quispe", "Kabar banjir")]
    assert said(f"Kabar banjir {verb} banyak orang.") == said(f"Kabar banjir belum {verb} [PER Ana Quispe].") == []
    assert said(f"Kabar itu {verb} [PER Ana Quispe] di [LOC Ambon].") == []


_LEADING = sorted(w.form for w in LEXICON.cues.values() if w.kind is CueClass.PASSIVE and "lead" in w.governs)


@pytest.mark.parametrize("verb", _LEADING)
def test_passives_that_open_a_sentence(verb: str) -> None:
    """Each stands before who says it, or names the last speaker by -nya, and the statement follows a comma."""
    whom = "" if verb.endswith("nya") else " [PER Ana Quispe]"
    claims = said(f"[PER Ana Quispe] mengatakan bahwa hujan reda. {verb.capitalize()}{whom}, air sudah surut.")
    assert [(claim.speaker, claim.text) for claim in claims][1:] == [("Ana Quispe", "air sudah surut")]


@pytest.mark.parametrize("verb", sorted(w.form for w in LEXICON.cues.values() if "raised" in w.governs))
def test_passives_around_who_says_it(verb: str) -> None:
    """The subject and what is said of it are one statement."""
    whom = "" if verb.endswith("nya") else " [PER Ana Quispe]"
    claims = said(f"[PER Ana Quispe] mengatakan bahwa hujan reda. Warga desa {verb}{whom} segera pulang.")
    assert [(claim.speaker, claim.text) for claim in claims][1:] == [("Ana Quispe", "Warga desa | segera pulang")]


@pytest.mark.parametrize("noun", sorted(LEXICON.grammar.grounds))
def test_grounds_of_what_somebody_does(noun: str) -> None:
    """The clause behind `dengan alasan` is said by whoever acts; a noun alone is no clause."""
    claims = said(f"[PER Ana Quispe] membuka pintu air itu dengan {noun} sungai sudah surut.")
    assert [(claim.speaker, claim.text) for claim in claims] == [("Ana Quispe", "sungai sudah surut")]
    assert said(f"[PER Ana Quispe] membuka pintu air itu dengan {noun} keamanan.") == []


@pytest.mark.parametrize("noun", sorted(LEXICON.grammar.plans | LEXICON.grammar.speech_nouns - {"sepakat", "kecewa"}))
def test_objects_that_say_nothing(noun: str) -> None:
    """Nouns that only take up what was said are no statement."""
    assert said(f"[PER Ana Quispe] menepis {noun} tersebut.") == []


@pytest.mark.parametrize("word", sorted(LEXICON.grammar.measures))
def test_amounts_behind_their_subject(word: str) -> None:
    """An amount tells of its subject what a verb would."""
    claims = said(f"Lahan yang terendam, kata [PER Ana Quispe], {word} 30 petak.")
    assert [claim.text for claim in claims] == [f"Lahan yang terendam | {word} 30 petak"]


@pytest.mark.parametrize("word", sorted(LEXICON.grammar.ordinals))
def test_numbers_that_are_no_amount(word: str) -> None:
    """A date, an article or an order counts nothing."""
    assert said(f"[PER Ana Quispe] menceritakan peristiwa {word} 30 dahulu.") == []


@pytest.mark.parametrize(
    "verb", sorted(w.form for w in LEXICON.cues.values() if "document" in w.governs and "clause" in w.governs)
)
@pytest.mark.parametrize("paper", sorted(LEXICON.grammar.documents))
def test_papers_and_figures_show_something(paper: str, verb: str) -> None:
    """Each verb reports what a paper shows, but not what somebody does."""
    assert [
        claim.text
        for claim in said(f"Menurut warga, hujan reda. {paper.capitalize()} [ORG Balai Air] {verb} air sudah surut.")
    ][1:] == ["air sudah surut"]
    assert said(f"[PER Ana Quispe] {verb} bahwa air sudah surut.") == []


@pytest.mark.parametrize("verb", sorted(w.form for w in LEXICON.cues.values() if "whom" in w.governs))
def test_verbs_with_an_addressee(verb: str) -> None:
    """Whom somebody tells is no part of what he tells."""
    claims = said(f"[PER Ana Quispe] {verb} para petani bahwa air sudah surut.")
    assert [claim.text for claim in claims] == ["air sudah surut"]


@pytest.mark.parametrize("verb", sorted(w.form for w in LEXICON.cues.values() if "view" in w.governs))
def test_what_somebody_does_not_hold_is_said_as_well(verb: str) -> None:
    """A denied view is a statement, a denied saying is none."""
    assert [claim.text for claim in said(f"[PER Ana Quispe] tidak {verb} bahwa air sudah surut.")] == [
        "air sudah surut"
    ]


@pytest.mark.parametrize("word", sorted(LEXICON.grammar.circumstances - {"agar", "supaya"}))
def test_circumstances_of_saying_are_no_part_of_the_statement(word: str) -> None:
    """Each tells to whom, how or about what something was said."""
    claims = said(f"[PER Ana Quispe] mengatakan {word} warga desa, air sudah surut.")
    assert [claim.text for claim in claims] == ["air sudah surut"]


@pytest.mark.parametrize("word", sorted(LEXICON.grammar.listing))
def test_a_comma_before_a_list_opens_no_statement(word: str) -> None:
    """Each spells out what stands before the comma."""
    assert said(f"[PER Ana Quispe] berpesan kepada warga desa, {word} para petani.") == []


@pytest.mark.parametrize("verb", sorted(w.form for w in LEXICON.cues.values() if "raised" in w.governs))
def test_passives_with_a_predicate_behind_who_says_so(verb: str) -> None:
    """Each attributes its subject with what is said of it."""
    agent = "" if verb.endswith("nya") else " [PER Ana Quispe]"
    claims = said(f"[PER Ana Quispe] mengatakan bahwa hujan reda. Air sungai {verb}{agent} sudah surut.")
    assert [(claim.speaker, claim.text) for claim in claims][1:] == [("Ana Quispe", "Air sungai | sudah surut")]


@pytest.mark.parametrize("verb", sorted(w.form for w in LEXICON.cues.values() if "doing" in w.governs))
def test_verbs_with_a_noun_of_doing(verb: str) -> None:
    """What somebody wants done may be a noun."""
    claims = said(f"[PER Ana Quispe] {verb} pembatalan kontrak itu.")
    assert [claim.text for claim in claims] == ["pembatalan kontrak itu"]
    assert said(f"[PER Ana Quispe] {verb} kontrak itu.") == []


@pytest.mark.parametrize("word", sorted(LEXICON.grammar.belonging))
def test_an_adjunct_behind_the_cue_belongs_to_the_statement(word: str) -> None:
    """Each opens what completes even a whole clause."""
    claims = said(f"Warga sudah mengungsi, kata [PER Ana Quispe], {word} sungai meluap.")
    assert [claim.text for claim in claims] == [f"Warga sudah mengungsi | {word} sungai meluap"]


@pytest.mark.parametrize(
    "word", sorted(w.form for w in LEXICON.cues.values() if "source" in w.governs and "person" not in w.governs)
)
def test_sources_with_nya_lead_a_statement(word: str) -> None:
    """Each stands at the head for who spoke last."""
    claims = said(f"[PER Ana Quispe] mengatakan bahwa hujan reda. {word.capitalize()}, air sudah surut.")
    assert [(claim.speaker, claim.text) for claim in claims][1:] == [("Ana Quispe", "air sudah surut")]
