"""An article that comes again after link has forgotten it takes nothing from its groups."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest

from kliping_link.sweeping import sweep
from kliping_shared.republish import Stage, republish
from kliping_shared.settings import Settings
from kliping_shared.store import open_reader, open_writer
from tests.integration.corrections.stages import Stages
from tests.unit.link.building import Draft, Said, build

if TYPE_CHECKING:
    from kliping_extract.extractor import Extractor

LONG_AGO = datetime(2024, 3, 5, 8, tzinfo=UTC)
BRIDGE = Said("Ratna Suherman", "jembatan gantung pesisir rampung sebelum musim hujan")
MARKET = Said("Bagus Wirayuda", "pasar ikan pelabuhan lama ditutup selama tiga bulan")
#: Two groups, by way of the second article all three are to be told together; the last stands by itself.
ARTICLES = [
    build(Draft("a", (BRIDGE,), outlet="Harian Satu")),
    build(Draft("b", (BRIDGE, MARKET), outlet="Harian Dua")),
    build(Draft("c", (MARKET,), outlet="Harian Tiga")),
    build(Draft("d", (Said("Wahyu Lesmana", "beras bantuan dibagikan kepada keluarga nelayan"),), day=90)),
]


@pytest.mark.parametrize("article_id", ["a", "b", "c"])
@pytest.mark.parametrize(("linked_at", "again"), [(LONG_AGO, {"a", "b", "c"}), (datetime.now(UTC), None)])
async def test_all_that_it_is_grouped_with_comes_with_it(
    tmp_path: Path, article_id: str, linked_at: datetime, again: set[str] | None
) -> None:
    """Groups and stories are as they were; what was linked lately link knows, and it comes alone."""
    settings = Settings(data=tmp_path)
    writer, reader = open_writer(settings), open_reader(settings)
    stages = Stages(cast("Extractor", None), writer, reader, at=linked_at)
    await stages.publish("", ARTICLES)
    before = {kind: await stages.documents(kind) for kind in ("groups", "stories", "claims")}
    assert sorted(group["outlet_count"] for group in before["groups"]) == [1, 2, 2]
    stages.published.clear()
    if again:
        assert sweep(stages.state, datetime.now(UTC) + timedelta(hours=1)) == len(ARTICLES)
    assert await republish([article_id], Stage.LINK, reader=reader, publisher=stages) == 1
    assert set(stages.published) == (again or {article_id})
    assert {kind: await stages.documents(kind) for kind in before} == before
    await reader.close()
    await writer.close()
