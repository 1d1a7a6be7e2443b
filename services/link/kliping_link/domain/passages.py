"""Passages that two articles have word for word, though the articles as a whole differ: somebody copied somebody.

What is compared of a claim is its sentence, and of a quote the sentences next to it as well, always without what stands
in quotation marks: two reporters who heard the same words write the same quote, but not the same prose around it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from zlib import crc32

from kliping_link.domain.reading import Reading
from kliping_shared.analysis.tokens import WORD
from kliping_shared.contracts import Claim, ClaimKind, EnrichedArticle

#: Words in a row that make up a hash: more than two independent reports of one statement have in common.
RUN = 12
#: Of so many hashes in a row the least is kept (winnowing: Schleimer, Wilkerson, Aiken 2003), so that any RUN + WINDOW - 1
#: words in a row that two passages have in common leave the same hash in both.
WINDOW = 4
_QUOTED = re.compile('“[^”]*”|„[^“”]*[“”]|«[^»]*»|"[^"]*"')


def passages(article: EnrichedArticle, reading: Reading) -> tuple[frozenset[int], ...]:
    """Of each claim, in the article's order, a sample of the passage that it stands in."""
    quotes = [span for claim in article.claims if claim.kind is ClaimKind.DIRECT for span in claim.spans]
    prose = "".join(_blank(article.text, sorted((span.start, span.end) for span in quotes)))
    return tuple(_sample(prose[start:end]) for start, end in (_passage(claim, reading) for claim in article.claims))


def _passage(claim: Claim, reading: Reading) -> tuple[int, int | None]:
    """From where to where in the text it is."""
    start, end = claim.sentence.start, claim.sentence.end
    if claim.kind is ClaimKind.INDIRECT:
        return start, end
    starts = reading.sentence_starts
    before, behind = bisect_left(starts, start) - 1, bisect_right(starts, end) + 1
    return starts[max(0, before)], starts[behind] if behind < len(starts) else None


def _blank(text: str, spans: Sequence[tuple[int, int]]) -> list[str]:
    """The text with blanks in the place of the spans."""
    parts: list[str] = []
    at = 0
    for start, end in spans:
        if start >= at:
            parts += (text[at:start], " " * (end - start))
            at = end
    return [*parts, text[at:]]


def _sample(prose: str) -> frozenset[int]:
    words = [word.casefold().encode() for word in WORD.findall(_QUOTED.sub(" ", prose))]
    hashes = [crc32(b" ".join(words[at : at + RUN])) for at in range(len(words) - RUN + 1)]
    return frozenset(min(hashes[at : at + WINDOW]) for at in range(len(hashes) - WINDOW + 1))
