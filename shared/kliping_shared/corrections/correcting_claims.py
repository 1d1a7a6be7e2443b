"""Setting a claim's speaker right, saying that it is none, and taking either back; its article is read anew for it."""

from __future__ import annotations

from collections.abc import Iterable

from kliping_shared.corrections.claim_book import ClaimCorrections
from kliping_shared.corrections.claims import ClaimCorrection, claim_correction_id
from kliping_shared.corrections.correcting import NotCorrectable, Note, NotThere, anchors_of, articles_of
from kliping_shared.names import LONGEST
from kliping_shared.notices import Notice
from kliping_shared.republish import BACKLOG, Stage, Way, republish
from kliping_shared.store.ports import Finder


class CorrectingClaims:
    """Corrections of claims over a store and the stages behind it. Methods raise StoreUnavailable and errors of Redis.

    Everything may be done again with the same effect, also where it broke off after it was written.
    """

    def __init__(self, reader: Finder, kept: ClaimCorrections, publisher: Way) -> None:
        self._reader = reader
        self._kept = kept
        self._publisher = publisher

    async def said_by(self, claim_id: str, speaker: str, note: Note, role: str | None = None) -> ClaimCorrection:
        """Somebody else says it. Raises NotThere, NotCorrectable."""
        name = " ".join(speaker.split())
        if not any(letter.isalnum() for letter in name) or len(name) > LONGEST:
            raise NotCorrectable(Notice("name who says it, in at most {number} characters", number=LONGEST))
        return await self._make(claim_id, note, name, " ".join((role or "").split()) or None)

    async def reject(self, claim_id: str, note: Note) -> ClaimCorrection:
        """It is no claim. Raises NotThere."""
        return await self._make(claim_id, note)

    async def undo(self, correction_id: str) -> ClaimCorrection:
        """Take a correction back: the claim is as machines find it. Raises NotThere."""
        known = await self._kept.get(correction_id)
        if known is None:
            raise NotThere(Notice("there is no correction {id}", id=correction_id))
        await self._kept.put(known.model_copy(update={"withdrawn": True}))
        await self._read_anew(known)
        await self._kept.forget(correction_id)
        return known

    async def restore(self, corrections: Iterable[ClaimCorrection]) -> int:
        """Keep corrections that were written out; how many were not there."""
        wanted = tuple(corrections)
        known = {one.correction_id for one in await self._kept.list()}
        missing = [one for one in wanted if one.correction_id not in known]
        for one in missing:
            await self._kept.put(one)
        # Those that were there too: it may have broken off here before.
        await self._read_anew(*wanted, most_waiting=BACKLOG)
        return len(missing)

    async def list(self) -> tuple[ClaimCorrection, ...]:
        """All that hold, from old to new."""
        return await self._kept.list()

    async def _make(
        self, claim_id: str, note: Note, speaker: str | None = None, role: str | None = None
    ) -> ClaimCorrection:
        name = claim_correction_id(claim_id)
        known = await self._kept.get(name)
        # A claim that was rejected is in the store no more; what it was is known from before.
        anchor = known.claim if known else (await anchors_of(self._reader, [claim_id]))[0]
        made = ClaimCorrection(
            correction_id=name, claim=anchor, speaker=speaker, role=role, reason=note.reason, by=note.by, at=note.at
        )
        await self._kept.put(made)
        await self._read_anew(made)
        return made

    async def _read_anew(self, *made: ClaimCorrection, most_waiting: int | None = None) -> None:
        current = await articles_of(self._reader, [one.claim for one in made])
        await republish(
            sorted(current), Stage.EXTRACT, reader=self._reader, publisher=self._publisher, most_waiting=most_waiting
        )
