"""``kliping setup`` on a server."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from opensearchpy import AsyncOpenSearch
from opensearchpy.exceptions import ConnectionError as OpenSearchConnectionError

from kliping_shared.errors import SettingsError, StoreUnavailable
from kliping_shared.settings import Settings
from kliping_shared.store.opensearch.client import connect, meaning
from kliping_shared.store.opensearch.mappings import BOOKKEEPING
from kliping_shared.store.opensearch.names import FAMILIES, Family, Names
from kliping_shared.store.opensearch.schema import SCHEMA_VERSION, mappings
from kliping_shared.store.opensearch.setup import NewerSchema, State, ensure_indices, wait_for

docker = [pytest.mark.docker, pytest.mark.timeout(300)]

STORIES: Family = "stories"


def on_server(test: Any) -> Any:
    """The test needs the server."""
    for mark in docker:
        test = mark(test)
    return test


async def set_up(client: AsyncOpenSearch, names: Names) -> State:
    return await ensure_indices(client, names, families=(STORIES,))


@on_server
async def test_everything_is_made_once(client: AsyncOpenSearch, opensearch: Settings) -> None:
    """The first run makes an index with both aliases for each family, the second changes nothing."""
    names = Names(opensearch.index_prefix)
    first = await ensure_indices(client, names)
    made = await client.indices.get_alias(index=f"{names.prefix}-*")
    assert await ensure_indices(client, names) == first == State(first.indices, (), ())
    assert await client.indices.get_alias(index=f"{names.prefix}-*") == made
    assert set(made) == {names.index(family, 1) for family in FAMILIES}
    assert {alias for index in made.values() for alias in index["aliases"]} == {
        alias for family in FAMILIES for alias in (names.alias(family), names.write_alias(family))
    }
    for family in FAMILIES:  # as asked for, so that setup of another version can tell what differs
        properties = (await client.indices.get_mapping(index=names.index(family, 1)))[names.index(family, 1)]
        assert properties["mappings"]["properties"] == {**BOOKKEEPING, **mappings(family)["properties"]}


@on_server
async def test_stored_queries_find_documents(client: AsyncOpenSearch, opensearch: Settings) -> None:
    """A query that is kept among the stored ones is found by a document that it matches, in any form of its words."""
    names = Names(opensearch.index_prefix)
    await ensure_indices(client, names, families=("queries",))
    stored = {"query": {"match_phrase": {"text": "menolak usul"}}, "stored": {"id": "q", "about": "claims"}}
    await client.index(index=names.write_alias("queries"), id="q", body=stored, params={"refresh": "true"})
    for text, found in (("Ia mengatakan penolakan usulnya.", ["q"]), ("Ia menerima usul.", [])):
        query = {"percolate": {"field": "query", "document": {"text": text, "speaker": "Kim"}}}
        answer = await client.search(index=names.alias("queries"), body={"query": query})
        assert [hit["_id"] for hit in answer["hits"]["hits"]] == found


@on_server
async def test_unknown_fields_are_refused(client: AsyncOpenSearch, opensearch: Settings) -> None:
    """A document with a field that the model has not is an error, not a new field."""
    names = Names(opensearch.index_prefix)
    await set_up(client, names)
    lines = [{"index": {"_id": "a"}}, {"title": "x", "novel": 1}]
    answer = await client.bulk(body=lines, index=names.write_alias(STORIES))
    assert answer["items"][0]["index"]["error"]["type"] == "strict_dynamic_mapping_exception"


@on_server
async def test_only_live_documents_are_shown(client: AsyncOpenSearch, opensearch: Settings) -> None:
    """What is not live is behind the write alias only."""
    names = Names(opensearch.index_prefix)
    await set_up(client, names)
    for name, live in (("a", True), ("b", False)):
        body = {"story_id": name, "title": "x", "live": live}
        await client.index(index=names.write_alias(STORIES), id=name, body=body, params={"refresh": "true"})
    assert (await client.count(index=names.alias(STORIES)))["count"] == 1
    assert (await client.count(index=names.write_alias(STORIES)))["count"] == 2


@on_server
async def test_an_older_template_is_replaced(client: AsyncOpenSearch, opensearch: Settings) -> None:
    """A template of an earlier version becomes this one's."""
    names = Names(opensearch.index_prefix)
    older = {"template": {"settings": {"number_of_shards": 3}}, "version": SCHEMA_VERSION - 1}
    await client.cluster.put_component_template(name=names.settings_component, body=older)
    await set_up(client, names)
    found = await client.cluster.get_component_template(name=names.settings_component)
    assert found["component_templates"][0]["component_template"]["version"] == SCHEMA_VERSION
    settings = (await client.indices.get_settings(index=names.index(STORIES, 1)))[names.index(STORIES, 1)]
    assert settings["settings"]["index"]["number_of_shards"] == "1"


