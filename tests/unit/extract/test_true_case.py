"""Text without case is read as if it were printed, and stays as it stands."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from kliping_extract.components.true_case import as_printed, caseless
from kliping_extract.gazetteer_lists import read_forms
from kliping_extract.nlp_base import load_base


@pytest.fixture(scope="module")
def nlp() -> Language:
    """The packaged pipeline."""
    return load_base()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("bupati rahmat tanjung meninjau sawah di kabupaten sidrap, kata juru bicara kpk.", ["rahmat tanjung", "kpk"]),
        ("WALI KOTA SINTA WIJAYANTI TOLAK USUL DPRD\n\nHarga naik.", ["SINTA WIJAYANTI", "DPRD"]),
    ],
)
def test_names_are_found(nlp: Language, text: str, expected: list[str]) -> None:
    """In small letters throughout, and in a title in capitals; what is around stays read as before."""
    doc = nlp(text)
    assert doc.text == text
    assert {ent.text for ent in doc.ents} >= set(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("harga beras naik lagi", ["harga beras naik lagi"]),
        ("Harga beras naik.", []),
        ("HARGA BERAS NAIK\nWarga mengeluh.\nSAWAH KERING LAGI", ["HARGA BERAS NAIK", "SAWAH KERING LAGI"]),
        ("KPK RI\nWarga mengeluh.", []),
        ("rp 12.000", []),
        ("", []),
        ("12.000 20\n", []),
    ],
)
def test_what_has_no_case(nlp: Language, text: str, expected: list[str]) -> None:
    """Whole texts in small letters, lines of three words and more in capitals."""
    assert [stretch.text for stretch in caseless(nlp.make_doc(text))] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("pejabat kementerian menemui rahmat dan kpk", "Pejabat kementerian menemui Rahmat dan KPK"),
        ("HARGA NAIK. WARGA MENGELUHKANNYA", "Harga naik. Warga mengeluhkannya"),
    ],
)
def test_words_as_news_writes_them(nlp: Language, text: str, expected: str) -> None:
    """Known words in small letters, derived ones too, acronyms in capitals, others and first words with one."""
    doc = nlp.make_doc(text)
    assert as_printed(doc[:], read_forms("word_case.txt")).text == expected


@settings(max_examples=60, deadline=None)
@given(text=st.text(st.sampled_from("abcßAIİçéö ğ\n\t.!?12'-"), max_size=60))
def test_tokens_keep_their_places(nlp: Language, text: str) -> None:
    """Whatever is typed, the copy has a token of the same length for each, and found names are in order."""
    doc = nlp.make_doc(text)
    copy = as_printed(doc[:], read_forms("word_case.txt"))
    assert [len(token) for token in copy] == [len(token) for token in doc]
    found = nlp(text).ents
    assert all(text[ent.start_char : ent.end_char] == ent.text for ent in found)
