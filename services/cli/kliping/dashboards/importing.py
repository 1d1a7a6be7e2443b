"""Brings the dashboards of an installation up to this Kliping's, once for each version."""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Final, Literal, Protocol, TypeVar

from kliping.dashboards.building import SavedObject, Site
from kliping.dashboards.client import Imported
from kliping.dashboards.objects import DASHBOARDS, ndjson, saved_objects
from kliping_shared.errors import PermanentError, StoreUnavailable

_FIRST_WAIT: Final = 0.5
_LONGEST_WAIT: Final = 5.0
_STATE: Final = re.compile(r"Imported by Kliping (\S+) \(objects ([0-9a-f]{12})\)")

T = TypeVar("T")


class Api(Protocol):
    """What importing asks of Dashboards; each call raises StoreUnavailable (try again), SettingsError, PermanentError."""

    def description(self, type: str, id: str) -> str | None:
        """An object's description; None where there is no such object."""
        ...

    def bring(self, objects: list[SavedObject]) -> Imported:
        """Import objects over those with the same ids."""
        ...


@dataclass(frozen=True)
class Outcome:
    """``imported``; ``unchanged``: they were there; ``newer``: those of the later Kliping ``release`` were left alone."""

    what: Literal["imported", "unchanged", "newer"]
    release: str
    count: int = 0


class Patience:
    """Tries again, with growing pauses, until so many seconds are over."""

    def __init__(
        self,
        seconds: float,
        *,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._seconds, self._sleep, self._clock = seconds, sleep, clock
        self._deadline = clock() + seconds

    def until_done(self, work: Callable[[], T]) -> T:
        """What ``work`` returns once it does not raise StoreUnavailable. Raises the last one when time is over."""
        pause = _FIRST_WAIT
        while True:
            try:
                return work()
            except StoreUnavailable as error:
                if self._clock() + pause > self._deadline:
                    raise StoreUnavailable(f"{error} (waited {self._seconds:g} s)") from error
            self._sleep(pause)
            pause = min(2 * pause, _LONGEST_WAIT)


def bring_up_to_date(api: Api, site: Site, release: str, patience: Patience) -> Outcome:
    """Import all objects, unless these are there already or those of a later release are.

    What was imported is remembered in the description of the first dashboard, written last: an import that breaks off is
    done again, and what people change later stays until another release comes. Raises StoreUnavailable when Dashboards
    does not come up in time, SettingsError, PermanentError naming the objects that it does not take.
    """
    objects = saved_objects(site)
    first = DASHBOARDS[0].saved(site)
    prints = hashlib.sha256(ndjson(objects).encode()).hexdigest()[:12]
    there = patience.until_done(lambda: api.description(first.type, first.id))
    found = _STATE.search(there or "")
    if found and _order(found[1]) > _order(release):
        return Outcome("newer", found[1])
    if found and (found[1], found[2]) == (release, prints):
        return Outcome("unchanged", release)
    count = _bring(api, objects, patience)
    _bring(api, [_remembering(first, f"Imported by Kliping {release} (objects {prints}).")], patience)
    return Outcome("imported", release, count)


def _bring(api: Api, objects: list[SavedObject], patience: Patience) -> int:
    imported = patience.until_done(lambda: api.bring(objects))
    if imported.failures:
        raise PermanentError("Dashboards did not take: " + "; ".join(imported.failures))
    return imported.count


def _remembering(dashboard: SavedObject, what: str) -> SavedObject:
    attributes: dict[str, Any] = dashboard.attributes | {"description": f"{dashboard.attributes['description']} {what}"}
    return replace(dashboard, attributes=attributes)


def _order(release: str) -> tuple[int, ...]:
    """By number: 0.10.0 comes after 0.9.1."""
    numbers = re.match(r"\d+(?:\.\d+)*", release)
    return tuple(int(part) for part in numbers[0].split(".")) if numbers else ()
