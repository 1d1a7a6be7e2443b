"""The part of ``kliping setup`` that brings the dashboards."""

from __future__ import annotations

from importlib.metadata import version

from kliping.dashboards.building import Site
from kliping.dashboards.client import Access, DashboardsApi
from kliping.dashboards.importing import Outcome, Patience, bring_up_to_date
from kliping.settings import SetupSettings


def set_up_dashboards(settings: SetupSettings, seconds: float) -> str:
    """Import what is missing or older, waiting so many ``seconds`` for Dashboards to start; one line on what was done.

    Raises StoreUnavailable when it does not start in time, SettingsError, PermanentError.
    """
    password = settings.opensearch_password
    access = Access(
        settings.dashboards_url or "",
        settings.opensearch_user,
        password.get_secret_value() if password else "",
        settings.opensearch_ca,
    )
    site = Site(settings.index_prefix, settings.page_url)
    outcome = bring_up_to_date(DashboardsApi(access), site, version("kliping"), Patience(seconds))
    return told(outcome)


def told(outcome: Outcome) -> str:
    """What was done, for people."""
    match outcome.what:
        case "imported":
            return f"Dashboards: {outcome.count} objects of Kliping {outcome.release} imported."
        case "unchanged":
            return f"Dashboards: the objects of Kliping {outcome.release} are there."
        case "newer":
            return f"Dashboards: left as it is, its objects are of Kliping {outcome.release}, a later one."
