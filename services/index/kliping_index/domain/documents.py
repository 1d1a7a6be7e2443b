"""From a linked article to the changes of the store: documents, fields of others' documents, deletions.

Documents are plain dictionaries with the fields of their models (``kliping_shared.store.documents``): there are some
twenty for each article, and a model of each would only be made to be taken apart. Parts that documents show as they
are in the message (zones, wordings, the reading view's ``body``) are taken from its JSON, made once.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from kliping_index.domain.groups import group_changes, story_changes, told_of
from kliping_index.domain.versions import document_version
from kliping_shared.contracts import ClaimGroup, Entity, EntityType, LinkedArticle, Story, ZoneKind
from kliping_shared.newsroom import own_day
from kliping_shared.store.documents import Kind
from kliping_shared.store.ports import Change, Delete, Put, ReplaceClaims

#: Characters of a title made from the text of an article that has none.
_TITLE_LENGTH: Final = 120
#: The field of a document that names entities of a type.
_NAMED: Final = {EntityType.PER: "person", EntityType.ORG: "org", EntityType.LOC: "place"}
#: Groups and stories are documents of their own, and what the message says of them is soon old.
_NOT_IN_BODY: Final = {"groups", "stories", "retired_groups", "retired_stories"}

#: Of a claim of whose group the message tells nothing.
_ONE_SOURCE: Final[dict[str, Any]] = {
    "outlet_count": 1, "origin_count": 1, "agreement": "single_source", "differs": [], "differing_numbers": [],
}  # fmt: skip

#: A document, or a part of the message, as JSON.
Json = dict[str, Any]


def changes(linked: LinkedArticle) -> list[Change]:
    """Everything that the message changes in the store, to be applied as one unit; the same message, the same changes.

    Group and story ids of other articles' documents are patched, since they move when groups merge.
    """
    version = document_version(linked)
    whole = linked.model_dump(mode="json")
    found: list[Change] = [Put("articles", linked.article_id, version, article_document(linked, whole))]
    found += [Put("claims", claim["claim_id"], version, claim) for claim in claim_documents(linked, whole["claims"])]
    found.append(ReplaceClaims(linked.article_id, version, tuple(claim.claim_id for claim in linked.claims)))
    for group, group_json in zip(linked.groups, whole["groups"], strict=True):
        found += group_changes(group, group_json)
    for story, story_json in zip(linked.stories, whole["stories"], strict=True):
        found += story_changes(story, story_json["members"])
    found += _deletions("groups", linked.retired_groups, linked.version)
    found += _deletions("stories", linked.retired_stories, linked.version)
    for article_id in linked.supersedes:
        found += (Delete("articles", article_id, version), ReplaceClaims(article_id, version, ()))
    return found


def _deletions(kind: Kind, ids: Iterable[str], version: int) -> list[Change]:
    return [Delete(kind, id, version) for id in ids]  # noqa: A001 - the field's word


def _common(linked: LinkedArticle) -> Json:
    """The fields that an article's document and those of its claims share."""
    return {
        "article_id": linked.article_id,
        "title": title_of(linked),
        "outlet": linked.outlet,
        "origin": linked.origin,
        "path": linked.path,
        "story_id": linked.story_id,
        "extractor": f"{linked.extractor.name} {linked.extractor.version}",
        **days(linked.published_at),
    }


def article_document(linked: LinkedArticle, whole: Json) -> Json:
    """The article as it is searched (``ArticleDocument``), with the whole of it as ``body``; ``whole`` is its JSON."""
    story = story_of(linked)
    member = next((m for m in story.members if m.article_id == linked.article_id), None) if story else None
    return _common(linked) | _names(linked.entities) | {
        "document_key": linked.document_key,
        "text": linked.text,
        "zones": whole["zones"],
        "author": linked.author,
        "dateline_place": linked.dateline_place,
        "date_source": whole["date_source"],
        "language": linked.language,
        "url": linked.url,
        "paths": [linked.path, *linked.also_at],
        "copy_of": member.copy_of if member else None,
        "speaker": list(dict.fromkeys(claim.speaker.name for claim in linked.claims)),
        "claim_count": len(linked.claims),
        "story_title": story.title if story else None,
        "ingested_at": linked.ingested_at.isoformat(),
        "extracted_at": linked.extracted_at.isoformat(),
        "linked_at": linked.linked_at.isoformat(),
        "body": {name: value for name, value in whole.items() if name not in _NOT_IN_BODY},
    }  # fmt: skip


