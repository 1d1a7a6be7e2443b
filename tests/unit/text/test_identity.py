"""Names of texts and documents depend on content only."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kliping_ingest.domain.identity import article_id, canonical_url, document_key

BLANKS = st.text(alphabet=" \n\t\r\u00a0", min_size=1, max_size=5)
WORDS = st.lists(st.text(alphabet=st.characters(categories=["L", "N", "P"]), min_size=1, max_size=8), min_size=1)


@given(words=WORDS, gaps=st.lists(BLANKS, min_size=1), edge=BLANKS)
def test_blanks_do_not_change_the_id(words: list[str], gaps: list[str], edge: str) -> None:
    """The same words with other blanks, or none around them, are the same article."""
    spread = "".join(word + gaps[number % len(gaps)] for number, word in enumerate(words))
    assert article_id(edge + spread + edge) == article_id(" ".join(words))


@given(text=st.text())
def test_composition_does_not_change_the_id(text: str) -> None:
    """Composed and decomposed Unicode are the same article, and the id always has its form."""
    name = article_id(text)
    assert re.fullmatch(r"a[0-9a-f]{20}", name)
    assert name == article_id(unicodedata.normalize("NFD", text))


@pytest.mark.parametrize(("left", "right"), [("Kapal tiba", "kapal tiba"), ("satu dua", "satudua"), ("a", "b")])
def test_other_words_are_another_article(left: str, right: str) -> None:
    """Case, word borders and letters count."""
    assert article_id(left) != article_id(right)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://Example.COM/a/b", "https://example.com/a/b"),
        ("http://example.com:80/a/", "https://example.com/a"),
        ("https://example.com/a?utm_source=x&b=2&a=1&fbclid=9#top", "https://example.com/a?a=1&b=2"),
        ("https://example.com", "https://example.com/"),
        ("https://example.com:8443/a", "https://example.com:8443/a"),
        ("https://example.com/a?id=12&id=11", "https://example.com/a?id=11&id=12"),
        ("ftp://example.com/a", None),
        ("example.com/a", None),
        ("https://[bad", None),
        ("https://example.com:99999999/a", None),
        ("", None),
    ],
)
def test_canonical_url(url: str, expected: str | None) -> None:
    """Host in lower case, tracking and fragment dropped, query sorted; what is no web address gives None."""
    assert canonical_url(url) == expected


@given(path=st.text(max_size=30), query=st.dictionaries(st.text(max_size=8), st.text(max_size=8), max_size=4))
def test_canonical_url_is_stable(path: str, query: dict[str, str]) -> None:
    """Made canonical twice is made canonical once, and no text raises."""
    once = canonical_url("https://example.org/" + path + "?" + "&".join(f"{k}={v}" for k, v in query.items()))
    assert once is None or canonical_url(once) == once


@given(url=st.text(max_size=60))
def test_any_url_is_read_without_error(url: str) -> None:
    """Damage in metadata never raises."""
    canonical_url(url)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"url": "https://example.com/a?utm_source=x", "external_id": "7"}, "url:https://example.com/a"),
        ({"external_id": " 7 ", "outlet": "Kabar Teluk"}, "id:kabar teluk:7"),
        ({"external_id": "7"}, "id::7"),
        ({"url": "no address", "external_id": " "}, "path:sub/a.txt"),
        ({}, "path:sub/a.txt"),
    ],
)
def test_document_key(fields: dict[str, str], expected: str) -> None:
    """The URL names the document, else the id at its outlet, else the path."""
    assert document_key(path="sub/a.txt", **fields) == expected
