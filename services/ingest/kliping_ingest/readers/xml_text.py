"""Names and texts of XML elements without their namespaces."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element

__all__ = ["all_of", "blocks", "first", "first_text", "flat", "local"]

_BLOCKS: Final = frozenset({"p", "hl1", "hl2", "h1", "h2", "h3", "h4", "h5", "h6", "li", "pre", "dt", "dd", "tr"})


def local(element: Element) -> str:
    """The element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def all_of(root: Element, *names: str) -> Iterator[Element]:
    """All elements below ``root`` (itself included) with one of the names, in document order."""
    return (element for element in root.iter() if local(element) in names)


def first(root: Element, *names: str) -> Element | None:
    """The first element with the first of the names that occurs at all."""
    return next((element for name in names for element in all_of(root, name)), None)


def flat(element: Element) -> str:
    """All text of the element with single blanks."""
    return " ".join("".join(element.itertext()).split())


def first_text(root: Element, *names: str) -> str | None:
    """The text of the first such element that has any."""
    return next((text for name in names for element in all_of(root, name) if (text := flat(element))), None)


def blocks(root: Element) -> list[str]:
    """One string for each innermost block (paragraph, heading, list item); all text when there are none."""
    found = [flat(element) for element in all_of(root, *_BLOCKS) if not _holds_block(element)]
    return [text for text in found if text] or [text for text in [flat(root)] if text]


def _holds_block(element: Element) -> bool:
    return any(inner is not element and local(inner) in _BLOCKS for inner in element.iter())
