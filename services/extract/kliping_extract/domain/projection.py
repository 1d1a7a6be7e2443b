"""A Doc's layers as an EnrichedArticle: token ranges become characters, phrases become contracts. Pure."""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from kliping_extract.domain.attributions import Attribution
from kliping_extract.domain.canonical import Cluster
from kliping_extract.domain.cast import Resolved
from kliping_extract.domain.factuality import Factuality
from kliping_extract.domain.lexicon import CueWord
from kliping_extract.domain.normal import entity_key
from kliping_extract.domain.prose import ProseOf, ProseWords
from kliping_extract.domain.said_on import Days, beside, characters
from kliping_shared.contracts.article import Article
from kliping_shared.contracts.base import Span
from kliping_shared.contracts.enriched import (
    Claim,
    ClaimKind,
    Cue,
    DateMention,
    EnrichedArticle,
    Entity,
    EntityType,
    Extractor,
    Mention,
    Quantity,
    ResolvedFrom,
    Speaker,
    Stance,
)


def _no_quantities(text: str, offset: int) -> tuple[Quantity, ...]:  # noqa: ARG001  the shape of find_quantities
    return ()


def _plain(words: Sequence[str], cue: CueWord | None, direct: bool) -> Factuality:  # noqa: ARG001  of factuality
    return Factuality()


def _unknown(text: str, speakers: Sequence[Resolved]) -> Sequence[bool | None]:  # noqa: ARG001  of standings
    return [None] * len(speakers)


@dataclass(frozen=True, slots=True)
class Readings:
    """What functions of a language tell of claims: numbers in a text, whose places are counted from an offset; polarity
    and modality of a statement's words, with its cue and whether it is a direct quote; whether an article's speakers are
    public ones; which of an article's dates tells when each statement was said. A language that has none leaves it open,
    and takes the date beside a statement."""

    quantities: Callable[[str, int], tuple[Quantity, ...]] = _no_quantities
    factuality: Callable[[Sequence[str], CueWord | None, bool], Factuality] = _plain
    standings: Callable[[str, Sequence[Resolved]], Sequence[bool | None]] = _unknown
    said_on: Callable[[ProseOf[Any], Sequence[Attribution], Sequence[DateMention]], Sequence[DateMention | None]] = (
        beside
    )


@lru_cache(maxsize=20_000)
def entity_id(kind: EntityType, name: str) -> str:
    """Names an entity across articles: a hash of type and canonical name in whatever spelling."""
    return "e" + _digest(f"{kind}:{entity_key(kind, name)}")


def claim_id(article_id: str, spans: Sequence[tuple[int, int]]) -> str:
    """Names a claim: a hash of its article and the characters it covers."""
    return "c" + _digest(f"{article_id}:{';'.join(f'{start}-{end}' for start, end in spans)}")


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:20]


def project(
    article: Article,
    *,
    clusters: Sequence[Cluster],
    prose: ProseOf[ProseWords],
    attributions: Sequence[Attribution],
    speakers: Sequence[Resolved],
    dates: tuple[DateMention, ...],
    readings: Readings,
    confidence: Mapping[str, float],
    extractor: Extractor,
    now: datetime,
) -> EnrichedArticle:
    """The article with all annotations; `attributions` and `speakers` are parallel."""
    entities = tuple(project_entity(cluster) for cluster in clusters)
    index = _MentionIndex(entities)
    public = readings.standings(article.text, speakers)
    days, told = Days(dates), readings.said_on(prose, attributions, dates)
    claims = tuple(
        project_claim(article, prose, item, speaker, said, index, days, readings, confidence, public=known)
        for item, speaker, said, known in zip(attributions, speakers, told, public, strict=True)
    )
    return enriched(article, extractor, now, entities=entities, claims=claims, dates=dates)


def enriched(
    article: Article,
    extractor: Extractor,
    now: datetime,
    *,
    entities: tuple[Entity, ...] = (),
    claims: tuple[Claim, ...] = (),
    dates: tuple[DateMention, ...] = (),
) -> EnrichedArticle:
    """`article` as it came, with annotations added."""
    fields = {name: getattr(article, name) for name in Article.model_fields if name != "contract"}
    return EnrichedArticle(
        **fields, entities=entities, claims=claims, dates=dates, extractor=extractor, extracted_at=now
    )


def project_entity(cluster: Cluster) -> Entity:
    """One entity with its mentions in the order of the text."""
    mentions = tuple(Mention(start=item.start, end=item.end, text=item.text) for item in cluster.mentions)
    aliases = tuple(sorted({item.text for item in cluster.mentions} - {cluster.name}))
    return Entity(
        entity_id=entity_id(cluster.type, cluster.name),
        name=cluster.name,
        type=cluster.type,
        aliases=aliases,
        mentions=mentions,
    )


