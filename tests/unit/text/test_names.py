"""Title, outlet, author and origin: metadata first, then the text; ordinary prose is never mistaken for them."""

from __future__ import annotations

import pytest

from kliping_ingest.domain.layout.bylines import find_signature, read_byline
from kliping_ingest.domain.layout.dateline import read_dateline
from kliping_ingest.domain.layout.noise import is_noise
from kliping_ingest.domain.layout.sources import read_source_note
from kliping_ingest.domain.media import known_medium, medium_of_url
from kliping_shared.contracts import ZoneKind
from tests.unit.text.builders import article_of, words_of

BODY = "Warga desa menanam pohon di tepi sungai karena air sering meluap pada musim hujan, kata kepala desa itu."

PROSE = [
    "Baca juga buku itu sebelum berangkat, kata dia kepada para murid.",
    "Simak juga penjelasan berikut dari kepala dinas.",
    "Sumber air di desa itu mengering sejak Juli.",
    "Sumber kepolisian mengatakan penyelidikan masih berjalan.",
    "Foto itu diambil pada malam hari, ujar Sarman.",
    "Video itu menyebar luas.",
    "Penulis buku itu meninggal dunia pada usia 70 tahun.",
    "Editor majalah itu mengundurkan diri.",
    "Wartawan dilarang masuk ke ruang sidang.",
    "Laporan wartawan itu membuat warga marah.",
    "Oleh karena itu, warga menolak.",
    "Hak cipta lagu itu menjadi sengketa di pengadilan.",
    "Halaman rumah itu tergenang air.",
    "Iklan itu menuai protes dari warga.",
    "Ikuti aturan, kata polisi.",
    "Dapatkan vaksin segera, imbau dia.",
    "Selanjutnya, warga membersihkan sungai.",
    "Jakarta akan punya taman baru - yang terbesar di Jawa.",
    "Presiden: kami tidak akan menaikkan harga.",
    "TNI - Polri menjaga lokasi itu bersama warga.",
    "Dilarang masuk ke hutan itu tanpa izin, kata Sarman.",
    '"Kita harus maju - bersama," kata dia.',
    "Korupsi itu diselidiki oleh Komisi Pemberantasan Korupsi (KPK).",
    "Ia bekerja di Badan Meteorologi, Klimatologi, dan Geofisika (BMKG)",
    "Harga naik menjadi Rp13.000/kg (per Senin).",
]


@pytest.mark.parametrize("line", PROSE)
def test_prose_is_body(line: str) -> None:
    """A news sentence that begins like page furniture, a byline or a dateline is body all over."""
    article = article_of(f"{BODY}\n{line}\n{BODY}\n{line}")
    assert [zone.kind for zone in article.zones] == [ZoneKind.BODY] * 4
    assert words_of(article, ZoneKind.BODY)[1] == line


@pytest.mark.parametrize("line", [line for line in PROSE if not line.endswith(")")])
def test_prose_is_body_as_first_line(line: str) -> None:
    """The same at the beginning of a text."""
    assert {zone.kind for zone in article_of(f"{line}\n{BODY}").zones} == {ZoneKind.BODY}


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (f"Desa Tanam Pohon di Tepi Sungai\n\n{BODY}", "Desa Tanam Pohon di Tepi Sungai"),
        (f"Desa Tanam Pohon di Tepi Sungai\n{BODY}", "Desa Tanam Pohon di Tepi Sungai"),
        (f"Mengapa desa menanam pohon?\n\n{BODY}", "Mengapa desa menanam pohon?"),
        (f'Kepala Desa: "Kami Menanam Lagi"\n\n{BODY}', 'Kepala Desa: "Kami Menanam Lagi"'),
        (f"17 Desa Tanam Pohon!\n\nGarut - {BODY}", "17 Desa Tanam Pohon!"),
        (f"Jakarta - Bandung Kini Hanya 40 Menit\n\nJakarta - {BODY}", "Jakarta - Bandung Kini Hanya 40 Menit"),
        (f"Rusia: Tidak Ada Rencana Baru\n\nMOSKWA, KOMPAS.com - {BODY}", "Rusia: Tidak Ada Rencana Baru"),
        (f"Desa Tanam Pohon\nOleh: Sari Dewi\n\n{BODY}", "Desa Tanam Pohon"),
        (f"{BODY}\n\n{BODY}", None),
        ("Desa Tanam Pohon", None),
        (f"“Kami menanam pohon,” kata kepala desa.\n{BODY}", None),
        (f"BANDUNG - Warga menanam pohon\n{BODY}", None),
        (f"tanpa huruf besar di awal\n\n{BODY}", None),
    ],
)
def test_title_of_text(text: str, title: str | None) -> None:
    """A short first line without a full stop over prose is the title; a sentence, a quote or a lone line is not."""
    article = article_of(text)
    assert article.title == title
    assert words_of(article, ZoneKind.TITLE) == ([title] if title else [])


