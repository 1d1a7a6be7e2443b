"""The product in one screen: the components in their order, and `load() -> Extractor`."""

from __future__ import annotations

from spacy.language import Language

from kliping_extract.components.claims import CLAIMS_NAME
from kliping_extract.components.entities import ENTITIES_NAME
from kliping_extract.components.names import NAMES_NAME
from kliping_extract.components.prose import PROSE_NAME
from kliping_extract.components.speakers import SPEAKERS_NAME
from kliping_extract.extractor import Extractor
from kliping_extract.nlp_base import load_base

#: What runs after the recogniser, in this order.
COMPONENTS = (NAMES_NAME, ENTITIES_NAME, PROSE_NAME, CLAIMS_NAME, SPEAKERS_NAME)


def build(nlp: Language) -> Language:
    """Add Kliping's components to a pipeline that sets `doc.ents` (PER, ORG, LOC)."""
    for name in COMPONENTS:
        nlp.add_pipe(name)
    return nlp


def load() -> Extractor:
    """The shipped extractor. Reads the model's files, takes about a second; not thread-safe to use."""
    return Extractor(lambda: build(load_base()), COMPONENTS)
