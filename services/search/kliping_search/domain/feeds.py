"""Feeds: Atom (RFC 4287) and JSON Feed 1.1 of the same entries."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final
from xml.etree import ElementTree as ET

from kliping_shared.watching.alerts import Finding

ATOM: Final = "application/atom+xml"
JSON: Final = "application/feed+json"
_NAMESPACE: Final = "http://www.w3.org/2005/Atom"
#: What XML 1.0 cannot hold, however it is written.
_NOT_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
#: Characters of what was said that a title shows.
_TITLE: Final = 120
#: Stands for the time of what has none.
_NEVER: Final = "1970-01-01T00:00:00+00:00"


@dataclass(frozen=True)
class Entry:
    """What an entry tells. ``id`` never changes; ``updated`` is when it was last told otherwise (RFC 3339)."""

    id: str
    found: Finding
    updated: str

    @property
    def title(self) -> str:
        """Who said what; the title of what nobody says."""
        found = self.found
        if found.kind in ("articles", "stories"):
            return _short(found.title or found.text)
        return _short(": ".join(part for part in (", ".join(found.speaker), found.text) if part))


@dataclass(frozen=True)
class Feed:
    """A feed. ``base`` is the page's address without a slash at its end; ``home`` and ``own`` are paths below it."""

    title: str
    base: str
    home: str
    own: str
    entries: Sequence[Entry]

    @property
    def updated(self) -> str:
        """When the latest entry was told."""
        return max((entry.updated for entry in self.entries), key=datetime.fromisoformat, default=_NEVER)


def entry(found: Finding, updated: str | None = None) -> Entry:
    """The entry of a document; ``updated`` where it is known better than by the document."""
    told = updated or found.updated_at or found.published_at
    return Entry(f"urn:kliping:{found.kind}:{found.id}", found, _time(told) or _NEVER)


def atom(feed: Feed) -> bytes:
    """The feed as Atom."""
    ET.register_namespace("", _NAMESPACE)
    root = ET.Element(f"{{{_NAMESPACE}}}feed")
    digest = hashlib.sha256(feed.own.encode()).hexdigest()[:32]
    _add(root, "id", f"urn:kliping:feed:{digest}")
    _add(root, "title", feed.title)
    _add(root, "updated", feed.updated)
    _add(_add(root, "author"), "name", "Kliping")
    _add(root, "link", rel="self", type=ATOM, href=feed.base + feed.own)
    _add(root, "link", rel="alternate", type="text/html", href=feed.base + feed.home)
    for one in feed.entries:
        _atom_entry(_add(root, "entry"), one, feed.base)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))


def json_feed(feed: Feed) -> dict[str, Any]:
    """The feed as JSON Feed; ``_kliping`` has what was found, field by field."""
    return {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.base + feed.home,
        "feed_url": feed.base + feed.own,
        "items": [_json_item(one, feed.base) for one in feed.entries],
    }


def _atom_entry(element: ET.Element, one: Entry, base: str) -> None:
    found = one.found
    _add(element, "id", one.id)
    _add(element, "title", one.title)
    _add(element, "updated", one.updated)
    if published := _time(found.published_at):
        _add(element, "published", published)
    for outlet in found.outlet:
        _add(_add(element, "author"), "name", outlet)
    _add(element, "link", rel="alternate", type="text/html", href=base + found.page)
    if original := _original(found):
        _add(element, "link", rel="via", href=original)
    _add(element, "content", found.text or found.title, type="text")


def _json_item(one: Entry, base: str) -> dict[str, Any]:
    found = one.found
    item = {
        "id": one.id,
        "url": base + found.page,
        "external_url": _original(found),
        "title": one.title,
        "content_text": found.text or found.title,
        "date_published": _time(found.published_at),
        "date_modified": one.updated,
        "authors": [{"name": outlet} for outlet in found.outlet],
        "_kliping": found.model_dump(mode="json", exclude_none=True),
    }
    return {name: value for name, value in item.items() if value not in (None, [])}


def _add(parent: ET.Element, name: str, text: str | None = None, **attributes: str) -> ET.Element:
    plain = {key: _NOT_XML.sub("", value) for key, value in attributes.items()}
    element = ET.SubElement(parent, f"{{{_NAMESPACE}}}{name}", plain)
    element.text = None if text is None else _NOT_XML.sub("", text)
    return element


def _original(found: Finding) -> str | None:
    """Where it was published, if that is an address that a reader may follow."""
    url = found.url or ""
    return url if url.startswith(("https://", "http://")) else None


def _time(told: str | None) -> str | None:
    """The time with an offset, as both formats want it; None for none, and for what is no time."""
    try:
        at = datetime.fromisoformat(told) if told else None
    except ValueError:
        return None
    return None if at is None else (at if at.tzinfo else at.replace(tzinfo=UTC)).isoformat(timespec="seconds")


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _TITLE else f"{line[:_TITLE].rstrip()} …"
