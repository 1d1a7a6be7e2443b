"""What is seen of an article without reading it: never that it matches nothing, where it does."""

from __future__ import annotations

from itertools import product

from hypothesis import example, given, settings
from hypothesis import strategies as st

from kliping_link.codec import pack_signature, unpack_signature
from kliping_link.domain.events import Event
from kliping_link.domain.records import describe
from kliping_link.domain.score import Weights, claim_score
from kliping_link.domain.signatures import Signature, Voices
from tests.unit.link.building import Draft, Said, build

SPEAKERS = (
    Said("Sutrisno Hadiwijaya", "", role="Bupati Jember"),
    Said("Soetrisno Hadiwijoyo", ""),
    Said("Sutrisno", "", role="Kapolres Wanasari"),
    Said("Badan Air Wanasari", ""),
    Said("BAW", ""),
    Said("Ratna Suherman", "", role="Kepala Badan Air Wanasari"),
    Said("Ratna", "", affiliation="Badan Air Wanasari"),
    Said("polisi", "", named=False),
    Said("warga sekitar", "", named=False),
)
WORDS = ("banjir surut", "tanggul sungai jebol", "banjir dan tanggul", "upah buruh naik", "pabrik tutup pekan ini")
terms = st.dictionaries(st.sampled_from([f"kata{n}" for n in range(12)]), st.integers(1, 800), min_size=1, max_size=8)
articles = st.builds(
    lambda said, lead: (
        tuple(Said(who.speaker, text, who.role, who.affiliation, who.named) for who, text in said),
        lead,
    ),
    st.lists(st.tuples(st.sampled_from(SPEAKERS), st.sampled_from(WORDS)), min_size=1, max_size=4),
    st.sampled_from(("Banjir di Jember", "Mogok di pabrik sepatu", "")),
)


@settings(deadline=None)
@given(terms, terms)
@example({"banjir": 100}, {"banjir": 100})
def test_one_event_is_never_taken_for_two(mine: dict[str, int], theirs: dict[str, int]) -> None:
    """By hashes of the terms and hundredths of their weights."""
    a, b = (Event({term: hundredths / 100 for term, hundredths in some.items()}) for some in (mine, theirs))
    assert a.may_be_same(b.gist) or not a.is_same(b)
    assert a.may_be_same(b.gist) is b.may_be_same(a.gist)


def test_articles_without_a_common_term_are_on_two_events() -> None:
    """Most candidates are, and need no more than their signature."""
    assert not Event({"banjir": 1.0}).may_be_same(Event({"mogok": 1.0}).gist)


@settings(deadline=None)
@given(articles, articles)
def test_no_match_is_passed_over(mine: tuple[tuple[Said, ...], str], theirs: tuple[tuple[Said, ...], str]) -> None:
    """Whatever the score is above zero for, the signature lets through, on one event or on two."""
    a, b = (describe(build(Draft(name, said, lead=lead))) for name, (said, lead) in (("a", mine), ("b", theirs)))
    for one, (number, other) in product(a.claims, enumerate(b.claims)):
        if claim_score(one.features, other.features, Weights()) > 0:
            on_one_event = one.features.event.may_be_same(b.signature.gist)
            assert on_one_event or one.features.may_match(b.signature, number)


def test_two_who_speak_for_one_body_are_passed_over_on_two_events() -> None:
    """What they say is not read."""
    a, b = (
        describe(build(Draft(name, (Said(who, "rapat ditunda", role="Menteri Kelautan"),), lead=lead)))
        for name, who, lead in (("a", "Ratna Suherman", "Banjir rob"), ("b", "Bagus Wirayuda", "Harga cabai"))
    )
    claim = a.claims[0].features
    assert not claim.event.may_be_same(b.signature.gist)
    assert not claim.may_match(b.signature, 0)


def test_a_signature_comes_back() -> None:
    """With several sources, of which two claims have one."""
    said = [Said(who.speaker, "banjir surut", who.role, who.affiliation, who.named) for who in (*SPEAKERS, SPEAKERS[0])]
    made = describe(build(Draft("a", tuple(said), lead="Banjir di Jember"))).signature
    read = unpack_signature(pack_signature(made))
    assert (read.gist, tuple(read.voices)) == (made.gist, made.voices)


def test_a_signature_of_very_many_claims_comes_back() -> None:
    """Each of a source of its own: where the last ones stand is told by more than 16 bits."""
    voices = tuple(
        Voices(frozenset({number, number + 1}), frozenset({number + 2, number + 3})) for number in range(20_000)
    )
    read = unpack_signature(pack_signature(Signature(Event({"banjir": 1.0}).gist, voices)))
    assert tuple(read.voices) == voices
