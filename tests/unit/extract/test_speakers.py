"""Speakers are resolved over names, short forms, offices, pronouns, joint and unnamed phrases."""

from __future__ import annotations

import pytest

from tests.unit.extract.annotated import resolved, said


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("Air naik dua meter, menurut data yang dirilis [ORG Dinas Air], Senin.", ["Dinas Air"]),
        ("Menurut laporan yang diterbitkan oleh [ORG Dinas Air], air naik dua meter.", ["Dinas Air"]),
        ("[PER Ana Quispe] alias [PER Rosa Lima] mengatakan air naik.", ["Ana Quispe"]),
        (
            "[PER Agus Prayogo] mengatakan air naik. [PER Prayogo] menambahkan bahwa pintu air dibuka.",
            ["Agus Prayogo", "Agus Prayogo"],
        ),
        (
            "[PER Agus Prayogo] mengatakan air naik. Dia menambahkan bahwa pintu air dibuka.",
            ["Agus Prayogo", "Agus Prayogo"],
        ),
        (
            "Wali Kota [LOC Bogor] [PER Agus Prayogo] mengatakan air naik. Wali Kota itu menambahkan bahwa pintu dibuka.",
            ["Agus Prayogo", "Agus Prayogo"],
        ),
        (
            "Presiden [LOC Peru] [PER Ana Quispe] tiba. Presiden [LOC Peru] tersebut mengatakan bahwa ia lelah.",
            ["Ana Quispe"],
        ),
        (
            "Presiden [LOC Peru] [PER Ana Quispe] bertemu Presiden [LOC Cile] [PER Luis Soto]. "
            "Presiden [LOC Peru] itu mengatakan bahwa ia lelah.",
            ["Ana Quispe"],
        ),
        ("[PER Agus] dan [PER Beni] mengatakan bahwa air naik.", ["Agus & Beni"]),
        ("[PER Agus] bertemu [PER Beni]. Keduanya mengatakan bahwa air naik.", ["Agus & Beni"]),
        (
            "[ORG Kementerian Air] mengatakan air naik. Pihaknya menambahkan bahwa pintu dibuka.",
            ["Kementerian Air"] * 2,
        ),
        ("[PER Agus] mengatakan air naik. [PER Beni] pulang. Ia menambahkan bahwa pintu dibuka.", ["Agus", "Beni"]),
        ("[PER Agus] mengatakan air naik. Hujan turun deras. “Kami siaga,” ujarnya.", ["Agus", "Agus"]),
        (
            "Seorang diplomat [LOC Peru] mengatakan sidang gagal. “Kami kecewa,” kata diplomat itu.",
            ["seorang diplomat Peru"] * 2,
        ),
        ("[PER Agus] mengatakan air naik. “Kami siaga,” kata pria itu.", ["Agus", "Agus"]),
        ("[PER Agus Prayogo], S.H., M.H., mengatakan air naik.", ["Agus Prayogo"]),
        ("[PER Ratih] menangis. Perempuan 34 tahun itu mengatakan bahwa air naik.", ["Ratih"]),
        ("Bupati [LOC Bogor] [PER Agus] tiba. “Kami siaga,” kata politikus dua periode itu.", ["Agus"]),
        ("[PER Ratih] diam. Istri mendiang [PER Beni] tersebut mengaku bahwa ia lelah.", ["Ratih"]),
        ("“Klien kami lelah,” kata pengacaranya, [PER Beni].", ["Beni"]),
        ("[PER Ratih] tiba. Bekas duta besar di [LOC Ankara] itu mengatakan bahwa air naik.", ["Ratih"]),
        ("[PER Ratih] tiba. “Air naik,” ujar perwira dua melati itu.", ["Ratih"]),
        ("Tiga kilometer dari situ, [PER Ratih] menunggu. Juru bicara itu mengatakan bahwa air naik.", ["Ratih"]),
        (
            "[PER Agus] mengatakan air naik. Cerita [PER Ratih] lain. Ketua panitia itu menilai air turun.",
            ["Agus", "Ratih"],
        ),
        ("Sang paman, H. [PER Agus], S.Sos., melalui unggahan di situs, mengatakan bahwa air naik.", ["Agus"]),
        ("[PER Agus] diam. Para penambang tertawa. Hak itu, kata mereka, hanya ada di poster.", ["para penambang"]),
        ("[PER Agus] mengatakan air naik. Lalu giliran dokter [PER Said]. Ia menilai air turun.", ["Agus", "Said"]),
        ("Dokter [PER Said] tiba. “Air naik,” kata sang dokter.", ["Said"]),
        ("Menteri Kesehatan [PER Ana] tiba. Menkes mengatakan bahwa air naik.", ["Ana"]),
        ("Jaksa [PER Ana Quispe], S.H., M.H. mengatakan bahwa air naik.", ["Ana Quispe"]),
        ("Dokter spesialis itu, dr. [PER Ana Quispe], Sp.P(K), mengatakan bahwa air naik.", ["Ana Quispe"]),
        ("[ORG PT Angin] rugi. “Kami korban,” tulis perusahaan itu.", ["PT Angin"]),
        ("[LOC Peru] berduka. Negeri itu mengklaim bahwa ia diserang.", ["Peru"]),
        ("[PER Ana] terlambat. Pegawai toko di Tunjungan itu mengatakan bahwa ojek langka.", ["Ana"]),
        ("[PER Ana] lelah. “Air naik,” ucap pria yang sudah sembilan tahun mengaspal itu.", ["Ana"]),
        ("Tak jauh dari situ, Kepala Cabang Angin, [PER Ana], menemui massa. Dia menilai air naik.", ["Ana"]),
        ("Petahana [PER Agus] mengatakan bahwa air naik.", ["Agus"]),
        ("“Air naik,” kata sopir truk [PER Beni].", ["Beni"]),
        ("Hal senada diungkapkan [PER Agus], pedagang beras. Dia bilang harga naik.", ["Agus"]),
        # Who helps to describe the speaker is not the speaker.
        ("“Ia lelah,” kata pengacara [PER Ana Quispe], [PER Beni Soto], kepada wartawan.", ["Beni Soto"]),
        ("“Ia lelah,” kata Ketua [PER Ana], [PER Beni], dan [PER Citra].", ["Ana"]),
        ("[PER Beni Soto], pengacara [PER Ana Quispe], menilai air naik.", ["Beni Soto"]),
        ("[PER Ana Quispe], M.A., penulis buku “Air”, menilai air naik.", ["Ana Quispe"]),
        ("Menurut pengacara [PER Ana], [PER Beni] akan datang besok.", ["Ana"]),
        ("Ekonom [ORG Lembaga Air] (Lembair) Prof. Dr. [PER Ana Quispe] menilai air naik.", ["Ana Quispe"]),
        # A person who is only told of, or stands behind a preposition, does not speak next.
        (
            "[PER Ana] mengatakan air naik. Pintu dibuka oleh Kapolri Jenderal [PER Beni]. “Kami siaga,” ujarnya.",
            ["Ana"] * 2,
        ),
        ("[PER Ana] mengatakan air naik. Ia lantas memuji [PER Beni]. “Kami siaga,” ujarnya.", ["Ana", "Ana"]),
        ("[PER Ana] mengatakan air naik. Itu di awal kepemimpinan [PER Beni]. “Kami siaga,” ujarnya.", ["Ana", "Ana"]),
        ("[PER Ana] menilai [PER Beni] benar. Hujan turun. “Kami siaga,” ujarnya.", ["Ana", "Ana"]),
        ("[PER Ana] mengatakan air naik. Sedangkan [PER Beni], kata dia, pulang ke desa.", ["Ana", "Ana"]),
        ("[PER Ana] mengatakan air naik. Data menunjukkan hujan turun. “Kami siaga,” ujarnya.", ["Ana", "data", "Ana"]),
        (
            "[PER Ana] mengatakan air naik. " + "Hujan turun deras sekali. " * 12 + "“Kami siaga,” ujarnya.",
            ["Ana", "Ana"],
        ),
        (
            "[PER Ana] mengatakan air naik. Sejumlah warga menunggu. Mereka basah. Mereka mengatakan jalan putus.",
            ["Ana", "sejumlah warga"],
        ),
        ("[ORG PT Angin] menyebut air naik. [PER Ana] tiba. Pihaknya menilai jalan putus.", ["PT Angin", "Ana"]),
        ("Delegasi [LOC Peru] menunggu. Delegasi itu mengatakan air naik.", ["delegasi Peru"]),
        ("Organisasi nelayan [ORG Laut Biru] mengatakan air naik.", ["Laut Biru"]),
        ("Air naik, menurut laporan tahunan [ORG Dinas Air].", ["Dinas Air"]),
        # Another office with the same first word is somebody else's.
        (
            "Ketua partai [PER Ana] tiba. [PER Beni] mengatakan air naik. “Kami siaga,” kata ketua panitia itu.",
            ["Beni", "Beni"],
        ),
        ("[PER Ana] tiba. “Air naik,” kata diplomat berdarah [LOC Peru] tersebut.", ["Ana"]),
        ("[PER Ana] tiba. Warga berkumpul di pasar itu. Ibu berusia 40 tahun itu mengatakan air naik.", ["Ana"]),
        # What somebody is like shows that a person is meant, whatever the noun: age, origin, what he does.
        ("[PER Ana] tiba. Perenang berusia 24 tahun itu mengatakan air naik.", ["Ana"]),
        ("[PER Ana] tiba. “Air naik,” ucap filsuf asal [LOC Lima] tersebut.", ["Ana"]),
        ("[PER Ana] tiba. Pensiunan jenderal bintang tiga itu menilai air naik.", ["Ana"]),
        ("[PER Ana] tiba. Penjual ikan bakar itu bercerita, air naik.", ["Ana"]),
        ("[PER Ana] tiba. “Air naik,” papar penulis buku “Laut Biru” tersebut.", ["Ana"]),
        ("[PER Ana] diam. Perusahaan itu mengatakan air naik.", ["perusahaan"]),
        ("Baik [PER Ana] maupun [PER Beni] sepakat air naik.", ["Ana & Beni"]),
        (
            "[ORG Partai Air] ([ORG PA]) dan [ORG Partai Laut] ([ORG PL]) mengatakan air naik.",
            ["Partai Air & Partai Laut"],
        ),
        (
            "Ketua [ORG Liga Air], Letnan Jenderal [ORG TNI] (Purn.) [PER Ana], mengatakan air naik. Beliau menilai air turun.",
            ["Ana", "Ana"],
        ),
        ("[PER Ana] mengatakan air naik. Cerita lain datang dari [PER Beni]. Menurutnya jalan putus.", ["Ana", "Beni"]),
        ("[PER Ana] tiba. Orang nomor satu di [LOC Lima] itu menerangkan, air naik.", ["Ana"]),
        ("[PER Ana] tiba. Menurut dua orang yang hadir itu, air naik.", ["dua orang yang hadir"]),
        ("[ORG PT Angin] rugi. [PER Ana] tiba. Perseroan menyatakan air naik.", ["PT Angin"]),
        ("Produsen pupuk pelat merah [ORG PT Angin] menyebut air naik.", ["PT Angin"]),
        ("Menurut keterangan [ORG Dinas Air] setempat, air naik.", ["Dinas Air"]),
    ],
)
def test_resolves(text: str, speakers: list[str]) -> None:
    """Short forms, offices, pronouns and joint speakers lead to canonical names."""
    assert [claim.speaker for claim in said(text)] == speakers


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Para ahli mengatakan bahwa air naik.", "para ahli"),
        ("“Air naik,” kata sang penjaga pintu.", "penjaga pintu"),
        ("“Air naik,” kata sang hakim.", "hakim"),
        ("Warga setempat mengatakan bahwa air naik.", "warga setempat"),
        ("Air naik, kata militer [LOC Peru].", "militer Peru"),
        ("Para pejabat dan pakar [LOC Peru] mengatakan bahwa air naik.", "pejabat dan pakar Peru"),
        ("Menurut kantor berita [LOC Peru], air naik.", "kantor berita Peru"),
        ("Sejumlah pengungsi mengatakan bahwa air naik.", "sejumlah pengungsi"),
        ("“Air naik,” kata seorang warga.", "seorang warga"),
    ],
)
def test_unnamed_speakers_keep_their_phrase(text: str, speaker: str) -> None:
    """A speaker without a name is called by the describing phrase."""
    assert [claim.speaker for claim in said(text)] == [speaker]


