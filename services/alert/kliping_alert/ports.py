"""What alert needs: somebody who brings alerts to a channel."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from kliping_shared.watching.alerts import Alert
from kliping_shared.watching.watches import Watch


class Sender(Protocol):
    """Brings up to ``most`` alerts to a watch's channel at once."""

    most: int

    async def send(self, watch: Watch, alerts: Sequence[Alert]) -> None:
        """Deliver all of them together; may be called again with the same. Raises NotDelivered, Refused."""
        ...
