"""Statements told by other turns of saying: taken up, lists, papers, views, and what only looks like saying."""

from __future__ import annotations

import pytest

from tests.unit.extract.annotated import said


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("Kapal itu sudah tiba. Hal itu disampaikan [PER Dewi] di [LOC Solo].", "disampaikan"),
        ("Kapal itu sudah tiba.\nHal tersebut juga diungkapkan oleh [PER Dewi].", "diungkapkan"),
        ("Kapal itu sudah tiba. Begitu kata [PER Dewi].", "kata"),
        ("Kapal itu sudah tiba. Begitulah kesaksian [PER Dewi].", "kesaksian"),
        ("Kapal itu sudah tiba. Demikian bunyi pengumuman polisi.", None),
        ("Kapal itu sudah tiba, demikian [PER Dewi].", "demikian"),
        ("Kapal itu sudah tiba, demikian keterangan tertulis [PER Dewi].", "demikian"),
        ("Kapal itu sudah tiba, begitu bunyi pernyataan [PER Dewi].", "begitu"),
    ],
)
def test_takes_up_what_was_said(text: str, cue: str | None) -> None:
    """A cue in the next sentence, or behind `demikian`, attributes what stands before."""
    expected = [("Dewi", cue, "Kapal itu sudah tiba")] if cue else []
    assert [(claim.speaker, claim.cue, claim.text) for claim in said(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "Kapal itu sudah tiba. Hal senada disampaikan [PER Dewi].",
        "Kapal itu sudah tiba, begitu [PER Dewi] datang.",
        "Apakah kapal itu sudah tiba? Hal itu disampaikan [PER Dewi] tadi.",
        "Kapal itu sudah tiba. Begitu [PER Dewi] datang, hujan reda.",
    ],
)
def test_takes_up_nothing(text: str) -> None:
    """What leads on, asks or tells when takes nothing up."""
    assert said(text) == []


@pytest.mark.parametrize(
    ("text", "statement"),
    [
        ("Menurut [PER Dewi], nelayan mengatakan kapal itu bocor.", "nelayan mengatakan kapal itu bocor"),
        ("Versi [PER Dewi], kapal itu bocor.", "kapal itu bocor"),
        ("Bagi [PER Dewi], ketua koperasi, kapal itu sudah tamat.", "kapal itu sudah tamat"),
        ("Dalam pandangan [PER Dewi], kapal itu sudah tamat.", "kapal itu sudah tamat"),
        ("Warga mengenang topan yang menurut [PER Dewi] merusak 40 kapal.", "topan | merusak 40 kapal"),
        ("[PER Joko], menurut [PER Dewi], di bawah pengawasan dokter.", "Joko | di bawah pengawasan dokter"),
        ("Kapal itu, seperti yang diakui [PER Dewi], sudah bocor.", "Kapal itu | sudah bocor"),
        ("Kapal itu, masih menurut [PER Dewi], sudah bocor.", "Kapal itu | sudah bocor"),
        ("Kapal itu sudah bocor, begitu [PER Dewi] berkata di dermaga.", "Kapal itu sudah bocor"),
        (
            "[PER Dewi] memastikan bocornya kapal, Selasa (4/8), tidak disengaja.",
            "bocornya kapal, Selasa (4/8), tidak disengaja",
        ),
        ("Anggapan bahwa kapal itu bocor ditepis [PER Dewi].", "kapal itu bocor"),
        ("Di dermaga, tuduhan makar langsung dibantah oleh [PER Dewi].", "tuduhan makar"),
        ("[PER Dewi] menulis pesan pendek di papan: “Kapal itu sudah bocor.”", "Kapal itu sudah bocor"),
    ],
)
def test_whose_view_it_is(text: str, statement: str) -> None:
    """Sources, views and passives name whose words or judgement a clause is."""
    assert [(claim.speaker, claim.text) for claim in said(text)] == [("Dewi", statement)]


def test_the_speakers_own_figures() -> None:
    """`menurut hitungannya` speaks for who spoke last."""
    claims = said("[PER Dewi] menyebut kapal itu bocor. Sebanyak 40 orang, menurut hitungannya, sudah turun.")
    assert [(claim.speaker, claim.text) for claim in claims][1:] == [("Dewi", "Sebanyak 40 orang | sudah turun")]


