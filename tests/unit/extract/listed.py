"""The labelled lists of ``lists/``: rows of tab-separated values, written before the rules that they test."""

from __future__ import annotations

from pathlib import Path

_FOLDER = Path(__file__).parent / "lists"


def listed(name: str) -> list[list[str]]:
    """The rows of a list, comments left out."""
    lines = (_FOLDER / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]
