"""``kliping_id`` said in OpenSearch's terms: equal, token by token, to ``kliping_shared.analysis``.

Analysis is most of what indexing costs, and regular expressions are most of that, so words that cannot match are kept
from them: numbers and long words have a condition of their own, a word found in the map is marked as keyword, and of
the others length, beginning and end are looked at before any rule.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from functools import cache
from typing import Any, Final

from kliping_shared.analysis.stemming import rules, stems
from kliping_shared.analysis.tokens import LETTER, MARKS, MAX_TERM, THOUSANDS

#: Analyzers and the normalizer by name.
STEMMED: Final = "kliping_id"
EXACT: Final = "kliping_exact"
VALUE: Final = "kliping_value"

#: What a rule of each stage can match at all: shortest word, beginnings, ends (none: any). A test holds them to the rules.
GUARDS: Final[dict[str, tuple[int, tuple[str, ...], tuple[str, ...]]]] = {
    "clitics": (7, (), ("lah", "kah", "pun", "nya", "ku", "mu")),
    "affixes": (7, ("me", "pe", "di", "ke", "te", "be"), ("kan",)),
}

# The same letters in Java's words, for the normalizer, whose regular expressions cannot take every range one by one.
_JAVA_LETTER: Final = r"[\p{L}\p{Nl}\p{No}&&[^\u2474-\u249b]]"
_JAVA_DIGIT: Final = r"\p{Nd}"


@cache
def analysis() -> dict[str, Any]:
    """The ``analysis`` section of the index settings. Takes a tenth of a second the first time."""
    folding = ["kliping_seldom", "kliping_marks", "lowercase", "asciifolding", "lowercase", "decimal_digit"]
    stemming = ["kliping_stems", "kliping_clitics", "kliping_affixes"]
    return {
        "tokenizer": {"kliping_words": {"type": "simple_pattern", "pattern": word_pattern()}},
        "char_filter": _value_filters(),
        "filter": {**_folding_filters(), **_stemming_filters()},
        "analyzer": {
            STEMMED: {"type": "custom", "tokenizer": "kliping_words", "filter": [*folding, *stemming]},
            EXACT: {"type": "custom", "tokenizer": "kliping_words", "filter": folding},
        },
        "normalizer": {
            VALUE: {
                "type": "custom",
                "char_filter": list(_value_filters()),
                "filter": ["lowercase", "asciifolding", "lowercase", "decimal_digit", "trim"],
            }
        },
    }


def word_pattern() -> str:
    """``WORD`` as a Lucene pattern whose automaton is deterministic as it is read: servers differ in making it so."""
    digit, letter = _ranges(r"\d"), _ranges(LETTER)
    return f"[{digit}]+([.,][{digit}]+)*|[{letter}][{letter}{MARKS}]*"


def _ranges(one: str) -> str:
    """The characters that a Python pattern for one character matches, as ranges of a character class."""
    every = "".join(chr(code) for code in range(sys.maxunicode + 1) if not 0xD800 <= code <= 0xDFFF)
    runs = (match.group() for match in re.finditer(f"{one}+", every))
    return "".join(run[0] if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)


def _replace(pattern: str, replacement: str = "") -> dict[str, Any]:
    return {"type": "pattern_replace", "pattern": pattern, "replacement": replacement}


def _java(pattern: str) -> str:
    return pattern.replace(r"\d", _JAVA_DIGIT)


def _folding_filters() -> dict[str, Any]:
    seldom = ["kliping_cut", "kliping_thousands", "kliping_comma"]
    # Numbers, and whatever begins with a character beyond ASCII: it may be a digit.
    script = f"CharSequence t = token.getTerm(); if (t.length() > {MAX_TERM}) return true; char c = t.charAt(0); return c < (char)':' || c > (char)'z';"
    return {
        "kliping_seldom": {"type": "condition", "filter": seldom, "script": {"source": script}},
        "kliping_cut": _replace(f"^(.{{{MAX_TERM}}}).+$", "$1"),
        "kliping_thousands": _replace(_java(THOUSANDS)),
        "kliping_comma": _replace(",", "."),
        # Java looks at the first part of an intersection first: one comparison for most letters.
        "kliping_marks": _replace(rf"[\u00ad-\uffff&&[{MARKS}]]+"),
    }


def _value_filters() -> dict[str, Any]:
    """Words apart by one blank, each folded: what ``store.values.folded`` makes of a value."""
    word = rf"{_JAVA_DIGIT}+(?:[.,]{_JAVA_DIGIT}+)*|{_JAVA_LETTER}[{_JAVA_LETTER}{MARKS}]*"
    return {
        "kliping_value_words": _replace(rf"({word})|[\s\S]", "$1 "),
        "kliping_value_blanks": _replace(" {2,}", " "),
        "kliping_value_cut": _replace(f"([^ ]{{{MAX_TERM}}})[^ ]+", "$1"),
        "kliping_value_marks": _replace(f"[{MARKS}]+|{_java(THOUSANDS)}"),
        "kliping_value_comma": _replace(",", "."),
    }


def _stemming_filters() -> dict[str, Any]:
    forms = defaultdict(list)
    for form, root in stems().items():
        forms[root].append(form)
    overrides = [f"{', '.join(several)} => {root}" for root, several in forms.items()]
    filters: dict[str, Any] = {"kliping_stems": {"type": "stemmer_override", "rules": overrides}}
    for stage, guard in GUARDS.items():
        names = []
        for number, rule in enumerate(rules(stage), start=1):
            name = f"kliping_{stage}_{number:02d}"
            filters[name] = _replace(rule.pattern.pattern, rule.replacement)
            names.append(name)
        names.append("kliping_stems")  # what no rule changes need not be looked up again
        filters[f"kliping_{stage}"] = {"type": "condition", "filter": names, "script": {"source": _script(*guard)}}
    return filters


def _script(shortest: int, beginnings: tuple[str, ...], ends: tuple[str, ...]) -> str:
    """A Painless condition: no known word, long enough, with one of the beginnings or ends."""
    tests = [_at(beginning, "") for beginning in beginnings] + [_at(end, f"n - {len(end)} + ") for end in ends]
    return (
        "if (token.isKeyword()) return false; CharSequence t = token.getTerm(); int n = t.length(); "
        f"if (n < {shortest}) return false; return {' || '.join(tests)};"
    )


def _at(letters: str, offset: str) -> str:
    same = (f"t.charAt({offset}{number}) == (char)'{letter}'" for number, letter in enumerate(letters))
    return f"({' && '.join(same)})"
