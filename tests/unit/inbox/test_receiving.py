"""Bringing files into the inbox from elsewhere, and trying rejected ones again."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kliping_shared.inbox.names import is_ignored, numbered, safe_name
from kliping_shared.inbox.receiving import INCOMING, Incoming, takes_files
from kliping_shared.inbox.retrying import still_rejected, try_again


@pytest.mark.parametrize(
    ("given_name", "name"),
    [
        ("berita.txt", "berita.txt"),
        ("../../etc/passwd", "passwd"),
        ("C:\\\\berita\\\\satu.txt", "satu.txt"),
        ("/", "upload"),
        ("..", "upload"),
        ("", "upload"),
        (".htaccess", "htaccess"),
        ("...satu.txt", "satu.txt"),
        ("a\x00b\x1b[2J.txt", "ab[2J.txt"),
        ("satu\u202etxt.exe", "satutxt.exe"),
        ("  banyak \t spasi\n.txt ", "banyak spasi .txt"),
        ("cafe\u0301.txt", "caf\u00e9.txt"),
        ("水.txt", "水.txt"),
    ],
)
def test_a_name_from_elsewhere_is_only_a_name(given_name: str, name: str) -> None:
    """Never a path, never hidden, without what steers a terminal, in one form of its letters."""
    assert safe_name(given_name) == name


@pytest.mark.parametrize(
    "name", ["satu.part", "satu.tmp", "~satu.txt", "satu.txt~", "satu.txt.reason.json", "__MACOSX"]
)
def test_names_that_are_never_read_are_told(name: str) -> None:
    """Else the file would lie there for ever."""
    with pytest.raises(ValueError, match="not finished"):
        safe_name(name)


@given(st.text(max_size=400))
def test_every_name_is_a_name(given_name: str) -> None:
    """With room for a number and a reason; its suffix is kept."""
    try:
        name = safe_name(given_name)
    except ValueError:
        return
    assert "/" not in name
    assert not name.startswith(".")
    assert not is_ignored(name)
    assert unicodedata.is_normalized("NFC", name)
    assert len(os.fsencode(f"{numbered(name, 99_999)}.reason.json")) <= 255


def test_a_long_name_keeps_its_suffix() -> None:
    """By which its format is known."""
    assert safe_name("水" * 200 + ".docx").endswith("水.docx")


def test_files_come_in_whole_beside_those_of_their_name(tmp_path: Path) -> None:
    """Nobody sees them before; two of one name are two files."""
    kept = []
    for text in (b"satu", b"dua"):
        incoming = Incoming(tmp_path)
        incoming.write(text[:2])
        assert [path.name for path in tmp_path.iterdir() if not path.name.startswith(".")] == kept
        incoming.write(text[2:])
        kept.append(incoming.keep("berita.txt"))
    assert kept == ["berita.txt", "berita (2).txt"]
    assert [(tmp_path / name).read_bytes() for name in kept] == [b"satu", b"dua"]
    assert not list((tmp_path / INCOMING).iterdir())


def test_a_file_that_cannot_come_in_leaves_no_empty_one(tmp_path: Path) -> None:
    """Its draft went away before it was kept."""
    coming = Incoming(tmp_path)
    for draft in (tmp_path / INCOMING).iterdir():
        draft.unlink()
    with pytest.raises(OSError, match="No such file"):
        coming.keep("satu.txt")
    assert [path.name for path in tmp_path.iterdir()] == [INCOMING]


def test_a_file_that_was_given_up_leaves_nothing(tmp_path: Path) -> None:
    """Nor does one whose sender was killed, after a day; one that is coming in stays."""
    given_up, coming = Incoming(tmp_path), Incoming(tmp_path)
    given_up.write(b"setengah")
    given_up.drop()
    killed = tmp_path / INCOMING / "killed"
    killed.write_bytes(b"setengah")
    os.utime(killed, (killed.stat().st_atime, killed.stat().st_mtime - 25 * 3600))
    Incoming(tmp_path).drop()
    assert len(list((tmp_path / INCOMING).iterdir())) == 1
    assert coming.keep("a.txt") == "a.txt"


def test_a_link_in_place_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    """Nothing is written outside the inbox."""
    inbox, outside = tmp_path / "inbox", tmp_path / "outside"
    inbox.mkdir()
    outside.mkdir()
    (inbox / INCOMING).symlink_to(outside)
    with pytest.raises(OSError):
        Incoming(inbox)
    assert not list(outside.iterdir())


def test_whether_files_are_taken(tmp_path: Path) -> None:
    """Where there is an inbox."""
    assert (takes_files(tmp_path), takes_files(tmp_path / "none")) == (True, False)


def test_a_rejected_file_goes_back_where_it_was(tmp_path: Path) -> None:
    """In its folder, without its reason, beside one that took its place; only once."""
    shelf = tmp_path / ".rejected" / "kota"
    shelf.mkdir(parents=True)
    (shelf / "a (2).txt").write_text("isi")
    (shelf / "a (2).txt.reason.json").write_text("{}")
    assert still_rejected(tmp_path, ".rejected/kota/a (2).txt")
    assert try_again(tmp_path, ".rejected/kota/a (2).txt", "kota/a.txt") == "kota/a.txt"
    assert (tmp_path / "kota" / "a.txt").read_text() == "isi"
    assert not list(shelf.iterdir())
    assert try_again(tmp_path, ".rejected/kota/a (2).txt", "kota/a.txt") is None
    assert not still_rejected(tmp_path, ".rejected/kota/a (2).txt")
    (shelf / "a.txt").write_text("lain")
    assert try_again(tmp_path, ".rejected/kota/a.txt", "kota/a.txt") == "kota/a (2).txt"


@pytest.mark.parametrize("kept_as", [".done/a.txt", "a.txt", "../a.txt", "/etc/hostname"])
def test_only_rejected_files_are_tried_again(tmp_path: Path, kept_as: str) -> None:
    """Whatever the ledger says."""
    (tmp_path / "a.txt").write_text("isi")
    assert try_again(tmp_path, kept_as, "b.txt") is None
