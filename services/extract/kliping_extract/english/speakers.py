"""Resolves who speaks in an English article: names, short names, offices, pronouns, speakers without a name."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain

from kliping_extract.domain.attributions import Attribution
from kliping_extract.domain.canonical import Cluster
from kliping_extract.domain.cast import Resolved
from kliping_extract.domain.people import Introduction, affiliation_of, names_in
from kliping_extract.domain.phrases import Phrase
from kliping_extract.domain.tokens import Name
from kliping_extract.english.phrases import EnglishProse, apposition_end, head_of, role_before, without_opening
from kliping_shared.contracts.enriched import EntityType, ResolvedFrom

#: How many sentences back a pronoun may point.
_REACH = 6
#: How many people of one office are tried on either side of a phrase.
_ALIKE = 50


@dataclass(slots=True)
class Cast:
    """Who takes part in an article: the cluster of each name by its first character, and who is introduced as what."""

    prose: EnglishProse
    cluster_at: Mapping[int, Cluster]
    introductions: Sequence[Introduction]
    by_person: dict[int, Introduction] = field(init=False)
    by_head: dict[str, list[Introduction]] = field(init=False)

    def __post_init__(self) -> None:
        """Sort the introductions: each person's first, and all by the noun of their description."""
        self.by_person, self.by_head = {}, {}
        for item in self.introductions:
            self.by_person.setdefault(id(self.cluster(item.name)), item)
            self.by_head.setdefault(head_of(self.prose, item.role), []).append(item)

    def cluster(self, name: Name) -> Cluster:
        """The cluster of a name."""
        return self.cluster_at[self.prose.tokens.starts[name.start]]

    def canonical(self, name: Name) -> str:
        """The canonical name of a name."""
        return self.cluster(name).name

    def described(self, cluster: Cluster) -> Introduction | None:
        """The first description of a person."""
        return self.by_person.get(id(cluster))


def find_introductions(prose: EnglishProse) -> list[Introduction]:
    """Descriptions right before a person's name, or behind it between commas; in the order of the text."""
    found = []
    for name in prose.tokens.names:
        if name.type is EntityType.PER:
            sentence = prose.sentences[prose.sentence_at[name.start]]
            end = apposition_end(prose, name.end, sentence.end)
            relative = end > name.end and prose.tokens.lower[name.end + 1] in prose.lexicon.grammar.relatives
            behind = without_opening(prose, name.end + 1, end) if end > name.end and not relative else None
            role = role_before(prose, name, sentence.start) or behind
            if role is not None:
                found.append(Introduction(name, role, names_in(prose, *role)))
    return found


def resolve_speakers(attributions: Sequence[Attribution], cast: Cast) -> list[Resolved]:
    """One speaker for each attribution (in the order of the text)."""
    spoken: list[tuple[int, Resolved]] = []
    for item in attributions:
        recent = [speaker for sentence, speaker in spoken[-_REACH:] if item.sentence - sentence <= _REACH]
        spoken.append((item.sentence, _resolve(item, cast, recent)))
    return [speaker for _, speaker in spoken]


def _resolve(item: Attribution, cast: Cast, recent: Sequence[Resolved]) -> Resolved:
    phrase = item.speaker
    if phrase is None or phrase.pronoun is not None:
        return _by_pronoun(item, phrase, cast, recent)
    if len(phrase.names) > 1:
        names = dict.fromkeys(cast.canonical(name) for name in phrase.names)
        return Resolved(" & ".join(names), None, _span(phrase, cast), ResolvedFrom.NAME)
    if phrase.names:
        name = phrase.names[0]
        speaker = _as(cast.cluster(name), Phrase(name.start, name.end), ResolvedFrom.NAME, cast)
        if speaker.role is not None or phrase.role is None:
            return speaker
        body = affiliation_of(names_in(cast.prose, *phrase.role), cast.canonical)
        return replace(speaker, role=cast.prose.tokens.span_text(*phrase.role), affiliation=body)
    found = None
    if phrase.definite and phrase.role is not None:
        found = _by_role(phrase.role, cast) or _body_meant(phrase, cast)
    return _as(found, phrase, ResolvedFrom.ROLE, cast) if found is not None else _unnamed(phrase, cast)