def test_title_of_metadata_marks_its_line() -> None:
    """Metadata's title is found again in the text whatever its case, and metadata's spelling is kept."""
    article = article_of(f"DESA TANAM POHON.\n{BODY}", title="Desa  Tanam Pohon")
    assert article.title == "Desa Tanam Pohon"
    assert words_of(article, ZoneKind.TITLE) == ["DESA TANAM POHON."]


def test_title_of_metadata_need_not_stand_in_the_text() -> None:
    """Without its line there is no title zone."""
    article = article_of(BODY, title="Desa Tanam Pohon")
    assert article.title == "Desa Tanam Pohon"
    assert words_of(article, ZoneKind.TITLE) == []


@pytest.mark.parametrize(
    ("metadata", "text", "outlet", "origin"),
    [
        ({"outlet": "kompas.com"}, BODY, "KOMPAS.com", None),
        ({"outlet": "Kabar Teluk"}, f"Garut (ANTARA) - {BODY}", "Kabar Teluk", "ANTARA"),
        ({"url": "https://news.detik.com/a"}, BODY, "detikcom", None),
        ({"url": "https://www.kabarteluk.co.id/a"}, BODY, "kabarteluk.co.id", None),
        ({"url": "https://10.0.0.1/a"}, BODY, None, None),
        ({"url": "http://[::"}, BODY, None, None),
        ({"url": "https://news.detik.com/a"}, f"Garut, KOMPAS.com - {BODY}", "KOMPAS.com", None),
        ({"outlet": "Antara"}, f"Garut (ANTARA) - {BODY}\nPewarta: Antara", "ANTARA", None),
        ({"outlet": "x" * 600}, BODY, None, None),
        ({}, BODY, None, None),
    ],
)
def test_outlet_and_origin(metadata: dict[str, str], text: str, outlet: str | None, origin: str | None) -> None:
    """Metadata names the outlet before the dateline, that before the address; an agency beside it is the origin."""
    article = article_of(text, **metadata)
    assert (article.outlet, article.origin) == (outlet, origin)


@pytest.mark.parametrize(
    ("lead", "origin"),
    [
        ("Harga naik, seperti dikutip Newsweek, Rabu 13 September 2023.", "Newsweek"),
        ("Dilansir dari laman Harian Cakrawala, harga naik.", "Harian Cakrawala"),
        ("Harga naik, demikian dilaporkan kantor berita Xinhua.", "Xinhua"),
        ("Mengutip The New York Times, harga naik.", "The New York Times"),
        ("Harga naik, dilansir dari contohmedia.com.", "contohmedia.com"),
        ("Melansir AFP, Selasa (12/9), harga naik.", "AFP"),
        ("Harga naik, dikutip Kamis (14/9/2023).", None),
        ("Harga naik, seperti dikutip Menteri Perdagangan.", None),
        ("Harga naik, dilansir Kementerian Perdagangan.", None),
        ("Harga naik menurut laporan tahunan.", None),
        ("Dikutip dari akun Instagram miliknya, ia bahagia.", None),
    ],
)
def test_relays_in_the_lead(lead: str, origin: str | None) -> None:
    """The medium that the lead relays is the origin; days, ministries and accounts are none."""
    assert article_of(f"{lead}\n{BODY}").origin == origin


