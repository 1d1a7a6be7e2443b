"""The reference page of the query language."""

from __future__ import annotations

import re
from pathlib import Path

from kliping_shared.errors import QueryError
from kliping_shared.query import FIELDS, Field
from kliping_shared.store.documents import KINDS, Kind
from kliping_shared.store.embedded.compiling import plan
from kliping_shared.store.ports import SearchRequest

PAGE = Path(__file__).resolve().parents[3] / "docs" / "reference" / "query-language.md"


def _has(name: str, kind: Kind) -> bool:
    value = {"value": "x", "about": "x", "title": "x", "before": "2023", "after": "2023", "at_least": "1"}[
        FIELDS[name].use
    ]
    try:
        plan(SearchRequest(kind=kind), Field(name, value))
    except QueryError:
        return False
    return True


def test_page_lists_every_field_for_its_kinds() -> None:
    """The table of fields says exactly which field can be used with which kind."""
    rows = re.findall(
        r"^\| `(\w+):` \|.*\| (✓?) ?\| (✓?) ?\| (✓?) ?\| (✓?) ?\|$", PAGE.read_text("utf-8"), re.MULTILINE
    )
    documented = {name: [bool(mark) for mark in marks] for name, *marks in rows}
    assert documented == {name: [_has(name, kind) for kind in KINDS] for name in FIELDS}
