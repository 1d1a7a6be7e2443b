"""What a statement denies, and opposites."""

from __future__ import annotations

import pytest

from kliping_link.domain.polarity import denial, opposed, opposing_words, oppositions


@pytest.mark.parametrize(
    ("text", "inside", "outside"),
    [
        ("gudang itu tidak terbakar, tetapi pagarnya roboh", {"gudang", "bakar"}, {"pagar", "roboh"}),
        ("pagarnya roboh karena tiangnya belum dipasang", {"tiang", "pasang"}, {"pagar", "roboh"}),
        ("tidak kurang dari 12 orang tewas", set(), {"orang", "tewas"}),
        ("tak lebih dari 12 orang tewas", set(), {"orang", "tewas"}),
        ("ia bukan hanya pengawas, ia juga pembeli", set(), {"awas", "beli"}),
        ("pagarnya roboh bila tiangnya tidak dipasang", set(), {"pagar", "tiang", "pasang"}),
    ],
)
def test_a_negation_reaches_as_far_as_its_clause(text: str, inside: set[str], outside: set[str]) -> None:
    """Predicate and subject up to the mark or word that begins another clause; 'bukan hanya' denies nothing."""
    found = denial(text, denied=False).scope
    assert inside <= found
    assert outside.isdisjoint(found)


def test_a_denying_cue_turns_the_words_round() -> None:
    """'Membantah gudang terbakar' denies the fire; 'membantah gudang tidak terbakar' does not."""
    assert "gudang" in denial("gudang terbakar", denied=True).scope
    assert "gudang" not in denial("gudang tidak terbakar", denied=True).scope


def test_which_thing_is_meant_is_not_what_is_denied() -> None:
    """'Yang belum menerima' tells who; that it denies is known, so that the same in other words does not contradict it."""
    found = denial("pemilik yang belum menerima ganti rugi menuntut", denied=False)
    assert found.focus == set()
    assert "terima" in found.scope


def test_a_denial_turns_on_what_stands_behind_auxiliaries() -> None:
    """'Tidak akan pernah dibuka' turns on the opening."""
    assert denial("gudang itu tidak akan pernah dibuka", denied=False).focus == {"buka"}


@pytest.mark.parametrize(
    ("mine", "theirs", "told"),
    [
        ("seluruh pengungsi menerima selimut", "hanya pengungsi anak menerima selimut", {"scope"}),
        ("harga cabai naik", "harga cabai turun", {"polarity"}),
        ("harga cabai naik lalu turun", "harga cabai turun", set()),
        ("harga cabai naik", "cabai melonjak", set()),
    ],
)
def test_opposites(mine: str, theirs: str, told: set[str]) -> None:
    """All against some, up against down; who has both opposes neither."""
    assert {one for one, _, _ in opposed(opposing_words(mine), opposing_words(theirs))} == told
    assert {one for one, _, _ in opposed(opposing_words(theirs), opposing_words(mine))} == told


