"""Linked articles for the tests of index."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from kliping_shared.contracts import (
    ClaimGroup,
    ClaimKind,
    Cue,
    Entity,
    EntityType,
    Extractor,
    GroupMember,
    LinkedArticle,
    LinkedClaim,
    Mention,
    Modality,
    ResolvedFrom,
    Span,
    Speaker,
    Stance,
    Story,
    StoryMember,
    Zone,
    ZoneKind,
)

WIB = timezone(timedelta(hours=7))
NOW = datetime(2023, 9, 14, 1, tzinfo=UTC)
TEXT = 'Antara - Kim Jong Un tiba di Moskow.\n"Kami tidak takut," Kata Kim.'


def linked(article_id: str = "a1", **fields: Any) -> LinkedArticle:
    """An article with one direct claim by Kim in group g1 and story s1, at link version 7."""
    whole: dict[str, Any] = {
        "article_id": article_id,
        "document_key": "path:a",
        "text": TEXT,
        "zones": (Zone(kind=ZoneKind.DATELINE, start=0, end=8), Zone(kind=ZoneKind.BODY, start=9, end=len(TEXT))),
        "outlet": "Antara",
        "published_at": datetime(2023, 9, 14, 0, 30, tzinfo=WIB),
        "path": "a.txt",
        "also_at": ("b.txt",),
        "media_type": "text/plain",
        "file_sha256": "0",
        "ingested_at": NOW,
        "entities": (_entity("p1", "Kim Jong Un", EntityType.PER), _entity("l1", "Moskow", EntityType.LOC)),
        "claims": (linked_claim(),),
        "extractor": Extractor(name="kliping", version="1"),
        "extracted_at": NOW,
        "story_id": "s1",
        "version": 7,
        "groups": (group("g1", "c1", "c9"),),
        "stories": (story("s1", article_id, "a9"),),
        "linked_at": NOW,
    }
    return LinkedArticle(**(whole | fields))


def _entity(entity_id: str, name: str, type_: EntityType) -> Entity:
    start = TEXT.index(name)
    mention = Mention(start=start, end=start + len(name), text=name)
    return Entity(entity_id=entity_id, name=name, type=type_, mentions=(mention,))


def linked_claim(claim_id: str = "c1", group_id: str = "g1") -> LinkedClaim:
    """The claim of ``TEXT``."""
    start, cue = TEXT.index("Kami"), TEXT.index("Kata")
    return LinkedClaim(
        claim_id=claim_id,
        kind=ClaimKind.DIRECT,
        spans=(Span(start=start, end=start + 16),),
        text="Kami tidak takut",
        speaker=Speaker(name="Kim Jong Un", entity_id="p1", resolved_from=ResolvedFrom.NAME, public=False),
        negated=True,
        modality=Modality.FUTURE,
        cue=Cue(start=cue, end=cue + 4, text="Kata", stance=Stance.DENY),
        mentions=("l1",),
        sentence=Span(start=start - 1, end=len(TEXT)),
        group_id=group_id,
    )


def group(group_id: str, *claim_ids: str, version: int = 7) -> ClaimGroup:
    """A group of these claims, by two outlets of one origin; the first is indirect."""
    kinds = (ClaimKind.INDIRECT, ClaimKind.DIRECT)
    members = tuple(
        GroupMember(
            claim_id=claim_id, article_id=f"a{claim_id[1:]}", outlet=("Antara", "Kompas")[min(number, 1)], speaker="Kim Jong Un",
            kind=kinds[min(number, 1)], text=f"kata {claim_id}", published_at=NOW,
        )
        for number, claim_id in enumerate(claim_ids)
    )  # fmt: skip
    return ClaimGroup(
        group_id=group_id, version=version, speaker="Kim Jong Un", members=members, outlets=("Antara", "Kompas"),
        origins=("Yonhap",), first_seen=NOW, last_seen=NOW,
    )  # fmt: skip


def story(story_id: str, *article_ids: str, version: int = 7) -> Story:
    """A story of these articles; the last is a copy of the first."""
    copy = dict.fromkeys(article_ids[-1:], article_ids[0])
    members = tuple(
        StoryMember(article_id=name, title=f"Judul {name}", outlet="Antara", copy_of=copy.get(name))
        for name in article_ids
    )
    return Story(
        story_id=story_id, version=version, title="Kim di Moskow", members=members, first_seen=NOW, last_seen=NOW
    )
