"""Everything that is asked of the server, as data: templates, settings, mappings, aliases."""

from __future__ import annotations

from typing import Any, Final

from kliping_shared.analysis import fingerprint
from kliping_shared.store.opensearch.analysis import analysis
from kliping_shared.store.opensearch.mappings import BOOKKEEPING, default_fields, mapping, query_mapping
from kliping_shared.store.opensearch.names import FAMILIES, Family, Names

#: Grows with every change to settings or mappings. ``kliping setup`` brings older templates up to it and refuses newer.
SCHEMA_VERSION: Final = 4
#: How long a written document may wait to be found. Said, not left to the server, whose default stops when nobody asks.
REFRESH: Final = "1s"
#: A server with several processors looks at parts of an index at once, each counting its own most frequent values: what
#: is frequent in all, but in none of the parts, is then missing from facets and charts, and counts are too low.
COUNTING: Final = {"search.concurrent_segment_search.mode": "none"}
#: Shown to readers: what the searched aliases let through.
LIVE: Final = {"term": {"live": True}}

Body = dict[str, Any]


def meta() -> Body:
    """What a template and an index remember of the Kliping that made them."""
    return {"kliping": {"schema": SCHEMA_VERSION, "analysis": fingerprint()}}


def component_templates(names: Names, replicas: int) -> dict[str, Body]:
    """Name to body: the settings and the bookkeeping that all indices share."""
    settings: Body = {
        "number_of_shards": 1,
        "number_of_replicas": replicas,
        "refresh_interval": REFRESH,
        "analysis": analysis(),
    }
    settings |= COUNTING
    return {
        names.settings_component: _versioned({"template": {"settings": {"index": settings}}}),
        names.bookkeeping_component: _versioned({"template": {"mappings": {"properties": dict(BOOKKEEPING)}}}),
    }


def index_templates(names: Names) -> dict[str, Body]:
    """Name to body, one for each family. Mappings stand here, not in components: those must do with own analyzers."""
    components = [names.settings_component, names.bookkeeping_component]
    return {
        names.template(family): _versioned(
            {
                "index_patterns": [names.pattern(family)],
                "priority": 200,
                "composed_of": components,
                "template": {"mappings": mappings(family), **_own_settings(family)},
            }
        )
        for family in FAMILIES
    }


def mappings(family: Family) -> Body:
    """The mapping of a family's index without the bookkeeping. Unknown fields are refused."""
    properties = query_mapping() if family == "queries" else mapping(family)
    return {"dynamic": "strict", "_meta": meta(), "properties": properties}


def alias_actions(names: Names, family: Family, index: str) -> list[Body]:
    """What makes ``index`` the one that is searched and written."""
    shown: Body = {} if family == "queries" else {"filter": LIVE}
    return [
        {"add": {"index": index, "alias": names.alias(family), **shown}},
        {"add": {"index": index, "alias": names.write_alias(family), "is_write_index": True}},
    ]


def _own_settings(family: Family) -> Body:
    if family == "queries":
        return {}
    return {"settings": {"index": {"query": {"default_field": default_fields(family)}}}}


def _versioned(body: Body) -> Body:
    return {**body, "version": SCHEMA_VERSION, "_meta": meta()}
