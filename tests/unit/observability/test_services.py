"""What ingest and search say at /metrics."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kliping_ingest.app import build
from kliping_search.lookup import Store
from kliping_shared.errors import QueryError, SettingsError, StoreUnavailable
from kliping_shared.observability import Metrics
from kliping_shared.settings import Settings, load
from kliping_shared.store.ports import SearchPage, SearchRequest
from tests.unit.ingest.builders import TEXT
from tests.unit.ingest.fakes import FakePublisher, settings


async def test_ingest_counts_files_and_measures_the_disks(tmp_path: Path) -> None:
    """Files by outcome, none waiting in the end, and room on both file systems."""
    told = settings(tmp_path)
    told.inbox.mkdir()
    (told.inbox / "a.txt").write_text(TEXT, encoding="utf-8")
    (told.inbox / "b.txt").write_text(TEXT, encoding="utf-8")
    (told.inbox / "c.json").write_text("{no json", encoding="utf-8")
    metrics = Metrics()
    async with build(told, publisher=FakePublisher(), metrics=metrics) as service:
        assert 'kliping_files_total{outcome="rejected"} 0.0' in metrics.render().decode()
        await service.drain()
    outcomes = {name: metrics.value("kliping_files_total", outcome=name) for name in ("ok", "duplicate", "rejected")}
    assert outcomes["rejected"] == 1
    assert sum(outcomes.values()) == 3
    assert metrics.value("kliping_files_waiting") == 0
    for folder in ("inbox", "data"):
        free = metrics.value("kliping_disk_free_bytes", folder=folder)
        assert 0 < free <= metrics.value("kliping_disk_size_bytes", folder=folder)


class Reader:
    """A store that answers, or fails."""

    def __init__(self, error: Exception | None) -> None:
        self._error = error

    async def search(self, request: SearchRequest) -> SearchPage:
        if self._error:
            raise self._error
        return SearchPage(total=0, hits=(), facets={}, next_cursor=None)


@pytest.mark.parametrize(
    ("error", "outcome"),
    [(None, "ok"), (QueryError("what?", 0), "refused"), (StoreUnavailable("away"), "unavailable")],
)
async def test_searches_are_measured_by_how_they_ended(error: Any, outcome: str) -> None:
    """One search is one observation."""
    store = Store(Reader(error), 1.0)  # type: ignore[arg-type]
    try:
        await store.search(SearchRequest(kind="claims"))
    except (QueryError, StoreUnavailable):
        assert error is not None
    labels = {"kind": "claims", "outcome": outcome}
    assert store.metrics.registry.get_sample_value("kliping_search_seconds_count", labels) == 1


@pytest.mark.parametrize(
    ("given", "good"), [("", True), ("http://c:4318", True), ("https://c/otlp", True), ("c:4318", False)]
)
def test_where_traces_go_is_an_address_or_nothing(given: str, good: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty value, as Compose passes it on, means off; what is no URL is a settings error."""
    monkeypatch.setenv("KLIPING_OTLP_ENDPOINT", given)
    if good:
        assert load(Settings).otlp_endpoint == given
    else:
        with pytest.raises(SettingsError, match="KLIPING_OTLP_ENDPOINT"):
            load(Settings)
