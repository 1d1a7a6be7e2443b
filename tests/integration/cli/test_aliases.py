"""Saying that names stand for one thing, as commands on a data folder whose stages are at work."""

from __future__ import annotations

import asyncio
import json
import subprocess
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from redis.asyncio import Redis

import kliping_extract.app
import kliping_index.app
import kliping_link.app
from kliping_extract.settings import ExtractSettings
from kliping_index.settings import IndexSettings
from kliping_link.settings import LinkSettings
from kliping_shared.bus import Publisher, stream_stats
from kliping_shared.contracts import streams
from kliping_shared.settings import Settings
from kliping_shared.store import open_reader
from kliping_shared.store.ports import SearchRequest
from tests.integration.corrections.test_naming import ELSE, ONE, OTHER
from tests.support.brokers import embedded
from tests.support.bus_bench import eventually
from tests.support.running import kliping

FILE = "# kami\n\nPER\tDewi Anggraini\tRani Kusuma, Si Mawar\nORG\tBadan Air, Angin, dan Api\tBAA\n"


class Desk:
    """A data folder with a broker, and what a person does on it."""

    def __init__(self, data: Path, url: str) -> None:
        self._url = url
        self.settings = Settings(data=data, redis_url=url)
        self.client: Any = Redis.from_url(url)

    async def run(self, *command: str | Path) -> subprocess.CompletedProcess[str]:
        """A command on the folder, to its end; then wait until all is indexed."""
        environ = {"KLIPING_REDIS_URL": self._url}
        done = await asyncio.to_thread(kliping, "alias", *command, "--data", self.settings.data, environ=environ)
        await eventually(self.settled)
        return done

    async def said(self, *command: str | Path) -> str:
        """What a command says that is to go well."""
        done = await self.run(*command)
        assert done.returncode == 0, done.stderr
        return done.stdout

    async def refused(self, *command: str | Path) -> str:
        """Why a command does not do it."""
        done = await self.run(*command)
        assert (done.returncode, done.stdout) == (2, "")
        return done.stderr

    async def settled(self) -> bool:
        """Whether nothing waits for any stage."""
        return not any(row.waiting for row in await stream_stats(self.client))

    async def outlets(self) -> list[int]:
        """How many outlets each group has, the most first."""
        reader = open_reader(self.settings)
        found = [group["outlet_count"] async for group in reader.stream(SearchRequest(kind="groups"))]
        await reader.close()
        return sorted(found, reverse=True)


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    """Three articles, read, linked and indexed."""
    data = tmp_path / "data"
    data.mkdir()
    with embedded(tmp_path / "broker") as server:
        given: dict[str, Any] = {"data": data, "redis_url": server.url, "consumer": "one"}
        workers = [
            kliping_extract.app.build(ExtractSettings(**given)),
            kliping_link.app.build(LinkSettings(**given)),
            kliping_index.app.build(IndexSettings(**given)),
        ]
        tasks = [asyncio.create_task(worker.run(signals=False)) for worker in workers]
        made = Desk(data, server.url)
        async with Publisher(made.settings) as publisher:
            await publisher.publish(streams.ARTICLE, [ONE, OTHER, ELSE])
        await eventually(made.settled)
        yield made
        await made.client.aclose()
        for worker in workers:
            worker.stop()
        await asyncio.wait_for(asyncio.gather(*tasks), 20)


async def test_added_listed_and_removed(desk: Desk) -> None:
    """What is already read follows at once, each time."""
    assert await desk.outlets() == [1, 1, 1]
    told = await desk.said("add", "Dewi Anggraini", "Rani Kusuma", "--reason", "nama panggung", "--by", "Ratih")
    assert told == "1 alias added; 2 articles are read anew\n"
    assert await desk.outlets() == [2, 1]
    listed = await desk.said("list")
    assert "PER  Dewi Anggraini" in listed
    assert "by Ratih: nama panggung)" in listed
    rows = [json.loads(line) for line in (await desk.said("list", "--json")).splitlines()]
    assert [(row["alias"], row["by"]) for row in rows] == [("Dewi Anggraini", "Ratih"), ("Rani Kusuma", "Ratih")]
    assert await desk.said("remove", "rani kusuma", "--type", "PER") == "1 alias removed; 2 articles are read anew\n"
    assert await desk.outlets() == [1, 1, 1]
    assert await desk.said("list") == "No aliases.\n"


async def test_an_import_is_all_or_nothing_and_an_export_is_imported_again(desk: Desk, tmp_path: Path) -> None:
    """Whoever reads the error finds the line."""
    file = tmp_path / "nama.tsv"
    file.write_text(FILE, encoding="utf-8")
    assert await desk.said("import", file, "--no-apply") == "3 aliases added; 2 articles are left as read before\n"
    assert await desk.outlets() == [1, 1, 1]
    exported = await desk.said("list", "--tsv")
    assert exported == "ORG\tBadan Air, Angin, dan Api\tBAA\nPER\tDewi Anggraini\tRani Kusuma, Si Mawar\n"
    for bad, why in (
        ("LOC\tTirta\tTirtasari\nPER\tBudi\n", "line 2: wanted"),
        ("LOC\tTirta\tTirtasari\n\nPER\tMawar\tSI MAWAR\n", "line 3: 'SI MAWAR' cannot stand for 'Mawar'"),
        ("LOC\tTirta\tTirtasari\nLOC\tSari\tTirtasari\n", "line 2: 'Tirtasari' cannot"),
    ):
        file.write_text(bad, encoding="utf-8")
        assert why in await desk.refused("import", file)
        assert await desk.said("list", "--tsv") == exported
    await desk.said("remove", "Dewi Anggraini", "--no-apply")
    file.write_text(exported, encoding="utf-8")
    assert await desk.said("import", file) == "2 aliases added; 2 articles are read anew\n"
    assert await desk.said("list", "--tsv") == exported
    assert await desk.outlets() == [2, 1]


async def test_what_cannot_be_said_tells_why(desk: Desk) -> None:
    """In one line."""
    await desk.said("add", "Dewi Anggraini", "Rani Kusuma")
    assert "'Rani Kusuma' cannot stand for 'Ratna' (PER)" in await desk.refused("add", "Ratna", "Rani Kusuma")
    assert "leave commas out" in await desk.refused("add", "Badan Air", "B, A", "--type", "ORG")
    assert "there is no 'Siapa'" in await desk.refused("remove", "Siapa")


async def test_those_that_come_with_kliping_need_nothing_that_runs(tmp_path: Path) -> None:
    """And can be imported by another."""
    done = await asyncio.to_thread(kliping, "alias", "list", "--shipped", "--tsv", "--data", tmp_path)
    assert done.returncode == 0, done.stderr
    assert "LOC\tKorea Utara\tKorut" in done.stdout
