"""What /metrics says of streams and broker is what is there; the rights in deploy/redis/users.acl are enough for it."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import structlog

from kliping_shared.bus.gauges import read_gauges
from kliping_shared.contracts import Article
from kliping_shared.contracts.streams import ARTICLE, CONSUMERS, DEAD
from kliping_shared.errors import PermanentError, StoreUnavailable, TransientError
from kliping_shared.observability import Metrics
from tests.support.bus_bench import Bench, article, enriched, eventually
from tests.support.json_logs import json_logs


async def test_gauges_say_what_is_in_the_streams(bench: Bench) -> None:
    """Lag, pending, dead letters by the stage that gave up (and foreign ones), and the broker's memory."""

    async def handler(message: Article) -> None:
        raise PermanentError("never")

    await bench.publish("a", "b")
    async with bench.worker(handler):
        await eventually(bench.settled)
    await bench.client.xadd(DEAD, {"foreign": "letter"})
    await bench.publish("c", "d", "e")
    await bench.client.config_set("maxmemory", "100mb")
    metrics = Metrics()
    await read_gauges(bench.client, metrics)
    assert metrics.value("kliping_stream_lag", stream=ARTICLE, stage="extract") == 3
    assert metrics.value("kliping_stream_pending", stream=ARTICLE, stage="extract") == 0
    dead = {stage: metrics.value("kliping_dead_letters", stage=stage) for stage in ("extract", "link", "unknown")}
    assert dead == {"extract": 2, "link": 0, "unknown": 1}
    assert metrics.value("kliping_broker_memory_limit_bytes") == 100 * 1024 * 1024
    assert 0 < metrics.value("kliping_broker_memory_bytes") < 100 * 1024 * 1024
    assert metrics.value("kliping_broker_disk_ok") == 1


@pytest.mark.parametrize("stage", [group for _, group in CONSUMERS])
async def test_a_worker_may_read_all_gauges(stage: str, bench: Bench, users: dict[str, Any]) -> None:
    """The rights of each worker's user are enough for every gauge."""
    metrics = Metrics()
    await read_gauges(users[stage], metrics)
    assert metrics.value("kliping_broker_disk_ok") == 1


async def test_gauges_of_the_broker_itself_are_left_out_where_they_are_not_permitted(
    bench: Bench, users: dict[str, Any]
) -> None:
    """A user without INFO still gets those of the streams."""
    await bench.publish("a")
    metrics = Metrics()
    await bench.client.execute_command("ACL", "SETUSER", "extract", "-info")
    await read_gauges(users["extract"], metrics)
    assert metrics.value("kliping_stream_lag", stream=ARTICLE, stage="extract") == 1
    assert metrics.value("kliping_broker_memory_bytes") == 0


async def test_the_scaler_may_look_at_extracts_lag_and_do_nothing_else(bench: Bench, users: dict[str, Any]) -> None:
    """What KEDA asks is answered: PING, INFO, XINFO GROUPS and XLEN of the article stream; reading it is refused."""
    await bench.publish("a", "b")
    scaler = users["scaler"]
    assert await scaler.ping()
    assert "redis_version" in await scaler.info()
    (group,) = await scaler.xinfo_groups(ARTICLE)
    assert (group["name"], group["lag"]) == (b"extract", 2)
    assert await scaler.xlen(ARTICLE) == 2
    for refused in (scaler.xrange(ARTICLE), scaler.get("kliping:broker"), scaler.xadd(ARTICLE, {"a": "b"})):
        with pytest.raises(Exception, match=r"(?i)permission"):
            await refused


async def test_runs_put_off_are_counted(bench: Bench) -> None:
    """Each run that what the stage needs refused counts once; the stage is not ready meanwhile."""
    ready: list[float] = []
    errors = [StoreUnavailable("away"), StoreUnavailable("away")]

    async def handler(message: Article) -> None:
        ready.append(worker.metrics.value("kliping_stage_ready", stage="extract"))
        if errors:
            raise errors.pop()

    await bench.publish("a")
    async with bench.worker(handler) as worker:
        await eventually(bench.settled)
        await eventually(lambda: worker.metrics.value("kliping_stage_ready", stage="extract") == 1)
        assert worker.metrics.value("kliping_store_refusals_total", stage="extract") == 2
        assert worker.metrics.value("kliping_retries_total", stage="extract") == 0


async def test_counters_begin_at_zero(bench: Bench) -> None:
    """Prometheus sees a rise only above a value it has seen: the first dead letter would else not be one."""
    async with bench.worker(enriched) as worker:
        text = worker.metrics.render().decode()
    for outcome in ("ok", "duplicate", "dead"):
        assert f'kliping_messages_total{{outcome="{outcome}",stage="extract"}} 0.0' in text
    assert 'kliping_retries_total{stage="extract"} 0.0' in text
    assert 'kliping_store_refusals_total{stage="extract"} 0.0' in text


@pytest.fixture
def logs() -> Iterator[io.StringIO]:
    with json_logs("extract") as out:
        yield out


@pytest.mark.parametrize("threaded", [False, True])
async def test_every_line_about_an_article_names_article_stream_and_service(
    bench: Bench, logs: io.StringIO, threaded: bool
) -> None:
    """A handler's own lines, a retry's and a dead letter's: each says whose, where and who, and the trace if any."""
    errors: list[Exception] = [TransientError("later"), PermanentError("never")]

    def work(message: Article) -> Any:
        structlog.get_logger("kliping.x").info("handler's own")
        logging.getLogger("library").warning("a library's")
        if errors and message.article_id == "a":
            raise errors.pop(0)
        return enriched(message)

    async def work_async(message: Article) -> Any:
        return work(message)

    await bench.client.xadd(
        ARTICLE,
        {
            "__data__": article("a").model_dump_json(),
            "article_id": "a",
            "traceparent": "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        },
    )
    async with bench.worker(work if threaded else work_async):
        await eventually(bench.letters)
    lines = [json.loads(line) for line in logs.getvalue().splitlines()]
    about = [line for line in lines if line["event"] in ("handler's own", "a library's") or "entry" in line]
    assert {line["event"] for line in about} == {"handler's own", "a library's", "will try again", "dead letter"}
    for line in about:
        assert (line["article_id"], line["stream"], line["stage"], line["service"]) == (
            "a",
            ARTICLE,
            "extract",
            "extract",
        )
        assert line["trace_id"] == "0af7651916cd43dd8448eb211c80319c"
