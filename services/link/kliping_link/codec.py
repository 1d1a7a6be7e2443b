"""Records as bytes for Redis: JSON arrays without names, one a line, compressed. About a quarter of plain JSON."""

from __future__ import annotations

import struct
import zlib
from binascii import a2b_base64, b2a_base64
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final, overload

import orjson

from kliping_link.domain.amounts import amount
from kliping_link.domain.copies import Sketch
from kliping_link.domain.events import Gist
from kliping_link.domain.features import ClaimFeatures, Day, Ruling
from kliping_link.domain.reading import Name
from kliping_link.domain.records import ArticleRecord, ClaimRecord, Rank, Ref
from kliping_link.domain.signatures import Signature, Voices
from kliping_link.domain.sources import Source
from kliping_link.domain.stories import StoryFeatures
from kliping_link.ports import Component, Places, Posting, Touched
from kliping_shared.contracts import ClaimKind, EntityType, Modality, Quantity, Stance

_POSTING: Final = struct.Struct(">QhII")
POSTING_BYTES: Final = _POSTING.size
#: Where the days stand in a packed posting.
POSTING_DAYS: Final = slice(10, 18)
_DAYS: Final = struct.Struct(">II")
_REF: Final = struct.Struct(">Qh")
_COUNT: Final = struct.Struct(">I")
_SIGNATURE: Final = struct.Struct(">dHH")


def pack_record(record: ArticleRecord) -> bytes:
    """An article's record: a line on itself, then one for each claim. Equal records give equal bytes."""
    head = [record.article_id, record.document_key, *record.rank, record.title, record.outlet, record.origin]
    times = [record.published_at and record.published_at.isoformat(), record.seen_at.isoformat()]
    days = [record.day.published, record.day.seen]
    lines = [[head, times, days, _pack_story(record.story)], *map(_pack_claim, record.claims)]
    return zlib.compress(b"\n".join(map(orjson.dumps, lines)), 3)


def unpack_record(data: bytes) -> ArticleRecord:
    """The record of ``pack_record``."""
    line, *claims = zlib.decompress(data).split(b"\n")
    (article_id, document_key, revision, extracted, title, outlet, origin), times, days, story = orjson.loads(line)
    day = Day(*days)
    about = _unpack_story(story, day)
    return ArticleRecord(
        article_id=article_id,
        document_key=document_key,
        rank=Rank(revision, extracted),
        title=title,
        outlet=outlet,
        origin=origin,
        published_at=datetime.fromisoformat(times[0]) if times[0] else None,
        seen_at=datetime.fromisoformat(times[1]),
        day=day,
        story=about,
        claims=_Claims(claims, about),
    )


class _Claims(Sequence[ClaimRecord]):
    """Packed claims, each unpacked when it is first asked for: of most articles that are read one claim is looked at."""

    def __init__(self, packed: list[bytes], story: StoryFeatures) -> None:
        self._packed = packed
        self._story = story
        self._known: dict[int, ClaimRecord] = {}

    def __len__(self) -> int:
        return len(self._packed)

    @overload
    def __getitem__(self, place: int) -> ClaimRecord: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[ClaimRecord]: ...
    def __getitem__(self, place: int | slice) -> ClaimRecord | Sequence[ClaimRecord]:
        if isinstance(place, slice):
            return [self[one] for one in range(len(self))[place]]
        known = self._known.get(place)
        if known is None:
            known = self._known[place] = _unpack_claim(orjson.loads(self._packed[place]), self._story)
        return known

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    __hash__ = None  # type: ignore[assignment]


def _pack_story(story: StoryFeatures) -> list[Any]:
    return [story.terms, story.sketch.bits, _pack_hashes(story.sketch.hashes), story.actors]


def _unpack_story(packed: list[Any], day: Day) -> StoryFeatures:
    terms, bits, hashes, actors = packed
    return StoryFeatures(terms, Sketch(bits, _unpack_hashes(hashes)), tuple(actors), day)


def _pack_hashes(hashes: frozenset[int]) -> str:
    """Hashes of 32 bits."""
    return b2a_base64(struct.pack(f">{len(hashes)}I", *sorted(hashes)), newline=False).decode()


def _unpack_hashes(packed: str) -> frozenset[int]:
    raw = a2b_base64(packed)
    return frozenset(struct.unpack(f">{len(raw) // 4}I", raw))


def _pack_claim(claim: ClaimRecord) -> list[Any]:
    found = claim.features
    return [
        [found.claim_id, claim.speaker, claim.speaker_id, claim.kind, claim.stance, claim.text, claim.via],
        [[q.start, q.end, q.text, q.value, q.unit, q.high, q.precision] for q in claim.quantities],
        [sorted(found.source.own), sorted(found.source.bodies)],
        [found.terms, found.names, sorted(found.days), sorted(found.months), found.denied, found.modality],
        [[name.key, name.type, name.text] for name in found.named],
        _pack_hashes(claim.passage),
        *([[list(ruling) for ruling in found.rulings]] if found.rulings else ()),
    ]


