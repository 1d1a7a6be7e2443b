"""The watched folder on the real file system with real events: whatever is dropped is taken whole, once, and kept."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from kliping_shared.errors import SettingsError
from tests.unit.ingest.builders import EDITED, OTHER, TEXT, write, zip_of
from tests.unit.ingest.fakes import FakePublisher, drained, eventually, files_below, running

MODES = [
    pytest.param({}, id="events"),
    pytest.param({"ingest_watch": False, "ingest_poll_seconds": 0.05}, id="polling"),
]


def _move_in_old(path: Path) -> None:
    """From another folder, with a date of last century."""
    outside = path.parent.parent / "outside.txt"
    write(outside)
    os.utime(outside, (900_000_000, 900_000_000))
    outside.rename(path)


def _rename(path: Path) -> None:
    draft = path.with_suffix(".part")
    write(draft)
    draft.rename(path)


def _link(path: Path) -> None:
    outside = path.parent.parent / "outside.txt"
    write(outside)
    path.hardlink_to(outside)


def _copy(path: Path) -> None:
    outside = path.parent.parent / "outside.txt"
    write(outside)
    shutil.copy2(outside, path)


def _exclusive(path: Path) -> None:
    with path.open("x", encoding="utf-8") as file:
        file.write(TEXT)


WAYS = [write, _move_in_old, _rename, _link, _copy, _exclusive]


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("way", WAYS)
async def test_however_a_file_comes_it_is_published_once_and_kept(
    way: Callable[[Path], None], mode: dict[str, object], inbox: Path, tmp_path: Path, publisher: FakePublisher
) -> None:
    """Written, renamed, linked, copied or moved in with an old date: one article, the file in .done."""
    async with running(tmp_path, publisher, **mode):
        way(inbox / "a.txt")
        await eventually(lambda: (inbox / ".done/a.txt").exists())
    assert publisher.texts == [TEXT]
    assert files_below(inbox) == {".done/a.txt"}


@pytest.mark.parametrize("mode", MODES)
async def test_a_slow_writer_is_waited_for(
    mode: dict[str, object], inbox: Path, tmp_path: Path, publisher: FakePublisher
) -> None:
    """A file written in parts with long pauses is read once, when its writer closes it."""
    async with running(tmp_path, publisher, ingest_stable_seconds=0.1, **mode) as service:
        with (inbox / "a.txt").open("w", encoding="utf-8") as file:
            for at in range(0, len(TEXT), 60):
                file.write(TEXT[at : at + 60])
                file.flush()
                await asyncio.sleep(0.15)
            assert publisher.texts == []
        await eventually(lambda: service.progress.done == 1)
    assert publisher.texts == [TEXT]


async def test_a_file_still_open_at_the_start_is_waited_for(
    inbox: Path, tmp_path: Path, publisher: FakePublisher
) -> None:
    """No event told of its writer, which opened it before the start: the kernel knows."""
    with (inbox / "a.txt").open("w", encoding="utf-8") as file:
        file.write(TEXT[:50])
        file.flush()
        os.utime(inbox / "a.txt", (900_000_000, 900_000_000))
        async with running(tmp_path, publisher) as service:
            write(inbox / "b.txt")
            await eventually(lambda: service.progress.done == 1)
            assert publisher.texts == [TEXT]
            file.write(OTHER)
            file.close()
            await eventually(lambda: service.progress.done == 2)
    assert publisher.texts == [TEXT, TEXT[:50] + OTHER]


async def test_a_file_written_in_two_goes_ends_as_one_article(
    inbox: Path, tmp_path: Path, publisher: FakePublisher
) -> None:
    """What is appended before the file has settled makes a newer version of the same document."""
    async with running(tmp_path, publisher, ingest_settle_seconds=0.6) as service:
        (inbox / "a.txt").write_text(TEXT[:90], encoding="utf-8")
        await eventually(lambda: publisher.articles)
        with (inbox / "a.txt").open("a", encoding="utf-8") as file:
            file.write(TEXT[90:])
        await eventually(lambda: service.progress.done == 1)
    assert publisher.texts == [TEXT[:90], TEXT]
    assert publisher.current() == {TEXT}
    assert (inbox / ".done/a.txt").read_text(encoding="utf-8") == TEXT


async def test_a_file_replaced_before_it_has_settled_is_read_again(
    inbox: Path, tmp_path: Path, publisher: FakePublisher
) -> None:
    """The one that was read is gone, the one that is there is another article; neither is lost."""
    async with running(tmp_path, publisher, ingest_settle_seconds=0.6) as service:
        write(inbox / "latest.txt")
        await eventually(lambda: publisher.articles)
        (inbox / "new.part").write_text(OTHER, encoding="utf-8")
        (inbox / "new.part").replace(inbox / "latest.txt")
        await eventually(lambda: service.progress.done == 1)
    assert publisher.current() == {TEXT, OTHER}
    assert (inbox / ".done/latest.txt").read_text(encoding="utf-8") == OTHER


async def test_names_never_collide(inbox: Path, tmp_path: Path, publisher: FakePublisher) -> None:
    """Files dropped under one name after another are all kept, numbered."""
    async with running(tmp_path, publisher) as service:
        for number, text in enumerate((TEXT, OTHER, TEXT), start=1):
            (inbox / "latest.txt").write_text(text, encoding="utf-8")
            await eventually(lambda number=number: service.progress.done == number)
    assert files_below(inbox) == {".done/latest.txt", ".done/latest (2).txt", ".done/latest (3).txt"}
    assert publisher.articles[0].document_key != publisher.articles[1].document_key


NAMES = [
    "dengan spasi.txt",
    "emoji 🚢.txt",
    "a..b.txt",
    "..awal.txt",
    "baris\nbaru.txt",
    "kutip'\"`$(x).txt",
    "-rf.txt",
    "UPPER.TXT",
    "tanpa suffix",
    "sub/dalam/a.txt",
    "sub.txt/a.txt",
    "%s#3.txt",
    "x" * 240 + ".txt",
    "é.txt",
    "e\u0301.txt",
]


@pytest.mark.parametrize("name", NAMES)
async def test_odd_names_are_kept(name: str, inbox: Path, tmp_path: Path, publisher: FakePublisher) -> None:
    """Blanks, emoji, dots, line breaks and sub-folders: the name is the same in .done and in the article."""
    async with running(tmp_path, publisher):
        (inbox / name).parent.mkdir(parents=True, exist_ok=True)
        (inbox / name).write_text(TEXT, encoding="utf-8")
        await eventually(lambda: (inbox / ".done" / name).exists())
    assert [article.path for article in publisher.articles] == [name]


async def test_a_name_that_is_no_text_is_shown_escaped(inbox: Path, tmp_path: Path, publisher: FakePublisher) -> None:
    """A name in Latin-1 bytes is kept as it is on disk and can be sent as text."""
    path = os.fsencode(inbox) + b"/caf\xe9.txt"
    with open(path, "w", encoding="utf-8") as file:  # noqa: PTH123 - a path of bytes
        file.write(TEXT)
    summary = await drained(tmp_path, publisher)
    assert summary.ok == 1
    assert publisher.articles[0].path == "caf\\xe9.txt"
    assert os.path.exists(os.fsencode(inbox) + b"/.done/caf\xe9.txt")  # noqa: PTH110


async def test_a_folder_moved_in_is_taken_whole(inbox: Path, tmp_path: Path, publisher: FakePublisher) -> None:
    """Its files come with their paths; what is dropped into it later is taken, too."""
    outside = tmp_path / "kiriman"
    (outside / "dalam").mkdir(parents=True)
    (outside / "a.txt").write_text(TEXT, encoding="utf-8")
    (outside / "dalam" / "b.txt").write_text(OTHER, encoding="utf-8")
    async with running(tmp_path, publisher) as service:
        outside.rename(inbox / "kiriman")
        await eventually(lambda: service.progress.done == 2)
        (inbox / "kiriman/dalam/c.txt").write_text(EDITED, encoding="utf-8")
        await eventually(lambda: service.progress.done == 3)
    assert files_below(inbox) == {".done/kiriman/a.txt", ".done/kiriman/dalam/b.txt", ".done/kiriman/dalam/c.txt"}


@pytest.mark.parametrize(
    "name", [".tersembunyi.txt", ".git/a.txt", "a.txt~", "~$a.docx", "a.part", "a.txt.tmp", "a.pdf.crdownload"]
)
async def test_unfinished_and_hidden_files_are_left(
    name: str, inbox: Path, tmp_path: Path, publisher: FakePublisher
) -> None:
    """They are neither read nor moved, by event or scan."""
    (inbox / name).parent.mkdir(exist_ok=True)
    (inbox / name).write_text(OTHER, encoding="utf-8")
    async with running(tmp_path, publisher) as service:
        os.utime(inbox / name)
        write(inbox / "a.txt")
        await eventually(lambda: service.progress.done == 1)
    assert publisher.texts == [TEXT]
    assert (inbox / name).exists()


async def test_files_dropped_while_down_are_taken_in_their_order(
    inbox: Path, tmp_path: Path, publisher: FakePublisher
) -> None:
    """The newer version of an article, by its date, replaces the older one."""
    for name, text, date in (("z.json", TEXT, 1_000), ("a.json", EDITED, 2_000)):
        (inbox / name).write_text(json.dumps({"url": "https://k.example/1", "text": text}), encoding="utf-8")
        os.utime(inbox / name, (date, date))
    summary = await drained(tmp_path, publisher)
    assert (summary.ok, publisher.texts) == (2, [TEXT, EDITED])
    assert publisher.articles[1].supersedes == (publisher.articles[0].article_id,)


@pytest.mark.timeout(600)
async def test_ten_thousand_files_at_once(inbox: Path, tmp_path: Path, publisher: FakePublisher) -> None:
    """All are published once and moved, in batches."""
    for number in range(10_000):
        (inbox / f"{number:05}.txt").write_text(f"Berita nomor {number}.", encoding="utf-8")
    summary = await drained(tmp_path, publisher)
    assert (summary.ok, summary.duplicate, summary.rejected, summary.unfinished) == (10_000, 0, 0, ())
    assert len(set(publisher.texts)) == len(publisher.texts) == 10_000
    assert publisher.calls <= 150
    assert len(files_below(inbox / ".done")) == 10_000


async def test_a_crowd_written_while_running_is_taken_whole(
    inbox: Path, tmp_path: Path, publisher: FakePublisher
) -> None:
    """Files written by several threads at once, faster than they are read, are all taken."""

    def write(part: int) -> None:
        for number in range(250):
            (inbox / f"{part}-{number}.txt").write_text(f"Berita {part} nomor {number}.", encoding="utf-8")

    async with running(tmp_path, publisher, ingest_rescan_seconds=0.5) as service:
        threads = [threading.Thread(target=write, args=(part,)) for part in range(4)]
        for thread in threads:
            thread.start()
        await eventually(lambda: service.progress.done == 1000, seconds=60)
        for thread in threads:
            thread.join()
    assert len(set(publisher.texts)) == len(publisher.texts) == 1000


async def test_a_duplicate_keeps_both_files_and_paths(inbox: Path, tmp_path: Path, publisher: FakePublisher) -> None:
    """The same text under another name is told as a duplicate and published with both paths."""
    write(inbox / "a.txt")
    (inbox / "b.txt").write_bytes(TEXT.replace("\n", "\r\n").encode("utf-16"))
    os.utime(inbox / "a.txt", (1_000, 1_000))
    summary = await drained(tmp_path, publisher)
    assert (summary.ok, summary.duplicate) == (1, 1)
    assert [(a.path, a.also_at, a.revision) for a in publisher.articles] == [("a.txt", (), 1), ("a.txt", ("b.txt",), 2)]


async def test_rejected_files_are_kept_with_their_reason(inbox: Path, tmp_path: Path, publisher: FakePublisher) -> None:
    """The reason lies beside the file and names code, message, hint, file and time."""
    (inbox / "sub").mkdir()
    (inbox / "sub/a.xyz").write_text(TEXT, encoding="utf-8")
    summary = await drained(tmp_path, publisher)
    reason = json.loads((inbox / ".rejected/sub/a.xyz.reason.json").read_text(encoding="utf-8"))
    assert (summary.rejected, reason["code"], reason["file"]) == (1, "unknown-format", "sub/a.xyz")
    assert set(reason) == {"code", "message", "hint", "file", "at"}
    assert (inbox / ".rejected/sub/a.xyz").read_text(encoding="utf-8") == TEXT
    assert publisher.articles == []


async def test_a_rejected_file_moved_back_is_tried_again(inbox: Path, tmp_path: Path, publisher: FakePublisher) -> None:
    """The user mends it where it lies and moves it back."""
    (inbox / "a.json").write_text('{"text": ', encoding="utf-8")
    async with running(tmp_path, publisher) as service:
        await eventually(lambda: service.progress.rejected == 1)
        kept = inbox / ".rejected/a.json"
        kept.write_text(json.dumps({"text": TEXT}), encoding="utf-8")
        kept.rename(inbox / "a.json")
        await eventually(lambda: service.progress.done == 1)
    assert files_below(inbox) == {".done/a.json"}


async def test_a_file_good_in_part_gives_its_good_records(
    inbox: Path, tmp_path: Path, publisher: FakePublisher
) -> None:
    """The good records are published, the file is rejected with the bad ones named."""
    (inbox / "a.zip").write_bytes(zip_of({"../a.txt": TEXT.encode(), "b.txt": b""}))
    await drained(tmp_path, publisher)
    reason = json.loads((inbox / ".rejected/a.zip.reason.json").read_text(encoding="utf-8"))
    assert publisher.texts == [TEXT]
    assert (reason["code"], [bad["record"] for bad in reason["records"]]) == ("rejected-in-part", ["a.zip/b.txt"])
    assert not (tmp_path / "a.txt").exists()


async def test_odd_files_are_rejected_and_nothing_outside_is_touched(
    inbox: Path, tmp_path: Path, publisher: FakePublisher
) -> None:
    """Pipes and links that lead out end in .rejected as what they are; what they lead to is neither read nor moved."""
    (tmp_path / "secret.txt").write_text(OTHER, encoding="utf-8")
    os.mkfifo(inbox / "pipe.txt")
    (inbox / "link.txt").symlink_to(tmp_path / "secret.txt")
    (inbox / "folder").symlink_to(tmp_path)
    summary = await drained(tmp_path, publisher)
    codes = {receipt.path: receipt.error.code for receipt in summary.rejections if receipt.error}
    assert codes == {"pipe.txt": "not-a-regular-file", "link.txt": "symlink-outside", "folder": "symlink-outside"}
    assert publisher.articles == []
    assert (tmp_path / "secret.txt").read_text(encoding="utf-8") == OTHER
    assert (inbox / ".rejected/link.txt").is_symlink()


async def test_a_shelf_that_is_a_link_is_refused(inbox: Path, tmp_path: Path, publisher: FakePublisher) -> None:
    """A .done that leads elsewhere would carry files out of the inbox."""
    (tmp_path / "elsewhere").mkdir()
    (inbox / ".done").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(SettingsError, match=r"\.done"):
        await drained(tmp_path, publisher)
