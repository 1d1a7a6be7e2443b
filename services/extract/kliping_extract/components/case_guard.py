"""Drops entities without a capital from text that uses capitals.

The recogniser also learns from lower-cased text, so in ordinary prose it now and then takes a rare lower-case word for
a name. Where the text has capitals a name has one; where it has none the entities stay.
"""

from collections.abc import Callable

from spacy.attrs import IDX, IS_ALPHA, LOWER, ORTH  # type: ignore[import-not-found]  # compiled, without stubs
from spacy.language import Language
from spacy.tokens import Doc

CASE_GUARD_NAME = "kliping_case_guard_v1"

# Running Indonesian prose has some 10 to 25 % capitalised words; text typed without capitals has next to none.
CASED_SHARE = 0.05
CASED_MINIMUM = 2


def is_cased(doc: Doc) -> bool:
    """Whether the text uses capitals as printed prose does."""
    text = doc.text
    initials = [text[start] for start, alpha in doc.to_array([IDX, IS_ALPHA]).tolist() if alpha]
    return sum(map(str.isupper, initials)) >= max(CASED_MINIMUM, CASED_SHARE * len(initials))


def guard_case(doc: Doc) -> Doc:
    """spaCy component: set `doc.ents` to those with a capital, when the text is cased."""
    ents = doc.ents
    words, lower = doc.to_array([ORTH, LOWER]).T
    capital = [ent for ent in ents if (words[ent.start : ent.end] != lower[ent.start : ent.end]).any()]
    if len(capital) < len(ents) and is_cased(doc):
        doc.ents = capital
    return doc


@Language.factory(CASE_GUARD_NAME, requires=["doc.ents"], assigns=["doc.ents"])
def create_case_guard(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """Factory `kliping_case_guard_v1`."""
    del nlp, name
    return guard_case
