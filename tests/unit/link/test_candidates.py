"""Which claims are compared at all: those that enough keys of the index have in common."""

from __future__ import annotations

import pytest

from kliping_link.codec import pack_record, unpack_record
from kliping_link.domain.levels import SHARED_KEYS
from kliping_link.domain.records import describe
from kliping_link.linker import link_all
from tests.unit.link.building import Draft, Said, build, groups_of


@pytest.mark.parametrize(
    ("texts", "groups"),
    [
        (("mundur", "mundur"), [["a-0", "b-0"]]),
        (("panen raya gagal", "panen raya gagal"), [["a-0", "b-0"]]),
        (("panen raya gagal", "panen durian melimpah ruah"), [["a-0"], ["b-0"]]),
    ],
)
def test_claims_are_compared_by_what_they_share(texts: tuple[str, str], groups: list[list[str]]) -> None:
    """A statement of one word is found again; one word in common does not bring two statements together."""
    articles = [
        build(Draft(name, (Said("Suherman", text),), lead=name)) for name, text in zip("ab", texts, strict=True)
    ]
    assert groups_of(link_all(articles)) == groups


def test_every_claim_that_says_something_can_be_found() -> None:
    """Even one with a single word has as many keys as two claims must share."""
    record = describe(build(Draft("a", (Said("Suherman", "mundur"), Said("Suherman", "tidak")))))
    assert [len(claim.features.keys) for claim in record.claims] == [SHARED_KEYS, 0]


def test_claims_are_unpacked_one_by_one() -> None:
    """A record that was read is equal to the one that was written, whichever claim is asked for first."""
    record = describe(build(Draft("a", (Said("Suherman", "panen raya"), Said("Suherman", "panen gagal")))))
    read = unpack_record(pack_record(record))
    assert read.claims[1] == record.claims[1]
    assert read.claims[0:2] == list(record.claims)
    assert (read, len(read.claims), read.same_as(record)) == (record, 2, True)
