"""Errors are named by what the caller should do.

KlipingError
├── PermanentError        never try again: dead letter now
│   └── RejectedFile      the file cannot be read: keep it, tell why (code, message, hint)
├── TransientError        try again later, it may work then
│   └── StoreUnavailable  the store is away or overloaded
├── SettingsError         a setting is wrong: tell the person, exit 2
└── QueryError            a search query cannot be understood: tell where and why

Anything else is a bug: a few attempts, then a dead letter.
"""

from __future__ import annotations

__all__ = [
    "KlipingError",
    "PermanentError",
    "QueryError",
    "RejectedFile",
    "SettingsError",
    "StoreUnavailable",
    "TransientError",
]


class KlipingError(Exception):
    """Root of all errors that Kliping raises on purpose."""


class PermanentError(KlipingError):
    """Trying again cannot help."""


class RejectedFile(PermanentError):
    """A file cannot be read. ``code`` is stable for programs, ``hint`` says what the user can do."""

    def __init__(self, code: str, message: str, hint: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint


class TransientError(KlipingError):
    """Trying again later may help."""


class StoreUnavailable(TransientError):
    """The store is away or overloaded."""


class SettingsError(KlipingError):
    """A setting is wrong or unknown; the message says which and what would be right."""


class QueryError(KlipingError):
    """A search query cannot be understood. ``position`` is the character index where it goes wrong.

    ``template`` with its ``{values}`` is the ``message``: pages have it in their readers' languages.
    """

    def __init__(self, template: str, position: int, **values: object) -> None:
        self.template = template
        self.values = values
        self.message = template.format(**values) if values else template
        self.position = position
        super().__init__(self.message)
