"""Which claims have one source."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kliping_link.domain.events import Event
from kliping_link.domain.records import describe
from kliping_link.domain.score import same_source
from kliping_link.domain.sources import Source, sources
from kliping_link.linker import link_all
from kliping_shared.contracts import EntityType
from tests.unit.link.building import Draft, Said, build, groups_of

SAME, BODY = "same speaker", "a body and who speaks for it"
ORG, LOC, PER = EntityType.ORG, EntityType.LOC, EntityType.PER


def source(said: Said, *names: tuple[str, EntityType]) -> Source:
    """Source of the only claim of an article that also names ``names``."""
    lead = " ".join(name for name, _ in names)
    return sources(build(Draft("a", (said,), lead=lead, names=names)))["a-0"]


MILLER = source(
    Said("Matthew Miller", "x", role="Juru Bicara Kementerian Luar Negeri AS"), ("Kementerian Luar Negeri AS", ORG)
)


@pytest.mark.parametrize(
    ("said", "name", "expected"),
    [
        (Said("Matthew Miller", "x"), ("Matthew Miller", PER), SAME),
        (Said("MATTHEW MILLER", "x", named=False), None, SAME),
        (Said("Kementerian Luar Negeri AS", "x"), ("Kementerian Luar Negeri AS", ORG), BODY),
        (Said("Amerika Serikat", "x"), ("Amerika Serikat", LOC), BODY),
        (Said("Gedung Putih", "x"), ("Gedung Putih", ORG), BODY),
        (Said("pemerintah AS", "x", named=False), None, BODY),
        (Said("Antony Blinken", "x", role="Menteri Luar Negeri AS"), ("Antony Blinken", PER), None),
        (Said("Rusia", "x"), ("Rusia", LOC), None),
        (Said("pejabat AS", "x", named=False), None, None),
    ],
)
def test_a_spokesman_and_his_body_are_one_source(
    said: Said, name: tuple[str, EntityType] | None, expected: str | None
) -> None:
    """A body and who speaks for it are one source; two persons who speak for one body are two."""
    other = source(said, *([name] if name else []))
    assert _same(MILLER, other) == _same(other, MILLER) == expected


@pytest.mark.parametrize(
    ("mine", "theirs", "same"),
    [
        ("pejabat dan pakar AS", "pejabat AS dan Korea Selatan", True),
        ("para ahli", "sejumlah pakar", True),
        ("dua pakar", "beberapa ahli", True),
        ("militer Korea Selatan", "tentara Korsel", True),
        ("pejabat AS", "pejabat Rusia", False),
        ("warga Jember", "warga Kupang", False),
        ("pasien RSUD Melati", "dokter RSUD Melati", False),
        ("karyawan PT Bilah", "manajemen PT Bilah", False),
        ("korban penembakan polisi", "polisi", False),
        ("wali murid", "pemerintah", False),
        ("12 anggota kepolisian", "polisi", False),
        ("12 polisi", "aparat kepolisian", True),
        ("aparat desa", "polisi", False),
        ("aparat desa", "perangkat desa", True),
        ("sejumlah wali kota", "pemerintah", True),
    ],
)
def test_unnamed_sources(mine: str, theirs: str, same: bool) -> None:
    """Unnamed speakers are one source when the same kind of people of the same country or place speak."""
    a, b = (source(Said(phrase, "x", named=False)) for phrase in (mine, theirs))
    assert (not a.own.isdisjoint(b.own)) is same


def test_people_of_no_place_may_be_those_of_a_place() -> None:
    """'Sejumlah petani' here may be 'petani di Desa Wanasari' there; farmers of two places are not the same."""
    any_, wanasari, kupang = (
        source(Said(phrase, "x", named=False))
        for phrase in ("sejumlah petani", "petani di Desa Wanasari", "petani Kupang")
    )
    assert _same(any_, wanasari) == BODY
    assert _same(wanasari, kupang) is None


def test_joint_speakers_are_each_a_source() -> None:
    """What two say together matches what either says alone."""
    names = (("Kim Jong Un", PER), ("Vladimir Putin", PER))
    joint = source(Said("Kim Jong Un & Vladimir Putin", "x", named=False), *names)
    alone = [source(Said(name, "x")).own for name, _ in names]
    assert joint.own == alone[0] | alone[1]
    assert alone[0].isdisjoint(alone[1])


def test_a_role_told_once_holds_for_the_whole_article() -> None:
    """The second claim of a person has the body that only the first names."""
    article = build(
        Draft("a", (Said("Ali", "x", role="Juru bicara KAN"), Said("Ali", "y")), names=(("KAN", ORG),), lead="KAN")
    )
    assert sources(article)["a-1"].bodies == {"kan"}


def test_spellings_of_a_name_are_one() -> None:
    """Hyphens, case and full stops in a name do not matter."""
    assert source(Said("Kim Jong-un", "x")).own == source(Said("KIM JONG UN", "x")).own


@pytest.mark.parametrize(
    ("said", "same"), [("fatwa Badan Air", True), ("laporan Badan Air", True), ("surat Badan Api", False)]
)
def test_what_a_body_publishes_is_its_own_word(said: str, same: bool) -> None:
    """Its head speaks for the body that speaks by the paper."""
    bodies = (("Badan Air", ORG), ("Badan Api", ORG))
    paper, head = (
        source(one, *bodies) for one in (Said(said, "x", named=False), Said("Sari", "x", role="Kepala Badan Air"))
    )
    assert (_same(paper, head) == BODY) is same


def test_people_without_a_name_are_those_of_one_event() -> None:
    """Farmers in an article on a flood are not those of an article on a strike; a person is himself everywhere."""
    farmers, miller = source(Said("para petani", "x", named=False)), MILLER
    assert _same(farmers, farmers, ABOUT, ABOUT) == SAME
    assert _same(farmers, farmers, ABOUT, OTHERWISE) is None
    assert _same(miller, miller, ABOUT, OTHERWISE) == SAME


def test_the_same_words_of_people_without_a_name_on_two_events() -> None:
    """'Polisi' who say the same words in articles on two events are two sources; on one they are one."""
    said = (Said("polisi", "pelakunya sudah ditangkap kemarin", named=False),)
    drafts = [Draft("a", said, lead=" ".join(ABOUT)), Draft("b", said, lead=" ".join(reversed(ABOUT)))]
    linked = link_all([build(draft) for draft in (*drafts, Draft("c", said, lead=" ".join(OTHERWISE[1:])))])
    assert groups_of(linked) == [["a-0", "b-0"], ["c-0"]]


@pytest.mark.parametrize("name", ["@infobanjir", "Polri", "Luhut"])
def test_who_has_a_name_is_himself_on_every_event(name: str) -> None:
    """An account, and a name of one word that no entity stands for, are no kinds of people."""
    own = source(Said(name, "x", named=False)) if name[0] != "@" else source(Said(name, "x"))
    assert not own.is_collective
    assert _same(own, own, ABOUT, OTHERWISE) == SAME


@pytest.mark.parametrize(
    ("named", "kind"),
    [
        (Said("Lukman Harsa", "x", role="Kasatreskrim Polres Wanasari"), "polisi"),
        (Said("Polresta Wanasari", "x"), "polisi setempat"),
        (Said("Lukman Harsa", "x", role="Kasatreskrim"), "polisi Wanasari"),
        (Said("Lukman Harsa", "x", role="Direktur Reserse Kriminal Umum"), "polisi"),
        (Said("Kantor Akuntan Bilah", "x"), "auditor"),
        (Said("Tiurma Girsang", "x", role="Kuasa hukum terdakwa"), "pengacara"),
        (Said("Basarnas", "x"), "tim SAR gabungan"),
        (Said("Meutia Harsa", "x", role="Direktur RSUD Wanasari"), "dokter"),
    ],
)
def test_a_common_noun_may_mean_whom_another_article_names(named: Said, kind: str) -> None:
    """'Polisi' here is the officer or the force named there, on one event; two officers stay two."""
    mine = source(named, (named.speaker, PER if named.role else ORG))
    theirs = source(Said(kind, "x", named=False))
    assert _same(mine, theirs) == BODY
    assert _same(mine, theirs, ABOUT, OTHERWISE) is None
    assert _same(mine, source(Said("Sari Utami", "x", role=named.role))) is None


@pytest.mark.parametrize(
    ("named", "kind"),
    [
        (Said("Lukman Hakim", "x"), "hakim"),
        (Said("Jaksa Purnama", "x"), "jaksa"),
        (Said("Ratih Bilah", "x", role="pasien RSUD Melati"), "dokter"),
        (Said("Ratih Bilah", "x", role="korban penembakan polisi"), "polisi"),
        (Said("Ratih Bilah", "x", role="wali murid"), "pemerintah"),
        (Said("Ratih Bilah", "x", role="karyawan PT Bilah"), "perusahaan"),
    ],
)
def test_who_is_only_spoken_of_in_a_role_does_not_speak(named: Said, kind: str) -> None:
    """A patient is no doctor, and a person's own name tells no office."""
    mine = source(named, (named.speaker, PER))
    assert _same(mine, source(Said(kind, "x", named=False))) is None


