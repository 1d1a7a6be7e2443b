"""All saved objects of an installation, and the file for importing them by hand."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from kliping.dashboards import agreement, pipeline, who_says_what
from kliping.dashboards.building import SavedObject, Site
from kliping.dashboards.patterns import PATTERNS

DASHBOARDS: Final = (who_says_what.DASHBOARD, agreement.DASHBOARD, pipeline.DASHBOARD)
#: Saved searches that stand on no dashboard.
SEARCHES: Final = (*who_says_what.SEARCHES, *agreement.SEARCHES, *pipeline.SEARCHES)


def saved_objects(site: Site) -> list[SavedObject]:
    """Each object once, what is referred to before what refers to it."""
    panels = [panel for dashboard in DASHBOARDS for panel in dashboard.panels()]
    found = [part.saved(site) for part in (*PATTERNS, *SEARCHES, *panels, *DASHBOARDS)]
    return list({(one.type, one.id): one for one in found}.values())


def ndjson(objects: Iterable[SavedObject]) -> str:
    """As an export file, a line each."""
    return "".join(f"{one.line()}\n" for one in objects)
