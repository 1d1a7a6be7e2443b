"""Reported speech: verbs, markers, chains, sources and where statements end."""

from __future__ import annotations

import pytest

from tests.unit.extract.annotated import Said, said


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("[PER Dewi Lestiani] mengatakan bahwa panen tahun ini gagal.", "mengatakan"),
        ("[PER Dewi Lestiani] mengatakan panen tahun ini gagal.", "mengatakan"),
        ("[PER Dewi Lestiani] menyatakan, panen tahun ini gagal.", "menyatakan"),
        ("[PER Dewi Lestiani] juga menegaskan kembali bahwa panen tahun ini gagal.", "menegaskan"),
        ("[PER Dewi Lestiani] menjelaskan kepada warga di balai desa bahwa panen tahun ini gagal.", "menjelaskan"),
        ("[PER Dewi Lestiani] menilai panen tahun ini gagal.", "menilai"),
        ("Menurut [PER Dewi Lestiani], panen tahun ini gagal.", "Menurut"),
        ("Panen tahun ini gagal, menurut [PER Dewi Lestiani].", "menurut"),
        ("Panen tahun ini gagal, kata [PER Dewi Lestiani].", "kata"),
        ("Namun [PER Dewi Lestiani] mengaku panen tahun ini gagal.", "mengaku"),
        ("Di sisi lain, [PER Dewi Lestiani] mencatat bahwa panen tahun ini gagal.", "mencatat"),
        ("Dalam rapat di [LOC Solo], [PER Dewi Lestiani] mengungkapkan panen tahun ini gagal.", "mengungkapkan"),
        ("[PER Dewi Lestiani], ketua kelompok tani, menyebut panen tahun ini gagal.", "menyebut"),
        ("[PER Dewi Lestiani] (41), warga [LOC Solo], mengeluh bahwa panen tahun ini gagal.", "mengeluh"),
        ("Ketua Kelompok Tani [PER Dewi Lestiani] memastikan panen tahun ini gagal.", "memastikan"),
        ("[PER Dewi Lestiani] mengatakan panen tahun ini gagal, Senin (4/3).", "mengatakan"),
        ("Seperti halnya warga lain, [PER Dewi Lestiani] bilang panen tahun ini gagal.", "bilang"),
        ("[PER Dewi Lestiani] memberikan isyarat bahwa panen tahun ini gagal.", "isyarat"),
    ],
)
def test_finds_reported_clauses(text: str, cue: str) -> None:
    """The statement begins after verb and marker and leaves out time and tail."""
    (claim,) = said(text)
    assert (claim.speaker, claim.kind, claim.cue) == ("Dewi Lestiani", "indirect", cue)
    assert claim.text.lower() == "panen tahun ini gagal"


@pytest.mark.parametrize(
    ("text", "statement"),
    [
        ("[PER Dewi] berjanji akan memperbaiki jembatan.", "akan memperbaiki jembatan"),
        ("[PER Dewi] berjanji untuk datang pada Rabu (5/6).", "untuk datang"),
        ("[PER Dewi] menyebut proyek itu sebagai pemborosan.", "proyek itu sebagai pemborosan"),
        ("[PER Dewi] menyebutnya sebagai pemborosan.", "sebagai pemborosan"),
        ("[PER Dewi] membantah tuduhan makar.", "tuduhan makar"),
        ("[PER Dewi] membantah kabar bahwa ia mundur.", "ia mundur"),
        ("[PER Dewi] mengecam serangan terhadap wartawan.", "serangan terhadap wartawan"),
        ("[PER Dewi] menyatakan dukungan kepada para nelayan.", "dukungan kepada para nelayan"),
        ("[PER Dewi] menyatakan harapannya bahwa kapal segera tiba.", "kapal segera tiba"),
        ("[PER Dewi] menolak anggapan bahwa ia mundur.", "ia mundur"),
        ("[PER Dewi] mempertanyakan mengapa kapal ditahan.", "mengapa kapal ditahan"),
        ("[PER Dewi] dan [PER Joko] sepakat membagi air.", "membagi air"),
        ("[PER Dewi] dan [PER Joko] sepakat mendesak bupati mundur.", "bupati mundur"),
        ("[PER Dewi] menyebut angka: 40 kapal karam.", "40 kapal karam"),
        ("[PER Dewi] mengaku melihat kapal itu karam.", "melihat kapal itu karam"),
        ("[PER Dewi] tidak menampik kapal itu karam.", "kapal itu karam"),
        ("[PER Dewi] mengumbar ancaman untuk “menutup pelabuhan”.", "menutup pelabuhan"),
    ],
)
def test_objects_of_saying(text: str, statement: str) -> None:
    """Promises, labels, denials, blame and nouns of saying have what they govern as their statement."""
    assert [(claim.speaker.split()[0], claim.text) for claim in said(text)] == [("Dewi", statement)]


