"""`kliping_speakers_v1`: resolves the speaker of every statement."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from kliping_extract.domain.attributions import Attribution
from kliping_extract.domain.canonical import Cluster
from kliping_extract.domain.cast import Cast, Resolved
from kliping_extract.domain.people import find_introductions
from kliping_extract.domain.prose import Prose, ProseOf
from kliping_extract.domain.speakers import resolve_speakers
from kliping_extract.layers import layers_of, prose_of

SPEAKERS_NAME = "kliping_speakers_v1"


#: From the prose, the cluster of each name by its first character, and the statements, one speaker for each.
Resolve = Callable[[ProseOf[Any], Mapping[int, Cluster], Sequence[Attribution]], Sequence[Resolved]]


def resolve_with(resolve: Resolve) -> Callable[[Doc], Doc]:
    """A component that finds who speaks by a language's rules."""

    def speakers(doc: Doc) -> Doc:
        layers = layers_of(doc)
        cluster_at = {mention.start: cluster for cluster in layers.clusters for mention in cluster.mentions}
        layers.speakers = resolve(prose_of(doc), cluster_at, layers.attributions)
        return doc

    return speakers


@Language.factory(SPEAKERS_NAME)
def create_speakers(nlp: Language, name: str) -> Callable[[Doc], Doc]:  # noqa: ARG001  spaCy passes both by name
    """Component that needs the entities' clusters and the statements."""

    def resolve(prose: Prose, cluster_at: Mapping[int, Cluster], items: Sequence[Attribution]) -> list[Resolved]:
        return resolve_speakers(items, Cast(prose, cluster_at, find_introductions(prose), items))

    return resolve_with(resolve)
