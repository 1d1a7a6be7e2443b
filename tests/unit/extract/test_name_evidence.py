"""What an article tells of its names elsewhere: where they begin and end, what short forms and ordinary words stand for."""

from __future__ import annotations

import pytest

from kliping_shared.contracts.enriched import EntityType
from tests.unit.extract.mending import LOC, ORG, PER, mended


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        # What an office is for is no first name; who is called by his first name has no other before it.
        (
            "Dirjen Perkebunan Lirabeth Tomasoa diam .",
            [("Lirabeth Tomasoa", PER)],
            [("Lirabeth Tomasoa", "PER")],
        ),
        (
            "Dirjen Zirkelia Lirabeth Tomasoa diam , lalu Lirabeth pulang .",
            [("Lirabeth Tomasoa", PER)],
            [("Lirabeth Tomasoa", "PER"), ("Lirabeth", "PER")],
        ),
        (
            "Menteri Pertanian Lirabeth Tomasoa bergeming .",
            [("Lirabeth Tomasoa bergeming", PER)],
            [("Lirabeth Tomasoa", "PER")],
        ),
        ("kata Kombes Pol Lalu Wirasena .", [("Wirasena", PER)], [("Lalu Wirasena", "PER")]),
        ("Hujan turun . Lalu Darmaji pulang .", [("Darmaji", PER)], [("Darmaji", "PER")]),
        # Whom a comma follows is introduced in full, although a part of the name is one elsewhere.
        (
            "lalu Siti Hawa pulang bersama Siti Hawa Tomaso , dosen .",
            [("Siti Hawa", PER), ("Siti Hawa Tomaso", PER)],
            [("Siti Hawa", "PER"), ("Siti Hawa Tomaso", "PER")],
        ),
        (
            "KABARKU - Bank Seruni diam .",
            [("KABARKU - Bank Seruni", ORG)],
            [("KABARKU", "ORG"), ("Bank Seruni", "ORG")],
        ),
        ("di Masjid Al - Hikma sepi .", [("Masjid Al - Hikma", LOC)], [("Masjid Al - Hikma", "LOC")]),
        ("di Jalan Wangi – Seruni sepi .", [("Jalan Wangi – Seruni", LOC)], [("Jalan Wangi – Seruni", "LOC")]),
        (
            "Direktur Pelayanan BPJS Zirkelia Ana Quispe diam , kata Ana .",
            [("Zirkelia Ana Quispe", PER)],
            [("BPJS", "ORG"), ("Ana Quispe", "PER"), ("Ana", "PER")],
        ),
        (
            "Direktur Pelayanan BPJS Zirkelia Ana Quispe diam , kata Zirkelia .",
            [("Zirkelia Ana Quispe", PER)],
            [("BPJS", "ORG"), ("Zirkelia Ana Quispe", "PER"), ("Zirkelia", "PER")],
        ),
        ("kepala PT Seruni selaku BUMD diam .", [("PT Seruni selaku BUMD", ORG)], [("PT Seruni", "ORG")]),
        (
            "di Jalan KH Ana Quispe macet .",
            [("Jalan KH", LOC), ("Ana Quispe", PER)],
            [("Jalan KH Ana Quispe", "LOC")],
        ),
        # A title ends no sentence, and only persons stand behind one.
        ("hadir Prof. Dr. Zarkawinata Tomasoa .", [("Tomasoa", PER)], [("Zarkawinata Tomasoa", "PER")]),
        ("hadir Hj. Zarkawinata .", [], [("Zarkawinata", "PER")]),
        ("kata Bu Zarkawinata di rumah .", [], [("Zarkawinata", "PER")]),
        # A body with its place; what only takes up a body is no name.
        (
            "Manajer PLN Unit Layanan Wangi Ana Quispe diam .",
            [("PLN Unit Layanan", ORG), ("Wangi", LOC), ("Ana Quispe", PER)],
            [("PLN Unit Layanan Wangi", "ORG"), ("Ana Quispe", "PER")],
        ),
        (
            "PT Seruni rugi . Perseroan menyatakan itu .",
            [("PT Seruni", ORG), ("Perseroan", PER)],
            [("PT Seruni", "ORG")],
        ),
        # A body's name may be a person's: what the one before the comma leads, and what stands together elsewhere.
        (
            "hadir Siti Rohana , ketua Kelompok Tani Sri Lestari .",
            [("Siti Rohana", PER), ("Kelompok Tani Sri Lestari", ORG)],
            [("Siti Rohana", "PER"), ("Kelompok Tani Sri Lestari", "ORG")],
        ),
        (
            "kepala Bank Dana Seruni Ana Quispe diam , Bank Dana Seruni tutup .",
            [("Bank Dana", ORG), ("Seruni Ana Quispe", PER), ("Bank Dana Seruni", ORG)],
            [("Bank Dana Seruni", "ORG"), ("Ana Quispe", "PER"), ("Bank Dana Seruni", "ORG")],
        ),
        # The place of an office is told from its holder by what he is called.
        (
            "Bupati Tirvana Zelok Ahmad Lirabeth Tomasoa diam , kata Lirabeth .",
            [("Tirvana Zelok Ahmad Lirabeth Tomasoa", PER)],
            [("Tirvana Zelok", "LOC"), ("Ahmad Lirabeth Tomasoa", "PER"), ("Lirabeth", "PER")],
        ),
        (
            "Bupati Ahmad Lirabeth Tomasoa diam , kata Lirabeth .",
            [("Ahmad Lirabeth Tomasoa", PER)],
            [("Ahmad Lirabeth Tomasoa", "PER"), ("Lirabeth", "PER")],
        ),
        # Trains and ships are no names, nor a market's blocks.
        ("kecelakaan KA Arunika Lokal .", [("KA Arunika Lokal", ORG)], []),
        ("di Blok C Pasar Seruni .", [("Blok C Pasar Seruni", LOC)], [("Pasar Seruni", "LOC")]),
        ("di Blok C sepi .", [("Blok C", LOC)], []),
    ],
)
def test_names_end_where_the_article_shows(
    text: str, names: list[tuple[str, EntityType]], expected: list[tuple[str, str]]
) -> None:
    """Offices, verbs and bodies beside a name are told from it."""
    assert mended(text, *names) == expected


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        (
            "dua orang berinisial DS ( 34 ) , MK , dan RL ditahan . MK diam .",
            [("MK", ORG)],
            [("DS", "PER"), ("MK", "PER"), ("RL", "PER"), ("MK", "PER")],
        ),
        (
            "tersangka itu adalah QM , ZN , dan HJE ( 25 ) .",
            [("HJE", ORG)],
            [("QM", "PER"), ("ZN", "PER"), ("HJE", "PER")],
        ),
        ("kapal KPK ( 25 ) tiba .", [], [("KPK", "ORG")]),
        ("harga US$ naik .", [("US$", ORG)], []),
        ("guru berinisial DS , PNS , ditahan .", [], [("DS", "PER")]),
        (
            "RFT adalah Rafi Fajar Tomasoa .",
            [("RFT", ORG), ("Rafi Fajar Tomasoa", PER)],
            [("RFT", "PER"), ("Rafi Fajar Tomasoa", "PER")],
        ),
        (
            "Ketua Umum Persekutuan Olahraga dan Seni Arunika ( POSA ) diam .",
            [("POSA", ORG)],
            [("Persekutuan Olahraga dan Seni Arunika", "ORG"), ("POSA", "ORG")],
        ),
        ("rapat Persekutuan Olahraga Arunika ( POSA ) bubar .", [("POSA", ORG)], [("POSA", "ORG")]),
        ("memakai Alat Ukur Hujan ( AUH ) baru .", [], []),
    ],
)
def test_initials_and_what_short_forms_stand_for(
    text: str, names: list[tuple[str, EntityType]], expected: list[tuple[str, str]]
) -> None:
    """Initials are persons; a body is spelt out before its short form."""
    assert mended(text, *names) == expected


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        (
            "Kapten Elang Ana Quispe diam . Pelatih Elang , Luis Soto , pulang . Elang menang .",
            [("Elang Ana Quispe", PER), ("Luis Soto", PER), ("Elang", PER)],
            [("Elang", "ORG"), ("Ana Quispe", "PER"), ("Elang", "ORG"), ("Luis Soto", "PER"), ("Elang", "ORG")],
        ),
        (
            "pemain asing Elang , Luis Soto , pulang . kantor Elang sepi . Arunika Elang kalah .",
            [("Luis Soto", PER), ("Arunika", LOC)],
            [("Elang", "ORG"), ("Luis Soto", "PER"), ("Elang", "ORG"), ("Arunika Elang", "ORG")],
        ),
        (
            "kantor Elang di GOR Elang sepi , kantor Elang tutup .",
            [("GOR Elang", LOC)],
            [("Elang", "ORG"), ("GOR Elang", "LOC"), ("Elang", "ORG")],
        ),
        # Once is not enough, and who is called by the word is a person.
        ("Pelatih Elang , Luis Soto , pulang .", [("Luis Soto", PER)], [("Luis Soto", "PER")]),
        (
            "Pelatih Darmaji , Luis Soto , pulang . kantor Darmaji sepi , kata Darmaji .",
            [("Luis Soto", PER)],
            [("Darmaji", "PER"), ("Luis Soto", "PER"), ("Darmaji", "PER"), ("Darmaji", "PER")],
        ),
    ],
)
def test_clubs_and_firms_of_ordinary_words(
    text: str, names: list[tuple[str, EntityType]], expected: list[tuple[str, str]]
) -> None:
    """Who stands behind a word shows that it is a body."""
    assert mended(text, *names) == expected