def test_a_kind_at_the_head_of_a_sentence_is_no_name() -> None:
    """'Polisi menyebut ...' and 'menurut polisi ...'."""
    assert source(Said("Polisi", "x", named=False)) == source(Said("polisi", "x", named=False))


@pytest.mark.parametrize(
    ("mine", "theirs", "same"),
    [
        ("Soetrisno Wiryodjaja", "Sutrisno Wiryojaya", True),
        ("Rotua Hasiholan Girsang", "Rotua Girsang", True),
        ("Ibrohim Syarif", "Ibrahim Sharif", True),
        ("Hélène Marchand", "Helene Marchand", True),
        ("Saharudin", "Saharuddin", True),
        ("Jusuf Lantera", "Yusuf Lantera", True),
        ("Tjahjo Widyastana", "Cahyo Widiastana", True),
        ("Achmad Ikhsan", "Ahmad Ichsan", True),
        ("Chairul Rochman", "Khairul Rahman", True),
        ("Aisyah Ramadhan", "Aisya Ramadan", True),
        ("Khun-Hseng", "Khun Hseng", True),
        ("Oleksandr Velinskyy", "Oleksandr Velinskiy", True),
        ("Dian Sari", "Dina Sari", False),
        ("Dani Sari", "Dina Sari", False),
        ("Rini Susanti", "Rano Susanto", False),
        ("Eko Prasetyo", "Eka Prasetya", False),
        ("Mulyono", "Mulyana", False),
        ("Budi", "Bedu", False),
        ("Hendra Siregar", "Marlina Siregar", False),
        ("Budi Santosa", "Budi Hartono", False),
    ],
)
def test_spellings_of_a_person(mine: str, theirs: str, same: bool) -> None:
    """Old and foreign spellings, accents, and names in the middle do not part a person from himself."""
    assert (_same(source(Said(mine, "x")), source(Said(theirs, "x"))) == SAME) is same


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        ("Badan Meteorologi, Klimatologi, dan Geofisika", "BMKG"),
        ("Kementerian Lingkungan Hidup dan Kehutanan", "KLHK"),
    ],
)
def test_a_body_and_the_letters_that_it_is_shortened_to(mine: str, theirs: str) -> None:
    """Spelt out here, shortened there; so for who speaks for it."""
    body, short = source(Said(mine, "x"), (mine, ORG)), source(Said(theirs, "x"), (theirs, ORG))
    assert _same(body, short) == SAME
    spokesman = source(Said("Sari Utami", "x", role=f"Juru bicara {mine}"), (mine, ORG))
    assert _same(spokesman, short) == BODY


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        ("Pemerintah Kota Bandung", "Partai Kebangkitan Bangsa"),
        ("Pusat Kajian Bahari", "Partai Kebangkitan Bangsa"),
        ("Pemerintah Kota Bandung", "PKB"),
        ("Dinas Perhubungan Riau", "DPR"),
        ("Sinar & Laut Bersama", "S&LB"),
    ],
)
def test_bodies_that_only_share_their_letters(mine: str, theirs: str) -> None:
    """Two full names are two bodies, and nobody shortens the offices of a region to their letters."""
    assert _same(source(Said(mine, "x"), (mine, ORG)), source(Said(theirs, "x"), (theirs, ORG))) is None


