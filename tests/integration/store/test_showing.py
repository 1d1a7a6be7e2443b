"""A group and a story as API and page show them, over each store."""

from __future__ import annotations

import csv
import io
from collections.abc import AsyncIterator
from typing import Any

import pytest
from httpx import ASGITransport, AsyncClient

from kliping_index.domain.documents import changes
from kliping_link.linker import link_all
from kliping_search.api.answers import ShownGroup, ShownStory
from kliping_search.app import build as build_app
from kliping_search.lookup import Store
from kliping_search.settings import SearchSettings
from kliping_shared.store.documents import StoryDocument
from tests.integration.store.builders import claim, group, put
from tests.integration.store.conftest import OpenStore
from tests.unit.link.building import Draft, Said, build

RATNA = "Ratna Suherman"
DAM = Said(RATNA, "tanggul Kalibening diperiksa terakhir bulan Juli tanpa retakan")
SEED = Said(RATNA, "benih padi yang rusak akan diganti sebelum masa tanam")
TWELVE = Said(RATNA, "banjir merendam 12 desa di hilir Kalibening", numbers=((12, "desa", "12 desa"),))
FIFTEEN = Said(RATNA, "banjir merendam 15 desa di hilir Kalibening", numbers=((15, "desa", "15 desa"),))
ALONE = Said("Suminah", "dua cucu saya selamat di atas lemari")
AGENCY = "Tanggul Kalibening di Tirtasari jebol dini hari setelah hujan lebat, ribuan warga mengungsi ke balai desa."
#: Two origins in three outlets: they agree on the dam, tell other numbers of villages; the seed is the agency's alone.
DRAFTS = (
    Draft("a", (DAM, TWELVE, ALONE), lead="Warga Tirtasari mengungsi, tanggul Kalibening jebol.", outlet="Kabar"),
    Draft("b", (DAM, FIFTEEN, SEED), lead=AGENCY, outlet="Warta", origin="Merapi", title="Tanggul jebol"),
    Draft("c", (SEED,), lead=AGENCY, outlet="Lensa", origin="Merapi", title="Benih diganti", day=1),
)


@pytest.fixture
async def client(store: OpenStore) -> AsyncIterator[AsyncClient]:
    """A browser, or a program, that asks a page over the store."""
    app = build_app(SearchSettings(), Store(store.reader, 10))
    async with AsyncClient(transport=ASGITransport(app), base_url="http://localhost") as asking:
        yield asking


@pytest.fixture
async def story(store: OpenStore) -> dict[str, Any]:
    """The story of the drafts, linked and indexed."""
    for article in link_all([build(draft) for draft in DRAFTS]):
        await store.add(*changes(article))
    (hit,) = (await store.search(kind="stories")).hits
    return dict(hit.document)


async def test_a_story_tells_its_claims_by_how_outlets_stand_to_them(
    client: AsyncClient, story: dict[str, Any]
) -> None:
    """Agreed, disputed and single-source claims, each with the group that it leads to; the API keeps to its schema."""
    answer = (await client.get(f"/api/v1/stories/{story['story_id']}")).json()
    claims = ShownStory.model_validate(answer).claims
    assert [one.text for one in claims.single_source] == [ALONE.text]
    assert [(one.text, one.outlet) for one in claims.agreed] == [(DAM.text, ["Kabar", "Warta"])]
    assert [(one.text, one.outlet) for one in claims.copied] == [(SEED.text, ["Lensa", "Warta"])]
    (disputed,) = claims.disputed
    assert {variant.value for told in disputed.differences for variant in told.variants} == {"12 desa", "15 desa"}
    assert answer["articles"][0]["title"].startswith("Warga Tirtasari")
    assert answer["articles"][1]["title"] == "Tanggul jebol"
    page = (await client.get(f"/stories/{story['story_id']}")).text
    assert all(f"/groups/{one.group_id}" in page for one in (*claims.single_source, *claims.copied, disputed))


async def test_a_story_tells_who_has_what(client: AsyncClient, story: dict[str, Any]) -> None:
    """A row for each claim of several outlets, a cell for each outlet; the page has them as a table."""
    answer = (await client.get(f"/api/v1/stories/{story['story_id']}")).json()
    told = ShownStory.model_validate(answer).matrix
    assert told.outlets == ["Warta", "Kabar", "Lensa"]
    assert {row.text: [str(cell.stand) for cell in row.cells] for row in told.rows} == {
        DAM.text: ["has", "has", "silent"],
        SEED.text: ["has", "silent", "has"],
        min(TWELVE.text, FIFTEEN.text): ["otherwise", "otherwise", "silent"],
    }
    assert told.alone == {"Kabar": 1}
    page = (await client.get(f"/stories/{story['story_id']}")).text
    table = page[page.index("<table") : page.index("</table>")]
    assert table.count('scope="row"') == len(told.rows) + 1
    assert all(outlet in table for outlet in ("Warta", "Kabar", "Lensa", "12 desa", "15 desa"))


