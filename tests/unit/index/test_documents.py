"""What a linked article changes in the store."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from kliping_index.domain.documents import changes, days, title_of
from kliping_index.domain.groups import carriers, named
from kliping_index.domain.versions import document_version
from kliping_shared.contracts import ClaimKind, Difference, GroupMember, LinkedArticle, Particular, Variant
from kliping_shared.store.documents import DOCUMENT_OF
from kliping_shared.store.ports import Change, Delete, Patch, PatchClaims, Put, ReplaceClaims
from tests.unit.index.building import NOW, group, linked, linked_claim

_IN_G1 = {
    "group_id": "g1", "outlet_count": 2, "origin_count": 1, "agreement": "copied", "differs": [], "differing_numbers": [],
}  # fmt: skip


def _puts(found: list[Change], kind: str) -> dict[str, Put]:
    return {change.id: change for change in found if isinstance(change, Put) and change.kind == kind}


def test_article_is_flat_and_whole() -> None:
    """The article's document has its facets as lists, its local day, and the whole article as body, without groups."""
    document = _puts(changes(linked()), "articles")["a1"].document
    assert document["person"] == ["Kim Jong Un"]
    assert document["place"] == ["Moskow"]
    assert document["speaker"] == ["Kim Jong Un"]
    assert document["paths"] == ["a.txt", "b.txt"]
    assert (document["published_on"], document["published_month"]) == ("2023-09-14", "2023-09")
    assert (document["story_id"], document["story_title"], document["claim_count"]) == ("s1", "Kim di Moskow", 1)
    assert document["zones"][0] == {"kind": "dateline", "start": 0, "end": 8}
    body = LinkedArticle.model_validate(document["body"])
    assert body.claims == linked().claims
    assert body.groups == ()


def test_claim_stands_alone() -> None:
    """The claim's document has what is needed to read, filter and group it."""
    document = _puts(changes(linked()), "claims")["c1"].document
    wanted = {
        "text": "Kami tidak takut", "kind": "direct", "speaker": "Kim Jong Un", "cue": "kata", "stance": "deny",
        "modality": "future", "negated": "yes", "public": "no", "place": ["Moskow"], "person": [], "outlet": "Antara", "group_id": "g1", "story_id": "s1", "outlet_count": 2,
        "story_title": "Kim di Moskow", "differing_numbers": [], "origin_count": 1, "sentence": '"Kami tidak takut," Kata Kim.', "extractor": "kliping 1",
    }  # fmt: skip
    assert {name: document[name] for name in wanted} == wanted


def test_a_claim_whose_speaker_nobody_can_place_is_neither_public_nor_not() -> None:
    """The field stays empty, so that neither filter finds it."""
    message = linked()
    claim = message.claims[0]
    unknown = claim.model_copy(update={"speaker": claim.speaker.model_copy(update={"public": None}), "negated": False})
    (put,) = _puts(changes(message.model_copy(update={"claims": (unknown,)})), "claims").values()
    assert (put.document["public"], put.document["negated"]) == (None, "no")


def test_members_elsewhere_are_patched() -> None:
    """Claims and articles of other messages learn their group and story as they are now, at the link state's version."""
    found = changes(linked())
    assert Patch("claims", "c9", 7, _IN_G1) in found
    assert Patch("articles", "a9", 7, {"story_id": "s1", "story_title": "Kim di Moskow", "copy_of": "a1"}) in found
    assert PatchClaims("a9", 7, {"story_id": "s1", "story_title": "Kim di Moskow"}) in found


def variant(value: str, *claim_ids: str) -> Variant:
    """A value that these claims give."""
    return Variant(value=value, claim_ids=claim_ids)


@pytest.mark.parametrize(
    ("claims", "origins", "variants", "expected"),
    [
        (("c1",), ("Antara",), (), "single_source"),
        (("c1", "c9"), ("Yonhap",), (), "copied"),
        (("c1", "c9"), ("Antara", "Kompas"), (), "agreed"),
        (("c1", "c9"), ("Yonhap",), (variant("7", "c1"), variant("9", "c9")), "disputed"),
        (("c1", "c8", "c9"), ("Antara", "Kompas"), (variant("7", "c8"), variant("9", "c9")), "agreed"),
    ],
)
def test_how_outlets_agree(
    claims: tuple[str, ...], origins: tuple[str, ...], variants: tuple[Variant, ...], expected: str
) -> None:
    """One outlet, copies of one origin, several origins, outlets that contradict each other; one's own correction is none."""
    told = (Difference(particular=Particular.NUMBER, variants=variants),) if variants else ()
    made = group("g1", *claims).model_copy(update={"origins": origins, "differences": told})
    found = _puts(changes(linked(groups=(made,))), "groups")["g1"].document
    assert found["agreement"] == expected
    assert found["differs"] == (["number"] if told else [])
    assert found["differing_numbers"] == [one.value for one in variants]


