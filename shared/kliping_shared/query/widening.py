"""What a query also finds: names and words that news uses for one another (``data/synonyms.txt``), for the one typed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from kliping_shared.analysis import terms
from kliping_shared.query.ast import Alike, And, Or, Phrase, Query, Word, ranked
from kliping_shared.query.parser import parse

#: A form of so few letters is mostly a word of its own unless it is typed in capitals (as, ri).
_SHORT: Final = 2

Terms = tuple[str, ...]


def query_of(text: str) -> Query:
    """What to search for where ``text`` is typed. Raises QueryError."""
    return widened(parse(text))


def widened(query: Query) -> Query:
    """The query with each form that has others, or these; what stands in quotation marks, a field or a denial has none."""
    if isinstance(query, Word):
        return _alike((query,)) or query
    if isinstance(query, Or):
        return Or(tuple(map(widened, query.items)))
    if isinstance(query, And):
        items = tuple(_in_a_row(query.items))
        return And(items) if len(items) > 1 else items[0]
    return query


@dataclass(frozen=True)
class Also:
    """``forms`` that are searched beside those typed, and the ``query`` that searches for what is typed alone."""

    forms: tuple[str, ...]
    query: str


def also(text: str) -> Also | None:
    """What is searched besides; None where that is nothing. Raises QueryError."""
    query = query_of(text)
    alike = (one for one in ranked(query) if isinstance(one, Alike))
    forms = tuple(dict.fromkeys(other.text for one in alike for other in one.others))
    return Also(forms, str(_exactly(query))) if forms else None


def _in_a_row(items: Sequence[Query]) -> Iterator[Query]:
    """The items; words in a row that are a form together, as one."""
    place = 0
    while place < len(items):
        for end in range(min(len(items), place + _longest()), place, -1):
            row = [item for item in items[place:end] if isinstance(item, Word)]
            if len(row) == end - place and (found := _alike(row)):
                yield found
                place = end
                break
        else:
            item = items[place]
            yield widened(item) if isinstance(item, Or) else item
            place += 1


def _alike(words: Sequence[Word]) -> Alike | None:
    """The words as a form that has others; None where they are none."""
    text = " ".join(word.text for word in words)
    row = tuple(terms(text))
    others = _forms().get(row)
    if others is None or (sum(map(len, row)) <= _SHORT and not text.isupper()):
        return None
    return Alike(And(tuple(words)) if len(words) > 1 else words[0], others)


def _exactly(query: Query) -> Query:
    """The query in which forms that have others stand in quotation marks."""
    if isinstance(query, Alike):
        words = query.asked.items if isinstance(query.asked, And) else (query.asked,)
        quoted = tuple(Phrase(str(word)) for word in words)
        return And(quoted) if len(quoted) > 1 else quoted[0]
    if isinstance(query, And | Or):
        return type(query)(tuple(map(_exactly, query.items)))
    return query


@cache
def _forms() -> Mapping[Terms, tuple[Phrase, ...]]:
    """Terms of a form -> the other forms of its set, or of several: the ministry's name has the words of the minister's."""
    found: dict[Terms, tuple[Phrase, ...]] = {}
    for forms in synonyms():
        for form in forms:
            row = tuple(terms(form))
            found[row] = found.get(row, ()) + tuple(Phrase(other) for other in forms if other != form)
    return found


@cache
def _longest() -> int:
    """Words that a form has at most."""
    return max(map(len, _forms()))


@cache
def synonyms() -> tuple[tuple[str, ...], ...]:
    """The sets, in the order of the file."""
    text = files("kliping_shared.query.data").joinpath("synonyms.txt").read_text("utf-8")
    lines = (line for line in text.splitlines() if line and not line.startswith("#"))
    return tuple(tuple(form.strip() for form in line.split(" = ")) for line in lines)
