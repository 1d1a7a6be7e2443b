"""Names on disk, and moves that neither overwrite nor lose anything."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kliping_ingest.domain.arrivals import Writer
from kliping_ingest.domain.file_identity import Identity
from kliping_ingest.folder import moves
from kliping_ingest.folder.moves import move
from kliping_ingest.folder.writers import is_remote, writer_of
from kliping_ingest.progress import Progress, Reporter
from kliping_ingest.settings import IngestSettings
from kliping_shared.inbox.folders import DONE, REJECTED
from kliping_shared.inbox.names import is_ignored, numbered, shown
from kliping_shared.settings import load
from tests.unit.ingest.fakes import files_below


@pytest.mark.parametrize(
    ("name", "number", "expected"),
    [
        ("a.txt", 1, "a.txt"),
        ("a.txt", 2, "a (2).txt"),
        ("a", 3, "a (3)"),
        ("a.tar.gz", 2, "a.tar (2).gz"),
        ("..a", 2, "..a (2)"),
        (".a", 2, ".a (2)"),
    ],
)
def test_second_files_are_numbered(name: str, number: int, expected: str) -> None:
    """The number stands before the suffix."""
    assert numbered(name, number) == expected


@given(
    st.text(st.characters(exclude_characters="/\0", exclude_categories=["Cs"]), min_size=1, max_size=300),
    st.integers(2, 10**6),
)
def test_numbered_names_fit_and_differ(name: str, number: int) -> None:
    """Any name can be numbered within 255 bytes when its suffix leaves room, and two numbers give two names."""
    if len(os.fsencode(name.rpartition(".")[2])) < 200:
        assert len(os.fsencode(numbered(name, number))) <= 255
    assert numbered(name, number) != numbered(name, number + 1)


@given(st.binary(min_size=1, max_size=40))
def test_every_name_can_be_shown(raw: bytes) -> None:
    """Names that are no UTF-8 can be sent as text all the same."""
    shown(os.fsdecode(raw)).encode("utf-8")


@pytest.mark.parametrize(
    ("name", "ignored"),
    [
        ("a.txt", False),
        ("..a.txt", False),
        (".a.txt", True),
        ("x/.y/a.txt", True),
        ("a.txt.reason.json", True),
        ("A.PART", True),
    ],
)
def test_ignored_names(name: str, ignored: bool) -> None:
    """One dot hides, two do not; unfinished files are known by their suffix."""
    assert is_ignored(name) is ignored


def placed(root: Path, name: str, text: str = "isi") -> Identity:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return Identity.of(path.lstat())


def test_a_move_never_overwrites(tmp_path: Path) -> None:
    """A second file of a name is numbered, and what was there is as it was."""
    assert move(tmp_path, "sub/a.txt", placed(tmp_path, "sub/a.txt", "satu"), DONE) == ".done/sub/a.txt"
    assert move(tmp_path, "sub/a.txt", placed(tmp_path, "sub/a.txt", "dua"), DONE) == ".done/sub/a (2).txt"
    assert (tmp_path / ".done/sub/a.txt").read_text(encoding="utf-8") == "satu"


def test_a_changed_file_is_not_moved(tmp_path: Path) -> None:
    """What was not read stays in the inbox."""
    before = placed(tmp_path, "a.txt")
    placed(tmp_path, "a.txt", "lebih panjang")
    assert move(tmp_path, "a.txt", before, DONE) is None
    assert files_below(tmp_path) == {"a.txt"}


def test_a_file_replaced_in_the_moment_of_the_move_is_put_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The check after the rename finds it, and the new file is in the inbox again."""
    identity = placed(tmp_path, "a.txt")
    reserve = moves.reserved

    def replacing(folder: int, base: str) -> str:
        if (tmp_path / "a.txt").exists():
            placed(tmp_path, "new.tmp", "baru")
            (tmp_path / "new.tmp").replace(tmp_path / "a.txt")
        return reserve(folder, base)

    monkeypatch.setattr(moves, "reserved", replacing)
    assert move(tmp_path, "a.txt", identity, REJECTED, {"code": "empty"}) is None
    assert {name: (tmp_path / name).read_text(encoding="utf-8") for name in files_below(tmp_path)} == {"a.txt": "baru"}


def test_a_file_that_vanished_leaves_nothing(tmp_path: Path) -> None:
    """No empty stand-in is left on the shelf."""
    identity = placed(tmp_path, "a.txt")
    (tmp_path / "a.txt").unlink()
    assert move(tmp_path, "a.txt", identity, DONE) is None
    assert files_below(tmp_path) == set()


def test_a_folder_named_like_a_kept_file_is_numbered(tmp_path: Path) -> None:
    """First a file a, later a folder a: both are kept."""
    move(tmp_path, "a", placed(tmp_path, "a"), DONE)
    assert move(tmp_path, "a/b.txt", placed(tmp_path, "a/b.txt"), DONE) == ".done/a (2)/b.txt"


def test_a_link_on_the_shelf_is_not_followed(tmp_path: Path) -> None:
    """A folder in .done that became a link leads nowhere."""
    outside = tmp_path / "outside"
    inbox = tmp_path / "inbox"
    outside.mkdir()
    (inbox / DONE).mkdir(parents=True)
    (inbox / DONE / "sub").symlink_to(outside)
    move(inbox, "sub/a.txt", placed(inbox, "sub/a.txt"), DONE)
    assert files_below(outside) == set()


@pytest.mark.skipif(not hasattr(__import__("fcntl"), "F_SETLEASE"), reason="leases are Linux's")
def test_an_open_writer_is_seen(tmp_path: Path) -> None:
    """The kernel tells whether anyone has the file open for writing."""
    placed(tmp_path, "a.txt")
    with (tmp_path / "a.txt").open("a", encoding="utf-8"):
        assert writer_of(tmp_path / "a.txt") in {Writer.OPEN, Writer.UNKNOWN}
    assert writer_of(tmp_path / "a.txt") in {Writer.NONE, Writer.UNKNOWN}


@pytest.mark.parametrize(
    ("mounts", "remote"),
    [
        ("/dev/sda / ext4 rw 0 0\n", False),
        ("/dev/sda / ext4 rw 0 0\nserver:/x {} nfs4 rw 0 0\n", True),
        ("server:/x / nfs4 rw 0 0\ntmpfs {} tmpfs rw 0 0\n", False),
        ("", False),
    ],
)
def test_network_mounts_are_known(mounts: str, remote: bool, tmp_path: Path) -> None:
    """The innermost mount decides."""
    (tmp_path / "mounts").write_text(mounts.format(tmp_path), encoding="utf-8")
    assert is_remote(tmp_path, tmp_path / "mounts") is remote


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("waiting", "shows"), [(500, True), (5, False)])
def test_a_bar_is_shown_for_a_crowd_in_a_terminal(waiting: int, shows: bool) -> None:
    """Many files get a bar, a few do not."""
    terminal = Terminal()
    reporter = Reporter(Progress(waiting=waiting), stream=terminal)
    reporter.update()
    reporter.close()
    assert bool(terminal.getvalue()) is shows


def test_settings_are_checked() -> None:
    """An article field that does not exist is named in the error, with those that do."""
    from kliping_shared.errors import SettingsError

    with pytest.raises(SettingsError, match="unknown article field 'txt'"):
        load(IngestSettings, ingest_json_fields={"txt": ["isi"]})
