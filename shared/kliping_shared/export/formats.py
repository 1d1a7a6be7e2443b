"""Which formats there are: a table by the suffix of a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final, Literal, Protocol

from kliping_shared.export.citations import CITED, CslJson, Ris
from kliping_shared.export.tables import Csv, JsonLines, Parquet
from kliping_shared.store.documents import KINDS, Kind

FormatName = Literal["csv", "jsonl", "parquet", "ris", "csl.json"]


class Encoder(Protocol):
    """Makes the bytes of one file, part by part."""

    def begin(self) -> bytes:
        """What stands before the first document."""

    def rows(self, documents: Sequence[Mapping[str, Any]]) -> bytes:
        """The next documents."""

    def end(self) -> bytes:
        """What stands after the last document."""


@dataclass(frozen=True)
class Format:
    """A format: what it is called by people and in HTTP, of what kinds of documents it tells, and what encodes them.

    ``encoder`` takes the kind and whether the file is for a spreadsheet that does not know UTF-8 without a mark.
    """

    name: str
    media_type: str
    encoder: Callable[[Kind, bool], Encoder]
    kinds: tuple[Kind, ...] = KINDS


FORMATS: Final[Mapping[FormatName, Format]] = MappingProxyType(
    {
        "csv": Format("CSV", "text/csv; charset=utf-8", Csv),
        "jsonl": Format("JSON Lines", "application/x-ndjson", lambda _kind, _bom: JsonLines()),
        "parquet": Format("Parquet", "application/vnd.apache.parquet", lambda kind, _bom: Parquet(kind)),
        "ris": Format("RIS", "application/x-research-info-systems", lambda kind, _bom: Ris(kind), CITED),
        "csl.json": Format(
            "CSL-JSON", "application/vnd.citationstyles.csl+json", lambda kind, _bom: CslJson(kind), CITED
        ),
    }
)