def claim_documents(linked: LinkedArticle, claims: Iterable[Json]) -> list[Json]:
    """The claims (``ClaimDocument``), each with what is needed to read, filter and group it without its article."""
    story = story_of(linked)
    common = _common(linked) | {"story_title": story.title if story else None}
    groups = {group.group_id: group for group in linked.groups}
    return [_claim_document(linked, common, claim, groups.get(claim["group_id"])) for claim in claims]


def _claim_document(linked: LinkedArticle, common: Json, claim: Json, group: ClaimGroup | None) -> Json:
    mentioned, speaker, cue = set(claim["mentions"]), claim["speaker"], claim["cue"]
    sentence, spans, date = claim["sentence"], claim["spans"], claim["date"]
    names = _names([entity for entity in linked.entities if entity.entity_id in mentioned] if mentioned else ())
    return common | names | (told_of(group) if group else _ONE_SOURCE) | {
        "claim_id": claim["claim_id"],
        "group_id": claim["group_id"],
        "text": claim["text"],
        "kind": claim["kind"],
        "speaker": speaker["name"],
        "speaker_id": speaker["entity_id"],
        "resolved_from": speaker["resolved_from"],
        "role": claim["role"],
        "affiliation": claim["affiliation"],
        "cue": cue["text"].lower() if cue else None,
        "stance": cue["stance"] if cue else "neutral",
        "modality": claim["modality"],
        "negated": _yes_or_no(claim["negated"]),
        "public": _yes_or_no(speaker["public"]),
        "via": claim["via"],
        "said_on": date["first"] if date and date["first"] == date["last"] else None,
        "sentence": linked.text[sentence["start"] : sentence["end"]],
        "start": spans[0]["start"],
        "end": spans[-1]["end"],
        "confidence": claim["confidence"],
        "rule": claim["rule"],
    }  # fmt: skip


def _yes_or_no(told: bool | None) -> str | None:
    return None if told is None else "yes" if told else "no"


def story_of(linked: LinkedArticle) -> Story | None:
    """The article's story, where the message tells of it."""
    return next((story for story in linked.stories if story.story_id == linked.story_id), None)


def title_of(linked: LinkedArticle) -> str:
    """The article's title, else the start of its news text, cut between words."""
    if linked.title:
        return linked.title
    body = next((zone.of(linked.text) for zone in linked.zones if zone.kind is ZoneKind.BODY), linked.text)
    first = " ".join(body[: 2 * _TITLE_LENGTH].split()) or linked.path
    return first if len(first) <= _TITLE_LENGTH else first[:_TITLE_LENGTH].rsplit(" ", 1)[0] + " …"


def days(published_at: datetime | None) -> dict[str, str | None]:
    """The three date fields; the day is the article's own (``own_day``)."""
    if published_at is None:
        return {"published_at": None, "published_on": None, "published_month": None}
    day = own_day(published_at).isoformat()
    return {"published_at": published_at.isoformat(), "published_on": day, "published_month": day[:7]}


def _names(entities: Iterable[Entity]) -> dict[str, list[str]]:
    """Names of the entities by the document's field for their type, each once, in the article's order."""
    found: dict[str, list[str]] = {field: [] for field in _NAMED.values()}
    for entity in entities:
        names = found[_NAMED[entity.type]]
        if entity.name not in names:
            names.append(entity.name)
    return found