def test_figures_of_a_body() -> None:
    """`Berdasarkan data ...` is a source, a law is none."""
    assert [claim.text for claim in said("Berdasarkan data [ORG Balai Air], panen gagal.")] == ["panen gagal"]
    assert said("Berdasarkan undang-undang, kapal itu disita.") == said("Bagi nelayan, kapal itu penting.") == []


@pytest.mark.parametrize(
    "lead",
    [
        "[PER Dewi] menuntut pemerintah:",
        "Tuntutan [PER Dewi]:",
        "[PER Dewi] mengajukan dua tuntutan berikut:",
        "Intinya, kata [PER Dewi]:",
        "Kepada pemerintah [PER Dewi] meminta agar",
    ],
)
@pytest.mark.parametrize("marks", [("•", "•"), ("-", "-"), ("1.", "2."), ("a)", "b)"), ("(1)", "(2)")])
def test_each_item_of_a_list_is_a_claim(lead: str, marks: tuple[str, str]) -> None:
    """The items are claims under the introduction's cue, and the introduction is none; the text behind is read on."""
    items = f"{marks[0]} memperbaiki dermaga;\n{marks[1]} mengganti kapal yang bocor."
    claims = said(f"{lead}\n{items}\nHujan turun lagi.")
    assert [(claim.speaker, claim.text) for claim in claims] == [
        ("Dewi", "memperbaiki dermaga"),
        ("Dewi", "mengganti kapal yang bocor"),
    ]
    assert len({claim.cue for claim in claims}) == 1


@pytest.mark.parametrize(
    "text", ["Isi kotak itu:\n- jala tua;\n- jangkar patah.", "[PER Dewi] menuntut pemerintah:\nHujan turun lagi."]
)
def test_no_list_without_speaker_or_items(text: str) -> None:
    """Things in a list, and a colon with nothing behind, are no claims."""
    assert said(text) == []


def test_what_stands_in_a_paper() -> None:
    """`Dalam surat itu disebutkan bahwa ...` is said by the paper."""
    (claim,) = said("Dalam surat itu juga disebutkan bahwa kapal itu bocor.")
    assert (claim.speaker, claim.cue, claim.text) == ("surat", "disebutkan", "kapal itu bocor")
    assert said("Dalam waktu dekat disebutkan bahwa kapal itu bocor.") == []


@pytest.mark.parametrize(
    ("text", "statement"),
    [
        ("[PER Dewi] ingin kapal itu ditahan.", "kapal itu ditahan"),
        ("Yang dipersoalkan [PER Dewi] adalah kapal itu bocor.", "kapal itu bocor"),
        ("[PER Dewi] datang. Yang ia sesalkan: kapal itu bocor.", "kapal itu bocor"),
        ("[PER Dewi] punya jawaban lain: kapal itu bocor.", "kapal itu bocor"),
        ("Versi [PER Dewi] lain lagi: kapal itu bocor.", "kapal itu bocor"),
        ("[PER Dewi] tidak menutup kemungkinan kapal itu ditahan.", "kemungkinan kapal itu ditahan"),
        ("[PER Dewi] datang. Kapal itu bocor, begitu tulisnya.", "Kapal itu bocor"),
        ("Jawab [PER Dewi]: kapal itu bocor.", "kapal itu bocor"),
        ("[PER Dewi] ingin agar kapal itu ditahan.", "agar kapal itu ditahan"),
        ("[PER Dewi] menjawab kapal itu ditahan.", "kapal itu ditahan"),
        ("[PER Dewi] menolak disebut lalai.", "disebut lalai"),
        ("[PER Dewi] datang. Baginya, kapal itu kuat.", "kapal itu kuat"),
        ("[PER Dewi] datang. Bagi dia, kapal itu kuat.", "kapal itu kuat"),
        ("Di mata [PER Dewi], kapal itu kuat.", "kapal itu kuat"),
        ("Dari sudut pandang [PER Dewi], kapal itu kuat.", "kapal itu kuat"),
        ("Kata [PER Dewi] lagi, kapal itu kuat.", "kapal itu kuat"),
        ("Masih kata [PER Dewi], kapal itu kuat.", "kapal itu kuat"),
        ("Kritik pedas datang dari [PER Dewi]: kapal itu rapuh.", "kapal itu rapuh"),
        ("[PER Dewi] mengirim pesan bahwa kapal itu rapuh.", "kapal itu rapuh"),
        ("Merujuk data [ORG Dewi], kapal itu rapuh.", "kapal itu rapuh"),
        ("[PER Dewi] menyebut kapal itu rapuh; [PER Joko] menilai kapal itu kuat.", "kapal itu rapuh"),
    ],
)
def test_further_turns_of_saying(text: str, statement: str) -> None:
    """Wishes, replies, views and what comes from somebody."""
    first = said(text)[0]
    assert (first.speaker.removeprefix("data "), first.text) == ("Dewi", statement)


