"""An article as people cite it in a text."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from babel.dates import format_date


def citation(article: Mapping[str, Any], language: str) -> str:
    """Author, title, outlet, day and address, as far as they are known; the day as the language writes it."""
    day = article.get("published_on")
    parts = (
        article.get("author"),
        f"“{article['title']}”",
        article.get("outlet"),
        format_date(date.fromisoformat(day), "long", locale=language) if day else None,
        article.get("url"),
    )
    return ", ".join(filter(None, parts))
