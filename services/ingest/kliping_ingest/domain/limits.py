"""How much one file may ask of the reader."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

__all__ = ["MIB", "Limits"]

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of one file, all inclusive. Sizes are in bytes.

    ``file_bytes`` holds for a dropped file and for each member of an archive. ``expanded_bytes`` and ``expanded_ratio``
    hold for all that one archive unpacks to; the ratio counts only above ``ratio_floor``, since a small file of
    repeated words packs very well without being an attack. ``json_fields`` puts further JSON field names before the
    known ones (docs/how-to/formats.md).
    """

    file_bytes: int = 20 * MIB
    archive_depth: int = 2
    expanded_bytes: int = 200 * MIB
    expanded_ratio: int = 100
    ratio_floor: int = 4 * MIB
    records: int = 10_000
    json_fields: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