@pytest.mark.parametrize(
    "text",
    [
        "[PER Dewi] ingin segera pulang karena hujan turun.",
        "[PER Dewi] ingin berlayar.",
        "[PER Dewi] menjawab pertanyaan nelayan yang datang.",
        "[PER Dewi] menolak kapal itu.",
        "Bagi dia kapal itu dibeli.",
        "Kapal itu disebut nelayan.",
        "[PER Dewi] membawa tiga barang: jala, tali yang diikat, dan dayung.",
        "Nelayan tanpa sepengetahuan [PER Dewi] telah menjual kapal itu.",
    ],
)
def test_what_only_looks_like_saying(text: str) -> None:
    """Wanting to do, taking questions and turning down say nothing."""
    assert said(text) == []


def test_who_writes_a_letter() -> None:
    """`kami` outside quotes is the body that names itself where the word comes first; without one it stays as it is."""
    letter = (
        "Kami, nelayan dalam [ORG Aliansi Laut], menyatakan kapal itu bocor. Karena itu kami menuntut kapal ditarik."
    )
    assert [claim.speaker for claim in said(letter)] == ["Aliansi Laut"] * 2
    assert [claim.speaker for claim in said("Kami menilai kapal itu bocor.")] == ["kami"]


@pytest.mark.parametrize(
    ("lead", "speaker"),
    [
        ("Jumpa pers [PER Dewi] bubar. Intinya, kata dia:", "Dewi"),
        ("Kepada dinas [PER Dewi] meminta agar", "Dewi"),
        ("Hujan reda. Karena itu kami menuntut:", "kami"),
        ("Kepada dinas kami meminta agar", "kami"),
    ],
)
@pytest.mark.parametrize("mark", ["1. {}", "• {}", "– {}"])
def test_lists_behind_other_leads(lead: str, speaker: str, mark: str) -> None:
    """An inserted cue, a purpose without a colon, and the writers of a letter announce items, too."""
    items = ["jala tua diganti;", "jangkar patah dibeli."]
    claims = said(lead + "\n" + "\n".join(mark.format(item) for item in items))
    assert [(claim.speaker, claim.text) for claim in claims] == [
        (speaker, "jala tua diganti"),
        (speaker, "jangkar patah dibeli"),
    ]


def test_writers_of_a_letter_are_the_body_that_they_introduce() -> None:
    """`Kami, ...` says once who writes; a `kami` in a quote is somebody else's."""
    text = (
        "Kami, nelayan yang tergabung dalam [ORG Serikat Laut Biru], menyatakan bahwa jala kami putus.\n\n"
        'Kami menilai bahwa dinas itu lalai. "Kami juga menilai dinas lalai," kata [PER Dewi Kolo].'
    )
    assert [claim.speaker for claim in said(text)] == ["Serikat Laut Biru", "Serikat Laut Biru", "Dewi Kolo"]


def test_kami_without_an_introduction_stays() -> None:
    """Where nobody says who writes, the word itself is the speaker."""
    assert [claim.speaker for claim in said("Kami menilai bahwa dinas itu lalai.")] == ["kami"]


def test_a_short_form_that_a_release_defines() -> None:
    """What stands in quote marks in the brackets behind a body's name stands for it."""
    text = '[ORG PT Laut Biru] ("PLB" atau "Perseroan") membangun dermaga.\n\nPerseroan membantah bahwa dermaga itu miring.'
    assert [claim.speaker for claim in said(text)] == ["PT Laut Biru"]
