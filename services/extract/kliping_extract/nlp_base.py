"""The language pipeline up to entities: tokenizer, gazetteer features and the trained recogniser."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import spacy
from spacy.language import Language
from thinc.api import NumpyOps, get_current_ops, set_current_ops

# Imported for their registry entries, which the packaged config names.
from kliping_extract.components.case_guard import CASE_GUARD_NAME
from kliping_extract.components.gazetteer import GAZETTEER_NAME
from kliping_extract.components.true_case import TRUE_CASE_NAME
from kliping_extract.tokenizer import TOKENIZER_NAME

MODEL_FOLDER = Path(__file__).resolve().parent / "model"
REGISTERED = (TOKENIZER_NAME, GAZETTEER_NAME, TRUE_CASE_NAME, CASE_GUARD_NAME)


def load_base(model_folder: Path = MODEL_FOLDER) -> Language:
    """The packaged pipeline `gazetteer`, `ner`, `true_case`, `case_guard`; sets `token.tag_` and `doc.ents` (PER, ORG, LOC).

    Reads about 4 MB of files, takes about a second, and may be called once per process. Not thread-safe to call;
    the result is, as far as spaCy pipelines are. Matrix products go through numpy's BLAS, which is some four times
    faster here than spaCy's default; set OPENBLAS_NUM_THREADS=1 where several processes share the cores.
    """
    with numpy_blas():
        config = spacy.util.load_config(model_folder / "config.cfg")
        nlp = spacy.util.load_model_from_config(config, auto_fill=True)
        return nlp.from_disk(model_folder, exclude=["vocab", "tokenizer"])


@contextmanager
def numpy_blas() -> Iterator[None]:
    """Models loaded meanwhile multiply their matrices by numpy's BLAS."""
    previous = get_current_ops()
    set_current_ops(NumpyOps(use_blis=False))
    try:
        yield
    finally:
        set_current_ops(previous)
