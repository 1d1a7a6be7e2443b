"""What to ask when few documents hold every word of a query: those that hold some of them."""

from __future__ import annotations

from kliping_shared.analysis import terms
from kliping_shared.query.ast import And, Or, Query, Word


def loosened(query: Query) -> Query | None:
    """``query`` with any of its words instead of all; None where that is the same, or hardly a question.

    What a person has said with care stays as it is: phrases, fields, what is denied, groups in brackets. Words that
    say nothing by themselves (*yang*, *kenapa*) are left out: half of all documents hold them.
    """
    if not isinstance(query, And):
        return None
    words = [item for item in query.items if isinstance(item, Word)]
    telling = [word for word in words if terms(word.text, stop=True)]
    if len(words) < 2 or not telling:
        return None
    any_word: Query = Or(tuple(telling)) if len(telling) > 1 else telling[0]
    rest = tuple(item for item in query.items if not isinstance(item, Word))
    return And((any_word, *rest)) if rest else any_word