def _unpack_claim(packed: list[Any], story: StoryFeatures) -> ClaimRecord:
    told, rows, (own, bodies), found, named, passage, *ruled = packed
    claim_id, speaker, speaker_id, kind, stance, text, via = told
    source = Source(frozenset(own), frozenset(bodies))
    quantities = tuple(map(_unpack_quantity, rows))
    terms, names, days, months, denied, modality = found
    features = ClaimFeatures(
        claim_id=claim_id,
        source=source,
        terms=terms,
        names=names,
        amounts=tuple(map(amount, quantities)),
        days=frozenset(days),
        months=frozenset(months),
        denied=denied,
        modality=Modality(modality),
        text=text,
        day=story.day,
        named=tuple(Name(key, EntityType(kind_of), written) for key, kind_of, written in named),
        event=story.event,
        rulings=tuple(Ruling(*one) for rulings in ruled for one in rulings),
    )
    hashes = _unpack_hashes(passage)
    return ClaimRecord(features, speaker, speaker_id, ClaimKind(kind), Stance(stance), quantities, via, hashes)


def _unpack_quantity(packed: list[Any]) -> Quantity:
    start, end, text, value, unit, high, precision = packed
    return Quantity(start=start, end=end, text=text, value=value, unit=unit, high=high, precision=precision)


def pack_posting(posting: Posting) -> bytes:
    """Eighteen bytes; day 0 stands for an unknown day of publication (there is none: ordinals start at 1)."""
    return _POSTING.pack(*posting.ref, posting.published or 0, posting.seen)


def unpack_posting(data: bytes) -> Posting:
    """The posting of ``pack_posting``."""
    article, claim, published, seen = _POSTING.unpack(data)
    return Posting(Ref(article, claim), published or None, seen)


def unpack_days(data: bytes) -> tuple[int | None, int]:
    """The days of publication and arrival of a packed posting."""
    published, seen = _DAYS.unpack(data)
    return published or None, seen


def pack_signature(signature: Signature) -> bytes:
    """Length and counts; six bytes for each term; for each claim four that tell where its source stands; for each source
    two counts and two bytes a hash.
    """
    (terms, hundredths, length), voices = signature
    starts: dict[Voices, int] = {}
    told: list[int] = []
    for one in voices:
        if one not in starts:
            starts[one] = len(told)
            told += (len(one.own), len(one.bodies), *sorted(one.own), *sorted(one.bodies))
    head = _SIGNATURE.pack(length, len(terms), len(voices))
    starting = (starts[one] for one in voices)
    numbers = (*hundredths, *told)
    return head + struct.pack(f">{len(terms) + len(voices)}I{len(numbers)}H", *terms, *starting, *numbers)


def unpack_signature(data: bytes) -> Signature:
    """The signature of ``pack_signature``."""
    length, terms, claims = _SIGNATURE.unpack_from(data)
    wide = terms + claims
    rest = (len(data) - _SIGNATURE.size - 4 * wide) // 2
    numbers = struct.unpack_from(f">{wide}I{rest}H", data, _SIGNATURE.size)
    gist = Gist(numbers[:terms], numbers[wide : wide + terms], length)
    return Signature(gist, _Voices(numbers[terms:wide], numbers[wide + terms :]))


class _Voices(Sequence[Voices]):
    """Packed sources of claims, of which one is looked at mostly."""

    def __init__(self, starts: tuple[int, ...], packed: tuple[int, ...]) -> None:
        self._starts = starts
        self._packed = packed

    def __len__(self) -> int:
        return len(self._starts)

    @overload
    def __getitem__(self, place: int) -> Voices: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Voices]: ...
    def __getitem__(self, place: int | slice) -> Voices | Sequence[Voices]:
        if isinstance(place, slice):
            return [self[one] for one in range(len(self))[place]]
        packed, start = self._packed, self._starts[place] + 2
        bodies = start + packed[start - 2]
        return Voices(frozenset(packed[start:bodies]), frozenset(packed[bodies : bodies + packed[start - 1]]))


def pack_places(places: Places) -> bytes:
    """An article's places."""
    touched = [[t.group_id, *t.founder] for t in sorted(places.touched)]
    return orjson.dumps([sorted(places.components.items()), touched])


def unpack_places(data: bytes) -> Places:
    """The places of ``pack_places``."""
    components, touched = orjson.loads(data)
    return Places(dict(components), frozenset(Touched(name, Ref(article, claim)) for name, article, claim in touched))


def pack_component(groups: Component) -> bytes:
    """A component: of each group the number of its members and then they, ten bytes each."""
    return b"".join(_COUNT.pack(len(group)) + b"".join(_REF.pack(*ref) for ref in group) for group in groups)


def unpack_component(data: bytes) -> Component:
    """The component of ``pack_component``."""
    groups, at = [], 0
    while at < len(data):
        start = at + _COUNT.size
        at = start + _COUNT.unpack_from(data, at)[0] * _REF.size
        groups.append(tuple(Ref(*ref) for ref in _REF.iter_unpack(data[start:at])))
    return tuple(groups)
