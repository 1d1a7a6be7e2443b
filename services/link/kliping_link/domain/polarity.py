"""What a statement denies, and which of its words another one has the opposite of."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from kliping_link.domain.words import content, lexicon_lines
from kliping_shared.analysis.tokens import WORD, fold

#: So many words before a negator are its subject.
SUBJECT = 3
#: So many words behind it are what it denies first of all.
FOCUS = 1
#: What ends the scope of a negator: a mark, or a word that begins another clause.
_TURNS = re.compile(
    r"[,.;:!?–—]|\b(?:tetapi|tapi|namun|melainkan|karena|sebab|sehingga|agar|supaya|sementara|sedangkan|meski|meskipun|"
    r"walau|walaupun|setelah|sebelum|sampai|hingga|dan|lalu)\b|(?=\b(?:jika|jikalau|kalau|bila|apabila|seandainya|"
    r"apakah|mengapa|kenapa)\b)",
    re.IGNORECASE,
)
#: Clauses that say nothing to be so, and nothing not to be so.
_OPEN = re.compile(r"\s*(?:jika|jikalau|kalau|bila|apabila|seandainya|apakah|mengapa|kenapa)\b", re.IGNORECASE)
#: Before a negator: what it denies is no statement, but tells which thing is meant.
_RELATIVE = re.compile(r"\byang\s+$", re.IGNORECASE)
_THOUSANDS = re.compile(r"(?<=\d)[.,](?=\d)")


@cache
def negators() -> frozenset[str]:
    """Words that deny what their clause says."""
    return frozenset(line.partition(":")[0] for line in lexicon_lines("negators.txt"))


@cache
def _negator() -> re.Pattern[str]:
    """Any of them, unless a word follows with which it denies nothing."""
    found = []
    for line in lexicon_lines("negators.txt"):
        word, _, harmless = line.partition(":")
        behind = "|".join(other.strip().replace(" ", r"\s+") for other in harmless.split(","))
        found.append(rf"{word}(?!\s+(?:{behind})\b)" if behind else word)
    return re.compile(rf"\b(?:{'|'.join(found)})\b", re.IGNORECASE)


def negates(text: str) -> bool:
    """Whether anything in it is denied."""
    return bool(_negator().search(text))


class Denial(NamedTuple):
    """Stems of what is said not to be so (``scope``), and of these the ones that it turns on (``focus``)."""

    scope: frozenset[str]
    focus: frozenset[str]


def denial(text: str, *, denied: bool) -> Denial:
    """What a text negates; of a statement that its cue denies ('membantah ...'), what it does not.

    What stands behind 'jika' or 'apakah' is neither said nor denied.
    """
    inside: set[str] = set()
    focus: set[str] = set()
    outside: set[str] = set()
    for clause in _TURNS.split(_THOUSANDS.sub("", text)):
        found = [] if _OPEN.match(clause) else list(_negator().finditer(clause))
        before = content(clause[: found[0].start()] if found else clause)
        for negator in found:
            after = content(clause[negator.end() :])
            # The subject of a negated predicate is as much in question as the predicate.
            inside.update(before[-SUBJECT:], after)
            if not _RELATIVE.search(clause[: negator.start()]):
                behind = [word for word in after if word not in _auxiliaries()]
                focus.update(behind[:FOCUS] or before[-1:])
        outside.update(before[:-SUBJECT] if found else before)
    if not denied:
        return Denial(frozenset(inside), frozenset(focus))
    return Denial(frozenset(outside - inside), frozenset(outside - inside))


@cache
def _auxiliaries() -> frozenset[str]:
    return frozenset(stem for line in lexicon_lines("auxiliaries.txt") for stem in content(line))


class Opposition(NamedTuple):
    """Words of which those on one side cannot be so where those on the other are; ``told``: scope or polarity."""

    told: str
    left: frozenset[str]
    right: frozenset[str]


@cache
def oppositions() -> tuple[Opposition, ...]:
    """The rows of ``lexicon/opposites.txt``."""
    found = []
    for line in lexicon_lines("opposites.txt"):
        told, _, words = line.partition(":")
        left, right = (frozenset(side.split()) for side in words.split("|"))
        found.append(Opposition(told, left, right))
    return tuple(found)


@cache
def _opposites() -> frozenset[str]:
    return frozenset().union(*(row.left | row.right for row in oppositions()))


def opposing_words(text: str, without: frozenset[str] = frozenset()) -> frozenset[str]:
    """Its words that have opposites, as they are written; those left out whose stems are in ``without``."""
    words = {fold(word) for word in WORD.findall(text)} & _opposites()
    return frozenset(word for word in words if without.isdisjoint(content(word)))


def opposed(mine: frozenset[str], theirs: frozenset[str]) -> tuple[tuple[str, str, str], ...]:
    """What two wordings tell in opposite words: ``scope`` or ``polarity``, and a word of each.

    Who has words of both sides opposes nothing.
    """
    found = []
    for told, left, right in oppositions():
        for one, other in ((left, right), (right, left)):
            if _only(mine, one, other) and _only(theirs, other, one):
                found.append((told, min(mine & one), min(theirs & other)))
    return tuple(found)


def _only(words: frozenset[str], one: frozenset[str], other: frozenset[str]) -> bool:
    return not words.isdisjoint(one) and words.isdisjoint(other)
