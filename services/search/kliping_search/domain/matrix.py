"""A story's claims by outlets: who has each, who has it otherwise, who is silent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Any, NamedTuple

from kliping_search.domain.wordings import carrier

Json = Mapping[str, Any]


class Stand(StrEnum):
    """How an outlet stands to a claim."""

    HAS = "has"
    OTHERWISE = "otherwise"
    SILENT = "silent"


class Told(NamedTuple):
    """What an outlet gives of a particular in which outlets differ. ``usual``: more outlets give it than any other value."""

    particular: str
    thing: str | None
    value: str
    usual: bool


class Cell(NamedTuple):
    """An outlet's stand to a claim; ``claim_id`` names its wording, None where it is silent."""

    outlet: str
    stand: Stand
    claim_id: str | None = None
    told: tuple[Told, ...] = ()


class Row(NamedTuple):
    """A claim, and a cell for each outlet of the story."""

    group: Json
    cells: tuple[Cell, ...]


class Matrix(NamedTuple):
    """``outlets`` are the columns, those that carry most of the claims first; ``names`` are theirs, empty where an
    article, whose id the column then has, names none. ``rows``: claims that several of them carry, the most carried
    first. ``alone``: how many claims each outlet has by itself, also in
    other stories.
    """

    outlets: tuple[str, ...]
    names: Mapping[str, str]
    rows: tuple[Row, ...]
    alone: Mapping[str, int]


def matrix(groups: Sequence[Json], articles: Iterable[Json]) -> Matrix:
    """The matrix of a story's ``groups`` (documents, whole, in the order to show them) over its ``articles``."""
    names = {carrier(article): article["outlet"] or "" for article in articles}
    held = [(group, _held(group, names)) for group in groups]
    shared = [(group, own) for group, own in held if len(own) > 1]
    alone = Counter(outlet for group, own in held if len(set(map(carrier, group["wordings"]))) == 1 for outlet in own)
    carried = Counter(outlet for _, own in shared for outlet in own)
    outlets = tuple(sorted(names, key=lambda outlet: (-carried[outlet], -alone[outlet], outlet)))
    rows = tuple(Row(group, tuple(_cell(group, outlet, own) for outlet in outlets)) for group, own in shared)
    return Matrix(outlets, names, rows, alone)


def _held(group: Json, outlets: Mapping[str, str]) -> dict[str, list[str]]:
    """Ids of the group's claims by the outlet that carries them, for these outlets."""
    found: dict[str, list[str]] = {}
    for wording in group["wordings"]:
        if (outlet := carrier(wording)) in outlets:
            found.setdefault(outlet, []).append(wording["claim_id"])
    return found


def _cell(group: Json, outlet: str, held: Mapping[str, Sequence[str]]) -> Cell:
    if outlet not in held:
        return Cell(outlet, Stand.SILENT)
    told = tuple(_told(group, held[outlet]))
    otherwise = any(not one.usual for one in told)
    return Cell(outlet, Stand.OTHERWISE if otherwise else Stand.HAS, held[outlet][0], told)


def _told(group: Json, claim_ids: Sequence[str]) -> Iterable[Told]:
    """The values that these claims give. Where as many outlets give the second value as the first, none is usual."""
    for difference in group.get("differences") or ():
        first, second = difference["variants"][:2]
        usual = first if len(first["outlets"]) > len(second["outlets"]) else None
        for variant in difference["variants"]:
            if not set(claim_ids).isdisjoint(variant["claim_ids"]):
                yield Told(difference["particular"], difference["thing"], variant["value"], variant is usual)


def as_json(made: Matrix) -> dict[str, Any]:
    """The matrix as API and page show it; of each group what a row tells."""
    rows = [
        {name: row.group.get(name) for name in ("group_id", "text", "speaker", "agreement")}
        | {"cells": [{**cell._asdict(), "told": [one._asdict() for one in cell.told]} for cell in row.cells]}
        for row in made.rows
    ]
    return {**made._asdict(), "rows": rows}


def table(shown: Json) -> list[list[str]]:
    """The matrix as it is shown, as rows of a table below their header."""
    outlets = [shown["names"][outlet] or outlet for outlet in shown["outlets"]]
    rows = [
        [
            row["group_id"],
            row["text"],
            "; ".join(row["speaker"]),
            row["agreement"] or "",
            *map(_cell_text, row["cells"]),
        ]
        for row in shown["rows"]
    ]
    return [["group_id", "claim", "speaker", "agreement", *outlets], *rows]


def _cell_text(cell: Json) -> str:
    values = ", ".join(told["value"] for told in cell["told"])
    return f"{cell['stand']}: {values}" if values else str(cell["stand"])
