"""The tokenizer keeps names whole, cuts joined names, and loses nothing."""

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from kliping_extract.tokenizer import build_tokenizer


@pytest.fixture(scope="module")
def nlp() -> Language:
    """A blank pipeline with our tokenizer."""
    language = spacy.blank("id")
    language.tokenizer = build_tokenizer(language)
    return language


def words(nlp: Language, text: str) -> list[str]:
    return [token.text for token in nlp(text)]


@pytest.mark.parametrize(
    "name",
    [
        "Jong-un",
        "Jong-Un",
        "Komsomolsk-on-Amur",
        "Ing-wen",
        "Jean-Pierre",
        "Al-Jazeera",
        "al-Assad",
        "PDI-P",
        "ISIS-K",
        "Su-35",
        "Hwasong-18",
        "COVID-19",
        "KOMPAS.com",
        "AKURAT.CO",
        "anak-anak",
        "Undang-undang",
        "Nagorno-Karabakh",
        "JONG-UN",
        "ke-78",
    ],
)
def test_hyphenated_word_is_one_token(nlp: Language, name: str) -> None:
    """A name or word with an inner hyphen or full stop stays whole, also beside punctuation."""
    assert words(nlp, f'Kata {name}, "{name}" ({name}).').count(name) == 3


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rusia-Ukraina", ["Rusia", "-", "Ukraina"]),
        ("Utara-Rusia", ["Utara", "-", "Rusia"]),
        ("AS-Korsel", ["AS", "-", "Korsel"]),
        ("TNI-Polri", ["TNI", "-", "Polri"]),
        ("TNI-POLRI", ["TNI", "-", "POLRI"]),
        ("Prabowo-Gibran", ["Prabowo", "-", "Gibran"]),
        ("Jokowi-JK", ["Jokowi", "-", "JK"]),
        ("Kim-Putin", ["Kim", "-", "Putin"]),
        ("Rusia–Ukraina", ["Rusia", "–", "Ukraina"]),
        ("AFP/VOA", ["AFP", "/", "VOA"]),
    ],
)
def test_joined_names_are_cut(nlp: Language, text: str, expected: list[str]) -> None:
    """A mark that joins two names is a token of its own."""
    assert words(nlp, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("KPK-nya", ["KPK", "-nya"]),
        ("Jong-un-lah", ["Jong-un", "-lah"]),
        ("se-Indonesia", ["se-", "Indonesia"]),
        ("pro-Rusia", ["pro-", "Rusia"]),
        ("Anti-Barat", ["Anti-", "Barat"]),
        ("DPR(Dewan", ["DPR", "(", "Dewan"]),
        ('kata"Saya', ["kata", '"', "Saya"]),
        ("Rusia.Putin", ["Rusia", ".", "Putin"]),
        ("(13/9)", ["(", "13", "/", "9", ")"]),
        ("(13/8)", ["(", "13", "/", "8", ")"]),
        ("(pasal 8)", ["(", "pasal", "8", ")"]),
        ("(Kertha):", ["(", "Kertha", ")", ":"]),
        ("dr. Ratna", ["dr.", "Ratna"]),
        ("Prasetyo, S.H.", ["Prasetyo", ",", "S.H."]),
    ],
)
def test_affixes_and_missing_blanks_are_cut(nlp: Language, text: str, expected: list[str]) -> None:
    """Clitics, bound forms and marks without a blank separate from the name beside them."""
    assert words(nlp, text) == expected


@settings(max_examples=150, deadline=None)
@given(text=st.text(alphabet=st.sampled_from("aAkKnyu-–/.,\"'“”() \n\t19é\u00a0\U0001f600"), max_size=40))
def test_tokenizer_is_lossless(nlp: Language, text: str) -> None:
    """Tokens with their blanks give back any text, and each token stands at its own offset."""
    doc = nlp.make_doc(text)
    assert doc.text == text
    assert all(text[token.idx : token.idx + len(token)] == token.text for token in doc)


def test_no_exception_is_a_blank_or_a_mark(nlp: Language) -> None:
    """From the first exception of a text on spaCy remembers none of its words; one in every text is thirty times the work."""
    assert not [text for text in nlp.tokenizer.rules if text.isspace() or (len(text) == 1 and not text.isalpha())]


def test_words_are_remembered_beyond_spacys_ten_thousand(nlp: Language) -> None:
    """What an article splits is looked up in the next, however many words came before."""
    asked: list[str] = []
    tokenizer = build_tokenizer(nlp)
    infixes = tokenizer.infix_finditer
    tokenizer.infix_finditer = lambda text: asked.append(text) or infixes(text)
    tokenizer(" ".join(f"kata{i}x" for i in range(10_500)))
    asked.clear()
    tokenizer("kata10400x kata20x")
    assert asked == []
