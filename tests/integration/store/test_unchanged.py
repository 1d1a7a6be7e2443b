"""What the embedded store does not write: documents, words and values that are the same as before."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path

import pytest

from kliping_shared.settings import Settings
from kliping_shared.store import open_reader, open_writer
from kliping_shared.store.embedded import schema
from kliping_shared.store.ports import Change, Patch, PatchClaims, ReplaceClaims
from tests.integration.store.builders import claim, group, put

CLAIM = claim("c", "Kami menang", article_id="a", group_id="g", story_id="s", outlet="Antara")
GROUP = group("g", "Kami menang", outlet=["Antara"], outlet_count=1)
FIRST: tuple[Change, ...] = (
    put("claims", CLAIM, 1), put("groups", GROUP, 1), ReplaceClaims("a", 1, ("c",)), PatchClaims("a", 1, {"story_id": "s"}),
    Patch("claims", "c", 1, {"group_id": "g", "outlet_count": 1}),
)  # fmt: skip
#: Tables of what is found, and of what was put.
LOOKS = ("words_claims_data", "words_groups_data", "facets", "contents")


def _written(path: Path, table: str) -> list[tuple[object, ...]]:
    with contextlib.closing(sqlite3.connect(path)) as raw:
        return raw.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall()


@pytest.mark.parametrize(
    "change",
    [
        put("groups", GROUP, 2),
        Patch("claims", "c", 2, {"group_id": "g", "outlet_count": 1}),
        PatchClaims("a", 2, {"story_id": "s"}),
        ReplaceClaims("a", 2, ("c",)),
        put("claims", CLAIM, 2),
    ],
)
async def test_same_content_of_a_newer_version_writes_no_words_and_values(tmp_path: Path, change: Change) -> None:
    """A change that says the same with a higher version leaves words, values and sources untouched."""
    opened = Settings(data=tmp_path)
    writer = open_writer(opened)
    await writer.apply([FIRST])
    before = {table: _written(opened.store_path, table) for table in LOOKS}
    await writer.apply([[change]])
    assert {table: _written(opened.store_path, table) for table in LOOKS} == before
    await writer.close()


async def test_patches_of_the_first_file_version_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that kept a row for each patched field is brought up to now, with every field's version and value."""
    opened = Settings(data=tmp_path)
    first = schema.MIGRATIONS[:1]
    with (
        contextlib.closing(sqlite3.connect(opened.store_path, isolation_level=None)) as raw,
        monkeypatch.context() as old,
    ):
        old.setattr(schema, "MIGRATIONS", first)
        schema.migrate(raw)
        rows = [(2, "c", "group_id", 7, '"g7"'), (2, "c", "outlet_count", 3, "4"), (0, "a", "story_id", 5, "null")]
        raw.executemany("INSERT INTO patches (target, id, field, version, value) VALUES (?, ?, ?, ?, ?)", rows)
    writer, reader = open_writer(opened), open_reader(opened)
    late: list[Change] = [
        Patch("claims", "c", 6, {"group_id": "g6", "outlet_count": 6}),
        PatchClaims("a", 4, {"story_id": "s4"}),
    ]
    await writer.apply([[put("claims", CLAIM, 1), *late]])
    document = await reader.get("claims", "c") or {}
    assert (document["group_id"], document["outlet_count"], document["story_id"]) == ("g7", 6, None)
    await reader.close()
    await writer.close()
