"""Bylines, contributions, header lines with times, and signatures in forms beyond "Penulis: name"."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from kliping_ingest.domain.layout.bylines import find_signature, read_byline
from kliping_ingest.domain.layout.headers import read_header
from kliping_shared.contracts import DateSource, ZoneKind
from tests.unit.text.builders import article_of, words_of

BODY = "Warga desa menanam pohon di tepi sungai karena air sering meluap pada musim hujan, kata kepala desa itu."
NEWS = f"{BODY}\n\nWarga lain menonton dari jembatan."


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("Pewawancara: Sari Dewi", "Sari Dewi"),
        ("Laporan: Sari Dewi", "Sari Dewi"),
        ("Jurnalis: Sari Dewi", "Sari Dewi"),
        ("Oleh: dr. Sari Dewi, Sp.B.", "dr. Sari Dewi, Sp.B."),
        ("Ditulis oleh Sari Dewi", "Sari Dewi"),
        ("Disunting oleh Budi Raharja", None),
        ("Diterjemahkan oleh Budi Raharja", None),
        ("Laporan tambahan oleh Budi Raharja", None),
        ("Oleh Sari Dewi dan Budi Raharja", "Sari Dewi dan Budi Raharja"),
        ("Oleh Sari Dewi dan tim | Selasa, 7 Mei 2024", "Sari Dewi"),
        ("Oleh Sari Dewi, 7 Mei 2024", "Sari Dewi"),
        ("Penulis: Sari Dewi; Editor: Budi Raharja", "Sari Dewi"),
        ("Penulis: Sari Dewi, Editor: Budi Raharja", "Sari Dewi"),
        ("(Penulis: Sari Dewi/Editor: Budi Raharja)", "Sari Dewi"),
        ("Penulis: Sari Dewi (ArusBalik.com)", "Sari Dewi"),
        ("Tim liputan: Sari Dewi, Budi, dan Tono", "Sari Dewi, Budi, dan Tono"),
        ("Tim Redaksi Arus Balik", "Tim Redaksi Arus Balik"),
        ("Sari Dewi turut berkontribusi dalam laporan ini.", None),
        ("Sari Dewi (Palu) dan Budi Raharja berkontribusi dalam penulisan artikel ini", None),
        ("Sari Dewi di Palu ikut menyumbang laporan ini. Disunting Budi Raharja.", None),
        ("Oleh Redaksi — Selasa, 7 Mei 2024", "Redaksi"),
        ("Sari Dewi, ArusBalik.com", "Sari Dewi"),
        ("By Sari Dewi", "Sari Dewi"),
        ("By Sari Dewi and Budi Raharja", "Sari Dewi and Budi Raharja"),
        ("By Sari Dewi, Budi Raharja and Tono Usman", "Sari Dewi, Budi Raharja and Tono Usman"),
        ("(Reporting by Sari Dewi; Editing by Budi Raharja)", "Sari Dewi"),
        ("(Editing by Budi Raharja)", None),
        ("Dipandu Sari Dewi", "Sari Dewi"),
        ("Penyiar: Budi Raharja. Reporter: Sari Dewi.", "Sari Dewi"),
        ("PENULIS: SARI DEWI", "SARI DEWI"),
        ("PENULIS: dr. Sari Dewi", "dr. Sari Dewi"),
        ("PENULIS: sari dewi", "sari dewi"),
        ("EDITOR: tim redaksi", None),
        ("Reporter: Sari Dewi. Grafis: Tomo Wals", "Sari Dewi"),
    ],
)
def test_byline(line: str, author: str | None) -> None:
    """The line is a byline; its author stands without label, day, team, site and editor."""
    found = read_byline(line)
    assert found is not None
    assert found.author == author


@pytest.mark.parametrize(
    "line",
    [
        "Laporan: tiga puluh rumah terendam dan sawah gagal panen.",
        "Oleh: karena itu, warga menolak.",
        "Warga berkontribusi dalam pembangunan desa ini.",
        "Oleh warga desa, 7 Mei 2024 dikenang sebagai hari banjir.",
        "Palu, ArusBalik.com",
        "(Warga desa itu menolak)",
        "By Monday the water had gone.",
        "REPORTER: Ya, kami sudah tiba di tepi sungai.",
        "PENYIAR: Dan soal bibit?",
        "Dipandu warga desa, rombongan itu naik ke bukit.",
        "(Reporting by phone was slow)",
    ],
)
def test_prose_is_no_byline(line: str) -> None:
    """Sentences behind a label's word name no writer."""
    assert read_byline(line) is None


