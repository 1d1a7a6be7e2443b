"""Writes the file for importing by hand: ``python -m kliping.dashboards deploy/dashboards``."""

from __future__ import annotations

import sys
from pathlib import Path

from kliping.dashboards.building import Site
from kliping.dashboards.objects import ndjson, saved_objects

FILE = "kliping.ndjson"


def main() -> int:
    """Write it into the folder given."""
    (Path(sys.argv[1]) / FILE).write_text(ndjson(saved_objects(Site())), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
