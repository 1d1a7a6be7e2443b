"""Where is my article: a hash per article, one field per stage, kept for a week."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from kliping_shared.observability.metrics import Outcome

TRAIL_SECONDS = 7 * 24 * 3600


@dataclass(frozen=True, slots=True)
class TrailEntry:
    """One stage that has finished with the article. ``at`` has an offset."""

    stage: str
    outcome: str
    at: datetime
    consumer: str


def trail_key(article_id: str) -> str:
    """The hash that holds the trail of an article."""
    return f"kliping:trail:{article_id}"


def leave_trail(pipeline: Any, article_id: str, stage: str, outcome: Outcome, consumer: str) -> None:
    """Add to ``pipeline`` the commands that note that ``stage`` has finished with the article; nothing without an id."""
    if not article_id:
        return
    key = trail_key(article_id)
    now = datetime.now(UTC).isoformat(timespec="milliseconds")
    pipeline.hset(key, stage, f"{outcome}|{now}|{consumer}")
    pipeline.expire(key, TRAIL_SECONDS)


async def trail(client: Any, article_id: str) -> tuple[TrailEntry, ...]:
    """The stages that have finished with the article in the last week, in order of time."""
    return (await trails(client, (article_id,)))[article_id]


async def trails(client: Any, article_ids: Sequence[str]) -> dict[str, tuple[TrailEntry, ...]]:
    """The trail of each article, in one round trip."""
    pipeline = client.pipeline(transaction=False)
    for article_id in article_ids:
        pipeline.hgetall(trail_key(article_id))
    return {id: _entries(raw) for id, raw in zip(article_ids, await pipeline.execute(), strict=True)}  # noqa: A001


def _entries(raw: Mapping[bytes, bytes]) -> tuple[TrailEntry, ...]:
    entries = []
    for stage, value in raw.items():
        outcome, at, consumer = value.decode().split("|", 2)
        entries.append(TrailEntry(stage.decode(), outcome, datetime.fromisoformat(at), consumer))
    return tuple(sorted(entries, key=lambda entry: entry.at))
