"""Who a claim's source is: keys that two claims share when one person, or he and the body he speaks for, said both."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import dropwhile

from kliping_link.domain.identity import OF, WOULD_BE, is_unnamed
from kliping_link.domain.names import body_of, country, country_in, initials, key, kind_of, plain
from kliping_link.domain.persons import is_person, person_key, told_apart
from kliping_link.domain.words import content, lexicon_lines
from kliping_shared.contracts import Claim, EnrichedArticle, Entity, EntityType

_AND = re.compile(r"\s+(?:&|dan|serta)\s+|\s*,\s+")
#: Behind it a role tells where somebody comes from; before it, that an office is not his.
_ORIGIN = re.compile(r"\b(?:asal|kelahiran|keturunan|berdarah|lulusan|jebolan)\b", re.IGNORECASE)
_NOT_NOW = re.compile(r"(?:mantan|eks|bekas|calon)\b", re.IGNORECASE)


#: All keys of one speaker.
Keys = tuple[str, ...]


@dataclass(frozen=True)
class Source:
    """``own`` names the speaker, ``bodies`` those that he speaks for, by keys that ``identity`` compares across articles.

    A body is its plain name, and ``:letters`` what a full name may be shortened to elsewhere; a person is ``~`` and the
    sounds of his name. An unnamed speaker is ``kind@place``, and may be meant by ``kind@`` elsewhere.
    """

    own: frozenset[str]
    bodies: frozenset[str]

    @property
    def is_collective(self) -> bool:
        """Whether the speaker himself is without a name."""
        return any(is_unnamed(key) for key in self.own)

    @cached_property
    def is_person(self) -> bool:
        """Whether it is a person by name, or several."""
        return any(map(is_person, self.own))

    @property
    def kinds(self) -> frozenset[str]:
        """Kinds of people, without their place, that he may be called."""
        return frozenset(key for key in self.bodies if key.endswith(OF))


def sources(article: EnrichedArticle) -> dict[str, Source]:
    """Source of each claim by claim id. A role told once holds for all claims of that speaker in the article."""
    entities = {entity.entity_id: entity for entity in article.entities}
    by_name = {plain(name): entity for entity in article.entities for name in (entity.name, *entity.aliases)}
    speakers = {claim.claim_id: _speakers(claim, entities, by_name) for claim in article.claims}
    bodies: dict[Keys, set[str]] = defaultdict(set)
    told = {
        (speakers[claim.claim_id][0], claim.speaker.name, claim.role, claim.affiliation)
        for claim in article.claims
        if len(speakers[claim.claim_id]) == 1
    }
    for speaker, name, role, affiliation in told:
        held = _held(role, affiliation)
        bodies[speaker] |= _bodies(name, held, by_name) | _kinds(name, held, by_name)
    apart = told_apart({person_key(entity.name) for entity in article.entities if entity.type is EntityType.PER})
    return {claim_id: _source(names, bodies, apart) for claim_id, names in speakers.items()}


def _held(role: str | None, affiliation: str | None) -> tuple[str, ...]:
    """What a speaker's role and affiliation say that he is now: not where he comes from, nor what he was or may become."""
    told = _ORIGIN.split(role)[0] if role else None
    if told is not None and _NOT_NOW.match(told):
        return ()
    return tuple(filter(None, (told, affiliation if told is None or told == role else None)))


def _source(speakers: list[Keys], bodies: dict[Keys, set[str]], apart: dict[str, str]) -> Source:
    own = frozenset(apart.get(key, key) for keys in speakers for key in keys)
    spoken_for = {body for keys in speakers for body in bodies[keys]}
    kinds = {f"{kind}{OF}" for name in own for kind, _, place in [name.partition(OF)] if place}
    return Source(own, frozenset(spoken_for | kinds) - own)


def _speakers(claim: Claim, entities: dict[str, Entity], by_name: dict[str, Entity]) -> list[Keys]:
    """Keys of the one speaker, of each of several joint speakers, or of an unnamed collective."""
    known = entities.get(claim.speaker.entity_id or "")
    if known:
        return [_named(known)]
    parts = _AND.split(claim.speaker.name)
    joint = [by_name.get(plain(part)) for part in parts]
    if all(joint):
        return sorted({_named(entity) for entity in joint if entity})
    if country(claim.speaker.name) or (_is_name(claim.speaker.name) and not _is_kind(claim.speaker.name)):
        return [tuple(sorted({key(claim.speaker.name), person_key(claim.speaker.name)}))]
    bodies = _bodies(claim.speaker.name, (), by_name) if _is_document(claim.speaker.name) else ()
    return [tuple(sorted(bodies))] if bodies else [(kind,) for kind in _collective(parts)]


