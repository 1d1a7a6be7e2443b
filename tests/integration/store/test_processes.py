"""The embedded store under several processes, and after one of them died."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kliping_shared.errors import SettingsError, StoreUnavailable
from kliping_shared.settings import Settings
from kliping_shared.store import open_reader, open_writer
from kliping_shared.store.embedded import connection, schema
from kliping_shared.store.embedded.reader import EmbeddedReader
from kliping_shared.store.ports import SearchRequest
from tests.integration.store.builders import article, claim, put

ROOT = Path(__file__).resolve().parents[3]
#: Writes an article with ten claims per message, for ever, saying each number once it is durable.
WRITER = """
import asyncio, sys
from pathlib import Path
from kliping_shared.settings import Settings
from kliping_shared.store import open_writer
from tests.integration.store.builders import article, claim, put

async def main():
    writer = open_writer(Settings(data=Path(sys.argv[1])))
    for number in range(int(sys.argv[2]), 10 ** 6):
        name = f"{sys.argv[3]}{number:05d}"
        claims = [put("claims", claim(f"{name}-{i}", "satelit roket", article_id=name)) for i in range(10)]
        await writer.apply([[put("articles", article(name, "satelit " * 200)), *claims]])
        print(number, flush=True)

asyncio.run(main())
"""


@contextlib.contextmanager
def _writing(data: Path, start: int = 0, prefix: str = "a") -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", WRITER, str(data), str(start), prefix]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        try:
            yield process
        finally:
            process.kill()


def _said(process: subprocess.Popen[str], count: int) -> int:
    """The last number that the writer said, after ``count`` of them."""
    assert process.stdout is not None
    for _ in range(count):
        line = process.stdout.readline()
    return int(line)


async def test_readers_see_whole_messages_while_another_process_writes(tmp_path: Path) -> None:
    """While a process writes, every search sees ten claims for each article, never a part of a message."""
    reader = open_reader(Settings(data=tmp_path))
    assert (await reader.search(SearchRequest(query="satelit", facets=("outlet",)))).total == 0
    with _writing(tmp_path) as process:
        _said(process, 5)
        seen = 0
        until = time.monotonic() + 30
        while seen < 40 and time.monotonic() < until:
            counts, page = await asyncio.gather(reader.counts(), reader.search(SearchRequest(query="satelit")))
            assert counts["claims"] == 10 * counts["articles"]
            assert page.total >= seen
            seen = page.total
    assert seen >= 40
    await reader.close()


async def test_killed_writer_leaves_whole_messages(tmp_path: Path) -> None:
    """kill -9 at any moment loses no message that was said to be durable, and leaves no part of another."""
    said = -1
    for _ in range(4):
        with _writing(tmp_path, start=said + 1) as process:
            said = _said(process, 7)
            os.kill(process.pid, signal.SIGKILL)
        reader = open_reader(Settings(data=tmp_path))
        counts = await reader.counts()
        assert counts["articles"] >= said + 1
        assert counts["claims"] == 10 * counts["articles"]
        assert (await reader.search(SearchRequest(query="roket", kind="claims"))).total == counts["claims"]
        await reader.close()
    with contextlib.closing(sqlite3.connect(Settings(data=tmp_path).store_path)) as raw:
        assert raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        raw.execute("INSERT INTO words_claims (words_claims) VALUES ('integrity-check')")


async def test_a_transaction_cut_short_is_not_there(tmp_path: Path) -> None:
    """A process that dies before its commit leaves nothing of its transaction, and does not lock the others out."""
    script = (
        "import os, sqlite3, sys; c = sqlite3.connect(sys.argv[1], isolation_level=None); c.execute('BEGIN IMMEDIATE');"
        "c.execute(\"INSERT INTO docs (kind, id, live) VALUES (1, 'half', 1)\"); os.kill(os.getpid(), 9)"
    )
    opened = Settings(data=tmp_path)
    writer = open_writer(opened)
    killed = subprocess.run([sys.executable, "-c", script, str(opened.store_path)], check=False)
    assert killed.returncode == -signal.SIGKILL
    await writer.apply([[put("articles", article("a"))]])
    reader = open_reader(opened)
    assert (await reader.counts())["articles"] == 1
    await reader.close()
    await writer.close()


async def test_two_writers_take_turns(tmp_path: Path) -> None:
    """A second writer waits for the first; both are in the store."""
    with _writing(tmp_path, prefix="a") as first, _writing(tmp_path, prefix="b") as second:
        _said(first, 10)
        _said(second, 10)
    reader = open_reader(Settings(data=tmp_path))
    page = await reader.search(SearchRequest(limit=1000))
    assert {hit.id[0] for hit in page.hits} == {"a", "b"}
    await reader.close()


async def test_writer_says_when_it_cannot_have_its_turn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A store that stays locked is StoreUnavailable: try again later."""
    monkeypatch.setattr(connection, "BUSY_SECONDS", 0.05)
    opened = Settings(data=tmp_path)
    writer = open_writer(opened)
    with contextlib.closing(sqlite3.connect(opened.store_path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreUnavailable, match="locked"):
            await writer.apply([[put("articles", article("a"))]])
    await writer.apply([[put("articles", article("a"))]])
    await writer.close()


async def test_reader_before_the_store_is_there(tmp_path: Path) -> None:
    """A reader that is opened first finds nothing and is well, then finds what came; also when the file is made anew."""
    opened = Settings(data=tmp_path / "data")
    reader = open_reader(opened)
    assert await reader.healthy()
    assert await reader.get("articles", "a") is None
    assert [document async for document in reader.stream(SearchRequest())] == []
    for name in ("a", "b"):
        writer = open_writer(opened)
        await writer.apply([[put("articles", article(name))]])
        await writer.close()
        assert [hit.id for hit in (await reader.search(SearchRequest())).hits] == [name]
        for leftover in opened.data.iterdir():
            leftover.unlink()
    await reader.close()


async def test_slow_search_is_given_up(tmp_path: Path) -> None:
    """A search that takes too long ends as StoreUnavailable, and the reader answers the next one."""
    opened = Settings(data=tmp_path)
    writer = open_writer(opened)
    await writer.apply([[put("claims", claim(f"c{number}", "kata " * 20)) for number in range(3000)]])
    await writer.close()
    hasty = EmbeddedReader(opened.store_path, seconds=0.0)
    with pytest.raises(StoreUnavailable, match="interrupted"):
        await hasty.search(SearchRequest(query="kata", kind="claims"))
    assert await hasty.get("claims", "c1") is not None
    await hasty.close()


@pytest.mark.parametrize("action", [open_writer, lambda opened: asyncio.run(open_reader(opened).counts())])
def test_newer_file_is_refused(tmp_path: Path, action: Callable[[Settings], object]) -> None:
    """A store that a later release wrote is left alone, and the message says to update."""
    opened = Settings(data=tmp_path)
    asyncio.run(open_writer(opened).close())
    with contextlib.closing(sqlite3.connect(opened.store_path)) as raw:
        raw.execute(f"PRAGMA user_version = {len(schema.MIGRATIONS) + 1}")
    with pytest.raises(StoreUnavailable, match="update Kliping"):
        action(opened)


def test_broken_file_is_unavailable(tmp_path: Path) -> None:
    """A file that is no database is told by name, not as a bug of a message."""
    opened = Settings(data=tmp_path)
    opened.store_path.write_bytes(b"no database at all, but long enough to be one" * 100)
    with pytest.raises(StoreUnavailable, match=r"store\.sqlite"):
        open_writer(opened)


def test_sqlite_without_fts5_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """A Python whose SQLite lacks FTS5 gets a message that names it."""
    real = sqlite3.connect

    class Bare(sqlite3.Connection):
        def execute(self, *_: object) -> sqlite3.Cursor:  # type: ignore[override]
            raise sqlite3.OperationalError("no such module: fts5")

    monkeypatch.setattr(sqlite3, "connect", lambda path: real(path, factory=Bare))
    with pytest.raises(SettingsError, match="FTS5"):
        connection.check_sqlite()


async def test_words_are_analysed_anew_after_a_change_of_the_chain(tmp_path: Path) -> None:
    """A store whose words another analysis chain made is made anew when it is opened for writing."""
    opened = Settings(data=tmp_path)
    writer = open_writer(opened)
    await writer.apply([[put("articles", article("a", "menegaskan"))]])
    await writer.close()
    with contextlib.closing(sqlite3.connect(opened.store_path)) as raw:
        raw.execute("UPDATE words_articles SET text = 'gask'")
        raw.execute("UPDATE meta SET value = 'old' WHERE name = 'analysis'")
        raw.commit()
    await open_writer(opened).close()
    reader = open_reader(opened)
    assert [hit.id for hit in (await reader.search(SearchRequest(query="tegas"))).hits] == ["a"]
    assert (await reader.search(SearchRequest(query="gask"))).total == 0
    await reader.close()
