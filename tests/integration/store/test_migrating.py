"""Files of earlier versions of the embedded store are brought up to this one, with all that is in them."""

from __future__ import annotations

import contextlib
import sqlite3
import zlib
from collections.abc import Iterator
from pathlib import Path

import orjson
import pytest

from kliping_shared.analysis import fingerprint
from kliping_shared.errors import StoreUnavailable
from kliping_shared.settings import Settings
from kliping_shared.store import open_reader, open_writer
from kliping_shared.store.embedded import schema
from kliping_shared.store.ports import FACETS, Delete, FacetValue, Patch, SearchRequest
from tests.integration.store.builders import article, claim, put

#: Speaker and group of two claims.
CLAIMS = (("c1", "Rudi Hartono", "g1"), ("c2", "Ani", "g1"))


@contextlib.contextmanager
def _made(path: Path, monkeypatch: pytest.MonkeyPatch, version: int) -> Iterator[sqlite3.Connection]:
    """An empty file of that version."""
    with (
        contextlib.closing(sqlite3.connect(path, isolation_level=None)) as raw,
        monkeypatch.context() as old,
    ):
        old.setattr(schema, "MIGRATIONS", schema.MIGRATIONS[:version])
        schema.migrate(raw)
        raw.execute("INSERT INTO meta (name, value) VALUES ('analysis', ?)", (fingerprint(),))
        yield raw


