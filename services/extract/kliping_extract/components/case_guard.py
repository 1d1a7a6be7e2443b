"""Drops entities without a capital from text that uses capitals.

The recogniser also learns from lower-cased text, so in ordinary prose it now and then takes a rare lower-case word for
a name. Where the text has capitals a name has one; where it has none the entities stay.
"""

from collections.abc import Callable

from spacy.attrs import IS_ALPHA, LOWER, ORTH  # type: ignore[import-not-found]  # compiled, without stubs
from spacy.language import Language
from spacy.tokens import Doc

CASE_GUARD_NAME = "kliping_case_guard_v1"

# Running Indonesian prose has some 10 to 25 % capitalised words; text typed without capitals has next to none.
CASED_SHARE = 0.05
CASED_MINIMUM = 2


def guard_case(doc: Doc) -> Doc:
    """spaCy component: set `doc.ents` to those with a capital, when the text uses capitals as printed prose does."""
    ents = doc.ents
    words, lower, alphabetic = doc.to_array([ORTH, LOWER, IS_ALPHA]).T
    capitals = words != lower
    kept = [ent for ent in ents if capitals[ent.start : ent.end].any()]
    if len(kept) < len(ents):
        of_letters = alphabetic > 0
        if (capitals & of_letters).sum() >= max(CASED_MINIMUM, CASED_SHARE * of_letters.sum()):
            doc.ents = kept
    return doc


@Language.factory(CASE_GUARD_NAME, requires=["doc.ents"], assigns=["doc.ents"])
def create_case_guard(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """Factory `kliping_case_guard_v1`."""
    del nlp, name
    return guard_case
