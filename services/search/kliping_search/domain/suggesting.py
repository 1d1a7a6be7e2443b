"""What a query that is being typed may go on with: names that the store knows, and fields."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final, Literal

from kliping_shared.query import FIELDS, Field
from kliping_shared.store.known import KnownNames
from kliping_shared.store.values import folded

#: What is looked for where no field is typed. Who speaks is a person or a body, so his name is there already.
FREE: Final = ("person", "org", "place", "outlet")
#: What may follow a field that is none of names.
_ALSO: Final = {"about": ("person", "org", "place")}
#: Words before the caret that may be one name, and letters from which on names are offered for them.
_WORDS: Final = 4
_LEAST: Final = 2
#: Of the suggestions so many are fields at most.
_FIELDS_AT_MOST: Final = 3

#: The end of the text: a field with what there is of its value, in quotation marks or not.
_IN_FIELD: Final = re.compile(r'(?<![\w:])([a-z]+):(?:["“„«]([^"“”„«»]*)|([^\s"“”„«»()]*))$', re.IGNORECASE)
_LAST_WORDS: Final = re.compile(r'(?<![\w:"“„«])[^\s"“”„«»():]+$')


@dataclass(frozen=True)
class Suggestion:
    """``query`` is the typed query with this one in the place of what it completes.

    A name or value has the field that it stands in, and how many articles (of some fields: claims) have it; a field has
    its name and neither.
    """

    type: Literal["name", "field"]
    field: str
    value: str
    query: str
    count: int | None = None


def suggestions(names: KnownNames, typed: str, most: int) -> list[Suggestion]:
    """The likeliest completions of the end of ``typed``, which ends where the caret stands; names by articles."""
    in_field = _IN_FIELD.search(typed)
    if in_field and in_field[1].lower() in FIELDS:
        field, text = in_field[1].lower(), in_field[2] if in_field[2] is not None else in_field[3]
        named = _named(names, _ALSO.get(field, (field,)), text, typed[: in_field.start()], field)
        return list(islice(named, most))
    found = list(islice(_fields(typed), min(_FIELDS_AT_MOST, most)))
    for start in _word_starts(typed):
        text = typed[start:]
        if len(folded(text)) >= _LEAST:
            found += islice(_named(names, FREE, text, typed[:start]), most - len(found))
            if any(one.type == "name" for one in found):
                break
    return found


def _named(
    names: KnownNames, fields: tuple[str, ...], text: str, before: str, field: str | None = None
) -> Iterator[Suggestion]:
    """Names of these fields, each spelt once, asked for by ``field`` or by their own."""
    seen = set()
    for name in names.beginning(text, fields):
        if (name.field, name.folded) not in seen:
            seen.add((name.field, name.folded))
            query = f"{before}{Field(field or name.field, name.value.replace(chr(34), ' '))} "
            yield Suggestion("name", name.field, name.value, query, name.count)


def _fields(typed: str) -> Iterator[Suggestion]:
    last = _LAST_WORDS.search(typed)
    if last:
        beginning, before = last.group().removeprefix("-").lower(), typed[: last.start()]
        minus = "-" if last.group().startswith("-") else ""
        for name in FIELDS:
            if beginning and name.startswith(beginning):
                yield Suggestion("field", name, f"{name}:", f"{before}{minus}{name}:")


def _word_starts(typed: str) -> list[int]:
    """Where the last words begin, from several to one: a name of several words is likelier than one of its last."""
    starts: list[int] = []
    end = len(typed)
    while len(starts) < _WORDS and (word := _LAST_WORDS.search(typed[:end].rstrip(" ") if starts else typed)):
        minus = word.group().startswith("-")
        starts.append(word.start() + minus)
        end = word.start()
        if minus:
            break
    return starts[::-1]
