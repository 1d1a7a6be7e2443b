"""JSON objects as exporters write them to RawArticle: which name means what."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any, Final

from kliping_ingest.domain.raw import RawArticle
from kliping_ingest.domain.rejections import reject
from kliping_ingest.readers.markup import text_or_markup

__all__ = ["FIELDS", "to_raw"]

#: Field of RawArticle -> names in the order in which they are tried. Case, ``_``, ``-`` and ``@`` do not count, a dot
#: goes into an object. From schema.org/NewsArticle, NewsAPI, WordPress, news-please, feedparser and Media Cloud exports.
FIELDS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "text": ("text", "body", "content", "articlebody", "maintext", "fulltext", "body_text", "content.rendered",
                 "content_text", "content_html", "html", "isi", "isi_berita", "story", "article", "description", "summary"),
        "title": ("title", "headline", "title.rendered", "judul", "name"),
        "outlet": ("outlet", "source.name", "source", "publisher.name", "publisher", "site_name", "sitename",
                   "source_domain", "media", "media_name", "sumber", "newspaper"),
        "author": ("author.name", "author", "authors", "byline", "creator", "penulis", "reporter", "dc:creator"),
        "url": ("url", "link", "canonical_url", "permalink", "source_url", "href", "tautan"),
        "external_id": ("id", "guid.rendered", "guid", "external_id", "article_id", "doc_id", "uuid", "uri", "identifier"),
        "published_at": ("published_at", "publishedat", "datepublished", "date_published", "pubdate", "publish_date",
                         "publication_date", "date_publish", "published", "date_gmt", "date", "datetime", "timestamp",
                         "tanggal", "tanggal_terbit", "created_at"),
    }
)  # fmt: skip
#: Above this a number is milliseconds: as seconds it would be the year 5138.
_MILLISECONDS: Final = 100_000_000_000


def to_raw(record: Mapping[str, Any], name: str, extra: Mapping[str, tuple[str, ...]]) -> RawArticle:
    """The article in a JSON object. ``extra`` names come before FIELDS. Raises RejectedFile(no-text)."""
    flat = {_plain(str(key)): value for key, value in record.items()}

    def first(field: str) -> str | None:
        for alias in (*extra.get(field, ()), *FIELDS[field]):
            if found := _string(_dig(flat, alias)):
                return found
        return None

    text = text_or_markup(first("text") or "")
    if not text.strip():
        raise reject("no-text", f"{name} has no text in any known field; its fields are: {_listed(record)}")
    return RawArticle(
        text,
        title=first("title"),
        outlet=first("outlet"),
        author=first("author"),
        url=first("url"),
        external_id=first("external_id"),
        published_at=_moment(first("published_at")),
    )


def _plain(name: str) -> str:
    return re.sub(r"[_\-@ ]", "", name).lower()


def _dig(flat: Mapping[str, Any], alias: str) -> Any:
    """``source.name`` is the member ``name`` of ``source``; a name with a dot in it is tried as it is first."""
    if _plain(alias) in flat:
        return flat[_plain(alias)]
    head, dot, tail = alias.partition(".")
    inner = flat.get(_plain(head)) if dot else None
    return _dig({_plain(str(k)): v for k, v in inner.items()}, tail) if isinstance(inner, Mapping) else None


def _string(value: Any) -> str | None:
    """Strings and numbers as they are; a list of paragraphs or authors joined; objects by their name or text."""
    if isinstance(value, str):
        return value if value.strip() else None
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, Mapping):
        return _string(value.get("name") or value.get("text") or value.get("value") or value.get("rendered"))
    if isinstance(value, Iterable):
        parts = [part for part in map(_string, value) if part]
        return ("\n" if any(len(part) > 80 for part in parts) else ", ").join(parts) or None
    return None


def _moment(value: str | None) -> str | datetime | None:
    """A number is seconds or milliseconds since 1970; all else is left to who knows dates."""
    if value is None or not re.fullmatch(r"\d{9,13}(\.\d+)?", value):
        return value
    seconds = float(value) / 1000 if float(value) >= _MILLISECONDS else float(value)
    return datetime.fromtimestamp(seconds, tz=UTC)


def _listed(record: Mapping[str, Any]) -> str:
    names = ", ".join(str(key)[:40] for key in list(record)[:12])
    return names + (", …" if len(record) > 12 else "") or "none"
