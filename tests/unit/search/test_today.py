"""The day that it is, and the time, where the readers are."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from httpx import ASGITransport, AsyncClient

from kliping_search.app import build
from kliping_search.domain.presets import presets
from kliping_search.formats import day, local_day, moment
from kliping_search.settings import SearchSettings
from kliping_shared.errors import SettingsError
from kliping_shared.settings import Settings, load

#: Where it is never the same day: 26 hours lie between their clocks.
EAST, WEST = "Pacific/Kiritimati", "Etc/GMT+12"


async def _todays(folder: Path, timezone: str) -> tuple[str, str]:
    """The day that the page offers as today, and the one in the name of a file that is taken away."""
    application = build(SearchSettings(data=folder, timezone=timezone))
    async with AsyncClient(transport=ASGITransport(application), base_url="http://localhost") as client:
        page = (await client.get("/")).text
        name = (await client.get("/api/v1/export/claims.csv")).headers["content-disposition"]
    return page.partition("?from=")[2][:10], name.partition("kliping-claims-")[2][:10]


async def test_today_is_the_readers_day(tmp_path: Path) -> None:
    """Not that of the machine, which may stand anywhere; the same for page and API."""
    (east, east_file), (west, west_file) = await _todays(tmp_path, EAST), await _todays(tmp_path, WEST)
    assert east > west
    assert (east_file, west_file) == (east, west)


def test_presets_end_today() -> None:
    """And begin so many days before, today among them."""
    made = presets(date(2026, 3, 2))
    assert made == {
        "Today": ("2026-03-02", "2026-03-02"),
        "7 days": ("2026-02-24", "2026-03-02"),
        "30 days": ((date(2026, 3, 2) - timedelta(29)).isoformat(), "2026-03-02"),
    }


def test_a_moment_is_told_with_its_zone() -> None:
    """A clock without one could be anybody's."""
    assert moment("2026-03-01T17:30:00+00:00", ZoneInfo("Asia/Jakarta")) == "2026-03-02 00:30:00 WIB"


@pytest.mark.parametrize(
    ("published", "shown"),
    [
        ("2026-03-01T18:00:00+00:00", "Mon, 2 Mar 2026"),
        ("2026-03-01T18:00:00+09:00", "Sun, 1 Mar 2026"),
        ("2026-03-01", "Sun, 1 Mar 2026"),
        ("yesterday evening", "yesterday evening"),
        (None, ""),
    ],
)
def test_a_day_of_publication_is_the_newsrooms(published: str | None, shown: str) -> None:
    """As the day that it is found by; where the readers are does not matter."""
    assert day(published) == shown


def test_a_day_of_what_was_done_is_the_readers() -> None:
    """It was done here; told as a time, or as it is written down."""
    at = "2026-03-01T15:30:00+00:00"
    assert local_day(at, ZoneInfo("Asia/Jakarta")) == "Sun, 1 Mar 2026"
    assert local_day(datetime.fromisoformat(at), ZoneInfo("Asia/Jayapura")) == "Mon, 2 Mar 2026"


def test_what_is_no_time_zone_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the setting's name and an example."""
    monkeypatch.setenv("KLIPING_TIMEZONE", "Jakarta")
    with pytest.raises(SettingsError, match=r"KLIPING_TIMEZONE.*Asia/Jakarta"):
        load(Settings)
