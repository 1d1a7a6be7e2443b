"""Records as bytes, and those that an earlier release wrote."""

from __future__ import annotations

import zlib

import orjson

from kliping_link.codec import pack_record, unpack_record
from kliping_link.domain.records import describe
from kliping_shared.contracts import Precision
from tests.unit.link.building import Draft, Said, build


def test_a_record_comes_back_whole() -> None:
    """Numbers keep the other end of their range, and how exactly they are meant."""
    article = build(Draft("a", (Said("Ratih", "dua sampai tiga juta orang pulang", numbers=((2e6, "orang", "dua"),)),)))
    claim = article.claims[0]
    ranged = claim.quantities[0].model_copy(update={"high": 3e6, "precision": Precision.ABOUT})
    whole = article.model_copy(update={"claims": (claim.model_copy(update={"quantities": (ranged,)}),)})
    record = describe(whole)
    assert record.claims[0].quantities == (ranged,)
    assert unpack_record(pack_record(record)) == record


def test_numbers_of_an_earlier_release_are_exact() -> None:
    """Its rows end with the unit."""
    record = describe(build(Draft("a", (Said("Ratih", "dua juta orang pulang", numbers=((2e6, "orang", "dua"),)),))))
    *rest, claims = orjson.loads(zlib.decompress(pack_record(record)))
    for _, quantities, *_ in claims:
        quantities[:] = [row[:5] for row in quantities]
    assert unpack_record(zlib.compress(orjson.dumps([*rest, claims]))) == record
