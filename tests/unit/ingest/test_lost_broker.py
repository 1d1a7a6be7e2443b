"""Publishing again what a broker had that lost its data: nothing is given up that may still be read."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from kliping_ingest.ledger import SqliteLedger
from tests.unit.ingest.builders import TEXT
from tests.unit.ingest.fakes import FakePublisher, drained, eventually, running


def _drop(inbox: Path, name: str) -> None:
    path = inbox / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"Berita {name!r}. {TEXT}", encoding="utf-8")


async def _lose(tmp_path: Path, publisher: FakePublisher) -> None:
    """The broker comes back with nothing; what was published again is in ``publisher`` afterwards."""
    publisher.articles.clear()
    publisher.broker += "x"
    await drained(tmp_path, publisher)


async def test_a_kept_file_that_cannot_be_read_now_is_published_once_it_can(tmp_path: Path) -> None:
    """A disk that fails for a while is no reason to give an article up; the others do not wait for it."""
    publisher = FakePublisher()
    _drop(tmp_path / "inbox", "sub/a.txt")
    _drop(tmp_path / "inbox", "z.txt")
    await drained(tmp_path, publisher)
    kept = tmp_path / "inbox" / ".done" / "sub"
    kept.rename(kept.with_name("away"))
    kept.write_text("not a folder", encoding="utf-8")
    await _lose(tmp_path, publisher)
    assert [article.path for article in publisher.articles] == ["z.txt"]
    kept.unlink()
    kept.with_name("away").rename(kept)
    await drained(tmp_path, publisher)
    await drained(tmp_path, publisher)
    assert [article.path for article in publisher.articles] == ["z.txt", "sub/a.txt"]


async def test_a_kept_file_whose_name_is_no_utf8_is_published_again(tmp_path: Path) -> None:
    """The ledger has its name as it is shown, which is not how the disk has it."""
    publisher = FakePublisher()
    _drop(tmp_path / "inbox", os.fsdecode(b"berita-\xe9.txt"))
    await drained(tmp_path, publisher)
    await _lose(tmp_path, publisher)
    assert [article.path for article in publisher.articles] == ["berita-\\xe9.txt"]


async def test_a_file_whose_move_was_not_noted_is_published_again(tmp_path: Path) -> None:
    """Killed between moving a file away and noting where to, the service still finds it."""
    publisher = FakePublisher()
    _drop(tmp_path / "inbox", "a.txt")
    await drained(tmp_path, publisher)
    _edit(tmp_path, "UPDATE files SET state = 'in_work', kept_as = NULL, finished_at = NULL")
    await _lose(tmp_path, publisher)
    assert [article.path for article in publisher.articles] == ["a.txt"]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda file: file.unlink(), "gone"),
        (lambda file: file.write_text("Lain sama sekali.", encoding="utf-8"), "changed"),
    ],
)
async def test_what_is_given_up_is_told_with_the_reason_and_once(
    tmp_path: Path, change: Callable[[Path], object], reason: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of a file that is gone nothing can be published; saying so at every start would hide what is new."""
    publisher = FakePublisher()
    _drop(tmp_path / "inbox", "a.txt")
    await drained(tmp_path, publisher)
    change(tmp_path / "inbox" / ".done" / "a.txt")
    capsys.readouterr()
    await _lose(tmp_path, publisher)
    told = capsys.readouterr().out
    await drained(tmp_path, publisher)
    assert "cannot be published again" in told
    assert reason in told
    assert "cannot be published again" not in capsys.readouterr().out
    assert publisher.articles == []


async def test_files_are_published_again_a_few_megabytes_at_a_time(tmp_path: Path) -> None:
    """A batch of a hundred large files would not fit into memory."""
    publisher = FakePublisher()
    for name in ("a.txt", "b.txt", "c.txt"):
        _drop(tmp_path / "inbox", name)
    await drained(tmp_path, publisher)
    _edit(tmp_path, f"UPDATE files SET size = {12 * 1024**2}")
    ledger = SqliteLedger(tmp_path / "data" / "ledger.sqlite")
    assert ledger.use_broker("other") == 3
    first = ledger.lost(100)
    assert [kept.path for kept in first] == ["a.txt", "b.txt"]
    assert [kept.path for kept in ledger.lost(100, after=first[-1].file_id)] == ["c.txt"]
    ledger.close()


async def test_files_are_noticed_while_the_broker_is_away(tmp_path: Path) -> None:
    """Asking whether the broker is still the same must not keep the service from seeing what is dropped."""
    publisher = FakePublisher()
    publisher.away = True
    async with running(tmp_path, publisher) as service:
        _drop(tmp_path / "inbox", "a.txt")
        await eventually(lambda: service.progress.in_work == 1)
        publisher.away = False
        await eventually(lambda: service.progress.done == 1)
    assert [article.path for article in publisher.articles] == ["a.txt"]


def _edit(tmp_path: Path, sql: str) -> None:
    with closing(sqlite3.connect(tmp_path / "data" / "ledger.sqlite")) as db, db:
        db.execute(sql)
