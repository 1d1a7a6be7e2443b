"""How a statement is introduced behind its verb: by a quote, `bahwa`, a colon, a comma or a noun of saying."""

from __future__ import annotations

from enum import StrEnum

from kliping_extract.domain.lexicon import CueClass
from kliping_extract.domain.predicates import is_predicate
from kliping_extract.domain.prose import Prose

#: How far behind its verb `bahwa` (or a comma) may stand, past addressee, place and time.
REACH = 26
#: The longest addressee between a verb and `bahwa`, in tokens.
ADDRESSEE = 8
#: How far behind its verb a colon may stand: `menyebut satu hal: ...`.
_TO_COLON = 4
#: How far behind a noun of saying `bahwa` may stand: `kabar yang beredar di media sosial bahwa ...`.
_TOLD = 12


class How(StrEnum):
    """What introduces a statement; the surest first."""

    QUOTE = "quote"
    BAHWA = "bahwa"
    COLON = "colon"
    COMMA = "comma"
    CLAUSE = "clause"
    VERB = "verb"
    AS = "as"
    SPEECH = "speech"
    NOUN = "noun"
    AGAR = "agar"


Start = tuple[int, How]


def marked(prose: Prose, i: int, limit: int) -> Start | None:
    """A start that any cue may have: a quote, bahwa, a colon or a comma right here, or a noun of saying and bahwa."""
    word = prose.tokens.lower[i]
    if prose.quote_from(i) is not None:
        return i, How.QUOTE
    if word in prose.lexicon.grammar.markers:
        return (i + 1, How.BAHWA) if i + 1 < limit else None
    if word in prose.lexicon.grammar.spoken_markers and not any(prose.comma(j) for j in range(i, limit)):
        return (i + 1, How.BAHWA) if i + 1 < limit else None
    colon = next((j for j in range(i, min(i + _TO_COLON, limit)) if prose.tokens.words[j] == ":"), None)
    if colon is not None:
        return (colon + 1, How.QUOTE if prose.quote_from(colon + 1) else How.COLON) if colon + 1 < limit else None
    if prose.comma(i):
        return _after_comma(prose, i, limit)
    if names_saying(prose, i):
        marker = next((j for j in range(i + 1, min(i + _TOLD, limit)) if is_marker(prose, j) or prose.comma(j)), None)
        told = marker is not None and marker + 1 < limit and is_marker(prose, marker)
        return (marker + 1, How.BAHWA) if told and marker is not None else None
    return None


def _after_comma(prose: Prose, comma: int, limit: int) -> Start | None:
    """Behind the comma, past days and past insertions that `bahwa` follows; not at a word that carries the same clause on."""
    lower, grammar = prose.tokens.lower, prose.lexicon.grammar
    start = comma + 1
    if start < limit and (lower[start] in grammar.joiners or lower[start] in grammar.listing):
        return None
    for _ in range(3):
        if start >= limit:
            return None
        if lower[start] in grammar.markers:
            return (start + 1, How.BAHWA) if start + 1 < limit else None
        if prose.quote_from(start) is not None:
            return start, How.QUOTE
        after = next((j for j in range(start + 1, min(start + REACH, limit)) if prose.comma(j)), None)
        if after is None or after + 1 >= limit:
            break
        bahwa_next = lower[start] in grammar.adjuncts and lower[after + 1] in grammar.markers
        if not (lower[start] in grammar.days or bahwa_next):
            break
        start = after + 1
    return start, How.COMMA


def addressed(prose: Prose, i: int, limit: int) -> Start | None:
    """`mengingatkan warga bahwa ...`: behind whom it was said to."""
    for j in range(i + 1, min(i + ADDRESSEE, limit - 1)):
        if is_marker(prose, j):
            return j + 1, How.BAHWA
        if not prose.tokens.words[j][0].isalnum() or is_predicate(prose, j):
            return None
    return None


def far_quote(prose: Prose, i: int, limit: int) -> Start | None:
    """`menulis pesan pendek di papan: "..."`, `menjawab dengan ringan, "..."`"""
    for j in range(i, limit - 1):
        quote = prose.quote_from(j + 1)
        if quote is not None and (prose.tokens.words[j] == ":" or (prose.comma(j) and prose.full(quote))):
            return j + 1, How.QUOTE
        word = prose.cue_at[j]
        if word is not None and word.kind is CueClass.ACTIVE:
            return None
    return None


def is_marker(prose: Prose, i: int) -> bool:
    """Whether token `i` is `bahwa`."""
    return prose.tokens.lower[i] in prose.lexicon.grammar.markers


def speech_noun(prose: Prose, i: int) -> bool:
    """Whether token `i` is a noun of saying, with -nya or without."""
    word = prose.tokens.lower[i]
    return word in prose.lexicon.grammar.speech_nouns or word.removesuffix("nya") in prose.lexicon.grammar.speech_nouns


def names_saying(prose: Prose, i: int) -> bool:
    """Whether token `i` is a noun for what was or could be said."""
    return speech_noun(prose, i) or prose.tokens.lower[i].partition("-")[0] in prose.lexicon.nouns


def taken_up(prose: Prose, start: int, end: int) -> bool:
    """`tuduhan itu`, `rencana tersebut`: a noun that points back; what was said is told elsewhere, and nothing of it here."""
    lower, grammar = prose.tokens.lower, prose.lexicon.grammar
    if start + 1 >= end or lower[start + 1] not in grammar.demonstratives:
        return False
    over = start + 2 >= end or not prose.tokens.words[start + 2][0].isalnum()
    return over or names_saying(prose, start) or lower[start] in grammar.plans
