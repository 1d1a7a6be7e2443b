"""The interface in a reader's language."""

from __future__ import annotations

import re
import runpy
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from httpx import ASGITransport, AsyncClient

from kliping_ingest.domain.rejections import HINTS
from kliping_link.domain.matches import BY_HAND
from kliping_link.domain.score import UNSURE
from kliping_search.app import build
from kliping_search.domain.labels import VALUE_LABELS
from kliping_search.languages import CATALOGUES, LANGUAGES, _language, _translations, said, shown_label
from kliping_search.settings import SearchSettings
from kliping_shared.notices import Notice

SCRIPT = Path(__file__).parents[3] / "services" / "search" / "messages.py"


@pytest.fixture
async def client(tmp_path: Path) -> AsyncIterator[AsyncClient]:
    """A reader before an empty store."""
    application = build(SearchSettings(data=tmp_path))
    async with AsyncClient(transport=ASGITransport(application), base_url="http://localhost") as reader:
        yield reader


@pytest.mark.parametrize("name", sorted(set(LANGUAGES) - {"en"}))
def test_every_text_is_translated(name: str) -> None:
    """The catalogue holds exactly the texts of templates and code, each with a translation (``make messages``)."""
    catalog = runpy.run_path(str(SCRIPT))["updated"](CATALOGUES / f"{name}.po")
    assert [message.id for message in catalog if message.id and not "".join(message.string)] == []
    kept = (CATALOGUES / f"{name}.po").read_text(encoding="utf-8")
    assert len(re.findall(r"^msgid ", kept, re.MULTILINE)) == len(catalog)


@pytest.mark.parametrize("told", ["same speaker", "a body and who speaks for it", UNSURE, BY_HAND])
def test_what_makes_sources_one_is_told_in_the_readers_language(told: str) -> None:
    """The page has a label for each of the texts that link gives."""
    assert told in VALUE_LABELS["source"]


@pytest.mark.parametrize("code", sorted(HINTS))
def test_why_a_file_is_rejected_is_told_in_the_readers_language(code: str) -> None:
    """The reason by its code; the hint is among the texts of the catalogue."""
    token = _language.set("id")
    assert shown_label("rejected", code) not in (code, VALUE_LABELS["rejected"][code])
    assert said(HINTS[code]) != HINTS[code]
    _language.reset(token)


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        (Notice("There is no watch {id}.", id="w{1}"), "Tidak ada pantauan w{1}."),
        (
            Notice("{field}: {why}", field="mail.to", why=Notice("{value!r} is no e-mail address", value="x")),
            "mail.to: 'x' bukan alamat surel",
        ),
        (Notice("Send at most {number:,} files at once.", number=1000), "Kirim paling banyak 1.000 berkas sekaligus."),
        ("The form is cut short.", "Formulir terputus di tengah pengiriman."),
        ("no text of the interface", "no text of the interface"),
    ],
)
def test_messages_with_values_are_told_in_the_readers_language(told: str, shown: str) -> None:
    """Also one within another; programs have them in English."""
    token = _language.set("id")
    assert said(told) == shown
    _language.reset(token)
    assert "{id}" not in told


@pytest.mark.parametrize(
    ("asked", "cookie", "shown"),
    [
        ("id-ID,id;q=0.9,en;q=0.8", None, "id"),
        ("en-GB", None, "en"),
        ("nl", None, "en"),
        ("", None, "en"),
        ("en", "id", "id"),
        ("id", "en", "en"),
        ("id", "xx", "id"),
    ],
)
async def test_a_page_speaks_the_readers_language(
    client: AsyncClient, asked: str, cookie: str | None, shown: str
) -> None:
    """What he chose goes before what his browser asks for."""
    headers = {"accept-language": asked} | ({"cookie": f"kliping_language={cookie}"} if cookie else {})
    page = (await client.get("/", headers=headers)).text
    assert f'<html lang="{shown}"' in page
    assert (">Cari<" in page) == (shown == "id")


async def test_indonesian_has_one_form_for_any_number() -> None:
    """Several are counted in Indonesian too."""
    catalog = _translations("id")
    assert {catalog.ngettext("%(num)s outlet", "%(num)s outlets", n) for n in (0, 1, 2)} == {"%(num)s media"}


async def test_a_choice_is_kept_and_leads_back(client: AsyncClient) -> None:
    """To the page from which it was made."""
    answer = await client.get("/language/id", params={"to": "/?q=beras&show=groups"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/?q=beras&show=groups")
    assert '<html lang="id"' in (await client.get("/", headers={"accept-language": "en"})).text


@pytest.mark.parametrize(
    "to", ["//evil.example", "//[", "https://evil.example/", "/\\evil.example", "evil", "javascript:x"]
)
async def test_a_choice_leads_to_no_other_site(client: AsyncClient, to: str) -> None:
    """Else a link of ours could lead a reader anywhere."""
    assert (await client.get("/language/id", params={"to": to})).headers["location"] == "/"


async def test_an_error_is_told_in_the_readers_language(client: AsyncClient) -> None:
    """What it is, and what to do; the API says it in English."""
    headers = {"accept-language": "id", "sec-fetch-site": "cross-site"}
    page = await client.post("/watches", headers=headers)
    assert (page.status_code, "<h1>Tidak diizinkan</h1><p>Permintaan ini datang" in page.text) == (403, True)
    assert "Dokumen x tidak ada (Peristiwa)" in (await client.get("/stories/x", headers=headers)).text
    other = await client.put("/", headers={"accept-language": "id"})
    assert (other.status_code, "Method Not Allowed" in other.text) == (405, False)
    wrong = await client.get("/", params={"show": "nothing"}, headers=headers)
    assert (wrong.status_code, "Tidak ada jenis &#39;nothing&#39;" in wrong.text) == (400, True)
    assert (await client.post("/api/v1/watches", headers=headers)).json()["title"] == "Not allowed"


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("(kim", "Tanda kurung ini tidak ditutup"),
        ("outlets:dua", "outlets: harus diikuti angka, misalnya outlets:2"),
        ("language:id", "language: tidak ada pada Pernyataan (hanya pada Artikel)"),
    ],
)
async def test_a_bad_query_is_told_in_the_readers_language(client: AsyncClient, query: str, said: str) -> None:
    """With what it is about; the API says it in English."""
    page = await client.get("/", params={"q": query}, headers={"accept-language": "id"})
    assert page.status_code == 400
    assert f"<strong>{said}</strong>" in page.text
    told = await client.get("/api/v1/claims", params={"q": query}, headers={"accept-language": "id"})
    assert {"tidak", "harus"}.isdisjoint(told.json()["detail"].split())


@pytest.mark.parametrize(
    ("facet", "value", "shown"),
    [("modality", "possible", "mungkin"), ("stance", "deny", "membantah"), ("speaker", "title", "title")],
)
def test_values_are_told_in_the_readers_language(facet: str, value: str, shown: str) -> None:
    """Those too whose English is the value itself; a name is never taken for a text of the interface."""
    token = _language.set("id")
    assert shown_label(facet, value) == shown
    _language.reset(token)
