"""Reads the lists by which a name is told for an outlet's own: how it sounds, and the words that stand around it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from kliping_ingest.domain.lexicon import either, read_toml

__all__ = ["SITE", "Owners", "Sounds", "load_owners", "load_sounds"]

CAPITALISED = r"[A-Z0-9][\w&'’-]*(?:\.\w+)?(?: [A-Z0-9][\w&'’-]*){0,3}"
SITE = r"(?:www\.)?[a-z0-9](?:[a-z0-9-]{0,40}\.){1,3}(?:com|co|id|net|org|news|tv|info|my|sg|io|press|media|online)(?![\w-])"
"""What looks like a site's address."""


@dataclass(frozen=True, slots=True)
class Sounds:
    """How names of media and of places sound; countries, and openers of sentences before a dash, in lower case."""

    media: re.Pattern[str]
    media_head: re.Pattern[str]
    place: re.Pattern[str]
    countries: frozenset[str]
    openers: frozenset[str]


@dataclass(frozen=True, slots=True)
class Owners:
    """Patterns with the outlet as ``name``: behind a reprint, behind or before its own things, behind common words, ..."""

    reprint: re.Pattern[str]
    before: re.Pattern[str]
    behind: re.Pattern[str]
    before_media: re.Pattern[str]
    witness: re.Pattern[str]
    not_own: frozenset[str]


@cache
def load_sounds() -> Sounds:
    """The words of ``datelines.toml``."""
    data = read_toml("datelines.toml")
    media = rf"{either(data['media_parts'])}|{either(data['media_endings'])}\b|\b{either(data['media_words'])}\b"
    return Sounds(
        media=re.compile(media, re.IGNORECASE),
        media_head=re.compile(rf"{either(data['media_heads'])}\b", re.IGNORECASE),
        place=re.compile(rf"\b{either(data['place_words'])}\b", re.IGNORECASE),
        countries=frozenset(data["countries"]),
        openers=frozenset(data["openers"]),
    )


@cache
def load_owners() -> Owners:
    """The words of ``owners.toml``."""
    data, sounds = read_toml("owners.toml"), read_toml("datelines.toml")
    name = rf"(?P<name>(?i:{SITE})|{CAPITALISED})"

    def before(words: Iterable[str]) -> str:
        return rf"(?<!\w)(?i:{either(words)})(?: ?\d{{4}})? {{0,2}}{name}"

    return Owners(
        reprint=re.compile(before(data["reprint"])),
        before=re.compile(before(data["before"])),
        behind=re.compile(rf"(?<![\w.]){name} (?i:{either(data['behind'])})(?!\w)"),
        before_media=re.compile(before(data["before_media"])),
        witness=re.compile(
            rf"(?<!\w)(?:(?i:{either(data['witness'])}) (?P<name>(?i:{SITE}))"
            rf"|(?i:{either(data['seen'])}) (?P<paper>(?i:{either(sounds['media_heads'])}) [A-Z][\w’'-]*(?: [A-Z][\w’'-]*)?))"
        ),
        not_own=frozenset(data["not_own"]),
    )