@pytest.mark.parametrize(
    ("text", "statement"),
    [
        ("[PER Dewi] mengatakan sejak Mei kapal itu bocor.", "sejak Mei kapal itu bocor"),
        ("[PER Dewi] mengatakan saat ini kapal itu bocor.", "saat ini kapal itu bocor"),
        (
            "[PER Dewi] mengatakan pada 2022 kapal itu terbakar, yaitu dua kali.",
            "pada 2022 kapal itu terbakar, yaitu dua kali",
        ),
        ("[PER Dewi] mengatakan untuk menambal kapal, warga beriuran.", "untuk menambal kapal, warga beriuran"),
        ("[PER Dewi] mengatakan saat ditemui di dermaga, kapal itu bocor.", "kapal itu bocor"),
        ("[PER Dewi] mengatakan saat menghadiri rapat desa, kapal itu bocor.", "kapal itu bocor"),
        ("[PER Dewi] mengatakan kepada polisi, kapal itu bocor.", "kapal itu bocor"),
        ("[PER Dewi] mengingatkan para nelayan bahwa kapal itu bocor.", "kapal itu bocor"),
        ("[PER Dewi] memberi tahu para nelayan bahwa kapal itu bocor.", "kapal itu bocor"),
        ("[PER Dewi] memberikan catatan penting bahwa kapal itu bocor.", "kapal itu bocor"),
        ("Kepada wartawan [PER Dewi] mengatakan kapal itu bocor.", "kapal itu bocor"),
        ("Tidak hanya itu, [PER Dewi] mengatakan kapal itu bocor.", "kapal itu bocor"),
        ("[PER Dewi] tidak yakin kapal itu bocor.", "kapal itu bocor"),
    ],
)
def test_where_a_statement_begins(text: str, statement: str) -> None:
    """Behind whom it was said to and how, with what else the clause opens with."""
    assert [(claim.speaker, claim.text) for claim in said(text)] == [("Dewi", statement)]


@pytest.mark.parametrize(
    "text",
    [
        "[PER Dewi] melapor kepada orang tuanya, lalu kepada polisi.",
        "[PER Dewi] mengadu lewat “Lapor Pak Camat”.",
        "[PER Dewi] khawatir dengan ombak, tetapi berlayar.",
        "[PER Dewi] berpesan kepada anaknya, termasuk si bungsu.",
    ],
)
def test_what_a_comma_carries_on_is_no_statement(text: str) -> None:
    """What joins, lists or names behind a verb of saying was not said."""
    assert said(text) == []


