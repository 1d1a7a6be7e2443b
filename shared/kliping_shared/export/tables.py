"""Documents as lines of a file: CSV for spreadsheets, JSON lines for programs, Parquet for data frames."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import orjson

from kliping_shared.errors import SettingsError
from kliping_shared.export.columns import columns
from kliping_shared.store.documents import Kind

#: By this mark a spreadsheet knows that a CSV file is UTF-8.
_BOM: Final = "\ufeff"
#: What makes a spreadsheet take a cell for a formula, also where it is written in wide letters.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_BETWEEN: Final = "; "

Document = Mapping[str, Any]


class Csv:
    """One line for each document below a header; lists are joined by "; ", values that look like formulas made text."""

    def __init__(self, kind: Kind, bom: bool = False) -> None:
        self._names = list(columns(kind))
        self._bom = bom

    def begin(self) -> bytes:
        """The header."""
        return csv_lines([self._names], bom=self._bom)

    def rows(self, documents: Sequence[Document]) -> bytes:
        """A line for each."""
        return csv_lines([document.get(name) for name in self._names] for document in documents)

    def end(self) -> bytes:
        """Nothing."""
        return b""


def csv_lines(rows: Iterable[Iterable[object]], *, bom: bool = False) -> bytes:
    """The rows as lines of CSV; values that look like formulas made text, after the mark of UTF-8 where it is wanted."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows([[_cell(value) for value in row] for row in rows])
    return ((_BOM if bom else "") + text.getvalue()).encode()


def _cell(value: object) -> object:
    if isinstance(value, list):
        value = _BETWEEN.join("" if item is None else str(item) for item in value)
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


class JsonLines:
    """The whole document, nested parts too, one object a line."""

    def begin(self) -> bytes:
        """Nothing."""
        return b""

    def rows(self, documents: Sequence[Document]) -> bytes:
        """A line for each."""
        return b"".join(orjson.dumps(dict(document), option=orjson.OPT_APPEND_NEWLINE) for document in documents)

    def end(self) -> bytes:
        """Nothing."""
        return b""


class Parquet:
    """The columns of CSV with their types, lists as lists; a row group for each portion, compressed by Zstandard."""

    def __init__(self, kind: Kind) -> None:
        """Raises SettingsError where pyarrow is not installed."""
        try:
            import pyarrow as pa
            from pyarrow.parquet import ParquetWriter
        except ImportError as error:
            raise SettingsError("Parquet needs pyarrow: pip install 'kliping[export]'") from error
        types = {str: pa.string(), int: pa.int64(), float: pa.float64()}
        lists = pa.list_(pa.string())
        fields = [(name, types.get(column, lists)) for name, column in columns(kind).items()]
        self._schema = pa.schema(fields)
        self._table = pa.Table
        self._sink = _Taken()
        self._writer = ParquetWriter(self._sink, self._schema, compression="zstd")

    def begin(self) -> bytes:
        """The format's mark."""
        return self._sink.taken()

    def rows(self, documents: Sequence[Document]) -> bytes:
        """A row group."""
        rows = [{name: document.get(name) for name in self._schema.names} for document in documents]
        self._writer.write_table(self._table.from_pylist(rows, schema=self._schema))
        return self._sink.taken()

    def end(self) -> bytes:
        """The footer, without which no reader takes the file for whole."""
        self._writer.close()
        return self._sink.taken()


class _Taken(io.RawIOBase):
    """A file whose bytes are taken away as they are written; it knows where it stands."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self._position = 0

    def writable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._position

    def write(self, data: Any) -> int:
        part = bytes(data)
        self._parts.append(part)
        self._position += len(part)
        return len(part)

    def taken(self) -> bytes:
        """What was written since the last call."""
        found = b"".join(self._parts)
        self._parts.clear()
        return found
