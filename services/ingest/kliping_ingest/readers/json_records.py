"""JSON (an object, a list, or a list within an object) and JSON Lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

import orjson

from kliping_ingest.domain.raw import RawArticle
from kliping_ingest.domain.rejections import reject
from kliping_ingest.readers.decoding import Decoded, decode
from kliping_ingest.readers.fields import to_raw
from kliping_ingest.readers.source import Record, Source
from kliping_shared.errors import RejectedFile
from kliping_shared.inbox.records import RejectedRecord

__all__ = ["read_json", "read_json_lines"]

#: Names under which exports keep their list of articles.
_LISTS: Final = ("articles", "items", "results", "documents", "docs", "data", "records", "entries", "posts", "stories")


def read_json(source: Source) -> Iterator[Record | RejectedRecord]:
    """The articles of a JSON document. A file of one object a line is read as JSON Lines whatever its suffix."""
    decoded = decode(source.data, source.name)
    try:
        document = orjson.loads(decoded.text)
    except orjson.JSONDecodeError as error:
        if _one_object_a_line(decoded.text):
            yield from _lines(source, decoded)
            return
        raise reject("broken-json", f"{source.name} is not JSON: {error}") from error
    records = _records(document)
    if records is None:
        yield _record(source, source.name, document, decoded)
        return
    if not records:
        raise reject("no-text", f"{source.name} holds an empty list")
    for number, record in enumerate(records, start=1):
        yield _tried(source, f"{source.name}#{number}", record, decoded)


def read_json_lines(source: Source) -> Iterator[Record | RejectedRecord]:
    """One article a line; ``#3`` is line 3. Blank lines do not count."""
    yield from _lines(source, decode(source.data, source.name))


def _lines(source: Source, decoded: Decoded) -> Iterator[Record | RejectedRecord]:
    for number, line in enumerate(decoded.text.split("\n"), start=1):
        if not line.strip():
            continue
        path = f"{source.name}#{number}"
        try:
            value = orjson.loads(line)
        except orjson.JSONDecodeError as error:
            source.budget.record(source.name)
            yield RejectedRecord.of(path, reject("broken-json", f"line {number} is not JSON: {error}"))
            continue
        yield _tried(source, path, value, decoded)


def _tried(source: Source, path: str, value: Any, decoded: Decoded) -> Record | RejectedRecord:
    source.budget.record(source.name)
    try:
        return _record(source, path, value, decoded)
    except RejectedFile as error:
        return RejectedRecord.of(path, error)


def _record(source: Source, path: str, value: Any, decoded: Decoded) -> Record:
    if not isinstance(value, dict):
        raise reject("no-text", f"{path} is a JSON {type(value).__name__}, not an object with fields")
    raw = to_raw(value, path, source.limits.json_fields)
    return Record(path, _with_notes(raw, decoded.notes))


def _with_notes(raw: RawArticle, notes: tuple[str, ...]) -> RawArticle:
    return replace(raw, notes=notes) if notes else raw


def _records(document: Any) -> list[Any] | None:
    """The list of articles, None when the document itself is one."""
    if isinstance(document, list):
        return document
    if isinstance(document, dict):
        for name in _LISTS:
            inner = document.get(name)
            if isinstance(inner, list) and inner and all(isinstance(item, dict) for item in inner):
                return inner
    return None


def _one_object_a_line(text: str) -> bool:
    lines = [line for line in text.split("\n") if line.strip()]
    return len(lines) > 1 and all(line.lstrip().startswith("{") and line.rstrip().endswith("}") for line in lines)
