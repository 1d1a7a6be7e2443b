"""``kliping_id``, ``kliping_exact`` and ``kliping_value`` on a server are the chain of the embedded store."""

from __future__ import annotations

import gzip
import itertools
import re
import sys
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from opensearchpy import AsyncOpenSearch, OpenSearch

from kliping_shared.analysis import analyze
from kliping_shared.analysis.stemming import stems
from kliping_shared.analysis.tokens import WORD, fold
from kliping_shared.settings import Settings
from kliping_shared.store.opensearch.analysis import EXACT, STEMMED, VALUE
from kliping_shared.store.opensearch.names import Names
from kliping_shared.store.opensearch.schema import component_templates
from kliping_shared.store.values import folded
from tests.support.shared import require_shared

pytestmark = [pytest.mark.docker, pytest.mark.timeout(300)]

Token = tuple[str, int, int, int]
#: Words of one request: the server gives 10,000 tokens at most, and some words are two.
MOST = 4_500
#: Characters that are dear to us or that trip analysis up, beside any others.
TRICKY = "aeiIİıkKKÅåﬁﬀßẞéÉe\u0301ñ0123459.,²½Ⅷ①⒈⑴٣३９ＡΣσςЖйかガ金\u00ad\u200b\ufeff-–’'\"“ \n_😀𝐀"


@pytest.fixture
async def index(client: AsyncOpenSearch, opensearch: Settings) -> str:
    """An index that has the analysis, and nothing else."""
    names = Names(opensearch.index_prefix)
    body = component_templates(names, 0)[names.settings_component]["template"]
    await client.indices.create(index=f"{names.prefix}-analysis", body=body)
    return f"{names.prefix}-analysis"


@pytest.fixture
def ask(opensearch_url: str, index: str) -> Any:
    """``ask(analyzer=..., text=...)``: what the server makes of a text. Not async, for hypothesis."""
    with OpenSearch(opensearch_url) as made:
        yield lambda **body: made.indices.analyze(index=index, body=body)["tokens"]


def server_tokens(ask: Any, analyzer: str, text: str) -> list[Token]:
    """What the server makes of ``text``, its offsets as characters: it counts those beyond U+FFFF twice."""
    places, units = {0: 0}, 0
    for number, letter in enumerate(text, start=1):
        units += 2 if ord(letter) > 0xFFFF else 1
        places[units] = number
    found = ask(analyzer=analyzer, text=text)
    return [(t["token"], places[t["start_offset"]], places[t["end_offset"]], t["position"]) for t in found]


def our_tokens(text: str) -> list[Token]:
    return [tuple(term) for term in analyze(text)]


def our_exact_tokens(text: str) -> list[Token]:
    found = enumerate(WORD.finditer(text))
    return [(fold(match.group()), match.start(), match.end(), place) for place, match in found]


def batches(words: Sequence[str]) -> list[str]:
    return [" ".join(words[first : first + MOST]) for first in range(0, len(words), MOST)]


def test_every_known_form(ask: Any) -> None:
    """Every form of the map, as it is and capitalised, has the same term, place and offsets on the server."""
    forms = sorted(stems())
    assert len(forms) >= 5_000
    for text in batches([*forms, *(form.capitalize() for form in forms)]):
        assert server_tokens(ask, STEMMED, text) == our_tokens(text)


def test_forms_that_only_the_rules_know(ask: Any) -> None:
    """Forms of made-up roots, which the map has not, go through the same rules in the same order."""
    roots = ("gobalikasi", "taprek", "lompeng", "santrik", "kobar", "awetin", "elokas", "ringkus", "wacanak", "cetus")
    prefixes = ("", "me", "mem", "men", "meng", "meny", "pe", "pem", "pen", "peng", "peny", "di", "ter", "ber", "per")
    prefixes += ("ke", "keber", "kese", "memper", "diper", "pemper", "terper", "se")
    suffixes = ("", "kan", "i", "an", "nya", "lah", "kah", "pun", "ku", "mu", "kannya", "annya", "kanlah", "inyapun")
    forms = [prefix + root + suffix for root in roots for prefix in prefixes for suffix in suffixes]
    assert len(forms) > 3_000
    for text in batches(forms):
        assert server_tokens(ask, STEMMED, text) == our_tokens(text)


