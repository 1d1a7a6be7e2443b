"""Saying which names stand for one thing and taking it back: what is kept, and which articles are read anew for it."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kliping_shared.contracts import EntityType
from kliping_shared.corrections.aliases import Alias, AliasBook
from kliping_shared.store.ports import SearchRequest, StoreReader

#: What an article's names of each type are found by.
_FILTER: Final[Mapping[EntityType, str]] = {EntityType.PER: "person", EntityType.ORG: "org", EntityType.LOC: "place"}
#: Forms that are looked for at once; a query has a greatest length.
_PORTION: Final = 20
_QUOTES: Final = re.compile('["“”„«»]')


@dataclass(frozen=True)
class Named:
    """What was changed, and the articles that are to be read anew for it."""

    changed: tuple[Alias, ...]
    articles: tuple[str, ...]


class Naming:
    """The user's aliases, over a store with what was read before. Methods raise StoreUnavailable and errors of Redis."""

    def __init__(self, book: AliasBook, reader: StoreReader) -> None:
        self._book = book
        self._reader = reader

    async def add(self, aliases: Sequence[Alias]) -> Named:
        """Keep these. Names articles for all of them, so that it may be done again where it broke off.

        Raises AliasConflict.
        """
        new = await self._book.add(aliases)
        renamed = [one for one in aliases if one.alias != one.name]
        return Named(new, await self._articles(aliases, _by_type(renamed)))

    async def remove(self, alias: str, kind: EntityType | None) -> Named:
        """Forget a form, or a name with all its forms. Raises NoSuchAlias."""
        gone = await self._book.remove(alias, kind)
        whole = [*gone, *(one.model_copy(update={"alias": one.name}) for one in gone)]
        return Named(gone, await self._articles(gone, _by_type(whole)))

    async def _articles(
        self, aliases: Sequence[Alias], canonical: Mapping[EntityType, Collection[str]]
    ) -> tuple[str, ...]:
        """Articles in which any of the forms stands, or that call something by one of these names."""
        await self._reader.catch_up()
        requests = [*_in_words(aliases), *_as_named(canonical)]
        return tuple(dict.fromkeys([article_id for request in requests async for article_id in self._ids(request)]))

    async def _ids(self, request: SearchRequest) -> AsyncIterator[str]:
        async for document in self._reader.stream(request):
            yield document["article_id"]


def _in_words(aliases: Sequence[Alias]) -> Iterator[SearchRequest]:
    """Articles whose words are those of any of the forms; words may share a stem, so these are some too many."""
    forms = sorted({one.alias for one in aliases})
    for start in range(0, len(forms), _PORTION):
        phrases = (f'"{_QUOTES.sub(" ", form)}"' for form in forms[start : start + _PORTION])
        yield SearchRequest(query=" OR ".join(phrases), sort="oldest", highlight=False)


def _as_named(canonical: Mapping[EntityType, Collection[str]]) -> Iterator[SearchRequest]:
    """Articles that have the names, by whichever form: Kliping's own aliases lead on to those of the user."""
    for kind, names in canonical.items():
        ordered = sorted(names)
        for start in range(0, len(ordered), _PORTION):
            filters = {_FILTER[kind]: tuple(ordered[start : start + _PORTION])}
            yield SearchRequest(filters=filters, sort="oldest", highlight=False)


def _by_type(aliases: Sequence[Alias]) -> dict[EntityType, set[str]]:
    found: dict[EntityType, set[str]] = {}
    for one in aliases:
        found.setdefault(one.type, set()).add(one.alias)
    return found
