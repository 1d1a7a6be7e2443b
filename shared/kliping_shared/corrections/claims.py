"""A person's corrections of single claims: somebody else says it, or it is none.

A correction speaks of a claim by an Anchor, so it holds when the article is read anew, also in a new version.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final, Literal

from pydantic import Field, computed_field

from kliping_shared.contracts import Claim, Contract, EnrichedArticle, Entity, ResolvedFrom, Speaker
from kliping_shared.corrections.groups import Anchor
from kliping_shared.names import normal_name

#: What stands before the rule of a claim whose speaker a person has set right.
CORRECTED: Final = "corrected:"
#: What ids of these begin with, unlike those of corrections of groups.
ID_BEGINS: Final = "kc"


class ClaimCorrection(Contract):
    """Who says a claim (``speaker``), or that it is none (no ``speaker``). A claim has one; a later one takes its place."""

    correction_id: str = Field(description="Deterministic in the claim.")
    claim: Anchor
    speaker: str | None = Field(default=None, description="Who says it; none where it is no claim.")
    role: str | None = Field(default=None, description="Office or description of that speaker.")
    reason: str | None = None
    by: str | None = Field(default=None, description="Who made it.")
    at: datetime
    withdrawn: bool = Field(default=False, description="Taken back; the article is not read anew yet.")

    @computed_field  # type: ignore[prop-decorator]
    @property
    def kind(self) -> Literal["speaker", "reject"]:
        """What a person calls it."""
        return "reject" if self.speaker is None else "speaker"


def claim_correction_id(claim_id: str) -> str:
    """The id of a claim's correction."""
    return ID_BEGINS + hashlib.sha256(claim_id.encode()).hexdigest()[:16]


def corrected(article: EnrichedArticle, corrections: Iterable[ClaimCorrection]) -> EnrichedArticle:
    """The article as these say; the same object where none of them speaks of it. Doing it again changes nothing."""
    found = {place: one for one in corrections if not one.withdrawn and (place := one.claim.find(article)) is not None}
    if not found:
        return article
    claims = [
        _said_by(claim, correction, article.entities) if (correction := found.get(place)) else claim
        for place, claim in enumerate(article.claims)
    ]
    return article.model_copy(update={"claims": tuple(claim for claim in claims if claim is not None)})


def _said_by(claim: Claim, correction: ClaimCorrection, entities: Sequence[Entity]) -> Claim | None:
    """The claim with its right speaker, under his name in this article where it has one; None for what is no claim."""
    if correction.speaker is None:
        return None
    wanted = normal_name(correction.speaker)
    known = next((one for one in entities if wanted in map(normal_name, (one.name, *one.aliases))), None)
    speaker = Speaker(
        name=known.name if known else correction.speaker,
        entity_id=known.entity_id if known else None,
        resolved_from=ResolvedFrom.NAME if known else ResolvedFrom.NONE,
    )
    rule = CORRECTED + claim.rule.removeprefix(CORRECTED)
    changes = {"speaker": speaker, "role": correction.role, "affiliation": None, "rule": rule, "confidence": 1.0}
    return claim.model_copy(update=changes)
