"""Reads the annotated layouts of ``layouts.txt``."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from kliping_shared.contracts import ZoneKind

LETTERS = {
    "T": ZoneKind.TITLE,
    "Y": ZoneKind.BYLINE,
    "D": ZoneKind.DATELINE,
    "B": ZoneKind.BODY,
    "X": ZoneKind.BOILERPLATE,
    "S": ZoneKind.SOURCE_NOTE,
}
FIELDS = {"title", "outlet", "author", "place", "origin", "date", "language", "metadata_outlet"}


@dataclass
class LayoutCase:
    """An annotated text: ``zones`` as (kind, words) in order, blanks around the words taken off."""

    name: str
    fields: dict[str, str] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    zones: list[tuple[ZoneKind, str]] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(self.lines).strip("\n")

    def add_line(self, line: str) -> None:
        """One line of a case: a field, an empty line, a line with its zones, or the next line of a wrapped paragraph."""
        name, colon, value = line.partition(": ")
        if colon and name in FIELDS:
            self.fields[name] = value
        elif line[:2] in {f"{letter} " for letter in LETTERS}:
            self.add_zones(line)
        else:
            self.lines.append(line)
            if line:
                kind, words = self.zones[-1]
                self.zones[-1] = (kind, f"{words}\n{line}")

    def add_zones(self, line: str) -> None:
        """ "D Jakarta - ¦B Presiden ..."."""
        parts = line.split("¦")
        self.lines.append("".join(part[2:] for part in parts))
        self.zones.extend((LETTERS[part[0]], part[2:].strip()) for part in parts)


def read_layouts() -> list[LayoutCase]:
    """All cases of the file."""
    cases: list[LayoutCase] = []
    for line in (Path(__file__).parent / "layouts.txt").read_text(encoding="utf-8").split("\n"):
        if line.startswith("=== "):
            cases.append(LayoutCase(line[4:]))
        elif cases:
            cases[-1].add_line(line)
    return cases
