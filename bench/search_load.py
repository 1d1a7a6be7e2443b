"""A store of many articles to search in: events as in bench/link_events.py, told again and again on other days.

Events are retold and linked once for each ``DIFFERENT`` articles, since that is slow; then their documents are written
again and again under other ids, ``DAYS`` days apart. So a word and a name are in the same share of the documents however
many there are, which is what a search's time depends on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from typing import Any, Final, get_args

import orjson

from bench.link_events import Base, bases, event
from kliping_shared.store.ports import Change

SEEDS = Path(__file__).resolve().parents[1] / "seeds"
FOLDERS = (SEEDS / "articles", SEEDS / "dev" / "articles")
#: Articles that differ in their words, events that are linked together, and days over which these stand.
DIFFERENT, TOGETHER, DAYS = 2500, 20, 9

#: Of an article or a claim; of a group or a story, which begins with its letter.
_ID = re.compile(rb'"([gs]?)[0-9a-f]{4}([0-9a-f]{12}(?:[0-9a-f]{16})?)"')
_DAY = re.compile(rb'"(20\d\d-\d\d-\d\d)')

Message = list[tuple[Any, ...]]


def messages(articles: int) -> Iterator[list[Change]]:
    """What the index service is told to write for so many articles."""
    told = [_packed(message) for message in _different(min(articles, DIFFERENT))]
    for number in range(articles):
        copy, place = divmod(number, len(told))
        yield _copied(told[place], copy)


def _different(articles: int) -> Iterator[Sequence[Change]]:
    from kliping_index.domain.documents import changes
    from kliping_link.linker import link
    from kliping_link.memory_state import MemoryState

    known: list[list[Base]] = bases(FOLDERS)
    made = 0
    for first in count(0, TOGETHER):
        state = MemoryState()
        for number in range(first, first + TOGETHER):
            for enriched in event(number, known, DAYS * made / articles):
                linked = link(state, enriched, enriched.ingested_at)
                if linked is not None:
                    yield changes(linked)
                    made += 1
                    if made == articles:
                        return


def _packed(message: Sequence[Change]) -> bytes:
    return orjson.dumps([[type(change).__name__, vars(change)] for change in message])


_KINDS: Final = {made.__name__: made for made in get_args(Change)}


def _copied(message: bytes, copy: int) -> list[Change]:
    """The message under other ids and on other days."""
    shift = timedelta(days=DAYS * copy)
    known: dict[bytes, bytes] = {}

    def later(found: re.Match[bytes]) -> bytes:
        day = found[1]
        if day not in known:
            known[day] = (date.fromisoformat(day.decode()) + shift).isoformat().encode()
        return b'"' + known[day]

    text = _DAY.sub(later, _ID.sub(rb'"\g<1>%04x\2"' % copy, message))
    made = []
    for name, fields in orjson.loads(text):
        if name == "ReplaceClaims":
            fields["claim_ids"] = tuple(fields["claim_ids"])
        if name == "Put" and fields["document"].get("published_on"):
            fields["document"]["published_month"] = fields["document"]["published_on"][:7]
        made.append(_KINDS[name](**fields))
    return made
