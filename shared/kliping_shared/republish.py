"""Articles of the store, published again to a stage: what a person decided since they were read applies to them too.

Every stage takes an article that comes again as what it is: the same effects under the same ids.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import Any, Final, Protocol, TypeVar

from kliping_shared.companions import companions
from kliping_shared.contracts import Article, Contract, EnrichedArticle, streams
from kliping_shared.portions import portions
from kliping_shared.store.ports import Finder

A = TypeVar("A", bound=Article)

#: Articles read and published at once.
PORTION: Final = 20
#: Messages that may wait for a stage before no more are added.
BACKLOG: Final = 200
#: Seconds between two looks at a backlog that is full.
PAUSE: Final = 0.2


#: What trails name as the stage that published an article anew.
AGAIN: Final = "again"


class Stage(StrEnum):
    """Where articles begin anew: extracted and linked, or linked only."""

    EXTRACT = "extract"
    LINK = "link"


#: The stream that each stage reads, and what is in it.
_READS: Final[Mapping[Stage, tuple[str, type[Article]]]] = {
    Stage.EXTRACT: (streams.ARTICLE, Article),
    Stage.LINK: (streams.ENRICHED, EnrichedArticle),
}


class Way(Protocol):
    """Where messages go: a Publisher."""

    async def publish(self, stream: str, messages: Sequence[Contract]) -> None:
        """Add the messages in order."""
        ...

    async def backlog(self) -> int:
        """The longest queue of all stages."""
        ...


async def republish(
    article_ids: Sequence[str],
    stage: Stage,
    *,
    reader: Finder,
    publisher: Way,
    most_waiting: int | None = BACKLOG,
    whole: bool = False,
    tell: Callable[[int], None] = lambda _: None,
) -> int:
    """Publish these articles in their order; how many there were, since one that is not in the store is passed over.

    Before them go those to link that it may have forgotten and is to group with them; none where these are the ``whole``
    store. Waits while ``most_waiting`` messages wait in any queue, for as long as that takes; None never waits, for the few
    articles of one decision. ``tell`` hears how many are done. Raises StoreUnavailable.
    """
    beside = [] if whole else await companions(article_ids, reader)
    done = 0
    for way, ids in ((Stage.LINK, beside), (stage, article_ids)):
        stream, model = _READS[way]
        for some in portions(ids, PORTION):
            while most_waiting is not None and await publisher.backlog() >= most_waiting:  # noqa: ASYNC110 - another process empties the queue
                await asyncio.sleep(PAUSE)
            documents = await reader.get_many("articles", some)
            await publisher.publish(stream, [_as(model, document) for document in documents])
            if ids is article_ids:
                done += len(documents)
                tell(done)
    return done


def enriched(document: Mapping[str, Any]) -> EnrichedArticle:
    """The article of a stored document, as extract gave it."""
    return _as(EnrichedArticle, document)


def _as(model: type[A], document: Mapping[str, Any]) -> A:
    """The message that a stage was given: later stages only added fields, and each says itself who wrote it."""
    return model.model_validate({name: value for name, value in document["body"].items() if name != "contract"})
