"""Saved objects of OpenSearch Dashboards, in the form that Kibana OSS 7.10, which it was made from, takes as well."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from kliping.dashboards.aggregations import Aggregation, numbered

Json = dict[str, Any]

#: The last migration of each type that both know: objects marked so are taken as they are, by any later version too.
MIGRATIONS: Final = {"index-pattern": "7.6.0", "search": "7.9.3", "visualization": "7.10.0", "dashboard": "7.9.3"}
#: The grid of a dashboard: so many columns; a row is 20 pixels high.
COLUMNS: Final = 48
_PANEL_VERSION: Final = "7.10.0"
_INDEX: Final = "kibanaSavedObjectMeta.searchSourceJSON.index"


@dataclass(frozen=True)
class Site:
    """What differs between installations: the prefix of the indices' names, and where Kliping's page is."""

    prefix: str = "kliping"
    page_url: str = "http://127.0.0.1:8080"

    def id(self, name: str) -> str:
        """The id of an object, and the name of an index: both begin with the prefix."""
        return f"{self.prefix}-{name}"

    def link(self, path: str) -> str:
        """An address below the page's."""
        return f"{self.page_url.rstrip('/')}/{path}"


@dataclass(frozen=True)
class SavedObject:
    """One saved object; ``references`` are (name, type, id)."""

    type: str
    id: str
    attributes: Json
    references: tuple[tuple[str, str, str], ...] = ()

    def line(self) -> str:
        """The object as a line of an export."""
        references = [{"name": name, "type": kind, "id": of} for name, kind, of in self.references]
        whole = {
            "attributes": self.attributes,
            "id": self.id,
            "migrationVersion": {self.type: MIGRATIONS[self.type]},
            "references": references,
            "type": self.type,
        }
        return json.dumps(whole, ensure_ascii=False, sort_keys=True)


@dataclass(frozen=True)
class Search:
    """A saved search: the ``columns`` of the documents that ``query`` (Lucene syntax) finds, newest first."""

    name: str
    title: str
    description: str
    index: str
    columns: tuple[str, ...]
    query: str = ""
    newest: str = "published_at"

    def saved(self, site: Site) -> SavedObject:
        """As a saved object."""
        attributes = {
            "title": self.title,
            "description": self.description,
            "hits": 0,
            "columns": list(self.columns),
            "sort": [[self.newest, "desc"]],
            "version": 1,
            "kibanaSavedObjectMeta": _source(self.query, highlightAll=True, version=True),
        }
        return SavedObject("search", site.id(self.name), attributes, ((_INDEX, "index-pattern", site.id(self.index)),))


@dataclass(frozen=True)
class Chart:
    """A visualization of what ``query`` (Lucene syntax) finds in ``index``; ``colors`` by label."""

    name: str
    title: str
    index: str
    type: str
    params: Json
    aggregations: tuple[Aggregation, ...]
    query: str = ""
    description: str = ""
    colors: Json = field(default_factory=dict)

    def saved(self, site: Site) -> SavedObject:
        """As a saved object."""
        state = {
            "title": self.title,
            "type": self.type,
            "params": self.params | {"type": self.type},
            "aggs": numbered(self.aggregations),
        }
        return SavedObject(
            "visualization",
            site.id(self.name),
            _visualization(self.title, self.description, state, _source(self.query), self.colors),
            ((_INDEX, "index-pattern", site.id(self.index)),),
        )


@dataclass(frozen=True)
class Text:
    """A visualization of Markdown, in which ``{site.…}`` stands for what differs between installations."""

    name: str
    title: str
    markdown: str
    description: str = ""

    def saved(self, site: Site) -> SavedObject:
        """As a saved object."""
        params = {"fontSize": 11, "openLinksInNewTab": False, "markdown": self.markdown.format(site=site)}
        state = {"title": self.title, "type": "markdown", "params": params, "aggs": []}
        return SavedObject(
            "visualization", site.id(self.name), _visualization(self.title, self.description, state, _source(None))
        )


