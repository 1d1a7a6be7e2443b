"""XML that a hostile file cannot use: parsed with entities and external references forbidden."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final
from xml.etree.ElementTree import Element, ParseError

import defusedxml.ElementTree
from defusedxml import DefusedXmlException

from kliping_ingest.domain.raw import RawArticle
from kliping_ingest.domain.rejections import reject
from kliping_ingest.readers.feed import read_feed
from kliping_ingest.readers.html import read_html
from kliping_ingest.readers.newsml import newsml_items
from kliping_ingest.readers.nitf import nitf_article
from kliping_ingest.readers.source import Record, Source
from kliping_ingest.readers.xml_text import local
from kliping_shared.errors import RejectedFile
from kliping_shared.inbox.records import RejectedRecord

__all__ = ["read_xml"]

_FEEDS: Final = frozenset({"rss", "feed", "RDF"})
_NEWSML: Final = frozenset({"newsItem", "newsMessage", "packageItem", "conceptItem"})
#: What the root of a feed looks like in one that is not well-formed, as many are.
_FEED_ROOT: Final = re.compile(rb"<(?P<name>rss|feed|rdf:RDF)\b")


def read_xml(source: Source) -> Iterator[Record | RejectedRecord]:
    """RSS or Atom, NITF, NewsML-G2 or XHTML, told by the root element. Raises RejectedFile for any other XML."""
    if not source.data.strip():
        raise reject("empty", f"{source.name} is empty")
    try:
        root = defusedxml.ElementTree.fromstring(source.data.lstrip())
    except DefusedXmlException as error:
        raise reject("xml-entity-bomb", f"{source.name} declares entities of its own, as attacks do") from error
    except (ParseError, ValueError, LookupError) as error:
        yield from _crooked_feed(source, error)
        return
    name = local(root)
    if name in _FEEDS:
        yield from read_feed(source)
    elif name == "html":
        yield from read_html(source)
    elif name == "nitf":
        yield Record(source.name, nitf_article(root, source.name))
    elif name in _NEWSML:
        yield from _items(source, root)
    else:
        raise reject("unknown-format", f"{source.name} is XML with the root <{name}>, which is no known news format")


def _items(source: Source, root: Element) -> Iterator[Record | RejectedRecord]:
    items = list(newsml_items(root))
    if not items:
        raise reject("no-text", f"{source.name} is NewsML-G2 without a news item in it")
    for number, item in enumerate(items, start=1):
        path = source.name if len(items) == 1 else f"{source.name}#{number}"
        source.budget.record(source.name)
        try:
            yield Record(path, item(path))
        except RejectedFile as error:
            if len(items) == 1:
                raise
            yield RejectedRecord.of(path, error)


def _crooked_feed(source: Source, error: Exception) -> Iterator[Record | RejectedRecord]:
    """A feed with a slip in it (an undefined &nbsp;) is read all the same, if it is whole: its root is closed."""
    root = _FEED_ROOT.search(source.data[:4096])
    if root is None or not source.data.rstrip().endswith(b"</" + root["name"] + b">"):
        raise reject("broken-xml", f"{source.name} is broken XML: {error}") from error
    if b"<!ENTITY" in source.data:
        raise reject("xml-entity-bomb", f"{source.name} declares entities of its own, as attacks do") from error
    for record in read_feed(source):
        yield _noted(record) if isinstance(record, Record) else record


def _noted(record: Record) -> Record:
    raw: RawArticle = record.raw
    return replace(record, raw=replace(raw, notes=(*raw.notes, "The feed is not well-formed XML.")))
