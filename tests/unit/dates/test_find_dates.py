"""The Indonesian date grammar finds what news writes, with exact offsets, and nothing else."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kliping_shared.dates import find_dates, latest_agreeing, scan_dates
from kliping_shared.dates.lexicon import load_lexicon

ANCHOR = date(2023, 9, 14)  # a Thursday

ABSOLUTE = [
    ("13 September 2023", "2023-09-13", "2023-09-13"),
    ("13/9/2023", "2023-09-13", "2023-09-13"),
    ("13/09/23", "2023-09-13", "2023-09-13"),
    ("13-09-2023", "2023-09-13", "2023-09-13"),
    ("13.09.2023", "2023-09-13", "2023-09-13"),
    ("2023-09-13", "2023-09-13", "2023-09-13"),
    ("Rabu (13/9/2023)", "2023-09-13", "2023-09-13"),
    ("Rabu(13/9/2023)", "2023-09-13", "2023-09-13"),
    ("Rabu, 13 September 2023", "2023-09-13", "2023-09-13"),
    ("Rabu 13 September 2023", "2023-09-13", "2023-09-13"),
    ("Rabu malam (13/9/2023)", "2023-09-13", "2023-09-13"),
    ("RABU (13/9/2023)", "2023-09-13", "2023-09-13"),
    ("Jum'at (8/9/2023)", "2023-09-08", "2023-09-08"),
    ("Jum’at, 8 Sept 2023", "2023-09-08", "2023-09-08"),
    ("Ahad, 10 Sep 2023", "2023-09-10", "2023-09-10"),
    ("17 Agt 2023", "2023-08-17", "2023-08-17"),
    ("10 Nopember 2023", "2023-11-10", "2023-11-10"),
    ("September 13, 2023", "2023-09-13", "2023-09-13"),
    ("29 Februari 2024", "2024-02-29", "2024-02-29"),
    ("Januari 2020", "2020-01-01", "2020-01-31"),
    ("bulan Desember 2022", "2022-12-01", "2022-12-31"),
    ("tahun 2016", "2016-01-01", "2016-12-31"),
    ("tahun 2019-2024", "2019-01-01", "2024-12-31"),
    ("10-12 September 2023", "2023-09-10", "2023-09-12"),
    ("10 – 12 September 2023", "2023-09-10", "2023-09-12"),
    ("10 hingga 12 September 2023", "2023-09-10", "2023-09-12"),
    ("30 Agustus-2 September 2023", "2023-08-30", "2023-09-02"),
    ("30 Desember-2 Januari 2024", "2023-12-30", "2024-01-02"),
    ("12-13/9/2023", "2023-09-12", "2023-09-13"),
    ("Januari-Maret 2023", "2023-01-01", "2023-03-31"),
]

RELATIVE = [
    ("Rabu (13/9)", "2023-09-13", "2023-09-13"),
    ("Minggu (10/9)", "2023-09-10", "2023-09-10"),
    ("Senin (18/9)", "2023-09-18", "2023-09-18"),
    ("Selasa, 13 Desember", "2022-12-13", "2022-12-13"),
    ("13 September", "2023-09-13", "2023-09-13"),
    ("10 s.d. 12 September", "2023-09-10", "2023-09-12"),
    ("Rabu", "2023-09-13", "2023-09-13"),
    ("Kamis", "2023-09-14", "2023-09-14"),
    ("Jumat", "2023-09-08", "2023-09-08"),
    ("Rabu depan", "2023-09-20", "2023-09-20"),
    ("Kamis lalu", "2023-09-07", "2023-09-07"),
    ("Rabu pekan lalu", "2023-09-06", "2023-09-06"),
    ("Sabtu mendatang", "2023-09-16", "2023-09-16"),
    ("hari ini", "2023-09-14", "2023-09-14"),
    ("kemarin", "2023-09-13", "2023-09-13"),
    ("besok", "2023-09-15", "2023-09-15"),
    ("lusa", "2023-09-16", "2023-09-16"),
    ("pekan lalu", "2023-09-04", "2023-09-10"),
    ("minggu depan", "2023-09-18", "2023-09-24"),
    ("pekan ini", "2023-09-11", "2023-09-17"),
    ("bulan lalu", "2023-08-01", "2023-08-31"),
    ("bulan depan", "2023-10-01", "2023-10-31"),
    ("tahun lalu", "2022-01-01", "2022-12-31"),
    ("dua hari lalu", "2023-09-12", "2023-09-12"),
    ("sepekan lalu", "2023-09-04", "2023-09-10"),
    ("3 bulan yang lalu", "2023-06-01", "2023-06-30"),
    ("Agustus", "2023-08-01", "2023-08-31"),
    ("bulan Mei", "2023-05-01", "2023-05-31"),
    ("Oktober", "2023-10-01", "2023-10-31"),
    ("Februari", "2023-02-01", "2023-02-28"),
    ("Agustus tahun ini", "2023-08-01", "2023-08-31"),
    ("Desember tahun lalu", "2022-12-01", "2022-12-31"),
]

NOT_DATES = [
    "31/2/2023",
    "31 Februari 2023",
    "29 Februari 2023",
    "13/9/2203",
    "13/13/2023",
    "9999-01-01",
    "pukul 13.09 WIB",
    "pukul 10:30",
    "skor 2-1",
    "1/2 gelas",
    "hingga 2000 orang",
    "pada 2020-an",
    "Mei Ling datang",
    "Ibu Juli pulang",
    "seminggu penuh",
    "minggu itu",
    "rabun senja",
    "Nomor 12/2023",
    "berjumlah 1998",
    "1.13/9/2023",
]


@pytest.mark.parametrize(("text", "first", "last"), ABSOLUTE)
def test_absolute_dates_need_no_anchor(text: str, first: str, last: str) -> None:
    """A date with a year stands for the same days with and without an anchor, over its whole length."""
    for anchor in (None, ANCHOR):
        found = find_dates(f"Menurut dia, pada {text} itu", anchor)
        assert [(m.text, m.first.isoformat(), m.last.isoformat()) for m in found] == [(text, first, last)]


@pytest.mark.parametrize(("text", "first", "last"), RELATIVE)
def test_relative_dates_are_read_from_the_anchor(text: str, first: str, last: str) -> None:
    """A date without a year, or relative to today, is read from the day of publication."""
    found = find_dates(f"dia datang pada {text} dengan kereta", ANCHOR)
    assert [(m.text, m.first.isoformat(), m.last.isoformat()) for m in found] == [(text, first, last)]


@pytest.mark.parametrize(("text", "first", "last"), RELATIVE)
def test_relative_dates_are_left_out_without_an_anchor(text: str, first: str, last: str) -> None:
    """Without a day of publication nothing is guessed."""
    assert find_dates(f"dia datang pada {text} dengan kereta", None) == ()


@pytest.mark.parametrize("text", NOT_DATES)
def test_what_only_looks_like_a_date_is_none(text: str) -> None:
    """Impossible days, times, fractions, counts and names are no dates."""
    assert find_dates(text, ANCHOR) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Minggu lalu, dia datang", "2023-09-04"),
        ("dia datang pada Minggu lalu", "2023-09-10"),
        ("dia datang minggu lalu", "2023-09-04"),
        ("dia datang Minggu sore", "2023-09-10"),
    ],
)
def test_minggu_is_sunday_or_week(text: str, expected: str) -> None:
    """With a capital inside a sentence "Minggu" is Sunday, else "minggu lalu" is last week."""
    assert [m.first.isoformat() for m in find_dates(text, ANCHOR)] == [expected]


@pytest.mark.parametrize("text", ["pada 2019", "sejak 2019", "hingga 2019,"])
def test_a_year_after_a_preposition_is_the_whole_year(text: str) -> None:
    """ "pada 2019" is the year, and only the number is marked."""
    (found,) = find_dates(text, None)
    assert (found.text, found.first.isoformat(), found.last.isoformat()) == ("2019", "2019-01-01", "2019-12-31")


def test_a_day_without_year_in_brackets_needs_no_weekday() -> None:
    """ "(13/9)" is a day, "13/9" alone is not."""
    assert [m.text for m in find_dates("tiba (13/9) malam, 13/9 bagian", ANCHOR)] == ["13/9"]


def test_several_dates_come_in_order() -> None:
    """All dates of a sentence are found, in order."""
    found = find_dates("Dari Senin (11/9/2023), atau Rabu (13/9), lalu Oktober 2024 dan besok.", ANCHOR)
    assert [m.text for m in found] == ["Senin (11/9/2023)", "Rabu (13/9)", "Oktober 2024", "besok"]


@pytest.mark.parametrize(
    ("day", "month", "weekday", "expected"),
    [
        (13, 9, 2, "2023-09-13"),
        (13, 9, None, "2023-09-13"),
        (15, 9, None, "2022-09-15"),
        (18, 9, 0, "2017-09-18"),
        (29, 2, 3, "2024-02-29"),
        (31, 2, None, None),
    ],
)
def test_latest_agreeing_day(day: int, month: int, weekday: int | None, expected: str | None) -> None:
    """The latest day not after the limit on which weekday, day and month agree."""
    limit = date(2024, 6, 1) if (day, month) == (29, 2) else ANCHOR
    found = latest_agreeing(day, month, weekday, limit)
    assert (found.isoformat() if found else None) == expected


@pytest.mark.parametrize("name", sorted(load_lexicon().months))
def test_every_month_name_is_known_with_a_day_and_year(name: str) -> None:
    """Each spelling of a month in the lexicon is read."""
    (found,) = find_dates(f"5 {name.capitalize()} 2021", None)
    assert found.first == date(2021, load_lexicon().months[name], 5)


@pytest.mark.parametrize("name", sorted(load_lexicon().weekdays))
def test_every_weekday_name_is_known(name: str) -> None:
    """Each spelling of a weekday in the lexicon gives a day of that weekday, within the last week."""
    (found,) = find_dates(f"pada {name.capitalize()} itu", ANCHOR)
    assert found.first.weekday() == load_lexicon().weekdays[name]
    assert 0 <= (ANCHOR - found.first).days < 7


WORDS = st.sampled_from(
    [
        *load_lexicon().months,
        *load_lexicon().weekdays,
        *load_lexicon().dayparts,
        *load_lexicon().days,
        *load_lexicon().units,
        *load_lexicon().numbers,
        *load_lexicon().past,
        *load_lexicon().future,
        "(",
        ")",
        ",",
        "/",
        "-",
        "s.d.",
        "2023",
        "13",
        "31",
        "2",
        "9999",
        "0",
        "9/9",
        "31/2/2023",
        "tahun",
        "pada",
        ".",
        "\n",
    ]
)
DATE_TALK = st.lists(st.tuples(WORDS, st.sampled_from(["", " ", "  "])), max_size=25).map(
    lambda parts: "".join(word + gap for word, gap in parts)
)
TEXTS = st.one_of(st.text(max_size=200), DATE_TALK, DATE_TALK.map(str.title), DATE_TALK.map(str.upper))


@given(text=TEXTS, anchor=st.one_of(st.none(), st.dates()))
def test_any_text_gives_sorted_spans_that_repeat_it(text: str, anchor: date | None) -> None:
    """Whatever the text and the anchor: no exception, offsets round-trip, no overlap, first not after last."""
    position = 0
    for mention in find_dates(text, anchor):
        assert mention.start >= position
        assert text[mention.start : mention.end] == mention.text
        assert mention.first <= mention.last
        position = mention.end


@given(day=st.dates(min_value=date(1000, 1, 1), max_value=date(2199, 12, 31)))
def test_any_written_day_is_read_back(day: date) -> None:
    """Every day of the calendar is read back from the three common spellings."""
    name = next(name for name, number in load_lexicon().months.items() if number == day.month)
    for written in (f"{day.day} {name.capitalize()} {day.year}", f"{day.day}/{day.month}/{day.year}", day.isoformat()):
        (found,) = find_dates(f"kata dia, {written}.", None)
        assert (found.text, found.first, found.last) == (written, day, day)


@pytest.mark.timeout(60)
@pytest.mark.parametrize("unit", ["1 ", "Rabu (", "senin,", "1/1/", "Mei ", "10-", "pada 2019 ", "("])
def test_long_repetitions_are_scanned_in_linear_time(unit: str) -> None:
    """A line of 300,000 characters that nearly match ends within the time limit, which quadratic work would not."""
    assert isinstance(scan_dates(unit * (300_000 // len(unit))), tuple)
