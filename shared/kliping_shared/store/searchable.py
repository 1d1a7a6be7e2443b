"""Which words of a document are searched: the same for every store, and for highlighting."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, Literal, NamedTuple

from kliping_shared.contracts import ZoneKind
from kliping_shared.store.documents import Kind

Column = Literal["title", "text", "who"]
COLUMNS: Final[tuple[Column, ...]] = ("title", "text", "who")
#: How much a match in a column counts for relevance.
WEIGHTS: Final[Mapping[Column, float]] = {"title": 3.0, "text": 1.0, "who": 1.5}
#: Where a word without a field is looked for. A claim's ``title`` is its article's: that a claim stands below a title
#: does not make it a claim about the title's words.
DEFAULT_COLUMNS: Final[Mapping[Kind, tuple[Column, ...]]] = {
    "articles": ("title", "text"),
    "claims": ("text", "who"),
    "groups": ("text", "who"),
    "stories": ("title", "text", "who"),
}
#: Where what is said or told stands, and not who says it.
ABOUT_COLUMNS: Final[Mapping[Kind, tuple[Column, ...]]] = {
    kind: tuple(column for column in columns if column != "who") for kind, columns in DEFAULT_COLUMNS.items()
}
#: Columns that are one field of the document as a whole, or stretches of it: what can be highlighted.
_FIELDS: Final[Mapping[Kind, tuple[tuple[Column, str], ...]]] = {
    "articles": (("title", "title"), ("text", "text")),
    "claims": (("title", "title"), ("text", "text"), ("who", "speaker"), ("who", "role"), ("who", "affiliation")),
    "groups": (("text", "text"),),
    "stories": (("title", "title"), ("text", "text")),
}
#: Lists of names that are searched value by value.
_NAMES: Final[Mapping[Kind, str]] = {"groups": "speaker", "stories": "person"}
_UNSEARCHED: Final = (ZoneKind.TITLE, ZoneKind.BOILERPLATE)


class Piece(NamedTuple):
    """A stretch of a document's words; a phrase never reaches from one piece into another.

    ``field`` names the document field whose characters ``text`` starts at ``offset`` of; None for words that are
    searched but stand in no text field of their own.
    """

    column: Column
    text: str
    field: str | None = None
    offset: int = 0


def pieces(kind: Kind, document: Mapping[str, Any]) -> list[Piece]:
    """Every searched stretch of ``document``, in order."""
    found: list[Piece] = []
    for column, name in _FIELDS[kind]:
        value = document.get(name)
        if value and kind == "articles" and name == "text" and document.get("zones"):
            found.extend(_zone_pieces(value, document["zones"]))
        elif value:
            found.append(Piece(column, value, name))
    found.extend(Piece("text", other) for other in _other_wordings(kind, document))
    if kind in _NAMES:
        found.extend(Piece("who", name) for name in document.get(_NAMES[kind]) or ())
    return found


def searched_fields(kind: Kind) -> tuple[tuple[Column, str], ...]:
    """Every document field whose words are searched, and the column they count in."""
    return (*_FIELDS[kind], *((("who", _NAMES[kind]),) if kind in _NAMES else ()))


def _zone_pieces(text: str, zones: list[Mapping[str, Any]]) -> list[Piece]:
    searched = (zone for zone in zones if zone["kind"] not in _UNSEARCHED)
    return [Piece("text", text[zone["start"] : zone["end"]], "text", zone["start"]) for zone in searched]


def _other_wordings(kind: Kind, document: Mapping[str, Any]) -> list[str]:
    """A group is found by any of its wordings, not only by the one that is shown first."""
    if kind != "groups":
        return []
    texts = dict.fromkeys(wording["text"] for wording in document.get("wordings") or () if wording.get("text"))
    texts.pop(document.get("text"), None)
    return list(texts)