@pytest.mark.parametrize(
    ("text", "statement", "cue"),
    [
        ("Kapal itu menurut [PER Dewi] sudah bocor.", "Kapal itu | sudah bocor", "menurut"),
        ("Kapal itu, kata [PER Dewi], bocor.", "Kapal itu | bocor", "kata"),
        ("Kapal itu, [PER Dewi] menambahkan, sudah bocor.", "Kapal itu | sudah bocor", "menambahkan"),
        ("Kapal itu sudah bocor, [PER Dewi] menegaskan.", "Kapal itu sudah bocor", "menegaskan"),
        ("Meski ombak tinggi, menurut [PER Dewi] kapal itu kuat.", "Meski ombak tinggi | kapal itu kuat", "menurut"),
        (
            "Kapal itu ditahan karena, menurut [PER Dewi], muatannya gelap.",
            "Kapal itu ditahan karena | muatannya gelap",
            "menurut",
        ),
        (
            "Penahanan kapal, tutur [PER Dewi], berdasarkan surat camat.",
            "Penahanan kapal | berdasarkan surat camat",
            "tutur",
        ),
        ("Kapal itu, kata [PER Dewi] yang ditemui di dermaga, bocor.", "Kapal itu | bocor", "kata"),
        ("Kapal itu, kata [PER Dewi], ketua panitia, bocor.", "Kapal itu | bocor", "kata"),
        ("Bukan kapal itu, kata [PER Dewi], yang bocor.", "Bukan kapal itu | yang bocor", "kata"),
        ("Paling lambat Mei, kata [PER Dewi], kapal itu ditahan.", "Paling lambat Mei | kapal itu ditahan", "kata"),
        (
            "Kapal itu masih kuat, kata [PER Dewi], layarnya saja yang rusak.",
            "Kapal itu masih kuat | layarnya saja yang rusak",
            "kata",
        ),
        ("Kapal itu ditahan, kata [PER Dewi], bukan disita.", "Kapal itu ditahan | bukan disita", "kata"),
        ("Kapal itu ditahan, begitu kata [PER Dewi].", "Kapal itu ditahan", "begitu"),
    ],
)
def test_statements_around_their_cue(text: str, statement: str, cue: str) -> None:
    """A cue inside a statement splits it, with commas or without."""
    assert [(claim.speaker, claim.text, claim.cue) for claim in said(text)] == [("Dewi", statement, cue)]


@pytest.mark.parametrize(
    "tail",
    [
        "ketua panitia",
        "saat ditemui di dermaga",
        "yang juga ketua panitia",
        "meski ia tidak punya bukti",
        "Senin (4/3)",
        "sambil menunjuk kapal itu",
        "di dermaga lama",
    ],
)
def test_what_tells_of_the_speaker_is_no_second_half(tail: str) -> None:
    """Who the speaker is, where and how belongs to no statement."""
    (claim,) = said(f"Kapal itu sudah ditahan, kata [PER Dewi], {tail}.")
    assert claim.text == "Kapal itu sudah ditahan"


def test_an_office_before_its_name_is_no_statement() -> None:
    """A comma between office and name parts nothing."""
    (claim,) = said("Ketua Kelompok Tani, [PER Dewi] mengatakan, kapal itu bocor.")
    assert claim.text == "kapal itu bocor"


@pytest.mark.parametrize(
    "cue",
    [
        "Hal itu ia sampaikan",
        "Hal tersebut juga [PER Dewi] katakan",
        "Hal itu dikatakannya",
        "Pernyataan itu ia lontarkan",
    ],
)
def test_the_object_voice_takes_up_the_sentence_before(cue: str) -> None:
    """`ia sampaikan` and `disampaikannya` name who said the sentence before."""
    claims = said(f"[PER Dewi] turun dari kapal. Kapal itu sudah bocor. {cue} di dermaga.")
    assert [(claim.speaker, claim.text) for claim in claims] == [("Dewi", "Kapal itu sudah bocor")]


@pytest.mark.parametrize(
    ("text", "statement"),
    [
        ("Pengakuan [PER Dewi] bahwa kapalnya bocor mengejutkan nelayan lain.", "kapalnya bocor"),
        ("Ancaman [PER Dewi] untuk menutup pelabuhan hanya disambut tawa.", "menutup pelabuhan"),
        ("Dalih [PER Dewi]: kapal itu sedang dicat.", "kapal itu sedang dicat"),
        ("Jawaban [PER Dewi] singkat saja: “Kapal itu sedang dicat.”", "Kapal itu sedang dicat"),
        ("Teriakan [PER Dewi], “Kapal itu terbakar!”, terdengar sampai dermaga.", "Kapal itu terbakar!"),
        ("Kata [PER Dewi], kapal itu sedang dicat.", "kapal itu sedang dicat"),
        ("Perhitungan [PER Dewi], kapal itu tiba Kamis.", "kapal itu tiba Kamis"),
        ("Warga menunggu bukti atas klaim [PER Dewi] bahwa kapal tiba, lalu pulang.", "kapal tiba"),
    ],
)
def test_nouns_of_saying_lead_statements(text: str, statement: str) -> None:
    """What somebody's claim, threat, excuse or answer was, without what became of it."""
    assert [(claim.speaker, claim.text) for claim in said(text)] == [("Dewi", statement)]


