"""`kliping_claims_v1`: who says what, speakers still as phrases of the text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from kliping_extract.domain.attributions import Attribution
from kliping_extract.domain.claims import find_attributions
from kliping_extract.domain.prose import ProseOf
from kliping_extract.layers import layers_of, prose_of

CLAIMS_NAME = "kliping_claims_v1"


def find_with(find: Callable[[ProseOf[Any]], Sequence[Attribution]]) -> Callable[[Doc], Doc]:
    """A component that finds attributed statements in the prose by a language's rules."""

    def claims(doc: Doc) -> Doc:
        layers_of(doc).attributions = find(prose_of(doc))
        return doc

    return claims


@Language.factory(CLAIMS_NAME)
def create_claims(nlp: Language, name: str) -> Callable[[Doc], Doc]:  # noqa: ARG001  spaCy passes both by name
    """Component that needs the prose."""
    return find_with(find_attributions)
