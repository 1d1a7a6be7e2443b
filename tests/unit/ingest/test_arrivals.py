"""When a file may be read, decided from what was seen of it and when."""

from __future__ import annotations

import pytest

from kliping_ingest.domain.arrivals import Arrivals, Candidate, Patience, Writer
from kliping_ingest.domain.file_identity import Identity

PATIENCE = Patience(quiet=0.02, stable=2.0)
SMALL, LARGE = Identity(1, 1, 10, 5), Identity(1, 1, 20, 6)


def seen(arrivals: Arrivals, identity: Identity, now: float) -> Candidate:
    """The one candidate after a look at it that showed ``identity``."""
    (candidate,) = arrivals.due(now)
    if candidate.identity != identity:
        arrivals.changed(candidate, identity, now)
        (candidate,) = arrivals.due(now + 1000)
    return candidate


@pytest.mark.parametrize(
    ("writer", "closed", "after", "ready"),
    [
        (Writer.NONE, True, 0.02, True),
        (Writer.NONE, False, 0.02, True),
        (Writer.NONE, True, 0.01, False),
        (Writer.UNKNOWN, True, 0.02, True),
        (Writer.UNKNOWN, False, 0.02, False),
        (Writer.UNKNOWN, False, 2.0, True),
        (Writer.OPEN, True, 100.0, False),
        (Writer.OPEN, False, 100.0, False),
    ],
)
def test_an_unchanged_file_is_ready_after_its_time(writer: Writer, closed: bool, after: float, ready: bool) -> None:
    """Closed files soon, unknown ones after the stable time, files that are open for writing never."""
    arrivals = Arrivals(PATIENCE)
    arrivals.told("a", 0.0, closed=closed)
    candidate = seen(arrivals, SMALL, 0.0)
    assert arrivals.is_ready(candidate, writer, after) is ready


def test_a_change_begins_the_wait_anew() -> None:
    """The time counts from the last change that was seen."""
    arrivals = Arrivals(PATIENCE)
    arrivals.told("a", 0.0, closed=False)
    seen(arrivals, SMALL, 0.0)
    candidate = seen(arrivals, LARGE, 1.9)
    assert not arrivals.is_ready(candidate, Writer.UNKNOWN, 2.1)
    assert arrivals.is_ready(candidate, Writer.UNKNOWN, 3.9)


def test_an_old_file_needs_no_wait() -> None:
    """A file met by a scan has been unchanged for as long as its date says."""
    arrivals = Arrivals(PATIENCE)
    arrivals.found("a", SMALL, 0.0, age=1e9)
    (candidate,) = arrivals.due(0.0)
    assert arrivals.is_ready(candidate, Writer.UNKNOWN, 0.0)


def test_a_date_in_the_future_is_no_age() -> None:
    """A wrong clock does not make a file ready at once."""
    arrivals = Arrivals(PATIENCE)
    arrivals.found("a", SMALL, 0.0, age=-1e9)
    (candidate,) = arrivals.due(0.0)
    assert not arrivals.is_ready(candidate, Writer.UNKNOWN, 0.0)


def test_a_file_not_ready_is_looked_at_again_soon() -> None:
    """Nothing is looked at all the time, nothing is forgotten."""
    arrivals = Arrivals(PATIENCE)
    arrivals.told("a", 0.0, closed=False)
    candidate = seen(arrivals, SMALL, 0.0)
    arrivals.is_ready(candidate, Writer.OPEN, 1.0)
    assert list(arrivals.due(1.1)) == []
    assert arrivals.next_look() == pytest.approx(1.25)


def test_order_is_that_of_arrival() -> None:
    """A later event for a file does not send it to the end of the queue; a taken one is gone."""
    arrivals = Arrivals(PATIENCE)
    for name in ("b", "a", "b", "c"):
        arrivals.told(name, 0.0, closed=True)
    arrivals.drop("a")
    assert arrivals.names() == ("b", "c")
