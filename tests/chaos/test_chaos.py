"""kill -9 at random moments: every article is searchable exactly once, and nothing differs from an undisturbed run."""

from __future__ import annotations

import os
import random
import signal
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from tests.support.articles import Invented, invented
from tests.support.running import Running, exported, kliping, wait_until

FULL = os.environ.get("KLIPING_TEST_CHAOS") == "full"
ARTICLES, KILLS = (500, 20) if FULL else (48, 6)
PATIENCE_S = 900 if FULL else 240

pytestmark = [
    pytest.mark.chaos,
    pytest.mark.timeout(2 * PATIENCE_S),
    pytest.mark.skipif(not Path("/proc").exists(), reason="reads /proc"),
]


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    """A Kliping to disturb, gone afterwards."""
    up = Running(tmp_path / "disturbed")
    yield up
    with suppress(AssertionError, ProcessLookupError):
        up.kill_all()


def drop(folder: Path, articles: list[Invented]) -> None:
    for article in articles:
        (folder / article.name).write_text(article.text, encoding="utf-8")


def left(inbox: Path) -> list[Path]:
    return [path for path in inbox.iterdir() if not path.name.startswith(".")]


def links(data: Path) -> dict[str, Any]:
    """What must be equal: the articles, each claim's group, each article's story."""
    claims, articles = exported(data, "claims"), exported(data, "articles")
    return {
        "articles": Counter(article["article_id"] for article in articles),
        "groups": {claim["claim_id"]: claim["group_id"] for claim in claims},
        "stories": {article["article_id"]: article["story_id"] for article in articles},
    }


def test_kill_dash_nine_loses_and_doubles_nothing(tmp_path: Path, running: Running) -> None:
    """After random kills of services, broker and whole process group all articles are there once, grouped as ever."""
    articles = list(invented(ARTICLES, seed=7))
    calm = tmp_path / "calm"
    (calm / "inbox").mkdir(parents=True)
    drop(calm / "inbox", articles)
    result = kliping(
        "up", "--once", "--inbox", calm / "inbox", "--data", calm / "data", "--port", "0", timeout=PATIENCE_S
    )
    assert result.returncode == 0, result.stdout + result.stderr

    seed = int(os.environ.get("KLIPING_TEST_CHAOS_SEED", "20260913"))
    chance = random.Random(seed)
    chunk = -(-ARTICLES // KILLS)
    running.start()
    for number in range(KILLS):
        drop(running.inbox, articles[number * chunk : (number + 1) * chunk])
        disturb(running, chance)
    wait_until(
        lambda: not left(running.inbox),
        seconds=PATIENCE_S,
        what=f"inbox empty (seed {seed}): {running.output()[-3000:]}",
    )
    expected = links(calm / "data")
    wait_until(lambda: links(running.data) == expected, seconds=PATIENCE_S, what=f"the calm run's result (seed {seed})")
    assert running.stop() == 0
    assert set(expected["articles"].values()) == {1}
    assert len(expected["articles"]) == ARTICLES
    assert sorted(path.name for path in (running.inbox / ".done").iterdir()) == sorted(
        article.name for article in articles
    )


def disturb(running: Running, chance: random.Random) -> None:
    """At a random moment kill one process of the session, or (one time in three) all; start again what was started."""
    moment = chance.uniform(0.2, 3.0)
    with suppress(AssertionError):
        wait_until(lambda: False, seconds=moment, what="the moment")
    if chance.random() < 1 / 3 or not running.alive:
        running.kill_all()
    else:
        with suppress(ProcessLookupError):
            os.kill(chance.choice(running.pids()), signal.SIGKILL)
    # Orphans of a killed supervisor may still be finishing: the new start has to live with them.
    if not running.alive:
        running.start()
