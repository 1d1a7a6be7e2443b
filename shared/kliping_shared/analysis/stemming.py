"""From a folded word to its root: the second half of the chain ``kliping_id``.

A word is looked up in ``data/stems.tsv``; one that is not there loses its clitics and is looked up again; one that is
still unknown passes the affix rules and is looked up a last time. In OpenSearch's terms: ``stemmer_override``,
``condition`` (token is no keyword) around ``pattern_replace``, ``stemmer_override``, and so on: ``stages()`` lists them.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

_DATA: Final = "kliping_shared.analysis.data"


@dataclass(frozen=True)
class Rule:
    """One ``pattern_replace``: every match of ``pattern`` becomes ``replacement`` (``$1`` is the first group)."""

    stage: str
    pattern: re.Pattern[str]
    replacement: str

    def apply(self, word: str) -> str:
        """The word after this rule."""
        # Most words match no rule, and looking is far cheaper than an attempt to replace.
        return self.pattern.sub(self.replacement.replace("$", "\\"), word) if self.pattern.search(word) else word


def _lines(name: str) -> list[str]:
    text = files(_DATA).joinpath(name).read_text("utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


@cache
def stems() -> dict[str, str]:
    """Form to root, from ``data/stems.tsv``."""
    return dict(line.split("\t") for line in _lines("stems.tsv"))


@cache
def rules(stage: str) -> tuple[Rule, ...]:
    """The rules of one stage (``clitics`` or ``affixes``) in their order, from ``data/rules.tsv``."""
    rows = (line.split("\t") for line in _lines("rules.tsv"))
    return tuple(Rule(name, re.compile(pattern), replacement) for name, pattern, replacement in rows if name == stage)


@cache
def _some_rule(stage: str) -> re.Pattern[str]:
    """Finds what any rule of the stage finds: most unknown words are names, which none does."""
    return re.compile("|".join(f"(?:{rule.pattern.pattern})" for rule in rules(stage)))


@cache
def function_words() -> frozenset[str]:
    """Words without a subject of their own, from ``data/function_words.txt``; negation is not among them."""
    return frozenset(word for line in _lines("function_words.txt") for word in line.split())


def fingerprint() -> str:
    """A short text that changes whenever the data of the chain does: stored terms of another are of no use."""
    data = "".join(files(_DATA).joinpath(name).read_text("utf-8") for name in ("letters.tsv", "stems.tsv", "rules.tsv"))
    return f"2-{zlib.crc32(data.encode()):08x}"  # the first number grows when the code changes what terms come out


def root_of(word: str) -> str:
    """The root of a folded word; a word that is its own root comes back as it is."""
    known = stems()
    for stage in ("clitics", "affixes"):
        if word in known:
            return known[word]
        if _some_rule(stage).search(word):
            for rule in rules(stage):
                word = rule.apply(word)
    return known.get(word, word)
