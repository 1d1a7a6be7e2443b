"""Taking all that a search finds away, from each store."""

from __future__ import annotations

import csv
import io
import json
from contextlib import aclosing
from typing import Any

import pytest
from pyarrow import parquet

from kliping_shared.errors import QueryError
from kliping_shared.export import FORMATS, FormatName, Tally, encoded
from kliping_shared.store.documents import KINDS, Kind
from kliping_shared.store.ports import SearchRequest
from tests.integration.store.builders import article, claim, group, put
from tests.integration.store.conftest import OpenStore

TABLES: tuple[FormatName, ...] = ("csv", "jsonl", "parquet")
#: More than is encoded at once.
MANY = 2_050


async def file(store: OpenStore, name: FormatName, **wanted: Any) -> bytes:
    """The whole file."""
    request = SearchRequest(**wanted)
    return b"".join([part async for part in encoded(store.reader, request, FORMATS[name].encoder(request.kind, False))])


def rows(name: FormatName, content: bytes) -> list[dict[str, Any]]:
    """What the file holds."""
    if name == "csv":
        return list(csv.DictReader(io.StringIO(content.decode(), newline="")))
    if name == "jsonl":
        return [json.loads(line) for line in content.splitlines()]
    return list(parquet.read_table(io.BytesIO(content)).to_pylist())


@pytest.mark.parametrize("name", TABLES)
async def test_nothing_is_cut_off(store: OpenStore, name: FormatName) -> None:
    """However many there are, each is there once, in the search's order, under its filters; ``limit`` does not count."""
    claims = [
        claim(f"c{number:04}", "air naik", outlet="B" if number % 9 == 0 else "A") for number in range(MANY * 9 // 8)
    ]
    await store.writer.apply([[put("claims", document) for document in claims]])
    found = rows(
        name, await file(store, name, kind="claims", query="air", filters={"outlet": ("A",)}, sort="oldest", limit=3)
    )
    assert [row["claim_id"] for row in found] == [one["claim_id"] for one in claims if one["outlet"] == "A"]


async def test_each_document_has_its_sources(store: OpenStore) -> None:
    """Outlet, origin, address, path and id of the articles behind it; an article that is gone leaves its place empty."""
    there = article(
        "a1",
        author="Sri Wahyuni",
        outlet="Kabar Pesisir",
        origin="Nusa",
        url="https://kabar.example/1",
        path="satu.txt",
    )
    wordings: list[dict[str, Any]] = [
        {"claim_id": "c1", "article_id": "a1", "outlet": "Kabar Pesisir", "origin": "Nusa"},
        {"claim_id": "c2", "article_id": "a1", "outlet": "Kabar Pesisir", "origin": "Nusa"},
        {"claim_id": "c9", "article_id": "gone", "outlet": "Warta", "origin": None},
    ]
    await store.add(
        put("articles", there),
        put("claims", claim("c1", "air naik")),
        put("groups", group("g1", "air naik", wordings=wordings)),
    )
    for name in TABLES:
        one = rows(name, await file(store, name, kind="claims"))[0]
        assert (one["article_id"], one["author"], one["url"]) == ("a1", "Sri Wahyuni", "https://kabar.example/1")
        one = rows(name, await file(store, name, kind="articles"))[0]
        assert (one["url"], one["path"]) == ("https://kabar.example/1", "satu.txt")
    one = rows("jsonl", await file(store, "jsonl", kind="groups"))[0]
    assert one["wordings"] == wordings
    told = {name: value for name, value in one.items() if name.startswith("source_")}
    assert told == {
        "source_article_ids": ["a1", "gone"],
        "source_outlets": ["Kabar Pesisir", "Warta"],
        "source_origins": ["Nusa", None],
        "source_urls": ["https://kabar.example/1", None],
        "source_paths": ["satu.txt", None],
    }
    assert rows("parquet", await file(store, "parquet", kind="groups"))[0].items() >= told.items()
    assert rows("csv", await file(store, "csv", kind="groups"))[0]["source_outlets"] == "Kabar Pesisir; Warta"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", TABLES)
async def test_nothing_found_is_a_file_too(store: OpenStore, name: FormatName, kind: Kind) -> None:
    """Of an empty store as well."""
    assert rows(name, await file(store, name, kind=kind)) == []


async def test_a_query_that_cannot_be_understood_is_told(store: OpenStore) -> None:
    """As by the search itself."""
    with pytest.raises(QueryError):
        await file(store, "csv", query='"tak tertutup')


async def test_who_stops_in_the_middle_holds_nothing(store: OpenStore) -> None:
    """The store searches and writes on, and the tally tells how far it came."""
    await store.writer.apply([[put("claims", claim(f"c{number}", "air")) for number in range(MANY)]])
    tally = Tally()
    for _ in range(20):
        encoder = FORMATS["jsonl"].encoder("claims", False)
        async with aclosing(encoded(store.reader, SearchRequest(kind="claims"), encoder, tally)) as parts:
            await anext(parts)
            await anext(parts)
    assert 0 <= tally.documents <= 20 * MANY
    await store.add(put("claims", claim("later", "pasang")))
    assert await store.ids("pasang", kind="claims") == ["later"]


async def test_articles_are_read_without_their_reading_view(store: OpenStore) -> None:
    """Which is most of them; asked for, it is there."""
    await store.add(put("articles", article("a1", body={"text": "isi"})))
    (bare,) = await store.reader.get_many("articles", ["a1"], body=False)
    (whole,) = await store.reader.get_many("articles", ["a1"])
    assert (bool(bare.get("body")), whole["body"]) == (False, {"text": "isi"})


async def test_what_is_found_is_cited(store: OpenStore) -> None:
    """Articles, and claims with their article's author and address."""
    there = article("a1", author="Sri Wahyuni", url="https://kabar.example/1")
    await store.add(put("articles", there), put("claims", claim("c1", "air naik")))
    cited: dict[Kind, str] = {"articles": "a1", "claims": "c1"}
    for kind, name in cited.items():
        (item,) = json.loads(await file(store, "csl.json", kind=kind))
        assert (item["id"], item["author"], item["URL"]) == (name, [{"literal": "Sri Wahyuni"}], there["url"])
        assert f"ID  - {name}\r\n".encode() in await file(store, "ris", kind=kind)
