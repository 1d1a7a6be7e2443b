"""Source notes, relays, and lines that are no news; ordinary prose beside them."""

from __future__ import annotations

import pytest

from kliping_ingest.domain.layout.noise import is_noise
from kliping_ingest.domain.layout.sources import find_relay, read_source_note
from kliping_shared.contracts import ZoneKind
from tests.unit.text.builders import article_of, words_of

BODY = "Warga desa menanam pohon di tepi sungai karena air sering meluap pada musim hujan, kata kepala desa itu."


@pytest.mark.parametrize(
    ("line", "source"),
    [
        ("Sumber: Tirta, Bilah Press. Diterjemahkan dan diringkas oleh redaksi Arus Balik.", "Tirta"),
        ("Sumber: Kantor Berita Tirta dan liputan Arus Balik", "Kantor Berita Tirta"),
        ("Sumber: Kantor Berita Tirta; Bilah Press", "Kantor Berita Tirta"),
        ("Sumber: St. Bilah Post", "St. Bilah Post"),
        ("Sumber: berbagai sumber", ""),
        ("Sumber: Kantor Berita Tirta (naskah asli berbahasa Inggris)", "Kantor Berita Tirta"),
        ("Sumber: KB Tirta", "Kantor Berita Tirta"),
        ("KANTOR BERITA TIRTA", "KANTOR BERITA TIRTA"),
        ("Naskah ini diolah dari Kantor Berita Tirta dan liputan sendiri.", "Kantor Berita Tirta"),
        ("Kantor Berita Tirta melaporkan hujan abu.", None),
        ("Diolah dari Tirta dan Bilah Press.", "Tirta"),
        ("Diterjemahkan dari Bilah Press oleh redaksi", "Bilah Press"),
        ("(Disarikan dari laman Tirta)", "Tirta"),
        ("Sebagian bahan dari Kabar Bilah.", "Kabar Bilah"),
        ("(Diolah dari berbagai sumber)", ""),
        ("Diolah dari kelapa, minyak itu dijual ke kota.", None),
        ("Disadur dari novel lama, film itu tayang pekan depan.", None),
    ],
)
def test_source_note(line: str, source: str | None) -> None:
    """Of several sources the first is the origin; what the newsroom did with them is none; prose is no note."""
    assert read_source_note(line) == source


@pytest.mark.parametrize(
    ("paragraphs", "medium"),
    [
        (["Harga naik, dilansir Kabar Bilah.", "Warga mengeluh."], "Kabar Bilah"),
        (["Harga naik, dilansir Kabar Bilah.", "Kabar Bilah, dikutip kantor berita Tirta, menyangkal."], None),
        (["Harga naik, dilansir Kabar Bilah.", "Warga mengeluh, dilansir Kabar Bilah."], "Kabar Bilah"),
    ],
)
def test_relays(paragraphs: list[str], medium: str | None) -> None:
    """A report that relays several media was taken from none of them."""
    assert find_relay(paragraphs) == medium


