"""What stands where in Redis. All of a watch begins with its own prefix, so that it goes when the watch goes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kliping_shared.watching.watches import CHANNELS, Channel

#: Hash: watch id -> the watch as JSON.
WATCHES: Final = "kliping:watches"
#: Sorted set of places that have something to deliver, by the time (ms since 1970) from which on they may.
DUE: Final = "kliping:alerts:due"


@dataclass(frozen=True)
class Place:
    """One channel of one watch."""

    watch_id: str
    channel: Channel

    @property
    def member(self) -> str:
        """Its name among those that are due."""
        return f"{self.watch_id}/{self.channel}"

    @classmethod
    def of(cls, member: bytes) -> Place:
        """The place of that name."""
        watch_id, _, channel = member.decode().rpartition("/")
        return cls(watch_id, next(known for known in CHANNELS if known == channel))

    @property
    def waiting(self) -> str:
        """List: alerts (JSON) that are not delivered yet, from old to new."""
        return f"kliping:watch:{self.watch_id}:waiting:{self.channel}"

    @property
    def state(self) -> str:
        """Hash: how deliveries went; ``parcel`` alerts of the list are on their way together."""
        return f"kliping:watch:{self.watch_id}:state:{self.channel}"

    @property
    def lease(self) -> str:
        """Who delivers to it at the moment."""
        return f"kliping:alerts:lease:{self.member}"


def known(watch_id: str) -> str:
    """Set: ids of the documents that the watch found already, or that were there when it began."""
    return f"kliping:watch:{watch_id}:known"


def alerts(watch_id: str) -> str:
    """List: the latest alerts (JSON), from new to old."""
    return f"kliping:watch:{watch_id}:alerts"


def counts(watch_id: str) -> str:
    """Hash: ``total`` alerts so far, and how many of them were ``read``."""
    return f"kliping:watch:{watch_id}:counts"


def places(watch_id: str) -> tuple[Place, ...]:
    """All channels that a watch may have."""
    return tuple(Place(watch_id, channel) for channel in CHANNELS)


def everything(watch_id: str) -> list[str]:
    """Every key of the watch but its own entry and those of deliveries at work."""
    of_places = [key for place in places(watch_id) for key in (place.waiting, place.state)]
    return [known(watch_id), alerts(watch_id), counts(watch_id), *of_places]
