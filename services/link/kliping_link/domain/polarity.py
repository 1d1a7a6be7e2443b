"""What a statement denies, and which of its words another one has the opposite of."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from kliping_link.domain.words import content, lexicon_lines
from kliping_shared.analysis import stem
from kliping_shared.analysis.tokens import WORD

#: So many words before a negator are its subject.
SUBJECT = 3
#: What ends the scope of a negator: a mark, or a word that begins another clause.
_TURNS = re.compile(
    r"[,.;:!?–—]|\b(?:tetapi|tapi|namun|melainkan|karena|sebab|sehingga|agar|supaya|sementara|sedangkan|meski|meskipun|"
    r"walau|walaupun|jika|kalau|bila|apabila|setelah|sebelum|sampai|hingga|dan|lalu)\b",
    re.IGNORECASE,
)
_NEGATOR = re.compile(
    r"\b(?:tidak(?!\s+(?:hanya|cuma|sekadar|lama))|tak(?!\s+(?:hanya|lama))|bukan(?!\s+(?:hanya|cuma))|belum|jangan|tanpa|"
    r"tiada|nggak|enggak|gak|mustahil|nihil|nol)\b",
    re.IGNORECASE,
)
_THOUSANDS = re.compile(r"(?<=\d)[.,](?=\d)")


def negated_terms(text: str, *, denied: bool) -> frozenset[str]:
    """Stems in the scope of a negator; of a statement that its cue denies ('membantah ...'), the others."""
    inside: set[str] = set()
    outside: set[str] = set()
    for clause in _TURNS.split(_THOUSANDS.sub("", text)):
        before, *after = map(content, _NEGATOR.split(clause, maxsplit=1))
        if after:
            # The subject of a negated predicate is as much in question as the predicate.
            inside.update(before[-SUBJECT:], *after)
            before = before[:-SUBJECT]
        outside.update(before)
    return frozenset(outside - inside if denied else inside)


class Opposition(NamedTuple):
    """Stems of which those on one side cannot be so where those on the other are; ``told``: scope or polarity."""

    told: str
    left: frozenset[str]
    right: frozenset[str]


@cache
def oppositions() -> tuple[Opposition, ...]:
    """The rows of ``lexicon/opposites.txt``."""
    found = []
    for line in lexicon_lines("opposites.txt"):
        told, _, words = line.partition(":")
        left, right = (frozenset(map(stem, side.split())) for side in words.split("|"))
        found.append(Opposition(told, left, right))
    return tuple(found)


def words_of(text: str) -> frozenset[str]:
    """Stems of all words, those without content among them."""
    return frozenset(stem(word) for word in WORD.findall(text))


def opposed(mine: frozenset[str], theirs: frozenset[str]) -> frozenset[str]:
    """What two wordings tell in opposite words: ``scope``, ``polarity``. A word that both have opposes nothing."""
    one, other = mine - theirs, theirs - mine
    return frozenset(
        told
        for told, left, right in oppositions()
        if (one & left and other & right and not mine & right and not theirs & left)
        or (one & right and other & left and not mine & left and not theirs & right)
    )
