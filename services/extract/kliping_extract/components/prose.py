"""`kliping_prose_v1`: the words, quotes and sentences of an article's body."""

from __future__ import annotations

from collections.abc import Callable

from spacy.language import Language
from spacy.tokens import Doc

from kliping_extract.domain.prose import ProseWords, read_prose
from kliping_extract.domain.tokens import tokens_of
from kliping_extract.domain.zones import body_ranges
from kliping_extract.layers import layers_of
from kliping_extract.lexicons import load_lexicon

PROSE_NAME = "kliping_prose_v1"


def read_with(lexicon: ProseWords) -> Callable[[Doc], Doc]:
    """A component that finds quotes, sentences and cue words by a language's lexicon."""

    def prose(doc: Doc) -> Doc:
        layers = layers_of(doc)
        names = [(name.start, name.end, name.type) for name in layers.names]
        layers.prose = read_prose(tokens_of(layers.placed, body_ranges(layers.article), names), lexicon)
        return doc

    return prose


@Language.factory(PROSE_NAME)
def create_prose(nlp: Language, name: str) -> Callable[[Doc], Doc]:  # noqa: ARG001  spaCy passes both by name
    """Component that reads the body zones; needs the final names."""
    return read_with(load_lexicon())
