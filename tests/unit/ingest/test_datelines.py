"""Datelines of many shapes: where the place and the outlet stand, what is an agency, and where the news begins."""

from __future__ import annotations

import pytest

from kliping_ingest.domain.layout.dateline import read_dateline
from kliping_shared.contracts import ZoneKind
from tests.unit.text.builders import article_of, words_of

BODY = "Warga desa menanam pohon di tepi sungai karena air sering meluap pada musim hujan, kata kepala desa itu."


@pytest.mark.parametrize(
    ("line", "place", "outlet"),
    [
        ("RANTAU BILAH, PELITA BENING — Warga", "Rantau Bilah", "PELITA BENING"),
        ("RANTAU BILAH, ARUS BALIK — Warga", "Rantau Bilah", "ARUS BALIK"),
        ("JAKARTA, ARUS BALIK - Warga", "Jakarta", "ARUS BALIK"),
        ("PALU, ARUS BALIK.- Warga", "Palu", "ARUS BALIK"),
        ("Palu, Radar Bilah – Warga", "Palu", "Radar Bilah"),
        ("Kandangrejo | Pelita Bilah — Warga", "Kandangrejo", "Pelita Bilah"),
        ("PALU, ARUS BALIK | Warga", "Palu", "ARUS BALIK"),
        ("Jakarta, Arus Balik, 12 April 2024 - Warga", "Jakarta", "Arus Balik"),
        ("Palu, ARUSBALIK.com, Jumat (12/4/2024) - Warga", "Palu", "ARUSBALIK.com"),
        ("Harian Bilah, Rantau Bilah — Warga", "Rantau Bilah", "Harian Bilah"),
        ("ARUSBALIK.ID | PALU — Warga", "Palu", "ARUSBALIK.ID"),
        ("PALU - ArusBalik.com - Warga", "Palu", "ArusBalik.com"),
        ("PALU, ARUS BALIK. Warga", "Palu", "ARUS BALIK"),
        ("Palu, ArusBalik.com. Warga", "Palu", "ArusBalik.com"),
        ("Palu, 12 April 2024. Warga", "Palu", None),
        ("Palu, Arus Balik — Warga", "Palu", "Arus Balik"),
        ("Arus Balik, Palu — Warga", "Palu", "Arus Balik"),
        ("PALU (12/4/2024) - Warga", "Palu", None),
        ("Rantau Bilah, 12 April 2024 – Warga", "Rantau Bilah", None),
        ("RANTAU BILAH, RAWA SELATAN - Warga", "Rantau Bilah", None),
        ("Rantau Bilah, Rawa Selatan, 12 April 2024 - Warga", "Rantau Bilah", None),
        ("Washington/Jakarta - Warga", "Washington", None),
        ("ROWASA, Indonesia - Warga", "Rowasa", None),
        ("ROWASA, Indonesia (AP) — Warga", "Rowasa", "AP"),
        ("LONDON, Sept 14 (Reuters) - Warga", "London", "Reuters"),
        ("LONDON, May 3 (Reuters) - Warga", "London", "Reuters"),
        ("WASHINGTON/JAKARTA, ARUS BALIK — Warga", "Washington", "ARUS BALIK"),
    ],
)
def test_place_and_outlet(line: str, place: str | None, outlet: str | None) -> None:
    """An unknown name beside a place is the outlet, unless it sounds like a region; a day makes a name a place."""
    found = read_dateline(line)
    assert found is not None
    assert (found.place, found.outlet, line[found.end :]) == (place, outlet, "Warga")


@pytest.mark.parametrize(
    "line",
    [
        "Jakarta, Ibu Kota Lama — kota yang sepi itu — bersih.",
        "Sari Dewi | Jumat, 12 April 2024",
        "Raden Bilah (6 Juni 1901 – 21 Juni 1970) dikenang warga.",
        "Rantau Bilah | Rawa Selatan",
        "PALU. Warga menanam pohon.",
        "Palu, Donggala, Sigi. Ketiganya terendam.",
        "Ratmi, 12 April 2024. Hari itu ia menanam pohon.",
        "Arus Bilah, Palu — sungai yang sepi itu — bersih.",
        "Ratmi, warga — yang kehilangan rumah — menangis.",
    ],
)
def test_clauses_are_no_dateline(line: str) -> None:
    """Names before a dash or a bar that nothing shows to be a place and a medium are prose."""
    assert read_dateline(line) is None


@pytest.mark.parametrize(
    ("line", "place"),
    [("Arus Balik, Palu - Warga", "Palu"), ("ARUS BALIK, PALU - Warga", "Palu"), ("Arus Balik - Warga", None)],
)
def test_the_outlet_named_elsewhere_is_known_in_the_dateline(line: str, place: str | None) -> None:
    """What rights or channels call the outlet is the outlet in the dateline, too."""
    found = read_dateline(line, ["ArusBalik.com"])
    assert found is not None
    assert (found.place, (found.outlet or "").lower()) == (place, "arus balik")


