"""Readers in a child process: a hang, a crash and a memory hog each cost one file."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kliping_ingest.domain.limits import Limits
from kliping_ingest.isolated import IsolatedReader, Request
from kliping_ingest.reading import Reading, read
from tests.unit.ingest.builders import NOW, TEXT, page


def hostile(request: Request) -> Reading:
    """A reader that does what the file's name says."""
    deed = request.name.partition(".")[0]
    if deed == "hang":
        time.sleep(3600)
    if deed == "crash":
        os.abort()
    if deed == "memory":
        return Reading(sha256=str(len(bytearray(16 * 1024**3))))
    return read(request.path, name=request.name, limits=request.limits, now=request.now)


@pytest.fixture
def reader() -> Iterator[IsolatedReader]:
    made = IsolatedReader(seconds=8, reader=hostile)
    yield made
    made.close()


def ask(reader: IsolatedReader, folder: Path, name: str, data: str) -> Reading:
    (folder / name).write_text(data, encoding="utf-8")
    return reader.read(Request(folder / name, name, Limits(), NOW))


@pytest.mark.parametrize("deed", ["hang", "crash", "memory"])
def test_a_bad_file_is_rejected_and_the_next_is_read(deed: str, tmp_path: Path, reader: IsolatedReader) -> None:
    """The file is rejected as read-failed; the service goes on with a fresh process."""
    failure = ask(reader, tmp_path, f"{deed}.html", page()).failure
    assert failure is not None
    assert failure.code == "read-failed"
    assert ask(reader, tmp_path, "a.html", page()).articles


def test_articles_and_rejections_cross_whole(tmp_path: Path, reader: IsolatedReader) -> None:
    """What the child read is what reading here gives, rejections with code and hint."""
    there = ask(reader, tmp_path, "a.html", page())
    here = read(tmp_path / "a.html", name="a.html", limits=Limits(), now=NOW)
    assert there == here
    failure = ask(reader, tmp_path, "b.pdf", TEXT).failure
    assert failure is not None
    assert (failure.code, bool(failure.hint)) == ("broken-pdf", True)


def test_a_file_that_is_gone_raises_here(tmp_path: Path, reader: IsolatedReader) -> None:
    """The caller learns of it as from reading itself."""
    with pytest.raises(FileNotFoundError):
        reader.read(Request(tmp_path / "x.html", "x.html", Limits(), NOW))
