"""Which services ``kliping up`` runs, as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kliping.settings import UpSettings
from kliping.up.address import shown


@dataclass(frozen=True)
class Service:
    """One child process: ``module.main()`` under ``environ`` on top of the common environment."""

    name: str
    module: str
    environ: Mapping[str, str] = field(default_factory=dict)


def common_environ(settings: UpSettings, broker_url: str, host: str, port: int) -> dict[str, str]:
    """What every child is told: where the broker, the folders and the page are."""
    environ = {
        "KLIPING_REDIS_URL": broker_url,
        "KLIPING_INBOX": str(settings.inbox.absolute()),
        "KLIPING_DATA": str(settings.data.absolute()),
        "KLIPING_LOG_FORMAT": settings.log_format,
        "KLIPING_LOG_LEVEL": settings.log_level,
        "KLIPING_HEALTH_PORT": "0",
        "KLIPING_HOST": host,
        "KLIPING_PORT": str(port),
        "KLIPING_PAGE_URL": settings.page_url if "page_url" in settings.model_fields_set else shown(host, port),
    }
    if settings.opensearch_url:
        environ["KLIPING_OPENSEARCH_URL"] = settings.opensearch_url
    return environ


def plan(workers: int, *, watch: bool = True) -> tuple[Service, ...]:
    """The services in the order in which they start: readers of the last stream first, the folder last."""
    extract = tuple(
        Service(f"extract-{slot}", "kliping_extract.app", {"KLIPING_CONSUMER": f"extract-{slot}"})
        for slot in range(1, workers + 1)
    )
    single = {name: {"KLIPING_CONSUMER": f"{name}-1"} for name in ("index", "link", "ingest", "alert")}
    return (
        Service("search", "kliping_search.app"),
        Service("alert", "kliping_alert.app", single["alert"]),
        *extract,
        Service("link", "kliping_link.app", single["link"]),
        Service("index", "kliping_index.app", single["index"]),
        *((Service("ingest", "kliping_ingest.app", single["ingest"]),) if watch else ()),
    )
