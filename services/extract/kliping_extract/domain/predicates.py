"""What a clause has and a noun phrase has not: a verb, or a subject that is complete with more behind it."""

from __future__ import annotations

from kliping_extract.domain.phrases import looks_verbal
from kliping_extract.domain.prose import Prose

#: How far behind its beginning a clause has shown what it is, in tokens.
_REACH = 26
#: Fewest letters of a word that may be a predicate behind a complete subject.
_LONG = 4


def is_predicate(prose: Prose, i: int) -> bool:
    """Whether token `i` may be a clause's verb, or stand for one."""
    word = prose.tokens.lower[i]
    return word in prose.lexicon.grammar.predicates or looks_verbal(word, prose.lexicon)


def measures(prose: Prose, i: int, limit: int) -> bool:
    """Whether token `i` opens an amount, which tells of a subject what a verb would: `korban 14 orang`, `sebesar Rp3 miliar`."""
    word, grammar = prose.tokens.lower[i], prose.lexicon.grammar
    if word in grammar.measures:
        return True
    if word.startswith("rp") and i + 1 < limit and (word != "rp" or prose.tokens.words[i + 1][0].isdigit()):
        return word == "rp" or word[2].isdigit()
    if i + 1 >= limit or not word[0].isdigit() or not prose.tokens.lower[i + 1][0].isalpha():
        return False
    before = prose.tokens.lower[i - 1]
    return before not in grammar.adjuncts and before not in grammar.ordinals


def asserts(prose: Prose, start: int, limit: int) -> bool:
    """Whether the tokens may be a clause, not a thing alone; read no further than one shows it."""
    limit = min(limit, start + _REACH)
    return any(
        is_predicate(prose, i)
        or prose.quote_at[i] >= 0
        or (i > start and measures(prose, i, limit))
        or _tells_of_subject(prose, start, i, limit)
        for i in range(start, limit)
    )


def _tells_of_subject(prose: Prose, start: int, i: int, limit: int) -> bool:
    """Whether a word goes on behind a subject that is complete: `pungutan itu | liar`, `pihaknya | kekurangan`, `Budi | lalai`."""
    lower, grammar = prose.tokens.lower, prose.lexicon.grammar
    if i + 1 >= limit or not _content(prose, i + 1):
        return False
    if lower[i] in grammar.demonstratives:
        return i > start
    if lower[i] in prose.lexicon.pronouns or prose.tokens.name_until(i + 1) is not None:
        return i == start or prose.tokens.name_at[start] >= 0
    return lower[i].endswith("nya") and i == start


def _content(prose: Prose, i: int) -> bool:
    """Whether token `i` is a word in lower case that neither carries a noun phrase on nor opens an adjunct."""
    word = prose.tokens.words[i]
    return (
        word.islower()
        and len(word) >= _LONG
        and word.replace("-", "").isalpha()
        and word not in prose.lexicon.carrying_on
    )
