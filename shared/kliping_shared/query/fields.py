"""The fields of the query language: one table, from which parser, stores and reference take what they need."""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

Use = Literal["value", "about", "title", "before", "after", "at_least"]


@dataclass(frozen=True)
class FieldRule:
    """How ``name:value`` is understood.

    ``value``: one of ``documents`` (fields of the document) has the value or whole words of it; ``about``: its text has
    the words, stemmed, or one of ``documents`` has the value; ``title``: the title has the words, stemmed;
    ``before``/``after``: the day of publication; ``at_least``: a number in the document. ``example`` is a value.
    """

    use: Use
    documents: tuple[str, ...]
    meaning: str
    example: str


FIELDS: Final[Mapping[str, FieldRule]] = {
    "speaker": FieldRule("value", ("speaker",), "who says it", "Kim"),
    "about": FieldRule(
        "about",
        ("person", "org", "place"),
        "what it is about: words of what is said or told, or a name in it",
        "satelit",
    ),
    "person": FieldRule("value", ("person",), "a person who is named", "Kim"),
    "org": FieldRule("value", ("org",), "an organisation that is named", "PBB"),
    "place": FieldRule("value", ("place",), "a place that is named", "Jakarta"),
    "role": FieldRule("value", ("role",), "office or description of the speaker", "gubernur"),
    "outlet": FieldRule("value", ("outlet",), "who published it", "Kompas"),
    "origin": FieldRule("value", ("origin",), "agency or outlet it was taken from", "Antara"),
    "title": FieldRule("title", (), "words of the title, in any form", "satelit"),
    "story": FieldRule(
        "value", ("story_id", "story_title"), "the story, by id or by words of its title", '"tanggul jebol"'
    ),
    "after": FieldRule("after", (), "published on or after the first day of it", "2023-09-13"),
    "before": FieldRule("before", (), "published before that day, month or year", "2023-09-13"),
    "outlets": FieldRule("at_least", ("outlet_count",), "carried by at least so many outlets", "2"),
    "origins": FieldRule("at_least", ("origin_count",), "carried by at least so many independent origins", "2"),
    "agreement": FieldRule(
        "value",
        ("agreement",),
        "how the outlets agree on it: single_source, copied, agreed or disputed",
        "disputed",
    ),
    "differs": FieldRule(
        "value",
        ("differs",),
        "what its wordings tell otherwise: number, date, place, name, polarity or scope",
        "number",
    ),
    "kind": FieldRule("value", ("kind",), "direct, indirect or mixed", "direct"),
    "stance": FieldRule("value", ("stance",), "how it is said: neutral, assert, deny, warn, promise, doubt …", "deny"),
    "modality": FieldRule(
        "value", ("modality",), "how far it is meant: asserted, possible, necessary, future, desired …", "future"
    ),
    "negated": FieldRule("value", ("negated",), "whether the speaker denies it: yes or no", "yes"),
    "public": FieldRule("value", ("public",), "whether the speaker is a public one: yes or no", "no"),
    "cue": FieldRule("value", ("cue",), "the words that attribute it, as written: kata, menegaskan …", "menegaskan"),
    "group": FieldRule("value", ("group_id",), "the group of claims that say the same, by id", "g-1a2b"),
    "language": FieldRule("value", ("language",), "ISO 639-1 code", "id"),
}

_DAY = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")


def first_day(value: str) -> str | None:
    """The first day (YYYY-MM-DD) of a year, month or day as written in a query; None when it is no date."""
    match = _DAY.fullmatch(value)
    if match is None:
        return None
    year, month, day = int(match[1]), int(match[2] or 1), int(match[3] or 1)
    if not (year and 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]):
        return None
    return date(year, month, day).isoformat()
