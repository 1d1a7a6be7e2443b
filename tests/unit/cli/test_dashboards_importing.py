"""When the dashboards are imported, and when they are left alone."""

from __future__ import annotations

import pytest

from kliping.dashboards.building import SavedObject, Site
from kliping.dashboards.client import Imported, failure
from kliping.dashboards.importing import Outcome, Patience, bring_up_to_date
from kliping.dashboards.objects import saved_objects
from kliping.dashboards.setup import told
from kliping_shared.errors import PermanentError, StoreUnavailable

SITE = Site()


class Clock:
    """Time that passes only by sleeping."""

    def __init__(self) -> None:
        self.now = 0.0
        self.pauses: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        """Let it pass."""
        self.pauses.append(seconds)
        self.now += seconds


class FakeApi:
    """Dashboards that keeps what it is brought; away for the first ``away`` calls; refuses with ``failures``."""

    def __init__(self, *, away: int = 0, failures: tuple[str, ...] = ()) -> None:
        self.kept: dict[tuple[str, str], SavedObject] = {}
        self.imports = 0
        self._away, self._failures = away, failures

    def description(self, type: str, id: str) -> str | None:
        """As the real one."""
        self._answer()
        kept = self.kept.get((type, id))
        return kept.attributes["description"] if kept else None

    def bring(self, objects: list[SavedObject]) -> Imported:
        """As the real one."""
        self._answer()
        self.imports += 1
        self.kept |= {(one.type, one.id): one for one in objects}
        return Imported(len(objects), self._failures)

    def _answer(self) -> None:
        if self._away:
            self._away -= 1
            raise StoreUnavailable("not ready yet")


def _bring(
    api: FakeApi, release: str = "0.9.1", *, site: Site = SITE, seconds: float = 60, clock: Clock | None = None
) -> Outcome:
    clock = clock or Clock()
    return bring_up_to_date(api, site, release, Patience(seconds, sleep=clock.sleep, clock=clock))


def test_the_first_time_everything_is_imported() -> None:
    """An empty Dashboards gets every object."""
    api = FakeApi()
    outcome = _bring(api)
    assert outcome == Outcome("imported", "0.9.1", len(saved_objects(SITE)))
    assert {(one.type, one.id) for one in saved_objects(SITE)} == api.kept.keys()


def test_again_nothing_is_written() -> None:
    """What people changed since the import stays: the same release is not imported twice."""
    api = FakeApi()
    _bring(api)
    imports = api.imports
    assert _bring(api).what == "unchanged"
    assert api.imports == imports


@pytest.mark.parametrize("later", ["0.9.2", "0.10.0", "1.0"])
def test_a_later_release_replaces_and_an_earlier_one_does_not(later: str) -> None:
    """Releases are compared number by number; an earlier Kliping leaves the objects of a later one alone."""
    api = FakeApi()
    _bring(api)
    assert _bring(api, later).what == "imported"
    imports = api.imports
    assert _bring(api, "0.9.1") == Outcome("newer", later)
    assert api.imports == imports


def test_another_page_is_imported_again() -> None:
    """When the page's address changes, the links do, within one release too."""
    api = FakeApi()
    _bring(api)
    assert _bring(api, site=Site(page_url="https://news.example")).what == "imported"
    assert "https://news.example" in api.kept["index-pattern", "kliping-claims"].attributes["fieldFormatMap"]


def test_it_waits_for_dashboards_with_growing_pauses() -> None:
    """While Dashboards starts it is asked again, less and less often, up to every five seconds."""
    clock = Clock()
    assert _bring(FakeApi(away=6), clock=clock).what == "imported"
    assert clock.pauses == [0.5, 1.0, 2.0, 4.0, 5.0, 5.0]


def test_it_gives_up_in_time() -> None:
    """After the given time the last trouble is told, with how long was waited."""
    clock = Clock()
    with pytest.raises(StoreUnavailable, match=r"not ready yet \(waited 10 s\)"):
        _bring(FakeApi(away=1000), seconds=10, clock=clock)
    assert clock.now <= 10


def test_refused_objects_are_named_and_the_import_is_done_again() -> None:
    """An import that lacks objects is an error that names them, and is not taken for done the next time."""
    api = FakeApi(failures=("search 'a' is there already and was not replaced", "dashboard 'b': too large"))
    with pytest.raises(PermanentError, match=r"did not take: search 'a' is there.*; dashboard 'b': too large"):
        _bring(api)
    api._failures = ()
    assert _bring(api).what == "imported"


@pytest.mark.parametrize(
    ("error", "words"),
    [
        ({"type": "conflict"}, "search 's' is there already and was not replaced"),
        (
            {"type": "missing_references", "references": [{"type": "index-pattern", "id": "p"}]},
            "search 's' needs what is not there: index-pattern 'p'",
        ),
        ({"type": "unsupported_type"}, "search 's' is of a type that this Dashboards does not know"),
        ({"type": "unknown", "message": "too large", "statusCode": 413}, "search 's': too large"),
        ({"type": "odd"}, "search 's': odd"),
        ({}, "search 's': no reason given"),
    ],
)
def test_failures_are_told_plainly(error: dict[str, object], words: str) -> None:
    """Every reason that the API gives for an object becomes a sentence."""
    assert failure({"type": "search", "id": "s", "error": error}) == words


def test_what_was_done_is_one_line() -> None:
    """Setup tells what it did with the dashboards."""
    assert told(Outcome("imported", "1.0", 42)) == "Dashboards: 42 objects of Kliping 1.0 imported."
    assert told(Outcome("unchanged", "1.0")) == "Dashboards: the objects of Kliping 1.0 are there."
    assert told(Outcome("newer", "2.0")).startswith("Dashboards: left as it is")