@pytest.mark.parametrize(
    ("author", "expected", "origin"),
    [
        ("Penulis: Sari Dewi", "Sari Dewi", None),
        ("AFP/VOA Indonesia", "AFP/VOA Indonesia", "AFP/VOA Indonesia"),
        ("Sari Dewi/ANTARA", "Sari Dewi/ANTARA", "ANTARA"),
        ("  ", None, None),
    ],
)
def test_author_of_metadata(author: str, expected: str | None, origin: str | None) -> None:
    """The author is cleaned of its label; agencies in it are the origin."""
    article = article_of(BODY, author=author)
    assert (article.author, article.origin) == (expected, origin)


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("Penulis: Sari Dewi", "Sari Dewi"),
        ("Penulis : Sari Dewi | Editor : Budi", "Sari Dewi"),
        ("Reporter/Penulis: Sari Dewi", "Sari Dewi"),
        ("Laporan Wartawan TribunJabar.id, Sari Dewi", "Sari Dewi"),
        ("Laporan wartawan Kompas TV Sari Dewi", "Sari Dewi"),
        ("Oleh Sari Dewi", "Sari Dewi"),
        ("Editor: Budi Santoso", None),
        ("Penerjemah: Budi Santoso", None),
    ],
)
def test_byline(line: str, author: str | None) -> None:
    """The author stands without the label; editors and translators are bylines without an author."""
    byline = read_byline(line)
    assert byline is not None
    assert byline.author == author


@pytest.mark.parametrize(
    "line", ["Selesai. (ant/abc)", "Selesai. (abc)", "Selesai.” [tim/dal]", "Selesai. (*)", "Selesai. ***"]
)
def test_signature(line: str) -> None:
    """Initials behind the last sentence are a signature."""
    assert find_signature(line) is not None


@pytest.mark.parametrize("line", ["Komisi (KPK)", "Selesai (lihat gambar 2).", "Ia pergi. (Dia kembali kemudian)", ""])
def test_no_signature(line: str) -> None:
    """Abbreviations and sentences in brackets are none."""
    assert find_signature(line) is None


@pytest.mark.parametrize(
    ("line", "place", "outlet"),
    [
        ("MOSKWA, KOMPAS.com - Warga", "Moskwa", "KOMPAS.com"),
        ("Seoul (ANTARA) - Warga", "Seoul", "ANTARA"),
        ("BENOA, KOMPAS - Warga", "Benoa", "KOMPAS.com"),
        ("KONTAN.CO.ID - JAKARTA. Warga", "Jakarta", "Kontan"),
        ("JAKARTA--MICOM: Warga", "Jakarta", "Media Indonesia"),
        ("Jakarta, Senin - Warga", "Jakarta", None),
        ("Kabupaten Sleman, DIY – Warga", "Kabupaten Sleman", None),
        ("KabarBaru.com, Garut - Warga", "Garut", "KabarBaru.com"),
        ("SEMARANG, suaramerdeka.com - Warga", "Semarang", "Suara Merdeka"),
        ("XI'AN (Xinhua) -- Warga", "Xi'an", "Xinhua"),
        ("YOGYAKARTA — Warga", "Yogyakarta", None),
    ],
)
def test_dateline(line: str, place: str | None, outlet: str | None) -> None:
    """Places in usual case, media by their usual name, the border where the news begins."""
    dateline = read_dateline(line)
    assert dateline is not None
    assert (dateline.place, dateline.outlet, line[dateline.end :]) == (place, outlet, "Warga")


@pytest.mark.parametrize(
    ("line", "source"),
    [
        ("Sumber: Yonhap-OANA", "Yonhap-OANA"),
        ("(Sumber: reuters)", "Reuters"),
        ("Sumber : Harian Cakrawala", "Harian Cakrawala"),
        ("Sumber: https://www.bbc.com/news/1", "BBC"),
        ("Sumber: istimewa", ""),
        ("Sumber daya alam: warga menolak", None),
    ],
)
def test_source_note(line: str, source: str | None) -> None:
    """The named source by its usual name; "istimewa" names none; prose is no note."""
    assert read_source_note(line) == source


@pytest.mark.parametrize(
    "line",
    [
        "ADVERTISEMENT",
        "Baca Juga : Judul Lain",
        "[Gambas:Video 20detik]",
        "Halaman: 1 2 3",
        "https://example.org/a",
        "* * *",
    ],
)
def test_noise(line: str) -> None:
    """Page furniture is recognised by its line alone."""
    assert is_noise(line)


@pytest.mark.parametrize(
    ("url", "outlet"),
    [("https://megapolitan.kompas.com/x", "KOMPAS.com"), ("https://a.b.sch.id/x", "b.sch.id"), ("mailto:x", None)],
)
def test_medium_of_url(url: str, outlet: str | None) -> None:
    """Sub-domains belong to their outlet; unknown hosts give their own domain."""
    assert medium_of_url(url) == outlet


def test_unknown_media_stay_unknown() -> None:
    """No medium is made up for a word that is none."""
    assert known_medium("Presiden") is None
