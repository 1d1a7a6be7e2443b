"""An article's story from where it stands: the other articles, and which of them are nearly the same text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

Json = Mapping[str, Any]


def siblings(article_id: str, members: Sequence[Json]) -> list[dict[str, Any]]:
    """The other members of the story, those that share most text first, then the earliest.

    ``same``: share of five-word sequences in both texts where one repeats the other, 0 to 1; None for a text of its own.
    ``is_copy``: it repeats this article, is repeated by it, or both repeat a third.
    """
    own = next((member for member in members if member["article_id"] == article_id), None)
    found = [_beside(own, member) for member in members if member is not own]
    return sorted(found, key=lambda one: (not one["is_copy"], -(one["same"] or 0), one["published_at"] or "~"))


def _beside(own: Json | None, other: Json) -> dict[str, Any]:
    repeats = own is not None and own["copy_of"] == other["article_id"]
    is_repeated = own is not None and other["copy_of"] == own["article_id"]
    of_a_third = own is not None and own["copy_of"] is not None and own["copy_of"] == other["copy_of"]
    same = own["shared"] if own is not None and repeats else other["shared"] if is_repeated else None
    return {**other, "is_copy": repeats or is_repeated or of_a_third, "same": same}
