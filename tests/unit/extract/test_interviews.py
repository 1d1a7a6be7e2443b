"""Printed interviews: each answer is what the interviewed person says."""

from __future__ import annotations

import pytest

from tests.unit.extract.annotated import Said, said

LEAD = "[PER Maya Sitorus] melukis sejak kecil. Berikut petikan wawancara dengan "
TURNS = [
    "Kapan mulai melukis?",
    "Waktu umur enam. Ayah membelikan kuas.",
    "Siapa guru Anda?",
    "(Tertawa) Tidak ada, saya belajar sendiri.",
]
SPOKEN = ["Waktu umur enam. Ayah membelikan kuas", "Tidak ada, saya belajar sendiri"]


def answers(text: str) -> list[Said]:
    return [claim for claim in said(text) if claim.kind == "direct"]


@pytest.mark.parametrize("whom", ["[PER Maya Sitorus]", "pelukis itu", "pelukis asal [LOC Solo] itu"])
@pytest.mark.parametrize(
    "body",
    [
        "{0}\n{1}\n\n{2}\n{3}",
        "{0}\n{1}\n{2}\n{3}",
        "{0}\n\n{1}\n\n{2}\n\n{3}",
        "Tanya: {0}\nJawab: {1}\nTanya: {2}\nJawab: {3}",
        "T: {0}\nJ: {1}\nT: {2}\nJ: {3}",
    ],
)
def test_each_answer_is_a_direct_claim(whom: str, body: str) -> None:
    """In blocks, in lines and in marked lines; a bracket before the answer is no part of it."""
    claims = answers(f"{LEAD}{whom}.\n\n{body.format(*TURNS)}")
    assert [(claim.speaker, claim.cue, claim.text) for claim in claims] == [
        ("Maya Sitorus", None, text) for text in SPOKEN
    ]


def test_questions_without_a_question_mark_and_what_they_report() -> None:
    """In blocks a first line asks even so, and what it reports is nobody's claim; text behind the last block is read on."""
    turns = f"{TURNS[0]}\n{TURNS[1]}\n\n[PER Joko] bilang lukisan itu palsu.\nTidak benar, saya punya suratnya."
    claims = said(f"{LEAD}pelukis itu.\n\n{turns}\n\n[PER Joko] mengatakan bahwa ia menyesal.")
    assert [(claim.speaker, claim.text) for claim in claims] == [
        ("Maya Sitorus", SPOKEN[0]),
        ("Maya Sitorus", "Tidak benar, saya punya suratnya"),
        ("Joko", "ia menyesal"),
    ]


def test_what_stands_behind_the_last_answer_is_not_claimed() -> None:
    """Without blank lines between turns only one line answers the last question."""
    claims = said(f"{LEAD}pelukis itu.\n" + "\n".join(TURNS) + "\nPameran itu dibuka Kamis.")
    assert [claim.text for claim in claims] == SPOKEN


@pytest.mark.parametrize(
    "text",
    [
        f"{LEAD}pelukis itu.\n\nKapan mulai melukis?\nWaktu umur enam.",
        "[PER Maya Sitorus] melukis.\n\n" + "\n".join(TURNS),
        f"{LEAD}pelukis itu.\n\nIa lahir di [LOC Solo].\nAyahnya tukang kayu.\n\nIa pindah.\nIbunya ikut.",
        f"{LEAD}pelukis itu.",
    ],
)
def test_no_interview_without_introduction_and_questions(text: str) -> None:
    """One question, no introduction, or lines that do not ask, are prose."""
    assert answers(text) == []


def test_an_earlier_line_that_only_seems_to_announce_is_passed_over() -> None:
    """A line about some interview is no introduction where nobody is asked behind it."""
    text = (
        f"Berikut kabar dari wawancara kemarin.\n{LEAD}pelukis itu.\n\n{TURNS[0]}\n{TURNS[1]}\n\n{TURNS[2]}\n{TURNS[3]}"
    )
    assert [claim.text for claim in answers(text)] == SPOKEN


NAMED = [
    "Suara Solo: {0}",
    "Maya: {1}",
    "Suara Solo: Ayah Anda melarang.",
    "Maya: Tidak benar, saya punya suratnya.",
    "{2}",
    "{3}",
    "Saya suka itu.",
    "Ada yang bilang lukisan itu palsu.",
    "Biar saja. Nanti juga tahu.",
]


