"""The date of saying stands beside the saying; dates that something else is told of are not it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kliping_extract.domain.claims import find_attributions
from kliping_extract.domain.said_on import beside, said_on
from kliping_extract.lexicons import load_lexicon
from kliping_extract.reader import publication_day
from kliping_shared.contracts.article import Article, DateSource
from kliping_shared.dates import find_dates
from tests.unit.extract.annotated import prose, unmarked

ANCHOR = date(2023, 9, 14)  # a Thursday
#: An interview of two answers without a day of its own.
TALK = (
    "Petikannya:\n\nKapan pameran dibuka?\nWaktu hujan reda nanti.\n\n"
    "Siapa guru Anda?\nTidak ada, saya belajar sendiri."
)


def days(marked: str) -> list[int | None]:
    """The day of the month of each claim, in order."""
    read = prose(marked)
    found = find_attributions(read)
    dates = said_on(read, found, find_dates(unmarked(marked)[0], ANCHOR))
    return [day.first.day if day else None for day in dates]


@pytest.mark.parametrize(
    "text",
    [
        "“Sawah kami kering,” kata [PER Wayan Sudira] di [LOC Negara], Rabu (13/9).",
        "“Sawah kami kering,” kata [PER Wayan Sudira] di [LOC Negara], kemarin.",
        "Di [LOC Negara], Rabu, [PER Wayan Sudira] mengatakan bahwa sawah kering.",
        "[PER Wayan Sudira], Rabu (13/9) malam, mengatakan bahwa sawah kering.",
        "[PER Wayan Sudira] menilai sawah itu kering seusai rapat di [LOC Negara], Rabu.",
        "Dalam keterangan tertulis yang diterima Rabu petang, [PER Wayan Sudira] menyatakan bahwa sawah kering.",
        "[PER Wayan Sudira] menyatakan bahwa sawah kering.\n\nHal itu disampaikan [PER Wayan Sudira], Rabu (13/9).",
        "[PER Wayan Sudira] meminta agar sawah dialiri. Permintaan itu disampaikan Rabu (13/9), sebelum panen.",
        "Sehari sebelumnya [PER Wayan Sudira] mengatakan bahwa sawah kering.",
    ],
)
def test_the_saying_tells_its_day(text: str) -> None:
    """Behind the cue, before it, at the head of the sentence, or in a sentence that takes the claim up."""
    assert days(text) == [13]


@pytest.mark.parametrize(
    "text",
    [
        "“Sawah kami kering sejak Senin,” kata [PER Wayan Sudira].",
        "“Sawah kami kering,” kata [PER Wayan Sudira], petani yang menggarapnya pada Senin (4/9).",
        "[PER Wayan Sudira] mengatakan soal kebakaran Senin (4/9) bahwa sawah kering.",
        "Pada Senin (4/9) jalan itu ditutup, kata [PER Wayan Sudira].",
        "“Sawah kami kering,” kata [PER Wayan Sudira], ketua sejak tahun lalu.",
        "“Sawah kami kering,” kata [PER Wayan Sudira]. Jalan itu ditutup Senin (4/9).",
        "Sehubungan dengan kebakaran pada Senin (4/9), [PER Wayan Sudira] menyatakan bahwa sawah kering.",
    ],
)
def test_other_dates_are_not_the_day_of_saying(text: str) -> None:
    """Dates in a statement, in a relative clause, of a topic, of the reported event, and of the next sentence."""
    assert days(text) == [None]


def test_each_claim_of_a_sentence_has_the_nearest_day() -> None:
    """Two speakers of one sentence keep their own days."""
    text = (
        "[PER Wayan Sudira] mengatakan bahwa sawah kering, Rabu (13/9), sedangkan [PER Ketut Arsa] menyatakan bahwa "
        "air cukup, Selasa (12/9)."
    )
    assert days(text) == [13, 12]


def test_a_day_in_another_claim_is_not_taken() -> None:
    """What one claim speaks of is not when the other was said."""
    text = "[PER Wayan Sudira] mendesak bupati membuka data, dan menambahkan bahwa petani mogok mulai 21 Agustus."
    assert days(text) == [None, None]


def test_no_day_is_carried_on_to_the_next_claim() -> None:
    """The speaker's next claim has none, as in the gold."""
    text = (
        "“Sawah kami kering,” kata [PER Wayan Sudira], Rabu (13/9).\nMenurut [PER Wayan Sudira], air cukup untuk kota."
    )
    assert days(text) == [13, None]


def test_an_interview_was_held_on_the_day_of_its_introduction() -> None:
    """Days in questions and answers are of other things."""
    text = (
        "[PER Maya Sitorus] melukis sejak kecil. Berikut petikan wawancara dengan [PER Maya Sitorus], Rabu (13/9).\n\n"
        "Kapan pameran dibuka?\nPada 12 September lalu, kuasnya baru.\n\nSiapa guru Anda?\nTidak ada, saya belajar sendiri."
    )
    assert days(text) == [13, 13]