def _as(cluster: Cluster, phrase: Phrase | None, source: ResolvedFrom, cast: Cast) -> Resolved:
    """A person or body as speaker, with the description that the article gives."""
    described = cast.described(cluster)
    role = cast.prose.tokens.span_text(*described.role) if described else None
    body = affiliation_of(described.names_within, cast.canonical) if described else None
    return Resolved(cluster.name, cluster, _span(phrase, cast) if phrase else None, source, role, body)


def _span(phrase: Phrase, cast: Cast) -> tuple[int, int]:
    return cast.prose.tokens.characters(phrase.start, phrase.end)


def _by_role(role: tuple[int, int], cast: Cast) -> Cluster | None:
    """The person who was introduced with this office, in no fewer words; of several the one named last before it."""
    words = set(cast.prose.tokens.lower[slice(*role)])
    alike = cast.by_head.get(head_of(cast.prose, role), [])
    here = bisect_left(alike, role[0], key=lambda item: item.name.start)
    nearest_first = chain(reversed(alike[max(0, here - _ALIKE) : here]), alike[here : here + _ALIKE])
    fitting = (item for item in nearest_first if words <= set(cast.prose.tokens.lower[slice(*item.role)]))
    found = next(fitting, None)
    return cast.cluster(found.name) if found is not None else None


def _body_meant(phrase: Phrase, cast: Cast) -> Cluster | None:
    """The body that a bare noun takes up: one whose name ends so (`the authority`), else the one named last (`the company`)."""
    if phrase.end - phrase.start != 2:
        return None
    tokens = cast.prose.tokens
    floor = cast.prose.sentences[max(0, cast.prose.sentence_at[phrase.start] - _REACH)].start
    bodies = [name for name in names_in(cast.prose, floor, phrase.start) if name.type is EntityType.ORG]
    noun = tokens.lower[phrase.end - 1]
    alike = [name for name in bodies if tokens.lower[name.end - 1] == noun]
    meant = alike or (bodies if noun in cast.prose.lexicon.grammar.body_nouns else [])
    return cast.cluster(meant[-1]) if meant else None


def _unnamed(phrase: Phrase, cast: Cast) -> Resolved:
    """A speaker without a name, under the describing phrase: `residents near the river`."""
    tokens = cast.prose.tokens
    start, end = phrase.role or (phrase.start, phrase.end)
    text = " ".join(tokens.span_text(start, end).split())
    if tokens.name_at[start] < 0 and not text[:2].isupper():
        text = text[:1].lower() + text[1:]
    return Resolved(text, None, _span(phrase, cast), ResolvedFrom.NONE)


def _by_pronoun(item: Attribution, phrase: Phrase | None, cast: Cast, recent: Sequence[Resolved]) -> Resolved:
    """Who spoke last; he and she are a person, they and it rather are not."""
    one = phrase is not None and phrase.pronoun in cast.prose.lexicon.grammar.pronouns_one
    many = phrase is not None and not one
    mention = _span(phrase, cast) if phrase is not None else None
    for speaker in reversed(recent):
        person = speaker.entity is not None and speaker.entity.type is EntityType.PER
        if phrase is None or (person and one) or (many and not person):
            return replace(speaker, mention=mention, source=ResolvedFrom.PRONOUN)
    named = None if many else _last_person(item, cast)
    if named is not None:
        return replace(_as(named, None, ResolvedFrom.PRONOUN, cast), mention=mention)
    text = phrase.pronoun if phrase is not None and phrase.pronoun else "not named"
    return Resolved(text, None, mention, ResolvedFrom.NONE)


def _last_person(item: Attribution, cast: Cast) -> Cluster | None:
    """The person named last before the statement, outside of quotes."""
    before = min(item.spans[0][0], item.cue[0] if item.cue else item.spans[0][0])
    floor = cast.prose.sentences[max(0, item.sentence - _REACH)].start
    for i in range(before - 1, floor - 1, -1):
        name = cast.prose.tokens.name_from(i)
        if name is not None and name.type is EntityType.PER and cast.prose.quote_at[i] < 0:
            return cast.cluster(name)
    return None
