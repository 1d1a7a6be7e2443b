"""NewsML-G2: the news items of a message, each with text in it (inline XML, NITF, XHTML or plain)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from xml.etree.ElementTree import Element

from kliping_ingest.domain.raw import RawArticle
from kliping_ingest.domain.rejections import reject
from kliping_ingest.readers.markup import text_or_markup
from kliping_ingest.readers.nitf import nitf_article
from kliping_ingest.readers.xml_text import all_of, blocks, first, first_text, local

__all__ = ["newsml_items"]


def newsml_items(root: Element) -> Iterator[Callable[[str], RawArticle]]:
    """For each newsItem a function that reads it, given its name. Pictures and packages are no articles."""
    for item in all_of(root, "newsItem"):
        if _is_text(item):
            yield partial(_article, item)


def _is_text(item: Element) -> bool:
    kind = first(item, "itemClass")
    return (
        kind is None
        or "text" in (kind.get("qcode") or kind.get("uri") or "text")
        or first(item, "inlineXML") is not None
    )


def _article(item: Element, name: str) -> RawArticle:
    """Raises RejectedFile(no-text)."""
    nitf = first(item, "nitf")
    inner = nitf_article(nitf, name) if nitf is not None else None
    text = inner.text if inner else _text(item)
    if not text.strip():
        raise reject("no-text", f"{name} is NewsML-G2 without text in its content")
    meta = _or(first(item, "contentMeta"), item)
    management = _or(first(item, "itemMeta"), item)
    return RawArticle(
        text,
        title=first_text(meta, "headline") or (inner.title if inner else None) or first_text(item, "title"),
        outlet=_named(first(management, "provider"), literal=True) or (inner.outlet if inner else None),
        author=first_text(meta, "by") or _named(first(meta, "creator"), literal=False),
        url=_link(item),
        external_id=item.get("guid"),
        published_at=first_text(meta, "contentCreated") or first_text(management, "firstCreated", "versionCreated"),
    )


def _text(item: Element) -> str:
    inline = first(item, "inlineXML")
    if inline is not None:
        body = first(inline, "body")
        return "\n".join(blocks(body if body is not None else inline))
    data = first(item, "inlineData")
    return text_or_markup("".join(data.itertext())) if data is not None else ""


def _named(element: Element | None, *, literal: bool) -> str | None:
    """The name within a provider or creator, else (for providers, whose codes are names) its literal."""
    if element is None:
        return None
    code = element.get("literal") or (element.get("qcode") or "").rpartition(":")[2]
    return first_text(element, "name") or (code if literal else None) or None


def _link(item: Element) -> str | None:
    for link in all_of(item, "link", "altLoc"):
        target = link.get("href") or ("".join(link.itertext()).strip() if local(link) == "altLoc" else "")
        if target.startswith(("http://", "https://")):
            return target
    return None


def _or(element: Element | None, other: Element) -> Element:
    return other if element is None else element