@pytest.mark.parametrize(
    "line",
    [
        "Simak artikel Arus Balik lainnya di Google News.",
        "© Arus Balik. Harga langganan Rp20.000 sebulan.",
        "[MUSIK PENUTUP]",
        "(jeda iklan satu menit)",
        "[Lagu tema 15 detik]",
        "Rubrik Opini & Gagasan",
        "No. 17/HM/V/2024",
        "Tulisan pembaca dikirim ke pembaca@arusbalik.id, paling banyak 500 kata.",
        "Kritik dan saran dapat dikirim lewat surat@arusbalik.id",
        "Arus Balik terbit tiap Kamis. Punya kabar? Kirim ke kabar@arusbalik.id.",
        "Konten ini siaran pers berbayar dari pengirimnya.",
        "Ikuti kanal WhatsApp Arus Balik untuk kabar tercepat.",
        "Langganan Arus Balik edisi cetak? Hubungi agen terdekat.",
        "Berlangganan koran Arus Balik: temui kami di loket iklan.",
        "Baca berita terbaru lewat aplikasi kami.",
        "Dapatkan berita terpilih setiap pagi. Daftar di saluran ArusBalik.com.",
        "Arus Balik dapat dibaca dalam edisi digital mulai pukul 04.30.",
        "Punya pendapat tentang berita ini? Tulis di kolom komentar.",
        "Bagikan halaman ini kepada kerabat Anda.",
        "Halaman ini diperbarui berkala. Muat ulang untuk kabar terbaru.",
        "Wawancara ini telah dipersingkat.",
        "Artikel ini telah disunting agar ringkas.",
        "Berita ini telah diralat pada Selasa malam.",
        "Ralat: jumlah pohon ialah 3.000, bukan 300.",
        "Koreksi redaksi: nama kepala desa ialah Wiryo.",
        "SIARAN PERS Nomor 12/HM/V/2024",
        "UNTUK SEGERA DISIARKAN",
        "Narahubung: Sari Dewi",
        "Narahubung:",
        "Sari Dewi (0812-3456-7890)",
        "Humas: (021) 555123",
        "Telepon: (021) 555123",
        "+62 812 3456 7890",
        "Untuk informasi lebih lanjut, silakan hubungi:",
        "*) Artikel ini telah terbit di Arus Balik edisi Senin.",
        "humas@arusbalik.example.com",
        "-- Selesai --",
        "Warga menanam pohon di tepi sungai. Foto: Sari Dewi",
        "Warga menanam pohon di tepi sungai | Dok. Pemkab Bilah",
        "Warga menanam pohon. (Kredit: Sari Dewi)",
        "Mancanegara",
        "Ekonomi & Bisnis",
    ],
)
def test_furniture(line: str) -> None:
    """Asks, notes of the newsroom, contacts of a release, credits and rubrics are no news."""
    assert is_noise(line)
    article = article_of(f"{BODY}\n{BODY}\n{line}")
    assert words_of(article, ZoneKind.BOILERPLATE) == [line]


@pytest.mark.parametrize(
    "line",
    [
        "[suara tidak jelas] Lalu kami pulang berjalan kaki.",
        "Rubrik surat di koran itu sudah tutup sejak Mei, kata Ratmi.",
        "Ikuti aturan di aplikasi itu, kata polisi.",
        "Baca pesan di WhatsApp itu, ia menangis.",
        "Simak berita di YouTube, kata Ratmi kepada anaknya.",
        "Koran itu bisa dibaca dalam edisi digital sejak dulu.",
        "Hasil seleksi dapat diunduh melalui aplikasi pemerintah.",
        "Siaran pers itu dibagikan kepada wartawan.",
        "Bagikan beras kepada warga, perintah bupati.",
        "Halaman sekolah itu diperbarui warga.",
        "Artikel ini telah lama ditunggu para dosen.",
        "Selesai.",
        "Narahubung posko belum dapat dihubungi.",
        "Tanya: Sampai kapan?",
        "Jawab: Sampai habis.",
        "10.15 WIB",
        "Pukul 11.05 Wita",
        "11.05 WIB: Kapal kedua merapat.",
        "Mengapa penghitungan dihentikan?",
        "Keluhan dapat dikirim ke pengaduan@dinas.go.id, kata Kepala Dinas Sari Dewi.",
        "Menurut Sari Dewi, laporan dikirim ke bantuan@bank.id sebelum pukul lima.",
        "Naskah dikirim ke lomba@dinas.go.id lalu dinilai tiga juri.",
        "Surat pembaca dikirim ke surat@arusbalik.id, maksimal 400 kata, kata Sari Dewi.",
        "(Iklan itu ditarik sejak Senin)",
        "[Lagu itu dinyanyikan warga]",
    ],
)
def test_prose_and_labels_stay_body(line: str) -> None:
    """News sentences with the same words, labels of interviews and times of live pages are body."""
    article = article_of(f"{BODY}\n{line}\n{BODY}")
    assert [zone.kind for zone in article.zones] == [ZoneKind.BODY] * 3


