"""A group for the terminal: who says it, who carries it, what differs, the wordings with what differs marked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.text import Text

from kliping.commands.output import one_line
from kliping_search.domain.wordings import columns

Json = Mapping[str, Any]

_KIND: Final = {"direct": "quote", "indirect": "reported", "mixed": "partly quoted"}
#: Text before and after what was left out, and what was put in, where no style shows it.
_LEFT_OUT, _PUT_IN = ("[-", "-]"), ("{+", "+}")


def group_view(group: Json) -> Iterator[RenderableType]:
    """The group (as the API gives it) from top to bottom."""
    group = one_line(group)
    styled = Console().is_terminal
    yield Text(", ".join(group["speaker"]), "bold")
    yield Text(f"“{group['text']}”" if "direct" in group["kind"] else group["text"])
    yield Text(facts(group), "dim")
    yield heading("Wordings")
    for number, same in enumerate(columns(group["wordings"]), start=1):
        yield Padding(_wording(number, same, styled=styled), (0, 0, 1, 1))
    if group["stories"]:
        yield heading("Story")
        yield from (Text(f" {story['title']}  {story['story_id']}") for story in group["stories"])


def heading(title: str) -> RenderableType:
    """A line between parts."""
    return Padding(Text(title, "bold underline"), (1, 0, 0, 0))


def facts(carried: Json) -> str:
    """How widely a group or a story is carried, and when."""
    counts = (
        counted(carried["outlet_count"], "outlet"),
        counted(carried["origin_count"], "independent origin"),
        counted(carried["claim_count"], "wording") if "claim_count" in carried else "",
    )
    first, last = ((carried.get(name) or "")[:10] for name in ("first_seen", "last_seen"))
    days = first if first == last else f"{first} – {last}"
    return " · ".join(filter(None, (*counts, days)))


def counted(count: int, noun: str) -> str:
    """``1 outlet``, ``2 outlets``."""
    return f"{count} {noun}{'' if count == 1 else 's'}"


def _wording(number: int, same: Sequence[Json], *, styled: bool) -> Text:
    """The wording under its number, with everybody who carries it."""
    wording = same[0]
    told = Text.assemble((f"{number} ", "bold"), Text(", ").join(map(_carrier, same)))
    told.append(f"  {_KIND[wording['kind']]}", "dim")
    if wording["drift"] is not None:
        told.append(f"  {wording['drift']['same']:.0%} the same words", "dim")
    return told.append("\n").append_text(_marked(wording, styled=styled))


def _carrier(wording: Json) -> Text:
    origin = f" from {wording['origin']}" if wording["origin"] else ""
    name = f" {wording['claim_id']}"  # what 'kliping group split' asks for
    return Text.assemble((wording["outlet"] or wording["article_id"], "bold"), (origin, "dim"), (name, "dim"))


def _marked(wording: Json, *, styled: bool) -> Text:
    """The text; what differs from the first wording is marked, by brackets where nothing else can show it."""
    if wording["drift"] is None:
        return Text(wording["text"])
    return Text.assemble(*_spans(wording["drift"]["pieces"], styled=styled))


def _spans(pieces: Iterable[Json], *, styled: bool) -> Iterator[tuple[str, str]]:
    begun = False
    for piece in pieces:
        if piece["first"]:
            left, right = ("", "") if styled else _LEFT_OUT
            yield (" " if begun and not piece["text"] else ""), ""
            yield f"{left}{piece['first']}{right}", "dim strike"
            yield ("" if begun and not piece["text"] else " "), ""
        left, right = _PUT_IN if piece["change"] != "same" and not styled else ("", "")
        if piece["text"]:
            style = "" if piece["change"] == "same" else "bold yellow" if piece["telling"] else "bold"
            yield f"{left}{piece['text']}{right}", style
        begun = True
