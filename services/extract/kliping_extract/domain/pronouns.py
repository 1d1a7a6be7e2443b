"""Speakers told by a pronoun or by nothing but the cue: `ia`, `ujarnya`, `mereka`, `keduanya`."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from kliping_extract.domain.attributions import Attribution
from kliping_extract.domain.canonical import Cluster
from kliping_extract.domain.cast import REACH, Cast, Resolved, Spoken, back, only
from kliping_extract.domain.descriptions import unnamed
from kliping_extract.domain.phrases import Phrase
from kliping_extract.domain.topics import group, topic
from kliping_shared.contracts.enriched import EntityType, ResolvedFrom


def by_pronoun(item: Attribution, phrase: Phrase | None, cast: Cast, spoken: Spoken) -> Resolved:
    """Whom the pronoun of a statement takes up; without one, whoever spoke last."""
    pronoun = phrase.pronoun if phrase is not None else "-nya"
    if pronoun == "keduanya":
        return _both(item, phrase, cast)
    many = pronoun in cast.prose.lexicon.grammar.pronouns_many
    if many and (people := _group(item, cast)) is not None:
        return people
    kinds = set(EntityType) if many else {EntityType.PER}
    found = _last_speaker(item, cast, spoken, kinds)
    if found is None and not many:
        found = _last_speaker(item, cast, spoken, set(EntityType)) or _last_person(item, cast)
    mention = cast.span(phrase) if phrase is not None else None
    if found is None:
        text = cast.prose.tokens.span_text(phrase.start, phrase.end) if phrase is not None else "tidak disebut"
        return Resolved(text.lower(), None, mention, ResolvedFrom.NONE)
    return Resolved(found.name, found.entity, mention, ResolvedFrom.PRONOUN, found.role, found.affiliation)


def _last_speaker(item: Attribution, cast: Cast, spoken: Spoken, kinds: set[EntityType]) -> Resolved | None:
    """The latest speaker, or the person a later sentence is about, within reach."""
    position = item.speaker.start if item.speaker is not None else (item.cue or item.spans[0])[0]
    for sentence in back(item.sentence):
        for one in reversed(spoken.get(sentence, ())):
            if one.entity is None or one.entity.type in kinds:
                return one
        about = topic(sentence, position, cast)
        if about is not None:
            return about
        span = cast.prose.sentences[sentence]
        named = only(cast.persons(span.start, span.end)) if span.end <= position else None
        if named is not None and EntityType.PER in kinds:
            # `Lalu giliran dokter Said. Ia mengatakan ...`
            return cast.speaker(named, None, ResolvedFrom.PRONOUN)
    return None


def _group(item: Attribution, cast: Cast) -> Resolved | None:
    people = group(item.sentence - 1, cast) if item.sentence > 0 else None
    return unnamed(people, cast) if people is not None else None


def _last_person(item: Attribution, cast: Cast) -> Resolved | None:
    """The person named last before the statement."""
    before = min(item.spans[0][0], item.cue[0] if item.cue else item.spans[0][0])
    return next((cast.speaker(one, None, ResolvedFrom.PRONOUN) for one in _named(item, before, cast)), None)


def _named(item: Attribution, before: int, cast: Cast) -> Iterator[Cluster]:
    """Persons named before a token, the last one first."""
    floor = cast.prose.sentences[max(0, item.sentence - REACH)].start
    for i in range(before - 1, floor - 1, -1):
        name = cast.prose.tokens.name_from(i)
        if name is not None and name.type is EntityType.PER:
            yield cast.cluster(name)


def _both(item: Attribution, phrase: Phrase | None, cast: Cast) -> Resolved:
    """`keduanya`: the two persons named last before."""
    before = phrase.start if phrase is not None else item.spans[0][0]
    names = list(islice(dict.fromkeys(one.name for one in _named(item, before, cast)), 2))
    if len(names) == 2:
        return Resolved(" & ".join(sorted(names)), None, None, ResolvedFrom.PRONOUN)
    return Resolved("keduanya", None, cast.span(phrase) if phrase else None, ResolvedFrom.NONE)
