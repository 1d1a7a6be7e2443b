"""zip and gz: what is packed in them, read in memory. Members' names are only ever names; nothing is unpacked to disk."""

from __future__ import annotations

import gzip
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO, Final

from kliping_ingest.domain.rejections import reject
from kliping_ingest.readers.source import Reader, Record, Source
from kliping_shared.errors import RejectedFile
from kliping_shared.inbox.names import is_ignored
from kliping_shared.inbox.records import RejectedRecord

__all__ = ["member_name", "read_gz", "read_zip"]

_CHUNK: Final = 256 * 1024
_UNPACKING: Final = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError)


def read_zip(source: Source, *, inner: Reader) -> Iterator[Record | RejectedRecord]:
    """The articles of all members, each named ``archive.zip/member``; one bad member does not stop the others."""
    _refuse_deep(source)
    try:
        archive = zipfile.ZipFile(io.BytesIO(source.data))
    except _UNPACKING as error:
        raise reject("broken-zip", f"{source.name} is a broken zip archive: {error}") from error
    with archive:
        members = [member for member in archive.infolist() if not member.is_dir() and not is_ignored(member.filename)]
        if not members:
            raise reject("empty", f"{source.name} is an archive without files to read")
        if all(member.flag_bits & 1 for member in members):
            raise reject("encrypted", f"{source.name} is an archive that needs a password")
        for member in members:
            yield from _member(source, archive, member, inner)


def _member(
    source: Source, archive: zipfile.ZipFile, member: zipfile.ZipInfo, inner: Reader
) -> Iterator[Record | RejectedRecord]:
    name = f"{source.name}/{member_name(member.filename)}"
    source.budget.record(source.name)
    try:
        if member.flag_bits & 1:
            raise reject("encrypted", f"{name} needs a password")
        data = _unpacked(source, archive, member, name)
        yield from inner(source.member(name, data))
    except RejectedFile as error:
        if error.code in {"zip-bomb", "too-many-records"}:
            raise
        yield RejectedRecord.of(name, error)


def _unpacked(source: Source, archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str) -> bytes:
    try:
        with archive.open(member) as stream:
            return _bounded(source, stream, name)
    except _UNPACKING as error:
        raise reject("broken-zip", f"{name} cannot be unpacked: {error}") from error


def read_gz(source: Source, *, inner: Reader) -> Iterator[Record | RejectedRecord]:
    """What the one packed file holds; ``news.txt.gz`` holds ``news.txt``."""
    _refuse_deep(source)
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(source.data)) as stream:
            data = _bounded(source, stream, source.name)
    except _UNPACKING as error:
        raise reject("broken-gz", f"{source.name} is a broken gz file: {error}") from error
    packed = re.sub(r"\.gz$", "", source.name.rpartition("/")[2], flags=re.I)
    yield from inner(source.member(f"{source.name}/{packed}", data))


def member_name(name: str) -> str:
    """A member's name without roots, drives and steps upwards, so that nobody can be led astray by it."""
    parts = re.split(r"[/\\]+", name)
    kept = [part for part in parts if part not in {"", ".", ".."} and not re.fullmatch(r"[A-Za-z]:", part)]
    return "/".join(kept) or "unnamed"


def _refuse_deep(source: Source) -> None:
    if source.depth >= source.limits.archive_depth:
        raise reject("archive-too-deep", f"{source.name} lies in more than {source.limits.archive_depth - 1} archives")


def _bounded(source: Source, stream: IO[bytes] | gzip.GzipFile, name: str) -> bytes:
    """Read all, at most as many bytes as a file may have, counting each towards the whole archive's limit."""
    parts: list[bytes] = []
    size = 0
    while chunk := stream.read(_CHUNK):
        source.budget.expand(len(chunk), source.name)
        size += len(chunk)
        if size > source.limits.file_bytes:
            raise reject("too-large", f"{name} unpacks to more than {source.limits.file_bytes} bytes")
        parts.append(chunk)
    return b"".join(parts)
