"""Gazetteer codes: name odds, longest list entry, phrase heads."""

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kliping_extract.components import gazetteer
from kliping_extract.components.gazetteer import GazetteerTagger, TrieNode, name_bucket
from kliping_extract.gazetteer_lists import gazetteer_folder, read_names, read_odds

ODDS = {"budi": 3.4, "rusia": -2.2, "batu": 0.2, "dewi": 1.0, "pasar": -1.0}


ENTRIES = (
    ("Korea", "L"),
    ("Korea Utara", "L"),
    ("Partai Buruh Korea", "O"),
    ("Barcelona", "L"),
    ("Barcelona", "O"),
)


@pytest.fixture(scope="module")
def vocab() -> Vocab:
    """The vocabulary of a blank pipeline, which knows how to lower words."""
    return spacy.blank("xx").vocab


@pytest.fixture(scope="module")
def tagger(vocab: Vocab) -> GazetteerTagger:
    """A tagger over a few entries."""
    trie = TrieNode()
    for name, code in ENTRIES:
        trie.insert((vocab.strings.add(word.lower()) for word in name.split()), code)
    return GazetteerTagger(vocab, trie, ODDS, {"presiden": "R", "kata": "V"})


def tags(tagger: GazetteerTagger, words: list[str]) -> list[str]:
    return [token.tag_ for token in tagger(Doc(tagger.vocab, words=words))]


@pytest.mark.parametrize(
    ("text", "bucket"),
    [
        ("Budi", "e"),
        ("budi", "y"),
        ("Dewi", "d"),
        ("Batu", "c"),
        ("Pasar", "b"),
        ("Rusia", "a"),
        ("rusia", "x"),
        ("Zxq", "u"),
        ("ZXQ", "U"),
        ("H.", "i"),
        ("12", "x"),
        ("", "x"),
    ],
)
def test_bucket_of_a_word(text: str, bucket: str) -> None:
    """Capitalisation and log-odds choose the first letter of a code."""
    assert name_bucket(text, ODDS) == bucket


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Presiden Korea Utara", ["u-R", "uBL2", "uIL2"]),
        ("Korea", ["uBL"]),
        ("Partai Buruh Rusia", ["u-", "u-", "a-"]),
        ("PARTAI BURUH KOREA", ["UBO2", "UIO2", "UIO2"]),
        ("Barcelona", ["uBLO"]),
        ("kata Budi", ["x-V", "e-"]),
        ("Korea Korea Utara", ["uBL", "uBL2", "uIL2"]),
        ("", []),
    ],
)
def test_codes_of_a_text(tagger: GazetteerTagger, text: str, expected: list[str]) -> None:
    """The longest entry from the left wins, in any case; an unfinished entry marks nothing."""
    assert tags(tagger, text.split()) == expected


@settings(deadline=None)
@given(words=st.lists(st.sampled_from(["Korea", "Utara", "Partai", "Buruh", "x"]), max_size=12))
def test_every_token_gets_one_code(tagger: GazetteerTagger, words: list[str]) -> None:
    """Whatever entries overlap, each token has a code, and only tokens of an entry carry a list."""
    codes = tags(tagger, words)
    assert len(codes) == len(words)
    assert all(code for code in codes)
    assert all(("L" in code or "O" in code) == (code[1] in "BI") for code in codes)


@pytest.mark.parametrize(
    "file_name", [*(name for names in gazetteer.LIST_FILES.values() for name in names), *gazetteer.HEAD_FILES.values()]
)
def test_list_is_readable(file_name: str) -> None:
    """Every list has entries without stray separators, and says at its top where it comes from."""
    names = read_names(file_name)
    assert len(names) > 20
    assert all(name == name.strip() and name and "\t" not in name and ";" not in name for name in names)
    assert (gazetteer_folder() / file_name).read_text(encoding="utf-8").startswith("#")


def test_name_odds_tell_names_from_words() -> None:
    """The packaged table rates a common given name above a country and a plain word."""
    odds = read_odds(gazetteer.ODDS_FILE)
    assert odds["budi"] > 1.5 > 0 > odds["rusia"]
    assert odds["pertemuan"] < -1.5
    assert all(-4 <= value <= 4 for value in odds.values())
