"""Invented articles in any number, as varied as real ones: the demo articles with other people, places, words and numbers.

Each event is told by the outlets that tell it in the demo, with the same substitutions, so that claims agree within an
event and with nothing outside of it.
"""

from __future__ import annotations

import json
import random
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from kliping_shared.analysis import terms

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
#: Syllables of the names and words that stand in for those of the demo.
SYLLABLES = (
    "ba",
    "da",
    "ga",
    "ja",
    "ka",
    "la",
    "ma",
    "na",
    "pa",
    "ra",
    "sa",
    "ta",
    "wi",
    "yu",
    "ro",
    "du",
    "li",
    "no",
    "se",
    "ku",
)
#: Words that carry the topic are exchanged; what carries the grammar (derived verbs, function words, titles) stays, but
#: in claims: there derived words get another stem.
DERIVED = re.compile(r"^(me[mn]|be|di|te|pe|ke|se)\w+|\w+(nya|kan|an)$")
#: What kind of body a name is of; the rest of a body's name is exchanged.
BODIES = frozenset(
    [
        "PT",
        "BPBD",
        "Badan",
        "Daerah",
        "Dinas",
        "Kantor",
        "Kementerian",
        "Komisi",
        "Nasional",
        "Pengadilan",
        "Pidana",
        "Pusat",
        "Stasiun",
        "Tindak",
        "Universitas",
    ]
)
NUMBER = re.compile(r"(?<![\d./])\d{2,3}(?![\d./])")
WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class Invented:
    """A file name and its text."""

    name: str
    text: str


@cache
def _events() -> tuple[tuple[tuple[str, str], ...], ...]:
    """The demo's plain text articles by event: (outlet, text)."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for path in sorted((SEEDS / "articles").glob("*.txt")):
        event, _, outlet = path.stem.partition("_")
        found[event].append((outlet, path.read_text(encoding="utf-8")))
    return tuple(tuple(articles) for articles in found.values())


@cache
def _gold() -> tuple[dict[str, Any], ...]:
    lines = (SEEDS / "gold" / "gold.jsonl").read_text(encoding="utf-8").splitlines()
    return tuple(json.loads(line) for line in lines)


@cache
def _names() -> frozenset[str]:
    """The words of names in the demo, but those of outlets and agencies, which tell of every event."""
    told = {name for article in _gold() for name in (article["outlet"], article["origin"]) if name}
    mentions = {m["text"] for article in _gold() for m in article["entities"]} - told
    words = {word for mention in mentions for word in WORD.findall(mention) if word[0].isupper()}
    return frozenset(words - BODIES - {word for name in told for word in WORD.findall(name)})


@cache
def _claimed() -> frozenset[str]:
    """The words of the demo's claims, but those that anybody speaks with."""
    claims = [claim for article in _gold() for claim in article["claims"]]
    cues = {word for claim in claims for word in WORD.findall(claim["cue"] or "")}
    return frozenset(word for claim in claims for span in claim["spans"] for word in WORD.findall(span["text"])) - cues


def invented(count: int, *, seed: int = 1) -> Iterator[Invented]:
    """``count`` different articles, the same for the same seed; those of one event follow each other."""
    made = 0
    number = 0
    while made < count:
        event = _events()[number % len(_events())]
        exchange = _Exchange(random.Random(f"{seed}:{number}"))
        for outlet, text in event[: count - made]:
            yield Invented(f"{number:05d}_{outlet}.txt", exchange.of(text))
            made += 1
        number += 1


class _Exchange:
    """One event's substitutions: the same word always becomes the same other word."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._words: dict[str, str] = {}
        self._numbers: dict[str, str] = {}

    def of(self, text: str) -> str:
        """``text`` with its substitutions."""
        return NUMBER.sub(lambda found: self._number(found[0]), WORD.sub(lambda found: self._word(found[0]), text))

    def _word(self, word: str) -> str:
        if word in _names():
            return self._new(word).capitalize()
        if len(word) < 5 or not word.islower() or not terms(word, stop=True):
            return word
        derived = DERIVED.fullmatch(word)
        if derived is None:
            return self._new(word)
        if word not in _claimed():
            return word
        return (derived[1] or "") + self._new(word) + (derived[2] or "")

    def _new(self, word: str) -> str:
        return self._words.setdefault(word, "".join(self._chance.choices(SYLLABLES, k=3)))

    def _number(self, number: str) -> str:
        return self._numbers.setdefault(number, str(self._chance.randint(11, 989)))
