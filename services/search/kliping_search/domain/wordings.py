"""The wordings of a group, each beside the one that is shown first."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from gettext import ngettext
from typing import Any

from kliping_search.domain.drift import Drift, drift
from kliping_shared.newsroom import day_of
from kliping_shared.store.sorting import seconds

Json = Mapping[str, Any]

#: Kinds that hold somebody's own words.
_QUOTED = ("direct", "mixed")
#: Share of the same words from which on what a wording leaves out says something; below it is told in other words.
CLOSE = 0.5


def shown_first(group: Json) -> Json:
    """The wording whose text the group shows: the earliest of that text, a quote before a report."""
    same = [wording for wording in group["wordings"] if wording["text"] == group["text"]]
    return min(same, key=lambda wording: wording["kind"] != "direct")


def with_drift(group: Json) -> list[dict[str, Any]]:
    """The group's wordings, those after the first with ``drift``: its ``pieces``, how much is the ``same``, and whether
    both are ``quotes``, so that a difference is one between what two outlets heard, or it is told in other words, so
    that only what it has beside the first means something (not ``close``). The first has None.

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
    return {
        "quotes": quotes,
        "close": found.same >= CLOSE,
        "same": round(found.same, 3),
        "pieces": [piece._asdict() for piece in found.pieces],
    }


def columns(wordings: Sequence[Json]) -> list[list[Json]]:
    """The wordings side by side: the first one first, those of one text, kind and stance together, in their order."""
    found: dict[tuple[str, str, str], list[Json]] = {}
    for wording in sorted(wordings, key=lambda wording: wording["drift"] is not None):
        found.setdefault((wording["text"], wording["kind"], wording["stance"]), []).append(wording)
    return list(found.values())


def by_origin(members: Sequence[Json]) -> dict[str, list[Json]]:
    """Independent origins, the most carried first, each with one of the members of every outlet that has it."""
    found: dict[str, dict[str, Json]] = {}
    for member in members:
        origin = member.get("independent_origin") or member["origin"] or carrier(member)
        found.setdefault(origin, {}).setdefault(carrier(member), member)
    widest = sorted(found.items(), key=lambda item: -len(item[1]))
    return {origin: list(carriers.values()) for origin, carriers in widest}


def taken(member: Json, origin: str, *, alone: bool) -> str:
    """How an outlet has it from an independent origin, which it is ``alone`` with or not: its ``own`` text, one that
    ``names`` where it comes from, or one ``unnamed``, that was found to repeat another's."""
    if carrier(member).lower() == origin.lower():
        return "own"
    if member["origin"] or member.get("via"):
        return "names"
    return "own" if alone else "unnamed"


def in_time(wordings: Sequence[Json]) -> list[tuple[str, list[Json]]]:
    """Who had it when: by day (YYYY-MM-DD, empty without one, which comes last) each carrier once, at its first wording."""
    found: dict[str, list[Json]] = {}
    known: set[str] = set()
    for wording in sorted(wordings, key=_when):
        if carrier(wording) not in known:
            known.add(carrier(wording))
            found.setdefault(day_of(wording.get("published_at") or ""), []).append(wording)
    return list(found.items())


def _when(wording: Json) -> tuple[bool, str, int]:
    """What sorts it in time: without a date last, else by the article's own day, then by the moment."""
    at = wording.get("published_at") or ""
    return not at, day_of(at), seconds(at) or 0


def by_outlet(groups: Sequence[Json]) -> dict[str, list[Json]]:
    """Groups by the outlet that has them alone, the one with most of them first; those of no named outlet last."""
    found: dict[str, list[Json]] = {}
    for group in groups:
        found.setdefault(", ".join(group["outlet"]), []).append(group)
    return dict(sorted(found.items(), key=lambda item: (not item[0], -len(item[1]), item[0])))


def carrier(member: Json) -> str:
    """Who published it; an article that names no outlet counts as one of its own."""
    return str(member["outlet"] or member["article_id"])


def carriers(group: Json, ngettext: Callable[[str, str, int], str] = ngettext) -> str:
    """The outlets of a group in one line, with how many articles have it that name none; English unless told otherwise."""
    nameless = group["outlet_count"] - len(group["outlet"])
    more = ngettext("%(num)s without a name", "%(num)s without a name", nameless) % {"num": nameless}
    return ", ".join([*group["outlet"], *([more] if nameless > 0 else [])])