#: Of each row of the lexicon, in its order, a pair of wordings that oppose each other.
OPPOSED = (
    ("semua gudang terendam", "sebagian gudang terendam"),
    ("ditutup selamanya", "ditutup sementara"),
    ("iuran wajib", "iuran sukarela"),
    ("parkir gratis", "parkir berbayar"),
    ("produksi meningkat", "produksi menurun"),
    ("koperasi untung", "koperasi merugi"),
    ("timnya menang", "timnya kalah"),
    ("nelayan selamat", "nelayan tewas"),
    ("warga mendukung pasar baru", "warga menentang pasar baru"),
    ("pintu air dibuka", "pintu air ditutup"),
    ("kapal masuk", "kapal keluar"),
    ("jalan normal", "jalan lumpuh"),
    ("arus cepat", "arus lambat"),
    ("stok mencukupi", "stok langka"),
    ("uji coba berhasil", "uji coba gagal"),
    ("proyek dilanjutkan", "proyek dihentikan"),
    ("bupati hadir", "bupati absen"),
    ("kabar itu benar", "kabar itu bohong"),
    ("kebakaran disengaja", "karena kelalaian"),
    ("sopir ditahan", "sopir dibebaskan"),
    ("ia bersalah", "ia bebas"),
    ("aturan dicabut", "aturan dipertahankan"),
    ("masker wajib", "masker dilarang"),
    ("berjualan boleh", "berjualan dilarang"),
    ("ombak tinggi", "ombak rendah"),
    ("rupiah menguat", "rupiah melemah"),
    ("kontrak diperpanjang", "kontrak dipersingkat"),
    ("hasilnya positif", "hasilnya negatif"),
    ("tambang resmi", "tambang liar"),
    ("sapi sehat", "sapi sakit"),
    ("lampu menyala", "lampu padam"),
    ("kereta terlambat", "kereta tepat waktu"),
    ("ponsel ditemukan", "ponsel hilang"),
    ("pasar selesai", "pasar mangkrak"),
    ("gudang utuh", "gudang roboh"),
    ("tim putri lolos", "tim putri tersingkir"),
    ("pasar sepi", "pasar ramai"),
    ("waduk penuh", "waduk kosong"),
    ("cabai murah", "cabai mahal"),
    ("aturan menguntungkan nelayan", "aturan merugikan nelayan"),
    ("pabrik mematuhi aturan", "pabrik melanggar aturan"),
    ("aksi tertib", "aksi ricuh"),
    ("panitia jujur", "panitia curang"),
    ("air sungai bersih", "air sungai tercemar"),
    ("solar tersedia", "solar habis"),
    ("lalu lintas lancar", "lalu lintas macet"),
    ("pompa berfungsi", "pompa mati"),
    ("lurah dilantik", "lurah dicopot"),
    ("pelatih bertahan", "pelatih mundur"),
    ("keadaannya membaik", "keadaannya memburuk"),
    ("lukanya ringan", "lukanya berat"),
    ("truk sering lewat", "truk jarang lewat"),
    ("ijazah asli", "ijazah palsu"),
    ("longsor alami", "longsor buatan"),
    ("air surut", "air meluap"),
    ("ketegangan mereda", "ketegangan memanas"),
    ("perundingan mencapai sepakat", "perundingan buntu"),
    ("mereka pindah sukarela", "mereka pindah dipaksa"),
    ("isinya rahasia", "isinya diumumkan"),
    ("denda maksimal", "denda minimal"),
    ("langkah itu dipuji", "langkah itu dikecam"),
    ("nelayan bersedia pindah", "nelayan enggan pindah"),
    ("dibayar sekaligus", "dibayar bertahap"),
    ("pintu selalu dijaga", "pintu kadang dijaga"),
)


@pytest.mark.parametrize(("row", "pair"), list(enumerate(OPPOSED)))
def test_each_row_of_opposites(row: int, pair: tuple[str, str]) -> None:
    """Words of one side here, of the other there."""
    (mine, theirs), (told, left, right) = map(opposing_words, pair), oppositions()[row]
    assert mine & left
    assert theirs & right
    assert told in [one for one, _, _ in opposed(mine, theirs)]


def test_every_row_is_tested() -> None:
    """A new row asks for a pair."""
    assert len(OPPOSED) == len(oppositions())


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        ("ia berbicara tentang pasar baru", "warga mendukung pasar baru"),
        ("jumlah warga 40", "seluruh warga 40"),
        ("pencuri itu melakukan dua kali", "aturan dicabut dua kali"),
        ("tingkat harga cabai", "harga cabai turun"),
        ("terima kasih kepada petani", "petani menolak"),
        ("ia menambahkan harga cabai stabil", "harga cabai turun"),
    ],
)
def test_opposing_words_like_stem_oppose_nothing(mine: str, theirs: str) -> None:
    """'Tentang' is about, not against; who adds to what he says tells of no rise."""
    assert not opposed(opposing_words(mine), opposing_words(theirs))
