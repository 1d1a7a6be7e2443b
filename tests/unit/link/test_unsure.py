"""Sources that nothing makes one: what they say on one event tells whether they are."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kliping_link.domain.contradictions import contradictions
from kliping_link.domain.features import Ruling
from kliping_link.domain.matches import explain
from kliping_link.domain.records import describe
from kliping_link.domain.score import UNSURE
from kliping_link.linker import link_all
from kliping_shared.contracts import EnrichedArticle, EntityType, Particular
from tests.unit.link.building import Draft, Said, build, groups_of

EVENT = "Longsor tambang pasir di lereng Gunung Kelambu menimbun pekerja saat hujan lebat"
OTHER = (
    "Konser amal paduan suara di gedung kesenian dihadiri ribuan penonton muda. Biola, kecapi, gendang, dan seruling "
    "mengiringi tarian topeng. Panitia menjual karcis, kaus, kopi, dan kue basah. Biola tua dilelang; kecapi ditabuh. "
    "Paduan suara, biola, kecapi, gendang, seruling, topeng, karcis: konser ditutup kembang api."
)
SAYING = "tujuh jenazah sudah dikenali keluarganya dan empat korban masih dirawat"
OFFICES = (("RSUD Melati", EntityType.ORG), ("Rusia", EntityType.LOC), ("Ukraina", EntityType.LOC))
OFFICES += (("Badan Melati", EntityType.ORG), ("Komisi Kenanga", EntityType.ORG))


def article(name: str, speaker: str, text: str = SAYING, lead: str = EVENT, *, named: bool = True) -> EnrichedArticle:
    """An article with one claim."""
    names = tuple(one for one in OFFICES if one[0] == speaker)
    return build(Draft(name, (Said(speaker, text, named=named),), lead=lead, names=names))


def joined(a: EnrichedArticle, b: EnrichedArticle) -> bool:
    """Whether link makes one group of both claims, whichever comes first."""
    found = {len(groups_of(link_all(articles))) for articles in ([a, b], [b, a])}
    assert len(found) == 1
    return found == {1}


@pytest.mark.parametrize(
    ("mine", "theirs", "named", "expected"),
    [
        ("RSUD Melati", "Suherman Wirya", True, True),
        ("RSUD Melati", "petugas medis", False, True),
        ("Suherman Wirya", "petugas medis", False, True),
        ("Suherman Wirya", "Lidya Tobing", True, False),
        ("Rusia", "Ukraina", True, False),
    ],
)
def test_one_saying_on_one_event_has_one_source(mine: str, theirs: str, named: bool, expected: bool) -> None:
    """A body and a person without office may be one; two persons, and two countries, are two whatever they say."""
    assert joined(article("a", mine), article("b", theirs, named=named)) is expected


def test_sources_that_may_be_one_need_more_than_one_source_does() -> None:
    """Half of what was said is enough where one speaker said it."""
    part = "tujuh jenazah sudah dikenali, pencarian dihentikan karena cuaca buruk"
    whole = article("a", "RSUD Melati")
    assert joined(whole, article("b", "RSUD Melati", part))
    assert not joined(whole, article("b", "Suherman Wirya", part))


def test_on_two_events_nothing_is_enough() -> None:
    """The same words of another event are of another source."""
    assert not joined(article("a", "RSUD Melati"), article("b", "Suherman Wirya", lead=OTHER))


def test_the_reader_is_told_that_it_is_not_sure() -> None:
    """The explanation does not say that both are one source."""
    mine, theirs = (describe(article(name, who)).claims[0] for name, who in (("a", "RSUD Melati"), ("b", "Suherman")))
    assert explain(mine.features, theirs.features).startswith(f"{UNSURE}; 7 shared terms")


def detained(name: str, speaker: str, count: int) -> EnrichedArticle:
    """An article whose claim counts who was detained."""
    text = f"telah menahan {count} tersangka dalam perkara tambang pasir di lereng Gunung Kelambu"
    names = tuple(one for one in OFFICES if one[0] == speaker)
    said = Said(speaker, text, numbers=((float(count), "tersangka", f"{count} tersangka"),))
    return build(Draft(name, (said,), lead=EVENT, names=names, outlet=name))


def test_sources_that_may_be_two_contradict_nobody() -> None:
    """Two bodies count each their own: one group at most, never a dispute; of one body it is one."""
    three, five = detained("a", "Badan Melati", 3), detained("b", "Komisi Kenanga", 5)
    assert joined(three, five)
    (group,) = link_all([three, five])[-1].groups
    assert group.differences == ()
    assert [member.match.differs for member in group.members if member.match] == [(), ()]
    (group,) = link_all([three, detained("b", "Badan Melati", 5)])[-1].groups
    assert [one.particular for one in group.differences] == [Particular.NUMBER]


def test_what_a_person_put_together_is_one_claim_that_may_be_disputed() -> None:
    """Whoever merges the wordings of two sources has said that they tell of one thing."""
    mine, theirs = (
        describe(detained(*told)).claims[0].features for told in (("a", "Badan Melati", 3), ("b", "Komisi Kenanga", 5))
    )
    mine, theirs = (replace(one, rulings=(Ruling(1.0, "merge", True),)) for one in (mine, theirs))
    assert [one.particular for one in contradictions(mine, theirs)] == [Particular.NUMBER]
