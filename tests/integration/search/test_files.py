"""Files brought in by the API and the page, through the folder's own service; how far they are; trying again."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from httpx import ASGITransport, AsyncClient

from kliping_search.app import build
from kliping_search.lookup import Store
from kliping_search.settings import SearchSettings
from kliping_shared.bus import TrailEntry
from kliping_shared.errors import StoreUnavailable
from kliping_shared.inbox.whereabouts import articles_at
from kliping_shared.store import open_reader, open_writer
from kliping_shared.store.documents import Kind
from tests.integration.store.builders import article, put
from tests.support.serving import served
from tests.unit.ingest.builders import TEXT
from tests.unit.ingest.fakes import FakePublisher, drained, files_below

FORM = {"content-type": "multipart/form-data; boundary=X"}


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """An empty inbox."""
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


def settings(tmp_path: Path, **given: object) -> SearchSettings:
    """Those of a page beside the inbox."""
    return SearchSettings(inbox=tmp_path / "inbox", data=tmp_path / "data", **given)  # type: ignore[arg-type]


@pytest.fixture
async def client(tmp_path: Path) -> AsyncIterator[AsyncClient]:
    """A client of the page and its API."""
    app = build(settings(tmp_path))
    async with AsyncClient(transport=ASGITransport(app), base_url="http://localhost") as reader:
        yield reader


def form(*files: tuple[str, bytes | str]) -> list[tuple[str, tuple[str, bytes | str]]]:
    """A form with these files, by name."""
    return [("files", one) for one in files]


async def test_files_go_the_way_of_those_dropped(inbox: Path, tmp_path: Path, client: AsyncClient) -> None:
    """Several in one form; each lies in the inbox to the byte, is read by the folder's service, and leads to its article."""
    answer = await client.post(
        "/api/v1/files", files=form(("satu.txt", TEXT), ("satu.txt", b"\xff\x00"), ("kosong.txt", ""))
    )
    assert answer.status_code == 201
    assert [(one["name"], one["path"]) for one in answer.json()["taken"]] == [
        ("satu.txt", "satu.txt"), ("satu.txt", "satu (2).txt"), ("kosong.txt", "kosong.txt"),
    ]  # fmt: skip
    assert (inbox / "satu (2).txt").read_bytes() == b"\xff\x00"
    publisher = FakePublisher()
    await drained(tmp_path, publisher)
    (published,) = publisher.articles
    writer = open_writer(settings(tmp_path))
    await writer.apply([[put("articles", article(published.article_id, TEXT, title="Judulnya"))]])
    await writer.close()
    listed = (await client.get("/api/v1/files")).json()
    assert listed["counts"] | {"done": 1, "rejected": 2} == listed["counts"]
    files = {one["path"]: one for one in listed["files"]}
    assert (files["satu.txt"]["state"], files["satu.txt"]["stage"]) == ("done", "searchable")
    assert files["satu.txt"]["articles"] == [
        {"article_id": published.article_id, "title": "Judulnya", "stage": "searchable"}
    ]
    assert (files["kosong.txt"]["code"], files["kosong.txt"]["stage"]) == ("empty", "rejected")
    assert files["kosong.txt"]["hint"]
    page = (await client.get("/files")).text
    assert f'href="/articles/{published.article_id}"' in page
    assert "Judulnya" in page


@pytest.mark.parametrize("name", ["../../luar.txt", "/etc/luar.txt", "..\\..\\luar.txt", "C:\\luar.txt", ".luar.txt"])
async def test_no_name_leads_out_or_hides(inbox: Path, tmp_path: Path, client: AsyncClient, name: str) -> None:
    """It is only a name."""
    assert (await client.post("/api/v1/files", files=form((name, TEXT)))).status_code == 201
    assert files_below(tmp_path) - {"data/session.secret"} == {"inbox/luar.txt"}


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        (b'--X\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\nisi', FORM, 400),
        (b'--X\r\nContent-Disposition: form-data; name="files"; filename=""\r\n\r\n\r\n--X--\r\n', FORM, 400),
        (b'--X\r\nContent-Disposition: form-data; name="teks"\r\n\r\nisi\r\n--X--\r\n', FORM, 400),
        (b"--X\r\n" + b"a" * 10_000, FORM, 400),
        (b"", FORM, 400),
        (b"isi", {"content-type": "multipart/form-data"}, 400),
        (b"{}", {"content-type": "application/json"}, 400),
        (b"isi", {"content-type": "text/plain"}, 415),
        (b"isi", FORM | {"sec-fetch-site": "cross-site"}, 403),
        (b"isi", FORM | {"origin": "https://jahat.example"}, 403),
    ],
)
async def test_what_is_no_form_of_ours_leaves_nothing(
    inbox: Path, client: AsyncClient, body: bytes, headers: dict[str, str], status: int
) -> None:
    """Cut short, empty, of another kind, or of another site's page."""
    answer = await client.post("/api/v1/files", content=body, headers=headers)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert files_below(inbox) == set()


