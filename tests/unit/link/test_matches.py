"""Why a wording is in its group."""

from __future__ import annotations

from kliping_link.domain.features import ClaimFeatures
from kliping_link.domain.matches import explain
from kliping_link.linker import link_all
from kliping_shared.contracts import EntityType, Match, Particular
from tests.unit.link.building import Draft, Said, build
from tests.unit.link.test_score import claim

BRIDGE = "jembatan gantung di Pesisir menelan 3 miliar sebelum musim hujan"
LONGER = "jembatan gantung yang baru itu sudah menelan 3 miliar sebelum musim hujan tiba"
DEARER = "jembatan gantung menelan 5 miliar sebelum musim hujan tiba"


def matches(*drafts: tuple[str, str]) -> dict[str, Match | None]:
    """By claim id, of one group: article and wording."""
    said = {name: tuple(_said(text) for article, text in drafts if article == name) for name, _ in drafts}
    linked = link_all([build(Draft(name, claims, outlet=name)) for name, claims in said.items()])
    (group,) = {group.group_id: group for article in linked for group in article.groups}.values()
    return {member.claim_id: member.match for member in group.members}


def _said(text: str) -> Said:
    value = 5e9 if "5 miliar" in text else 3e9
    return Said("Ratih", text, numbers=((value, "rupiah", f"{value / 1e9:.0f} miliar"),))


def told(match: Match | None) -> Match:
    """The match, which there is."""
    assert match is not None
    return match


def test_a_wording_is_told_with_the_one_that_is_closest() -> None:
    """Its id, what makes both one source, the words as they stand there, the number, and what differs."""
    found = matches(("a", BRIDGE), ("b", LONGER), ("c", DEARER))
    match = told(found["a-0"])
    assert match.claim_id == "b-0"
    assert match.source == "same speaker"
    assert {"jembatan", "gantung", "menelan", "hujan"} <= set(match.terms)
    assert (match.same, match.differs) == (("3 miliar",), ())
    assert told(found["c-0"]).differs == (Particular.NUMBER,)


def test_a_wording_that_is_alone_has_none() -> None:
    """There is nothing to compare it with."""
    assert matches(("a", BRIDGE)) == {"a-0": None}


def test_copies_match_each_other() -> None:
    """The same words elsewhere come before other words, and never the article itself."""
    found = matches(("a", BRIDGE), ("b", BRIDGE), ("c", LONGER))
    assert [told(found[name]).claim_id for name in ("a-0", "b-0")] == ["b-0", "a-0"]


def test_a_wording_of_another_article_comes_before_a_closer_one_of_its_own() -> None:
    """What an article repeats is no reason for others to be in the group."""
    found = matches(("a", BRIDGE), ("a", LONGER), ("b", DEARER))
    assert told(found["a-0"]).claim_id == "b-0"


def test_names_are_told_as_they_are_written() -> None:
    """Not as the key that spellings share."""
    names = (("Pesisir", EntityType.LOC),)
    made = [build(Draft(name, (Said("Ratih", "pasar Pesisir dibuka"),), outlet=name, names=names)) for name in "ab"]
    (group,) = link_all(made)[-1].groups
    assert "Pesisir" in told(group.members[0].match).terms


def test_an_explanation_names_what_is_shared() -> None:
    """The explanation tells source, shared terms and numbers."""
    mine = _claim("jembatan gantung menelan 3 miliar", 3)
    assert explain(mine, _claim("jembatan menelan 5 miliar", 5)).endswith("number: 3 miliar against 5 miliar")
    line = explain(mine, _claim("jembatan gantung itu tidak menelan 3 miliar", 3))
    assert line.startswith("same speaker; ")
    assert "jembatan" in line
    assert line.endswith("same 3 miliar; polarity: said against denied")
    assert explain(mine, claim("hujan", speaker="Bagus")) == "no common source; no shared term"


def _claim(text: str, billions: int) -> ClaimFeatures:
    return claim(text, numbers=((billions * 1e9, "rupiah", f"{billions} miliar"),))
