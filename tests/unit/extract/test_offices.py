"""Where an office ends and a name or a rank begins."""

from __future__ import annotations

import pytest

from kliping_shared.contracts.enriched import EntityType
from tests.unit.extract.annotated import resolved
from tests.unit.extract.test_names import mended

PER, ORG, LOC = EntityType.PER, EntityType.ORG, EntityType.LOC


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Kapolres [LOC Lima] AKBP [PER Ana Quispe] mengatakan air naik.", "Kapolres Lima"),
        ("Kapolda [LOC Peru] Inspektur Jenderal (Pol) [PER Ana Quispe] mengatakan air naik.", "Kapolda Peru"),
        (
            "Kabid Humas [ORG Polda Lima] Ajun Komisaris Besar [PER Ana Quispe] mengatakan air naik.",
            "Kabid Humas Polda Lima",
        ),
        ("Ketua [ORG Ikatan Nelayan] Prof. Dr. [PER Ana Quispe] mengatakan air naik.", "Ketua Ikatan Nelayan"),
        # What reads like a rank is the office.
        ("Sekretaris Jenderal [PER Ana Quispe] mengatakan air naik.", "Sekretaris Jenderal"),
        ("Presiden Komisaris [PER Ana Quispe] mengatakan air naik.", "Presiden Komisaris"),
        ("Komisaris Utama [PER Ana Quispe] mengatakan air naik.", "Komisaris Utama"),
        ("Guru Besar [PER Ana Quispe] mengatakan air naik.", "Guru Besar"),
    ],
)
def test_an_office_ends_before_titles_and_ranks(text: str, role: str) -> None:
    """A rank belongs to the person, not to the office."""
    ((_, speaker),) = resolved(text)
    assert (speaker.name, speaker.role) == ("Ana Quispe", role)


@pytest.mark.parametrize("title", ["Ibu", "AKBP", "Ajun Komisaris Besar"])
def test_a_title_alone_is_no_office(title: str) -> None:
    """Where the article tells an office later, that is the role; else there is none."""
    (_, said), *_ = resolved(f"{title} [PER Ana Quispe] mengatakan air naik.")
    assert said.role is None
    (_, said), *_ = resolved(f"{title} [PER Ana Quispe] mengatakan air naik. [PER Ana Quispe], ketua panitia, pulang.")
    assert said.role == "ketua panitia"


