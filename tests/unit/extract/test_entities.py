"""Mentions come under canonical names, and the recogniser's names are mended."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kliping_extract.domain.acronyms import find_acronyms
from kliping_extract.domain.normal import close_spelling, entity_key, sound_bag
from kliping_extract.domain.projection import entity_id
from kliping_shared.contracts.enriched import EntityType
from tests.unit.extract.annotated import clusters, unmarked

PER, ORG, LOC = EntityType.PER, EntityType.ORG, EntityType.LOC


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("[PER Hasan Wirayuda] dan [PER Wirayuda] serta [PER Hasan]", ["Hasan Wirayuda"]),
        ("[PER Kang Min-jae] lalu [PER Kang Min Jae] lalu [PER Kang]", ["Kang Min-jae"]),
        ("[PER Kang Min-jae] lalu [PER Kang Min-ja]", ["Kang Min-jae"]),
        ("[LOC AS] dan [LOC Amerika Serikat]", ["Amerika Serikat"]),
        ("[LOC Korsel] dan [LOC Korea Selatan]", ["Korea Selatan"]),
        ("[LOC MOSKWA] dan [LOC Moskow]", ["Moskow"]),
        ("[LOC Pelabuhan Sorento] dan [LOC Sorento]", ["Pelabuhan Sorento"]),
        ("[LOC Pantai Sorento] dan [LOC Sorento]", ["Pantai Sorento", "Sorento"]),
        ("[ORG Kantor Irigasi Raya] dan [ORG Irigasi Raya]", ["Kantor Irigasi Raya", "Irigasi Raya"]),
        ("[LOC Kabupaten Arunika] dan [LOC Arunika]", ["Arunika"]),
        ("[LOC Kosmodrom Zarya] dan [LOC Zarya Cosmodrome]", ["Kosmodrom Zarya"]),
        ("[ORG Dewan Kelautan Peru] dan [ORG Dewan Kelautan]", ["Dewan Kelautan Peru"]),
        ("[PER Rudi Siregar] dan [PER Tika Siregar]", ["Rudi Siregar", "Tika Siregar"]),
        ("[LOC Korea Utara] dan [LOC Korea Selatan]", ["Korea Utara", "Korea Selatan"]),
        ("[PER Putin]", ["Vladimir Putin"]),
        ("[PER Saharuddin Karim] lalu [PER Saharudin]", ["Saharuddin Karim"]),
        ("[PER Djoko Soegiarto] lalu [PER Joko Sugiarto]", ["Djoko Soegiarto"]),
    ],
)
def test_forms_of_one_name_come_together(text: str, names: list[str]) -> None:
    """Short forms, spellings, known aliases and words in another order are one entity; different people are not."""
    assert [cluster.name for cluster in clusters(text)] == names


@pytest.mark.parametrize(
    ("marked", "name"),
    [
        ("[ORG Badan Irigasi Nasional] ([ORG BIN2]) lalu [ORG BIN2]", "Badan Irigasi Nasional"),
        ("[PER Heru Gunarto] ([PER HG]) lalu [PER HG]", "Heru Gunarto"),
        ("[PER Sutarno] ([PER SUT]) lalu [PER SUT]", "Sutarno"),
        ("[LOC Kabupaten Arunika Barat] ([LOC KAB]) lalu [LOC KAB]", "Arunika Barat"),
    ],
)
def test_acronyms_in_brackets_stand_for_the_full_name(marked: str, name: str) -> None:
    """A short form introduced in brackets is the same body, person or place."""
    text, surfaces = unmarked(marked)
    assert [c.name for c in clusters(marked, find_acronyms(text, surfaces))] == [name]


@pytest.mark.parametrize(
    ("a", "b", "alike"),
    [("kang min jae", "kang min ja", True), ("ana", "ani", False), ("korea utara", "korea selatan", False)],
)
def test_close_spelling(a: str, b: str, alike: bool) -> None:
    """One letter may differ in a name of several words, nothing in a short one."""
    assert close_spelling(a, b) is alike


def test_sound_bag_ignores_order_and_spelling() -> None:
    """Transliterations and word order do not matter."""
    assert sound_bag("Zarya Cosmodrome") == sound_bag("Kosmodrom Zarya")


@pytest.mark.parametrize(
    ("kind", "a", "b"),
    [
        (PER, "Kang Min-jae", "KANG MIN JAE"),
        (PER, "Soekardi Djatmiko", "Sukardi Jatmiko"),
        (PER, "Tjokro Sjafei", "Cokro Syafei"),
        (PER, "Muhammad Saharuddin", "Muhamad Saharudin"),
        (PER, "Ma'aruf Rahman", "Ma’aruf Rahman"),
        (PER, "José Nuñez", "Jose Nunez"),
        (LOC, "Türkiye", "Turkiye"),
    ],
)
def test_spellings_of_one_name_have_one_id(kind: EntityType, a: str, b: str) -> None:
    """Case, hyphens, accents, doubled letters and the old spelling do not change who is meant."""
    assert entity_id(kind, a) == entity_id(kind, b)


@pytest.mark.parametrize(
    ("kind", "a", "b"),
    [
        (ORG, "KPPU", "KPU"),
        (ORG, "Komisi II", "Komisi I"),
        (ORG, "Densus 88", "Densus 8"),
        (LOC, "Soekarjo", "Sukarjo"),
        (PER, "Joga Pratama", "Yoga Pratama"),
        (PER, "HH", "H"),
        (PER, "Ana Sari", "Ani Sari"),
        (PER, "Budi", "Budi Santoso"),
    ],
)
def test_other_names_have_other_ids(kind: EntityType, a: str, b: str) -> None:
    """Acronyms, numbers and names that differ by a letter are others."""
    assert entity_id(kind, a) != entity_id(kind, b)


def test_a_body_is_no_person_of_its_name() -> None:
    """The type is part of the id."""
    assert entity_id(PER, "Kang Min-jae") != entity_id(ORG, "Kang Min-jae")


@given(
    name=st.one_of(st.text(max_size=30), st.text(alphabet="oedjtsyn '-é", max_size=20)),
    kind=st.sampled_from(EntityType),
)
def test_folding_twice_is_folding_once(name: str, kind: EntityType) -> None:
    """A folded name stands for itself."""
    once = entity_key(kind, name)
    assert entity_key(kind, once) == once


def test_initials_stand_for_the_one_person_who_has_them() -> None:
    """Not where two have them, nor for a body of these letters."""
    text, surfaces = unmarked(
        "[PER RL] diam. [PER Rafi Lestari] pulang. [ORG AS] tutup. [PER Ana Sari] dan [PER AB] tiba."
    )
    assert find_acronyms(text, surfaces) == {(PER, "rl"): "Rafi Lestari"}
    text, surfaces = unmarked("[PER RL] diam. [PER Rafi Lestari] dan [PER Ratna Lubis] pulang.")
    assert find_acronyms(text, surfaces) == {}
