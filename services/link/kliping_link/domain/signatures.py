"""An article in a few bytes: enough to see of most candidates, without reading them, that they match nothing."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import NamedTuple
from zlib import crc32

from kliping_link.domain.events import Gist
from kliping_link.domain.identity import anywhere
from kliping_link.domain.sources import Source


class Voices(NamedTuple):
    """A source by 16 bits of a hash of each of its keys that mean one anywhere: who speaks, and whom he speaks for."""

    own: frozenset[int]
    bodies: frozenset[int]

    @classmethod
    def of(cls, source: Source) -> Voices:
        """The hashes of a source."""
        return cls(_hashes(source.own), _hashes(source.bodies))

    def may_be(self, other: Voices) -> bool:
        """True wherever both are one source on any event; two who speak for one body are not."""
        return not (
            self.own.isdisjoint(other.own) and self.own.isdisjoint(other.bodies) and self.bodies.isdisjoint(other.own)
        )


class Signature(NamedTuple):
    """What an article is on, and the source of each of its claims."""

    gist: Gist
    voices: Sequence[Voices]


def _hashes(keys: Collection[str]) -> frozenset[int]:
    return frozenset(_hash(known) for key in keys if (known := anywhere(key)) is not None)


@lru_cache(maxsize=1 << 14)
def _hash(known: str) -> int:
    return crc32(known.encode()) & 0xFFFF
