"""The watched folder in trouble: crashes, a broker that is away or full, full disks, a folder that vanishes."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kliping_ingest.app import build
from kliping_shared.errors import SettingsError, TransientError
from kliping_shared.inbox.ledger import file_counts, find_files, latest_files
from tests.unit.ingest.builders import EDITED, OTHER, TEXT, write
from tests.unit.ingest.fakes import FakePublisher, drained, eventually, files_below, running, settings


async def test_one_process_for_each_inbox(inbox: Path, tmp_path: Path, publisher: FakePublisher) -> None:
    """A second one is told who has it; when the first is gone, it may."""
    async with build(settings(tmp_path), publisher=publisher):
        with pytest.raises(SettingsError, match="already watches"):
            await drained(tmp_path, publisher)
    assert (await drained(tmp_path, publisher)).ok == 0


async def test_files_wait_while_the_stages_behind_are_full(
    inbox: Path, tmp_path: Path, publisher: FakePublisher
) -> None:
    """Nothing is published above the backlog limit, and it goes on by itself below it."""
    publisher.queue = 1000
    async with running(tmp_path, publisher) as service:
        write(inbox / "a.txt")
        await eventually(lambda: service.progress.in_work == 1)
        assert publisher.articles == []
        assert (inbox / "a.txt").exists()
        publisher.queue = 999
        await eventually(lambda: service.progress.done == 1)


async def test_files_stay_while_the_broker_is_away_and_the_service_can_stop(
    inbox: Path, tmp_path: Path, publisher: FakePublisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Stopping does not wait for the broker; the next start publishes the same articles and moves the file."""
    monkeypatch.setattr("kliping_ingest.service._GRACE", 0.05)
    publisher.away = True
    async with running(tmp_path, publisher):
        write(inbox / "a.txt")
        await eventually(lambda: publisher.calls == 1)
    assert files_below(inbox) == {"a.txt"}
    publisher.away = False
    summary = await drained(tmp_path, publisher)
    assert (summary.ok, publisher.texts, publisher.articles[0].revision) == (1, [TEXT], 1)


async def _crash_at(step: str, tmp_path: Path, publisher: FakePublisher) -> None:
    """Drain the inbox with ``step`` (its dotted name) failing as a crash would."""

    def crash(*_: object) -> None:
        raise RuntimeError("crash")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(step, crash)
        with pytest.raises(RuntimeError, match="crash"):
            await drained(tmp_path, publisher)


@pytest.mark.parametrize("step", ["publish", "durable"])
async def test_a_crash_at_any_step_is_repeated_without_harm(
    step: str, inbox: Path, tmp_path: Path, publisher: FakePublisher
) -> None:
    """After a crash the same messages are sent again, and the file is moved once they are durable."""
    write(inbox / "a.txt")
    await drained(tmp_path, publisher)
    (inbox / "a.txt").write_text(EDITED, encoding="utf-8")
    await _crash_at(f"tests.unit.ingest.fakes.FakePublisher.{step}", tmp_path, publisher)
    assert (inbox / "a.txt").exists()
    summary = await drained(tmp_path, publisher)
    assert summary.ok == 1
    assert publisher.current() == {EDITED}
    assert {article.revision for article in publisher.articles if article.text == EDITED} == {2}


async def test_a_published_file_is_only_moved_after_a_crash(
    inbox: Path, tmp_path: Path, publisher: FakePublisher
) -> None:
    """A crash before the move does not publish the articles again."""
    write(inbox / "a.txt")
    await _crash_at("kliping_ingest.inbox.move", tmp_path, publisher)
    summary = await drained(tmp_path, publisher)
    assert (summary.ok, len(publisher.articles)) == (1, 1)
    assert files_below(inbox) == {".done/a.txt"}


async def test_a_crash_after_the_move_is_noted_at_the_next_start(
    inbox: Path, tmp_path: Path, publisher: FakePublisher
) -> None:
    """The file is in .done, the ledger does not know: it is told, and nothing is published again."""
    write(inbox / "a.txt")
    await _crash_at("kliping_ingest.ledger.SqliteLedger.finished", tmp_path, publisher)
    assert file_counts(settings(tmp_path).ledger_path).in_work == 1
    await drained(tmp_path, publisher)
    counts = file_counts(settings(tmp_path).ledger_path)
    assert (counts.in_work, counts.done, len(publisher.articles)) == (0, 1, 1)


