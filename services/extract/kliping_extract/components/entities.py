"""`kliping_entities_v1`: the mentions of `doc.ents` under canonical names."""

from __future__ import annotations

from collections.abc import Callable

from spacy.language import Language
from spacy.tokens import Doc

from kliping_extract.domain.acronyms import find_acronyms
from kliping_extract.domain.canonical import Surface, cluster_names, known_names
from kliping_extract.layers import layers_of
from kliping_extract.lexicons import load_lexicon
from kliping_shared.contracts.enriched import EntityType

ENTITIES_NAME = "kliping_entities_v1"


@Language.factory(ENTITIES_NAME)
def create_entities(nlp: Language, name: str) -> Callable[[Doc], Doc]:  # noqa: ARG001  spaCy passes both by name
    """Component that needs the final `doc.ents`."""
    lexicon = load_lexicon()
    known = known_names(lexicon.known_names)

    def entities(doc: Doc) -> Doc:
        text = layers_of(doc).article.text
        surfaces = [
            Surface(ent.start_char, ent.end_char, EntityType(ent.label_), text[ent.start_char : ent.end_char])
            for ent in doc.ents
        ]
        acronyms = find_acronyms(text, surfaces)
        layers_of(doc).clusters = cluster_names(surfaces, known, acronyms, lexicon.generic_heads)
        return doc

    return entities
