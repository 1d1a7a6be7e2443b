"""Index patterns: the fields of each kind of document, how they are shown, and where they lead."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from kliping.dashboards.building import SavedObject, Site
from kliping_shared.store.documents import Kind
from kliping_shared.store.opensearch.mappings import mapping

Json = dict[str, Any]

_TYPES: Final = {"keyword": "string", "text": "string", "integer": "number", "float": "number"}
#: Not of interest to a reader, and long.
_HIDDEN: Final = (
    "body", "zones", "words", "keeping", "sort", "live", "arrival", "kept_at", "wordings", "differences", "articles",
)  # fmt: skip
# As in Indonesia; with hyphens narrow columns would break them.
_MOMENT: Final = {"id": "date", "params": {"pattern": "DD/MM/YYYY HH:mm"}}
_DAY: Final = {"id": "date", "params": {"pattern": "DD/MM/YYYY"}}
_WHOLE: Final = {"id": "number", "params": {"pattern": "0"}}
_SHARE: Final = {"id": "number", "params": {"pattern": "0.00"}}
_FORMATS: Final[Mapping[str, Json]] = {
    "published_on": _DAY,
    "start": _WHOLE,
    "end": _WHOLE,
    "confidence": _SHARE,
    "claim_count": {"id": "number", "params": {"pattern": "0,0.[0]"}},
    "url": {"id": "url", "params": {}},
}
#: Ids that have a page of their own.
_PAGES: Final = {"article_id": "articles", "claim_id": "claims", "group_id": "groups", "story_id": "stories"}


@dataclass(frozen=True)
class Link:
    """A column with one word that leads to the page of an id: a scripted field, so that the id itself stays readable
    in filters."""

    name: str
    id_field: str
    label: str


@dataclass(frozen=True)
class Pattern:
    """An index pattern; ``index`` is what is searched, after the installation's prefix."""

    name: str
    index: str
    kind: Kind
    time: str
    links: tuple[Link, ...]

    def saved(self, site: Site) -> SavedObject:
        """As a saved object."""
        attributes = {
            "title": site.id(self.index),
            "timeFieldName": self.time,
            "fields": _json([*fields(self.kind), *(_scripted(link) for link in self.links)]),
            "fieldFormatMap": _json(self._formats(site)),
            "sourceFilters": _json([{"value": name} for name in _HIDDEN]),
        }
        return SavedObject("index-pattern", site.id(self.name), attributes)

    def _formats(self, site: Site) -> Json:
        formats: Json = {}
        for one in fields(self.kind):
            name = one["name"]
            if name in _PAGES:
                formats[name] = _to_page(site, _PAGES[name], "{{value}}")
            elif name in _FORMATS:
                formats[name] = _FORMATS[name]
            elif one["type"] == "date":
                formats[name] = _MOMENT
        for link in self.links:
            formats[link.name] = _to_page(site, _PAGES[link.id_field], link.label)
        return formats


_READ: Final = Link("read", "article_id", "Read")
PATTERNS: Final = (
    Pattern("articles", "articles", "articles", "published_at", (_READ,)),
    # The same articles by the time of their arrival. A pattern has one time field and titles should differ: this one
    # matches the name of the articles alone, and no name that begins with it.
    Pattern("arrivals", "articl*s", "articles", "ingested_at", (_READ,)),
    Pattern("claims", "claims", "claims", "published_at", (_READ, Link("compare", "group_id", "Compare"))),
    Pattern("groups", "groups", "groups", "published_at", (Link("compare", "group_id", "Compare"),)),
    Pattern("stories", "stories", "stories", "published_at", (Link("open", "story_id", "Open"),)),
)


def fields(kind: Kind) -> list[Json]:
    """The fields of a kind as Dashboards lists them, those of the index's own bookkeeping left out."""
    found = [_meta(name, kind_) for name, kind_ in (("_id", "string"), ("_index", "string"), ("_score", "number"))]
    found.append({**_meta("_source", "_source"), "searchable": False, "aggregatable": False})
    shown = {name: field for name, field in mapping(kind).items() if name not in _HIDDEN}
    found += [field for name in sorted(shown) for field in _listed(name, shown[name])]
    return found


def _listed(name: str, field: Mapping[str, Any], parent: str | None = None) -> Iterator[Json]:
    """The field and its sub-fields."""
    if field["type"] == "object":
        return
    analyzed = field["type"] == "text"
    listed = {
        "name": name,
        "type": _TYPES.get(field["type"], field["type"]),
        "esTypes": [field["type"]],
        "count": 0,
        "scripted": False,
        "searchable": True,
        "aggregatable": not analyzed,
        "readFromDocValues": not analyzed,
    }
    yield listed | ({"subType": {"multi": {"parent": parent}}} if parent else {})
    for sub, part in sorted(field.get("fields", {}).items()):
        yield from _listed(f"{name}.{sub}", part, name)


def _meta(name: str, kind: str) -> Json:
    aggregatable = name in ("_id", "_index")
    return {
        "name": name,
        "type": kind,
        "esTypes": [] if kind == "number" else [name],
        "count": 0,
        "scripted": False,
        "searchable": aggregatable,
        "aggregatable": aggregatable,
        "readFromDocValues": False,
    }


def _scripted(link: Link) -> Json:
    return {
        "name": link.name,
        "type": "string",
        "count": 0,
        "scripted": True,
        "script": f"doc['{link.id_field}'].value",
        "lang": "painless",
        "searchable": True,
        "aggregatable": True,
        "readFromDocValues": False,
    }


def _to_page(site: Site, folder: str, label: str) -> Json:
    template = site.link(f"{folder}/{{{{value}}}}")
    return {
        "id": "url",
        "params": {"type": "a", "urlTemplate": template, "labelTemplate": label, "openLinkInCurrentTab": False},
    }


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