async def test_files_taken_away_are_forgotten(inbox: Path, tmp_path: Path, publisher: FakePublisher) -> None:
    """A file that its user removes while it waits is no longer counted, whether or not the service runs."""
    publisher.queue = 10_000
    ledger = settings(tmp_path).ledger_path
    async with running(tmp_path, publisher, ingest_batch=1) as service:
        write(inbox / "a.txt")
        await eventually(lambda: service.progress.in_work == 1)
        for name in ("b.txt", "c.txt"):
            (inbox / name).write_text(OTHER, encoding="utf-8")
    (inbox / "b.txt").unlink()
    (inbox / "a.txt").unlink()
    publisher.queue = 0
    await drained(tmp_path, publisher)
    counts = file_counts(ledger)
    assert (counts.waiting, counts.in_work, publisher.current() - {TEXT}) == (0, 0, {OTHER})


async def test_status_tells_where_files_are(inbox: Path, tmp_path: Path, publisher: FakePublisher) -> None:
    """Counts by state, a file by name or path, and the rejected ones with reasons, while the service runs."""
    ledger = settings(tmp_path).ledger_path
    assert file_counts(ledger).done == 0
    async with running(tmp_path, publisher) as service:
        (inbox / "sub").mkdir()
        write(inbox / "sub/a.txt")
        (inbox / "b.xyz").write_text(TEXT, encoding="utf-8")
        await eventually(lambda: service.progress.done + service.progress.rejected == 2)
        await eventually(lambda: file_counts(ledger).rejected == 1)
        counts = file_counts(ledger)
        assert (counts.waiting, counts.in_work, counts.done, counts.rejected, counts.ok) == (0, 0, 1, 1, 1)
        (found,) = find_files(ledger, "a.txt")
        assert (found.path, found.state, found.kept_as) == ("sub/a.txt", "done", ".done/sub/a.txt")
        assert found.article_ids == (publisher.articles[0].article_id,)
        assert [(bad.path, bad.code) for bad in latest_files(ledger, ("rejected",))] == [("b.xyz", "unknown-format")]


async def test_every_file_ends_in_exactly_one_place(inbox: Path, tmp_path: Path, publisher: FakePublisher) -> None:
    """Of a crowd of good, bad, ignored and odd files each is in .done, in .rejected, or where it was."""
    names = {
        f"{number}.{suffix}": suffix for number, suffix in enumerate(["txt", "json", "pdf", "zip", "xyz", "part"] * 5)
    }
    for name in names:
        (inbox / name).write_text(f"Isi {name}. {TEXT}", encoding="utf-8")
    await drained(tmp_path, publisher)
    found = files_below(inbox) - {name for name in files_below(inbox) if name.endswith(".reason.json")}
    places = {"txt": ".done/", "part": ""}
    assert found == {places.get(suffix, ".rejected/") + name for name, suffix in names.items()}
    assert len([name for name in files_below(inbox) if name.endswith(".reason.json")]) == 20


async def test_a_removed_inbox_that_comes_back_is_watched_again(
    inbox: Path, tmp_path: Path, publisher: FakePublisher
) -> None:
    """An inbox that is deleted (or unmounted) is told as an error and taken up again when it is there."""
    async with running(tmp_path, publisher, ingest_rescan_seconds=0.1, ingest_poll_seconds=0.1) as service:
        shutil.rmtree(inbox)
        await eventually(lambda: service.waiting_for() == ("inbox",))
        inbox.mkdir()
        write(inbox / "a.txt")
        await eventually(lambda: service.progress.done == 1)
    assert files_below(inbox) == {".done/a.txt"}


@pytest.mark.parametrize("call", ["waiting", "plan", "published", "finished"])
async def test_a_full_disk_is_waited_out(
    call: str, inbox: Path, tmp_path: Path, publisher: FakePublisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While the ledger cannot be written the service is not ready; then the file goes its way, once."""
    monkeypatch.setattr("kliping_ingest.service._DISK_AGAIN", 0.05)

    def fail(*_: object) -> None:
        raise TransientError("the ledger cannot be written: database or disk is full")

    async with running(tmp_path, publisher) as service:
        with monkeypatch.context() as patch:
            patch.setattr(f"kliping_ingest.ledger.SqliteLedger.{call}", fail)
            write(inbox / "a.txt")
            await eventually(lambda: service.waiting_for() == ("inbox",))
        await eventually(lambda: file_counts(settings(tmp_path).ledger_path).done == 1)
    assert files_below(inbox) == {".done/a.txt"}
    assert set(publisher.texts) == {TEXT}
    assert {article.revision for article in publisher.articles} == {1}
