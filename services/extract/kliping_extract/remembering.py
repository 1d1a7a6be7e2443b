"""A tokenizer that remembers how words are cut.

spaCy's own cache rests while a memory zone is open, as one is wherever articles are read, and its affix patterns cost
more than the recogniser. It cuts at blanks first, so what stands between two blanks is always cut the same way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

from spacy.tokenizer import Tokenizer  # type: ignore[import-not-found]  # compiled, without stubs
from spacy.tokens import Doc

#: Runs of non-blanks that are remembered; forgotten together when there are more.
REMEMBERED = 50_000
#: Longer runs are no words, and are not remembered.
LONGEST = 60
#: A run of non-blanks with the blank that belongs to its last token, or all the other blanks between two runs.
_RUN = re.compile(r"\S+ ?|\s+")


class Cut(NamedTuple):
    """One run's tokens: which of them a blank follows, and norms that are not their words' (`Sep.`: `September`)."""

    words: tuple[str, ...]
    spaces: tuple[bool, ...]
    norms: tuple[tuple[int, str], ...]


class RememberingTokenizer:
    """Makes the docs that `inner` makes. Holds strings only, so it may be used across memory zones."""

    def __init__(self, inner: Tokenizer, remembered: int = REMEMBERED) -> None:
        self._inner = inner
        self._vocab = inner.vocab
        self._remembered = remembered
        self._cuts: dict[str, Cut] = {}

    def __call__(self, text: str) -> Doc:
        """The doc of a text."""
        known = self._cuts.get
        cuts = [known(run) or self._cut(run) for run in _RUN.findall(text)]
        words = list(chain.from_iterable([cut.words for cut in cuts]))
        doc = Doc(self._vocab, words=words, spaces=list(chain.from_iterable([cut.spaces for cut in cuts])))
        for place, norm in _norms(cuts):
            doc[place].norm_ = norm
        return doc

    def _cut(self, run: str) -> Cut:
        tokens = list(self._inner(run))
        norms = ((i, token.norm_) for i, token in enumerate(tokens) if token.norm_ != token.lex.norm_)
        cut = Cut(tuple(t.text for t in tokens), tuple(bool(t.whitespace_) for t in tokens), tuple(norms))
        if len(run) <= LONGEST:
            if len(self._cuts) >= self._remembered:
                self._cuts.clear()
            self._cuts[run] = cut
        return cut


def _norms(cuts: list[Cut]) -> Iterator[tuple[int, str]]:
    """The norms to set, by the place of their token in the doc."""
    first = 0
    for cut in cuts:
        if cut.norms:
            yield from ((first + place, norm) for place, norm in cut.norms)
        first += len(cut.words)