@dataclass(frozen=True)
class Controls:
    """A row of drop-down lists, each filtering the dashboard by a field of ``index``: (label, field)."""

    name: str
    title: str
    index: str
    fields: tuple[tuple[str, str], ...]

    def saved(self, site: Site) -> SavedObject:
        """As a saved object."""
        controls, references = [], []
        for number, (label, name) in enumerate(self.fields):
            reference = f"control_{number}_index_pattern"
            options = {"type": "terms", "multiselect": True, "dynamicOptions": True, "size": 50, "order": "desc"}
            control = {"id": f"{self.name}-{name}", "fieldName": name, "parent": "", "label": label, "type": "list"}
            controls.append(control | {"options": options, "indexPatternRefName": reference})
            references.append((reference, "index-pattern", site.id(self.index)))
        params = {"controls": controls, "updateFiltersOnChange": True, "useTimeFilter": True, "pinFilters": False}
        state = {"title": self.title, "type": "input_control_vis", "params": params, "aggs": []}
        attributes = _visualization(self.title, "", state, _source(None))
        return SavedObject("visualization", site.id(self.name), attributes, tuple(references))


Panel = Search | Chart | Text | Controls


@dataclass(frozen=True)
class Placed:
    """A panel with its width and height in the dashboard's grid; ``bare`` without its title."""

    panel: Panel
    width: int
    height: int
    bare: bool = False


@dataclass(frozen=True)
class Dashboard:
    """Rows of panels, the panels of a row equally high, and the time that is shown at first."""

    name: str
    title: str
    description: str
    rows: tuple[tuple[Placed, ...], ...]
    since: str
    until: str = "now"

    def panels(self) -> list[Panel]:
        """What stands on it, in reading order."""
        return [placed.panel for row in self.rows for placed in row]

    def saved(self, site: Site) -> SavedObject:
        """As a saved object."""
        panels, references = [], []
        for number, (placed, x, y) in enumerate(_places(self.rows)):
            grid = {"x": x, "y": y, "w": placed.width, "h": placed.height, "i": str(number)}
            panels.append(
                {
                    "version": _PANEL_VERSION,
                    "panelIndex": str(number),
                    "gridData": grid,
                    "embeddableConfig": {"hidePanelTitles": True} if placed.bare else {},
                    "panelRefName": f"panel_{number}",
                }
            )
            saved = placed.panel.saved(site)
            references.append((f"panel_{number}", saved.type, saved.id))
        attributes = {
            "title": self.title,
            "description": self.description,
            "hits": 0,
            "panelsJSON": _json(panels),
            "optionsJSON": _json({"hidePanelTitles": False, "useMargins": True}),
            "version": 1,
            "timeRestore": True,
            "timeFrom": self.since,
            "timeTo": self.until,
            "refreshInterval": {"pause": True, "value": 0},
            "kibanaSavedObjectMeta": {"searchSourceJSON": _json(_nothing("kuery"))},
        }
        return SavedObject("dashboard", site.id(self.name), attributes, tuple(references))


def _places(rows: Sequence[Sequence[Placed]]) -> Iterable[tuple[Placed, int, int]]:
    """Each panel with the column and row of its upper left corner."""
    y = 0
    for row in rows:
        x = 0
        for placed in row:
            yield placed, x, y
            x += placed.width
        y += max(placed.height for placed in row)


def _visualization(title: str, description: str, state: Json, source: Json, colors: Json | None = None) -> Json:
    return {
        "title": title,
        "description": description,
        "visState": _json(state),
        "uiStateJSON": _json({"vis": {"colors": colors}} if colors else {}),
        "version": 1,
        "kibanaSavedObjectMeta": source,
    }


def _source(query: str | None, **more: Any) -> Json:
    """What is searched; None: nothing."""
    if query is None:
        return {"searchSourceJSON": _json(_nothing("kuery"))}
    source = _nothing("lucene" if query else "kuery") | more
    source["query"]["query"] = query
    return {"searchSourceJSON": _json(source | {"indexRefName": _INDEX})}


def _nothing(language: str) -> Json:
    return {"query": {"query": "", "language": language}, "filter": []}


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