def _named(entity: Entity) -> Keys:
    """Keys of a person by his name, of a body by its name and by the letters that it is shortened to."""
    if entity.type is EntityType.PER:
        return (person_key(entity.name),)
    letters = {plain(alias) for alias in entity.aliases if alias.isupper() and alias.isalpha()}
    short = initials(entity.name) if entity.type is EntityType.ORG else None
    return tuple(sorted({key(entity.name), *letters, *([WOULD_BE + short] if short else [])}))


def _is_name(phrase: str) -> bool:
    """'Matthew Miller', 'Polri' as against 'para ahli': every word has a capital."""
    return all(word[:1].isupper() for word in phrase.split())


def _is_kind(phrase: str) -> bool:
    """'Polisi' at the head of a sentence is no name; 'Polri' is one."""
    return kind_of(phrase) == plain(phrase)


def _kinds(name: str, phrases: Iterable[str], by_name: dict[str, Entity]) -> set[str]:
    """Kinds of speakers that his office, or a body's own name, says he is of, as others may call him: 'polisi@'."""
    named = filter(None, (*phrases, _own_name(name, by_name)))
    return {f"{kind}{OF}" for phrase in named if (kind := kind_of(_behind(phrase, _many() | _offices())))}


def _is_document(phrase: str) -> bool:
    """'Fatwa MUI', 'laporan Badan Air': what a body publishes."""
    return plain(phrase).partition(" ")[0] in _documents()


def _collective(parts: list[str]) -> list[str]:
    """'pejabat dan pakar AS': officials of the US and experts of the US. 'para ahli': experts of no place."""
    kinds = sorted({kind for part in parts if (kind := _kind(part))}) or [plain(" ".join(parts))]
    places = sorted({place for part in parts if (place := country_in(part) or _proper(part))}) or [""]
    return [f"{kind}{OF}{place}" for kind in kinds for place in places]


def _kind(part: str) -> str | None:
    """The kind of the body or office that it begins with, else its head noun; how many speak does not matter."""
    who = _behind(part, _many())
    words = [word for word in who.split() if not word[1:2].isupper()]
    small = " ".join(word for place, word in enumerate(words) if place == 0 or not word[:1].isupper())
    head = next((term for term in content(small) if not country(term)), None)
    return kind_of(who) or (head and kind_of(head)) or head


def _behind(phrase: str, skipped: frozenset[str]) -> str:
    """The phrase from its first word on that is none of ``skipped``, no number, and not without content."""
    words = phrase.split()
    return " ".join(dropwhile(lambda word: word[0].isdigit() or skipped.issuperset(content(word)), words))


def _proper(part: str) -> str:
    """What follows with a capital: the place or body that they are of."""
    return plain(" ".join(word for word in part.split()[1:] if word[:1].isupper()))


@cache
def _many() -> frozenset[str]:
    return frozenset(term for line in lexicon_lines("quantifiers.txt") for term in content(line))


@cache
def _documents() -> frozenset[str]:
    return frozenset(word for line in lexicon_lines("documents.txt") for word in line.split())


@cache
def _offices() -> frozenset[str]:
    return frozenset(term for line in lexicon_lines("offices.txt") for term in content(line))


def _bodies(name: str, phrases: Iterable[str], by_name: dict[str, Entity]) -> set[str]:
    """Organisations and countries that the speaker's role, affiliation or own name says he speaks for."""
    found: set[str] = set()
    for phrase in filter(None, (*phrases, _own_name(name, by_name))):
        words = f" {plain(phrase)} "
        found |= {
            body
            for spelling, entity in by_name.items()
            if f" {spelling} " in words and _is_body(entity)
            for body in _named(entity)
        }
        found |= {body for body in (country_in(phrase), body_of(_behind(phrase, _offices()))) if body}
    return found


def _own_name(name: str, by_name: dict[str, Entity]) -> str | None:
    """A speaker's name where it can tell a body; a person's does not: who is called Hakim is no judge."""
    speaker = by_name.get(plain(name))
    return None if speaker and speaker.type is EntityType.PER else name


def _is_body(entity: Entity) -> bool:
    """A place is none, unless it is a country."""
    return entity.type is EntityType.ORG