class _MentionIndex:
    """Entity ids by position."""

    def __init__(self, entities: Sequence[Entity]) -> None:
        self._placed = sorted((m.start, m.end, entity.entity_id) for entity in entities for m in entity.mentions)
        self._starts = [start for start, _, _ in self._placed]

    def begins(self, at: int) -> bool:
        """Whether a mention begins at the character."""
        place = bisect_left(self._starts, at)
        return place < len(self._starts) and self._starts[place] == at

    def within(self, spans: Sequence[tuple[int, int]]) -> tuple[str, ...]:
        """Ids of the entities mentioned wholly inside the spans, each once, in order of appearance."""
        found: dict[str, None] = {}
        for start, end in spans:
            for at in range(bisect_left(self._starts, start), bisect_left(self._starts, end)):
                _, mention_end, name = self._placed[at]
                if mention_end <= end:
                    found[name] = None
        return tuple(found)


def project_claim(
    article: Article,
    prose: ProseOf[ProseWords],
    item: Attribution,
    speaker: Resolved,
    said: DateMention | None,
    index: _MentionIndex,
    days: Days,
    readings: Readings,
    confidence: Mapping[str, float],
    *,
    public: bool | None = None,
) -> Claim:
    """One claim in characters of the article's text; `public`: whether its speaker is a public one."""
    text, spans = article.text, characters(prose, item)
    fact = readings.factuality(_words(prose, item), item.word, item.kind is ClaimKind.DIRECT)
    sure = confidence.get(item.rule, 0.5) * (0.8 if _nobody(speaker) else 1.0)
    return Claim(
        claim_id=claim_id(article.article_id, spans),
        kind=item.kind,
        spans=tuple(Span(start=start, end=end) for start, end in spans),
        text=" ".join(text[start:end] for start, end in spans),
        speaker=_speaker(speaker, public),
        role=speaker.role,
        affiliation=speaker.affiliation,
        cue=_cue(prose, item),
        via=_via(prose, item),
        date=said,
        dates=days.within(spans),
        place=_mention(prose, item.place),
        occasion=_mention(prose, item.occasion),
        mentions=index.within(spans),
        quantities=tuple(
            found
            for start, end in spans
            for found in readings.quantities(text[start:end], start)
            # A name may read like a number: Lima, Satu.
            if not index.begins(found.start)
        ),
        negated=fact.negated,
        modality=fact.modality,
        confidence=round(sure, 3),
        rule=item.rule,
        sentence=_sentence(prose, item),
    )


def _nobody(speaker: Resolved) -> bool:
    return speaker.mention is None and speaker.entity is None and speaker.source is ResolvedFrom.NONE


def _sentence(prose: ProseOf[ProseWords], item: Attribution) -> Span:
    """The sentence of the cue, widened to hold all spans."""
    tokens, sentence = prose.tokens, prose.sentences[item.sentence]
    first = min(sentence.start, item.spans[0][0])
    last = max(sentence.end, item.spans[-1][1])
    start, end = tokens.characters(first, last)
    return Span(start=start, end=end)


def _words(prose: ProseOf[ProseWords], item: Attribution) -> list[str]:
    """The statement's words in lower case, with the question mark that closes it."""
    lower, end = prose.tokens.lower, item.spans[-1][1]
    words = [word for start, stop in item.spans for word in lower[start:stop]]
    asked = end < len(lower) and lower[end].startswith("?")
    return [*words, "?"] if asked else words


def _speaker(speaker: Resolved, public: bool | None) -> Speaker:
    mention = Span(start=speaker.mention[0], end=speaker.mention[1]) if speaker.mention else None
    named = entity_id(speaker.entity.type, speaker.entity.name) if speaker.entity else None
    return Speaker(name=speaker.name, entity_id=named, mention=mention, resolved_from=speaker.source, public=public)


def _mention(prose: ProseOf[ProseWords], tokens: tuple[int, int] | None) -> Mention | None:
    if tokens is None:
        return None
    start, end = prose.tokens.characters(*tokens)
    return Mention(start=start, end=end, text=prose.tokens.text[start:end])


def _cue(prose: ProseOf[ProseWords], item: Attribution) -> Cue | None:
    if item.cue is None:
        return None
    start, end = prose.tokens.characters(*item.cue)
    stance = item.word.stance if item.word is not None else Stance.NEUTRAL
    return Cue(start=start, end=end, text=prose.tokens.text[start:end], stance=stance)


def _via(prose: ProseOf[ProseWords], item: Attribution) -> str | None:
    if item.via is None:
        return None
    return " ".join(prose.tokens.span_text(item.via.start, item.via.end).split())
