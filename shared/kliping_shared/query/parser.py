"""From what a person types to a query, or to a QueryError that says where and why it cannot be one."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from typing import Final, Literal

from kliping_shared.analysis import terms
from kliping_shared.errors import QueryError
from kliping_shared.query.ast import And, Everything, Field, Not, Or, Phrase, Query, Word
from kliping_shared.query.fields import FIELDS, first_day

#: Longer queries are accidents (a pasted article); the limit keeps parsing and searching bounded.
MAX_LENGTH: Final = 4000
#: Deeper brackets are accidents as well.
MAX_DEPTH: Final = 50

TokenKind = Literal["word", "phrase", "field", "or", "not", "open", "close"]


@dataclass(frozen=True)
class Token:
    """A piece of the query, where it stands."""

    kind: TokenKind
    position: int
    text: str = ""
    value: str = ""


#: Opening quotation mark -> what may close it.
_CLOSING: Final = {'"': '"', "“": '”"', "„": '”“"', "«": '»"'}
_WORD = re.compile(r"[^\s\"“”„«»()]+")
_FIELD = re.compile(r"([^\W\d_]+):(?!//)")
#: What separates words without a meaning of its own: blanks, punctuation, stray closing marks.
_GAP = re.compile(r"[^\w\"“„«()]+")
#: A minus that denies: at the start of a word, bracket or quotation ("Jong-un" and "Seoul - Rusia" have none).
_MINUS = re.compile(r"(?<![^\s(])-(?=[\w\"“„«(])")


def parse(text: str) -> Query:
    """The query that ``text`` says. Raises QueryError, and nothing else, whatever ``text`` is."""
    if len(text) > MAX_LENGTH:
        raise QueryError("the query is longer than {most} characters", MAX_LENGTH, most=MAX_LENGTH)
    return _Parser(_tokens(text)).parse() or Everything()


def _tokens(text: str) -> list[Token]:
    found: list[Token] = []
    position = 0
    while position < len(text):
        if _MINUS.match(text, position):
            found.append(Token("not", position))
            position += 1
        elif gap := _GAP.match(text, position):
            position = _before_minus(text, gap)
        else:
            token, position = _token(text, position)
            found.append(token)
    return found


def _before_minus(text: str, gap: re.Match[str]) -> int:
    """Where the gap ends: at a minus that denies what follows, if it holds one."""
    minus = _MINUS.search(text, gap.start() + 1, gap.end() + 1)
    return minus.start() if minus and minus.start() < gap.end() else gap.end()


def _token(text: str, position: int) -> tuple[Token, int]:
    letter = text[position]
    if letter in "()":
        return Token("open" if letter == "(" else "close", position), position + 1
    if letter in _CLOSING:
        content, end = _quoted(text, position)
        return Token("phrase", position, content), end
    match = _WORD.match(text, position)
    assert match is not None  # every other character starts a word
    if match.group() == "OR":
        return Token("or", position), match.end()
    return _field(text, match) or (Token("word", position, match.group()), match.end())


def _quoted(text: str, position: int) -> tuple[str, int]:
    """What stands between the quotation mark at ``position`` and its partner, and where the text goes on."""
    closing = _CLOSING[text[position]]
    for end in range(position + 1, len(text)):
        if text[end] in closing:
            return text[position + 1 : end], end + 1
    raise QueryError("this quotation mark is never closed", position)


def _field(text: str, word: re.Match[str]) -> tuple[Token, int] | None:
    """The field that starts with ``word``; None when the word is none (a time 13:30, a pasted "Baca juga:")."""
    match = _FIELD.match(word.group())
    if match is None:
        return None
    name, position, start = match[1].lower(), word.start(), word.start() + match.end()
    quoted = text[start : start + 1] in _CLOSING
    if name not in FIELDS:
        if start == word.end() and not quoted:
            return None
        raise _unknown_field(match[1], position)
    if quoted:
        value, end = _quoted(text, start)
    else:
        value, end = word.group()[match.end() :], word.end()
    _check_value(name, value.strip(), start)
    return Token("field", position, name, value.strip()), end


def _unknown_field(name: str, position: int) -> QueryError:
    near = difflib.get_close_matches(name.lower(), FIELDS, n=1)
    if near:
        return QueryError(
            'there is no field {name}: (did you mean {near}:?; put "{name}:" in quotation marks to search for the word)',
            position,
            name=name,
            near=near[0],
        )
    return QueryError(
        'there is no field {name}: (there are {fields}; put "{name}:" in quotation marks to search for the word)',
        position,
        name=name,
        fields=", ".join(FIELDS),
    )


def _check_value(name: str, value: str, position: int) -> None:
    rule = FIELDS[name]
    told = {"name": name, "example": rule.example}
    if not terms(value):
        raise QueryError("{name}: needs a value right after the colon, like {name}:{example}", position, **told)
    if rule.use in ("before", "after") and first_day(value) is None:
        raise QueryError("{name}: needs a day, month or year, like {name}:{example}", position, **told)
    if rule.use == "at_least" and not (value.isascii() and value.isdigit() and len(value) <= 6):
        raise QueryError("{name}: needs a number, like {name}:{example}", position, **told)


class _Parser:
    """Recursive descent over the tokens: OR binds least, words beside each other are AND, ``-`` binds most."""

    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._next = 0
        self._depth = 0

    def parse(self) -> Query | None:
        """The whole query; None when nothing in it can be searched for."""
        if not self._tokens:
            return None
        query = self._any()
        if self._next < len(self._tokens):
            raise QueryError("this bracket was never opened", self._tokens[self._next].position)
        return query

    def _peek(self) -> TokenKind | None:
        return self._tokens[self._next].kind if self._next < len(self._tokens) else None

    def _take(self) -> Token:
        self._next += 1
        return self._tokens[self._next - 1]

    def _any(self) -> Query | None:
        items = [self._all()]
        while self._peek() == "or":
            self._take()
            items.append(self._all())
        return _join(Or, items)

    def _all(self) -> Query | None:
        start, items = self._next, []
        while self._peek() not in (None, "or", "close"):
            items.append(self._one())
        if self._next == start:
            raise self._nothing_here()
        return _join(And, items)

    def _nothing_here(self) -> QueryError:
        before = self._tokens[self._next - 1] if self._next else None
        here = self._tokens[self._next] if self._next < len(self._tokens) else None
        for token in (here, before):
            if token is not None and token.kind == "or":
                return QueryError("OR needs something to search for on both sides", token.position)
        if before is not None and before.kind == "open":
            return QueryError("these brackets are empty or never closed", before.position)
        return QueryError("this bracket was never opened", here.position if here else 0)

    def _one(self) -> Query | None:
        token = self._take()
        if token.kind == "not":
            item = self._one()  # a minus is only one where something follows it
            return None if item is None else Not(item)
        if token.kind == "open":
            return self._group(token.position)
        return _leaf(token)

    def _group(self, position: int) -> Query | None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise QueryError("more than {most} brackets inside each other", position, most=MAX_DEPTH)
        query = self._any()
        self._depth -= 1
        if self._peek() != "close":
            raise QueryError("this bracket is never closed", position)
        self._take()
        return query


def _leaf(token: Token) -> Query | None:
    """What a token asks for; None where it holds no letter and no digit."""
    if token.kind == "field":
        return Field(token.text, token.value, token.position)
    if not terms(token.text):
        return None
    return Phrase(token.text) if token.kind == "phrase" else Word(token.text)


def _join(kind: type[And | Or], items: list[Query | None]) -> Query | None:
    """The items as one query: without empty ones, without an And in an And or an Or in an Or."""
    flat: list[Query] = []
    for item in items:
        if isinstance(item, kind):
            flat.extend(item.items)
        elif item is not None:
            flat.append(item)
    if len(flat) < 2:
        return flat[0] if flat else None
    return kind(tuple(flat))
