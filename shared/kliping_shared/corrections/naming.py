"""Saying which names stand for one thing and taking it back: what is kept, and which articles are read anew for it."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kliping_shared.contracts import EntityType
from kliping_shared.corrections.aliases import Alias, AliasBook
from kliping_shared.query.parser import MAX_LENGTH
from kliping_shared.republish import Stage, Way, republish
from kliping_shared.store.ports import SearchRequest, StoreReader

#: The field of a document that names entities of a type, and what finds them.
FIELD: Final[Mapping[EntityType, str]] = {EntityType.PER: "person", EntityType.ORG: "org", EntityType.LOC: "place"}
#: Between the terms of one query, which are so many at most.
_OR: Final = " OR "
_PORTION: Final = 20
#: Seconds between two looks at what is on its way, and how many there are at most.
PAUSE: Final = 0.2
LOOKS: Final = 25
_QUOTES: Final = re.compile('["“”„«»]')


@dataclass(frozen=True)
class Named:
    """What was changed, and what finds the articles that are to be read anew for it."""

    changed: tuple[Alias, ...]
    requests: tuple[SearchRequest, ...]


async def add(book: AliasBook, aliases: Sequence[Alias]) -> Named:
    """Keep these. It is for the articles of all of them, so that it may be done again where it broke off.

    Raises AliasConflict.
    """
    new = await book.add(aliases)
    renamed = [one for one in aliases if one.alias != one.name]
    return Named(new, tuple(_naming(aliases, renamed)))


async def remove(book: AliasBook, alias: str, kind: EntityType | None) -> Named:
    """Forget a form, or a name with all its forms. Raises NoSuchAlias, OfWhichType."""
    gone = await book.remove(alias, kind)
    names = (one.model_copy(update={"alias": one.name}) for one in gone)
    return Named(gone, tuple(_naming(gone, [*gone, *names])))


async def read_anew(named: Named, reader: StoreReader, publisher: Way) -> int:
    """Have the articles read anew that it is for, with those that were on their way; how many."""
    await arrived(publisher)
    ids = await articles_of(named, reader)
    await republish(ids, Stage.EXTRACT, reader=reader, publisher=publisher)
    return len(ids)


async def arrived(publisher: Way) -> None:
    """Wait until what was read before an alias was there is in the store; not for long where articles keep coming.

    What waits to be read is read with the alias, so only what is behind that is waited for, which takes a moment.
    """
    for _ in range(LOOKS):
        if not await publisher.backlog():
            return
        await asyncio.sleep(PAUSE)


async def articles_of(named: Named, reader: StoreReader) -> list[str]:
    """Ids of articles in which any of the forms stands, or that call something by one of these names; each once."""
    await reader.catch_up()
    found: dict[str, None] = {}
    for request in named.requests:
        async for document in reader.stream(request):
            found[document["article_id"]] = None
    return list(found)


def _naming(aliases: Sequence[Alias], called: Sequence[Alias]) -> Iterator[SearchRequest]:
    """Articles with the words of one of the aliases, or that call something as one of the others is called.

    The latter since Kliping's own aliases lead on to those of the user. Words may share a stem: some are found too many.
    """
    phrases = {_quoted(one.alias) for one in aliases}
    fields = {f"{FIELD[one.type]}:{_quoted(one.alias)}" for one in called}
    for terms in _portions([*sorted(phrases), *sorted(fields)]):
        yield SearchRequest(query=_OR.join(terms), sort="oldest", highlight=False)


def _portions(terms: Sequence[str]) -> Iterator[list[str]]:
    """The terms in as many queries as the greatest length of one takes."""
    portion: list[str] = []
    for term in terms:
        if len(portion) == _PORTION or len(_OR.join([*portion, term])) > MAX_LENGTH:
            yield portion
            portion = []
        portion.append(term)
    if portion:
        yield portion


def _quoted(form: str) -> str:
    return f'"{_QUOTES.sub(" ", form)}"'
