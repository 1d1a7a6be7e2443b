"""Articles damaged in many ways, the same ones each time: mutation number n of the same texts is always the same text."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence

_QUOTES = "\"“”„‟«»‘’‚‹›'＂`"
_BRACKETS = "()[]{}<>【】"
_BREAKS = ("\n", "\n\n", "\r\n", "\r", "\u2028", "\x0b", "\x0c", "\t", "\u00a0", "\u3000")
#: Controls, bidirectional and zero-width marks, a byte order mark.
_INVISIBLE = "\x01\x1b\x7f\x85\u00ad\u200b\u200d\u200e\u200f\u202a\u202e\u2066\u2069\ufeff\ufffd"
#: Emoji in one and several code points, combining marks, letters that change their length with their case.
_ODD = (
    "🙂",
    "👩‍👩‍👧",
    "🇮🇩",
    "e\u0301",
    "\u0301\u0316",
    "ß",
    "İ",
    "ŉ",
    "ﬁ",
    "ǆ",
    "Σ",
    "١٢",
    "汉字",
    "العربية",
    "\U000e0041",
)
_PIECES = (" kata ", ", kata", "ujarnya", " menurut ", " mengatakan ", " bahwa ", " dilansir ", "Presiden ", "Rabu (13/9)", "Rp 5 juta ",
           " dan ", "-", "--", "…", "...", ":", "Baca juga: ", "Penulis: ", "JAKARTA - ", "http://a.id/b?c=(d)", "a@b.id", "1.000,5")  # fmt: skip

Mutation = Callable[[random.Random, str, Sequence[str]], str]


def mutated(texts: Sequence[str], number: int) -> str:
    """The ``number``-th damaged text: one of ``texts`` after one to six mutations; never empty."""
    chance = random.Random(number)
    text = chance.choice(texts)
    for mutation in chance.choices(MUTATIONS, k=chance.randint(1, 6)):
        text = mutation(chance, text, texts)
    return text or "."


def _places(chance: random.Random, text: str, marks: str) -> Iterator[int]:
    """Some of the places of some marks, the last first."""
    found = [at for at, character in enumerate(text) if character in marks]
    yield from sorted(chance.sample(found, min(len(found), chance.randint(1, 4))), reverse=True)


def _drop(marks: str) -> Mutation:
    def drop(chance: random.Random, text: str, texts: Sequence[str]) -> str:
        for at in _places(chance, text, marks):
            text = text[:at] + text[at + 1 :]
        return text

    return drop


def _repeat(marks: str) -> Mutation:
    def repeat(chance: random.Random, text: str, texts: Sequence[str]) -> str:
        for at in _places(chance, text, marks):
            text = text[:at] + text[at] * chance.choice((2, 3, 40)) + text[at + 1 :]
        return text

    return repeat


def _exchange(marks: str) -> Mutation:
    def exchange(chance: random.Random, text: str, texts: Sequence[str]) -> str:
        for at in _places(chance, text, marks):
            text = text[:at] + chance.choice(marks) + text[at + 1 :]
        return text

    return exchange


def _insert(pieces: Sequence[str]) -> Mutation:
    def insert(chance: random.Random, text: str, texts: Sequence[str]) -> str:
        for _ in range(chance.randint(1, 6)):
            at = chance.randint(0, len(text))
            text = text[:at] + chance.choice(pieces) + text[at:]
        return text

    return insert


def _noise(chance: random.Random, text: str, texts: Sequence[str]) -> str:
    """A stretch of arbitrary characters, as of a binary file read as text; never NUL nor half a surrogate pair."""
    drawn = (chance.randrange(1, chance.choice((0x100, 0x3000, 0xD7FF))) for _ in range(chance.randint(1, 80)))
    at = chance.randint(0, len(text))
    return text[:at] + "".join(map(chr, drawn)) + text[at:]


def _truncate(chance: random.Random, text: str, texts: Sequence[str]) -> str:
    """The text breaks off, or begins in the middle of a word."""
    at = chance.randint(0, len(text))
    return text[:at] if chance.random() < 0.5 else text[at:]


def _shorten(chance: random.Random, text: str, texts: Sequence[str]) -> str:
    return re.sub(r"\w{4,}", lambda word: word[0][: -chance.randint(0, 2) or None], text)


def _recase(chance: random.Random, text: str, texts: Sequence[str]) -> str:
    return chance.choice((str.upper, str.lower, str.title, str.swapcase))(text)


def _join_lines(chance: random.Random, text: str, texts: Sequence[str]) -> str:
    return re.sub(r"\s*\n\s*", chance.choice((" ", "", "\n")), text)


def _shuffle(chance: random.Random, text: str, texts: Sequence[str]) -> str:
    border = chance.choice(("\n", ". ", ", ", " "))
    parts = text.split(border)
    chance.shuffle(parts)
    return border.join(parts)


def _splice(chance: random.Random, text: str, texts: Sequence[str]) -> str:
    other = chance.choice(texts)
    return text[: chance.randint(0, len(text))] + other[chance.randint(0, len(other)) :]


def _strip(chance: random.Random, text: str, texts: Sequence[str]) -> str:
    """Without any mark, any blank, or any quote mark."""
    return re.sub(chance.choice((r"[^\w\s]", r"\s+", f"[{_QUOTES}]")), "", text)


MUTATIONS: tuple[Mutation, ...] = (
    *(make(marks) for make in (_drop, _repeat, _exchange) for marks in (_QUOTES, _BRACKETS, ".,:;?!", "\n ")),
    *map(_insert, (_QUOTES, _BRACKETS, _BREAKS, _INVISIBLE, _ODD, _PIECES)),
    *(_noise, _truncate, _shorten, _recase, _join_lines, _shuffle, _splice, _strip),
)
