"""The product in one screen: the components in their order, and `load() -> Extractor`."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from types import MappingProxyType

from spacy.language import Language

from kliping_extract.alias_file import AliasFile
from kliping_extract.components.claims import CLAIMS_NAME
from kliping_extract.components.entities import ENTITIES_NAME
from kliping_extract.components.names import NAMES_NAME
from kliping_extract.components.prose import PROSE_NAME
from kliping_extract.components.speakers import SPEAKERS_NAME
from kliping_extract.domain.factuality import factuality
from kliping_extract.domain.lexicon import Lexicon
from kliping_extract.domain.projection import Readings
from kliping_extract.domain.quantities import find_quantities
from kliping_extract.domain.said_on import said_on
from kliping_extract.domain.standing import standings
from kliping_extract.extractor import Extractor
from kliping_extract.languages import DEFAULT, Trained, pipelines
from kliping_extract.lexicons import load_lexicon
from kliping_extract.nlp_base import load_base
from kliping_extract.reader import Pipeline
from kliping_shared.dates import find_dates

NAME = "kliping-id"
#: Grows with every change that alters what is extracted.
VERSION = "1.3.0"

#: What runs after the recogniser, in this order.
COMPONENTS = (NAMES_NAME, ENTITIES_NAME, PROSE_NAME, CLAIMS_NAME, SPEAKERS_NAME)


def build(nlp: Language) -> Language:
    """Add Kliping's components to a pipeline that sets `doc.ents` (PER, ORG, LOC)."""
    for name in COMPONENTS:
        nlp.add_pipe(name)
    return nlp


def readings(lexicon: Lexicon) -> Readings:
    """What Indonesian tells of claims."""
    return Readings(
        quantities=lambda text, offset: find_quantities(text, lexicon, offset),
        factuality=lambda words, cue, direct: factuality(words, lexicon, cue, direct=direct),
        standings=lambda text, speakers: standings(text, speakers, lexicon),
        said_on=said_on,
    )


def indonesian() -> Pipeline:
    """Indonesian, and Malay, whose news shares its cues. Its model is part of the package."""
    return Pipeline(
        name=NAME,
        version=VERSION,
        make=lambda: build(load_base()),
        rules=COMPONENTS,
        confidence=load_lexicon().confidence,
        find_dates=find_dates,
        readings=readings(load_lexicon()),
    )


def load(
    codes: Iterable[str] = DEFAULT, trained: Trained = MappingProxyType({}), aliases: Path | None = None
) -> Extractor:
    """The extractor for these languages. Reads the models' files, takes about a second for each; not thread-safe to use.

    `aliases` is a file of the user's own, read again when it changes. Raises SettingsError where it or a language's
    trained pipeline is not there.
    """
    ours = AliasFile(aliases).names if aliases is not None else tuple
    return Extractor(pipelines(codes, trained), aliases=ours)
