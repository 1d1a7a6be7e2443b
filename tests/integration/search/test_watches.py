"""Watches by the API, the pages and the feeds, over a real broker and store."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

import pytest
from httpx import ASGITransport, AsyncClient, Response

import kliping_search.app
from kliping_search.formats import day
from kliping_search.settings import SearchSettings
from kliping_shared.keys import add_key
from kliping_shared.watching.keys import WATCHES, Place
from kliping_shared.watching.outbox import Outbox
from tests.integration.cli.conftest import Desk, api_of, desk
from tests.support.bus_bench import eventually
from tests.unit.link.building import Draft, Said, build

__all__ = ["desk"]

ALL = {"name": "Semua", "search": {"kind": "claims", "query": ""}}
HOOK = {"url": "https://desk.example/hook"}


@pytest.fixture
async def api(desk: Desk) -> AsyncIterator[AsyncClient]:
    """A client of the page's service on the folder."""
    async with api_of(desk) as client:
        yield client


async def page(api: AsyncClient, path: str, **form: str) -> Response:
    """A page, or what a form of it leads to."""
    address = f"http://localhost{path}"
    return await (api.post(address, data=form) if form else api.get(address))


async def made(api: AsyncClient, **fields: Any) -> dict[str, Any]:
    """A watch, made."""
    answer = await api.post("/watches", json=ALL | fields)
    assert answer.status_code == 201, answer.text
    told: dict[str, Any] = answer.json()
    return told


async def arrive(desk: Desk) -> None:
    """One more article with a claim."""
    said = Said("Ratna Suherman", "Jembatan gantung selesai tahun depan")
    await desk.publish([build(Draft("z", (said,), outlet="z", lead="Laporan z"))])


async def test_a_watch_tells_what_arrives(desk: Desk, api: AsyncClient) -> None:
    """What was there is no news; hits, counts, feeds and pages tell the same."""
    watch = await made(api)
    assert (watch["total"], watch["secret"], watch["active"]) == (0, None, True)
    await arrive(desk)
    path = f"/watches/{watch['watch_id']}"

    async def told() -> bool:
        return bool((await api.get(path)).json()["unread"] == 1)

    await eventually(told)
    (hit,) = (await api.get(f"{path}/hits")).json()
    assert (hit["found"]["id"], hit["watch_id"]) == ("z-0", watch["watch_id"])
    shown = (await page(api, path)).text
    assert "Jembatan gantung selesai" in shown
    assert 'rel="alternate" type="application/atom+xml"' in shown
    root = ET.fromstring((await page(api, f"{path}/feed.atom")).content)
    assert [one.text for one in root.iter("{http://www.w3.org/2005/Atom}id")][1:] == ["urn:kliping:claims:z-0"]
    assert (await page(api, f"{path}/feed.json")).json()["items"][0]["content_text"] == hit["found"]["text"]
    assert (await api.post(f"{path}/read")).status_code == 204
    assert (await api.get(path)).json()["unread"] == 0


async def test_a_secret_is_told_once(api: AsyncClient) -> None:
    """When the webhook is made, never again; another address keeps it."""
    watch = await made(api, webhook=HOOK)
    assert re.fullmatch(r"whsec_[A-Za-z0-9+/]{32}", watch["secret"])
    path = f"/watches/{watch['watch_id']}"
    moved = await api.patch(path, json={"webhook": {"url": "https://desk.example/other"}})
    assert (moved.json()["secret"], moved.json()["webhook"]["url"]) == (None, "https://desk.example/other")
    for answer in (await api.get(path), await api.get("/watches"), await page(api, path), await page(api, "/watches")):
        assert "whsec_" not in answer.text
    assert (await api.patch(path, json={"webhook": None})).json()["webhook"] is None
    assert (await api.patch(path, json={"webhook": HOOK})).json()["secret"] not in (None, watch["secret"])


async def test_who_may_only_read_is_not_told_how_to_watch(api: AsyncClient, desk: Desk) -> None:
    """Nothing on the pages would let him."""
    assert "then choose" in (await page(api, "/watches")).text
    given = SearchSettings(data=desk.settings.data, redis_url=desk.settings.redis_url)
    told = {"authorization": f"Bearer {add_key(given.keys_path, 'read', 'read')}"}
    app = kliping_search.app.build(given)
    async with AsyncClient(transport=ASGITransport(app), base_url="http://localhost", headers=told) as client:
        shown = (await client.get("/watches")).text
    assert ("Watches are made by who may correct." in shown, "then choose" in shown) == (True, False)