def test_a_name_between_title_and_day_is_the_writer() -> None:
    """A name by itself is a byline only right above the day of publication."""
    article = article_of(f"Desa Tanam Pohon\nSari Dewi\nSelasa, 7 Mei 2024\n{NEWS}")
    assert (article.author, article.title) == ("Sari Dewi", "Desa Tanam Pohon")
    assert words_of(article, ZoneKind.BYLINE) == ["Sari Dewi"]
    assert article_of(f"Desa Tanam Pohon\nBambu Kuning\n{NEWS}").author is None
    article = article_of(f"Desa Tanam Pohon\nSari Dewi - Arus Balik\nSelasa, 7 Mei 2024\n{NEWS}")
    assert (article.author, article.outlet) == ("Sari Dewi", "Arus Balik")


def test_a_name_behind_laporan() -> None:
    """ "Laporan" without a colon names the writer above an editor or the day, not in a title."""
    article = article_of(f"Desa Tanam Pohon\nLaporan Sari Dewi\nEditor: Budi\nSelasa, 7 Mei 2024\n\n{NEWS}")
    assert article.author == "Sari Dewi"
    assert words_of(article, ZoneKind.BYLINE) == ["Laporan Sari Dewi", "Editor: Budi"]
    assert article_of(f"Laporan Keuangan Desa\nSelasa, 7 Mei 2024\n\n{NEWS}").title == "Laporan Keuangan Desa"


@pytest.mark.parametrize(("outlet", "origin"), [("Arus Balik", "Kabar Bilah"), ("KabarBilah.com", None), (None, None)])
def test_a_medium_beside_initials_is_the_origin_in_anothers_article(outlet: str | None, origin: str | None) -> None:
    """ "(Kabar Bilah/abc)" tells the origin where the outlet is another, else the outlet."""
    article = article_of(f"Desa Tanam Pohon\n\n{NEWS}\n\n(Kabar Bilah/abc)", outlet=outlet)
    assert (article.outlet, article.origin) == (outlet or "Kabar Bilah", origin)


def test_a_starred_note_about_the_author() -> None:
    """A starred line that begins with the author's name is a byline; other items of a list are body."""
    note = "* Sari Dewi adalah pengajar di Institut Bilah."
    item = "* Sungai Bilah adalah sungai terpanjang di sana."
    article = article_of(f"Menanam Pohon\nOleh Sari Dewi*\n\n{NEWS}\n{item}\n{note}")
    assert words_of(article, ZoneKind.BYLINE) == ["Oleh Sari Dewi*", note]
    assert item in words_of(article, ZoneKind.BODY)


def test_a_site_by_itself_is_the_outlet() -> None:
    """A line with nothing but a site's address names the outlet."""
    article = article_of(f"ArusBalik.com\nDesa Tanam Pohon\n\n{NEWS}")
    assert (article.outlet, article.title) == ("ArusBalik.com", "Desa Tanam Pohon")


@pytest.mark.parametrize(
    ("line", "kind", "author", "outlet"),
    [
        ("ArusBalik.com | Selasa, 7 Mei 2024, 13.42 WIB | Oleh Sari Dewi", "byline", "Sari Dewi", "ArusBalik.com"),
        ("Sari Dewi | Arus Balik | Selasa, 7 Mei 2024 | 07.05 WITA", "byline", "Sari Dewi", "Arus Balik"),
        ("Sari Dewi • 7 Mei 2024 • 3 menit baca", "byline", "Sari Dewi", None),
        ("Sari Dewi - Arus Balik | Selasa, 7 Mei 2024 07:15 WIB", "byline", "Sari Dewi", "Arus Balik"),
        ("Sari Dewi, KabarBilah.com | Selasa, 07 Mei 2024", "byline", "Sari Dewi", "KabarBilah.com"),
        ("Laporan Wartawan Radar Bilah, Sari Dewi | Selasa, 7/5/2024", "byline", "Sari Dewi", "Radar Bilah"),
        ("Oleh: Sari Dewi, Jurnal Bilah | Selasa, 7 Mei 2024", "byline", "Sari Dewi", "Jurnal Bilah"),
        ("Radar Bilah | Selasa, 7 Mei 2024", "dateline", None, "Radar Bilah"),
        ("Radar Bilah | Nasional", "boilerplate", None, "Radar Bilah"),
    ],
)
def test_header(line: str, kind: str, author: str | None, outlet: str | None) -> None:
    """A line of several parts is a byline where it names people, else a dateline with a day, else furniture."""
    header = read_header(line)
    assert header is not None
    assert (header.kind.value, header.byline.author, header.byline.outlet) == (kind, author, outlet)


@pytest.mark.parametrize(
    "line",
    [
        "10.15 WIB | PALU",
        "Warga menanam | air surut | panen tiba",
        "Sari Dewi | Budi Raharja",
        "Nasional | Daerah",
        "a | b",
    ],
)
def test_no_header(line: str) -> None:
    """Parts that tell too little, or more than headers do, make no header."""
    assert read_header(line) is None


