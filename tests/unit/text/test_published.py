"""The moment of publication: from metadata, dateline, text, or the drop time, and never an absurd one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from kliping_ingest.domain.metadata import WIB, parse_published
from kliping_shared.contracts import DateSource
from tests.unit.text.builders import NOW, article_of

LEAD = "Bandung - Wali kota meresmikan taman baca di kawasan lama kota yang dibangun dari sumbangan warga"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2024-05-13", "2024-05-13T00:00:00+07:00"),
        ("2024-05-13T10:20:30Z", "2024-05-13T10:20:30+00:00"),
        ("2024-05-13T10:20:30.5+08:00", "2024-05-13T10:20:30.500000+08:00"),
        ("2024-05-13 10:20", "2024-05-13T10:20:00+07:00"),
        ("20240513", "2024-05-13T00:00:00+07:00"),
        ("Mon, 13 May 2024 10:20:30 +0700", "2024-05-13T10:20:30+07:00"),
        ("Mon, 13 May 2024 10:20:30 GMT", "2024-05-13T10:20:30+00:00"),
        ("Senin, 13 Mei 2024 10:20 WIB", "2024-05-13T10:20:00+07:00"),
        ("Senin, 13 Mei 2024 | 10.20 WITA", "2024-05-13T10:20:00+08:00"),
        ("13/05/2024, 10:20 WIT", "2024-05-13T10:20:00+09:00"),
        ("May 13, 2024 3:05 PM", "2024-05-13T15:05:00+07:00"),
        ("13 Mei 2024", "2024-05-13T00:00:00+07:00"),
        ("1715570430", "2024-05-13T10:20:30+07:00"),
        ("1715570430000", "2024-05-13T10:20:30+07:00"),
    ],
)
def test_metadata_forms(written: str, expected: str) -> None:
    """Every usual form of a moment is read, in WIB where it names no zone."""
    moment = parse_published(written)
    assert moment is not None
    assert moment.isoformat() == expected


@pytest.mark.parametrize(
    "written", ["", "kemarin", "31/2/2024", "2024-02-31", "tidak ada", "0", "99999999999999999999"]
)
def test_unreadable_metadata_is_none(written: str) -> None:
    """What names no day is none."""
    assert parse_published(written) is None


def test_naive_datetime_is_wib() -> None:
    """A datetime without an offset is Western Indonesian time."""
    moment = parse_published(datetime(2024, 5, 13, 10, 20))
    assert moment is not None
    assert moment.utcoffset() == timedelta(hours=7)


def test_metadata_comes_before_the_text() -> None:
    """A day in the text does not overrule metadata."""
    article = article_of(f"{LEAD}, Rabu (8/5/2024).", published_at="2024-05-09T08:00:00+07:00")
    assert (article.published_at, article.date_source) == (datetime(2024, 5, 9, 8, tzinfo=WIB), DateSource.METADATA)


@pytest.mark.parametrize(
    "absurd", ["2203-01-01", "9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00+14:00", "2024-05-23", "1200-01-01"]
)
def test_absurd_metadata_is_refused_and_noted(absurd: str) -> None:
    """Years like 2203, 9999 and 1, and days more than two after the drop, are noted and the text is asked."""
    article = article_of(f"{LEAD}, Rabu (8/5/2024).", published_at=absurd)
    assert article.date_source is DateSource.TEXT
    assert article.published_at == datetime(2024, 5, 8, tzinfo=WIB)
    assert len(article.notes) == 1


def test_unreadable_metadata_is_noted() -> None:
    """The note shows what could not be read."""
    (note,) = article_of("Warga desa menanam pohon.", published_at="entah kapan").notes
    assert "entah kapan" in note


def test_two_days_ahead_is_a_time_zone() -> None:
    """A moment up to two days after the drop is believed: clocks differ."""
    article = article_of("Warga desa menanam pohon.", published_at=NOW + timedelta(days=1))
    assert article.date_source is DateSource.METADATA


@pytest.mark.parametrize(
    ("body", "day", "source"),
    [
        (f"{LEAD}, Rabu (8/5/2024).", "2024-05-08", "text"),
        (f"{LEAD}, Rabu (8/5).", "2024-05-08", "text"),
        (f"{LEAD} pada 8 Mei 2024.", "2024-05-08", "text"),
        (f"{LEAD} dan akan dibuka Senin (27/5/2024), katanya Rabu (8/5/2024).", "2024-05-08", "text"),
        (f"{LEAD}, Selasa (7/5/2024).\nIa menyampaikannya Rabu (8/5/2024).", "2024-05-08", "text"),
        (f"{LEAD}, Rabu.\nTaman itu selesai Senin (6/5).", "2024-05-08", "text"),
        (f"{LEAD}.\n" + "Taman itu ramai.\n" * 5 + "Begitu kata dia, dikutip Kamis (9/5/2024).", "2024-05-09", "text"),
        (f"{LEAD}, Rabu (13/9).", "2023-09-13", "text"),
        (LEAD.replace("Bandung - ", "Bandung, 8/5 (ANTARA) - ") + ".", "2024-05-08", "dateline"),
        (LEAD.replace("Bandung - ", "Bandung, 8 Mei 2024 - ") + ".", "2024-05-08", "dateline"),
        (f"Rabu, 8 Mei 2024 | 10:20 WIB\n{LEAD}.", "2024-05-08", "dateline"),
        (f"{LEAD} pada 2019.", "2024-05-20", "drop_time"),
        (f"{LEAD}, Rabu (8/5/2203).", "2024-05-20", "drop_time"),
        (f"{LEAD}, Jumat (31/2/2024).", "2024-05-20", "drop_time"),
        (f"{LEAD}, Sabtu (25/5/2024).", "2024-05-20", "drop_time"),
        (f"{LEAD} dan akan dibuka pada Sabtu (25/5/2024).", "2024-05-20", "drop_time"),
    ],
)
def test_day_in_the_text(body: str, day: str, source: str) -> None:
    """The day of the report is taken from the dateline or lead, then from further down; days ahead of it are not."""
    article = article_of(body)
    assert article.published_at is not None
    assert (article.published_at.astimezone(WIB).date().isoformat(), article.date_source) == (day, source)


def test_drop_time_keeps_its_moment() -> None:
    """Without any day the article is as old as its drop."""
    assert article_of("Warga desa menanam pohon.").published_at == datetime(2024, 5, 20, 3, 0, tzinfo=UTC)


def test_an_announced_day_stands_for_an_unknown_one() -> None:
    """An old article that only names the day it looks forward to is dated near it, not at its drop, and says so."""
    article = article_of("Bandung - Taman baca di kawasan lama akan diresmikan pada Sabtu (6/1/2024) oleh wali kota.")
    assert article.published_at == datetime(2024, 1, 6, tzinfo=WIB)
    assert len(article.notes) == 1