@pytest.mark.parametrize(
    ("mine", "theirs", "same"),
    [
        ("Salmiah", "Wa Ode Salmiah", True),
        ("Fadhlan", "Fadhlan Datuk Rajo Gadang", True),
        ("Asrul Girsang", "Asrul Girsang Dt. Rajo Endah", True),
        ("Kyi Pyar Aung", "Nang Kyi-Pyar Aung", True),
        ("Sutrisno Hadiwijaya", "Soetrisno Hadiwijoyo", True),
        ("Nematullo Sharifzoda", "Nimatullo Syarifzoda", True),
        ("Azamat Zhumabek-uulu", "Azamat Jumabek", True),
        ("Yosephine Tan Mei Hwa", "Yosepine Tan", True),
        ("Budi Hartono", "Budi Hartini", False),
        ("Budi Hartono", "Budi Kartono", False),
        ("Hendra Siregar", "Marlina Siregar", False),
        ("Mei Tan", "Tan Mei Hwa", False),
        ("Eko Prasetyo", "Eka Prasetya", False),
        ("Al", "Al Ghazali", False),
    ],
)
def test_a_person_may_be_named_in_part_or_misspelt_on_one_event(mine: str, theirs: str, same: bool) -> None:
    """A name of one outlet is part of the fuller one of another, or spelt a little otherwise: one person on one event."""
    a, b = source(Said(mine, "x")), source(Said(theirs, "x"))
    assert (_same(a, b) == _same(b, a) == SAME) is same
    assert _same(a, b, ABOUT, OTHERWISE) is None


