"""Groups and stories: their documents, and what they say of their members' documents."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any, Final

from kliping_shared.contracts import ClaimGroup, ClaimKind, GroupMember, Particular, Story, StoryMember
from kliping_shared.newsroom import own_day
from kliping_shared.store.ports import Change, Patch, PatchClaims, Put

_NEVER: Final = datetime.max.replace(tzinfo=UTC)

#: A document, or a member, as JSON.
Json = dict[str, Any]


def group_changes(group: ClaimGroup, whole: Json) -> list[Change]:
    """The group's document, and for each of its claims the group that it is in now, how widely it is carried, and in
    what its wordings differ.

    ``whole`` is the group as JSON.
    """
    fields = told_of(group)
    patches = [Patch("claims", member.claim_id, group.version, fields) for member in group.members]
    return [Put("groups", group.group_id, group.version, fields | group_document(group, whole)), *patches]


def told_of(group: ClaimGroup) -> Json:
    """What the group's document tells of it, and those of its claims repeat."""
    numbers = [told for told in group.differences if told.particular is Particular.NUMBER]
    return {
        "group_id": group.group_id,
        "outlet_count": carriers(group.members),
        "origin_count": origin_count(group),
        "agreement": agreement(group),
        "differs": sorted({told.particular.value for told in group.differences}),
        "differing_numbers": list(dict.fromkeys(variant.value for told in numbers for variant in told.variants)),
    }


def story_changes(story: Story, articles: list[Json]) -> list[Change]:
    """The story's document, and for each of its articles, and their claims, the story that it is in now.

    ``articles`` are its members as JSON.
    """
    found: list[Change] = [Put("stories", story.story_id, story.version, story_document(story, articles))]
    for member in story.members:
        fields = {"story_id": story.story_id, "story_title": story.title}
        found.append(Patch("articles", member.article_id, story.version, fields | {"copy_of": member.copy_of}))
        found.append(PatchClaims(member.article_id, story.version, fields))
    return found


def group_document(group: ClaimGroup, whole: Json) -> Json:
    """The group (``GroupDocument``), but for what ``told_of`` gives.

    Shown first is a wording that does not stand alone with what it tells, a direct quote, the earliest of several.
    """
    wordings = whole["members"]
    alone = _standing_alone(group)
    shown = min(group.members, key=lambda member: (member.claim_id in alone, *_shown_first(member)))
    return {
        "story_id": None,
        "text": shown.text,
        "speaker": list(dict.fromkeys((group.speaker, *(member.speaker for member in group.members)))),
        "outlet": list(group.outlets),
        "origin": named(group.origins, group.members),
        "kind": sorted({wording["kind"] for wording in wordings}),
        "stance": sorted({wording["stance"] for wording in wordings}),
        "claim_count": len(group.members),
        "differences": whole["differences"],
        "wordings": wordings,
        **_seen(group.first_seen, group.last_seen),
    }  # fmt: skip


def agreement(group: ClaimGroup) -> str:
    """How the group's outlets agree on it, in the words of ``GroupDocument.agreement``.

    What one outlet corrects in its own later article is no dispute.
    """
    if carriers(group.members) == 1:
        return "single_source"
    carrier = {member.claim_id: member.outlet or member.article_id for member in group.members}
    for told in group.differences:
        if len({carrier[claim_id] for variant in told.variants for claim_id in variant.claim_ids}) > 1:
            return "disputed"
    return "copied" if origin_count(group) == 1 else "agreed"


def origin_count(carried: ClaimGroup | Story) -> int:
    """How many independent origins it has; one that names none has its own."""
    return max(1, len(carried.origins))


def carriers(members: Sequence[GroupMember | StoryMember]) -> int:
    """How many outlets carry it; an article that does not name its outlet counts as one of its own."""
    return len({member.outlet or member.article_id for member in members})


def named(origins: Iterable[str], members: Sequence[GroupMember | StoryMember]) -> list[str]:
    """The origins that have a name: an article without outlet and agency stands for itself, under its id."""
    ids = {member.article_id for member in members}
    return [origin for origin in origins if origin not in ids]


def _standing_alone(group: ClaimGroup) -> set[str]:
    """Claims with a value that one outlet alone gives, against others that agree."""
    return {
        claim_id
        for told in group.differences
        for variant in told.variants
        if told.alone and set(variant.outlets) <= set(told.alone)
        for claim_id in variant.claim_ids
    }


def _shown_first(member: GroupMember) -> tuple[bool, datetime, str]:
    return member.kind is not ClaimKind.DIRECT, member.published_at or _NEVER, member.claim_id


def story_document(story: Story, articles: list[Json]) -> Json:
    """The story (``StoryDocument``), found by its own title, the titles of its articles and its actors."""
    titles = dict.fromkeys(member.title for member in story.members if member.title)
    return {
        "story_id": story.story_id,
        "title": story.title,
        "text": "\n".join(titles),
        "person": list(story.actors),
        "outlet": list(story.outlets),
        "origin": named(story.origins, story.members),
        "outlet_count": carriers(story.members),
        "origin_count": origin_count(story),
        "article_count": len(story.members),
        "articles": articles,
        **_seen(story.first_seen, story.last_seen),
    }


def _seen(first: datetime | None, last: datetime | None) -> dict[str, str | None]:
    """The date fields of what is carried from one day to another: it is of the day it was first seen."""
    day = own_day(first).isoformat() if first else None
    moment = first.isoformat() if first else None
    return {
        "first_seen": moment,
        "last_seen": last.isoformat() if last else None,
        "published_at": moment,
        "published_on": day,
        "published_month": day[:7] if day else None,
    }
