"""The spaCy components of the English pipeline, in the order in which they run."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from spacy.language import Language
from spacy.tokens import Doc

from kliping_extract.components.claims import find_with
from kliping_extract.components.entities import cluster_with
from kliping_extract.components.names import stated_in, tokens_in
from kliping_extract.components.prose import read_with
from kliping_extract.components.speakers import resolve_with
from kliping_extract.domain.attributions import Attribution
from kliping_extract.domain.canonical import Cluster
from kliping_extract.domain.cast import Resolved
from kliping_extract.domain.name_sources import Named
from kliping_extract.domain.zones import named_ranges, stated_names
from kliping_extract.english.finder import find_attributions
from kliping_extract.english.lexicon import load_english
from kliping_extract.english.names import LABELS, tidied
from kliping_extract.english.phrases import EnglishProse
from kliping_extract.english.speakers import Cast, find_introductions, resolve_speakers
from kliping_extract.layers import layers_of

NAMES_NAME = "kliping_en_names_v1"
ENTITIES_NAME = "kliping_en_entities_v1"
PROSE_NAME = "kliping_en_prose_v1"
CLAIMS_NAME = "kliping_en_claims_v1"
SPEAKERS_NAME = "kliping_en_speakers_v1"

COMPONENTS = (NAMES_NAME, ENTITIES_NAME, PROSE_NAME, CLAIMS_NAME, SPEAKERS_NAME)


@Language.factory(NAMES_NAME)
def create_names(nlp: Language, name: str) -> Callable[[Doc], Doc]:  # noqa: ARG001  spaCy passes both by name
    """Component that reads `doc.ents`; drops entities outside title, dateline and body."""
    titles = load_english().grammar.titles

    def names(doc: Doc) -> Doc:
        layers = layers_of(doc)
        article, placed = layers.article, layers.placed
        known = list(stated_in(doc, article_names=stated_names(article)))
        allowed = tokens_in(placed, named_ranges(article))
        for one in known:
            allowed[one.start : one.end] = [False] * (one.end - one.start)
        found = [Named(ent.start, ent.end, LABELS[ent.label_]) for ent in doc.ents if ent.label_ in LABELS]
        layers.names = sorted([*known, *tidied(placed.words, found, allowed, titles)], key=lambda one: one.start)
        return doc

    return names


@Language.factory(ENTITIES_NAME)
def create_entities(nlp: Language, name: str) -> Callable[[Doc], Doc]:  # noqa: ARG001  spaCy passes both by name
    """Component that needs the final names."""
    lexicon = load_english()
    return cluster_with(lexicon.known_names, lexicon.generic_heads)


@Language.factory(PROSE_NAME)
def create_prose(nlp: Language, name: str) -> Callable[[Doc], Doc]:  # noqa: ARG001  spaCy passes both by name
    """Component that reads the body zones; needs the final names."""
    return read_with(load_english())


@Language.factory(CLAIMS_NAME)
def create_claims(nlp: Language, name: str) -> Callable[[Doc], Doc]:  # noqa: ARG001  spaCy passes both by name
    """Component that needs the prose."""
    return find_with(find_attributions)


@Language.factory(SPEAKERS_NAME)
def create_speakers(nlp: Language, name: str) -> Callable[[Doc], Doc]:  # noqa: ARG001  spaCy passes both by name
    """Component that needs the entities' clusters and the statements."""

    def resolve(prose: EnglishProse, cluster_at: Mapping[int, Cluster], items: Sequence[Attribution]) -> list[Resolved]:
        return resolve_speakers(items, Cast(prose, cluster_at, find_introductions(prose)))

    return resolve_with(resolve)