async def test_what_came_whole_of_a_form_cut_short_is_told(inbox: Path, client: AsyncClient) -> None:
    """With what is wrong with the rest."""
    request = client.build_request("POST", "/files", files=form(("a.txt", TEXT), ("b.txt", TEXT)))
    cut = (await request.aread())[:-100]
    headers = {"content-type": request.headers["content-type"]}
    answer = await client.post("/files", content=cut, headers=headers)
    assert (answer.status_code, files_below(inbox)) == (400, {"a.txt"})
    assert all(told in answer.text for told in ("1 file was taken.", "The form is cut short."))


async def test_too_much_is_refused_and_leaves_nothing(inbox: Path, tmp_path: Path) -> None:
    """However it is sent; what fits comes in."""
    app = build(settings(tmp_path, largest_upload=10_000))
    async with AsyncClient(transport=ASGITransport(app), base_url="http://localhost") as client:
        assert (await client.post("/api/v1/files", files=form(("a.txt", b"a" * 20_000)))).status_code == 413
        assert files_below(inbox) == set()
        assert (await client.post("/api/v1/files", files=form(("a.txt", b"a" * 5_000)))).status_code == 201


async def test_names_that_are_never_read_are_refused(inbox: Path, client: AsyncClient) -> None:
    """With the reason; others of the form are taken."""
    answer = await client.post("/api/v1/files", files=form(("a.part", TEXT), ("b.txt", TEXT)))
    assert [one["name"] for one in answer.json()["refused"]] == ["a.part"]
    assert files_below(inbox) == {"b.txt"}
    assert (await client.post("/api/v1/files", files=form(("a.part", TEXT)))).status_code == 400


async def test_without_an_inbox_it_is_off(tmp_path: Path, client: AsyncClient) -> None:
    """The page says so, and the API."""
    assert (await client.post("/api/v1/files", files=form(("a.txt", TEXT)))).status_code == 503
    assert "cannot be uploaded here" in (await client.get("/files")).text


async def test_a_rejected_file_is_tried_again(inbox: Path, tmp_path: Path, client: AsyncClient) -> None:
    """It goes back to where it was dropped; rejected once more it stands there twice, and only the later can be tried."""
    (inbox / "kota").mkdir()
    (inbox / "kota" / "a.xyz").write_text(TEXT)
    await drained(tmp_path, FakePublisher())
    (file,) = (await client.get("/api/v1/files", params={"state": "rejected"})).json()["files"]
    assert (file["code"], file["retry"]) == ("unknown-format", "kota/a.xyz")
    assert "Try again" in (await client.get("/files")).text
    answer = await client.post(f"/api/v1/files/{file['retry']}/retry")
    assert (answer.status_code, answer.json()) == (200, {"path": "kota/a.xyz"})
    assert files_below(inbox) == {"kota/a.xyz"}
    await drained(tmp_path, FakePublisher())
    files = (await client.get("/api/v1/files")).json()["files"]
    assert [one["retry"] for one in files] == ["kota/a.xyz", None]
    back = await client.post("/files/retry", data={"name": "kota/a.xyz"})
    assert (back.status_code, back.headers["location"]) == (303, "/files")
    assert files_below(inbox) == {"kota/a.xyz"}