@pytest.mark.parametrize(
    "text",
    [
        "Janji [PER Dewi], yang diucapkan tahun lalu, belum terwujud.",
        "Janji [PER Dewi], ketua koperasi, belum terwujud.",
        "Keluhan [PER Dewi], ketua koperasi, sampai ke bupati.",
        "Nilainya: tiga perahu.",
        "[PER Dewi] dan [PER Joko] saling menuduh curang.",
        "Dalam bukunya, “Perahu Kertas Ibu”, ia mengulas tiga kapal.",
    ],
)
def test_nouns_of_saying_alone_say_nothing(text: str) -> None:
    """A promise that is only talked about, and a title in quote marks, are no statements."""
    assert said(text) == []


@pytest.mark.parametrize(
    ("text", "kind", "statement"),
    [
        (
            "[PER Dewi] mengatakan pajak itu “sangat berat” bagi petani.",
            "mixed",
            "pajak itu “sangat berat” bagi petani",
        ),
        ("[PER Dewi] mengatakan “sangat berat” membayar pajak itu.", "mixed", "“sangat berat” membayar pajak itu"),
        ("Pajak itu “sangat berat”, kata [PER Dewi].", "mixed", "Pajak itu “sangat berat”"),
        ("[PER Dewi] menyebutnya “lelucon buruk”.", "mixed", "lelucon buruk"),
    ],
)
def test_partial_quotes_are_mixed(text: str, kind: str, statement: str) -> None:
    """Reported words with quoted parts are mixed; an inner quote keeps its marks."""
    (claim,) = said(text)
    assert (claim.kind, claim.text) == (kind, statement)


@pytest.mark.parametrize(
    ("text", "statements"),
    [
        (
            "[PER Dewi] mengatakan bahwa panen gagal dan menambahkan bahwa harga naik.",
            ["panen gagal", "harga naik"],
        ),
        ("[PER Dewi] mengatakan panen gagal, sembari mengingatkan bahwa hama datang.", ["panen gagal", "hama datang"]),
        ("“Panen gagal,” kata [PER Dewi], menambahkan bahwa harga naik.", ["Panen gagal", "harga naik"]),
        ("“Panen gagal,” kata [PER Dewi] dan mencatat bahwa harga naik.", ["Panen gagal", "harga naik"]),
    ],
)
def test_chained_verbs_share_their_speaker(text: str, statements: list[str]) -> None:
    """A second verb without a subject goes on with the first speaker and ends the first statement."""
    assert [(claim.speaker, claim.text) for claim in said(text)] == [("Dewi", text_) for text_ in statements]


@pytest.mark.parametrize(
    ("text", "via"),
    [
        ("[PER Dewi] mengatakan bahwa panen gagal, menurut [ORG Kantor Berita Mentari].", "Kantor Berita Mentari"),
        ("[PER Dewi] mengatakan bahwa panen gagal, dilansir [ORG Mentari].", "Mentari"),
        ("Dilansir dari laman [ORG Mentari], [PER Dewi] mengatakan bahwa panen gagal.", "Mentari"),
        ("[PER Dewi] mengatakan bahwa panen gagal, seperti dikutip dari [ORG Mentari].", "Mentari"),
        ("[PER Dewi] mengatakan bahwa panen gagal, lapor media pemerintah.", "media pemerintah"),
    ],
)
def test_a_second_source_relays(text: str, via: str) -> None:
    """Who passed an attributed statement on is `via`, not another speaker."""
    assert said(text) == [Said("Dewi", "indirect", "mengatakan", "panen gagal", via=via)]


