"""Direct speech: who says which quoted words."""

from __future__ import annotations

import pytest

from tests.unit.extract.annotated import Said, said


@pytest.mark.parametrize(
    "text",
    [
        '"Sawah kami kering," kata [PER Wayan Sudira].',
        "“Sawah kami kering,” ujar [PER Wayan Sudira] di [LOC Jembrana], Senin (4/3).",
        "“Sawah kami kering”, tutur [PER Wayan Sudira].",
        "“Sawah kami kering!” seru [PER Wayan Sudira].",
        "“Sawah kami kering,” kata Ketua Kelompok Tani, [PER Wayan Sudira].",
        "“Sawah kami kering,” [PER Wayan Sudira] menambahkan.",
        "[PER Wayan Sudira] mengatakan, “Sawah kami kering.”",
        "[PER Wayan Sudira] mengatakan: “Sawah kami kering.”",
        "[PER Wayan Sudira] menjawab singkat, “Sawah kami kering.”",
        "[PER Wayan Sudira]: “Sawah kami kering.”",
        "[PER Wayan Sudira], saat ditemui di kebunnya, berkata, “Sawah kami kering.”",
        "[PER Wayan Sudira] mengatakan kepada wartawan bahwa “Sawah kami kering.”",
        '"Sawah kami kering, kata [PER Wayan Sudira].',
        "[PER Wayan Sudira] menulis begini:\n\n“Sawah kami kering.”",
        "[PER Wayan Sudira] mengulang kalimat di papan itu: “Sawah kami kering.”",
    ],
)
def test_finds_the_quote_and_its_speaker(text: str) -> None:
    """The cue may stand before or behind the quote, with title, place and time around the name."""
    (claim,) = said(text)
    assert (claim.speaker, claim.kind, claim.text.rstrip("!")) == ("Wayan Sudira", "direct", "Sawah kami kering")


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("“Kami siap,” kata [PER Lina], “berangkat besok.”", "Kami siap | berangkat besok"),
        (
            "“Kami siap,” kata [PER Lina]. “Kapal sudah menunggu di dermaga.”",
            "Kami siap | Kapal sudah menunggu di dermaga",
        ),
        ("“Kami siap.\n“Kapal sudah ada,” kata [PER Lina].", "Kami siap | Kapal sudah ada"),
    ],
)
def test_a_split_quote_is_one_claim(text: str, spans: str) -> None:
    """Parts of a quote around its cue, and over paragraphs, are spans of one claim."""
    assert said(text) == [Said("Lina", "direct", "kata", spans)]


def test_several_sentences_are_one_claim() -> None:
    """A quote of several sentences is one statement."""
    (claim,) = said("“Kami lelah. Kami pulang. Besok kami kembali,” ungkap [PER Lina].")
    assert claim.text == "Kami lelah. Kami pulang. Besok kami kembali"


def test_two_quotes_of_two_people() -> None:
    """Each quote goes with its own cue."""
    claims = said("“Harga naik,” kata [PER Lina]. “Harga turun,” bantah [PER Joko].")
    assert [(claim.speaker, claim.text) for claim in claims] == [("Lina", "Harga naik"), ("Joko", "Harga turun")]


@pytest.mark.parametrize("cue", ["katanya", "ujarnya", "tuturnya", "jelasnya", "imbuhnya", "pungkasnya", "kata dia"])
def test_pronoun_cues_point_back(cue: str) -> None:
    """A cue with -nya, or with a pronoun, speaks for who spoke last."""
    claims = said(f"[PER Rini Astuti] mengatakan bahwa jalan ditutup. “Besok dibuka lagi,” {cue}.")
    assert [claim.speaker for claim in claims] == ["Rini Astuti", "Rini Astuti"]


def test_a_quote_alone_belongs_to_who_spoke_last() -> None:
    """A paragraph that is all quote carries on the speaker before it."""
    claims = said("“Kami siap berangkat,” kata [PER Lina].\n“Semua kapal sudah diperiksa oleh petugas.”")
    assert [claim.speaker for claim in claims] == ["Lina", "Lina"]
    assert claims[1].cue is None


def test_a_quote_named_in_the_next_sentence() -> None:
    """`Hal itu disampaikan ...` names the speaker of the quote before."""
    claims = said("“Semua kapal sudah diperiksa oleh petugas.” Hal itu disampaikan [PER Lina] di [LOC Ambon].")
    assert [(claim.speaker, claim.kind, claim.cue) for claim in claims] == [("Lina", "direct", "disampaikan")]


@pytest.mark.parametrize(
    "start", ["[PER Lina] menggeleng.", "[PER Lina] buka suara.", "Kapten [PER Lina] kecewa berat."]
)
def test_a_quote_behind_a_sentence_about_somebody(start: str) -> None:
    """A full quote right behind a sentence about one person is that person's, also in a paragraph of its own."""
    for gap in (" ", "\n"):
        (claim,) = said(f"{start}{gap}“Semua kapal sudah diperiksa oleh petugas.”")
        assert (claim.speaker, claim.cue) == ("Lina", None)
    assert said("Hari sudah sore.\n“Semua kapal sudah diperiksa oleh petugas.”") == []


