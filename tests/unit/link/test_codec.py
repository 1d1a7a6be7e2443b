"""Records as bytes."""

from __future__ import annotations

from datetime import date

from kliping_link.codec import pack_record, unpack_record
from kliping_link.domain.records import describe
from kliping_link.domain.rulings import ruled
from kliping_shared.contracts import Precision
from kliping_shared.corrections.groups import Anchor, correction
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


def test_times_spoken_of_come_back() -> None:
    """Days and months."""
    said = Said(
        "Ratih",
        "dibayar Jumat dan bulan depan",
        dates=((date(2026, 3, 6), "Jumat"), (date(2026, 4, 1), "bulan depan", date(2026, 4, 30))),
    )
    record = describe(build(Draft("a", (said,))))
    assert record.claims[0].features.times == (date(2026, 3, 6).toordinal(), "2026-04")
    assert unpack_record(pack_record(record)) == record


def test_what_corrections_say_of_a_claim_comes_back() -> None:
    """A claim that is ruled on keeps what each correction said and when; the others stay as they are."""
    article = build(Draft("a", (Said("Ratih", "orang pulang"), Said("Ratih", "orang datang"))))
    anchors = [Anchor.of(article, claim) for claim in article.claims]
    made = correction(anchors[:1], anchors[1:], at=article.extracted_at, reason=None, by=None)
    record = ruled(describe(article), article, [made])
    assert [len(claim.features.rulings) for claim in record.claims] == [1, 1]
    assert unpack_record(pack_record(record)) == record
