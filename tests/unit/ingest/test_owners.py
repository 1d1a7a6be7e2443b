"""The outlet as rights, asks of the reader, team names, header lines and signatures name it."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import Any

import pytest

from kliping_ingest.domain.layout.owners import find_owners, find_witness, named_owner
from kliping_ingest.domain.media import same_medium
from tests.unit.text.builders import article_of

BODY = "Warga desa menanam pohon di tepi sungai karena air sering meluap pada musim hujan, kata kepala desa itu."
NEWS = f"Desa Tanam Seribu Pohon\n\n{BODY}\n\nWarga lain menonton dari jembatan."


def lexicon() -> Any:
    return tomllib.loads((files("kliping_ingest") / "lexicon" / "owners.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("phrase", [*lexicon()["reprint"], *lexicon()["before"]])
def test_each_phrase_before_the_outlet(phrase: str) -> None:
    """Every phrase of the lists names the outlet that stands behind it."""
    assert find_owners([f"Lihat {phrase} Arus Balik dengan izin."]) == ("Arus Balik",)


@pytest.mark.parametrize("phrase", lexicon()["before_media"])
def test_each_phrase_before_what_sounds_like_a_medium(phrase: str) -> None:
    """Behind a common word only a site or a name that sounds like a medium is the outlet."""
    assert find_owners([f"{phrase} Radar Bilah lainnya"]) == ("Radar Bilah",)
    assert find_owners([f"{phrase} Timnas Bilah lainnya"]) == ()


@pytest.mark.parametrize("phrase", lexicon()["behind"])
def test_each_phrase_behind_the_outlet(phrase: str) -> None:
    """Every phrase of the list names the outlet that stands before it."""
    assert find_owners([f"Ikuti Arus Balik {phrase} sekarang"]) == ("Arus Balik",)


@pytest.mark.parametrize("word", lexicon()["witness"])
def test_each_word_before_a_site_in_the_news(word: str) -> None:
    """To whose reporters people spoke tells the outlet; two sites tell nothing."""
    assert find_witness([f"Ratmi {word} ArusBalik.com di rumahnya."]) == "ArusBalik.com"
    assert find_witness([f"Ratmi {word} ArusBalik.com dan {word} RadarBilah.id."]) is None


@pytest.mark.parametrize(
    ("line", "outlet"),
    [
        ("Hak cipta © 2024 Arus Balik", "Arus Balik"),
        ("Copyright © Arus Balik 2024. All rights reserved", "Arus Balik"),
        ("Hak cipta dilindungi undang-undang", None),
        ("Ikuti kanal WhatsApp Arus Balik untuk kabar tercepat.", "Arus Balik"),
        ("Bergabunglah dengan saluran WhatsApp ArusBalik.com.", "ArusBalik.com"),
        ("Ikuti Arus Balik di Google News.", "Arus Balik"),
        ("Ikuti kami di Google News.", None),
        ("Unduh aplikasi Arus Balik sekarang.", "Arus Balik"),
        ("Langganan Arus Balik edisi cetak? Hubungi agen terdekat.", "Arus Balik"),
        ("Arus Balik dapat dibaca dalam edisi digital mulai subuh.", "Arus Balik"),
        ("Punya pendapat tentang berita ini? Tulis di kolom komentar ArusBalik.com.", "ArusBalik.com"),
        ("Kirim tanggapan Anda ke redaksi ArusBalik.com.", "ArusBalik.com"),
        ("Kirim tanggapan ke redaksi@arusbalik.com", "arusbalik.com"),
        ("Email: humas@arusbalik.com", None),
        ("Baca juga: Redaksi Radar Bilah Pindah Kantor", None),
        ("Tim Redaksi Arus Balik", "Arus Balik"),
        ("Sumber: Tirta. Diterjemahkan oleh redaksi Arus Balik.", "Arus Balik"),
        ("(ArusBalik.com/Tirta)", "ArusBalik.com"),
        ("(Radar Bilah/Kantor Berita Tirta)", "Radar Bilah"),
        ("(abc/def)", None),
    ],
)
def test_outlet_of_a_line_below_the_news(line: str, outlet: str | None) -> None:
    """Rights, channels, offices and signatures name the outlet; links, press offices and initials do not."""
    assert article_of(f"{NEWS}\n\n{line}").outlet == outlet


@pytest.mark.parametrize(
    ("line", "outlet"),
    [
        ("Arus Balik | Lingkungan", "Arus Balik"),
        ("ArusBalik.com | Jumat, 10 Mei 2024, 13.42 WIB | Oleh Sari Dewi", "ArusBalik.com"),
        ("Sari Dewi, ArusBalik.com", "ArusBalik.com"),
        ("Penulis: Sari Dewi (ArusBalik.com)", "ArusBalik.com"),
        ("Harian Bilah, Jumat, 10 Mei 2024", "Harian Bilah"),
        ("Warta Senja, Radio Gema Bilah, Jumat 10 Mei 2024, 17.00 WIB", "Radio Gema Bilah"),
        ("Arus Balik · Rubrik Surat", "Arus Balik"),
    ],
)
def test_outlet_of_a_line_above_the_news(line: str, outlet: str) -> None:
    """Header lines and bylines name the outlet."""
    assert article_of(f"{line}\n{NEWS}").outlet == outlet


def test_what_people_spoke_to_is_asked_last() -> None:
    """A site in the news tells the outlet only where nothing else does."""
    news = f"{NEWS}\n\n“Kami lega,” kata Ratmi kepada ArusBalik.com."
    assert article_of(news).outlet == "ArusBalik.com"
    assert article_of(f"{news}\n\nUnduh aplikasi Radar Bilah sekarang.").outlet == "Radar Bilah"


@pytest.mark.parametrize(
    ("sentence", "outlet"),
    [
        ("Menurut dokumen yang diperoleh Harian Bilah, tanggul itu retak.", "Harian Bilah"),
        ("Kepala desa menerima Radio Bilah di rumahnya.", "Radio Bilah"),
        ("Ratmi bercerita kepada Harian Bilah.", None),
        ("Ratmi menerima kabar itu dengan lega.", None),
    ],
)
def test_what_a_papers_own_reporters_saw(sentence: str, outlet: str | None) -> None:
    """Whom documents and people came to is the outlet; people also talk to others' papers."""
    assert article_of(f"{NEWS}\n\n{sentence}").outlet == outlet


