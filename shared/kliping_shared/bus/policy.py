"""How patient the bus is: every time span and limit, in one place."""

from __future__ import annotations

import random
from dataclasses import dataclass

from kliping_shared.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """Time spans in seconds. Tests shorten them; operators set the three that ``Settings`` names."""

    #: A message whose worker gave no sign of life for so long is taken over. Heartbeats come at a third of it.
    min_idle: float = 30.0
    #: How often to look for such messages.
    recover_every: float = 5.0
    #: Runs of one message before it becomes a dead letter.
    max_attempts: int = 4
    #: Pause before the second attempt; doubles with every further one up to ``retry_max``.
    retry_base: float = 0.5
    retry_max: float = 30.0
    #: Messages that one worker holds in single mode. Small, so that a short queue is shared by all workers.
    prefetch: int = 8
    #: Longest blocking read; also how long a stop may have to wait for it. Must stay below the socket timeout.
    block: float = 0.5
    #: After SIGTERM: how long the message in hand may still take.
    grace: float = 15.0
    #: A handler that runs longer is taken for hung: the worker ends and the attempt counts.
    handler_limit: float = 300.0
    #: A consumer that holds nothing and has not asked for anything for so long is taken off the group's list. A living
    #: one asks every ``block`` seconds; a container that was made anew has another name and leaves its old one behind.
    forget_after: float = 3600.0
    #: How often acknowledged entries are trimmed and gauges are read.
    trim_every: float = 2.0
    #: Pauses while the broker or the store is away.
    away_base: float = 0.1
    away_max: float = 5.0

    @classmethod
    def of(cls, settings: Settings) -> Policy:
        """The policy that the settings ask for."""
        return cls(
            min_idle=settings.recover_after,
            recover_every=min(5.0, settings.recover_after / 2),
            max_attempts=settings.max_attempts,
            grace=settings.grace,
        )

    def retry_pause(self, attempt: int) -> float:
        """Seconds to wait after failed attempt number ``attempt`` (1 is the first)."""
        return pause(attempt, self.retry_base, self.retry_max)

    def away_pause(self, failures: int) -> float:
        """Seconds to wait after so many failures in a row to reach something."""
        return pause(failures, self.away_base, self.away_max)


def pause(count: int, base: float, longest: float) -> float:
    """Exponential backoff with jitter over its upper half, so that workers do not come back all at once."""
    full = min(longest, base * 2.0 ** min(count - 1, 30))
    return full * random.uniform(0.5, 1.0)  # noqa: S311 - jitter, not a secret
