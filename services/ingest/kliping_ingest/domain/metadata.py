"""Clean what a file's metadata says: blank or absurd values are none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime

from kliping_ingest.domain.clock import WIB, read_clock
from kliping_ingest.domain.layout.bylines import Byline, labelled
from kliping_ingest.domain.layout.dateline import Dateline
from kliping_ingest.domain.layout.owners import find_witness
from kliping_ingest.domain.layout.sources import find_relay
from kliping_ingest.domain.media import DOMAIN, is_agency, known_medium, medium_of_url, same_medium, usual_name
from kliping_ingest.domain.raw import RawArticle
from kliping_ingest.domain.zones import Layout
from kliping_shared.dates import scan_dates

__all__ = ["WIB", "cleaned", "find_author", "find_origin", "find_outlet", "parse_published", "refusal"]

MAX_FIELD = 500
"""Longer titles, names and dates in metadata are damage."""

FUTURE = timedelta(days=2)
"""Clocks and time zones may differ so far; a later day of publication is a mistake."""

FIRST_YEAR = 1800
LEAD_PARAGRAPHS = 3


def cleaned(value: str | None) -> str | None:
    """The value with single blanks, None where nothing is left or it is absurdly long."""
    if value is None:
        return None
    words = " ".join(value.split())
    return words if words and len(words) <= MAX_FIELD else None


def find_outlet(raw: RawArticle, layout: Layout, paragraphs: Sequence[str]) -> str | None:
    """Who published it: metadata, else dateline, byline, the URL's host, the lines around the news, whom people spoke to."""
    named = cleaned(raw.outlet)
    if named:
        return usual_name(named)
    dateline = layout.dateline
    in_dateline = dateline.outlet if dateline else None
    owner = next(iter(layout.owners), None)
    # "BENOA (CAKRA) - " over "Hak cipta Suluh Pagi" is Cakra's copy in Suluh Pagi.
    if in_dateline and not (owner and dateline and dateline.bracketed and not same_medium(owner, in_dateline)):
        return spelt_out(in_dateline, layout)
    above = next(iter(outlets_above(layout)), None)
    by_address = medium_of_url(raw.url) if raw.url else None
    found = above or by_address or owner or find_witness(paragraphs)
    return usual_name(found) if found else None


def outlets_above(layout: Layout) -> list[str]:
    """The outlet as bylines and lines with a day name it."""
    named = (*(byline.outlet for byline in layout.bylines), *(line.outlet for line in layout.dates))
    return [name for name in named if name]


def spelt_out(site: str, layout: Layout) -> str:
    """The name of the medium whose address a dateline gives, where another line writes it: "SULUHPAGI.ID", "Suluh Pagi".

    One in mixed case ("SuluhPagi.com") tells its words apart itself and is the name.
    """
    if not DOMAIN.fullmatch(site) or not (site.isupper() or site.islower()):
        return site
    names = (name for name in (*outlets_above(layout), *layout.owners) if " " in name and same_medium(name, site))
    return next(names, site)


def find_author(raw: RawArticle, bylines: Sequence[Byline]) -> str | None:
    """Metadata, else the first byline, without its label."""
    named = cleaned(raw.author)
    if named:
        inside = labelled(named)
        return (inside.author if inside and inside.author else None) or named
    return next((cleaned(byline.author) for byline in bylines if byline.author), None)


def find_origin(author: str | None, outlet: str | None, layout: Layout, lead: Sequence[str]) -> str | None:
    """The agency or outlet that the text was taken from, None when it is the outlet's own.

    An agency in the byline first, then notes ("Sumber: ..."), then an agency in the dateline or signature, then the
    first medium that the lead paragraphs relay.
    """
    candidates = [
        media_in_byline(author),
        *layout.sources,
        dateline_agency(layout.dateline),
        *layout.agencies,
        find_relay(lead[:LEAD_PARAGRAPHS], outlet),
    ]
    for candidate in candidates:
        if candidate and not (outlet and same_medium(candidate, outlet)):
            return candidate
    return None


def media_in_byline(author: str | None) -> str | None:
    """The media that a byline names: all of "AFP/VOA Indonesia", the agency of "Budi/ANTARA"."""
    if author is None:
        return None
    parts = [part.strip() for part in re.split(r"[/|,]| - ", author) if part.strip()]
    media = [part for part in parts if known_medium(part)]
    if len(media) == len(parts) and media:
        return author
    agencies = [known_medium(part) or part for part in media if is_agency(part)]
    return "/".join(agencies) or None


def dateline_agency(dateline: Dateline | None) -> str | None:
    """The agency of a dateline, and the medium in its brackets, which may be another's."""
    if dateline is None:
        return None
    if dateline.agency:
        return dateline.agency
    return dateline.outlet if dateline.outlet and (dateline.bracketed or is_agency(dateline.outlet)) else None


def parse_published(value: str | datetime | None) -> datetime | None:
    """A moment from metadata, with offset; None where it cannot be read. A day alone is midnight WIB."""
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=WIB)
    written = cleaned(value)
    if written is None:
        return None
    return from_iso(written) or from_epoch(written) or from_mail(written) or from_words(written)


def from_iso(written: str) -> datetime | None:
    """ISO 8601; digits without signs are left to others."""
    if written.isdigit() and len(written) != 8:
        return None
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=WIB)


def from_epoch(written: str) -> datetime | None:
    """Seconds or milliseconds since 1970."""
    if not re.fullmatch(r"\d{10}|\d{13}", written):
        return None
    seconds = int(written) / (1000 if len(written) == 13 else 1)
    return datetime.fromtimestamp(seconds, WIB)


def from_mail(written: str) -> datetime | None:
    """RFC 2822: "Wed, 13 Sep 2023 10:00:00 +0700"."""
    try:
        moment = parsedate_to_datetime(written)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    # It also accepts much that is no mail date, reading "10:30 WIB" as UTC; only a numeric offset is trusted.
    return moment if moment.tzinfo and re.search(r"[+-]\d{4}$|GMT$|UTC$", written) else None


def from_words(written: str) -> datetime | None:
    """ "Rabu, 13 September 2023 14:05 WIB", "13/09/2023, 14.05", "September 13, 2023"."""
    day = next((found for found in scan_dates(written) if found.is_full_day), None)
    if day is None or day.year is None or day.month is None or day.day is None:
        return None
    clock = read_clock(written[: day.start] + " " + written[day.end :])
    return clock.on(date(day.year, day.month, day.day))


def refusal(moment: datetime, now: datetime) -> str | None:
    """Why a moment cannot be the time of publication, None where it can."""
    if moment.year < FIRST_YEAR:
        return f"is before {FIRST_YEAR}"
    # Years near 9999 overflow when moved to another time zone; they are far too late anyway.
    if moment.year > now.year + 1 or moment.astimezone(UTC) > now.astimezone(UTC) + FUTURE:
        return "lies after the day it was dropped"
    return None