@pytest.mark.parametrize(
    ("line", "moment"),
    [
        ("Selasa, 7 Mei 2024 | 00.05 WIB", "2024-05-06T17:05:00+00:00"),
        ("Selasa, 7 Mei 2024 - 13:42 WITA", "2024-05-07T05:42:00+00:00"),
        ("Palu, 7 Mei 2024 13.42 Wita", "2024-05-07T05:42:00+00:00"),
        ("Oleh: Sari Dewi | Selasa, 7 Mei 2024, 06.40 WIT", "2024-05-06T21:40:00+00:00"),
        ("Oleh Sari Dewi, 7 Mei 2024", "2024-05-06T17:00:00+00:00"),
        ("ArusBalik.com | Selasa, 7 Mei 2024, 13.42 WIT | Oleh Sari Dewi", "2024-05-07T04:42:00+00:00"),
        ("Sari Dewi | 7 Mei 2024 | 10:00 WITA", "2024-05-07T02:00:00+00:00"),
    ],
)
def test_moment_of_publication(line: str, moment: str) -> None:
    """The time and zone beside the day are kept; a day alone is midnight in WIB."""
    article = article_of(f"Desa Tanam Pohon\n{line}\n\n{NEWS}")
    assert article.published_at is not None
    assert (article.published_at.astimezone(UTC), article.date_source) == (
        datetime.fromisoformat(moment),
        DateSource.DATELINE,
    )


def test_a_day_ahead_is_still_refused() -> None:
    """A header's day after the drop is noted, and the text asked."""
    article = article_of(f"Desa Tanam Pohon\nSari Dewi | 27 Mei 2024 | 10:00 WITA\n\n{NEWS}")
    assert article.date_source is DateSource.DROP_TIME
    assert len(article.notes) == 1


@pytest.mark.parametrize(
    ("line", "news", "agency", "outlet"),
    [
        ("(Radar Bilah/Kantor Berita Tirta)", "", "Kantor Berita Tirta", "Radar Bilah"),
        ("(TRT1/LAK)", "kata dia kepada kantor berita TRT1.", "TRT1", None),
        ("(TRT1/LAK)", "kata dia kepada warga.", None, None),
        ("Selesai. (sd/KB Tirta)", "", "Kantor Berita Tirta", None),
        ("Selesai. (KB Tirta)", "", "Kantor Berita Tirta", None),
        ("(ArusBalik.com/Tirta)", "Tirta mewartakan air surut.", "Tirta", "ArusBalik.com"),
        ("(ArusBalik.com/Tirta)", "Sungai Tirta meluap.", "ArusBalik.com", "ArusBalik.com"),
        ("(Kabar Bilah/abc)", "", "Kabar Bilah", "Kabar Bilah"),
        ("(Sari Dewi)***", "", None, None),
        ("Selesai. (Sari Dewi)", "", None, None),
        ("(abc/def)", "dikutip abc", None, None),
    ],
)
def test_signature(line: str, news: str, agency: str | None, outlet: str | None) -> None:
    """In a signature stands an agency where it is called so, or where the news relays it; initials are nobody's."""
    found = find_signature(line, news)
    assert found is not None
    assert (found.agency, found.outlet) == (agency, outlet)


@pytest.mark.parametrize("line", ["Ia anggota Dewan Kota (Dewan Sungai Bilah)", "Selesai. (Ia pulang kemudian)"])
def test_no_signature(line: str) -> None:
    """A name in brackets inside a sentence, and a sentence in brackets, are prose."""
    assert find_signature(line) is None


@pytest.mark.parametrize(
    ("signature", "kind"),
    [
        ("(Arus Balik/Kantor Berita Tirta)", ZoneKind.SOURCE_NOTE),
        ("(Kabar Bilah/abc)", ZoneKind.SOURCE_NOTE),
        ("(Arus Balik/abc)", ZoneKind.BYLINE),
        ("(abc/def)", ZoneKind.BYLINE),
        ("(Sari Dewi)***", ZoneKind.BYLINE),
    ],
)
def test_a_signature_that_names_a_source_is_a_source_note(signature: str, kind: ZoneKind) -> None:
    """On a line of its own a signature with another medium's name tells the source, else the writers."""
    article = article_of(f"PALU, ARUS BALIK - {NEWS}\n\n{signature}")
    assert words_of(article, kind) == [signature]


def test_a_whole_name_in_a_signature_is_the_author() -> None:
    """A writer's name in brackets below the news is the author where no byline names another."""
    assert article_of(f"{NEWS}\n\n(Sari Dewi)***").author == "Sari Dewi"
    assert article_of(f"Penulis: Budi Raharja\n{NEWS}\n\n(Sari Dewi)").author == "Budi Raharja"
