"""Enriched articles made of a few words, and what an index would hold after a row of linked articles."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from kliping_shared.contracts import (
    Claim,
    ClaimGroup,
    ClaimKind,
    Cue,
    DateMention,
    DateSource,
    EnrichedArticle,
    Entity,
    EntityType,
    Extractor,
    LinkedArticle,
    Mention,
    Quantity,
    Span,
    Speaker,
    Stance,
    Story,
)

DAY = datetime(2026, 3, 2, 9, tzinfo=UTC)


@dataclass(frozen=True)
class Said:
    """A claim to build: who said what, in which role; numbers as value, unit and text, dates as day and text.

    Of a range the last day stands behind.
    """

    speaker: str
    text: str
    role: str | None = None
    affiliation: str | None = None
    named: bool = True
    numbers: tuple[tuple[float, str | None, str], ...] = ()
    denied: bool = False
    dates: tuple[tuple[date, str] | tuple[date, str, date], ...] = ()


@dataclass(frozen=True)
class Draft:
    """An article to build. ``names``: entities with their types; every occurrence in the text is a mention."""

    article_id: str
    said: tuple[Said, ...] = ()
    lead: str = ""
    names: tuple[tuple[str, EntityType], ...] = ()
    day: int | None = 0
    seen: int = 0
    outlet: str | None = "Harian Contoh"
    origin: str | None = None
    title: str | None = None
    document_key: str | None = None
    revision: int = 1
    supersedes: tuple[str, ...] = ()
    extracted: int = 0
    extra: dict[str, object] = field(default_factory=dict)


def build(draft: Draft) -> EnrichedArticle:
    """The article: its lead, then a sentence for each claim."""
    text = draft.lead + "\n" if draft.lead else ""
    claims: list[Claim] = []
    known = {name for name, _ in draft.names}
    for number, said in enumerate(draft.said):
        opening = f"{said.speaker} mengatakan "
        start = len(text) + len(opening)
        sentence = Span(start=len(text), end=start + len(said.text) + 1)
        text += f"{opening}{said.text}.\n"
        claims.append(_claim(draft.article_id, number, said, start, sentence))
        if said.named:
            known.add(said.speaker)
    types = {said.speaker: EntityType.PER for said in draft.said} | dict(draft.names)
    return EnrichedArticle(
        article_id=draft.article_id,
        document_key=draft.document_key or f"path:{draft.article_id}",
        revision=draft.revision,
        supersedes=draft.supersedes,
        text=text or "kosong",
        title=draft.title,
        outlet=draft.outlet,
        origin=draft.origin,
        published_at=None if draft.day is None else DAY + timedelta(days=draft.day),
        date_source=None if draft.day is None else DateSource.DATELINE,
        path=f"{draft.article_id}.txt",
        media_type="text/plain",
        file_sha256="0" * 64,
        ingested_at=DAY + timedelta(days=draft.seen),
        entities=tuple(_entity(name, types[name], text) for name in sorted(known) if name in text),
        claims=tuple(claims),
        extractor=Extractor(name="test", version="1"),
        extracted_at=DAY + timedelta(days=draft.seen, seconds=draft.extracted),
        **draft.extra,
    )


def _claim(article_id: str, number: int, said: Said, start: int, sentence: Span) -> Claim:
    return Claim(
        claim_id=f"{article_id}-{number}",
        kind=ClaimKind.INDIRECT,
        spans=(Span(start=start, end=start + len(said.text)),),
        text=said.text,
        speaker=Speaker(name=said.speaker, entity_id=entity_id(said.speaker) if said.named else None),
        role=said.role,
        affiliation=said.affiliation,
        cue=Cue(
            start=sentence.start,
            end=sentence.start + 1,
            text="kata",
            stance=Stance.DENY if said.denied else Stance.NEUTRAL,
        ),
        dates=tuple(
            DateMention(start=at, end=at + len(text), text=text, first=day, last=last[0] if last else day)
            for day, text, *last in said.dates
            for at in [start + max(0, said.text.find(text))]
        ),
        quantities=tuple(
            Quantity(start=at, end=at + len(text), text=text, value=value, unit=unit)
            for value, unit, text in said.numbers
            for at in [start + max(0, said.text.find(text))]
        ),
        sentence=sentence,
    )


def entity_id(name: str) -> str:
    """The id that a name's entity has in every article."""
    return f"e-{name.lower().replace(' ', '-')}"


def _entity(name: str, kind: EntityType, text: str) -> Entity:
    mentions: list[Mention] = []
    at = text.find(name)
    while at >= 0:
        mentions.append(Mention(start=at, end=at + len(name), text=name))
        at = text.find(name, at + 1)
    return Entity(entity_id=entity_id(name), name=name, type=kind, mentions=tuple(mentions))


@dataclass
class Shelf:
    """What an index holds: of each group and story the highest version, without what was retired."""

    groups: dict[str, ClaimGroup] = field(default_factory=dict)
    stories: dict[str, Story] = field(default_factory=dict)

    def put(self, linked: LinkedArticle | None) -> None:
        """Take in one message."""
        if linked is None:
            return
        for group in linked.groups:
            if group.group_id not in self.groups or group.version > self.groups[group.group_id].version:
                self.groups[group.group_id] = group
        for story in linked.stories:
            if story.story_id not in self.stories or story.version > self.stories[story.story_id].version:
                self.stories[story.story_id] = story
        for group_id in linked.retired_groups:
            self.groups.pop(group_id, None)
        for story_id in linked.retired_stories:
            self.stories.pop(story_id, None)

    def without_versions(self) -> tuple[dict[str, ClaimGroup], dict[str, Story]]:
        """Everything on it, comparable between runs."""
        groups = {name: group.model_copy(update={"version": 0}) for name, group in self.groups.items()}
        return groups, {name: story.model_copy(update={"version": 0}) for name, story in self.stories.items()}


def shelved(linked: Iterable[LinkedArticle | None]) -> tuple[dict[str, ClaimGroup], dict[str, Story]]:
    """What an index holds after these messages."""
    shelf = Shelf()
    for article in linked:
        shelf.put(article)
    return shelf.without_versions()


def groups_of(linked: Sequence[LinkedArticle]) -> list[list[str]]:
    """Claim ids by group, for comparing with a list by hand."""
    found: dict[str, list[str]] = {}
    for article in linked:
        for claim in article.claims:
            found.setdefault(claim.group_id, []).append(claim.claim_id)
    return sorted(sorted(claims) for claims in found.values())
