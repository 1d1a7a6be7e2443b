"""Prose with names marked by hand, so that the grammar is tested without the trained recogniser.

``[PER Budi Santoso]`` marks a name; the marks are not part of the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

import spacy
from spacy.language import Language

from kliping_extract.domain.attributions import Attribution
from kliping_extract.domain.canonical import Cluster, Surface, cluster_names, known_names
from kliping_extract.domain.cast import Cast, Resolved
from kliping_extract.domain.claims import find_attributions
from kliping_extract.domain.people import find_introductions
from kliping_extract.domain.prose import Prose, read_prose
from kliping_extract.domain.speakers import resolve_speakers
from kliping_extract.domain.tokens import place, tokens_of
from kliping_extract.lexicons import load_lexicon
from kliping_extract.tokenizer import build_tokenizer
from kliping_shared.contracts.enriched import EntityType

_MARK = re.compile(r"\[(PER|ORG|LOC) ([^\]]+)\]")


@dataclass(frozen=True)
class Said:
    """One claim as a test wants to see it."""

    speaker: str
    kind: str
    cue: str | None
    text: str
    via: str | None = None


@cache
def _nlp() -> Language:
    nlp = spacy.blank("id")
    nlp.tokenizer = build_tokenizer(nlp)
    return nlp


def unmarked(marked: str) -> tuple[str, list[Surface]]:
    """The text without marks, and its names."""
    text, surfaces, at = "", [], 0
    for match in _MARK.finditer(marked):
        text += marked[at : match.start()]
        surfaces.append(Surface(len(text), len(text) + len(match[2]), EntityType(match[1]), match[2]))
        text, at = text + match[2], match.end()
    return text + marked[at:], surfaces


def prose(marked: str) -> Prose:
    """Quotes and sentences of a marked text."""
    text, surfaces = unmarked(marked)
    doc = _nlp().tokenizer(text)
    doc.ents = [
        span for s in surfaces if (span := doc.char_span(s.start, s.end, s.type, alignment_mode="expand")) is not None
    ]
    names = [(ent.start, ent.end, EntityType(ent.label_)) for ent in doc.ents]
    return read_prose(tokens_of(place(doc, text), [(0, len(text))], names), load_lexicon())


def clusters(marked: str, acronyms: dict[tuple[EntityType, str], str] | None = None) -> list[Cluster]:
    """The canonical names of a marked text."""
    lexicon = load_lexicon()
    return cluster_names(unmarked(marked)[1], known_names(lexicon.known_names), acronyms or {}, lexicon.generic_heads)


def resolved(marked: str) -> list[tuple[Attribution, Resolved]]:
    """Attributions with their speakers."""
    read = prose(marked)
    placed = {mention.start: cluster for cluster in clusters(marked) for mention in cluster.mentions}
    found = find_attributions(read)
    return list(zip(found, resolve_speakers(found, Cast(read, placed, find_introductions(read), found)), strict=True))


def said(marked: str) -> list[Said]:
    """Who says what in a marked text."""
    read = prose(marked)
    return [
        Said(
            speaker=speaker.name,
            kind=str(item.kind),
            cue=read.tokens.span_text(*item.cue) if item.cue else None,
            text=" | ".join(read.tokens.span_text(*span) for span in item.spans),
            via=read.tokens.span_text(item.via.start, item.via.end) if item.via else None,
        )
        for item, speaker in resolved(marked)
    ]
