"""The labelled expressions, each with its days, time and place; what the calendar and the clock do not have is left out."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from kliping_shared.dates import find_dates
from kliping_shared.dates.lexicon import load_lexicon
from tests.unit.dates.labelled import Labelled, load

ANCHOR = date(2023, 9, 14)  # a Thursday
LABELLED = load()


@pytest.mark.parametrize("case", LABELLED, ids=lambda case: case.text)
def test_every_labelled_expression_is_read(case: Labelled) -> None:
    """Places, days and times are those that were told by hand."""
    found = find_dates(case.text, case.anchor)
    assert [(m.start, m.end, m.first, m.last, m.time) for m in found] == [
        (d.start, d.end, d.first, d.last, d.time) for d in case.dates
    ]


def test_the_list_is_long_enough_to_mean_something() -> None:
    """At least 150 sentences, among them some without any date."""
    assert len(LABELLED) >= 150
    assert sum(not case.dates for case in LABELLED) >= 20


@pytest.mark.parametrize("context", ["format", "stand-alone"])
@pytest.mark.parametrize("width", ["wide", "abbreviated"])
def test_the_lexicon_has_every_name_of_cldr(context: str, width: str) -> None:
    """Months as Unicode's CLDR has them for Indonesian; of weekdays the full names, short ones are other words."""
    locale, lexicon = Locale("id"), load_lexicon()
    for number, name in locale.months[context][width].items():
        assert lexicon.months[name.lower()] == number
    for number, name in locale.days[context]["wide"].items():
        assert lexicon.weekdays[name.lower()] == number


@pytest.mark.parametrize("name", sorted(load_lexicon().zones))
def test_every_zone_is_known(name: str) -> None:
    """A time keeps the offset of its zone."""
    (found,) = find_dates(f"kata dia, Rabu (13/9) pukul 07.05 {name.upper()}.", ANCHOR)
    assert found.time is not None
    assert found.time.utcoffset() == timedelta(hours=load_lexicon().zones[name])


@pytest.mark.parametrize("words", [*load_lexicon().days, *load_lexicon().next_day])
def test_every_relative_day_is_known(words: str) -> None:
    """Words for a day near today, or near the day told of last."""
    found = find_dates(f"Rabu (6/9) hujan, {words} ia tiba", ANCHOR)
    lexicon = load_lexicon()
    day = (
        ANCHOR + timedelta(lexicon.days[words]) if words in lexicon.days else date(2023, 9, 6 + lexicon.next_day[words])
    )
    assert [m.first for m in found][1:] == [day]


@pytest.mark.parametrize(("words", "number"), sorted(load_lexicon().numbers.items()))
def test_every_numeral_counts(words: str, number: int) -> None:
    """Days are counted up to ninety-nine."""
    (found,) = find_dates(f"ia tiba {words} hari lalu", ANCHOR)
    assert found.first == ANCHOR - timedelta(days=number)


@pytest.mark.parametrize("word", sorted(load_lexicon().coming))
def test_every_word_that_puts_a_weekday_ahead(word: str) -> None:
    """In the same clause only; a comma ends it."""
    assert [m.first.day for m in find_dates(f"Sidang {word} dibuka pada Senin", ANCHOR)] == [18]
    assert [m.first.day for m in find_dates(f"Sidang {word} dibuka, kata dia, Senin", ANCHOR)] == [11]


@pytest.mark.parametrize(
    ("text", "day"),
    [("kata dia, Kamis (24/9)", "2026-09-24"), ("Rabu", None), ("kemarin", None), ("24 September", None)],
)
def test_without_an_own_day_only_a_weekday_with_its_date_is_read(text: str, day: str | None) -> None:
    """When only the latest possible day is known, weekday and date tell the year, and nothing else is guessed."""
    found = find_dates(text, None, latest=date(2028, 1, 3))
    assert [m.first.isoformat() for m in found] == ([day] if day else [])


def test_the_day_told_of_last_is_forgotten_at_the_end_of_a_paragraph() -> None:
    """A new paragraph counts from the day of the article again."""
    found = find_dates("Banjir datang Selasa (5/9).\nSehari sebelumnya Budi menyebutnya.", ANCHOR)
    assert [m.first.day for m in found] == [5, 13]


@given(day=st.dates(date(1000, 1, 2), date(2199, 12, 30)), hour=st.integers(0, 99), minute=st.integers(0, 99))
def test_any_time_is_kept_or_left_out(day: date, hour: int, minute: int) -> None:
    """A time that clocks show is kept with its day, 24.00 is the next day's beginning, others are no times."""
    (found,) = find_dates(f"tiba {day.isoformat()} pukul {hour:02}.{minute:02}", None)
    possible = hour < 24 and minute < 60
    midnight = (hour, minute) == (24, 0)
    assert found.time == (time(hour, minute) if possible else time() if midnight else None)
    assert found.first == (day + timedelta(days=1) if midnight else day)


@given(first=st.dates(date(1990, 1, 1), date(2050, 12, 31)), days=st.integers(1, 700))
def test_any_written_range_is_read_back(first: date, days: int) -> None:
    """Two full days joined by "hingga" are one range with both ends."""
    last = first + timedelta(days=days)
    names = [name.capitalize() for name in list(load_lexicon().months_alone)]
    months = {load_lexicon().months[name.lower()]: name for name in names}
    written = " hingga ".join(f"{day.day} {months[day.month]} {day.year}" for day in (first, last))
    (found,) = find_dates(f"berlaku {written}.", None)
    assert (found.text, found.first, found.last) == (written, first, last)


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "unit", ["akan ", "Rabu hingga ", "pukul 10.00 WIB Rabu ", "dua puluh ", "akhir ", "kemarin jam 1.00\n"]
)
def test_long_repetitions_are_resolved_in_linear_time(unit: str) -> None:
    """A line of 200,000 characters that nearly match ends within the time limit, which quadratic work would not."""
    assert isinstance(find_dates(unit * (200_000 // len(unit)), ANCHOR), tuple)