async def test_who_may_only_read_sees_where_a_webhook_leads_and_no_more(api: AsyncClient, desk: Desk) -> None:
    """Its address may hold a secret; who may change it sees all of it. Neither sees what it signs with."""
    secret = "https://desk.example/services/T0/B0/rahasia"
    path = f"/watches/{(await made(api, webhook={'url': secret}))['watch_id']}"
    given = SearchSettings(data=desk.settings.data, redis_url=desk.settings.redis_url)
    for role in ("read", "correct"):
        told = {"authorization": f"Bearer {add_key(given.keys_path, role, role)}"}
        app = kliping_search.app.build(given)
        async with AsyncClient(transport=ASGITransport(app), base_url="http://localhost", headers=told) as client:
            answers = [await client.get(f"/api/v1{one}") for one in (path, "/watches")]
            answers += [await client.get(one) for one in (path, "/watches")]
        webhook = answers[0].json()["webhook"]
        assert (webhook["host"], webhook["url"]) == ("desk.example", None if role == "read" else secret)
        assert answers[1].json()[0]["webhook"] == webhook
        assert "desk.example" in answers[2].text
        assert any("rahasia" in answer.text for answer in answers) == (role == "correct")
        assert ("<button" in answers[2].text.partition("<main")[2].partition("</main")[0]) == (role == "correct")
        assert not any("whsec_" in answer.text for answer in answers)


async def test_a_watch_that_cannot_be_read_is_told_of_and_removed(api: AsyncClient, desk: Desk) -> None:
    """It holds up no other; its page and the API say why, without what may be secret in it."""
    other = await made(api)
    await desk.client.hset(WATCHES, "w0", '{"watch_id": "w0", "rahasia": "whsec_x"}')
    unreadable, read = (await api.get("/watches")).json()
    assert (unreadable["watch_id"], read["watch_id"]) == ("w0", other["watch_id"])
    for answer in (await api.get("/watches/w0"), await page(api, "/watches/w0"), await page(api, "/watches")):
        assert unreadable["unreadable"] in unescape(answer.text)
        assert "whsec_x" not in answer.text
    assert [(await api.get("/watches/w0")).status_code, (await page(api, "/watches/w0")).status_code] == [409, 409]
    assert (await page(api, "/watches/w0/pause", ok="1")).status_code == 409
    assert (await page(api, "/watches/w0/feed.atom")).status_code == 409
    assert (await page(api, "/watches/w0/remove", ok="1")).headers["location"] == "/watches"
    assert [one["watch_id"] for one in (await api.get("/watches")).json()] == [other["watch_id"]]


async def test_what_was_not_sent_is_told(api: AsyncClient, desk: Desk) -> None:
    """On the watch's page and by the API, with the day; nobody finds out by himself that something is missing."""
    watch = await made(api, webhook=HOOK)
    path = f"/watches/{watch['watch_id']}"
    await api.post(f"{path}/test")
    later = (datetime.now(UTC) + timedelta(days=15)).replace(hour=18)
    assert await Outbox(desk.client, "one").shed(Place(watch["watch_id"], "webhook"), later) == 1
    told = (await api.get(path)).json()["webhook"]
    assert (told["waiting"], told["dropped"], told["dropped_at"][:10]) == (0, 1, f"{later:%Y-%m-%d}")
    here = later.astimezone(ZoneInfo("Asia/Jakarta")).date()
    assert f"1 not sent, the last on {day(here.isoformat())}" in (await page(api, path)).text


async def test_a_watch_is_changed_and_removed(api: AsyncClient) -> None:
    """What is not given stays."""
    watch = await made(api, mail={"to": "a@desk.example", "every_minutes": 60})
    path = f"/watches/{watch['watch_id']}"
    changed = (await api.patch(path, json={"active": False, "name": "Lain"})).json()
    assert (changed["active"], changed["name"], changed["mail"]["every_minutes"]) == (False, "Lain", 60)
    sent = await api.post(f"{path}/test")
    assert (sent.status_code, sent.json()["test"]) == (202, True)
    assert (await api.get(path)).json()["mail"]["waiting"] == 1
    assert (await api.post(f"{path}/resume")).status_code == 204
    assert (await api.delete(path)).status_code == 204
    assert (await api.get(path)).status_code == (await api.delete(path)).status_code == 404
    assert (await api.get("/watches")).json() == []


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"name": ""}, "name"),
        ({"search": {"query": "speaker:("}}, ""),
        ({"search": {"kind": "stories", "filters": {"speaker": ["x"]}}}, "speaker"),
        ({"search": {"kind": "claims", "date_from": "soon"}}, "soon"),
        ({"webhook": {"url": "file:///etc/passwd"}}, "no address"),
        ({"mail": {"to": "a@b.example\nBcc: c@d.example"}}, "mail"),
    ],
)
async def test_mistakes_are_problems_and_make_nothing(api: AsyncClient, fields: dict[str, Any], said: str) -> None:
    """With what was wrong."""
    answer = await api.post("/watches", json=ALL | fields)
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    assert said in answer.json()["detail"]
    assert (await api.get("/watches")).json() == []