def test_group_shows_a_direct_quote_first() -> None:
    """The wording shown first is a direct quote where there is one; all wordings are kept."""
    document = _puts(changes(linked()), "groups")["g1"].document
    assert document["text"] == "kata c9"
    assert [wording["claim_id"] for wording in document["wordings"]] == ["c1", "c9"]
    assert document["kind"] == ["direct", "indirect"]


def test_a_wording_that_stands_alone_is_not_shown_first() -> None:
    """A reader begins with what others agree on, though the one that tells another number is a quote."""
    told = group("g1", "c1", "c9")
    variants = (Variant(value="2", claim_ids=("c1",), outlets=("Antara", "Warta")),
                Variant(value="3", claim_ids=("c9",), outlets=("Kompas",)))  # fmt: skip
    difference = Difference(particular=Particular.NUMBER, variants=variants, alone=("Kompas",))
    made = told.model_copy(update={"differences": (difference,)})
    assert _puts(changes(linked(groups=(made,))), "groups")["g1"].document["text"] == "kata c1"


def test_what_is_gone_is_deleted() -> None:
    """Retired groups and stories, replaced articles and their claims, and claims no longer made are deleted."""
    message = linked(retired_groups=("g5",), retired_stories=("s5",), supersedes=("a0",), revision=3)
    found, version = changes(message), document_version(message)
    assert Delete("groups", "g5", 7) in found
    assert Delete("stories", "s5", 7) in found
    assert Delete("articles", "a0", version) in found
    assert ReplaceClaims("a0", version, ()) in found
    assert ReplaceClaims("a1", version, ("c1",)) in found


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        ({"revision": 1, "version": 7}, {"revision": 1, "version": 8}),
        ({"revision": 1, "version": 900}, {"revision": 2, "version": 3}),
        ({"revision": 1, "version": 2**62}, {"revision": 2, "version": 1}),
    ],
)
def test_revision_counts_before_link_version(older: dict[str, int], newer: dict[str, int]) -> None:
    """An older revision is older however late it was linked; versions fit the store's 63 bits."""
    first, second = document_version(linked(**older)), document_version(linked(**newer))
    assert first < second < 2**63


def test_documents_are_of_their_models() -> None:
    """Every document has exactly the fields of its kind's model, with values as the model gives them."""
    for message in (linked(), linked(groups=(), stories=(), published_at=None, zones=(), also_at=())):
        for change in changes(message):
            if isinstance(change, Put):
                document = DOCUMENT_OF[change.kind].model_validate(change.document, strict=True)
                assert change.document == document.model_dump(mode="json")


def test_same_message_same_changes() -> None:
    """Delivering a message twice gives the same changes."""
    assert changes(linked()) == changes(linked())


@pytest.mark.parametrize(
    ("fields", "title"),
    [
        ({"title": "Kim di Moskow"}, "Kim di Moskow"),
        ({}, 'Kim Jong Un tiba di Moskow. "Kami tidak takut," Kata Kim.'),
        ({"zones": (), "text": "kata " * 100}, "kata " * 23 + "kata …"),
        ({"zones": (), "text": "\n \n", "entities": (), "claims": ()}, "a.txt"),
    ],
)
def test_title(fields: dict[str, object], title: str) -> None:
    """An article without a title is called by the start of its news text, else by its file."""
    assert title_of(linked(**fields)) == title


def test_undated() -> None:
    """Without a date all three date fields are empty."""
    assert set(days(None).values()) == {None}
    assert days(datetime(2023, 1, 2, tzinfo=NOW.tzinfo))["published_on"] == "2023-01-02"


def test_a_moment_in_utc_is_of_the_newsrooms_day() -> None:
    """Where it is past midnight already: an article as what it is grouped in."""
    evening = datetime(2023, 1, 31, 18, tzinfo=UTC)
    assert (days(evening)["published_on"], days(evening)["published_month"]) == ("2023-02-01", "2023-02")
    told = group("g1", "c1").model_copy(update={"first_seen": evening, "last_seen": evening})
    (put,) = _puts(changes(linked(groups=(told,), claims=())), "groups").values()
    assert (put.document["published_on"], put.document["published_month"]) == ("2023-02-01", "2023-02")
    assert put.document["first_seen"] == "2023-01-31T18:00:00+00:00"


def test_claim_without_its_group_in_the_message() -> None:
    """A message that does not repeat a group leaves the counts to patches, starting at one."""
    message = linked(groups=(group("g8", "c8"),), claims=(linked_claim(group_id="g1"),))
    document = _puts(changes(message), "claims")["c1"].document
    assert (document["outlet_count"], document["origin_count"]) == (1, 1)


def test_an_article_without_outlet_counts_as_one_of_its_own() -> None:
    """What it carries has one carrier more, and its id is shown to nobody as the name of an origin."""
    members = [
        GroupMember(
            claim_id=f"c{number}", article_id=f"a{number}", outlet=outlet, speaker="X", kind=ClaimKind.DIRECT, text="t"
        )
        for number, outlet in enumerate(["Kabar", "Kabar", None, None])
    ]
    assert carriers(members) == 3
    assert named(["Kabar", "a2", "a3"], members) == ["Kabar"]
