"""What the components of the pipeline leave on a Doc for the ones after them, typed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from spacy.tokens import Doc

from kliping_extract.domain.attributions import Attribution
from kliping_extract.domain.canonical import Cluster
from kliping_extract.domain.cast import Resolved
from kliping_extract.domain.name_sources import Named
from kliping_extract.domain.prose import ProseOf
from kliping_extract.domain.tokens import Placed, place
from kliping_shared.contracts.article import Article
from kliping_shared.names import KnownName

_KEY = "kliping.layers"


@dataclass(slots=True)
class Layers:
    """One article's annotations, filled from top to bottom by the components of its language's pipeline."""

    article: Article
    placed: Placed
    aliases: Sequence[KnownName] = ()
    names: Sequence[Named] = field(default_factory=tuple)
    clusters: Sequence[Cluster] = field(default_factory=tuple)
    prose: ProseOf[Any] | None = None
    attributions: Sequence[Attribution] = field(default_factory=tuple)
    speakers: Sequence[Resolved] = field(default_factory=tuple)


def attach(doc: Doc, article: Article, aliases: Sequence[KnownName] = ()) -> Doc:
    """Give a fresh doc of `article.text` its layers; `aliases` are the user's own."""
    doc.user_data[_KEY] = Layers(article, place(doc, article.text), aliases)
    return doc


def layers_of(doc: Doc) -> Layers:
    """The layers of a doc. Raises KeyError for one that was not made by `attach`."""
    layers: Layers = doc.user_data[_KEY]
    return layers


def prose_of(doc: Doc) -> ProseOf[Any]:
    """The prose that the language's prose component has read, with its lexicon. Raises RuntimeError when the pipeline's order is broken."""
    prose = layers_of(doc).prose
    if prose is None:
        raise RuntimeError("the prose component must stand before the ones that read it")
    return prose
