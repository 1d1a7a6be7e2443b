"""Every reason for a rejection has a code, a message that names the file, and a hint."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kliping_ingest.domain.rejections import HINTS
from kliping_ingest.readers.archive import member_name
from kliping_ingest.reading import Limits, read
from tests.unit.ingest.builders import NOW, TEXT, docx, encrypted_zip, gz, item, mail, pdf, rss, taken, zip_of

PNG = b"\x89PNG\r\n\x1a\n" + bytes(100)
LAUGHS = b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><rss><channel/></rss>'
SECRET = b'<?xml version="1.0"?><!DOCTYPE nitf [<!ENTITY x SYSTEM "file:///etc/passwd">]><nitf>&x;</nitf>'
LOCKED_DOCX = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600)

BAD = [
    ("a.txt", b"", "empty"),
    ("a.pdf", b"", "empty"),
    ("a.zip", zip_of({}), "empty"),
    ("a.txt", PNG, "binary"),
    ("a.txt", pdf("Halo"), "binary"),
    ("a.json", gz(b"{}"), "binary"),
    ("gambar", PNG, "binary"),
    ("a.xyz", TEXT.encode(), "unknown-format"),
    ("a.doc", LOCKED_DOCX, "unknown-format"),
    ("a.xml", b"<note><to>x</to></note>", "unknown-format"),
    ("a.eml", TEXT.encode(), "unknown-format"),
    ("a.txt.gz", gz(os.urandom(5000)), "too-large"),
    ("a.txt", "Президент заявил".encode("windows-1251"), "undecodable"),
    ("a.pdf", b"bukan pdf", "broken-pdf"),
    ("a.pdf", b"%PDF-1.4\nrusak", "broken-pdf"),
    ("a.pdf", pdf("Halo")[:200], "broken-pdf"),
    ("a.zip", zip_of({"a.txt": b"x"})[:30], "broken-zip"),
    ("a.zip", b"bukan zip", "broken-zip"),
    ("a.gz", gz(TEXT.encode())[:-9], "broken-gz"),
    ("a.gz", b"bukan gz", "broken-gz"),
    ("a.json", b'{"text": ', "broken-json"),
    ("a.json", b"[" * 2000, "broken-json"),
    ("a.xml", b"<rss><channel>", "broken-xml"),
    ("a.xml", b"bukan xml", "broken-xml"),
    ("a.docx", b"bukan docx", "broken-docx"),
    ("a.docx", zip_of({"x": b"y"}), "broken-docx"),
    ("a.docx", zip_of({"word/document.xml": b"<x"}), "broken-docx"),
    ("a.docx", LOCKED_DOCX, "encrypted"),
    ("a.pdf", pdf("Halo", encrypt=True), "encrypted"),
    ("a.zip", encrypted_zip(), "encrypted"),
    ("a.xml", LAUGHS, "xml-entity-bomb"),
    ("a.rss", SECRET, "xml-entity-bomb"),
    ("a.json", b"{}", "no-text"),
    ("a.json", b"[]", "no-text"),
    ("a.json", b'"teks"', "no-text"),
    ("a.html", b"<html><body></body></html>", "no-text"),
    ("a.pdf", pdf(""), "no-text"),
    ("a.eml", mail(body="\n"), "no-text"),
    ("a.rss", rss(), "no-text"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "data", "code"), BAD, ids=[f"{at}-{bad[0]}-{bad[2]}" for at, bad in enumerate(BAD)])
def test_bad_files_are_rejected_with_the_right_code(name: str, data: bytes, code: str) -> None:
    """The code is stable, the message names the file, the hint is that of the code."""
    limits = {"file_bytes": 4000} if code == "too-large" else {}
    failure = taken(data, name, **limits).failure
    assert failure is not None
    assert failure.code == code
    assert name in failure.message
    assert failure.hint == HINTS[code]


def test_documents_without_text_are_rejected() -> None:
    """A Word document of blanks has no text."""
    failure = taken(docx("  "), "a.docx").failure
    assert failure is not None
    assert failure.code == "no-text"


def test_too_large_files_are_not_read(tmp_path: Path) -> None:
    """A file above the limit is rejected by its size."""
    (tmp_path / "a.txt").write_bytes(b"x" * 5000)
    failure = read(tmp_path / "a.txt", name="a.txt", limits=Limits(file_bytes=4999), now=NOW).failure
    assert failure is not None
    assert failure.code == "too-large"


def test_zip_bombs_are_stopped_early() -> None:
    """An archive that unpacks to far more than its size is given up, and nothing of it is taken."""
    bomb = zip_of({"a.txt": TEXT.encode(), "b.txt": b"0" * 12_000_000})
    reading = taken(bomb, "a.zip")
    assert reading.failure is not None
    assert reading.failure.code == "zip-bomb"
    assert reading.articles == ()


@pytest.mark.parametrize("name", ["a.zip", "a.gz", "a.docx"])
def test_every_packed_format_is_guarded(name: str) -> None:
    """gz, nested zip and Word documents count towards the same limit."""
    zeros = b"0" * 6_000_000
    data = {
        "a.gz": gz(zeros),
        "a.zip": zip_of({"inner.zip": zip_of({"a.txt": zeros})}),
        "a.docx": zip_of({"word/document.xml": zeros}),
    }[name]
    failure = taken(data, name).failure
    assert failure is not None
    assert failure.code == "zip-bomb"


def test_too_many_records_are_rejected() -> None:
    """A file with more articles than the limit is rejected as a whole."""
    lines = b"".join(json.dumps({"text": f"{number} {TEXT}"}).encode() + b"\n" for number in range(5))
    failure = taken(lines, "a.jsonl", records=4).failure
    assert failure is not None
    assert failure.code == "too-many-records"


@pytest.mark.parametrize(
    ("name", "data", "bad"),
    [
        ("a.jsonl", json.dumps({"text": TEXT}).encode() + b'\n{"text"\n{"x": 1}\n', ["a.jsonl#2", "a.jsonl#3"]),
        ("a.json", json.dumps([{"text": TEXT}, 5]).encode(), ["a.json#2"]),
        ("a.rss", rss(item(1), "<title>kosong</title>"), ["a.rss#2"]),
        ("a.zip", zip_of({"a.txt": TEXT.encode(), "b.png": PNG, "c.txt": b""}), ["a.zip/b.png", "a.zip/c.txt"]),
    ],
    ids=["jsonl", "json", "rss", "zip"],
)
def test_one_bad_record_does_not_stop_the_good_ones(name: str, data: bytes, bad: list[str]) -> None:
    """The good records are given, the bad ones are named each with its reason."""
    reading = taken(data, name)
    assert reading.failure is None
    assert len(reading.articles) == 1
    assert [record.record for record in reading.failed] == bad
    assert all(record.message and record.hint for record in reading.failed)


def test_a_failing_library_is_a_rejection(monkeypatch: pytest.MonkeyPatch) -> None:
    """An error inside a parser becomes a rejection, so that it cannot stop other files."""
    monkeypatch.setattr("kliping_ingest.readers.plain.decode", lambda *_: 1 / 0)
    failure = taken(TEXT.encode(), "a.txt").failure
    assert failure is not None
    assert failure.code == "read-failed"


@settings(deadline=None)
@given(st.binary(max_size=400), st.sampled_from(["txt", "md", "html", "json", "jsonl", "pdf", "docx", "eml", "xml", "zip", "gz"]))  # fmt: skip
def test_no_bytes_make_reading_fail_otherwise(data: bytes, suffix: str) -> None:
    """Random bytes under any suffix give articles or a rejection."""
    reading = taken(data, f"a.{suffix}")
    assert bool(reading.articles) != (reading.failure is not None)


@pytest.mark.parametrize(
    ("name", "shown"),
    [("../x.txt", "x.txt"), ("/etc/passwd", "etc/passwd"), ("C:\\a\\..\\b.txt", "a/b.txt"), ("..", "unnamed")],
)
def test_hostile_member_names_lead_nowhere(name: str, shown: str) -> None:
    """Roots, drives and steps upwards are taken out of members' names."""
    assert member_name(name) == shown


