"""Making a correction of groups and taking it back: what is kept, and which articles are linked anew for it."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kliping_shared.contracts import EnrichedArticle
from kliping_shared.corrections.groups import Anchor, GroupCorrection, correction
from kliping_shared.corrections.redis import GroupCorrections
from kliping_shared.errors import KlipingError
from kliping_shared.notices import Notice
from kliping_shared.portions import portions
from kliping_shared.republish import BACKLOG, Stage, Way, enriched, republish
from kliping_shared.store.ports import Finder, SearchRequest

#: Claims or articles looked up at once.
PORTION = 500


class NotThere(KlipingError):
    """There is no such group, claim or correction."""


class NotCorrectable(KlipingError):
    """What is asked for is no correction."""


@dataclass(frozen=True)
class Note:
    """Who corrects, when and why."""

    at: datetime
    by: str | None = None
    reason: str | None = None


@dataclass(frozen=True)
class Standing:
    """A correction, and those of its claims that are in the store no more: for these it rests."""

    correction: GroupCorrection
    resting: tuple[Anchor, ...]

    def as_json(self) -> dict[str, Any]:
        """As commands and API show it."""
        whole = self.correction.model_dump(mode="json")
        return {**whole, "resting": [anchor.claim_id for anchor in self.resting]}


class Correcting:
    """Corrections over a store and the stages behind it. Methods raise StoreUnavailable and errors of Redis.

    Everything may be done again with the same effect: a correction that was written but whose articles were not linked
    anew takes effect when it is made once more.
    """

    def __init__(self, reader: Finder, kept: GroupCorrections, publisher: Way) -> None:
        self._reader = reader
        self._kept = kept
        self._publisher = publisher

    async def merge(self, group_ids: Sequence[str], note: Note) -> GroupCorrection:
        """All claims of these groups say the same. Raises NotThere, NotCorrectable."""
        wanted = list(dict.fromkeys(group_ids))
        if len(wanted) < 2:
            raise NotCorrectable(Notice("name two groups or more"))
        claim_ids = [claim_id for group_id in wanted for claim_id in await self._claims(group_id)]
        return await self._make(await anchors_of(self._reader, claim_ids), [], note)

    async def split(self, group_id: str, claim_ids: Iterable[str], note: Note) -> GroupCorrection:
        """These claims of the group stay together, and do not say what its others say. Raises NotThere, NotCorrectable."""
        leaving, members = list(dict.fromkeys(claim_ids)), await self._claims(group_id)
        if strangers := [claim_id for claim_id in leaving if claim_id not in members]:
            raise NotThere(Notice("{group_id} has no claim {claims}", group_id=group_id, claims=", ".join(strangers)))
        if not leaving or len(leaving) == len(members):
            raise NotCorrectable(Notice("name some of the group's claims, not none and not all"))
        staying = [claim_id for claim_id in members if claim_id not in leaving]
        return await self._make(await anchors_of(self._reader, leaving), await anchors_of(self._reader, staying), note)

    async def restore(self, corrections: Iterable[GroupCorrection]) -> int:
        """Keep corrections that were written out, all or none; how many were not there."""
        known = {one.correction_id for one in await self._kept.list()}
        wanted = list(corrections)
        missing = [one for one in wanted if one.correction_id not in known]
        await self._kept.put(*missing)
        # Those that were there too: it may have broken off here before.
        await self.link_anew(*wanted, most_waiting=BACKLOG)
        return len(missing)

    async def undo(self, correction_id: str) -> GroupCorrection:
        """Take a correction back: its claims are grouped as if it had never been. Raises NotThere."""
        known = await self._kept.get(correction_id)
        if known is None:
            raise NotThere(Notice("there is no correction {id}", id=correction_id))
        await self._kept.withdraw(known)
        await self.link_anew(known)
        await self._kept.forget(known)
        return known

    async def groups(self, anchors: Iterable[Anchor]) -> frozenset[str]:
        """The groups that these claims are in now, by the store; of claims that are not there, none."""
        found = await self._reader.get_many("claims", [anchor.claim_id for anchor in anchors])
        return frozenset(claim["group_id"] for claim in found)

    async def standing(self) -> list[Standing]:
        """All corrections, from old to new."""
        made = await self._kept.list()
        wanted = sorted({anchor.claim_id for one in made for anchor in one.anchors})
        there = {
            claim["claim_id"]
            for some in portions(wanted, PORTION)
            for claim in await self._reader.get_many("claims", some)
        }
        return [await self._standing(one, there) for one in made]

    async def _make(self, together: Sequence[Anchor], apart: Sequence[Anchor], note: Note) -> GroupCorrection:
        made = correction(together, apart, at=note.at, reason=note.reason, by=note.by)
        await self._kept.put(made)
        await self.link_anew(made)
        return made

    async def link_anew(self, *made: GroupCorrection, most_waiting: int | None = None) -> None:
        """Have the articles that the corrections speak of linked anew, as they are in the store now.

        ``most_waiting``: as ``republish`` takes it, for corrections of many articles.
        """
        current = await articles_of(self._reader, (anchor for one in made for anchor in one.anchors))
        await republish(
            sorted(current), Stage.LINK, reader=self._reader, publisher=self._publisher, most_waiting=most_waiting
        )

    async def _claims(self, group_id: str) -> list[str]:
        group = await self._reader.get("groups", group_id)
        if group is None:
            raise NotThere(Notice("there is no group {id}", id=group_id))
        return [member["claim_id"] for member in group["wordings"]]

    async def _standing(self, made: GroupCorrection, there: Container[str]) -> Standing:
        """Only where a claim has another id by now are articles asked for: there may be many corrections."""
        moved = [anchor for anchor in made.anchors if anchor.claim_id not in there]
        current = (await articles_of(self._reader, moved)).values() if moved else ()
        return Standing(made, tuple(one for one in moved if all(one.find(article) is None for article in current)))


async def anchors_of(reader: Finder, claim_ids: Sequence[str]) -> list[Anchor]:
    """The anchors of these claims. Raises NotThere."""
    found = await reader.get_many("claims", claim_ids)
    documents = await reader.get_many("articles", sorted({claim["article_id"] for claim in found}))
    made = [Anchor.of(article, claim) for article in map(enriched, documents) for claim in article.claims]
    anchors = {anchor.claim_id: anchor for anchor in made}
    if missing := [claim_id for claim_id in claim_ids if claim_id not in anchors]:
        raise NotThere(Notice("the article of {claims} has just been read anew; look again", claims=", ".join(missing)))
    return [anchors[claim_id] for claim_id in claim_ids]


async def articles_of(reader: Finder, anchors: Iterable[Anchor]) -> Mapping[str, EnrichedArticle]:
    """The articles that the anchors are in now, by id: those that they were in, else what their documents became."""
    wanted = {anchor.article_id: anchor.document_key for anchor in anchors}
    found = await _current(reader, sorted(wanted))
    replaced = sorted({key for article_id, key in wanted.items() if article_id not in found})
    for key in replaced:
        page = await reader.search(SearchRequest(filters={"document_key": (key,)}, highlight=False))
        found |= await _current(reader, [hit.id for hit in page.hits])
    return found


async def _current(reader: Finder, article_ids: Sequence[str]) -> dict[str, EnrichedArticle]:
    return {
        document["article_id"]: enriched(document)
        for some in portions(article_ids, PORTION)
        for document in await reader.get_many("articles", some)
    }
