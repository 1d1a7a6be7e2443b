"""Who a claim's source is: keys that two claims share when one person, or he and the body he speaks for, said both."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from kliping_link.domain.names import country, country_in, key, plain
from kliping_link.domain.words import content
from kliping_shared.contracts import Claim, EnrichedArticle, Entity, EntityType

_AND = re.compile(r"\s+(?:&|dan|serta)\s+|\s*,\s+")


@dataclass(frozen=True)
class Source:
    """``own`` names the speaker, ``bodies`` those that he speaks for. Keys are equal across articles."""

    own: frozenset[str]
    bodies: frozenset[str]

    @property
    def keys(self) -> frozenset[str]:
        """Everything under which a claim of this source may be looked for."""
        return self.own | self.bodies


def sources(article: EnrichedArticle) -> dict[str, Source]:
    """Source of each claim by claim id. A role told once holds for all claims of that speaker in the article."""
    entities = {entity.entity_id: entity for entity in article.entities}
    by_name = {plain(name): entity for entity in article.entities for name in (entity.name, *entity.aliases)}
    speakers = {claim.claim_id: _speakers(claim, entities, by_name) for claim in article.claims}
    bodies: dict[str, set[str]] = defaultdict(set)
    for claim in article.claims:
        if len(speakers[claim.claim_id]) == 1:
            bodies[speakers[claim.claim_id][0]] |= _bodies(claim, by_name)
    return {claim_id: _source(names, bodies) for claim_id, names in speakers.items()}


def _source(own: list[str], bodies: dict[str, set[str]]) -> Source:
    own_keys = frozenset(own)
    return Source(own_keys, frozenset(body for name in own for body in bodies[name]) - own_keys)


def _speakers(claim: Claim, entities: dict[str, Entity], by_name: dict[str, Entity]) -> list[str]:
    """Keys of the one speaker, of each of several joint speakers, or of an unnamed collective."""
    known = entities.get(claim.speaker.entity_id or "")
    if known:
        return [key(known.name)]
    names = [by_name.get(plain(part)) for part in _AND.split(claim.speaker.name)]
    if all(names):
        return [key(entity.name) for entity in names if entity]
    return _collective(claim.speaker.name)


def _collective(phrase: str) -> list[str]:
    """'pejabat dan pakar AS' -> officials of the US, experts of the US; a country's plain name is the country."""
    whole = country(phrase)
    if whole:
        return [whole]
    places = {place for part in _AND.split(phrase) if (place := country_in(part))}
    named = {word for place in places for word in content(place)} | {
        word for p in _spelt(phrase) for word in content(p)
    }
    heads = [word for word in content(phrase) if word not in named] or [plain(phrase)]
    return sorted({f"{head}@{place}" for head in heads for place in places or {""}})


def _spelt(phrase: str) -> list[str]:
    """The words of a phrase that by themselves name a country ('AS')."""
    return [word for word in plain(phrase).split() if country(word)]


def _bodies(claim: Claim, by_name: dict[str, Entity]) -> set[str]:
    """Organisations and countries that the speaker's role, affiliation or own name says he speaks for."""
    found: set[str] = set()
    speaker = by_name.get(plain(claim.speaker.name))
    own_name = None if speaker and speaker.type is EntityType.PER else claim.speaker.name
    for phrase in filter(None, (claim.role, claim.affiliation, own_name)):
        found |= {key(entity.name) for name, entity in by_name.items() if _is_body(entity) and _holds(phrase, name)}
        place = country_in(phrase)
        if place:
            found.add(place)
    return found


def _is_body(entity: Entity) -> bool:
    return entity.type is not EntityType.PER


def _holds(phrase: str, name: str) -> bool:
    return f" {name} " in f" {plain(phrase)} "
