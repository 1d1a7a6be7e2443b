"""Web pages: the article's text without menus and adverts, and what its meta tags say."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from typing import Any, Final

from kliping_ingest.domain.raw import RawArticle
from kliping_ingest.domain.rejections import reject
from kliping_ingest.readers.decoding import Decoded, clean_text, decode
from kliping_ingest.readers.markup import fragment_text
from kliping_ingest.readers.source import Record, Source

__all__ = ["page_article", "read_html"]

_CHARSET: Final = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?\s*([A-Za-z0-9_:.\-]+)""", re.I)
#: Standards say that these names mean Windows-1252 on the web (WHATWG Encoding).
_WESTERN: Final = frozenset({"iso-8859-1", "latin1", "latin-1", "ascii", "us-ascii", "windows-1252", "cp1252"})
_PUBLISHED: Final = (
    "//meta[@property='article:published_time' or @itemprop='datePublished' or @name='datePublished' "
    "or @name='publishdate' or @name='pubdate' or @name='date' or @name='dtk:publishdate' "
    "or @property='og:published_time' or @name='content_PublishedDate']/@content"
)
_JSON_DATE: Final = re.compile(r'"datePublished"\s*:\s*"([^"]{8,40})"')


def read_html(source: Source) -> Iterator[Record]:
    """One article: the page's main text."""
    yield Record(source.name, page_article(decode_page(source), source.name))


def decode_page(source: Source) -> Decoded:
    """Decode by mark, else by the page's own charset where it is true, else as any text."""
    found = _CHARSET.search(source.data[:4096])
    charset = found[1].decode("ascii").lower() if found else ""
    marked = source.data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"))
    if not charset or marked or charset in _WESTERN or charset in {"utf-8", "utf8"}:
        return decode(source.data, source.name)
    try:
        return Decoded(clean_text(source.data.decode(charset)), charset)
    except (LookupError, UnicodeDecodeError):
        return decode(source.data, source.name)


def page_article(page: Decoded, name: str) -> RawArticle:
    """The article of a decoded page. Raises RejectedFile(no-text)."""
    import trafilatura  # late: a second to import, which plain text files should not cost

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    found: Any = trafilatura.bare_extraction(
        _without_declaration(page.text),
        with_metadata=True,
        include_comments=False,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    text, notes = (found.text if found else None) or "", page.notes
    if not text.strip():
        text = fragment_text(page.text)
        notes += ("The article could not be told from the rest of the page: all its text was taken.",)
    if not text.strip():
        raise reject("no-text", f"{name} is a page without text")
    published = _published(page.text) or (found.date if found else None)
    if found is None:
        return RawArticle(clean_text(text), published_at=published, notes=notes)
    return RawArticle(
        clean_text(text),
        title=found.title,
        author=found.author,
        outlet=found.sitename,
        url=found.url,
        published_at=published,
        notes=notes,
    )


def _without_declaration(page: str) -> str:
    """The text is decoded already; lxml refuses a declaration of another encoding."""
    return re.sub(r"\A\s*<\?xml[^>]*\?>", "", page)


def _published(page: str) -> str | None:
    """The time that the page itself states, with its hour, which trafilatura shortens to a day."""
    import lxml.html

    try:
        root = lxml.html.fromstring(_without_declaration(page))
    except (lxml.etree.LxmlError, ValueError):
        return None
    stated = [str(value).strip() for value in root.xpath(_PUBLISHED) if str(value).strip()]
    if stated:
        return stated[0]
    linked = _JSON_DATE.search(page)
    return linked[1] if linked else None
