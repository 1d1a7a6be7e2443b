"""An article of the store goes out as the message that its stage was given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

import pytest

from kliping_index.domain.documents import changes
from kliping_link.linker import link_all
from kliping_shared import republish as module
from kliping_shared.contracts import Article, Contract, EnrichedArticle, streams
from kliping_shared.republish import BACKLOG, PORTION, Stage, republish
from kliping_shared.store.ports import Put, StoreReader
from tests.unit.link.building import Draft, Said, build

ARTICLES = [build(Draft(f"a{number}", (Said("Ratna Suherman", "jembatan selesai"),))) for number in range(PORTION + 2)]


class Shelf:
    """Holds articles' documents as index makes them."""

    def __init__(self, articles: Sequence[EnrichedArticle]) -> None:
        made = (change for linked in link_all(articles) for change in changes(linked))
        self._documents = {one.id: one.document for one in made if isinstance(one, Put) and one.kind == "articles"}

    async def get_many(self, kind: str, ids: Sequence[str]) -> list[Mapping[str, Any]]:
        """Those that are there."""
        return [self._documents[name] for name in ids if name in self._documents]


@dataclass
class Sent:
    """Takes down what is published; ``queue`` is how full the stages say that they are, one answer after the other."""

    queue: list[int] = field(default_factory=list)
    streams: dict[str, list[Contract]] = field(default_factory=dict)

    async def publish(self, stream: str, messages: Sequence[Contract]) -> None:
        """Take them down."""
        assert not self.queue or self.queue[0] < BACKLOG
        self.streams.setdefault(stream, []).extend(messages)

    async def backlog(self) -> int:
        """The next answer."""
        return self.queue.pop(0) if self.queue else 0


async def _send(ids: Sequence[str], stage: Stage, sent: Sent) -> int:
    return await republish(ids, stage, reader=cast("StoreReader", Shelf(ARTICLES)), publisher=sent)


@pytest.mark.parametrize(("stage", "stream"), [(Stage.LINK, streams.ENRICHED), (Stage.EXTRACT, streams.ARTICLE)])
async def test_the_message_is_what_the_stage_was_given(stage: Stage, stream: str) -> None:
    """All of them in the given order, without what later stages added; ids that are gone are passed over."""
    sent = Sent()
    ids = [article.article_id for article in ARTICLES]
    assert await _send([*ids[:3], "gone", *ids[3:]], stage, sent) == len(ARTICLES)
    model = Article if stage is Stage.EXTRACT else EnrichedArticle
    fields = set(model.model_fields) - {"contract"}
    expected = [model(**article.model_dump(include=fields)) for article in ARTICLES]
    assert sent.streams == {stream: expected}


async def test_it_waits_while_the_stages_are_full(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is added before the longest queue is short again."""
    monkeypatch.setattr(module, "PAUSE", 0)
    sent = Sent(queue=[BACKLOG, BACKLOG + 5, BACKLOG - 1])
    assert await _send(["a0"], Stage.LINK, sent) == 1
    assert sent.queue == []
