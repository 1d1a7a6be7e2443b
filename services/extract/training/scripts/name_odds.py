"""Counts how often each word stands in a person's name, in another name, or in lower case outside names."""

import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from corpora import Sentence

WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
# A word seen often in lower case stays a possible name: its lower-case count is capped and weighs half.
LOWER_CAP, LOWER_WEIGHT = 50, 0.5
# Words that never stand in a name are kept only when frequent enough to tell them from unknown words.
LOWER_ONLY_MINIMUM = 3
# What a word on our own lists of personal names counts for, beside what the labelled text says of it.
LISTED_WEIGHT = 2


@dataclass(slots=True)
class NameCounts:
    """Counts by lower-cased word."""

    person: Counter[str] = field(default_factory=Counter)
    other: Counter[str] = field(default_factory=Counter)
    lower: Counter[str] = field(default_factory=Counter)

    def add(self, more: "NameCounts", sign: int = 1) -> None:
        """Add (or with `sign` -1 take away) the counts of `more`."""
        for mine, theirs in ((self.person, more.person), (self.other, more.other), (self.lower, more.lower)):
            for word, count in theirs.items():
                mine[word] += sign * count

    def odds(self) -> dict[str, float]:
        """Smoothed natural log-odds, cut at ±4, of every word with enough evidence."""
        words = {w for w in (*self.person, *self.other) if self.person[w] + self.other[w] > 0}
        words |= {w for w, count in self.lower.items() if count >= LOWER_ONLY_MINIMUM}
        return {word: self._odds(word) for word in words}

    def _odds(self, word: str) -> float:
        lower = LOWER_WEIGHT * min(self.lower[word], LOWER_CAP)
        ratio = (self.person[word] + 0.7) / (self.other[word] + lower + 0.5)
        return max(-4.0, min(4.0, math.log(ratio)))


def listed_names(names: Iterable[str]) -> NameCounts:
    """Counts for the words of listed personal names."""
    words = {word.lower() for name in names for word in WORD.findall(name) if len(word) > 1}
    return NameCounts(person=Counter(dict.fromkeys(words, LISTED_WEIGHT)))


def count_names(sentences: Iterable[Sentence]) -> NameCounts:
    """Counts over labelled sentences."""
    counts = NameCounts()
    for sentence in sentences:
        for match in WORD.finditer(sentence.text):
            word = match.group()
            label = next((la for s, e, la in sentence.ents if s <= match.start() and match.end() <= e), None)
            if label == "PER":
                counts.person[word.lower()] += 1
            elif label is not None:
                counts.other[word.lower()] += 1
            elif word[:1].islower():
                counts.lower[word.lower()] += 1
    return counts
