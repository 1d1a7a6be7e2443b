"""Resolves who speaks: names to canonical names, short forms, offices, pronouns, joint and unnamed speakers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from kliping_extract.domain.attributions import Attribution
from kliping_extract.domain.canonical import Cluster
from kliping_extract.domain.loose_quotes import named_behind
from kliping_extract.domain.people import Introduction, affiliation_of, names_in
from kliping_extract.domain.phrases import Phrase, phrase_at
from kliping_extract.domain.prose import Prose
from kliping_extract.domain.subjects import skip_connectives
from kliping_extract.domain.tokens import Name
from kliping_shared.contracts.enriched import EntityType, ResolvedFrom

#: How many sentences back a pronoun may point.
_REACH = 6
#: Words that open a group of people.
_PLURAL = frozenset({"para", "sejumlah", "beberapa", "sebagian", "kedua", "ketiga", "puluhan", "ratusan", "semua"})
#: How many stretches between commas a sentence's subject may be looked for in.
_LEADS = 3


@dataclass(frozen=True, slots=True)
class Resolved:
    """A speaker: `name` is canonical or the describing phrase; `entity` the cluster where one person or body is meant."""

    name: str
    entity: Cluster | None
    mention: tuple[int, int] | None
    source: ResolvedFrom
    role: str | None = None
    affiliation: str | None = None


@dataclass(slots=True)
class Cast:
    """Who takes part in an article: the cluster of each name, and the introductions of each person."""

    prose: Prose
    cluster_at: Mapping[int, Cluster]
    introductions: Sequence[Introduction]
    described: dict[int, list[Introduction]] = field(init=False)

    def __post_init__(self) -> None:
        """Collect the introductions by person."""
        self.described = {}
        for item in self.introductions:
            self.described.setdefault(id(self.cluster(item.name)), []).append(item)

    def cluster(self, name: Name) -> Cluster:
        """The cluster of a name."""
        return self.cluster_at[self.prose.tokens.starts[name.start]]

    def canonical(self, name: Name) -> str:
        """The canonical name of a name."""
        return self.cluster(name).name

    def role_of(self, cluster: Cluster) -> Introduction | None:
        """The first description of a person."""
        return next(iter(self.described.get(id(cluster), ())), None)


def resolve_speakers(attributions: Sequence[Attribution], cast: Cast) -> list[Resolved]:
    """One speaker for each attribution (in the order of the text)."""
    resolved: list[Resolved] = []
    by_sentence: dict[int, list[Resolved]] = {}
    for item in attributions:
        speaker = _resolve(item, cast, by_sentence)
        resolved.append(speaker)
        by_sentence.setdefault(item.sentence, []).append(speaker)
    return resolved


def _resolve(item: Attribution, cast: Cast, by_sentence: Mapping[int, Sequence[Resolved]]) -> Resolved:
    phrase = item.speaker
    if phrase is None or phrase.pronoun is not None:
        return _by_pronoun(item, phrase, cast, by_sentence)
    if phrase.names:
        return _by_name(phrase, cast)
    earlier = _same_unnamed(phrase, cast, by_sentence) if phrase.definite else None
    if earlier is not None:
        return earlier
    if phrase.role is not None and _may_be_one(phrase, cast):
        found = _by_role(phrase, cast)
        if found is not None:
            return _as(found, phrase, ResolvedFrom.ROLE, cast)
    if phrase.definite and (body := _body_meant(phrase, cast)) is not None:
        return _as(body, phrase, ResolvedFrom.ROLE, cast)
    if phrase.definite and _is_person(phrase, cast):
        found = _meant(phrase, cast, by_sentence)
        if found is not None:
            return _as(found, phrase, ResolvedFrom.ROLE, cast)
    return unnamed(phrase, cast)


def _is_person(phrase: Phrase, cast: Cast) -> bool:
    """Whether a description is of one person: `perempuan 34 tahun itu`, `bupati dua periode itu`."""
    head, lexicon = cast.prose.tokens.lower[_head(phrase, cast)], cast.prose.lexicon
    return head in lexicon.grammar.person_nouns or head in lexicon.role_heads


def _meant(phrase: Phrase, cast: Cast, by_sentence: Mapping[int, Sequence[Resolved]]) -> Cluster | None:
    """The person that a new description takes up: whom the nearest sentence before it is about."""
    within = {id(cast.cluster(name)) for name in names_in(cast.prose, phrase.start, phrase.end)}
    here = cast.prose.sentence_at[phrase.start]
    for sentence in range(here, max(-1, here - _REACH), -1):
        span = cast.prose.sentences[sentence]
        end = min(span.end, phrase.start)
        topic = _topic(sentence, phrase.start, cast)
        spoken = [one.entity for one in reversed(by_sentence.get(sentence, ())) if one.entity is not None]
        named = [cast.cluster(name) for name in reversed(_persons(cast.prose, span.start, end))]
        about = [topic.entity] if topic is not None and topic.entity is not None else []
        only = named if len({id(one) for one in named}) == 1 else []
        for found in (*about, *only, *spoken, *named):
            if found.type is EntityType.PER and id(found) not in within:
                return found
    return None


def _body_meant(phrase: Phrase, cast: Cast) -> Cluster | None:
    """The body or country that `perusahaan itu`, `negeri itu` takes up: the one named last, of that kind by its name."""
    tokens = cast.prose.tokens
    head = tokens.lower[_head(phrase, cast)]
    noun = cast.prose.lexicon.body_nouns.get(head)
    if noun is None or names_in(cast.prose, phrase.start, phrase.end):
        return None
    floor = cast.prose.sentences[max(0, cast.prose.sentence_at[phrase.start] - _REACH)].start
    before = [name for name in names_in(cast.prose, floor, phrase.start) if name.type is noun.type]
    alike = [name for name in before if tokens.lower[name.start] in noun.openings]
    return next((cast.cluster(name) for name in reversed(alike or before)), None)


def _persons(prose: Prose, start: int, end: int) -> list[Name]:
    """Persons named outside of quotes."""
    return [
        name for name in names_in(prose, start, end) if name.type is EntityType.PER and prose.quote_at[name.start] < 0
    ]


def _may_be_one(phrase: Phrase, cast: Cast) -> bool:
    """Whether an office can mean one who was introduced: not `sejumlah petani`, nor a bare `petani`."""
    tokens, grammar = cast.prose.tokens, cast.prose.lexicon.grammar
    determined = tokens.lower[phrase.start] in grammar.determiners - {"sang", "si", "pihak"}
    return not determined and (phrase.definite or tokens.lower[_head(phrase, cast)] not in grammar.person_nouns)


def _same_unnamed(phrase: Phrase, cast: Cast, by_sentence: Mapping[int, Sequence[Resolved]]) -> Resolved | None:
    """`diplomat itu` after `seorang diplomat Asia`: an unnamed speaker of the last sentences under the same noun."""
    head = cast.prose.tokens.lower[_head(phrase, cast)]
    here = cast.prose.sentence_at[phrase.start]
    for sentence in range(here, max(-1, here - _REACH), -1):
        for spoken in reversed(by_sentence.get(sentence, ())):
            if spoken.entity is None and spoken.source is ResolvedFrom.NONE and head in spoken.name.lower().split():
                return Resolved(spoken.name, None, _span(phrase, cast), ResolvedFrom.ROLE, spoken.role)
    return None


def _head(phrase: Phrase, cast: Cast) -> int:
    if phrase.role is not None:
        return phrase.role[0]
    head = phrase.start
    while head + 1 < phrase.end and cast.prose.tokens.lower[head] in cast.prose.lexicon.grammar.determiners:
        head += 1
    return head


def _span(phrase: Phrase, cast: Cast) -> tuple[int, int]:
    tokens = cast.prose.tokens
    return tokens.starts[phrase.start], tokens.ends[phrase.end - 1]


def _as(cluster: Cluster, phrase: Phrase | None, source: ResolvedFrom, cast: Cast) -> Resolved:
    """A person or body as speaker, with the description that the article gives."""
    introduction = cast.role_of(cluster)
    role = cast.prose.tokens.span_text(*introduction.role) if introduction else None
    body = affiliation_of(introduction.names_within, cast.canonical) if introduction else None
    return Resolved(cluster.name, cluster, _span(phrase, cast) if phrase else None, source, role, body)


def _by_name(phrase: Phrase, cast: Cast) -> Resolved:
    if len(phrase.names) > 1:
        names = [cast.canonical(name) for name in phrase.names]
        return Resolved(" & ".join(dict.fromkeys(names)), None, _span(phrase, cast), ResolvedFrom.NAME)
    name = phrase.names[0]
    speaker = _as(_government(cast.cluster(name), cast), Phrase(name.start, name.end), ResolvedFrom.NAME, cast)
    if speaker.role is None and phrase.role is not None:
        body = affiliation_of(names_in(cast.prose, *phrase.role), cast.canonical)
        role = cast.prose.tokens.span_text(*phrase.role)
        return Resolved(speaker.name, speaker.entity, speaker.mention, speaker.source, role, body)
    return speaker


def _government(cluster: Cluster, cast: Cast) -> Cluster:
    """The country whose capital speaks, where the article names it."""
    country = cast.prose.lexicon.seats.get(cluster.name) if cluster.type is EntityType.LOC else None
    same = (other for other in cast.cluster_at.values() if other.type is EntityType.LOC and other.name == country)
    return next(same, cluster) if country else cluster


def _by_role(phrase: Phrase, cast: Cast) -> Cluster | None:
    """The person who was introduced with this office; of several the one named last before the phrase."""
    assert phrase.role is not None
    bodies = {cast.canonical(name) for name in names_in(cast.prose, *phrase.role)}
    head, *rest = _spelt_out(phrase.role, cast)
    words = {head, *rest}
    best: tuple[bool, int, Cluster] | None = None
    for item in cast.introductions:
        described = {cast.canonical(name) for name in item.names_within}
        own = _spelt_out(item.role, cast)
        if own[0] != head or (bodies and not bodies & described):
            continue
        if not bodies and not phrase.definite and not words <= set(own):
            continue
        rank = (item.name.start < phrase.start, item.name.start, cast.cluster(item.name))
        if best is None or rank[:2] > best[:2]:
            best = rank
    return best[2] if best is not None else None


def _spelt_out(role: tuple[int, int], cast: Cast) -> list[str]:
    """The words of an office, short forms in full: `menkes` is `menteri kesehatan`."""
    short = cast.prose.lexicon.role_short_forms
    return [word for i in range(*role) for word in short.get(cast.prose.tokens.lower[i], (cast.prose.tokens.lower[i],))]


def unnamed(phrase: Phrase, cast: Cast) -> Resolved:
    """A speaker without a name, under the describing phrase: `para ahli`, `militer Korea Selatan`."""
    tokens = cast.prose.tokens
    start, end = phrase.start, phrase.end - (phrase.definite and phrase.end - phrase.start > 1)
    modified = any(tokens.name_at[i] >= 0 for i in range(start, end))
    if tokens.lower[start] in {"sang", "si", "oleh"} or (tokens.lower[start] == "para" and modified):
        start += 1
    text = " ".join(tokens.span_text(start, end).split())
    if tokens.name_at[start] < 0 and not text[:2].isupper():
        text = text[:1].lower() + text[1:]
    return Resolved(text, None, _span(phrase, cast), ResolvedFrom.NONE)


def _by_pronoun(
    item: Attribution, phrase: Phrase | None, cast: Cast, by_sentence: Mapping[int, Sequence[Resolved]]
) -> Resolved:
    pronoun = phrase.pronoun if phrase is not None else "-nya"
    if pronoun == "keduanya":
        return _both(item, phrase, cast)
    many = pronoun in cast.prose.lexicon.grammar.pronouns_many
    if many and (group := _group(item, cast)) is not None:
        return group
    kinds = set(EntityType) if many else {EntityType.PER}
    found = _last_speaker(item, cast, by_sentence, kinds)
    if found is None and not many:
        found = _last_speaker(item, cast, by_sentence, set(EntityType)) or _last_person(item, cast)
    mention = _span(phrase, cast) if phrase is not None else None
    if found is None:
        text = cast.prose.tokens.span_text(phrase.start, phrase.end) if phrase is not None else "tidak disebut"
        return Resolved(text.lower(), None, mention, ResolvedFrom.NONE)
    return Resolved(found.name, found.entity, mention, ResolvedFrom.PRONOUN, found.role, found.affiliation)


def _last_speaker(
    item: Attribution, cast: Cast, by_sentence: Mapping[int, Sequence[Resolved]], kinds: set[EntityType]
) -> Resolved | None:
    """The latest speaker, or the person a later sentence is about, within reach."""
    position = item.speaker.start if item.speaker is not None else (item.cue or item.spans[0])[0]
    for sentence in range(item.sentence, max(-1, item.sentence - _REACH), -1):
        for spoken in reversed(by_sentence.get(sentence, ())):
            if spoken.entity.type in kinds if spoken.entity is not None else True:
                return spoken
        topic = _topic(sentence, position, cast)
        if topic is not None:
            return topic
        if EntityType.PER in kinds and (only := _only_person(sentence, position, cast)) is not None:
            return _as(only, None, ResolvedFrom.PRONOUN, cast)
    return None


def _only_person(sentence: int, before: int, cast: Cast) -> Cluster | None:
    """The one person that a sentence names outside of quotes: `Lalu giliran dokter Said. Ia mengatakan ...`."""
    span = cast.prose.sentences[sentence]
    named = [cast.cluster(name) for name in _persons(cast.prose, span.start, min(span.end, before))]
    return named[0] if span.end <= before and len({id(one) for one in named}) == 1 else None


def _topic(sentence: int, before: int, cast: Cast) -> Resolved | None:
    """The person that a sentence begins with, past what tells when and where."""
    prose = cast.prose
    span = prose.sentences[sentence]
    starts = [span.start, *(i + 1 for i in range(span.start, min(span.end, before)) if prose.comma(i))][:_LEADS]
    # `Hal senada diungkapkan Slamet`: the sentence leads to its speaker.
    phrases = [named_behind(prose, sentence)] if span.end <= before else []
    for start in starts:
        lead = skip_connectives(prose, start, span.end)
        phrases.append(phrase_at(prose.tokens, lead, min(span.end, before), prose.lexicon) if lead < before else None)
    for phrase in phrases:
        if phrase is not None and len(phrase.names) == 1 and phrase.names[0].type is EntityType.PER:
            return _as(cast.cluster(phrase.names[0]), phrase, ResolvedFrom.PRONOUN, cast)
    return None


def _group(item: Attribution, cast: Cast) -> Resolved | None:
    """The people without names that the sentence before is about: `Para penambang tertawa. Hak itu, kata mereka, ...`."""
    prose = cast.prose
    if item.sentence == 0:
        return None
    span = prose.sentences[item.sentence - 1]
    starts = [span.start, *(i + 1 for i in range(span.start, span.end) if prose.comma(i))][:_LEADS]
    for start in starts:
        lead = skip_connectives(prose, start, span.end)
        phrase = phrase_at(prose.tokens, lead, span.end, prose.lexicon)
        if phrase is not None and not phrase.names and prose.tokens.lower[lead] in _PLURAL and phrase.speakable:
            return unnamed(phrase, cast)
    return None


def _last_person(item: Attribution, cast: Cast) -> Resolved | None:
    """The person named last before the statement."""
    before = min(item.spans[0][0], item.cue[0] if item.cue else item.spans[0][0])
    floor = cast.prose.sentences[max(0, item.sentence - _REACH)].start
    for i in range(before - 1, floor - 1, -1):
        name = cast.prose.tokens.name_from(i)
        if name is not None and name.type is EntityType.PER:
            return _as(cast.cluster(name), None, ResolvedFrom.PRONOUN, cast)
    return None


def _both(item: Attribution, phrase: Phrase | None, cast: Cast) -> Resolved:
    """`keduanya`: the two persons named last before."""
    before = phrase.start if phrase is not None else item.spans[0][0]
    floor = cast.prose.sentences[max(0, item.sentence - _REACH)].start
    names: list[str] = []
    for i in range(before - 1, floor - 1, -1):
        name = cast.prose.tokens.name_from(i)
        if name is not None and name.type is EntityType.PER and cast.canonical(name) not in names:
            names.append(cast.canonical(name))
            if len(names) == 2:
                return Resolved(" & ".join(sorted(names)), None, None, ResolvedFrom.PRONOUN)
    return Resolved("keduanya", None, _span(phrase, cast) if phrase else None, ResolvedFrom.NONE)