@pytest.mark.parametrize(
    ("text", "role"),
    [
        (
            "Menteri Bidang Sosial, Budaya, dan Kelautan [PER Ana Quispe] mengatakan air naik.",
            "Menteri Bidang Sosial, Budaya, dan Kelautan",
        ),
        (
            "Menteri Desa, Daerah Tertinggal, dan Kelautan [PER Ana Quispe] mengatakan air naik.",
            "Menteri Desa, Daerah Tertinggal, dan Kelautan",
        ),
        (
            "Dosen [ORG Universitas Air] (UA), [LOC Lima], [PER Ana Quispe] mengatakan air naik.",
            "Dosen Universitas Air (UA), Lima",
        ),
        (
            "Direktur Jenderal Sungai, [ORG Kementerian Air] [PER Ana Quispe] mengatakan air naik.",
            "Direktur Jenderal Sungai, Kementerian Air",
        ),
        (
            "Kepala [ORG Dinas Air] yang juga Ketua [ORG Satgas Banjir] [PER Ana Quispe] mengatakan air naik.",
            "Kepala Dinas Air yang juga Ketua Satgas Banjir",
        ),
        ("Pendiri sekaligus ketua yayasan [PER Ana Quispe] mengatakan air naik.", "Pendiri sekaligus ketua yayasan"),
        ("[PER Ana Quispe] yang juga ketua panitia mengatakan air naik.", "ketua panitia"),
        (
            "[PER Ana Quispe] pulang. [PER Ana Quispe], yang juga menjabat ketua [ORG Ikatan Nelayan] (IN), mengatakan air naik.",
            "ketua Ikatan Nelayan (IN)",
        ),
        (
            "“Air naik,” kata [PER Ana Quispe], dosen [ORG Universitas Air], [LOC Lima], kemarin.",
            "dosen Universitas Air, Lima",
        ),
        ("“Air naik,” kata praktisi hukum air [PER Ana Quispe].", "praktisi hukum air"),
        # A list of others is not the office of the last one.
        (
            "Ketua [ORG Ikatan Nelayan], [PER Beni], dan [PER Ana Quispe] tiba. [PER Ana Quispe] mengatakan air naik.",
            None,
        ),
    ],
)
def test_an_office_goes_on_over_commas(text: str, role: str | None) -> None:
    """A list inside of a ministry's name, the place behind a body, a second office."""
    speaker = next(one for _, one in resolved(text) if "Ana Quispe" in one.name)
    assert speaker.role == role


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        (
            "Ketua Satgas Banjir-9 Doni Quispe tiba .",
            [("Banjir-9 Doni Quispe", PER)],
            [("Doni Quispe", "PER")],
        ),
        ("Wali Kota Malang Sutarji mengatakan", [("Malang Sutarji", PER)], [("Malang", "LOC"), ("Sutarji", "PER")]),
        (
            "Menteri Desa , Daerah , dan Perairan Abdul Quispe tiba .",
            [("Perairan Abdul Quispe", PER)],
            [("Abdul Quispe", "PER")],
        ),
        (
            "Direktur Bank KUPRA LIMAS Budi Santoso tiba .",
            [("Bank KUPRA", ORG), ("LIMAS Budi Santoso", PER)],
            [("Bank KUPRA", "ORG"), ("Budi Santoso", "PER")],
        ),
        (
            "Direktur Samudraya Heri Quispe tiba . Menurut kami , Heri benar .",
            [("Samudraya Heri Quispe", PER)],
            [("Heri Quispe", "PER"), ("Heri", "PER")],
        ),
        # A name between a local office and who holds it is the place; who has an age is a person.
        (
            "Bupati Luhak Wangi Ahmad Quispe mengatakan",
            [("Luhak Wangi", PER), ("Ahmad Quispe", PER)],
            [("Luhak Wangi", "LOC"), ("Ahmad Quispe", "PER")],
        ),
        (
            "Bupati Wanasari tiba di Kabupaten Wanasari , tulis Wanasari Info .",
            [("Wanasari", LOC), ("Kabupaten Wanasari", LOC), ("Wanasari Info", PER)],
            [("Wanasari", "LOC"), ("Kabupaten Wanasari", "LOC"), ("Wanasari Info", "PER")],
        ),
        ("Sekar Melati ( 46 ) , pedagang , tiba .", [("Sekar Melati", ORG)], [("Sekar Melati", "PER")]),
        ("Nurhayati belum tiba .", [("Nurhayati", ORG)], [("Nurhayati", "PER")]),
        # A person's own first names stay.
        ("Bupati Ahmad Zaki Quispe mengatakan", [("Ahmad Zaki Quispe", PER)], [("Ahmad Zaki Quispe", "PER")]),
        ("Ketua panitia I Gede Quispe tiba .", [("I Gede Quispe", PER)], [("I Gede Quispe", "PER")]),
        ("rapat Kepala Bidang Logistik ramai .", [("Bidang Logistik", PER)], []),
        (
            "bertemu Juliana P Batubara kemarin .",
            [("Juliana", PER), ("Batubara", LOC)],
            [("Juliana P Batubara", "PER")],
        ),
        (
            "Ketua Kamar Dagang dan Industri Lampung Budi Santoso tiba .",
            [("Lampung", LOC), ("Budi Santoso", PER)],
            [("Kamar Dagang dan Industri Lampung", "ORG"), ("Budi Santoso", "PER")],
        ),
    ],
)
def test_a_name_begins_behind_the_office(
    text: str, names: list[tuple[str, EntityType]], expected: list[tuple[str, str]]
) -> None:
    """Words of the office that the recogniser took into the name go back; initials are part of it."""
    assert [found for found in mended(text, *names) if found[0] not in {"Satgas", "Satgas Banjir-9"}] == expected