@pytest.mark.parametrize(
    ("text", "speaker", "cue"),
    [
        ("“Semua kapal sudah diperiksa,” batuk [PER Lina].", "Lina", "batuk"),
        ("“Semua kapal sudah diperiksa,” batuk [PER Lina] di dermaga.", "Lina", "batuk"),
        ("[PER Lina] datang. “Semua kapal sudah diperiksa,” jelentreh dia.", "Lina", "jelentreh"),
        ("[PER Lina] datang. “Semua kapal sudah diperiksa,” jelentrehnya.", "Lina", "jelentrehnya"),
        ("“Semua kapal sudah diperiksa,” bunyi surat itu.", "surat", "bunyi"),
        ("“Semua kapal sudah diperiksa,” begitu isi pesan itu.", "pesan", "begitu"),
        ("“Semua kapal sudah diperiksa,” demikian tertulis dalam surat itu.", "surat", "demikian"),
        ("“Semua kapal sudah diperiksa,” Ketua Panitia [PER Lina] dalam rilisnya.", "Lina", None),
    ],
)
def test_open_cues(text: str, speaker: str, cue: str | None) -> None:
    """Between a full quote and a speaker stands a word of saying, in whatever list it is or is not."""
    (claim,) = said(text)
    assert (claim.speaker, claim.cue, claim.text) == (speaker, cue, "Semua kapal sudah diperiksa")


@pytest.mark.parametrize(
    "text",
    [
        "Kapal “Semua Untuk Kita Bersama” milik [PER Lina] tiba.",
        "Tulisan “Semua kapal sudah diperiksa” dibaca [PER Lina].",
        "“Semua Untuk Kita Bersama,” lagu [PER Lina] yang lama.",
    ],
)
def test_words_behind_a_title_are_no_cues(text: str) -> None:
    """A quote that no sentence ends in names something."""
    assert [claim.text for claim in said(text) if claim.text.startswith("Semua kapal")] == []


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("[PER Lina] mengangkat bahu, “Semua kapal sudah diperiksa.”", "mengangkat"),
        ("[PER Lina] terbahak: “Semua kapal sudah diperiksa.”", "terbahak"),
        ("[PER Lina] menjawab dengan ringan, “Semua kapal sudah diperiksa.”", "menjawab"),
        ("Suara [PER Lina] meninggi: “Semua kapal sudah diperiksa.”", "meninggi"),
    ],
)
def test_a_quote_led_by_what_somebody_does(text: str, cue: str) -> None:
    """A full quote behind comma or colon is said by the person that the sentence is about."""
    (claim,) = said(text)
    assert (claim.speaker, claim.kind, claim.text) == ("Lina", "direct", "Semua kapal sudah diperiksa")
    assert claim.cue == cue


def test_a_title_behind_a_comma_is_no_quote() -> None:
    """Capitals on most words make a name."""
    assert said("[PER Lina] membawakan lagunya, “Semua Kapal Tiba di Muara.”") == []


def test_two_who_talk_take_turns() -> None:
    """In a dialogue who spoke before the last one speaks next, however short the quote."""
    claims = said(
        "“Sudah diperiksa semua kapal?” tanya [PER Lina].\n“Belum semuanya, Bu,” jawab [PER Joko].\n“Kapan?”\n“Besok pagi.”"
    )
    assert [claim.speaker for claim in claims] == ["Lina", "Joko", "Lina", "Joko"]


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("“Kapal sudah diperiksa semua,” begitu [PER Lina].", "begitu"),
        ("“Kapal sudah diperiksa semua,” demikian [PER Lina] di [LOC Ambon].", "demikian"),
        ("“Kapal sudah diperiksa semua.” Begitu kata [PER Lina].", "kata"),
        ("“Kapal sudah diperiksa semua.” Demikian pengakuan [PER Lina].", "pengakuan"),
        ("“Kapal sudah diperiksa semua,” begitu bunyi pernyataan [PER Lina].", "begitu"),
    ],
)
def test_thus_takes_up_a_quote(text: str, cue: str) -> None:
    """`demikian` and `begitu`, with or without a noun of saying, attribute what stands before."""
    (claim,) = said(text)
    assert (claim.speaker, claim.cue, claim.text) == ("Lina", cue, "Kapal sudah diperiksa semua")


@pytest.mark.parametrize(
    "text",
    [
        'Ia membeli buku "Laut Bercerita" di pasar.',
        "Kampung itu dijuluki “desa seribu sumur” oleh pelancong.",
        "Grup musik ‘Angin Timur’ tampil semalam.",
    ],
)
def test_titles_and_labels_are_no_claims(text: str) -> None:
    """Quoted words that nobody says are no statement."""
    assert said(text) == []


def test_tails_are_left_out() -> None:
    """How and when a quote was taken belongs to no claim, and who relayed it is kept."""
    (claim,) = said("“Kami siap,” kata [PER Lina] saat ditemui wartawan, seperti dikutip [ORG Antara], Senin (4/3).")
    assert claim == Said("Lina", "direct", "kata", "Kami siap", via="Antara")


def test_short_quotes_are_direct_when_they_are_sentences() -> None:
    """Two words with a capital are somebody's sentence; without one they are a label."""
    assert [claim.kind for claim in said("[PER Lina] menambahkan, “Kami siap.”")] == ["direct"]
    assert [claim.kind for claim in said("[PER Lina] mengatakan “sangat siap”.")] == ["mixed"]


def test_a_quote_without_words_takes_the_words_behind_its_cue() -> None:
    """“…” and “!” are quotes too; how long a statement is depends on the words of all its parts."""
    (claim,) = said("“…” kata [PER Wayan Sudira], “Lanjut.”")
    assert (claim.speaker, claim.kind) == ("Wayan Sudira", "direct")