@pytest.mark.parametrize(
    "held",
    [
        *(f"[PER Maya Sitorus] {word} di sanggarnya" for word in sorted(load_lexicon().grammar.talks)),
        *(f"[PER Maya Sitorus] {word} [ORG Suara Teluk]" for word in sorted(load_lexicon().grammar.receives)),
        "[PER Maya Sitorus] menerima kami di sanggarnya",
    ],
)
def test_the_introduction_tells_in_other_words_that_they_talked(held: str) -> None:
    """She received the paper, or was met."""
    assert days(f"{held}, Rabu (13/9). {TALK}") == [13, 13]


@pytest.mark.parametrize("held", ["menerima penghargaan", "bertemu [PER Joko Waluyo]", "melukis"])
def test_what_she_did_before_is_not_the_talk(held: str) -> None:
    """A prize is no guest, and another painter is not who asks."""
    assert days(f"[PER Maya Sitorus] {held}, Rabu (13/9). {TALK}") == [None, None]


def test_an_interview_without_a_day_has_none() -> None:
    """A date before it that is not of the talk is left."""
    text = (
        "[PER Maya Sitorus] tiba Rabu (13/9). Berikut petikan wawancara dengan [PER Maya Sitorus].\n\n"
        "Kapan pameran dibuka?\nWaktu hujan reda nanti.\n\nSiapa guru Anda?\nTidak ada, saya belajar sendiri."
    )
    assert days(text) == [None, None]


@pytest.mark.parametrize("word", sorted(load_lexicon().grammar.time_limits))
def test_a_limit_in_time_is_no_day_of_saying(word: str) -> None:
    """`sejak Rabu` is how long something lasted."""
    assert days(f"“Sawah kami kering,” kata [PER Wayan Sudira] yang hadir {word} Rabu (13/9).") == [None]


@pytest.mark.parametrize("word", sorted(load_lexicon().grammar.topics))
def test_a_topic_has_its_own_day(word: str) -> None:
    """`soal kebakaran Rabu` tells when it burned."""
    assert days(f"“Sawah kami kering,” kata [PER Wayan Sudira] {word} kebakaran Rabu (13/9).") == [None]


@pytest.mark.parametrize("word", sorted(load_lexicon().grammar.sayings))
def test_a_relative_clause_of_saying_tells_the_day(word: str) -> None:
    """`pernyataan yang diterima Rabu`."""
    assert days(f"“Sawah kami kering,” kata [PER Wayan Sudira] dalam acara yang {word} Rabu (13/9).") == [13]


def test_a_language_without_rules_takes_the_date_beside_the_claim() -> None:
    """The first in the sentence that is not in the claim."""
    text = "[PER Wayan Sudira] mengatakan bahwa sawah kering sejak Senin, Rabu (13/9)."
    read = prose(text)
    found = find_attributions(read)
    (day,) = beside(read, found, find_dates(unmarked(text)[0], ANCHOR))
    assert day is not None
    assert day.first.day == 13


def published(moment: datetime | None, source: DateSource | None) -> Article:
    return Article(
        article_id="a1",
        document_key="a1",
        text="Teks.",
        path="a.txt",
        media_type="text/plain",
        file_sha256="0" * 64,
        ingested_at=datetime(2023, 9, 15, tzinfo=UTC),
        published_at=moment,
        date_source=source,
    )


@pytest.mark.parametrize(
    ("moment", "source", "expected"),
    [
        (datetime(2023, 9, 13, 20, tzinfo=UTC), DateSource.METADATA, (ANCHOR, ANCHOR)),
        (datetime(2023, 9, 14, 0, tzinfo=timezone(timedelta(hours=9))), DateSource.DATELINE, (ANCHOR, ANCHOR)),
        (datetime(2023, 9, 14, 9, tzinfo=timezone(timedelta(hours=7))), DateSource.DROP_TIME, (None, ANCHOR)),
        (None, None, (None, None)),
    ],
)
def test_dates_are_read_from_the_articles_own_day(
    moment: datetime | None, source: DateSource | None, expected: tuple[date | None, date | None]
) -> None:
    """The newsroom's day, not that of UTC; the time at which a file was dropped is only the latest that it can be of."""
    assert publication_day(published(moment, source)) == expected


PARTS = st.sampled_from(
    ["“", "”", ",", ".", "\n", "kata", "[PER Wayan Sudira]", "mengatakan bahwa", "sawah kering", "Rabu (13/9)", "kemarin",
     "Hal itu disampaikan", "sejak", "yang", "Berikut petikan wawancara dengan", "Kapan?", "menurut"]
)  # fmt: skip


@settings(deadline=None)
@given(st.lists(PARTS, max_size=30).map(" ".join))
def test_any_text_gives_a_day_outside_all_claims(marked: str) -> None:
    """No exception; a day of saying never stands in what is said."""
    read, text = prose(marked), unmarked(marked)[0]
    found = find_attributions(read)
    dates = find_dates(text, ANCHOR)
    spans = [(read.tokens.starts[a], read.tokens.ends[b - 1]) for item in found for a, b in item.spans]
    said = said_on(read, found, dates)
    assert len(said) == len(found)
    for day in filter(None, said):
        assert day in dates
        assert not any(start < day.end and day.start < end for start, end in spans)