@pytest.mark.parametrize("lead", ["Petikannya:", "Berikut petikan wawancara dengan pelukis itu.", "Kutipannya:"])
def test_turns_that_open_with_names(lead: str) -> None:
    """The outlet asks, a short name answers; later turns have no label, and one question has no mark."""
    body = "\n\n".join(NAMED).format(*TURNS)
    text = f"[PER Maya Sitorus] melukis sejak kecil. {lead}\n\n{body}\n\nSetelah itu\n[PER Joko] mengatakan bahwa ia menyesal."
    assert [(claim.speaker, claim.text) for claim in said(text)] == [
        ("Maya Sitorus", SPOKEN[0]),
        ("Maya Sitorus", "Tidak benar, saya punya suratnya"),
        ("Maya Sitorus", f"{SPOKEN[1]}.\n\nSaya suka itu"),
        ("Maya Sitorus", "Biar saja. Nanti juga tahu"),
        ("Joko", "ia menyesal"),
    ]


@pytest.mark.parametrize(
    "body",
    [
        "Pertama: kuas.\n\nKedua: cat.\n\nPertama: kuas.\n\nKedua: cat.",
        "Maya: Saya pulang.\n\nCatatan: ia tidak pulang.",
    ],
)
def test_labels_without_two_sides_are_no_dialogue(body: str) -> None:
    """Nobody asks in a list, and one turn is no interview."""
    assert answers(f"[PER Maya Sitorus] melukis. Petikannya:\n\n{body}") == []


def test_sound_bites_of_a_script() -> None:
    """What stands behind its mark is said by whom it names, or by whom the line before was about."""
    text = (
        "PENYIAR: Sungai meluap.\n\nREPORTER: [PER Rosa Wanimbo], lurah, bercerita begini.\n\n"
        "[INSERT WANIMBO]\nAirnya naik malam-malam.\nKami lari saja.\n\nPENYIAR: Lalu?\n\n[INSERT ROSA]\nSekarang surut, Pak.\n\n"
        "PENYIAR: Ibu [PER Yanti Kolo] mengirim pesan suara.\n\n[INSERT PENDENGAR]\nDapur saya hanyut.\n\nPENYIAR: Sekian warta kami."
    )
    assert [(claim.speaker, claim.kind, claim.text) for claim in said(text)] == [
        ("Rosa Wanimbo", "direct", "Airnya naik malam-malam.\nKami lari saja"),
        ("Rosa Wanimbo", "direct", "Sekarang surut, Pak"),
        ("Yanti Kolo", "direct", "Dapur saya hanyut"),
    ]


def test_other_brackets_are_no_sound_bite() -> None:
    """A note in brackets on a line of its own says nothing of who speaks behind it."""
    assert said("[PER Rosa Wanimbo] pulang.\n\n[Catatan Rosa]\nAirnya naik malam-malam.") == []


@pytest.mark.parametrize("mark", ["[SUARA {}]", "(SUARA {})"])
def test_a_sound_bite_ends_at_the_next_mark(mark: str) -> None:
    """Marks stand in either kind of brackets, and each bite is its own speaker's."""
    bites = (f"{mark.format(name)}\n{line}\n" for name, line in (("ROSA", "Airnya surut."), ("YANTI", "Dapur hanyut.")))
    text = "[PER Rosa Wanimbo] dan [PER Yanti Kolo] bercerita.\n\n" + "\n".join(bites)
    assert [(claim.speaker, claim.text) for claim in said(text)] == [
        ("Rosa Wanimbo", "Airnya surut"),
        ("Yanti Kolo", "Dapur hanyut"),
    ]


def test_a_mark_names_the_last_full_name_with_its_word() -> None:
    """Of two of one family the one that was named last before the mark is meant, not one named behind it."""
    text = (
        "[PER Rosa Wanimbo] dan [PER Yanti Wanimbo] bercerita.\n\n[SUARA WANIMBO]\nAirnya surut.\n\n"
        "PENYIAR: Terima kasih, [PER Beni Wanimbo]."
    )
    assert [claim.speaker for claim in said(text)] == ["Yanti Wanimbo"]
