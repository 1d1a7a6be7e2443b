"""`kliping_speakers_v1`: resolves the speaker of every statement."""

from __future__ import annotations

from collections.abc import Callable

from spacy.language import Language
from spacy.tokens import Doc

from kliping_extract.domain.cast import Cast
from kliping_extract.domain.people import find_introductions
from kliping_extract.domain.speakers import resolve_speakers
from kliping_extract.layers import layers_of, prose_of

SPEAKERS_NAME = "kliping_speakers_v1"


@Language.factory(SPEAKERS_NAME)
def create_speakers(nlp: Language, name: str) -> Callable[[Doc], Doc]:  # noqa: ARG001  spaCy passes both by name
    """Component that needs the entities' clusters and the statements."""

    def speakers(doc: Doc) -> Doc:
        layers, prose = layers_of(doc), prose_of(doc)
        cluster_at = {mention.start: cluster for cluster in layers.clusters for mention in cluster.mentions}
        cast = Cast(prose, cluster_at, find_introductions(prose), layers.attributions)
        layers.speakers = resolve_speakers(layers.attributions, cast)
        return doc

    return speakers