@pytest.mark.parametrize(
    "caption",
    [
        "Warga menanam pohon, Senin. (Arus Balik/Sari Dewi)",
        "Pohon di tepi sungai (Tirta/Budi Raharja)",
        "TIRTA/SARI DEWI",
    ],
)
def test_a_credit_in_brackets_above_the_dateline(caption: str) -> None:
    """A line above the dateline that ends with medium and photographer is a caption; below, it may be a signature."""
    article = article_of(f"Desa Tanam Pohon\n{caption}\nPALU — {BODY}\n{BODY}")
    assert words_of(article, ZoneKind.BOILERPLATE) == [caption]
    assert article.title == "Desa Tanam Pohon"


@pytest.mark.parametrize(
    "title",
    [
        'Ratmi: "Pohon Itu Anak Saya"',
        "Siapa Menanam, Siapa Menebang?",
        "LANGSUNG: SERIBU POHON DI TEPI SUNGAI",
        "BILAH-RAWA BERDAMAI, CAMAT: 3.000 POHON DITANAM",
        "“Kami Tak Mau Banjir Lagi”",
    ],
)
@pytest.mark.parametrize(
    "below",
    [
        "Pewawancara: Sari Dewi\n",
        "ArusBalik.com | Selasa, 7 Mei 2024, 13.42 WIB\n",
        "Bibit dari kebun warga sendiri\nOleh Sari Dewi\n",
        "Bibit dari kebun warga sendiri\nPALU, ARUS BALIK - ",
    ],
)
def test_titles_over_bylines_and_subtitles(title: str, below: str) -> None:
    """A first line without a sentence's end is the title over a byline, a header line or a subtitle."""
    assert article_of(f"{title}\n{below}{BODY}\n{BODY}").title == title


def test_a_letterhead_is_no_title() -> None:
    """Capitals above the head of a press release are its sender; the title stands below."""
    head = "YAYASAN TIRTA NUSANTARA\nSIARAN PERS\nNomor: 12/YT/V/2024\n"
    article = article_of(f"{head}\nDesa Tanam Seribu Pohon\n\nPalu, 7 Mei 2024. {BODY}\n\n{BODY}")
    assert (article.title, article.dateline_place) == ("Desa Tanam Seribu Pohon", "Palu")
    assert "YAYASAN TIRTA NUSANTARA" in words_of(article, ZoneKind.BOILERPLATE)


@pytest.mark.parametrize(
    ("heading", "behind", "furniture"),
    [
        ("Tentang PT Bilah Jaya", "", True),
        ("Tentang PT Bilah Jaya", f"\n\n{BODY}", True),
        ("Tentang Bilah Jaya", "", True),
        ("Tentang Bilah Jaya", "\n\nNarahubung: Sari Dewi", True),
        ("Tentang Bilah Jaya", f"\n\n{BODY}", False),
        ("Tentang harga pohon", "", False),
    ],
)
def test_what_a_release_says_of_its_sender(heading: str, behind: str, furniture: bool) -> None:
    """A heading about a company, or the last one about a name, and its paragraph are no news; a part's heading is."""
    about = "Bilah Jaya menjual bibit sejak 1998."
    article = article_of(f"SIARAN PERS\n\nDesa Tanam Pohon\n\nPalu - {BODY}\n\n{BODY}\n\n{heading}\n\n{about}{behind}")
    marked = " ".join(words_of(article, ZoneKind.BOILERPLATE))
    assert (heading in marked, about in marked) == (furniture, furniture)


@pytest.mark.parametrize(
    ("middle", "end", "origin"),
    [
        ("KB Tirta", f"\n{BODY}", None),
        ("Warga pulang.", "\nKB Tirta", "Kantor Berita Tirta"),
        ("Warga pulang.", "\nKB Tirta\nEditor: Sari Dewi", "Kantor Berita Tirta"),
        ("KB Tirta", "\nHal itu diberitakan kantor berita Tirta.", "Kantor Berita Tirta"),
    ],
)
def test_the_short_form_of_an_agency(middle: str, end: str, origin: str | None) -> None:
    """ "KB Tirta" over a part of the news may be a bank; below the news, or named in full elsewhere, it is an agency."""
    article = article_of(f"Desa Tanam Pohon\n\n{BODY}\n{middle}\n{BODY}{end}")
    assert article.origin == origin
    assert ("KB Tirta" in words_of(article, ZoneKind.SOURCE_NOTE)) == (origin is not None)
