"""What a person says of one claim holds in the store, also when its article is read anew; taken back, all is as before."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from redis import Redis

from kliping_extract.extractor import Extractor
from kliping_shared.bus import connect
from kliping_shared.contracts import streams
from kliping_shared.corrections.claim_book import ClaimCorrections, kept_claim_corrections
from kliping_shared.corrections.correcting import NotCorrectable, Note, NotThere
from kliping_shared.corrections.correcting_claims import CorrectingClaims
from kliping_shared.errors import StoreUnavailable
from kliping_shared.republish import Stage, republish
from kliping_shared.settings import Settings
from kliping_shared.store import open_reader, open_writer
from tests.integration.corrections.stages import ARTICLES, ELSE, ONE, Stages

NOTE = Note(at=datetime(2026, 3, 6, tzinfo=UTC), by="Sari", reason="salah orang")


class Desk:
    """Three read articles, and a person who corrects claims."""

    def __init__(self, kept: ClaimCorrections, stages: Stages) -> None:
        self.kept, self.stages = kept, stages
        self.correcting = CorrectingClaims(stages.reader, kept, stages)

    async def claim(self, article_id: str) -> dict[str, Any]:
        """The article's one claim."""
        (found,) = [one for one in await self.stages.documents("claims") if one["article_id"] == article_id]
        return found

    async def speakers(self) -> dict[str, str]:
        """Who says each article's claim."""
        return {one["article_id"]: one["speaker"] for one in await self.stages.documents("claims")}

    async def everything(self) -> list[Any]:
        """The whole store, comparable."""
        return [await self.stages.documents(kind) for kind in ("articles", "claims", "groups", "stories")]

    async def again(self, *article_ids: str) -> None:
        """Have articles read anew."""
        await republish(article_ids, Stage.EXTRACT, reader=self.stages.reader, publisher=self.stages)


@pytest.fixture
async def desk(url: str, tmp_path: Path, extractor: Extractor) -> AsyncIterator[Desk]:
    """With a store of its own."""
    settings = Settings(data=tmp_path)
    client = connect(url)
    writer, reader = open_writer(settings), open_reader(settings)
    with Redis.from_url(url) as blocking:
        stages = Stages(extractor.with_corrections(kept_claim_corrections(blocking).now), writer, reader)
        await stages.publish(streams.ARTICLE, ARTICLES)
        yield Desk(ClaimCorrections(client), stages)
    await reader.close()
    await writer.close()
    await client.aclose()


async def test_a_speaker_is_set_right_and_two_outlets_agree(desk: Desk) -> None:
    """The claim keeps its id and text, tells that a person said so, and groups as one of that speaker."""
    before, groups = await desk.claim("dua"), await desk.stages.outlets()
    made = await desk.correcting.said_by(before["claim_id"], "  Dewi  Anggraini ", NOTE, role="Penyanyi")
    after = await desk.claim("dua")
    assert (made.kind, made.by, made.reason) == ("speaker", "Sari", "salah orang")
    assert (after["claim_id"], after["text"]) == (before["claim_id"], before["text"])
    assert (after["speaker"], after["role"], after["confidence"]) == ("Dewi Anggraini", "Penyanyi", 1.0)
    assert after["rule"] == f"corrected:{before['rule']}"
    assert (groups, await desk.stages.outlets()) == ([1, 1, 1], [2, 1])


async def test_a_speaker_is_known_by_any_of_his_forms_in_the_article(desk: Desk) -> None:
    """Under the name that the article's readers know him by, so that facets know one person."""
    claim_id = (await desk.claim("dua"))["claim_id"]
    await desk.correcting.said_by(claim_id, "kusuma", NOTE)
    assert (await desk.claim("dua"))["speaker"] == "Rani Kusuma"


async def test_what_is_no_claim_is_gone_with_its_group(desk: Desk) -> None:
    """The article stays, with one claim less."""
    claim_id = (await desk.claim("tiga"))["claim_id"]
    made = await desk.correcting.reject(claim_id, NOTE)
    assert (made.kind, made.speaker) == ("reject", None)
    assert await desk.speakers() == {"satu": "Dewi Anggraini", "dua": "Rani Kusuma"}
    assert await desk.stages.outlets() == [1, 1]
    assert [one["claim_count"] for one in await desk.stages.documents("articles")].count(0) == 1


async def test_it_holds_when_the_article_is_read_anew_or_comes_in_a_new_version(desk: Desk) -> None:
    """Read anew and linked anew it is the same; a version with the same words elsewhere has it too."""
    await desk.correcting.said_by((await desk.claim("satu"))["claim_id"], "Bambang Prasetyo", NOTE)
    await desk.correcting.reject((await desk.claim("tiga"))["claim_id"], NOTE)
    corrected = await desk.everything()
    await desk.again("satu", "tiga")
    await republish(["satu", "tiga"], Stage.LINK, reader=desk.stages.reader, publisher=desk.stages)
    assert await desk.everything() == corrected
    for name, old in (("satu-baru", ONE), ("tiga-baru", ELSE)):
        newer = {"article_id": name, "text": "Laporan terbaru.\n\n" + old.text, "supersedes": (old.article_id,)}
        await desk.stages.publish(streams.ARTICLE, [old.model_copy(update=newer)])
    assert await desk.speakers() == {"satu-baru": "Bambang Prasetyo", "dua": "Rani Kusuma"}


async def test_a_decision_made_while_another_is_taken_back_stays(desk: Desk) -> None:
    """What was taken back is forgotten only while it is."""
    made = await desk.correcting.reject((await desk.claim("satu"))["claim_id"], NOTE)
    await desk.kept.forget(made.correction_id)
    assert await desk.correcting.list() == (made,)


async def test_taken_back_all_is_as_it_was(desk: Desk) -> None:
    """Every document of every kind, apart from versions and times; the later of two decisions on one claim holds."""
    before = await desk.everything()
    claim_id = (await desk.claim("satu"))["claim_id"]
    first = await desk.correcting.said_by(claim_id, "Bambang Prasetyo", NOTE)
    second = await desk.correcting.reject(claim_id, NOTE)
    assert first.correction_id == second.correction_id
    assert await desk.correcting.list() == (second,)
    await desk.correcting.undo(second.correction_id)
    assert await desk.everything() == before
    assert await desk.correcting.list() == ()
    with pytest.raises(NotThere):
        await desk.correcting.undo(second.correction_id)


async def test_an_undo_that_broke_off_is_done_again(desk: Desk) -> None:
    """Where the store went away before the article was read anew, the same once more brings it to an end."""
    before = await desk.everything()
    made = await desk.correcting.said_by((await desk.claim("satu"))["claim_id"], "Bambang Prasetyo", NOTE)
    await desk.kept.put(made.model_copy(update={"withdrawn": True}))
    assert await desk.correcting.list() == ()
    await desk.correcting.undo(made.correction_id)
    assert await desk.everything() == before


@pytest.mark.parametrize("speaker", ["", " ", "!?", "x" * 301])
async def test_what_is_no_name_says_nothing(desk: Desk, speaker: str) -> None:
    """Nor can a claim be corrected that is not there."""
    with pytest.raises(NotCorrectable):
        await desk.correcting.said_by((await desk.claim("satu"))["claim_id"], speaker, NOTE)
    with pytest.raises(NotThere):
        await desk.correcting.reject("c0", NOTE)


def test_a_broker_that_is_away_is_told() -> None:
    """So that the worker waits for it."""
    with Redis.from_url("redis://127.0.0.1:1") as client, pytest.raises(StoreUnavailable):
        kept_claim_corrections(client).now()
