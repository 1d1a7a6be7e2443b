"""The wordings of a group, each beside the one that is shown first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from functools import lru_cache
from typing import Any

from kliping_search.domain.drift import Drift, drift

Json = Mapping[str, Any]

#: Kinds that hold somebody's own words.
_QUOTED = ("direct", "mixed")


def shown_first(group: Json) -> Json:
    """The wording whose text the group shows: the earliest of that text, a quote before a report."""
    same = [wording for wording in group["wordings"] if wording["text"] == group["text"]]
    return min(same, key=lambda wording: wording["kind"] != "direct")


def with_drift(group: Json) -> list[dict[str, Any]]:
    """The group's wordings, those after the first with ``drift``: its ``pieces``, how much is the ``same``, and whether
    both are ``quotes``, so that a difference is one between what two outlets heard; the first has None.

    Wordings of one text are compared once.
    """
    first = shown_first(group)
    compared = lru_cache(maxsize=None)(lambda text: drift(first["text"], text))
    return [
        {**wording, "drift": None if wording is first else _as_json(compared(wording["text"]), first, wording)}
        for wording in group["wordings"]
    ]


def _as_json(found: Drift, first: Json, wording: Json) -> dict[str, Any]:
    quotes = first["kind"] == "direct" and wording["kind"] in _QUOTED
    return {"quotes": quotes, "same": round(found.same, 3), "pieces": [asdict(piece) for piece in found.pieces]}


def columns(wordings: Sequence[Json]) -> list[list[Json]]:
    """The wordings side by side: the first one first, those of one text, kind and stance together, in their order."""
    found: dict[tuple[str, str, str], list[Json]] = {}
    for wording in sorted(wordings, key=lambda wording: wording["drift"] is not None):
        found.setdefault((wording["text"], wording["kind"], wording["stance"]), []).append(wording)
    return list(found.values())