@pytest.mark.parametrize(
    ("dateline", "closing", "outlet", "origin"),
    [
        ("PALU (TIRTA) - ", "Unduh aplikasi Arus Balik di ponsel Anda.", "Arus Balik", "TIRTA"),
        ("Palu (Tirta) - ", "Hak cipta © Arus Balik 2024", "Arus Balik", "Tirta"),
        ("Palu (Tirta) - ", "Hak cipta © Tirta 2024", "Tirta", None),
        ("PALU (Tirta) - ", "Hak cipta © Tirta. Dimuat kembali oleh Arus Balik dengan izin.", "Arus Balik", "Tirta"),
        ("PALU (ANTARA) - ", "Unduh aplikasi Arus Balik di ponsel Anda.", "Arus Balik", "ANTARA"),
        ("PALU (TIRTA) - ", "Warga pulang.", "TIRTA", None),
        ("PALU, TIRTA - ", "Unduh aplikasi Arus Balik di ponsel Anda.", "TIRTA", None),
    ],
)
def test_an_agency_in_brackets(dateline: str, closing: str, outlet: str, origin: str | None) -> None:
    """A name in brackets is the outlet, or the origin where the lines around the news name another outlet."""
    article = article_of(f"{dateline}{BODY}\n{closing}")
    assert (article.outlet, article.origin) == (outlet, origin)


def test_metadata_makes_the_name_in_brackets_the_origin() -> None:
    """In the article of an outlet that metadata names, another's name in the dateline's brackets is the origin."""
    article = article_of(f"PALU (TIRTA) - {BODY}", outlet="Arus Balik")
    assert (article.outlet, article.origin) == ("Arus Balik", "TIRTA")
    assert article_of(f"PALU (ARUSBALIK.com) - {BODY}", outlet="Arus Balik").origin is None


def test_a_dateline_below_a_subtitle() -> None:
    """A line without a sentence's end between title and dateline hides neither; it stays body."""
    article = article_of(f"Desa Tanam Pohon\nBibit dari kebun warga sendiri\nPALU — {BODY}")
    assert (article.title, article.dateline_place) == ("Desa Tanam Pohon", "Palu")
    assert [zone.kind.value for zone in article.zones] == ["title", "body", "dateline", "body"]


@pytest.mark.parametrize(
    ("above", "place"), [("Sari Dewi - ArusBalik.com\nSenin, 13 Mei 2024 10:00 WIB", "Rantau Bilah"), ("", None)]
)
def test_a_place_that_no_list_holds(above: str, place: str | None) -> None:
    """A name before a dash is a place right below writer and day, elsewhere it may be anything."""
    article = article_of(f"Desa Tanam Pohon\n\n{above}\n\nRantau Bilah - {BODY}")
    assert article.dateline_place == place


@pytest.mark.parametrize(
    "opening", ["Ketua Umum Partai", "Selasa", "Mulanya", "Kini", "Kabar Bilah", "Sari Dewi", "Menteri Sungai"]
)
def test_what_is_no_place_below_the_writer(opening: str) -> None:
    """Offices, days, openers of sentences, media and the writer before a dash are no places."""
    article = article_of(f"Desa Tanam Pohon\n\nOleh: Sari Dewi\n\n{opening} - {BODY}")
    assert article.dateline_place is None
    assert opening in words_of(article, ZoneKind.BODY)[0]


def test_the_outlet_of_the_byline_opens_the_news() -> None:
    """The outlet that the line above names is the outlet before the dash, no place."""
    article = article_of(f"Desa Tanam Pohon\n\nSari Dewi - Tirta Wangi\nSelasa, 7 Mei 2024\n\nTirta Wangi - {BODY}")
    assert (article.outlet, article.dateline_place) == ("Tirta Wangi", None)


def test_a_place_in_a_live_entry_is_not_the_articles() -> None:
    """Behind a time of day a place heads an entry, not the article."""
    assert article_of(f"Langsung: Panen di Tepi Sungai\n\n10.15 WIB\nPALU — {BODY}").dateline_place is None


def test_a_place_before_a_weekday_on_its_own_line() -> None:
    """A newspaper's line of place and day names the place though no list has it; a writer's name is none."""
    text = f"DESA TANAM POHON\nRANTAU BILAH, SENIN (13/5/2024)\n\n{BODY}\n\n{BODY}"
    assert article_of(text).dateline_place == "Rantau Bilah"
    assert article_of(text.replace("RANTAU BILAH, SENIN", "Sari Dewi, Senin")).dateline_place is None
