"""Every reason for which a file or one record in it is rejected: the code is stable, the hint says what to do."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from kliping_shared.errors import RejectedFile

__all__ = ["HINTS", "reject"]

HINTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "archive-too-deep": "Unpack the inner archives and drop their files instead.",
        "binary": "Drop the text itself, or give the file the suffix of what it holds.",
        "broken-docx": "Open the document in a word processor, save it again as .docx, and drop that.",
        "broken-gz": "Pack the file again, or drop it unpacked.",
        "broken-json": "Correct the JSON at the place named, and drop the file again.",
        "broken-pdf": "Open the PDF in a viewer, print it to a new PDF, and drop that; or drop the text.",
        "broken-xml": "Correct the XML at the place named, or fetch the file again.",
        "broken-zip": "Pack the files again, or drop them unpacked.",
        "empty": "The file has no text. Check the program that wrote it, and drop it again.",
        "encrypted": "Save the file without its password, and drop that.",
        "no-text": "No article text was found. A scanned page needs text recognition (OCR) first; "
        "for JSON name the text's field by KLIPING_INGEST_JSON_FIELDS.",
        "not-a-regular-file": "Drop an ordinary file: pipes, sockets, devices and dangling links cannot be read.",
        "permission-denied": "Let the user that runs Kliping read the file (chmod a+r), then move it back to the inbox.",
        "read-failed": "The disk or the reader of this format failed. Move the file back to try again; "
        "if it fails again, drop its text instead.",
        "rejected-in-part": "The other records were taken. Correct the records named here and drop the file again: "
        "what was taken already counts as duplicate.",
        "symlink-outside": "Copy the file itself into the inbox: links that lead out of it are never followed.",
        "too-large": "Split the file, or raise KLIPING_INGEST_MAX_FILE_BYTES.",
        "too-many-records": "Split the file, or raise KLIPING_INGEST_MAX_RECORDS.",
        "undecodable": "Save the file as UTF-8, and drop that.",
        "unknown-format": "Known: txt, md, html, json, jsonl, pdf, docx, eml, RSS/Atom, NITF and NewsML-G2 (xml), "
        "and zip or gz of these.",
        "xml-entity-bomb": "Remove the entity declarations from the document's DOCTYPE.",
        "zip-bomb": "The archive unpacks to far more than its size. Unpack it yourself and drop what you need, "
        "or raise KLIPING_INGEST_MAX_EXPANDED_BYTES.",
    }
)


def reject(code: str, message: str) -> RejectedFile:
    """The error to raise for ``code``, with its hint. ``message`` says what is wrong with this very file."""
    return RejectedFile(code, message, HINTS[code])
