"""The lines of a text as spans without the blanks around them."""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["CLOSING", "Line", "split_lines"]

LINE = re.compile(r"[^\n\r\x0b\x0c\x85\u2028\u2029]+")

CLOSING = tuple('.!?…"”’»)')
"""What a sentence of prose ends with."""

MAX_LINES = 20_000
"""No article has more; a table or a log must not become a million zones."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line with something on it: ``text`` is what stands at ``start:end``; ``gap`` tells of an empty line before it."""

    start: int
    end: int
    text: str
    gap: bool

    @property
    def is_closed(self) -> bool:
        """Whether it ends as a sentence does."""
        return self.text.endswith(CLOSING)


def split_lines(text: str) -> list[Line]:
    """The lines of ``text`` that are not blank; all after ``MAX_LINES`` count as one."""
    lines: list[Line] = []
    previous = 0
    for match in LINE.finditer(text):
        if len(lines) == MAX_LINES:
            rest = text[match.start() :].strip()
            start = text.find(rest, match.start()) if rest else match.start()
            return [*lines, Line(start, start + len(rest), rest, True)] if rest else lines
        written = match[0]
        stripped = written.strip()
        if not stripped:
            continue
        start = match.start() + len(written) - len(written.lstrip())
        gap = text.count("\n", previous, start) > 1 or text.count("\r", previous, start) > 2
        lines.append(Line(start, start + len(stripped), stripped, gap))
        previous = start + len(stripped)
    return lines
