"""A correction that breaks off halfway takes effect when the same is asked for again."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest
import redis
import redis.asyncio

from kliping_link.redis_state import RedisState
from kliping_shared.contracts import Contract
from kliping_shared.corrections.correcting import Correcting, Note, NotThere
from kliping_shared.corrections.redis import GroupCorrections
from kliping_shared.settings import Settings
from kliping_shared.store import open_reader, open_writer
from tests.integration.corrections.stages import AT, Stages
from tests.unit.link.building import Draft, Said, build

if TYPE_CHECKING:
    from kliping_extract.extractor import Extractor

ARTICLES = [
    build(Draft("a", (Said("Ratna Suherman", "jembatan gantung pesisir rampung sebelum musim hujan"),))),
    build(Draft("b", (Said("Bagus Wirayuda", "pasar ikan pelabuhan lama ditutup selama tiga bulan"),))),
]


@dataclass
class Breaking(Stages):
    """Stages to which the way can be broken."""

    broken: bool = False

    async def publish(self, stream: str, messages: Sequence[Contract]) -> None:
        """Send on what comes, while there is a way."""
        if self.broken:
            raise ConnectionError
        await super().publish(stream, messages)


@pytest.fixture
async def desk(tmp_path: Path, url: str) -> AsyncIterator[tuple[Correcting, Breaking, GroupCorrections]]:
    """Two articles with a claim each, of two groups."""
    settings = Settings(data=tmp_path)
    with redis.Redis.from_url(url) as client:
        state = RedisState(client, timedelta(days=60))
        stages = Breaking(cast("Extractor", None), open_writer(settings), open_reader(settings), state=state)
        await stages.publish("", ARTICLES)
        async with redis.asyncio.Redis.from_url(url) as other:
            kept = GroupCorrections(other)
            yield Correcting(stages.reader, kept, stages), stages, kept


async def _groups(stages: Stages) -> list[str]:
    return [document["group_id"] for document in await stages.documents("groups")]


async def test_a_merge_taken_back(desk: tuple[Correcting, Breaking, GroupCorrections]) -> None:
    """It still stands in the groups while its articles were not linked anew; undone again it is gone, and only then."""
    correcting, stages, _ = desk
    merged = await correcting.merge(await _groups(stages), Note(at=AT))
    assert len(await _groups(stages)) == 1
    stages.broken = True
    with pytest.raises(ConnectionError):
        await correcting.undo(merged.correction_id)
    stages.broken = False
    assert len(await _groups(stages)) == 1
    assert await correcting.undo(merged.correction_id) == merged
    assert len(await _groups(stages)) == 2
    with pytest.raises(NotThere):
        await correcting.undo(merged.correction_id)


async def test_a_merge_made_again_while_it_is_taken_back_stays(
    desk: tuple[Correcting, Breaking, GroupCorrections],
) -> None:
    """What was taken back is forgotten only while it is."""
    correcting, stages, kept = desk
    merged = await correcting.merge(await _groups(stages), Note(at=AT))
    await kept.withdraw(merged)
    await kept.put(merged)
    await kept.forget(merged)
    assert await kept.list() == (merged,)


async def test_corrections_restored(desk: tuple[Correcting, Breaking, GroupCorrections]) -> None:
    """They are kept, but their articles were not linked anew; restored again they hold, counted as there already."""
    correcting, stages, kept = desk
    merged = await correcting.merge(await _groups(stages), Note(at=AT))
    await correcting.undo(merged.correction_id)
    stages.broken = True
    with pytest.raises(ConnectionError):
        await correcting.restore([merged])
    stages.broken = False
    assert (len(await _groups(stages)), await kept.list()) == (2, (merged,))
    assert await correcting.restore([merged]) == 0
    assert len(await _groups(stages)) == 1
