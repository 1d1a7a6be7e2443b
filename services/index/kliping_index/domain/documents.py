"""From a linked article to the changes of the store: documents, fields of others' documents, deletions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from kliping_index.domain.groups import carriers, group_changes, story_changes
from kliping_index.domain.versions import document_version
from kliping_shared.contracts import Entity, EntityType, LinkedArticle, LinkedClaim, ZoneKind
from kliping_shared.store.documents import ArticleDocument, ClaimDocument, Document, Kind
from kliping_shared.store.ports import Change, Delete, Put, ReplaceClaims

#: Characters of a title made from the text of an article that has none.
_TITLE_LENGTH: Final = 120
_TYPES: Final = tuple(EntityType)
#: Groups and stories are documents of their own, and what the message says of them is soon old.
_NOT_IN_BODY: Final = {"groups", "stories", "retired_groups", "retired_stories"}


def changes(linked: LinkedArticle) -> list[Change]:
    """Everything that the message changes in the store, to be applied as one unit; the same message, the same changes.

    Group and story ids of other articles' documents are patched, since they move when groups merge.
    """
    version = document_version(linked)
    found: list[Change] = [Put("articles", linked.article_id, version, _json(article_document(linked)))]
    found += [Put("claims", claim.claim_id, version, _json(claim_document(linked, claim))) for claim in linked.claims]
    found.append(ReplaceClaims(linked.article_id, version, tuple(claim.claim_id for claim in linked.claims)))
    for group in linked.groups:
        found += group_changes(group)
    for story in linked.stories:
        found += story_changes(story)
    found += _deletions("groups", linked.retired_groups, linked.version)
    found += _deletions("stories", linked.retired_stories, linked.version)
    for article_id in linked.supersedes:
        found += (Delete("articles", article_id, version), ReplaceClaims(article_id, version, ()))
    return found


def _deletions(kind: Kind, ids: Iterable[str], version: int) -> list[Change]:
    return [Delete(kind, id, version) for id in ids]  # noqa: A001 - the field's word


def _json(document: Document) -> dict[str, Any]:
    """The document's fields; they hold nothing but JSON's own types, so they need not be walked through once more."""
    return vars(document)


def article_document(linked: LinkedArticle) -> ArticleDocument:
    """The article as it is searched, with the whole of it as ``body``."""
    names = _names(linked.entities)
    story = next((story for story in linked.stories if story.story_id == linked.story_id), None)
    member = next((m for m in story.members if m.article_id == linked.article_id), None) if story else None
    return ArticleDocument(
        article_id=linked.article_id,
        document_key=linked.document_key,
        title=title_of(linked),
        text=linked.text,
        zones=[zone.model_dump(mode="json") for zone in linked.zones],
        outlet=linked.outlet,
        origin=linked.origin,
        author=linked.author,
        dateline_place=linked.dateline_place,
        date_source=linked.date_source.value if linked.date_source else None,
        language=linked.language,
        url=linked.url,
        path=linked.path,
        paths=[linked.path, *linked.also_at],
        copy_of=member.copy_of if member else None,
        person=names[EntityType.PER],
        org=names[EntityType.ORG],
        place=names[EntityType.LOC],
        speaker=list(dict.fromkeys(claim.speaker.name for claim in linked.claims)),
        claim_count=len(linked.claims),
        story_id=linked.story_id,
        story_title=story.title if story else None,
        ingested_at=linked.ingested_at.isoformat(),
        extracted_at=linked.extracted_at.isoformat(),
        linked_at=linked.linked_at.isoformat(),
        extractor=_extractor(linked),
        body=linked.model_dump(mode="json", exclude=_NOT_IN_BODY),
        **days(linked.published_at),
    )


def claim_document(linked: LinkedArticle, claim: LinkedClaim) -> ClaimDocument:
    """The claim with what is needed to read, filter and group it without its article."""
    mentioned = set(claim.mentions)
    names = _names([entity for entity in linked.entities if entity.entity_id in mentioned] if mentioned else ())
    group = next((group for group in linked.groups if group.group_id == claim.group_id), None)
    return ClaimDocument(
        claim_id=claim.claim_id,
        article_id=linked.article_id,
        group_id=claim.group_id,
        story_id=linked.story_id,
        text=claim.text,
        kind=claim.kind.value,
        speaker=claim.speaker.name,
        speaker_id=claim.speaker.entity_id,
        resolved_from=claim.speaker.resolved_from.value,
        role=claim.role,
        affiliation=claim.affiliation,
        cue=claim.cue.text.lower() if claim.cue else None,
        stance=claim.cue.stance.value if claim.cue else "neutral",
        via=claim.via,
        said_on=claim.date.first.isoformat() if claim.date else None,
        title=title_of(linked),
        outlet=linked.outlet,
        origin=linked.origin,
        path=linked.path,
        sentence=claim.sentence.of(linked.text),
        start=claim.spans[0].start,
        end=claim.spans[-1].end,
        person=names[EntityType.PER],
        org=names[EntityType.ORG],
        place=names[EntityType.LOC],
        confidence=claim.confidence,
        rule=claim.rule,
        extractor=_extractor(linked),
        outlet_count=carriers(group.members) if group else 1,
        origin_count=max(1, len(group.origins)) if group else 1,
        **days(linked.published_at),
    )


def title_of(linked: LinkedArticle) -> str:
    """The article's title, else the start of its news text, cut between words."""
    if linked.title:
        return linked.title
    body = next((zone.of(linked.text) for zone in linked.zones if zone.kind is ZoneKind.BODY), linked.text)
    first = " ".join(body[: 2 * _TITLE_LENGTH].split()) or linked.path
    return first if len(first) <= _TITLE_LENGTH else first[:_TITLE_LENGTH].rsplit(" ", 1)[0] + " …"


def days(published_at: datetime | None) -> dict[str, str | None]:
    """The three date fields; the day is the local one of the article's own offset."""
    if published_at is None:
        return {"published_at": None, "published_on": None, "published_month": None}
    day = published_at.date().isoformat()
    return {"published_at": published_at.isoformat(), "published_on": day, "published_month": day[:7]}


def _names(entities: Iterable[Entity]) -> dict[EntityType, list[str]]:
    """Names of the entities by type, each once, in the article's order."""
    found: dict[EntityType, list[str]] = {type_: [] for type_ in _TYPES}
    for entity in entities:
        if entity.name not in found[entity.type]:
            found[entity.type].append(entity.name)
    return found


def _extractor(linked: LinkedArticle) -> str:
    return f"{linked.extractor.name} {linked.extractor.version}"
