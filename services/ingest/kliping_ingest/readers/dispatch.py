"""Which reader a file gets: by its suffix, checked against what its first bytes say."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from types import MappingProxyType
from typing import Final

from kliping_ingest.domain.rejections import reject
from kliping_ingest.readers.archive import read_gz, read_zip
from kliping_ingest.readers.docx import OLE2, read_docx
from kliping_ingest.readers.html import read_html
from kliping_ingest.readers.json_records import read_json, read_json_lines
from kliping_ingest.readers.mail import read_mail
from kliping_ingest.readers.pdf import read_pdf
from kliping_ingest.readers.plain import read_markdown, read_plain
from kliping_ingest.readers.source import Reader, Record, Source
from kliping_ingest.readers.xml import read_xml
from kliping_shared.inbox.names import suffix_of
from kliping_shared.inbox.records import RejectedRecord

__all__ = ["FORMATS", "SUFFIXES", "Format", "read_records"]


@dataclass(frozen=True, slots=True)
class Format:
    """A format that can be read. ``container``: its first bytes are a signature of their own, not text."""

    media_type: str
    read: Reader
    container: bool = False


def read_records(source: Source) -> Iterator[Record | RejectedRecord]:
    """The articles in a file, and what of it cannot be read. Raises RejectedFile when that is all of it."""
    if not source.data:
        raise reject("empty", f"{source.name} is empty (0 bytes)")
    chosen = FORMATS[_format_name(source)]
    for record in chosen.read(source):
        yield record if isinstance(record, RejectedRecord) or record.media_type else _typed(record, chosen.media_type)


FORMATS: Final[Mapping[str, Format]] = MappingProxyType(
    {
        "text": Format("text/plain", read_plain),
        "markdown": Format("text/markdown", read_markdown),
        "html": Format("text/html", read_html),
        "json": Format("application/json", read_json),
        "jsonl": Format("application/jsonl", read_json_lines),
        "pdf": Format("application/pdf", read_pdf, container=True),
        "docx": Format(
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document", read_docx, container=True
        ),
        "mail": Format("message/rfc822", read_mail),
        "xml": Format("application/xml", read_xml),
        "zip": Format("application/zip", partial(read_zip, inner=read_records), container=True),
        "gz": Format("application/gzip", partial(read_gz, inner=read_records), container=True),
    }
)

#: Suffix -> format. XML formats share one reader, which looks at the root element.
SUFFIXES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "txt": "text",
        "text": "text",
        "md": "markdown",
        "markdown": "markdown",
        "html": "html",
        "htm": "html",
        "xhtml": "html",
        "json": "json",
        "jsonl": "jsonl",
        "ndjson": "jsonl",
        "pdf": "pdf",
        "docx": "docx",
        "eml": "mail",
        "xml": "xml",
        "rss": "xml",
        "atom": "xml",
        "rdf": "xml",
        "nitf": "xml",
        "newsml": "xml",
        "zip": "zip",
        "gz": "gz",
    }
)

#: First bytes -> what it is, for messages, and the format where we have one.
_SIGNATURES: Final[tuple[tuple[bytes, str, str | None], ...]] = (
    (b"%PDF-", "a PDF", "pdf"),
    (b"PK\x03\x04", "a zip archive", "zip"),
    (b"PK\x05\x06", "a zip archive", "zip"),
    (b"\x1f\x8b\x08", "a gz file", "gz"),
    (OLE2, "an old or encrypted Office document", None),
    (b"\x89PNG\r\n", "a PNG picture", None),
    (b"\xff\xd8\xff", "a JPEG picture", None),
    (b"GIF8", "a GIF picture", None),
    (b"{\\rtf", "an RTF document", None),
    (b"\x7fELF", "a program", None),
    (b"SQLite format 3\0", "a database", None),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", None),
    (b"Rar!\x1a\x07", "a RAR archive", None),
    (b"\xfd7zXZ\0", "an xz file", None),
    (b"BZh9", "a bzip2 file", None),
)


def _format_name(source: Source) -> str:
    suffix = suffix_of(source.name)
    seen, found = _signature(source.data)
    if not suffix:
        if seen and not found:
            raise reject("binary", f"{source.name} has no suffix and holds {seen}")
        return found or "text"
    name = SUFFIXES.get(suffix)
    if name is None:
        raise reject("unknown-format", f"{source.name} has the unknown suffix .{suffix}")
    if seen and not FORMATS[name].container:
        raise reject("binary", f"{source.name} holds {seen}, though its name ends in .{suffix}")
    return "docx" if name == "zip" and found == "docx" else name


def _signature(data: bytes) -> tuple[str, str | None]:
    """What the first bytes say, in words, and the format that reads it; ("", None) for what may be text."""
    for mark, words, name in _SIGNATURES:
        if data.startswith(mark):
            return ("a Word document", "docx") if name == "zip" and _is_document(data) else (words, name)
    return "", None


def _is_document(data: bytes) -> bool:
    """Whether a zip archive is itself a Word document, not one that merely holds one."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return "word/document.xml" in archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError):
        return False


def _typed(record: Record, media_type: str) -> Record:
    return replace(record, media_type=media_type)
