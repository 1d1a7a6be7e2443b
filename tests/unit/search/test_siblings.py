"""The other articles of an article's story."""

from __future__ import annotations

from typing import Any

from kliping_search.domain.siblings import siblings


def member(name: str, *, of: str | None = None, shared: float | None = None, at: str = "2026-01-01") -> dict[str, Any]:
    """An article of the story."""
    return {"article_id": name, "copy_of": of, "shared": shared, "published_at": at}


MEMBERS = [
    member("own"),
    member("late", at="2026-01-03"),
    member("wire"),
    member("copy", of="wire", shared=0.96),
    member("third", of="wire", shared=0.9),
]


def told(article_id: str) -> list[tuple[str, bool, float | None]]:
    """The siblings, shortly."""
    return [(one["article_id"], one["is_copy"], one["same"]) for one in siblings(article_id, MEMBERS)]


def test_who_repeats_it_comes_first_with_its_share() -> None:
    """Then the others, the earliest first."""
    assert told("wire") == [("copy", True, 0.96), ("third", True, 0.9), ("own", False, None), ("late", False, None)]


def test_what_it_repeats_and_what_repeats_the_same_are_copies() -> None:
    """The share is known to the one that it was compared with."""
    assert told("copy")[:2] == [("wire", True, 0.96), ("third", True, None)]


def test_a_text_of_its_own_has_no_copies() -> None:
    """Nor has one that the story does not know yet."""
    assert not any(is_copy for _, is_copy, _ in told("own"))
    assert len(told("new")) == len(MEMBERS)
    assert not any(is_copy for _, is_copy, _ in told("new"))