@pytest.mark.shared
def test_words_of_real_news(ask: Any) -> None:
    """Every line of the development corpora has the same tokens."""
    lines: list[str] = []
    for path in sorted((require_shared() / "corpora").rglob("*.gz")):
        with gzip.open(path, "rt", encoding="utf-8", errors="replace") as file:
            lines += itertools.islice(file, 4_000)
    words = list(dict.fromkeys(match.group() for line in lines for match in WORD.finditer(line)))
    assert len(words) >= 5_000
    for text in batches(words):
        assert server_tokens(ask, STEMMED, text) == our_tokens(text)
        assert server_tokens(ask, EXACT, text) == our_exact_tokens(text)


@pytest.mark.parametrize(
    ("forms", "root"),
    [
        ("mengatakan dikatakan katanya perkataan kata", "kata"),
        ("menegaskan tegas", "tegas"),
        ("menolak penolakan tolak", "tolak"),
        ("pertemuan bertemu temu", "temu"),
        ("peluncuran meluncurkan luncur", "luncur"),
        ("pemimpin memimpin pimpin", "pimpin"),
    ],
)
def test_derived_forms_are_their_root(ask: Any, forms: str, root: str) -> None:
    """Derived forms become their root."""
    assert {term for term, *_ in server_tokens(ask, STEMMED, forms)} == {root}


def test_negation_is_kept(ask: Any) -> None:
    """No word that denies is dropped."""
    words = "tidak bukan belum jangan tanpa tak"
    assert [term for term, *_ in server_tokens(ask, STEMMED, words)] == words.split()


def test_every_letter_there_is(ask: Any) -> None:
    """Each character of Unicode that this Python knows is the same word, or none, on the server."""
    known = re.compile(r"\w")
    every = [chr(code) for code in range(sys.maxunicode + 1) if not 0xD800 <= code <= 0xDFFF]
    letters = [letter for letter in every if known.match(letter)]
    others = [letter for letter in every if ord(letter) < 0x3000 and not known.match(letter)]
    for text in [*batches(letters), *batches([f"a{other}b" for other in others])]:
        assert server_tokens(ask, EXACT, text) == our_exact_tokens(text)


@given(
    st.lists(
        st.text(st.one_of(st.sampled_from(TRICKY), st.characters(exclude_categories=["Cs", "Cn"])), max_size=90),
        max_size=30,
    )
)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text(ask: Any, parts: list[str]) -> None:
    """Any text has the same tokens."""
    text = " ".join(parts)
    assert server_tokens(ask, STEMMED, text) == our_tokens(text)
    assert server_tokens(ask, EXACT, text) == our_exact_tokens(text)


@given(st.text(st.one_of(st.sampled_from(TRICKY), st.characters(exclude_categories=["Cs", "Cn"])), max_size=200))
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_value(ask: Any, value: str) -> None:
    """The normalizer makes of any value what filters compare: its folded words, one blank apart."""
    found = ask(normalizer=VALUE, text=value)
    assert "".join(token["token"] for token in found) == folded(value)


@pytest.mark.parametrize("word", ["x" * 64, "x" * 65, "ﬁ" * 70, "𐐀" * 70, "1" * 80, "a\u0301" * 50, "1.000" * 20])
def test_long_words_are_cut_alike(ask: Any, word: str) -> None:
    """What is longer than a term may be is cut at the same character, also in a value."""
    assert server_tokens(ask, STEMMED, f"{word} dan") == our_tokens(f"{word} dan")
    assert ask(normalizer=VALUE, text=f"{word} dan")[0]["token"] == folded(f"{word} dan")