async def test_the_forms_do_the_same(api: AsyncClient) -> None:
    """Made from any search, changed, rested, tried, removed: without a script."""
    found = (await page(api, "/?q=jembatan&outlet=Gema&not.speaker=Rudi")).text
    new = re.search(r'href="(/watches/new\?[^"]+)"', found)
    assert new
    form = await page(api, new[1].replace("&amp;", "&"))
    search = re.search(r'name="search" value="([^"]+)"', form.text)
    assert search
    given = {"name": "Jembatan", "search": search[1].replace("&amp;", "&"), "webhook": HOOK["url"], "every": "0"}
    shown = await page(api, "/watches", **given)
    assert (shown.status_code, "whsec_" in shown.text) == (200, True)
    (watch,) = (await api.get("/watches")).json()
    assert watch["search"]["filters"] == {"outlet": ["Gema"]}
    assert watch["search"]["excluded"] == {"speaker": ["Rudi"]}
    path = f"/watches/{watch['watch_id']}"
    moved = await page(api, path, name="Jembatan gantung", webhook="", mail="a@desk.example", every="60")
    assert (moved.status_code, moved.headers["location"]) == (303, path)
    assert (await api.get(path)).json()["mail"]["to"] == "a@desk.example"
    for action, status in (
        ("pause", 303),
        ("go-on", 303),
        ("test", 303),
        ("resume", 303),
        ("read", 303),
        ("dance", 400),
    ):
        assert (await page(api, f"{path}/{action}", ok="1")).status_code == status
    refused = await page(api, path, name="x", webhook="ftp://a", every="0")
    assert (refused.status_code, "no address" in refused.text) == (400, True)
    assert (await page(api, f"{path}/remove", ok="1")).headers["location"] == "/watches"
    assert "/watches/w" not in (await page(api, "/watches")).text


async def test_a_person_is_listened_to_from_his_page(api: AsyncClient, desk: Desk) -> None:
    """Two clicks from the page of a name: what the alert is called says who is quoted again, and on what."""
    entity = (await page(api, "/entities/PER/Ratna%20Suherman")).text
    form = re.search(
        r'<form class="listen" action="(/watches/new)".*?name="speaker" value="([^"]+)".*?</form>', entity, re.S
    )
    assert form
    assert 'name="about"' in form[0]
    asked = await page(api, f"{form[1]}?speaker={form[2]}&about=jembatan+gantung")
    name, search = (re.search(rf'name="{field}"[^>]* value="([^"]+)"', asked.text) for field in ("name", "search"))
    assert name
    assert search
    assert name[1] == "Ratna Suherman is quoted again on jembatan gantung"
    await page(api, "/watches", name=name[1], search=unescape(search[1]), every="0")
    (watch,) = (await api.get("/watches")).json()
    await desk.publish([build(Draft("x", (Said("Rudi", "Jembatan gantung selesai"),), outlet="x", lead="Laporan x"))])
    await arrive(desk)

    async def told() -> bool:
        return bool((await api.get(f"/watches/{watch['watch_id']}")).json()["unread"] == 1)

    await eventually(told)
    (hit,) = (await api.get(f"/watches/{watch['watch_id']}/hits")).json()
    assert (hit["name"], hit["found"]["id"]) == (name[1], "z-0")


async def test_a_search_that_cannot_be_watched_says_so_on_the_form(api: AsyncClient) -> None:
    """What was filled in stays."""
    answer = await page(api, "/watches", name="Banjir", search="q=banjir", webhook="ftp://x", every="0")
    assert (answer.status_code, "no address" in answer.text, 'value="Banjir"' in answer.text) == (400, True, True)
    broken = await page(api, "/watches/new?q=%28")
    assert broken.status_code == 400


async def test_every_search_is_a_feed(api: AsyncClient) -> None:
    """Newest first, with the search's own filters; a query that cannot be understood is told."""
    root = ET.fromstring((await page(api, "/feed.atom")).content)
    assert (
        len(root.findall("{http://www.w3.org/2005/Atom}entry"))
        == len((await page(api, "/feed.json")).json()["items"])
        > 2
    )
    assert (await page(api, "/feed.json?q=tiadasamasekali")).json()["items"] == []
    assert (await page(api, "/feed.atom?q=%28")).status_code == 400
    assert "/feed.atom?q=jembatan" in (await page(api, "/?q=jembatan")).text