@given(st.text(max_size=40))
def test_no_member_name_climbs(name: str) -> None:
    """Whatever the name, it is a plain path below its archive."""
    parts = member_name(name).split("/")
    assert parts
    assert all(part and part not in {".", ".."} for part in parts)


def _fifo(folder: Path) -> None:
    os.mkfifo(folder / "x.txt")


def _socket(folder: Path) -> None:
    server = socket.socket(socket.AF_UNIX)
    server.bind(str(folder / "x.txt"))
    server.close()


def _device(folder: Path) -> None:
    (folder / "x.txt").symlink_to("/dev/zero")


def _outside(folder: Path) -> None:
    (folder.parent / "secret.txt").write_text("rahasia", encoding="utf-8")
    (folder / "x.txt").symlink_to(folder.parent / "secret.txt")


def _outside_folder(folder: Path) -> None:
    (folder / "x.txt").symlink_to(folder.parent)


def _dangling(folder: Path) -> None:
    (folder / "x.txt").symlink_to(folder / "gone.txt")


def _folder_link(folder: Path) -> None:
    (folder / "sub").mkdir()
    (folder / "x.txt").symlink_to("sub")


def _loop(folder: Path) -> None:
    (folder / "x.txt").symlink_to("x.txt")


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (_fifo, "not-a-regular-file"),
        (_socket, "not-a-regular-file"),
        (_device, "symlink-outside"),
        (_outside, "symlink-outside"),
        (_outside_folder, "symlink-outside"),
        (_dangling, "not-a-regular-file"),
        (_folder_link, "not-a-regular-file"),
        (_loop, "not-a-regular-file"),
    ],
)
def test_odd_files_are_rejected_without_being_opened(make: Callable[[Path], None], code: str, tmp_path: Path) -> None:
    """Pipes do not block, devices are not read, links out of the folder are not followed."""
    folder = tmp_path / "inbox"
    folder.mkdir()
    make(folder)
    reading = read(folder / "x.txt", name="x.txt", limits=Limits(), now=NOW, root=folder)
    assert reading.failure is not None
    assert reading.failure.code == code


