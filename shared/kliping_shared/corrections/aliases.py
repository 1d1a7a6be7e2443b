"""Names that a person says stand for one thing: ``Si Mawar`` is ``Dewi Anggraini``.

Each form of a name is one row, the name itself too, so that a name is kept from standing for another.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol

from kliping_shared.contracts import Contract, EntityType
from kliping_shared.errors import KlipingError
from kliping_shared.names import KnownName, normal_name
from kliping_shared.notices import Notice


class AliasConflict(KlipingError):
    """A form would stand for two names of one type. ``known`` is the one that was not taken."""

    def __init__(self, known: KnownName, there: str) -> None:
        super().__init__(
            Notice(
                "{alias!r} cannot stand for {name!r} ({type}): it stands for {there!r}; remove it there first",
                alias=known.alias,
                name=known.name,
                type=known.type,
                there=there,
            )
        )
        self.known = known


class NoSuchAlias(KlipingError):
    """There is no such form among the user's own."""


class OfWhichType(KlipingError):
    """A form stands for names of several types, and none was said."""


class Alias(Contract):
    """A form of a name, and who said so."""

    type: EntityType
    name: str
    alias: str
    reason: str | None = None
    by: str | None = None
    at: datetime | None = None

    @property
    def known(self) -> KnownName:
        """What it says."""
        return KnownName(self.type, self.name, self.alias)


class AliasBook(Protocol):
    """Keeps the user's own. Every method may be called again with the same."""

    async def list(self) -> tuple[Alias, ...]:
        """All, by type, name and form."""
        ...

    async def add(self, aliases: Sequence[Alias]) -> tuple[Alias, ...]:
        """Keep them, all or none; gives those that are new. Raises AliasConflict."""
        ...

    async def remove(self, alias: str, kind: EntityType | None) -> tuple[Alias, ...]:
        """Forget what ``chosen`` gives, and give it. Raises NoSuchAlias, OfWhichType."""
        ...


def new_of(kept: Iterable[Alias], given: Iterable[Alias]) -> tuple[Alias, ...]:
    """Those given that are not kept yet. Raises AliasConflict for one whose form stands for another name."""
    there = {one.known for one in kept}
    names = {_form(one): one.name for one in kept}
    new = []
    for one in given:
        if (name := names.setdefault(_form(one), one.name)) != one.name:
            raise AliasConflict(one.known, name)
        if one.known not in there:
            there.add(one.known)
            new.append(one)
    return tuple(new)


def chosen(kept: Sequence[Alias], alias: str, kind: EntityType | None) -> tuple[Alias, ...]:
    """What ends when ``alias`` is removed: all forms where it is a name itself or its last other form, else that form.

    Raises NoSuchAlias, and OfWhichType where none is given.
    """
    wanted = normal_name(alias)
    found = [one for one in kept if normal_name(one.alias) == wanted and kind in (None, one.type)]
    types = sorted({one.type for one in found})
    if not found:
        raise NoSuchAlias(Notice("there is no {alias!r} among your own names", alias=alias))
    if len(types) > 1:
        raise OfWhichType(
            Notice(
                "{alias!r} is a form of names of several types: say which type, {types}",
                alias=alias,
                types=" or ".join(types),
            )
        )
    own = [one for one in kept if (one.type, one.name) == (found[0].type, found[0].name)]
    others = [one for one in own if normal_name(one.alias) not in (wanted, normal_name(one.name))]
    return tuple(found if others and wanted != normal_name(found[0].name) else own)


def _form(one: Alias) -> tuple[EntityType, str]:
    return one.type, normal_name(one.alias)
