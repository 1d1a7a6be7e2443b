"""One trace per article from its file to the index, over a real broker and a real OTLP/HTTP receiver."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kliping_extract import app as extract
from kliping_extract.settings import ExtractSettings
from kliping_index import app as index
from kliping_index.settings import IndexSettings
from kliping_ingest import app as ingest
from kliping_ingest.settings import IngestSettings
from kliping_link import app as link
from kliping_link.settings import LinkSettings
from kliping_shared.bus import DeadLetters, Publisher, Route, Worker, connect
from kliping_shared.contracts import Article, EnrichedArticle
from kliping_shared.contracts.streams import ARTICLE, ENRICHED, LINKED
from kliping_shared.errors import PermanentError, SettingsError, TransientError
from kliping_shared.observability.tracing import tracing_to
from kliping_shared.settings import Settings
from tests.support.brokers import EmbeddedServer, embedded, free_port
from tests.support.bus_bench import QUICK, article, enriched, eventually
from tests.support.otlp import Collector, Taken, collector
from tests.support.running import kliping
from tests.support.shared import ROOT
from tests.support.workers import working
from tests.unit.ingest.builders import TEXT

STAGES = {"ingest": f"publish {ARTICLE}", "extract": f"process {ARTICLE}", "link": f"process {ENRICHED}"}


@pytest.fixture
def receiver() -> Iterator[Collector]:
    with collector() as made:
        yield made


@pytest.fixture
def server(tmp_path: Path) -> Iterator[EmbeddedServer]:
    with embedded(tmp_path / "broker") as made:
        yield made


@pytest.fixture
def told(server: EmbeddedServer, receiver: Collector, tmp_path: Path) -> dict[str, Any]:
    """What all services are told."""
    return {
        "redis_url": server.url,
        "otlp_endpoint": receiver.url,
        "data": tmp_path / "data",
        "inbox": tmp_path / "inbox",
        "consumer": "one",
    }


class FindsNothing:
    """An extractor without a model."""

    def extract(self, article: Article) -> EnrichedArticle:
        return enriched(article)


async def finished(client: Any, stream: str, group: str, count: int) -> bool:
    """Whether the group has acknowledged everything, after so many entries in all."""
    info = next((one for one in await client.xinfo_groups(stream) if one["name"] == group.encode()), None)
    return bool(info and info["entries-read"] == count and not info["pending"])


def stage_of(span: Taken) -> str:
    return span.service.removeprefix("kliping-")


async def test_each_file_is_one_trace_from_ingest_to_index(told: dict[str, Any], receiver: Collector) -> None:
    """Three files give three traces; in each ingest, extract, link and index follow from one another."""
    told["inbox"].mkdir()
    for number in range(3):
        (told["inbox"] / f"{number}.txt").write_text(f"{TEXT}\nKabar nomor {number}.\n", encoding="utf-8")
    client = connect(told["redis_url"])
    workers = (
        extract.build(ExtractSettings(**told), extractor=FindsNothing()),
        link.build(LinkSettings(**told)),
        index.build(IndexSettings(**told)),
    )
    async with working(*workers):
        settings = IngestSettings(**told, ingest_quiet_seconds=0.01)
        async with ingest.build(settings) as service:
            assert (await service.drain()).ok == 3
        await eventually(lambda: finished(client, LINKED, "index", 3))
    await client.aclose()
    traces = receiver.traces()
    assert len(traces) == 3
    assert len({span.article for spans in traces.values() for span in spans}) == 3
    for spans in traces.values():
        by_stage = {stage_of(span): span for span in spans}
        assert set(by_stage) == {*STAGES, "index"}
        assert {stage: by_stage[stage].name for stage in STAGES} == STAGES
        assert len({span.article for span in spans}) == 1
        assert by_stage["ingest"].parent == ""
        for before, after in (("ingest", "extract"), ("extract", "link"), ("link", "index")):
            assert by_stage[after].parent == by_stage[before].span
        assert {span.outcome for span in spans} == {"ok"}


def test_each_article_is_one_trace_across_processes(receiver: Collector, tmp_path: Path) -> None:
    """The real services, each in its process: every span is sent before its process ends."""
    (tmp_path / "inbox").mkdir()
    for file in sorted((ROOT / "seeds" / "articles").glob("ktt_*")):
        shutil.copy(file, tmp_path / "inbox")
    told = ("--inbox", tmp_path / "inbox", "--data", tmp_path / "data", "--port", "0", "--workers", "2")
    result = kliping("up", "--once", *told, environ={"KLIPING_OTLP_ENDPOINT": receiver.url})
    assert result.returncode == 0, result.stderr
    traces = receiver.traces()
    assert len(traces) == len(list((tmp_path / "inbox" / ".done").iterdir())) >= 4
    for spans in traces.values():
        assert sorted(stage_of(span) for span in spans) == ["extract", "index", "ingest", "link"]


async def test_a_trace_goes_on_through_retries_a_dead_letter_and_its_replay(
    told: dict[str, Any], receiver: Collector
) -> None:
    """Two runs that fail, one that gives up, and the run after the replay are one trace, each with how it ended."""
    errors: list[Exception] = [TransientError("later"), TransientError("later"), PermanentError("never")]

    async def handler(message: Article) -> None:
        if errors:
            raise errors.pop(0)

    settings = Settings(**told)
    client = connect(settings.broker_url)
    letters = DeadLetters(client)
    route = Route(consumes=ARTICLE, group="extract", model=Article, handler=handler)
    async with Publisher(settings, policy=QUICK) as publisher:
        await publisher.publish(ARTICLE, [article("a")])
    async with working(Worker([route], settings, policy=QUICK)):
        await eventually(letters.list)
        (letter,) = await letters.list()
        await letters.replay(letter.letter_id)
        await eventually(lambda: finished(client, ARTICLE, "extract", 2))
    await client.aclose()
    (spans,) = receiver.traces().values()
    assert [span.outcome for span in spans if stage_of(span) == "extract"] == ["retry", "retry", "dead", "ok"]
    assert [span.attributes["kliping.attempt"] for span in spans if stage_of(span) == "extract"] == [1, 2, 3, 1]
    assert [span.failed for span in spans if stage_of(span) == "extract"] == [True, True, True, False]
    assert len({span.parent for span in spans if stage_of(span) == "extract"}) == 1


@pytest.mark.parametrize(
    "came", [b"", b"junk", b"00-00000000000000000000000000000000-0000000000000000-01", b"\xff" * 55]
)
async def test_a_message_without_a_readable_trace_begins_one(
    came: bytes, told: dict[str, Any], receiver: Collector
) -> None:
    """Whatever stands in the field, the message is worked on and has a trace."""
    settings = Settings(**told)
    client = connect(settings.broker_url)
    fields = {"__data__": article("a").model_dump_json(), "article_id": "a"} | ({"traceparent": came} if came else {})
    await client.xadd(ARTICLE, fields)
    route = Route(consumes=ARTICLE, group="extract", model=Article, handler=enriched, produces=ENRICHED)
    async with working(Worker([route], settings, policy=QUICK)):
        await eventually(lambda: finished(client, ARTICLE, "extract", 1))
    ((_, published),) = await client.xrange(ENRICHED)
    await client.aclose()
    (span,) = receiver.spans
    assert (span.parent, span.outcome) == ("", "ok")
    assert published[b"traceparent"].decode().rpartition("-")[0] == f"00-{span.trace}-{span.span}"


async def test_a_stage_that_is_not_traced_hands_the_trace_on(told: dict[str, Any], receiver: Collector) -> None:
    """The field goes through unchanged, and a message that had none gets none."""
    settings = Settings(**(told | {"otlp_endpoint": None}))
    client = connect(settings.broker_url)
    carried = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
    await client.xadd(ARTICLE, {"__data__": article("a").model_dump_json(), "article_id": "a", "traceparent": carried})
    async with Publisher(settings, policy=QUICK) as publisher:
        await publisher.publish(ARTICLE, [article("b")])
    route = Route(consumes=ARTICLE, group="extract", model=Article, handler=enriched, produces=ENRICHED)
    async with working(Worker([route], settings, policy=QUICK)):
        await eventually(lambda: finished(client, ARTICLE, "extract", 2))
    rows = await client.xrange(ENRICHED)
    await client.aclose()
    assert [fields.get(b"traceparent") for _, fields in rows] == [carried.encode(), None]
    assert receiver.spans == []


async def test_a_collector_that_is_away_holds_nothing_up(told: dict[str, Any]) -> None:
    """Messages are worked on and the worker ends; only the spans are lost."""
    settings = Settings(**(told | {"otlp_endpoint": f"http://127.0.0.1:{free_port()}"}))
    client = connect(settings.broker_url)
    async with Publisher(settings, policy=QUICK) as publisher:
        await publisher.publish(ARTICLE, [article(str(number)) for number in range(5)])
    route = Route(consumes=ARTICLE, group="extract", model=Article, handler=enriched, produces=ENRICHED)
    async with working(Worker([route], settings, policy=QUICK)):
        await eventually(lambda: finished(client, ARTICLE, "extract", 5))
    assert await client.xlen(ENRICHED) == 5
    await client.aclose()


async def test_a_missing_library_is_a_settings_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """The error says what to install; nothing else does when traces are off."""
    monkeypatch.setitem(sys.modules, "kliping_shared.observability.otlp", None)
    async with tracing_to(Settings(), "extract"):
        pass
    with pytest.raises(SettingsError, match=r"install kliping\[tracing\]"):
        async with tracing_to(Settings(otlp_endpoint="http://collector:4318"), "extract"):
            pass


def test_the_exporter_is_not_imported_while_traces_are_off() -> None:
    """A service that makes none does not load what sends them (redis-py loads OpenTelemetry's core where it is there)."""
    code = "import sys, json, kliping_shared.bus, kliping_link.app; print(json.dumps([*sys.modules]))"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert [name for name in json.loads(out) if name.startswith(("opentelemetry.exporter", "requests"))] == []


async def test_a_trace_begins_when_the_file_was_read_unless_that_is_long_ago(receiver: Collector) -> None:
    """The first span is as old as the reading; an article that is published again begins now."""
    from datetime import UTC, datetime, timedelta

    from kliping_shared.observability.otlp import OtlpTracing
    from kliping_shared.observability.tracing import Work

    tracing = OtlpTracing(receiver.url, stage="ingest", instance="one")
    for name, ago in (("fresh", timedelta(seconds=20)), ("again", timedelta(days=2)), ("ahead", -timedelta(hours=1))):
        tracing.publish(Work("ingest", ARTICLE, name), datetime.now(UTC) - ago).end("ok")
    before = time.monotonic()
    tracing.close()
    assert time.monotonic() - before < 6
    taken = {span.article: span.seconds for span in receiver.spans}
    assert taken["fresh"] >= 20
    assert max(taken["again"], taken["ahead"]) < 10
