"""Lines of the page that are no news prose: links, advertisements, asks, rights, captions."""

from __future__ import annotations

import re

from kliping_ingest.domain.lexicon import LineRule, first_word, load_noise

__all__ = ["inline_noise", "is_noise"]

COLON = re.compile(r"\s{0,3}(?::|\||>>|»|–>|->)")
SIGNS = re.compile(r"[\W_]*")
INLINE_HINT = re.compile(r"(?:aca|imak|ihat|ambas|onton|ACA|IMAK|IHAT)(?: juga| pula| JUGA| Juga)? ?:")

PATTERN_LIMIT = 400
"""Longer lines are not tried against the whole-line patterns: page furniture is short."""

CAPTION_TAIL = 110
"""A picture's credit stands in so many last characters of its caption."""


def is_noise(line: str) -> bool:
    """Whether a whole line (without blanks around it) is page furniture. A news sentence never is."""
    rules = load_noise()
    if len(line) > rules.longest:
        return False
    # Some rules are a sign alone: "© Suluh Pagi".
    candidates = rules.by_word.get(first_word(line), ()) + rules.by_word.get(line[:1], ())
    if candidates:
        lowered = line.lower()
        if any(holds(rule, line, lowered) for rule in candidates):
            return True
    if len(line) > PATTERN_LIMIT:
        return False
    if rules.caption.search(line, max(0, len(line) - CAPTION_TAIL)):
        return True
    return rules.line.fullmatch(line) is not None


def holds(rule: LineRule, line: str, lowered: str) -> bool:
    """Whether a rule fits a line."""
    if len(line) > rule.limit or not lowered.startswith(rule.start):
        return False
    rest = line[len(rule.start) :]
    if rest[:1].isalnum() and rule.start[-1].isalnum():
        return False
    if rule.rest == "any":
        return True
    if rule.rest == "alone":
        return not SIGNS.sub("", rest)
    if rule.rest == "colon":
        return COLON.match(rest) is not None
    return not rest.endswith((".", "!", '."', ".”", ',"', ",”"))


def inline_noise(line: str) -> list[tuple[int, int]]:
    """Stretches of a paragraph that are page furniture, as offsets into ``line``."""
    if ":" not in line or INLINE_HINT.search(line) is None:
        return []
    return [match.span() for match in load_noise().inline.finditer(line)]
