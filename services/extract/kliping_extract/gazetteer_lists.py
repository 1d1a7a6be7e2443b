"""Readers of the word lists in `lexicon/gazetteer`: `#` starts a comment line, names stand between commas or lines."""

from importlib.resources import files
from importlib.resources.abc import Traversable


def gazetteer_folder() -> Traversable:
    """The folder of the packaged lists."""
    return files("kliping_extract") / "lexicon" / "gazetteer"


def content_lines(text: str) -> list[str]:
    """The lines of a list file without comments and empty lines."""
    return [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]


def read_names(file_name: str) -> list[str]:
    """All names of one list, in the order of the file."""
    text = (gazetteer_folder() / file_name).read_text(encoding="utf-8")
    return [name.strip() for line in content_lines(text) for name in line.split(",") if name.strip()]


def read_odds(file_name: str) -> dict[str, float]:
    """`word<TAB>log-odds` lines: how much more often the lower-cased word stands in a person's name than elsewhere."""
    text = (gazetteer_folder() / file_name).read_text(encoding="utf-8")
    pairs = (line.split("\t") for line in content_lines(text))
    return {word: float(odds) for word, odds in pairs}


def read_forms(file_name: str) -> dict[str, str]:
    """Words as they are written, one a line, by their lower case."""
    text = (gazetteer_folder() / file_name).read_text(encoding="utf-8")
    return {form.lower(): form for form in content_lines(text)}