async def test_who_has_what_is_taken_away(client: AsyncClient, story: dict[str, Any]) -> None:
    """As a table for spreadsheets and as the API tells it; the page leads to both."""
    address = f"/api/v1/stories/{story['story_id']}"
    shown = (await client.get(address)).json()["matrix"]
    assert (await client.get(f"{address}/matrix.json")).json() == shown
    answer = await client.get(f"{address}/matrix.csv")
    assert answer.headers["content-type"].startswith("text/csv")
    header, *rows = csv.reader(io.StringIO(answer.text))
    assert header == ["group_id", "claim", "speaker", "agreement", "Warta", "Kabar", "Lensa"]
    assert {row[1]: row[2:] for row in rows} == {
        DAM.text: [RATNA, "agreed", "has", "has", "silent"],
        SEED.text: [RATNA, "copied", "has", "silent", "has"],
        min(TWELVE.text, FIFTEEN.text): [RATNA, "disputed", "otherwise: 15 desa", "otherwise: 12 desa", "silent"],
    }
    page = (await client.get(f"/stories/{story['story_id']}")).text
    assert all(f'href="{address}/matrix.{suffix}"' in page for suffix in ("csv", "json"))
    assert (await client.get("/api/v1/stories/s-none/matrix.csv")).status_code == 404


async def test_a_group_tells_its_story_and_compares_its_wordings(client: AsyncClient, story: dict[str, Any]) -> None:
    """Pieces give the wording back; the page marks what differs and leads to the story."""
    shown = (await client.get(f"/api/v1/stories/{story['story_id']}")).json()
    answer = (await client.get(f"/api/v1/groups/{shown['claims']['disputed'][0]['group_id']}")).json()
    found = ShownGroup.model_validate(answer)
    assert [one.story_id for one in found.stories] == [story["story_id"]]
    first, other = found.wordings
    assert first.drift is None
    assert other.drift is not None
    assert "".join(piece.text for piece in other.drift.pieces) == other.text
    assert [(piece.first, piece.text) for piece in other.drift.pieces if piece.telling] == [("12", "15")]
    page = (await client.get(f"/groups/{found.group_id}")).text
    assert '<del class="telling">12</del> <ins class="telling">15</ins>' in page
    assert f"/stories/{story['story_id']}" in page


@pytest.mark.usefixtures("story")
async def test_without_a_query_groups_come_in_the_order_of_outlets(client: AsyncClient) -> None:
    """By API as on the page; an order that is asked for is kept."""
    several = [hit["outlet_count"] for hit in (await client.get("/api/v1/groups")).json()["hits"]]
    assert len(set(several)) > 1
    assert several == sorted(several, reverse=True)
    newest = (await client.get("/api/v1/groups?sort=newest")).json()["hits"]
    assert [hit["first_seen"] for hit in newest] == sorted((hit["first_seen"] for hit in newest), reverse=True)


async def test_no_claim_of_a_large_story_is_left_out(client: AsyncClient, store: OpenStore) -> None:
    """However many claims it has, all of their groups are told."""
    count = 230
    numbers = range(count)
    document = StoryDocument(story_id="s1", title="Banjir", articles=[]).model_dump(mode="json")
    await store.add(
        put("stories", document),
        *(put("groups", group(f"g{number}", f"Air naik {number}", outlet=["Kabar"])) for number in numbers),
        *(put("claims", claim(f"c{number}", "Air", group_id=f"g{number}", story_id="s1")) for number in numbers),
    )
    answer = (await client.get("/api/v1/stories/s1")).json()
    assert len({one["group_id"] for one in answer["claims"]["single_source"]}) == count


@pytest.mark.parametrize("kind", ["groups", "stories"])
async def test_what_is_not_there_is_told(client: AsyncClient, kind: str) -> None:
    """Not found, as a problem for programs and as a page for people."""
    problem = await client.get(f"/api/v1/{kind}/nothing")
    assert (problem.status_code, problem.headers["content-type"]) == (404, "application/problem+json")
    assert (await client.get(f"/{kind}/nothing")).status_code == 404


async def test_the_api_says_what_it_answers(client: AsyncClient) -> None:
    """The answers for one group and one story have schemas of their own, with drift and claims."""
    schema = (await client.get("/api/v1/openapi.json")).json()
    for kind, name in (("groups", "ShownGroup"), ("stories", "ShownStory")):
        answer = schema["paths"][f"/api/v1/{kind}/{{id}}"]["get"]["responses"]["200"]
        assert answer["content"]["application/json"]["schema"] == {"$ref": f"#/components/schemas/{name}"}


async def test_a_group_is_joined_with_another_of_its_speaker_by_choosing_it(
    client: AsyncClient, store: OpenStore, story: dict[str, Any]
) -> None:
    """Nobody has to know an id. Neither the group itself nor what others say is among them."""
    groups = {hit.document["text"]: hit.id for hit in (await store.search(kind="groups")).hits}
    page = (await client.get(f"/groups/{groups[DAM.text]}")).text
    offered = {text for text, group_id in groups.items() if f'<option value="{group_id}"' in page}
    assert SEED.text in offered
    assert not offered & {DAM.text, ALONE.text}
