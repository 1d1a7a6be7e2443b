"""Whether two keys of sources mean one: anywhere, or only in articles on one event."""

from __future__ import annotations

from enum import IntEnum
from functools import lru_cache

from kliping_link.domain.names import is_country, is_ministry, is_regional
from kliping_link.domain.persons import ends, is_person, may_be, skeleton

#: Before the letters that a full name would be shortened to.
WOULD_BE = ":"
#: Between what kind of people speak, and of which place they are.
OF = "@"


class Bond(IntEnum):
    """How far two keys mean one."""

    NONE = 0
    ON_ONE_EVENT = 1
    ANYWHERE = 2


def is_unnamed(key: str) -> bool:
    """Whether a key of a source says only what kind of people they are."""
    return OF in key


@lru_cache(maxsize=1 << 16)
def bond(a: str, b: str) -> Bond:
    """How far two keys mean one. Letters that a name would be shortened to are those of an acronym, of no other name."""
    if is_unnamed(a) or is_unnamed(b):
        return Bond.ON_ONE_EVENT if a == b else Bond.NONE
    if is_person(a) or is_person(b):
        return _persons(a, b) if is_person(a) and is_person(b) else Bond.NONE
    if a.startswith(WOULD_BE) or b.startswith(WOULD_BE):
        return Bond.ANYWHERE if a == f"{WOULD_BE}{b}" or b == f"{WOULD_BE}{a}" else Bond.NONE
    return Bond.ANYWHERE if a == b else _bodies(a, b)


def _persons(a: str, b: str) -> Bond:
    if ends(a) == ends(b):
        return Bond.ANYWHERE
    return Bond.ON_ONE_EVENT if may_be(a, b) else Bond.NONE


def _bodies(a: str, b: str) -> Bond:
    """'Dinas Perikanan' may be 'Dinas Perikanan Riau'."""
    short, long = sorted((a, b), key=len)
    known = " " in short or is_regional(short)
    return Bond.ON_ONE_EVENT if known and long.startswith(f"{short} ") else Bond.NONE


@lru_cache(maxsize=1 << 15)
def anywhere(key: str) -> str | None:
    """Equal for any two keys that mean one anywhere; None for one that does so on one event at most."""
    if is_unnamed(key):
        return None
    return " ".join((key[0], *ends(key))) if is_person(key) else key.removeprefix(WOULD_BE)


def at_odds(a: frozenset[str], b: frozenset[str]) -> bool:
    """Whether who speaks for the bodies ``a`` cannot speak for ``b``: those of two countries, or of two ministries."""
    for is_one in (is_country, is_ministry):
        mine, theirs = filter(is_one, a), list(filter(is_one, b))
        known = [bond(one, other) for one in mine for other in theirs]
        if known and not any(known):
            return True
    return False


@lru_cache(maxsize=1 << 15)
def looked_for_as(key: str) -> tuple[str, ...]:
    """What a key is looked for by, the most telling first: one at least for each two keys that may mean one."""
    if is_person(key):
        first, last = ends(key)
        return tuple(f"{key[0]}{name}" for name in dict.fromkeys((skeleton(last), skeleton(first))))
    if is_unnamed(key) or key.startswith(WOULD_BE):
        return (key.removeprefix(WOULD_BE),)
    first, *rest = key.split()
    return (" ".join((first, *rest[:1])), *([first] if rest and is_regional(first) else []))
