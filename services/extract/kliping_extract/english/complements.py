"""Where a reported statement begins behind an English verb of saying."""

from __future__ import annotations

from kliping_extract.domain.lexicon import CueWord
from kliping_extract.english.phrases import EnglishProse

#: How far behind its verb `that` may stand, past addressee, place and time, in tokens.
_REACH = 26
#: Whom something is told, where it is no name.
_TOLD = frozenset(
    {"him", "her", "them", "us", "me", "reporters", "journalists", "lawmakers", "investors", "parliament"}
)
_STOPS = frozenset(".,;:?!")
#: Verbs that a clause may have and an object has not, besides the auxiliaries.
_MODALS = frozenset(
    {"would", "will", "could", "can", "may", "might", "should", "must", "did", "does", "do", "wo", "ca"}
    | {"'ll", "’ll", "'d", "’d", "'re", "’re", "'ve", "’ve"}
)


def past_connectives(prose: EnglishProse, start: int, end: int) -> int:
    """The first token that is no connective (`But`, `Meanwhile,`)."""
    lower, connectives = prose.tokens.lower, prose.lexicon.grammar.connectives
    i = start
    while i < end and (lower[i] in connectives or (lower[i] == "," and i > start)):
        i += 1
    return i if i < end else start


def modal(prose: EnglishProse, i: int) -> bool:
    """Whether token `i` is an auxiliary or modal verb."""
    word, grammar = prose.tokens.lower[i], prose.lexicon.grammar
    return word in grammar.auxiliaries or word in grammar.passives or word in _MODALS


def closes(prose: EnglishProse, i: int, limit: int) -> bool:
    """Whether nothing is reported from token `i` on, behind a verb: its sentence ends there, or only says when and where."""
    j = _past_occasions(prose, i, limit)
    if j >= limit or prose.tokens.words[j] in _STOPS:
        return j >= limit or prose.tokens.words[j] != ":"
    adjunct = prose.tokens.lower[j] in prose.lexicon.grammar.adjuncts
    reach = range(j, min(limit, j + _REACH))
    return adjunct and not any(
        prose.tokens.lower[k] in prose.lexicon.grammar.markers or prose.quote_from(k) is not None for k in reach
    )


def statement_start(prose: EnglishProse, verb: int, word: CueWord, limit: int) -> tuple[int, str] | None:
    """First token of what the verb reports, and the rule; None where it reports nothing."""
    i = _past_occasions(prose, verb + 1, limit)
    if "person" in word.governs:
        i = _past_occasions(prose, _past_person(prose, i, limit), limit)
    marked = _marked(prose, i, limit)
    if marked is not None or i >= limit:
        return marked
    lower, grammar = prose.tokens.lower, prose.lexicon.grammar
    if "to" in word.governs and lower[i] == "to":
        return i, "en.verb.to"
    if "whether" in word.governs and lower[i] in grammar.questions:
        return i, "en.verb.question"
    if lower[i] in grammar.adjuncts or "person" in word.governs:
        far = next((j for j in range(i, min(limit - 1, i + _REACH)) if _marks(prose, j)), None)
        if far is not None:
            return _marked(prose, far, limit)
    told = i > verb + 1 and "person" in word.governs
    clause = ("clause" in word.governs or told) and _clause(prose, i, limit)
    return (i, "en.verb.clause") if clause or ("said" in word.governs and _free(prose, i, limit)) else None


def _marks(prose: EnglishProse, i: int) -> bool:
    return prose.tokens.lower[i] in prose.lexicon.grammar.markers or (prose.tokens.words[i] == ":")


def _marked(prose: EnglishProse, i: int, limit: int) -> tuple[int, str] | None:
    """A start that any verb may have: that, a colon, a quote, perhaps with a comma before it."""
    if i + 1 >= limit:
        return None
    if prose.quote_from(i) is not None:
        return i, "en.verb.quote"
    if (prose.comma(i) or prose.tokens.words[i] == ":") and prose.quote_from(i + 1) is not None:
        return i + 1, "en.verb.quote"
    if prose.tokens.lower[i] in prose.lexicon.grammar.markers or prose.tokens.words[i] == ":":
        return i + 1, "en.verb.that"
    return None


def _past_person(prose: EnglishProse, i: int, limit: int) -> int:
    """Past whom something is told."""
    if i >= limit:
        return i
    i += prose.tokens.lower[i] == "the"
    name = prose.tokens.name_from(i) if i < limit else None
    if name is not None:
        return name.end
    if i < limit and prose.tokens.capital(i):
        return next((j for j in range(i, limit) if not prose.tokens.capital(j)), limit)
    return i + (i < limit and prose.tokens.lower[i] in _TOLD)


def _past_occasions(prose: EnglishProse, i: int, limit: int) -> int:
    """Past adverbs, days and occasions: `on Tuesday`, `on March 3, 2026`, `in a statement`."""
    lower, grammar = prose.tokens.lower, prose.lexicon.grammar
    while i < limit:
        if lower[i] in grammar.adverbs or lower[i] in grammar.days:
            i += 1
        elif lower[i] in {"on", "late", "early", "last"} and i + 1 < limit and lower[i + 1] in grammar.days:
            i += 2
        elif lower[i] == "on" and i + 2 < limit and prose.tokens.capital(i + 1) and lower[i + 2].isdigit():
            year = i + 4 < limit and prose.comma(i + 3) and lower[i + 4].isdigit()
            i += 5 if year else 3
        elif lower[i] in {"in", "at", "during", "after", "to"} and (end := _occasion(prose, i, limit)) is not None:
            i = end
        else:
            break
    return i


def _occasion(prose: EnglishProse, i: int, limit: int) -> int | None:
    """Behind `in a televised interview`, `to reporters`, which token `i` begins."""
    lower, grammar = prose.tokens.lower, prose.lexicon.grammar
    if lower[i] == "to":
        return i + 2 if i + 1 < limit and lower[i + 1] in _TOLD else None
    if i + 1 >= limit or lower[i + 1] not in grammar.determiners:
        return None
    return next((j + 1 for j in range(i + 2, min(limit, i + 6)) if lower[j] in grammar.occasions), None)


def _free(prose: EnglishProse, i: int, limit: int) -> bool:
    """Whether three words or more stand there that do not begin with when or where."""
    begins = prose.tokens.words[i][0].isalnum() and prose.tokens.lower[i] not in prose.lexicon.grammar.adjuncts
    return begins and limit - i > 2


def _clause(prose: EnglishProse, i: int, limit: int) -> bool:
    """Whether a clause and no object begins at token `i`: it has a finite verb before anything that depends on a noun."""
    if not _free(prose, i, limit):
        return False
    for j in range(i + 1, min(limit, i + _REACH)):
        lower = prose.tokens.lower[j]
        if modal(prose, j):
            return True
        if lower in prose.lexicon.grammar.relatives or lower in {"that", "to"} or prose.comma(j):
            return False
    return False
