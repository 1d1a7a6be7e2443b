"""Taking documents away: everything that a search finds, with its sources, in formats that other programs read.

``encoded`` gives a search's documents as the bytes of a file, as they come; the page's service and ``kliping export``
write these bytes and nothing of their own.
"""

from __future__ import annotations

from kliping_shared.export.citations import CITED
from kliping_shared.export.columns import columns
from kliping_shared.export.encoding import Tally, encoded
from kliping_shared.export.formats import FORMATS, FormatName
from kliping_shared.export.sources import with_sources
from kliping_shared.export.tables import csv_lines

__all__ = ["CITED", "FORMATS", "FormatName", "Tally", "columns", "csv_lines", "encoded", "with_sources"]
