"""Whom a sentence is about: the person or the people that it begins with, or leads to."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from kliping_extract.domain.loose_quotes import named_behind
from kliping_extract.domain.phrases import Phrase, phrase_at
from kliping_extract.domain.prose import Prose
from kliping_extract.domain.subjects import skip_connectives
from kliping_extract.domain.tokens import Name
from kliping_shared.contracts.enriched import EntityType

#: How many stretches between commas a sentence's subject may be looked for in.
_LEADS = 3
#: How far from its head, in tokens.
_WIDEST = 120


def _leads(prose: Prose, sentence: int, before: int) -> Iterator[Phrase]:
    """The phrases before token `before` that a sentence's subject may be: at its head, and behind its first commas."""
    span = prose.sentences[sentence]
    end = min(span.end, before)
    commas = (i + 1 for i in range(span.start, min(end, span.start + _WIDEST)) if prose.comma(i))
    starts = [span.start, *islice(commas, _LEADS - 1)]
    for start in starts:
        lead = skip_connectives(prose, start, span.end)
        phrase = phrase_at(prose.tokens, lead, end, prose.lexicon) if lead < before else None
        if phrase is not None:
            yield phrase


def subject(prose: Prose, sentence: int, before: int) -> Name | None:
    """The person that a sentence begins with, past what tells when and where, or leads to: `Hal senada diungkapkan Slamet`."""
    behind = named_behind(prose, sentence) if prose.sentences[sentence].end <= before else None
    for phrase in (behind, _told_by(prose, sentence, before), *_leads(prose, sentence, before)):
        if phrase is not None and len(phrase.names) == 1 and phrase.names[0].type is EntityType.PER:
            return phrase.names[0]
    return None


def _told_by(prose: Prose, sentence: int, before: int) -> Phrase | None:
    """Whose words a sentence brings: `Cerita lain datang dari Budi.`"""
    tokens, span = prose.tokens, prose.sentences[sentence]
    if tokens.lower[span.start] not in prose.lexicon.nouns:
        return None
    behind = range(span.start + 1, min(span.start + 4, span.end, before))
    at = next((i for i in behind if tokens.lower[i] == "dari"), None)
    return phrase_at(tokens, at + 1, min(span.end, before), prose.lexicon) if at is not None else None


def tells_by_pronoun(prose: Prose, sentence: int, before: int) -> bool:
    """Whether a pronoun begins the sentence, so that it is not about whom it names: `Ia menemui Budi.`"""
    return any(phrase.pronoun is not None for phrase in _leads(prose, sentence, before))


def group(prose: Prose, sentence: int) -> Phrase | None:
    """The people without names that a sentence is about: `Para penambang tertawa. Hak itu, kata mereka, ...`."""
    for phrase in _leads(prose, sentence, prose.sentences[sentence].end):
        first = prose.tokens.lower[phrase.start]
        if not phrase.names and phrase.speakable and first in prose.lexicon.grammar.groups:
            return phrase
    return None
