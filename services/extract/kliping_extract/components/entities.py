"""`kliping_entities_v1`: the names of an article under canonical names."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from spacy.language import Language
from spacy.tokens import Doc

from kliping_extract.alias_sources import remembering
from kliping_extract.domain.acronyms import find_acronyms
from kliping_extract.domain.canonical import Surface, cluster_names, known_names
from kliping_extract.layers import layers_of
from kliping_extract.lexicons import load_lexicon
from kliping_shared.names import KnownName

ENTITIES_NAME = "kliping_entities_v1"


def cluster_with(names: Sequence[KnownName], generic: frozenset[str]) -> Callable[[Doc], Doc]:
    """A component that knows names which stand for one thing, and words that only say what kind of place or body it is."""
    known = known_names(names)
    known_with = remembering(lambda aliases: known.under(known_names(aliases)) if aliases else known)

    def entities(doc: Doc) -> Doc:
        layers = layers_of(doc)
        text, placed = layers.article.text, layers.placed
        surfaces = []
        for name in layers.names:
            start, last = placed.starts[name.start], name.end - 1
            end = placed.starts[last] + len(placed.words[last])
            surfaces.append(Surface(start, end, name.type, text[start:end]))
        acronyms = find_acronyms(text, surfaces)
        layers.clusters = cluster_names(surfaces, known_with(layers.aliases), acronyms, generic)
        return doc

    return entities


@Language.factory(ENTITIES_NAME)
def create_entities(nlp: Language, name: str) -> Callable[[Doc], Doc]:  # noqa: ARG001  spaCy passes both by name
    """Component that needs the final names."""
    lexicon = load_lexicon()
    return cluster_with(lexicon.known_names, lexicon.generic_heads)
