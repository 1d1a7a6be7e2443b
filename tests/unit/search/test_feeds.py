"""Feeds of what was found."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from kliping_search.domain.feeds import Feed, atom, entry, json_feed
from kliping_shared.watching.alerts import finding
from tests.integration.store.builders import article, claim, group

NAMES = {"a": "http://www.w3.org/2005/Atom"}


def feed(*documents: tuple[Any, dict[str, Any]]) -> Feed:
    """A feed of these documents."""
    entries = [entry(finding(kind, document)) for kind, document in documents]
    return Feed("Kliping: beras", "https://kliping.example", "/?q=beras", "/feed.atom?q=beras", entries)


CLAIM = ("claims", claim("c1", "Harga beras <b>naik</b> & turun", speaker="Rudi", outlet="Antara"))
ARTICLE = (
    "articles",
    article("a1", "Isi.", title="Beras", url="https://antara.example/1", outlet="Antara", day="2023-09-14"),
)


def test_atom_has_what_the_standard_asks_for() -> None:
    """Each entry has an id that stays, a title, a time and a link to its page; what was said is text, not markup."""
    root = ET.fromstring(atom(feed(CLAIM, ARTICLE)))
    one, other = root.findall("a:entry", NAMES)
    told = {name: one.findtext(f"a:{name}", namespaces=NAMES) for name in ("id", "title", "updated", "content")}
    assert told == {
        "id": "urn:kliping:claims:c1",
        "title": "Rudi: Harga beras <b>naik</b> & turun",
        "updated": "2023-09-13T00:00:00+07:00",
        "content": "Harga beras <b>naik</b> & turun",
    }
    links = {link.get("rel"): link.get("href") for link in other.findall("a:link", NAMES)}
    assert links == {"alternate": "https://kliping.example/articles/a1", "via": "https://antara.example/1"}
    assert other.findtext("a:author/a:name", namespaces=NAMES) == "Antara"
    assert other.findtext("a:updated", namespaces=NAMES) == "2023-09-13T08:00:02+07:00"  # linked later than published
    assert root.findtext("a:updated", namespaces=NAMES) == "2023-09-13T08:00:02+07:00"
    assert root.find("a:link[@rel='self']", NAMES) is not None


def test_json_feed_tells_the_same() -> None:
    """With the fields of the document for programs."""
    told = json_feed(feed(CLAIM, ARTICLE))
    assert told["version"] == "https://jsonfeed.org/version/1.1"
    assert [item["id"] for item in told["items"]] == ["urn:kliping:claims:c1", "urn:kliping:articles:a1"]
    assert told["items"][1]["external_url"] == "https://antara.example/1"
    assert told["items"][0]["_kliping"]["speaker"] == ["Rudi"]
    assert all(datetime.fromisoformat(item["date_modified"]).tzinfo for item in told["items"])


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//evil.example", "", None])
def test_only_web_addresses_are_links(url: str | None) -> None:
    """An article's address may say anything."""
    made = feed(("articles", article("a1", url=url)))
    assert [link.get("rel") for link in ET.fromstring(atom(made)).findall("a:entry/a:link", NAMES)] == ["alternate"]
    assert "external_url" not in json_feed(made)["items"][0]


def test_what_xml_cannot_hold_breaks_no_feed() -> None:
    """Control characters of a text are left out."""
    made = feed(("articles", article("a1", "a\x01b\x0bc\ufffe", title="T\x00\x1b]")))
    assert ET.fromstring(atom(made)).findtext("a:entry/a:content", namespaces=NAMES) == "abc"


def test_undated_and_odd_documents_have_a_time_too() -> None:
    """Both formats want one with an offset."""
    for published in (None, "yesterday", "2023-09-13T00:00:00"):
        told = atom(feed(("groups", group("g1", "Kata", published_at=published))))
        updated = ET.fromstring(told).findtext("a:entry/a:updated", namespaces=NAMES)
        assert updated
        assert datetime.fromisoformat(updated).tzinfo


def test_an_empty_feed_is_one() -> None:
    """Nothing was found yet."""
    assert ET.fromstring(atom(feed())).findtext("a:updated", namespaces=NAMES)
    assert json_feed(feed())["items"] == []
