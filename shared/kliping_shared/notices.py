"""Messages with values in them, which pages tell in their readers' languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Self


class Notice(str):
    """``template`` with its ``{values}`` put in: English where it is taken as text, as logs, programs and the API do."""

    __slots__ = ("template", "values")
    template: str
    values: Mapping[str, object]

    def __new__(cls, template: str, **values: object) -> Self:
        """The message; a template without values may hold braces."""
        made = super().__new__(cls, template.format(**values) if values else template)
        made.template, made.values = template, values
        return made
