"""Words that a clause has and a noun phrase has not."""

from __future__ import annotations

from kliping_extract.domain.phrases import looks_verbal
from kliping_extract.domain.prose import Prose


def is_predicate(prose: Prose, i: int) -> bool:
    """Whether token `i` may be a clause's verb, or stand for one."""
    word = prose.tokens.lower[i]
    return word in prose.lexicon.grammar.predicates or looks_verbal(word, prose.lexicon)