@pytest.mark.parametrize("name", ["none.txt", "../a.txt", "%2e%2e/a.txt", ".reason.json", "a.txt/../../a.txt", "%00"])
async def test_only_what_the_ledger_has_is_tried_again(
    inbox: Path, tmp_path: Path, client: AsyncClient, name: str
) -> None:
    """No name moves another file."""
    (inbox / "a.txt").write_text(TEXT)
    await drained(tmp_path, FakePublisher())
    assert (await client.post(f"/api/v1/files/{name}/retry")).status_code in (404, 405)
    assert files_below(inbox) == {".done/a.txt"}


async def test_why_a_file_is_rejected_is_told_as_it_is_written(
    inbox: Path, tmp_path: Path, client: AsyncClient
) -> None:
    """A sentence begins with it; its own capitals stay."""
    (inbox / "rusak.pdf").write_text("bukan pdf")
    await drained(tmp_path, FakePublisher())
    assert "Broken PDF: <span" in (await client.get("/files")).text


async def test_lists_are_paged(inbox: Path, tmp_path: Path, client: AsyncClient) -> None:
    """The latest first; each once."""
    for number in range(5):
        (inbox / f"{number}.xyz").write_text("isi")
    await drained(tmp_path, FakePublisher())
    found: list[str] = []
    before: int | None = None
    while True:
        given = {"limit": 2} | ({"before": before} if before is not None else {})
        page = (await client.get("/api/v1/files", params=given)).json()
        found += [one["path"] for one in page["files"]]
        before = page["next_before"]
        if before is None:
            break
    assert sorted(found) == [f"{number}.xyz" for number in range(5)]
    assert (await client.get("/files", params={"show": "rejected", "before": 3})).text.count("Try again") == 2


async def test_progress_is_told_as_it_happens(inbox: Path, tmp_path: Path) -> None:
    """What is there at once, then whatever changes, and nothing else."""
    async with (
        served(build(settings(tmp_path))) as url,
        AsyncClient(base_url=url, timeout=30) as client,
        client.stream("GET", "/api/v1/files/events") as events,
    ):
        assert events.headers["content-type"].startswith("text/event-stream")
        told = (json.loads(line[6:]) async for line in events.aiter_lines() if line.startswith("data: "))
        assert (await anext(told))["files"] == []
        (inbox / "a.xyz").write_text("isi")
        await drained(tmp_path, FakePublisher())
        progress = await anext(told)
        while progress["files"] == [] or progress["files"][0]["stage"] != "rejected":
            progress = await anext(told)
        assert (progress["files"][0]["path"], progress["counts"]["rejected"]) == ("a.xyz", 1)
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(anext(told), 2.5)


class Away(Store):
    """A store that does not answer."""

    async def get_many(self, kind: Kind, ids: Sequence[str], *, body: bool = True) -> list[Mapping[str, Any]]:
        raise StoreUnavailable("away")


async def test_files_are_told_of_while_the_store_is_away(inbox: Path, tmp_path: Path) -> None:
    """The ledger knows them; the page says what it cannot tell, and knows it as soon as the store is back."""
    (inbox / "satu.txt").write_text(TEXT)
    (inbox / "kosong.txt").write_text("")
    await drained(tmp_path, FakePublisher())
    given = settings(tmp_path)
    app = build(given, Away(open_reader(given), given.search_timeout))
    async with AsyncClient(transport=ASGITransport(app), base_url="http://localhost") as client:
        listed = await client.get("/api/v1/files")
        stages = {one["path"]: one["stage"] for one in listed.json()["files"]}
        assert (listed.status_code, stages) == (200, {"satu.txt": "unknown", "kosong.txt": "rejected"})
        page = await client.get("/files")
        assert page.status_code == 200
        assert all(told in page.text for told in ("satu.txt", "not known at the moment", "does not answer"))


@pytest.mark.parametrize(
    ("done", "stage"),
    [((), "unknown"), (("ingest",), "extract"), (("ingest", "extract", "link", "index"), "searchable")],
)
async def test_the_trail_alone_tells_how_far_an_article_is(tmp_path: Path, done: tuple[str, ...], stage: str) -> None:
    """While the store is away: what index has finished with was filed; nothing is held to be replaced."""
    given = settings(tmp_path)
    store = Away(open_reader(given), given.search_timeout)
    trail = tuple(TrailEntry(name, "ok", datetime.now(UTC), "w") for name in done)
    (found,) = await articles_at(store, {"a1": trail}, ["a1"])
    assert (found.searchable, found.stage) == (None, stage)