def test_link_within_the_folder_is_followed(tmp_path: Path) -> None:
    """A link to another file of the inbox is that file's text."""
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "x.txt").symlink_to("a.txt")
    reading = read(tmp_path / "x.txt", name="x.txt", limits=Limits(), now=NOW, root=tmp_path)
    assert [article.text for article in reading.articles] == [TEXT]


@pytest.mark.skipif(os.geteuid() != 0, reason="as an ordinary user the plain chmod test below is enough")
def test_unreadable_file_is_rejected_for_another_user(tmp_path: Path) -> None:
    """A file that this user may not read is told as that, not as broken."""
    path = tmp_path / "x.txt"
    path.write_text(TEXT, encoding="utf-8")
    path.chmod(0)
    for parent in (tmp_path, *tmp_path.parents[:2]):
        parent.chmod(0o755)
    os.seteuid(65534)
    try:
        reading = read(path, name="x.txt", limits=Limits(), now=NOW, root=tmp_path)
    finally:
        os.seteuid(0)
    assert reading.failure is not None
    assert reading.failure.code == "permission-denied"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_unreadable_file_is_rejected(tmp_path: Path) -> None:
    """A file that this user may not read is told as that, not as broken."""
    path = tmp_path / "x.txt"
    path.write_text(TEXT, encoding="utf-8")
    path.chmod(0)
    reading = read(path, name="x.txt", limits=Limits(), now=NOW, root=tmp_path)
    assert reading.failure is not None
    assert reading.failure.code == "permission-denied"


def test_every_code_is_documented() -> None:
    """docs/how-to/formats.md explains each code."""
    page = Path(__file__).resolve().parents[3] / "docs" / "how-to" / "formats.md"
    text = page.read_text(encoding="utf-8")
    assert [code for code in HINTS if f"`{code}`" not in text] == []
