"""Reads the word lists of ``kliping_ingest/lexicon`` once, into the shapes the rules need."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

__all__ = [
    "Bylines",
    "LineRule",
    "Media",
    "NoiseRules",
    "Sources",
    "either",
    "load_bylines",
    "load_media",
    "load_noise",
    "load_places",
    "load_sources",
    "load_words",
    "read_toml",
]

Rest = Literal["colon", "alone", "any", "open"]

FIRST_WORD = re.compile(r"\W*\w+")
"""A line's first word with the signs before it: the key by which line rules are found."""


@dataclass(frozen=True, slots=True)
class LineRule:
    """A line that begins with ``start`` (lower case) and goes on as ``rest`` says, up to ``limit`` characters."""

    start: str
    rest: Rest
    limit: int


@dataclass(frozen=True, slots=True)
class NoiseRules:
    """What is no news prose.

    Rules by the first word of a line, patterns of a whole line, of a caption's end, and inside a line.
    """

    by_word: Mapping[str, tuple[LineRule, ...]]
    line: re.Pattern[str]
    caption: re.Pattern[str]
    inline: re.Pattern[str]
    longest: int


@dataclass(frozen=True, slots=True)
class Bylines:
    """Labels in lower case."""

    author: frozenset[str]
    staff: frozenset[str]
    colon_only: frozenset[str]
    reports: tuple[str, ...]
    notes: tuple[str, ...]
    dated: frozenset[str]
    script: frozenset[str]
    contribution: re.Pattern[str]
    first_words: frozenset[str]


@dataclass(frozen=True, slots=True)
class Sources:
    """Words around the name of the medium that a text was taken from; ``relay`` finds them in running text."""

    labels: frozenset[str]
    not_sources: frozenset[str]
    not_media: frozenset[str]
    relay: re.Pattern[str]
    used_before: str
    used_behind: str
    """Patterns of what stands around a name where the news treats it as a source of its own."""
    taken: re.Pattern[str]
    media_verbs: frozenset[str]


@dataclass(frozen=True, slots=True)
class Media:
    """Known media: ``names`` from any spelling (lower case), ``hosts`` from a host name, both to the usual name."""

    names: Mapping[str, str]
    hosts: Mapping[str, str]
    agencies: frozenset[str]


def read(name: str) -> str:
    """One packaged list."""
    return (files("kliping_ingest") / "lexicon" / name).read_text(encoding="utf-8")


def read_toml(name: str) -> dict[str, Any]:
    """One packaged list in TOML."""
    return tomllib.loads(read(name))


def either(words: Iterable[str]) -> str:
    """A pattern of any of the words, the longest first."""
    return "(?:" + "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) + ")"


def first_word(phrase: str) -> str:
    """The key of a line or of a rule."""
    found = FIRST_WORD.match(phrase)
    return found[0].lower() if found else phrase[:1]


@cache
def load_noise() -> NoiseRules:
    """The rules of ``boilerplate.toml``."""
    data = read_toml("boilerplate.toml")
    by_word: dict[str, list[LineRule]] = {}
    for entry in data["line"]:
        for start in entry["starts"]:
            by_word.setdefault(first_word(start), []).append(LineRule(start, entry["rest"], entry.get("max", 300)))

    def any_of(section: str) -> re.Pattern[str]:
        return re.compile("|".join(f"(?:{entry['regex']})" for entry in data[section]), re.IGNORECASE)

    return NoiseRules(
        by_word={word: tuple(rules) for word, rules in by_word.items()},
        line=re.compile(rf"(?:{any_of('pattern').pattern})[ .|]*", re.IGNORECASE),
        caption=any_of("caption"),
        inline=any_of("inline"),
        longest=max(rule.limit for rules in by_word.values() for rule in rules),
    )


@cache
def load_bylines() -> Bylines:
    """The labels of ``bylines.toml``."""
    data = read_toml("bylines.toml")
    labels = [*data["author"], *data["staff"], *data["reports"], *data["notes"], *data["dated"]]
    return Bylines(
        author=frozenset(data["author"]),
        staff=frozenset(data["staff"]),
        colon_only=frozenset(data["colon_only"]),
        reports=tuple(data["reports"]),
        notes=tuple(data["notes"]),
        dated=frozenset(data["dated"]),
        script=frozenset(data["script"]),
        contribution=re.compile(
            rf"\b{either(data['contributed'])} \D{{0,40}}{either(data['works'])} ini\.?(?: (?:Disunting|Editor|Penyunting)\b.{{0,60}})?$"
        ),
        first_words=frozenset(first_word(label) for label in labels),
    )


@cache
def load_sources() -> Sources:
    """The words of ``sources.toml`` and the pattern made of them."""
    data = read_toml("sources.toml")

    verbs = either([*data["media_verbs"], *data["any_verbs"]])
    relay = (
        rf"(?<!\w)(?P<verb>(?i:{verbs}))(?: (?i:{either(data['joints'])})){{0,2}}"
        rf"(?: (?P<noun>(?i:{either(data['media_nouns'])}))(?: (?:Rusia|Korea|[A-Z][a-z]+) (?=[A-Z]))?)? "
        r"(?P<name>[a-z0-9-]{2,40}(?:\.[a-z]{2,6}){1,2}(?!\w)|[A-Z0-9][\w.’'&/-]*(?: (?:[A-Z][\w.’'&/-]*|of|the|dello)){0,4})"
    )
    return Sources(
        labels=frozenset(data["labels"]),
        not_sources=frozenset(data["not_sources"]),
        not_media=frozenset(data["not_media"]),
        relay=re.compile(relay),
        used_before=either(data["used_before"]),
        used_behind=either(data["used_behind"]),
        taken=re.compile(
            rf"(?i:(?:{either(data['works'])} (?:ini )?)?{either(data['taken'])}) (?:(?P<noun>(?i:{either(data['media_nouns'])})) )?(?P<name>[^.]{{2,80}}?)(?: oleh [^.]+)?\.?"
        ),
        media_verbs=frozenset(data["media_verbs"]),
    )


def media_lines(text: str) -> Iterator[tuple[str, str, list[str], list[str]]]:
    """Section, name, other spellings and hosts of each line of ``outlets.txt``."""
    section = ""
    for line in text.splitlines():
        if line.startswith("["):
            section = line.strip("[] ")
        elif line and not line.startswith("#"):
            name, spellings, hosts = (part.strip() for part in line.split("|"))
            yield (
                section,
                name,
                [word.strip() for word in spellings.split(",") if word.strip()],
                [host.strip() for host in hosts.split(",") if host.strip()],
            )


@cache
def load_media() -> Media:
    """The media of ``outlets.txt``; where two share a spelling the first has it."""
    names: dict[str, str] = {}
    by_host: dict[str, str] = {}
    agencies: set[str] = set()
    for section, name, spellings, hosts in media_lines(read("outlets.txt")):
        for spelling in (name.lower(), *spellings, *hosts):
            names.setdefault(spelling, name)
        for host in hosts:
            by_host.setdefault(host, name)
        if section == "agency":
            agencies.add(name)
    return Media(names, by_host, frozenset(agencies))


@cache
def load_places() -> frozenset[str]:
    """The places of ``places.txt`` in lower case."""
    lines = (line for line in read("places.txt").splitlines() if not line.startswith("#"))
    return frozenset(name.strip().lower() for line in lines for name in line.split(",") if name.strip())


@cache
def load_words() -> Mapping[str, frozenset[str]]:
    """The function words of ``languages.toml`` by language."""
    return {language: frozenset(words) for language, words in read_toml("languages.toml").items()}
