"""What to ask when few documents hold every word of a query: those that hold some of them, or stand below a title that does."""

from __future__ import annotations

from kliping_shared.analysis import terms
from kliping_shared.query.ast import And, Field, Or, Phrase, Query, Word


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


def titled(query: Query) -> Query | None:
    """``query`` with its words and phrases looked for in titles; None where it has none that says something.

    Words that say nothing by themselves are left out, and what is denied stays as it is.
    """
    items = query.items if isinstance(query, And) else (query,)
    said = [item for item in items if isinstance(item, Word | Phrase) and terms(item.text, stop=True)]
    if not said:
        return None
    titles = tuple(Field("title", item.text) for item in said)
    rest = tuple(item for item in items if not isinstance(item, Word | Phrase))
    return And((*titles, *rest)) if len(titles) + len(rest) > 1 else titles[0]
