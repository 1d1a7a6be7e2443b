"""A group for the terminal: who says it, who carries it, what differs, the wordings with what differs marked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from kliping.commands.output import one_line
from kliping_search.domain.labels import label
from kliping_search.domain.wordings import by_origin, columns, taken
from kliping_shared.newsroom import day_of

Json = Mapping[str, Any]

#: What stands around words that were left out, and around words that were put in, where no style shows it.
_LEFT_OUT: Final = ("[-", "-]")
_PUT_IN: Final = ("{+", "+}")
#: How an article that names no outlet is told.
NAMELESS: Final = "no outlet named"


def group_view(group: Json) -> Iterator[RenderableType]:
    """The group (as the API gives it) from top to bottom."""
    group = one_line(group)
    styled = Console().is_terminal
    yield Text(", ".join(group["speaker"]), "bold")
    yield Text(f"“{group['text']}”" if "direct" in group["kind"] else group["text"])
    yield facts(group, label("agreement", group["agreement"]))
    if group["differences"]:
        yield heading("What differs")
        yield from map(_difference, group["differences"])
    if group["origin_count"] < group["outlet_count"]:
        yield heading("Who has it from whom")
        yield from origin_lines(group["wordings"])
    yield heading("The wordings")
    numbered = columns(group["wordings"])
    numbers = {wording["claim_id"]: number for number, same in enumerate(numbered, start=1) for wording in same}
    for number, same in enumerate(numbered, start=1):
        yield _numbered(number, _wording(same, numbers, styled=styled))
    if group["stories"]:
        yield heading("The story")
        for story in group["stories"]:
            yield _indented(Text.assemble(f"{story['title']}  ", (story["story_id"], "dim")))


def heading(title: str) -> RenderableType:
    """A line between parts."""
    return Padding(Text(title, "bold underline"), (1, 0, 0, 0), expand=False)


def _indented(text: Text) -> RenderableType:
    return Padding(text, (0, 0, 0, 2), expand=False)


def _numbered(number: int, text: Text) -> RenderableType:
    table = Table.grid(padding=(0, 2, 1, 0))
    table.add_row(Text(f"  {number}", "bold"), text)
    return table


def facts(carried: Json, *first: str) -> Text:
    """How widely a group or a story is carried, and when, in one line that begins with ``first``."""
    seen = [day_of(carried.get(name) or "") for name in ("first_seen", "last_seen")]
    counts = (counted(carried["outlet_count"], "outlet"), counted(carried["origin_count"], "independent origin"))
    return Text(" · ".join(filter(None, (*first, *counts, " – ".join(dict.fromkeys(seen))))), "dim")


def counted(count: int, noun: str) -> str:
    """``1 outlet``, ``2 outlets``."""
    return f"{count} {noun}{'' if count == 1 else 's'}"


def _difference(difference: Json) -> RenderableType:
    """The particular, then a line for each value with who gives it."""
    name = label("differs", difference["particular"]).capitalize()
    told = Text(f"{name}: {difference['thing']}" if difference["thing"] else name)
    for variant in difference["variants"]:
        told.append(f"\n  {variant['value']}", "bold").append(f"  {', '.join(variant['outlets'])}")
        if len(variant["outlets"]) == 1 and variant["outlets"][0] in difference["alone"]:
            told.append("  stands alone", "bold yellow")
    return _indented(told)


def origin_lines(members: Sequence[Json]) -> Iterator[RenderableType]:
    """A line for each independent origin: the outlets that have it from there, and whether they say so."""
    for origin, carried in by_origin(members).items():
        alone = len(carried) == 1
        how = [taken(member, origin, alone=alone) for member in carried]
        names = [member["outlet"] or NAMELESS for member in carried]
        if alone and how == ["own"]:
            yield _indented(Text(f"{names[0]} on its own"))
        else:
            told = ", ".join(f"{name} ({label('taken', one)})" for name, one in zip(names, how, strict=True))
            yield _indented(Text(f"{origin} in {told}"))


def _wording(same: Sequence[Json], numbers: Mapping[str, int], *, styled: bool) -> Text:
    """The wording with everybody who carries it, and why it is in the group."""
    wording = same[0]
    ids = ", ".join(one["claim_id"] for one in same)  # what 'kliping group split' asks for
    told = Text(", ").join(map(_carrier, same))
    told.append(f"\n{label('kind', wording['kind'])}{_likeness(wording)}, {ids}", "dim")
    told.append("\n").append_text(_marked(wording, styled=styled))
    if wording.get("match"):
        told.append(f"\n{_reason(wording['match'], numbers)}", "dim")
    return told


def _carrier(wording: Json) -> Text:
    origin = f" from {wording['origin']}" if wording["origin"] else ""
    relay = f" relayed by {wording['via']}" if wording.get("via") else ""
    return Text.assemble((wording["outlet"] or NAMELESS, "bold"), (origin + relay, "dim"))


def _likeness(wording: Json) -> str:
    drift = wording["drift"]
    if drift is None:
        return ", shown first"
    return f", {drift['same']:.0%} the same words" if drift["close"] else ", in other words"


def _reason(match: Json, numbers: Mapping[str, int]) -> str:
    told = (
        match["source"],
        f"both say {', '.join(match['terms'])}" if match["terms"] else "",
        f"the same {', '.join(match['same'])}" if match["same"] else "",
        f"other {', '.join(label('differs', name) for name in match['differs'])}" if match["differs"] else "",
    )
    nearest = f"{match['score']:.0%} like wording {numbers.get(match['claim_id'], '?')}"
    return f"here because: {'; '.join(filter(None, told))} ({nearest})"


def _marked(wording: Json, *, styled: bool) -> Text:
    """The text; what differs from the first wording is marked, by brackets where no style can show it."""
    drift = wording["drift"]
    if drift is None:
        return Text(wording["text"])
    return Text.assemble(*_spans(drift["pieces"], left_out=drift["close"], styled=styled))


def _spans(pieces: Iterable[Json], *, left_out: bool, styled: bool) -> Iterator[tuple[str, str]]:
    for number, piece in enumerate(pieces):
        if piece["first"] and left_out:
            before = " " if number and not piece["text"] else ""
            behind = " " if piece["text"] or not number else ""
            yield before, ""
            yield _within(piece["first"], ("", "") if styled else _LEFT_OUT), "dim strike"
            yield behind, ""
        if piece["change"] == "same":
            yield piece["text"], ""
        elif piece["text"]:
            yield (
                _within(piece["text"], ("", "") if styled else _PUT_IN),
                "bold yellow" if piece["telling"] else "bold",
            )


def _within(text: str, marks: tuple[str, str]) -> str:
    return f"{marks[0]}{text}{marks[1]}"
