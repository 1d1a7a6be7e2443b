"""A piece of HTML as it stands in feeds, JSON and mails, to plain text: a line for each block, nothing guessed."""

from __future__ import annotations

import re
from typing import Any, Final

from kliping_ingest.readers.decoding import clean_text

__all__ = ["fragment_text", "is_markup", "text_or_markup"]

_MARKUP: Final = re.compile(r"</?(?:p|br|div|li|ul|ol|h[1-6]|b|i|em|strong|a|span|img|blockquote|table)\b[^<>]*>", re.I)
_BLOCK_TAG: Final = re.compile(r"<(?:p|br|div|li|h[1-6]|blockquote|table)\b", re.I)
_BLOCKS: Final = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "br",
        "dd",
        "div",
        "dl",
        "dt",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "td",
        "th",
        "title",
        "tr",
        "ul",
    ]
)
_HIDDEN: Final = frozenset({"script", "style", "template", "noscript", "head", "iframe", "svg", "button", "form"})


def is_markup(text: str) -> bool:
    """Whether the text has HTML tags that it would show if taken as plain text."""
    return bool(_MARKUP.search(text))


def text_or_markup(text: str) -> str:
    """Plain text as it is, markup as its text. Where only words are marked up, its lines are paragraphs."""
    if not is_markup(text):
        return clean_text(text)
    return fragment_text(text if _BLOCK_TAG.search(text) else clean_text(text).replace("\n", "<br>"))


def fragment_text(markup: str) -> str:
    """The visible text of a piece of HTML; blocks stand on lines of their own. Empty when there is none."""
    import lxml.html  # late: plain text files need no HTML parser

    cleaned = re.sub(r"<\?xml[^>]*\?>", "", clean_text(markup)).strip()
    if not cleaned:
        return ""
    try:
        root = lxml.html.fromstring(f"<div>{cleaned}</div>")
    except (lxml.etree.LxmlError, ValueError):
        return ""
    parts: list[str] = []
    _collect(root, parts)
    lines = (re.sub(r"[ \t\u00a0]+", " ", line).strip() for line in "".join(parts).split("\n"))
    return "\n".join(line for line in lines if line)


def _collect(root: Any, parts: list[str]) -> None:
    """Text in reading order, without recursion: pages may nest deeper than Python's stack."""
    hidden = 0
    import lxml.etree

    for event, element in lxml.etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        tag = element.tag if isinstance(element.tag, str) else None
        if event == "start":
            hidden += tag in _HIDDEN
            parts.append("\n" if tag in _BLOCKS else "")
            parts.append(_blanks(element.text) if not hidden else "")
            continue
        if event == "end":
            hidden -= tag in _HIDDEN
            parts.append("\n" if tag in _BLOCKS else "")
        parts.append(_blanks(element.tail) if not hidden and element is not root else "")


def _blanks(text: str | None) -> str:
    """In HTML a line break in the source is a blank."""
    return re.sub(r"[ \t\r\n]+", " ", text or "")