def test_two_of_one_surname_are_kept_apart() -> None:
    """A surname that two people share means the one who was named in full last."""
    text = (
        "[PER Rudi Siregar] mengatakan air naik. [PER Siregar] menambahkan bahwa pintu dibuka. "
        "[PER Tika Siregar] mengatakan jalan putus. [PER Siregar] menambahkan bahwa listrik padam."
    )
    assert [claim.speaker for claim in said(text)] == ["Rudi Siregar", "Rudi Siregar", "Tika Siregar", "Tika Siregar"]


@pytest.mark.parametrize(
    ("text", "role", "affiliation"),
    [
        ("Menteri [LOC Peru] [PER Ana Quispe] mengatakan air naik.", "Menteri Peru", "Peru"),
        (
            "[PER Ana Quispe], dosen di [ORG Universitas Lima], mengatakan air naik.",
            "dosen di Universitas Lima",
            "Universitas Lima",
        ),
        ("“Air naik,” kata juru bicara [ORG Dinas Air], [PER Ana Quispe].", "juru bicara Dinas Air", "Dinas Air"),
        ("[PER Ana Quispe] (45), warga [LOC Lima], mengatakan air naik.", "warga Lima", "Lima"),
        (
            "Anggota [ORG Komisi Air] dari [ORG Partai Hujan], [PER Ana Quispe], mengatakan air naik.",
            "Anggota Komisi Air dari Partai Hujan",
            "Komisi Air",
        ),
        ("[PER Ana Quispe] selaku ketua panitia mengatakan air naik.", "ketua panitia", None),
        # A rank or a title between the office and the name, or before a name that the office follows.
        ("Kepala [ORG Dinas Air], Kombes Pol [PER Ana Quispe], mengatakan air naik.", "Kepala Dinas Air", "Dinas Air"),
        ("Kepala [ORG Dinas Air], Prof. Dr. [PER Ana Quispe], mengatakan air naik.", "Kepala Dinas Air", "Dinas Air"),
        ("“Air naik,” kata AKBP [PER Ana Quispe], Kepala [ORG Dinas Air].", "Kepala Dinas Air", "Dinas Air"),
        # An office that only the phrase that takes her up gives.
        (
            "Air naik di desa [PER Ana Quispe]. Kepala [ORG Dinas Air] tersebut mengatakan hujan turun.",
            "Kepala Dinas Air",
            "Dinas Air",
        ),
        # An office that is told inside of a quote.
        ("“Saya menunjuk [PER Ana Quispe] selaku ketua panitia,” kata ketua panitia itu.", "ketua panitia", None),
    ],
)
def test_finds_role_and_affiliation(text: str, role: str, affiliation: str | None) -> None:
    """An office before the name or a description behind it is the speaker's role."""
    ((_, speaker),) = resolved(text)
    assert (speaker.name, speaker.role, speaker.affiliation) == ("Ana Quispe", role, affiliation)
