"""English in one screen: the trained pipeline that the user has installed, and Kliping's components behind it."""

from __future__ import annotations

from itertools import chain, repeat
from pathlib import Path

import spacy
from spacy.language import Language

from kliping_extract.english.components import COMPONENTS
from kliping_extract.english.dates import find_dates
from kliping_extract.english.lexicon import load_english
from kliping_extract.nlp_base import numpy_blas
from kliping_extract.reader import Pipeline
from kliping_shared.errors import SettingsError

NAME = "kliping-en"
#: Grows with every change that alters what is extracted.
VERSION = "0.1.0"
SETTING = "KLIPING_PIPELINE_EN"
HINT = "install one as with 'python -m spacy download en_core_web_sm', or name the folder of one"
#: Parts of trained pipelines that names do not need and that take most of the time.
_UNUSED = ("parser", "tagger", "morphologizer", "attribute_ruler", "lemmatizer", "senter", "sentencizer")


def english(trained: str) -> Pipeline:
    """English by the pipeline of that name or folder. Raises SettingsError where spaCy has none, or none that finds names."""
    first = load_trained(trained)
    ready = chain([first], (load_trained(trained) for _ in repeat(None)))
    return Pipeline(
        name=NAME,
        version=f"{VERSION}+{first.meta['lang']}_{first.meta['name']}.{first.meta['version']}",
        make=lambda: build(next(ready)),
        rules=COMPONENTS,
        confidence=load_english().confidence,
        find_dates=find_dates,
    )


def build(nlp: Language) -> Language:
    """Add Kliping's English components to a pipeline that sets `doc.ents`."""
    for name in COMPONENTS:
        nlp.add_pipe(name)
    return nlp


def load_trained(trained: str) -> Language:
    """The user's pipeline without what names do not need. Raises SettingsError."""
    folder = Path(trained)
    try:
        with numpy_blas():
            nlp = spacy.load(folder if folder.is_dir() else trained, exclude=_UNUSED)
    except OSError:
        raise SettingsError(f"{SETTING}: spaCy finds no pipeline {trained!r}: {HINT}") from None
    except (ValueError, KeyError, ImportError) as error:
        reason = " ".join(str(error).split())
        raise SettingsError(f"{SETTING}: the pipeline {trained!r} cannot be loaded: {reason}") from error
    if nlp.lang != "en":
        raise SettingsError(f"{SETTING}: the pipeline {trained!r} is for {nlp.lang!r}, not for English")
    if not any("doc.ents" in nlp.get_pipe_meta(name).assigns for name in nlp.pipe_names):
        raise SettingsError(f"{SETTING}: the pipeline {trained!r} finds no names (it has neither ner nor entity_ruler)")
    return nlp