def test_a_surname_that_two_bear_means_neither() -> None:
    """Where an article has two of the name, the name alone in another one is nobody's."""
    both = build(Draft("a", (Said("Hendra Girsang", "x"), Said("Marlina Girsang", "y"))))
    hendra, marlina = sources(both).values()
    assert _same(hendra, source(Said("Girsang", "x"))) is None
    assert _same(hendra, source(Said("Hendra", "x"))) == SAME
    assert _same(hendra, source(Said("Hendra Girsang", "x")), ABOUT, OTHERWISE) == SAME
    assert _same(hendra, marlina) is None


@pytest.mark.parametrize(
    ("mine", "theirs", "same"),
    [
        ("Dinas Perikanan", "Dinas Perikanan Wanasari", True),
        ("Kementerian Luar Negeri", "Kementerian Luar Negeri RI", True),
        ("Bawaslu", "Bawaslu Teluk Wanasari", True),
        ("Kepolisian Resor Kota Wanasari", "Polresta Wanasari", True),
        ("Dinas Perikanan Kupang", "Dinas Perikanan Wanasari", False),
        ("Dinas Perikanan", "Dinas Perdagangan Wanasari", False),
        ("Serikat", "Serikat Nelayan Wanasari", False),
        ("Polres Wanasari", "Polresta Wanasari", False),
    ],
)
def test_a_body_may_be_named_without_its_place_on_one_event(mine: str, theirs: str, same: bool) -> None:
    """So may the body that a person speaks for."""
    a, b = (source(Said(name, "x"), (name, ORG)) for name in (mine, theirs))
    head = source(Said("Sari Utami", "x", role=f"Kepala {theirs}"), (theirs, ORG))
    assert (_same(a, b) == _same(b, a) == SAME) is same
    assert (_same(a, head) == _same(head, a) == BODY) is same


