"""A story as a report."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from httpx import ASGITransport, AsyncClient

from kliping_search.app import build
from kliping_search.reporting import numbered
from kliping_search.settings import SearchSettings
from kliping_shared.store import open_writer
from kliping_shared.store.documents import StoryDocument
from tests.integration.store.builders import article, claim, group, put

MEMBERS = [
    {"article_id": "a1", "outlet": "Kabar Pesisir", "origin": None, "title": "Air naik", "published_at": "2023-09-13T08:00:00+07:00"},
    {"article_id": "a2", "outlet": "Warta", "origin": "Nusa", "title": None, "published_at": "2023-09-12T08:00:00+07:00"},
]  # fmt: skip


def wording(name: str, article_id: str, outlet: str, text: str) -> dict[str, Any]:
    """A wording of a group."""
    return {
        "claim_id": name, "article_id": article_id, "outlet": outlet, "origin": None, "via": None, "title": None,
        "published_at": None, "speaker": "Rudi Hartono", "kind": "direct", "stance": "neutral", "text": text, "match": None,
        "quantities": [],
    }  # fmt: skip


async def page(tmp_path: Path, address: str) -> tuple[int, str]:
    """A page over a store with a story of two articles whose outlets contradict each other."""
    settings = SearchSettings(data=tmp_path)
    disputed = group(
        "g1", "Air naik 2 meter", speaker=["Rudi Hartono"], outlet=["Kabar Pesisir", "Warta"], outlet_count=2, origin_count=2,
        agreement="disputed", wordings=[
            wording("c1", "a1", "Kabar Pesisir", "Air naik 2 meter"), wording("c2", "a2", "Warta", "Air <b>naik</b> 3 meter"),
        ],
        differences=[{"particular": "number", "thing": "meter", "alone": [], "variants": [
            {"value": "2", "claim_ids": ["c1"], "outlets": ["Kabar Pesisir"]}, {"value": "3", "claim_ids": ["c2"], "outlets": ["Warta"]},
        ]}],
    )  # fmt: skip
    story = StoryDocument(
        story_id="s1", title="Air naik di kota", outlet=["Kabar Pesisir", "Warta"], outlet_count=2, origin_count=2,
        article_count=2, first_seen=MEMBERS[1]["published_at"], last_seen=MEMBERS[0]["published_at"], articles=MEMBERS,
    )  # fmt: skip
    writer = open_writer(settings)
    await writer.apply([[
        put("articles", article("a1", title="Air naik", outlet="Kabar Pesisir", url="https://kabar.example/1", story_id="s1")),
        put("articles", article("a2", title="Air surut?", outlet="Warta", story_id="s1", day="2023-09-12")),
        put("claims", claim("c1", "Air naik 2 meter", article_id="a1", group_id="g1", story_id="s1")),
        put("claims", claim("c2", "Air naik 3 meter", article_id="a2", group_id="g1", story_id="s1")),
        put("groups", disputed), put("stories", story.model_dump(mode="json")),
    ]])  # fmt: skip
    await writer.close()
    async with AsyncClient(transport=ASGITransport(build(settings)), base_url="http://localhost") as client:
        answer = await client.get(address)
    return answer.status_code, answer.text


async def test_a_report_tells_each_claim_with_its_sources(tmp_path: Path) -> None:
    """All wordings, what differs, who has it; sources by number with their addresses; when it was made, and by what."""
    status, text = await page(tmp_path, "/stories/s1/report")
    assert status == 200
    for told in (
        "Air naik di kota",
        "Disputed",
        "“Air naik 2 meter”",
        "https://kabar.example/1",
        "test 1",
        "[1]",
        "[2]",
    ):
        assert told in text, told
    assert "Air &lt;b&gt;naik&lt;/b&gt; 3 meter" in text
    assert text.index('id="source-1"') < text.index("Air surut?") < text.index('id="source-2"')
    assert "Agreed" not in text


async def test_a_story_leads_to_its_report(tmp_path: Path) -> None:
    """And there is none of a story that is not there."""
    assert 'href="/stories/s1/report"' in (await page(tmp_path, "/stories/s1"))[1]
    assert (await page(tmp_path, "/stories/none/report"))[0] == 404


def test_sources_are_numbered_in_time() -> None:
    """Each once; what is undated last; of one that is gone what is known of it."""
    undated = {"article_id": "a0", "outlet": "Pantai", "published_at": None}
    found = numbered([*MEMBERS, *MEMBERS, undated], [article("a2", title="Air surut?", day="2023-09-12")])
    assert [(one["number"], one["article_id"], one.get("title")) for one in found] == [
        (1, "a2", "Air surut?"), (2, "a1", "Air naik"), (3, "a0", None),
    ]  # fmt: skip
