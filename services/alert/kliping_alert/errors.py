"""Why something was not delivered."""

from __future__ import annotations

from kliping_shared.errors import PermanentError, TransientError


class NotDelivered(TransientError):
    """It may work later."""


class Refused(PermanentError):
    """Only a person can help: the receiver wants no more, or the address is not allowed."""
