"""How many independent origins stand behind a claim."""

from __future__ import annotations

import pytest

from kliping_link.linker import link_all
from kliping_shared.contracts import ClaimGroup, ClaimKind, EnrichedArticle
from tests.unit.link.building import Draft, Said, build

LEVEE = (
    "tanggul di hilir bendungan lama akan diperkuat dengan karung pasir dan bambu sebelum hujan berikutnya datang "
    "supaya sawah warga tidak terendam lagi"
)
REWORDED = (
    "sebelum hujan berikutnya datang tanggul di hilir bendungan lama akan diperkuat dengan bambu dan karung pasir "
    "supaya sawah tidak terendam lagi"
)
STORY = (
    "Sejak pagi petugas gabungan bersama relawan dari tiga kecamatan mengangkut karung pasir ke tepi sungai yang "
    "mulai meluap itu."
)
#: What two articles have to themselves, longer than what they share.
OWN = (
    "Pasar ikan di pelabuhan lama ramai sejak subuh. Harga cabai turun, sedangkan harga bawang bertahan tinggi karena "
    "kapal pengangkut terlambat dua hari. Pedagang berharap gudang berpendingin segera dibuka kembali oleh koperasi."
)
OTHER = (
    "Sekolah dasar di lereng gunung diliburkan sampai pekan depan. Guru membagikan lembar tugas dari rumah ke rumah, "
    "sementara puskesmas memeriksa mata dan pernapasan anak yang terpapar abu vulkanik selama tiga malam berturut-turut."
)


def article(name: str, text: str = LEVEE, *, lead: str = "", origin: str | None = None, via: str | None = None,
            kind: ClaimKind = ClaimKind.INDIRECT) -> EnrichedArticle:  # fmt: skip
    """An article of an outlet of that name with one claim."""
    made = build(Draft(name, (Said("Ratih", text),), lead=lead, outlet=name, origin=origin))
    claim = made.claims[0].model_copy(update={"via": via, "kind": kind})
    return made.model_copy(update={"claims": (claim,)})


def origins(*articles: EnrichedArticle) -> tuple[str, ...]:
    """The origins of the one group that they make."""
    found: dict[str, ClaimGroup] = {one.group_id: one for linked in link_all(articles) for one in linked.groups}
    (group,) = found.values()
    return group.origins


def test_who_relayed_a_claim_is_its_origin() -> None:
    """Inside an article that names no agency for all of it, and however the name is written elsewhere."""
    relayed = article("Arus", REWORDED, via="kantor berita Pelangi")
    assert origins(relayed, article("Bara", origin="Pelangi")) == ("Pelangi",)
    assert origins(article("Arus", REWORDED), article("Bara", origin="Pelangi")) == ("Arus", "Pelangi")


@pytest.mark.parametrize("via", ["kantor berita Rusia", "media pemerintah Rusia", "surat kabar"])
def test_a_relay_without_a_name_is_nobody(via: str) -> None:
    """It may be any of several."""
    assert origins(article("Arus", REWORDED, via=via), article("Bara", via=via)) == ("Arus", "Bara")


def test_an_article_of_an_agency_that_relays_another_is_of_both() -> None:
    """Whoever has it from either has it from there."""
    chain = article("Arus", REWORDED, origin="Pelangi", via="Senja Wire")
    for other in ("Pelangi", "Senja Wire"):
        assert len(origins(chain, article("Bara", origin=other))) == 1


def test_prose_that_is_the_same_word_for_word_was_copied() -> None:
    """Though the articles as a whole differ; the same told in other words was not."""
    assert origins(article("Arus", lead=OWN), article("Bara", lead=OTHER)) == ("Arus",)
    assert origins(article("Arus", lead=OWN), article("Bara", REWORDED, lead=OTHER)) == ("Arus", "Bara")


def test_a_quote_that_is_the_same_may_have_been_heard_by_both() -> None:
    """Unless the prose next to it is the same as well."""
    leads, direct = (("Arus", OWN), ("Bara", OTHER)), ClaimKind.DIRECT
    assert origins(*(article(name, lead=lead, kind=direct) for name, lead in leads)) == ("Arus", "Bara")
    copied = origins(*(article(name, lead=f"{lead}\n{STORY}", kind=direct) for name, lead in leads))
    assert copied == ("Arus",)
