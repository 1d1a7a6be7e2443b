"""Indonesian dates in running text, with exact offsets.

A small grammar of its own rather than dateparser: that one does not give offsets, and guesses where news must not.
"""

from __future__ import annotations

from datetime import date

from kliping_shared.contracts.enriched import DateMention
from kliping_shared.dates.expressions import DateExpression
from kliping_shared.dates.resolve import latest_agreeing, resolve
from kliping_shared.dates.scan import scan_dates

__all__ = ["DateExpression", "find_dates", "latest_agreeing", "resolve", "scan_dates"]


def find_dates(text: str, anchor: date | None) -> tuple[DateMention, ...]:
    """The dates of ``text`` with the days they stand for, sorted, without overlap; ``text[start:end] == mention.text``.

    ``anchor`` is the day the text was published: "kemarin", "Rabu", "Agustus" and "Rabu (13/9)" are read from there.
    Without it only dates that need none are given. Times of day are no dates; impossible days are left out.
    """
    mentions = []
    for found in scan_dates(text):
        days = resolve(found, anchor)
        if days:
            first, last = days
            words = text[found.start : found.end]
            mentions.append(DateMention(start=found.start, end=found.end, text=words, first=first, last=last))
    return tuple(mentions)