def _second_version(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file of the second version: two claims, one deleted, with values numbered in a row."""
    with _made(path, monkeypatch, 2) as raw:
        for doc, (name, speaker, group) in enumerate(CLAIMS, start=1):
            _insert(raw, doc, claim(name, "Kami menang", speaker=speaker, group_id=group, story_id="s1"))
        raw.execute("INSERT INTO docs (doc, kind, id, delete_version) VALUES (3, 2, 'c3', 9)")


def _insert(raw: sqlite3.Connection, doc: int, document: dict[str, object]) -> None:
    raw.execute(
        "INSERT INTO docs (doc, kind, id, put_version, article_id, live, day, outlets, origins)"
        " VALUES (?, 2, ?, 1, 'a1', 1, '2023-09-13', 1, 1)",
        (doc, document["claim_id"]),
    )
    source = orjson.dumps(document, option=orjson.OPT_SORT_KEYS)
    raw.execute("INSERT INTO sources (doc, document) VALUES (?, ?)", (doc, source))
    raw.execute("INSERT INTO words_claims (rowid, title, text, who) VALUES (?, 'judul', 'kami menang', '')", (doc,))
    fields = (
        "speaker",
        "kind",
        "stance",
        "outlet_count",
        "origin_count",
        "published_on",
        "story_id",
        "article_id",
        "group_id",
    )
    for field in fields:
        number, value = schema.FIELD_NUMBER[field], str(document[field])
        folded = f" {value.lower().replace('1', ' 1') if field.endswith('_id') else value.lower()} "
        raw.execute("INSERT OR IGNORE INTO vals (name, value, folded) VALUES (?, ?, ?)", (number, value, folded))
        raw.execute(
            "INSERT INTO facets (kind, name, val, doc) SELECT 2, name, val, ? FROM vals WHERE name = ? AND value = ?",
            (doc, number, value),
        )


async def test_values_of_the_second_file_version_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Values are counted and filtered by as before, also together with those that come afterwards."""
    opened = Settings(data=tmp_path)
    _second_version(opened.store_path, monkeypatch)
    writer, reader = open_writer(opened), open_reader(opened)

    async def found(**wanted: object) -> tuple[set[str], dict[str, tuple[FacetValue, ...]]]:
        page = await reader.search(SearchRequest(kind="claims", facets=FACETS["claims"], **wanted))  # type: ignore[arg-type]
        return {hit.id for hit in page.hits}, dict(page.facets)

    ids, facets = await found(query="menang")
    assert ids == {"c1", "c2"}
    assert facets["speaker"] == (FacetValue("Ani", 1), FacetValue("Rudi Hartono", 1))
    assert facets["stance"] == (FacetValue("neutral", 2),)
    assert facets["story_id"] == (FacetValue("s1", 2),)
    assert (await found(filters={"group_id": ("g1",)}))[0] == {"c1", "c2"}
    assert (await found(query="speaker:hartono"))[0] == {"c1"}
    more = claim("c4", "Kami menang", speaker="Rudi Hartono", group_id="g1", story_id="s1")
    await writer.apply(
        [[put("claims", more), Patch("claims", "c2", 2, {"outlet_count": 3}), Delete("claims", "c1", 5)]]
    )
    ids, facets = await found(filters={"group_id": ("g1",)})
    assert ids == {"c2", "c4"}
    assert facets["speaker"] == (FacetValue("Ani", 1), FacetValue("Rudi Hartono", 1))
    assert facets["outlet_count"] == (FacetValue("1", 1), FacetValue("3", 1))
    await reader.close()
    await writer.close()


def _fourth_version(path: Path, monkeypatch: pytest.MonkeyPatch, body: dict[str, object]) -> None:
    """A file of the fourth version: an article with its body, and a claim."""
    with _made(path, monkeypatch, 4) as raw:
        for doc, kind, document in ((1, 1, article("a1", "Harga naik.")), (2, 2, claim("c1", "Kami menang"))):
            name = document["article_id" if kind == 1 else "claim_id"]
            raw.execute("INSERT INTO docs (doc, kind, id, put_version, live) VALUES (?, ?, ?, 1, 1)", (doc, kind, name))
            kept = orjson.dumps(document | {"body": None}, option=orjson.OPT_SORT_KEYS)
            whole = zlib.compress(orjson.dumps(body), 1) if kind == 1 else None
            raw.execute("INSERT INTO sources (doc, document, body) VALUES (?, ?, ?)", (doc, kept, whole))


async def test_documents_of_the_fourth_file_version_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """They are read as before, patched and put anew."""
    opened = Settings(data=tmp_path)
    body = {"text": "Harga naik.", "claims": [{"claim_id": "c1"}]}
    _fourth_version(opened.store_path, monkeypatch, body)
    writer, reader = open_writer(opened), open_reader(opened)
    whole = await reader.get("articles", "a1")
    assert whole is not None
    assert (whole["text"], whole["body"]) == ("Harga naik.", body)
    assert (await reader.get("claims", "c1") or {})["text"] == "Kami menang"
    again = put("articles", article("a1", "Harga turun.", body={"text": "Harga turun."}), version=2)
    await writer.apply([[again, Patch("claims", "c1", 2, {"outlet_count": 3})]])
    whole = await reader.get("articles", "a1")
    assert whole is not None
    assert (whole["text"], whole["body"]) == ("Harga turun.", {"text": "Harga turun."})
    assert (await reader.get("claims", "c1") or {})["outlet_count"] == 3
    await reader.close()
    await writer.close()


async def test_a_migration_that_fails_leaves_the_file_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A damaged body keeps the file in its version; nothing of it is lost."""
    opened = Settings(data=tmp_path)
    _fourth_version(opened.store_path, monkeypatch, {"text": "Harga naik."})
    with contextlib.closing(sqlite3.connect(opened.store_path, isolation_level=None)) as raw:
        before = raw.execute("SELECT * FROM sources").fetchall()
        raw.execute("UPDATE sources SET body = x'00' WHERE doc = 1")
        with pytest.raises(StoreUnavailable):
            open_writer(opened)
        assert schema.version_of(raw) == 4
        raw.execute("UPDATE sources SET body = ? WHERE doc = 1", (before[0][2],))
        assert raw.execute("SELECT * FROM sources").fetchall() == before
    await open_writer(opened).close()


async def test_a_writer_from_before_writes_no_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Once another release has migrated the file: what it wrote could not be read."""
    opened = Settings(data=tmp_path)
    older = open_writer(opened)
    with contextlib.closing(sqlite3.connect(opened.store_path, isolation_level=None)) as raw:
        raw.execute(f"PRAGMA user_version = {len(schema.MIGRATIONS) + 1}")
    with pytest.raises(StoreUnavailable, match="update Kliping"):
        await older.apply([[put("claims", claim("c1", "Kami menang"))]])
    await older.close()


async def test_a_damaged_document_is_an_error_of_the_store(tmp_path: Path) -> None:
    """As whatever else SQLite cannot read."""
    opened = Settings(data=tmp_path)
    writer, reader = open_writer(opened), open_reader(opened)
    await writer.apply([[put("claims", claim("c1", "Kami menang"))]])
    with contextlib.closing(sqlite3.connect(opened.store_path, isolation_level=None)) as raw:
        raw.execute("UPDATE contents SET document = ?", (orjson.dumps(claim("c1", "Kami menang")),))
    with pytest.raises(StoreUnavailable):
        await reader.search(SearchRequest(kind="claims", query="menang"))
    with pytest.raises(StoreUnavailable):
        await writer.apply([[put("claims", claim("c1", "Kami kalah"), version=2)]])
    await reader.close()
    await writer.close()