@pytest.mark.parametrize(
    ("named", "office", "same"),
    [
        ("Presiden Rusia", "presiden Rusia", True),
        ("Presiden Rusia", "presiden Korea Utara", False),
        ("Presiden Rusia", "presiden", True),
        ("Menteri Perhubungan", "menteri perhubungan", True),
        ("Menhub", "menteri perhubungan", True),
        ("Menteri Perhubungan", "menteri keuangan", False),
        ("Bupati Wanasari", "bupati", True),
        ("mantan Bupati Wanasari", "bupati", False),
        ("calon bupati", "bupati", False),
        ("Ketua Majelis Hakim", "hakim", True),
        ("politikus asal Rusia", "presiden Rusia", False),
    ],
)
def test_an_office_without_a_name_is_its_holder_on_one_event(named: str, office: str, same: bool) -> None:
    """One outlet writes 'presiden Rusia' throughout, another his name."""
    mine, theirs = source(Said("Arif Lantera", "x", role=named)), source(Said(office, "x", named=False))
    assert (_same(mine, theirs) == _same(theirs, mine) == BODY) is same
    assert _same(mine, theirs, ABOUT, OTHERWISE) is None


@pytest.mark.parametrize(
    ("office", "body", "same"),
    [
        ("Kapolresta Wanasari", "Polresta Wanasari", True),
        ("Kapolresta Wanasari", "Kepolisian Resor Kota Wanasari", True),
        ("Menteri Perhubungan", "Kementerian Perhubungan", True),
        ("Wakil Bupati Wanasari", "Pemkab Wanasari", True),
        ("Kepala Dinas Kesehatan Wanasari", "Dinkes Wanasari", True),
        ("Menteri Perhubungan", "Kementerian Keuangan", False),
        ("Kapolres Kupang", "Polres Wanasari", False),
        ("mantan Menteri Perhubungan", "Kementerian Perhubungan", False),
        ("pria asal Rusia", "Rusia", False),
    ],
)
def test_an_office_speaks_for_its_body_though_it_does_not_name_it(office: str, body: str, same: bool) -> None:
    """So does its holder."""
    holder = source(Said("Arif Lantera", "x", role=office))
    assert (_same(holder, source(Said(body, "x"), (body, ORG))) == BODY) is same


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        (Said("Salmiah", "banjir surut"), Said("Wa Ode Salmiah", "banjir surut")),
        (Said("Yosepine Tan", "banjir surut"), Said("Yosephine Tan Mei Hwa", "banjir surut")),
        (Said("Sutrisno Hadiwijaya", "banjir surut"), Said("Soetrisno Hadiwijoyo", "banjir surut")),
        (Said("polisi", "banjir surut", named=False), Said("Sari Utami", "banjir surut", role="Kapolres Wanasari")),
    ],
)
def test_who_may_be_one_is_looked_for_by_a_common_key(mine: Said, theirs: Said) -> None:
    """A pair that no key finds would be lost however well it scores."""
    a, b = (describe(build(Draft(n, (said,)))).claims[0].features for n, said in (("a", mine), ("b", theirs)))
    assert not a.keys.isdisjoint(b.keys)


ABOUT = ("banjir", "tanggul", "sungai", "ungsi", "luap", "hujan", "genang")
#: On another event, though one of the terms is the same.
OTHERWISE = ("banjir", "mogok", "upah", "buruh", "pabrik", "tuntut", "serikat")


def _same(a: Source, b: Source, about: tuple[str, ...] = ABOUT, about_b: tuple[str, ...] = ABOUT) -> str | None:
    features = [describe(build(Draft(n, (Said("S", "kata"),)))).claims[0].features for n in "ab"]
    mine = replace(features[0], source=a, event=Event(dict.fromkeys(about, 1.0)))
    return same_source(mine, replace(features[1], source=b, event=Event(dict.fromkeys(about_b, 1.0))))
