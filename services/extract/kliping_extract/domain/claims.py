"""All attributed statements of an article's prose."""

from __future__ import annotations

from kliping_extract.domain.attributions import Attribution
from kliping_extract.domain.finder import find_in_sentence
from kliping_extract.domain.loose_quotes import add_loose_quotes
from kliping_extract.domain.prose import Prose


def find_attributions(prose: Prose) -> list[Attribution]:
    """Statements in the order of the text, none twice. Speakers are still phrases, unresolved."""
    found = [item for index in range(len(prose.sentences)) for item in find_in_sentence(prose, index)]
    return add_loose_quotes(prose, _without_repeats(found))


def _without_repeats(found: list[Attribution]) -> list[Attribution]:
    """The first of several attributions of the same words."""
    seen: set[tuple[tuple[int, int], ...]] = set()
    kept = []
    for item in sorted(found, key=lambda item: (item.spans[0], item.cue or (0, 0))):
        if item.spans not in seen:
            seen.add(item.spans)
            kept.append(item)
    return kept
