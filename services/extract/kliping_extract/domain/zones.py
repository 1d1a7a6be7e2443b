"""Which stretches of an article are read for what."""

from __future__ import annotations

import re

from kliping_extract.domain.tokens import join_ranges
from kliping_shared.contracts.article import Article, Zone, ZoneKind
from kliping_shared.contracts.enriched import EntityType

_TEAM = re.compile(r"(?i)\s*(?:tim|redaksi)\b")
_CREDIT = re.compile(
    r"(?:(?i:editor|redaktur|penyunting|disunting oleh|penulis|pewarta|reporter|fotografer|penerjemah))[ ]?:?[ ](?:[A-Z][a-z]\. )*"
    r"((?:[A-Z][\w'’.-]*)(?: (?:[A-Z][\w'’.-]*)){0,4})"
)
_NAMED = frozenset({ZoneKind.TITLE, ZoneKind.DATELINE, ZoneKind.BODY})


def body_ranges(article: Article) -> list[tuple[int, int]]:
    """Where claims are looked for: the body; all of the text when ingest told no zones."""
    return _ranges(article, frozenset({ZoneKind.BODY}))


def named_ranges(article: Article) -> list[tuple[int, int]]:
    """Where entities are looked for: title, dateline and body."""
    return _ranges(article, _NAMED)


def title_ranges(article: Article) -> list[tuple[int, int]]:
    """Where capitals say little."""
    return [(zone.start, zone.end) for zone in article.zones if zone.kind is ZoneKind.TITLE]


def _ranges(article: Article, kinds: frozenset[ZoneKind]) -> list[tuple[int, int]]:
    if not article.zones:
        return [(0, len(article.text))]
    return join_ranges([(zone.start, zone.end) for zone in article.zones if zone.kind in kinds])


def stated_names(article: Article) -> list[tuple[int, int, EntityType]]:
    """Outlet and place in the dateline, outlets and writers in bylines and source notes: characters and type, as ingest read them."""
    found = []
    for zone in article.zones:
        if zone.kind is ZoneKind.DATELINE:
            found += _found(article, zone, article.dateline_place, EntityType.LOC)
            found += _site(article, zone) or _found(article, zone, article.outlet, EntityType.ORG)
        elif zone.kind in (ZoneKind.BYLINE, ZoneKind.SOURCE_NOTE):
            for part in _parts(article.origin) + _parts(article.outlet):
                found += _found(article, zone, part, EntityType.ORG)
            found += [(at, end, EntityType.PER) for at, end in _credited(article.text, zone)]
            for part in _parts(article.author) if not _TEAM.match(article.author or "") else ():
                found += _found(article, zone, part, EntityType.PER)
    return found


def own_names(article: Article) -> list[tuple[str, EntityType]]:
    """Names of known type in the article's metadata: outlet, agencies, place."""
    bodies = [article.outlet, *_parts(article.origin)]
    found = [(name, EntityType.ORG) for name in bodies if name and name[:1].isupper()]
    return found + ([(article.dateline_place, EntityType.LOC)] if article.dateline_place else [])


def _parts(names: str | None) -> list[str]:
    """`AFP/VOA Indonesia` and `A, B dan C` are several names."""
    return [part.strip() for part in re.split(r"/|,|;|\bdan\b|\band\b|&", names or "") if part.strip()]


def _credited(text: str, zone: Zone) -> list[tuple[int, int]]:
    """Who edited or wrote, behind the word for it: `Editor: Ratna Dewi`."""
    found = _CREDIT.finditer(text, zone.start, zone.end)
    return [match.span(1) for match in found if not _TEAM.match(match[1])]


def _site(article: Article, zone: Zone) -> list[tuple[int, int, EntityType]]:
    """The outlet's address where its name runs together: `SULUHPAGI.ID` of Suluh Pagi."""
    words = [re.escape(word) for word in (article.outlet or "").split()]
    site = re.compile("".join(words) + r"(?:\.[a-z]{2,5}){1,2}\b", re.IGNORECASE) if words else None
    found = site.search(article.text, zone.start, zone.end) if site else None
    return [(*found.span(), EntityType.ORG)] if found else []


def _found(article: Article, zone: Zone, name: str | None, kind: EntityType) -> list[tuple[int, int, EntityType]]:
    found = re.compile(re.escape(name), re.IGNORECASE).search(article.text, zone.start, zone.end) if name else None
    return [(found.start(), found.end(), kind)] if found else []