@pytest.mark.parametrize(
    ("text", "statement"),
    [
        (
            "Kondisi pasar itu, kata [PER Dewi], membuat pedagang rugi besar.",
            "Kondisi pasar itu | membuat pedagang rugi besar",
        ),
        ("Hak melaut itu, kata [PER Dewi], hanya tulisan.", "Hak melaut itu | hanya tulisan"),
        ("Kapal yang karam, kata [PER Dewi], sudah ditarik.", "Kapal yang karam | sudah ditarik"),
        ("Jika angin reda, kata [PER Dewi], kapal berangkat.", "Jika angin reda | kapal berangkat"),
        ("Kapal sudah ditarik, kata [PER Dewi], membantu nelayan lain.", "Kapal sudah ditarik"),
        ("Di tengah badai, kata [PER Dewi], kapal harus berlabuh.", "Di tengah badai | kapal harus berlabuh"),
        ("Di tengah badai, kata [PER Dewi], ketua koperasi, di dermaga.", "Di tengah badai"),
        ("Bantuan berupa jala, kata [PER Dewi], akan dibagikan.", "Bantuan berupa jala | akan dibagikan"),
        ("Tidak hanya jala, kata [PER Dewi], jangkar juga hilang.", "Tidak hanya jala | jangkar juga hilang"),
        ("Jala itu, kata [PER Dewi], untuk nelayan muda.", "Jala itu | untuk nelayan muda"),
        ("Jala itu, kata [PER Dewi] di dermaga, sudah robek.", "Jala itu | sudah robek"),
        ("Catatan rumah sakit, kata [PER Dewi], sudah hilang.", "Catatan rumah sakit | sudah hilang"),
        ("Hal yang berat, kata [PER Dewi], nelayan tidak melaut.", "Hal yang berat | nelayan tidak melaut"),
        ("Jala sudah robek, kata [PER Dewi], dan jangkar hilang.", "Jala sudah robek | dan jangkar hilang"),
        ("Jala sudah robek, kata [PER Dewi], dan pergi ke dermaga.", "Jala sudah robek"),
        ("Pemerintah, kata [PER Dewi], meminta nelayan menunggu.", "Pemerintah | meminta nelayan menunggu"),
    ],
)
def test_an_interrupted_clause_is_one_claim(text: str, statement: str) -> None:
    """A cue between subject and verb, or between clause and main clause, leaves two spans of one statement."""
    (claim,) = said(text)
    assert claim.text == statement


@pytest.mark.parametrize(
    "text",
    [
        "[PER Dewi] tidak mengatakan bahwa panen gagal.",
        "[PER Dewi] belum mengumumkan bahwa panen gagal.",
        "[PER Dewi] membeli beras dan sayur di pasar.",
        "[PER Dewi] akan menyampaikan bahwa panen gagal.",
        "Dengan kata lain, panen gagal.",
        "Pada tahun depan, nilainya diperkirakan naik.",
        "[PER Dewi] mengatakan hal senada.",
        # Cut off behind its source.
        "Hujan reda. Menurut dia,",
        "Hujan reda. Menurut [PER Budi],",
    ],
)
def test_what_nobody_said_is_no_claim(text: str) -> None:
    """Denied and future saying, and sentences without saying, give nothing."""
    assert said(text) == []


def test_a_reported_opinion_inside_a_statement_is_not_cut_off() -> None:
    """A verb of opinion whose subject is the speaker's own pronoun belongs to the statement."""
    (claim,) = said("[PER Dewi] mengatakan bahwa ia berharap hujan segera turun.")
    assert claim.text == "ia berharap hujan segera turun"


def test_relative_clauses_say_too() -> None:
    """`X yang menyatakan bahwa ...` is said by X."""
    (claim,) = said("Polisi memeriksa saksi yang menyatakan bahwa kapal itu kosong.")
    assert (claim.speaker, claim.text) == ("saksi", "kapal itu kosong")


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("[ORG Badan Air, Tanah, dan Benih] ([ORG BATB]) menyatakan hujan reda.", "BATB"),
        ("[ORG Badan Air, Tanah, dan Benih] menyatakan hujan reda.", "Badan Air, Tanah, dan Benih"),
        ("[ORG Dinas Pengairan] (DP) menyatakan hujan reda.", "Dinas Pengairan"),
    ],
)
def test_bodies_speak_under_names_with_commas_and_brackets(text: str, speaker: str) -> None:
    """A comma inside a name cuts nothing, and a bracket behind it is stepped over."""
    assert [claim.text for claim in said(text)] == ["hujan reda"]
    assert said(text)[0].speaker in {speaker, "Badan Air, Tanah, dan Benih"}
