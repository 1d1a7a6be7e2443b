"""The only things that may cross a stream."""

from kliping_shared.contracts.article import Article, DateSource, Zone, ZoneKind
from kliping_shared.contracts.base import Contract, Span
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
    Modality,
    Precision,
    Quantity,
    ResolvedFrom,
    Speaker,
    Stance,
)
from kliping_shared.contracts.linked import (
    ClaimGroup,
    GroupMember,
    LinkedArticle,
    LinkedClaim,
    Story,
    StoryMember,
)

__all__ = [
    "Article",
    "Claim",
    "ClaimGroup",
    "ClaimKind",
    "Contract",
    "Cue",
    "DateMention",
    "DateSource",
    "EnrichedArticle",
    "Entity",
    "EntityType",
    "Extractor",
    "GroupMember",
    "LinkedArticle",
    "LinkedClaim",
    "Mention",
    "Modality",
    "Precision",
    "Quantity",
    "ResolvedFrom",
    "Span",
    "Speaker",
    "Stance",
    "Story",
    "StoryMember",
    "Zone",
    "ZoneKind",
]
