"""How well dates are read, by Kliping's grammar and by dateparser: ``python -m bench.date_eval``.

Over the labelled expressions of ``tests/unit/dates/expressions.txt``, the share of sentences whose dates stand for the
right days, and the time for an article of ``seeds/dev``. dateparser is tried in two ways: its own search over the
sentence, and its parser on the words that the labels mark, which saves it the search. Both are told that the language is
Indonesian, the day of publication, and to prefer the past. What docs/decisions/0010-dates.md rests on.
"""

from __future__ import annotations

import calendar
import sys
import time
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

from dateparser.date import DateDataParser
from dateparser.search import search_dates

from kliping_shared.dates import find_dates
from tests.unit.dates.labelled import Labelled, load

SEEDS = Path(__file__).resolve().parents[1] / "seeds" / "dev" / "articles"
ANCHOR = date(2026, 9, 14)

Days = tuple[date, date]


def ours(text: str, anchor: date | None) -> list[Days]:
    """The days that Kliping finds."""
    return [(mention.first, mention.last) for mention in find_dates(text, anchor)]


def searched(text: str, anchor: date | None) -> list[Days]:
    """The days that dateparser's search finds; it knows no periods."""
    found = search_dates(text, languages=["id"], settings=settings(anchor)) or []
    return [(moment.date(), moment.date()) for _, moment in found]


def parsed(words: str, anchor: date | None) -> Days | None:
    """The days that dateparser reads from the words of one date."""
    data = DateDataParser(languages=["id"], settings=settings(anchor)).get_date_data(words)
    return period(data.date_obj.date(), data.period) if data.date_obj else None


def settings(anchor: date | None) -> dict[str, object]:
    """How dateparser is to read."""
    base = {"RELATIVE_BASE": datetime.combine(anchor, datetime.min.time())} if anchor else {}
    return {"PREFER_DATES_FROM": "past", "DATE_ORDER": "DMY", **base}


def period(day: date, of: str) -> Days:
    """All days of the week, month or year that dateparser says it is."""
    if of == "year":
        return day.replace(month=1, day=1), day.replace(month=12, day=31)
    if of == "month":
        return day.replace(day=1), day.replace(day=calendar.monthrange(day.year, day.month)[1])
    monday = day - timedelta(days=day.weekday())
    return (monday, monday + timedelta(days=6)) if of == "week" else (day, day)


def parses(case: Labelled) -> bool:
    """Whether dateparser reads every marked date rightly."""
    return all(parsed(case.text[d.start : d.end], case.anchor) == (d.first, d.last) for d in case.dates)


def microseconds(find: Callable[[str, date], object], texts: list[str]) -> float:
    """For an article, the best of three runs."""
    best = float("inf")
    for _ in range(3):
        begin = time.process_time()
        for text in texts:
            find(text, ANCHOR)
        best = min(best, time.process_time() - begin)
    return best / len(texts) * 1e6


def main() -> int:
    """Print both tables."""
    right: dict[str, Counter[str]] = {}
    for case in load():
        wanted = [(d.first, d.last) for d in case.dates]
        row = right.setdefault(case.group, Counter())
        row["sentences"] += 1
        row["ours"] += ours(case.text, case.anchor) == wanted
        row["search"] += searched(case.text, case.anchor) == wanted
        row["dated"] += bool(case.dates)
        row["parser"] += bool(case.dates) and parses(case)
    columns = ("sentences", "ours", "search", "dated", "parser")
    sys.stdout.write(f"{'':48}" + "".join(f"{name:>10}" for name in columns) + "\n")
    for group, row in [*right.items(), ("all", sum(right.values(), Counter()))]:
        sys.stdout.write(f"{group:48}" + "".join(f"{row[name]:>10}" for name in columns) + "\n")
    texts = [path.read_text(encoding="utf-8") for path in sorted(SEEDS.glob("*.txt"))]
    sys.stdout.write(f"\nmicroseconds for an article: ours {microseconds(ours, texts):.0f}")
    sys.stdout.write(f", dateparser's search {microseconds(searched, texts[:8]):.0f}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
