"""NITF (IPTC News Industry Text Format): one article."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from kliping_ingest.domain.raw import RawArticle
from kliping_ingest.domain.rejections import reject
from kliping_ingest.readers.xml_text import blocks, first, first_text

__all__ = ["nitf_article"]


def nitf_article(root: Element, name: str) -> RawArticle:
    """The article below a ``nitf`` element. Raises RejectedFile(no-text)."""
    content = first(root, "body.content")
    dateline = first_text(root, "dateline")
    paragraphs = blocks(content) if content is not None else []
    if not paragraphs:
        raise reject("no-text", f"{name} is NITF without text in body.content")
    if dateline and not paragraphs[0].startswith(dateline):
        paragraphs[0] = f"{dateline} {paragraphs[0]}"
    pubdata, identity = first(root, "pubdata"), first(root, "doc-id")
    return RawArticle(
        "\n".join(paragraphs),
        title=first_text(root, "hl1", "hedline", "title"),
        outlet=_attribute(pubdata, "name") or first_text(root, "distributor"),
        author=first_text(root, "person", "byline"),
        url=_attribute(pubdata, "ex-ref"),
        external_id=_attribute(identity, "id-string"),
        published_at=_attribute(first(root, "date.issue"), "norm") or _attribute(pubdata, "date.publication"),
    )


def _attribute(element: Element | None, name: str) -> str | None:
    return (element.get(name) or None) if element is not None else None
