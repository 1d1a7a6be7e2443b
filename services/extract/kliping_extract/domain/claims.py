"""All attributed statements of an article's prose."""

from __future__ import annotations

from kliping_extract.domain.announced import add_announced
from kliping_extract.domain.attributions import Attribution
from kliping_extract.domain.circumstances import with_circumstances
from kliping_extract.domain.finder import find_in_sentence
from kliping_extract.domain.interviews import find_talk
from kliping_extract.domain.led_quotes import add_led_quotes
from kliping_extract.domain.loose_quotes import add_loose_quotes
from kliping_extract.domain.prose import Prose
from kliping_extract.domain.taken_up import add_taken_up


def find_attributions(prose: Prose) -> list[Attribution]:
    """Statements in the order of the text, none twice. Speakers are still phrases, unresolved."""
    talk = find_talk(prose)
    read = (index for index, sentence in enumerate(prose.sentences) if not talk.holds(sentence.start))
    found = _without_repeats([item for index in read for item in find_in_sentence(prose, index)])
    found = add_led_quotes(prose, add_announced(prose, found))
    found = add_taken_up(prose, add_loose_quotes(prose, found))
    told = (item for item in found if not talk.holds(item.spans[0][0]))
    ordered = sorted([*told, *talk.answers], key=lambda item: item.spans[0])
    return [with_circumstances(prose, item) for item in ordered]


def _without_repeats(found: list[Attribution]) -> list[Attribution]:
    """The first of several attributions of the same words."""
    seen: set[tuple[tuple[int, int], ...]] = set()
    kept = []
    for item in sorted(found, key=lambda item: (item.spans[0], item.cue or (0, 0))):
        if item.spans not in seen:
            seen.add(item.spans)
            kept.append(item)
    return kept
