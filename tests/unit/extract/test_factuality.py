"""Whether a statement is denied, and how far its speaker holds it to be so."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kliping_extract.domain.claims import find_attributions
from kliping_extract.domain.factuality import Factuality, denies, factuality
from kliping_extract.domain.lexicon import ModalWord
from kliping_extract.lexicons import load_lexicon
from kliping_shared.contracts.enriched import Modality, Stance
from tests.unit.extract.annotated import prose
from tests.unit.extract.listed import listed

LEXICON = load_lexicon()


def fact(statement: str, cue: str = "kata", *, direct: bool = False) -> Factuality:
    return factuality(prose(statement).tokens.lower, LEXICON, LEXICON.cues[cue], direct=direct)


@pytest.mark.parametrize(("negated", "modality", "cue", "statement"), listed("claims.tsv"))
def test_statements(negated: str, modality: str, cue: str, statement: str) -> None:
    """Polarity and modality of the list's statements."""
    assert fact(statement, cue) == Factuality(negated == "1", Modality(modality))


@pytest.mark.parametrize(
    ("statement", "negated", "modality"),
    [
        ("Jadi, tolong bersabar.", False, "desired"),
        ("Nah, kami tidak tahu itu", True, "asserted"),
        ("Sebagai warga kota yang taat, kami tidak menunggak pajak", True, "asserted"),
        ("Kenaikan ini musiman, bukan tetap", False, "asserted"),
        ("Saya tidak ikut, dan saya tidak mau ikut", True, "asserted"),
        ("Harga naik dua kali lipat jika dibandingkan tahun lalu", False, "asserted"),
        ("Kami tidak pernah meminta uang itu", True, "asserted"),
        ("Dinas telah berjanji memperbaiki jembatan", False, "asserted"),
        ("Sedikit lumpur tidak apa-apa", False, "asserted"),
        ("agar warga tidak membakar sampah", True, "desired"),
        ("Begini. Kami akan pulang besok.", False, "future"),
        ("Kapan? Kami akan pulang besok.", False, "future"),
        ("Perahu kecil tidak, perahu besar berangkat", True, "asserted"),
        ("Orang yang kami cari belum pulang", True, "asserted"),
        ("Kabar yang tidak benar itu beredar", False, "asserted"),
    ],
)
def test_the_main_clause_of_the_first_telling_sentence_counts(statement: str, negated: bool, modality: str) -> None:
    """Words before it, clauses within its subject and clauses behind it say nothing of it."""
    assert fact(statement) == Factuality(negated, Modality(modality))


@pytest.mark.parametrize(
    ("cue", "direct", "turned"),
    [
        ("membantah", False, True),
        ("membantah", True, False),
        ("bantah", False, False),
        ("bantahnya", False, False),
        ("menafikan", False, True),
        ("berdalih", False, False),
        ("mengatakan", False, False),
    ],
)
def test_a_denying_cue_turns_what_it_reports(cue: str, direct: bool, turned: bool) -> None:
    """Not what is quoted, which is the denial itself, nor an excuse."""
    assert denies(LEXICON.cues[cue], direct=direct) is turned


def test_a_noun_of_denial_turns_what_it_leads() -> None:
    """`bantahan Ana bahwa gudang kosong` denies."""
    assert denies(LEXICON.nouns["bantahan"], direct=False)
    assert not denies(None, direct=False)


@pytest.mark.parametrize("form", ["dalih", "kilah", "berdalih", "berkilah", "berkelit", "kelit", "beralibi", "alibi"])
def test_an_excuse_asserts_what_it_says(form: str) -> None:
    """Ana berdalih gudang kosong: she says that it was."""
    found = [words[form] for words in (LEXICON.cues, LEXICON.nouns) if form in words]
    assert found
    assert {word.stance for word in found} == {Stance.ASSERT}


@pytest.mark.parametrize("word", ["membantah", "menampik", "menyangkal", "memungkiri"])
def test_not_to_deny_is_to_admit(word: str) -> None:
    """`tidak menampik gudang kosong`."""
    denied, granted = (
        next(iter(find_attributions(prose(f"[PER Ana Wulandari] {verb} gudang itu kosong."))))
        for verb in (word, f"tidak {word}")
    )
    assert denied.word is not None
    assert granted.word is not None
    assert (denied.word.stance, granted.word.stance) == (Stance.DENY, Stance.ADMIT)


def test_what_is_refused_for_ones_name_is_no_statement() -> None:
    """`menolak disebut namanya` names the terms on which she speaks; `menolak disebut lalai` denies."""
    text = "Seorang pedagang yang menolak disebut namanya mengatakan harga naik. [PER Ana Wulandari] menolak disebut lalai."
    read = prose(text)
    said = [" ".join(read.tokens.words[item.spans[0][0] : item.spans[-1][1]]) for item in find_attributions(read)]
    assert said == ["harga naik", "disebut lalai"]


ENTRIES = sorted((entry for entries in LEXICON.modals.values() for entry in entries), key=lambda one: one.words)


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda one: " ".join(one.words))
def test_every_entry_says_what_its_line_says(entry: ModalWord) -> None:
    """Each entry of modality.tsv in a plain sentence."""
    found = fact(f"Perahu nelayan {' '.join(entry.words)} kembali")
    assert found == Factuality(entry.negative, entry.modality or Modality.ASSERTED)


@pytest.mark.parametrize(
    ("stance", "modality"),
    [(Stance.DOUBT, "possible"), (Stance.ASK, "desired"), (Stance.EXPECT, "desired"), (Stance.PROMISE, "future")],
)
def test_the_cue_tells_what_the_words_do_not(stance: Stance, modality: str) -> None:
    """Every cue of the stance, but for those that are in modality.tsv themselves."""
    cues = [cue.form for cue in LEXICON.cues.values() if cue.stance is stance and cue.form not in LEXICON.modals]
    assert {fact("perahu nelayan kembali", cue).modality for cue in cues} == {Modality(modality)}


WORDS = st.sampled_from(sorted([*LEXICON.modals, "yang", ",", ".", "?", "kami", "perahu", "kembali", "jika", "dan"]))


@given(st.lists(WORDS, max_size=30), st.booleans())
def test_any_words_have_a_polarity_and_a_modality(words: list[str], direct: bool) -> None:
    """No row of words raises, and a question mark at the end of a single sentence makes a question."""
    factuality(words, LEXICON, LEXICON.cues["membantah"], direct=direct)
    plain = [word for word in words if word not in {".", "?"}]
    assert factuality([*plain, "?"], LEXICON).modality is Modality.QUESTION