def test_a_writer_beside_an_outlet_in_lower_case() -> None:
    """Some sites write themselves so."""
    article = article_of(f"Desa Tanam Pohon\n\nSari Dewi - arusbalik\nJumat, 10 Mei 2024 11:42 WIB\n\n{NEWS}")
    assert (article.author, article.outlet) == ("Sari Dewi", "arusbalik")


@pytest.mark.parametrize(
    ("site", "signature", "outlet"),
    [
        ("RADARBILAH.ID", "(Radar Bilah/Kantor Berita Tirta)", "Radar Bilah"),
        ("HARIANBILAH.CO.ID", "(Harian Bilah/Kantor Berita Tirta)", "Harian Bilah"),
        ("RadarBilah.com", "(Radar Bilah/Kantor Berita Tirta)", "RadarBilah.com"),
        ("RADARBILAH.ID", "(Kabar Bilah/Kantor Berita Tirta)", "RADARBILAH.ID"),
    ],
)
def test_a_site_in_the_dateline_has_the_name_that_another_line_spells_out(
    site: str, signature: str, outlet: str
) -> None:
    """A site in capitals over "(Radar Bilah/...)" is Radar Bilah; another's name is not taken."""
    assert article_of(f"BANDUNG, {site} - {BODY}\n\n{BODY}\n\n{signature}").outlet == outlet


@pytest.mark.parametrize(
    ("name", "outlet"),
    [("Tim ArusBalik.com", "ArusBalik.com"), ("Tim Redaksi Arus Balik", "Arus Balik"), ("Sari Dewi", None)],
)
def test_outlet_in_a_teams_name(name: str, outlet: str | None) -> None:
    """A team is named by its outlet, a person is not."""
    assert named_owner(name) == outlet


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("Arus Balik", "ARUSBALIK.com", True),
        ("Harian Arus Balik", "arus-balik.co.id", True),
        ("Antara", "antaranews.com", True),
        ("Arus Balik", "Arus Timur", False),
        ("ANTARA", "Arus Balik", False),
    ],
)
def test_same_medium(left: str, right: str, same: bool) -> None:
    """Spellings of one medium are one, whatever stands before or behind them."""
    assert same_medium(left, right) is same
