"""`kliping_claims_v1`: who says what, speakers still as phrases of the text."""

from __future__ import annotations

from collections.abc import Callable

from spacy.language import Language
from spacy.tokens import Doc

from kliping_extract.domain.claims import find_attributions
from kliping_extract.layers import layers_of, prose_of

CLAIMS_NAME = "kliping_claims_v1"


@Language.factory(CLAIMS_NAME)
def create_claims(nlp: Language, name: str) -> Callable[[Doc], Doc]:  # noqa: ARG001  spaCy passes both by name
    """Component that finds attributed statements in the prose."""

    def claims(doc: Doc) -> Doc:
        layers_of(doc).attributions = find_attributions(prose_of(doc))
        return doc

    return claims
