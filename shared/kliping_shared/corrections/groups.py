"""A person's corrections of groups: which claims say the same, and which do not.

They speak of claims, since the ids of groups follow from their members and move with them. A claim is found again when
its article was read anew or came in a new version; one that is gone rests, and its correction holds for the others.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final, Literal

from pydantic import Field, computed_field

from kliping_shared.contracts import Claim, Contract, EnrichedArticle, Span

#: A claim of the same text is the one spoken of where at least this share of what both cover is covered by both.
LEAST_OVERLAP: Final = 0.5


class Anchor(Contract):
    """A claim as it was when a person spoke of it: enough to find it again, and to show it."""

    claim_id: str
    article_id: str
    document_key: str
    spans: tuple[Span, ...] = Field(min_length=1)
    text: str
    speaker: str
    outlet: str | None = None

    @classmethod
    def of(cls, article: EnrichedArticle, claim: Claim) -> Anchor:
        """The anchor of an article's claim."""
        return cls(
            claim_id=claim.claim_id,
            article_id=article.article_id,
            document_key=article.document_key,
            spans=claim.spans,
            text=claim.text,
            speaker=claim.speaker.name,
            outlet=article.outlet,
        )

    def find(self, article: EnrichedArticle) -> int | None:
        """Place of the claim among the article's: by what it covers of the same text, or by its words.

        Of several that cover as much the first. In another version of the document only equal words count: its
        characters stand elsewhere.
        """
        if article.article_id == self.article_id:
            return self._in_same_text(article.claims)
        if article.document_key == self.document_key:
            return next((place for place, claim in enumerate(article.claims) if _plain(claim) == _plain(self)), None)
        return None

    def _in_same_text(self, claims: Sequence[Claim]) -> int | None:
        mine = _characters(self.spans)
        shares = [(_shared(mine, _characters(claim.spans)), -place) for place, claim in enumerate(claims)]
        share, place = max(shares, default=(0.0, 0))
        return -place if share >= LEAST_OVERLAP else None


class GroupCorrection(Contract):
    """Claims that say the same (``together``), and claims that do not say what those say (``apart``).

    Without any apart it is a merge, else a split. Where two corrections speak of the same two claims, the later holds.
    """

    correction_id: str = Field(description="Deterministic in the claims: the same correction twice is one.")
    together: tuple[Anchor, ...] = Field(min_length=1)
    apart: tuple[Anchor, ...] = ()
    reason: str | None = None
    by: str | None = Field(default=None, description="Who made it.")
    at: datetime

    @computed_field  # type: ignore[prop-decorator]
    @property
    def kind(self) -> Literal["merge", "split"]:
        """What a person calls it."""
        return "split" if self.apart else "merge"

    @property
    def anchors(self) -> tuple[Anchor, ...]:
        """All claims that it speaks of."""
        return self.together + self.apart


def correction(
    together: Iterable[Anchor], apart: Iterable[Anchor] = (), *, at: datetime, reason: str | None, by: str | None
) -> GroupCorrection:
    """The correction that says so; the order of the claims does not count."""
    one, other = (tuple(sorted(side, key=lambda anchor: anchor.claim_id)) for side in (together, apart))
    names = "|".join(",".join(anchor.claim_id for anchor in side) for side in (one, other))
    name = "k" + hashlib.sha256(names.encode()).hexdigest()[:16]
    return GroupCorrection(correction_id=name, together=one, apart=other, reason=reason, by=by, at=at)


def _plain(said: Anchor | Claim) -> str:
    return " ".join(said.text.casefold().split())


def _characters(spans: Iterable[Span]) -> set[int]:
    return {place for span in spans for place in range(span.start, span.end)}


def _shared(mine: set[int], theirs: set[int]) -> float:
    """The share of what both cover that is covered by both (Jaccard)."""
    return len(mine & theirs) / len(mine | theirs)