@on_server
async def test_a_newer_template_is_refused(client: AsyncOpenSearch, opensearch: Settings) -> None:
    """What a later Kliping has set up is left alone, and the message says what to do."""
    names = Names(opensearch.index_prefix)
    newer = {"template": {}, "version": SCHEMA_VERSION + 1}
    await client.cluster.put_component_template(name=names.settings_component, body=newer)
    with pytest.raises(NewerSchema, match="update Kliping"):
        await set_up(client, names)
    assert not await client.indices.exists(index=names.index(STORIES, 1))


@on_server
@pytest.mark.parametrize(
    ("field", "definition", "outdated"), [("article_count", None, ()), ("title", {"type": "text"}, (STORIES,))]
)
async def test_an_index_of_an_earlier_version(
    client: AsyncOpenSearch, opensearch: Settings, field: str, definition: Any, outdated: tuple[Family, ...]
) -> None:
    """A field that is new is added to an index that is there; one that is mapped otherwise asks for a reindex."""
    names = Names(opensearch.index_prefix)
    await set_up(client, names)
    index = names.index(STORIES, 1)
    await client.indices.delete(index=index)
    await client.indices.delete_index_template(name=names.template(STORIES))
    component = await client.cluster.get_component_template(name=names.settings_component)
    body = component["component_templates"][0]["component_template"]["template"]
    earlier = mappings(STORIES)
    earlier["_meta"]["kliping"]["schema"] -= 1
    earlier["properties"].pop(field)
    earlier["properties"] |= {field: definition} if definition else {}
    await client.indices.create(index=index, body={**body, "mappings": earlier})
    assert (await set_up(client, names)).outdated == outdated
    properties = (await client.indices.get_mapping(index=index))[index]["mappings"]["properties"]
    assert {*mappings(STORIES)["properties"], *BOOKKEEPING} <= set(properties)


@asynccontextmanager
async def answering(status: str, body: str) -> AsyncIterator[str]:
    """A server that gives every request this answer; its address."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(65536)
        head = f"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
        writer.write(f"{head}{body}".encode())
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
        yield f"127.0.0.1:{server.sockets[0].getsockname()[1]}"


async def waited(settings: Settings, seconds: float = 0.5) -> None:
    client = connect(settings)
    try:
        await wait_for(client, settings, seconds)
    finally:
        await client.close()


async def test_a_wrong_password_is_told_at_once() -> None:
    """A refused user is the person's to mend: no waiting, the settings are named, the password is not."""
    async with answering("401 Unauthorized", "Unauthorized") as address:
        settings = Settings(opensearch_url=f"http://{address}", opensearch_user="eka", opensearch_password="rahasia")  # type: ignore[arg-type]
        with pytest.raises(SettingsError, match="KLIPING_OPENSEARCH_PASSWORD") as caught:
            await waited(settings, 60)
    assert "'eka'" in str(caught.value)
    assert "rahasia" not in str(caught.value)


async def test_no_tls_is_told_at_once() -> None:
    """A server that speaks no TLS behind an https:// address is told of."""
    async with answering("200 OK", "{}") as address:
        with pytest.raises(SettingsError, match="TLS"):
            await waited(Settings(opensearch_url=f"https://{address}"), 60)


def test_an_untrusted_certificate_names_the_setting() -> None:
    """A certificate of an unknown authority asks for KLIPING_OPENSEARCH_CA."""
    untrusted = ssl.SSLCertVerificationError(1, "certificate verify failed")
    untrusted.verify_message = "unable to get local issuer certificate"
    told = meaning(OpenSearchConnectionError("N/A", "", untrusted), Settings(opensearch_url="https://search:9200"))
    assert isinstance(told, SettingsError)
    assert "KLIPING_OPENSEARCH_CA" in str(told)
    assert "local issuer" in str(told)


async def test_waiting_ends() -> None:
    """Nobody there, or a server that is still starting: waited for, so long and no longer, with the reason."""
    with pytest.raises(StoreUnavailable, match="does not answer"):
        await waited(Settings(opensearch_url="http://127.0.0.1:9"))
    async with answering("503 Service Unavailable", "not initialized") as address:
        with pytest.raises(StoreUnavailable, match="503"):
            await waited(Settings(opensearch_url=f"http://{address}"))


@pytest.mark.parametrize("url", ["search:9200", "ftp://search", "http://", "nonsense"])
def test_an_address_that_is_none(url: str) -> None:
    """What is no http address is named with an example."""
    with pytest.raises(SettingsError, match="KLIPING_OPENSEARCH_URL"):
        connect(Settings(opensearch_url=url))


def test_certificates_that_are_not_there() -> None:
    """A file of certificates that cannot be read is named."""
    with pytest.raises(SettingsError, match="KLIPING_OPENSEARCH_CA"):
        connect(Settings(opensearch_url="https://search:9200", opensearch_ca="nowhere.pem"))  # type: ignore[arg-type]
