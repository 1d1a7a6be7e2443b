"""Lines that name the people and agencies behind an article, and signatures at the end of its last paragraph."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kliping_ingest.domain.clock import Clock, read_clock
from kliping_ingest.domain.layout.lines import CLOSING
from kliping_ingest.domain.layout.owners import named_owner
from kliping_ingest.domain.lexicon import first_word, load_bylines, load_places, load_sources
from kliping_ingest.domain.media import (
    DOMAIN,
    is_agency,
    known_medium,
    medium_or_domain,
    sounds_like_medium,
    spelt_agency,
)
from kliping_ingest.domain.outlet_lexicon import load_sounds
from kliping_shared.dates import DateExpression, scan_dates

__all__ = ["Byline", "Signature", "closing_name", "find_signature", "is_bare_label", "looks_like_name", "read_byline"]

LABEL = re.compile(r"(?P<label>[A-Za-z*) /.&]{2,30}?)\s{0,3}[:|]\s{0,3}(?P<name>.{0,120})$")
NAME = re.compile(r"[A-Z][\w.'’-]*(?:,? (?:[A-Z][\w.'’-]*|bin|binti|van|de|dan|&|/)){0,7}(?:\s?[*)]{1,3})?$")
NAME_AND_OUTLET = re.compile(
    r"(?P<name>[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,4})(?:\s[-–|]|,)\s(?P<outlet>[\w. -]{3,30})$"
)
BARE_PAIR = re.compile(
    r"\s*[|•·]\s*(?=(?:Editor|Penyunting|Redaktur|Penerjemah)\b)"
    r"|\s*[;/,–-]\s*(?=(?:Editor|Penyunting|Redaktur|Penerjemah|Fotografer)\s?:)",
    re.IGNORECASE,
)
NEXT_LABEL = re.compile(r"\.\s(?=[A-Z][a-z]{3,12}(?: [a-z]{3,12})?\s?:)")
IN_BRACKETS = re.compile(r"[(\[](?P<inside>[^()\[\]]+)[)\]]\.?")
PERSON = r"[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){1,3}"
AND_TEAM = re.compile(r",? (?:dan|serta|bersama) tim(?: [\w.]+){0,2}$", re.IGNORECASE)
SITE_BEHIND = re.compile(rf"\s*[(,–-]\s?{DOMAIN.pattern}\)?$", re.IGNORECASE)
DAY_BEHIND = re.compile(
    r"\s*[|•·,–—-]\s*(?=(?:Senin|Selasa|Rabu|Kamis|Jum|Sabtu|Minggu|Ahad)?\S*\s?\d{1,2}[ /-]|(?:Senin|Selasa|Rabu|Kamis|Jum|Sabtu|Minggu|Ahad))"
)
TITLE = re.compile(r"^(?:drg?|drs|dra|ir|hj?|kh)\. ")
LABEL_JOINT = re.compile(r"\s?(?:&|/|\bdan\b)\s?")
CAPITAL_NAME = re.compile(
    r"[A-Z][A-Z.'’-]+(?: [A-Z][A-Z.'’-]*){1,3}(?: ?[|,/] ?[A-Z][A-Z.'’-]+(?: [A-Z][A-Z.'’-]*){0,3}){0,3}"
)
"""A line of names in capitals at the end of an article ("ADINDA PERTIWI | GUNTUR ALAM"): the byline of some newspapers."""

SIGNATURE = re.compile(
    r"(?:(?<=[.!?”\"’'*)])|^)\s{0,3}(?P<mark>[(\[](?P<inside>[A-Za-z*][\w.* ]{0,20}(?:\s?[/|,-]\s?[\w.* ]{1,20}){0,4}|\*{1,5}|-)[)\]]|\*{2,5})\.?$"
)
OWN_LINE = re.compile(r"[(\[](?P<inside>[A-Za-z][\w.&' -]{1,40}(?:\s?/\s?[\w.&' -]{2,40}){1,3})[)\]]\.?(?:\s?\*{1,3})?")
"""A signature on a line of its own may name media and people in full: "(Suara Teluk/Kantor Berita Cakra)"."""

NAME_AT_END = re.compile(r"(?:(?<=[.!?”\"] )|^)\((?P<name>[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]*){1,3})\)\.?(?:\s?\*{1,3})?$")
"""A writer's whole name in brackets, on a line of its own or behind the last sentence."""

AGENCY_SOUND = re.compile(
    r"\b(?:kantor berita|(?-i:KB (?=[A-Z]))|news agency|press agency|newswire|wire|agency)\b", re.IGNORECASE
)
ENGLISH = re.compile(rf"By (?P<names>{PERSON}(?:,? (?:and )?{PERSON}){{0,3}})")
"""A line of an English article: "By Jane Roe and Tomo Wals"."""

CREDIT = re.compile(rf"(?:Reporting|Writing|Additional reporting|Editing) by (?P<names>{PERSON}).*")
"""What an English agency puts in brackets at the end: "(Reporting by Jane Roe; Editing by Tomo Wals)"."""

MAX_INITIALS, MAX_NAME_WORDS = 4, 5
TAIL = 80
"""A signature inside a paragraph stands in its so many last characters."""

LIMIT = 160
"""Bylines are short; longer lines are prose."""


@dataclass(frozen=True, slots=True)
class Byline:
    """What a byline says: the author without the label (None for editors), outlet, day and time where it names them."""

    author: str | None = None
    outlet: str | None = None
    day: DateExpression | None = None
    clock: Clock | None = None
    wants_next: bool = False


@dataclass(frozen=True, slots=True)
class Signature:
    """Where it begins in its line, and the agency, the outlet or the writer's whole name in it."""

    start: int
    agency: str | None = None
    outlet: str | None = None
    author: str | None = None


def looks_like_name(text: str) -> bool:
    """Whether it is a short run of capitalised words."""
    return len(text) <= 80 and NAME.match(text) is not None


def read_byline(line: str) -> Byline | None:
    """What a line says if it is a byline, else None."""
    if len(line) > LIMIT:
        return None
    labels = load_bylines()
    bracketed = IN_BRACKETS.fullmatch(line)
    if bracketed:
        credit = CREDIT.fullmatch(bracketed["inside"])
        return credited(credit) if credit else labelled(bracketed["inside"])
    if first_word(line) in labels.first_words:
        lowered = line.lower()
        if lowered.startswith(labels.notes):
            return Byline()
        english = ENGLISH.fullmatch(line)
        if english:
            return Byline(author=english["names"])
        return labelled(line) or reported(line, lowered) or unlabelled_colon(line, lowered)
    if labels.contribution.search(line) and line[:1].isupper():
        return Byline()
    paired = NAME_AND_OUTLET.match(line)
    if paired:
        outlet = medium_or_domain(paired["outlet"].strip())
        name = paired["name"]
        # "Garut, KabarTeluk.com" is a place, "Peran, KabarTeluk.com" a caption.
        is_writer = name.lower() not in load_places() and (" " in name or not line.startswith(f"{name},"))
        return Byline(author=name, outlet=outlet) if outlet and is_writer else None
    if len(line) < 40 and medium_or_domain(line):
        return Byline(outlet=line)
    return None


def credited(credit: re.Match[str]) -> Byline:
    """Who is named as the writer of an English article; an editor is not."""
    return Byline(author=None if credit[0].startswith("Editing") else credit["names"])


def closing_name(line: str) -> str | None:
    """The author that a last line in capitals names, in usual case; None for other lines."""
    if len(line) > 80 or not CAPITAL_NAME.fullmatch(line):
        return None
    return re.sub(r"[^\W\d_]+", lambda word: word[0].capitalize(), line)


def is_bare_label(line: str) -> bool:
    """Whether a line is only "Penulis" or "Editor:", with the name on the next line."""
    label = line.rstrip(": ").lower()
    labels = load_bylines()
    return label in labels.author or label in labels.staff


def labelled(line: str) -> Byline | None:
    """ "Penulis: name", also with a second label behind it ("Penulis: A | Editor: B")."""
    several = NEXT_LABEL.split(line)
    if len(several) > 1:
        return first_author([labelled(credit.rstrip(".")) for credit in several])
    first = BARE_PAIR.split(line, maxsplit=1)[0]
    match = LABEL.match(first)
    if match is None or is_turn(match):
        return None
    label = " ".join(match["label"].lower().split())
    labels = load_bylines()
    parts = LABEL_JOINT.split(label)
    if label in labels.author or label.startswith(labels.reports) or not labels.author.isdisjoint(parts):
        found = authored(match["name"].strip(" *)|"))
        return found if found.wants_next or label not in labels.colon_only or is_person(found.author) else None
    wants_next = not match["name"].strip(" *)|")
    return Byline(wants_next=wants_next) if label in labels.staff or not labels.staff.isdisjoint(parts) else None


def first_author(read: Sequence[Byline | None]) -> Byline | None:
    """Of several credits in one line ("Penyiar: Sari Dewi. Reporter: Tomo.") the first that names the author.

    A line that begins with no credit is a sentence; unknown credits behind one ("Grafis: Tomo.") say nothing.
    """
    found = [credit for credit in read if credit is not None]
    if not found or read[0] is None:
        return None
    return next((credit for credit in found if credit.author), found[0])


def is_turn(credit: re.Match[str]) -> bool:
    """Whether a label in capitals opens what somebody says, in a script: "REPORTER: Ya, kami di lokasi."."""
    label = " ".join(credit["label"].split())
    return label.isupper() and label.lower() in load_bylines().script and is_sentence(credit["name"])


def is_sentence(written: str) -> bool:
    """Whether it ends as one or has more words than a name has: "Ya, kami di lokasi.", but not "dr. Sari Dewi"."""
    ended = written.endswith((*CLOSING, ":")) or len(written.split()) > MAX_NAME_WORDS
    return ended and not is_person(written)


def is_person(name: str | None) -> bool:
    """Whether what stands behind a common word and a colon is a name, also with a title: "Oleh: dr. Sari Dewi"."""
    return name is not None and looks_like_name(TITLE.sub("", name))


def authored(written: str) -> Byline:
    """What stands behind an author's label: name, outlet of a team, day and time ("Sari Dewi | Rabu, 8 Mei 2024, 08.15 WIB")."""
    mark = DAY_BEHIND.search(written)
    behind = written[mark.end() :] if mark else ""
    day = next((found for found in scan_dates(behind) if found.is_full_day), None)
    name = written[: mark.start()].strip() if mark and day else written
    writer, comma, paper = name.rpartition(", ")
    if comma and load_sounds().media_head.match(paper) and looks_like_name(writer):
        return Byline(writer, paper, day, read_clock(behind[day.end :]) if day else None)
    outlet = named_owner(name)
    name = SITE_BEHIND.sub("", AND_TEAM.sub("", name)) or name
    clock = read_clock(behind[day.end :]) if day else None
    return Byline(name or None, outlet, day, clock, wants_next=not name)


def reported(line: str, lowered: str) -> Byline | None:
    """ "Laporan wartawan Tribunnews.com, Rizki Sandi"."""
    for start in load_bylines().reports:
        if not lowered.startswith(start + " ") or line.endswith((".", '"', "”")):
            continue
        rest = line[len(start) :].strip(" :-–")
        outlet, _, name = rest.partition(",")
        if name and medium_or_domain(outlet.strip()):
            return Byline(author=name.strip(), outlet=outlet.strip())
        words = rest.split()
        for size in range(min(3, len(words)), 0, -1):
            if medium_or_domain(" ".join(words[:size])):
                return Byline(author=" ".join(words[size:]).strip(" ,-–") or None, outlet=" ".join(words[:size]))
        if start == "laporan" or not looks_like_name(rest):
            continue
        return Byline(author=name.strip(), outlet=outlet.strip()) if name.strip() else Byline(author=rest)
    return None


def unlabelled_colon(line: str, lowered: str) -> Byline | None:
    """ "Penulis Rahel Narda", "Editor Bagus | ..." without a colon, and labels that stand alone."""
    if is_bare_label(line):
        return Byline(wants_next=True)
    labels = load_bylines()
    first = BARE_PAIR.split(line, maxsplit=1)[0]
    for label in (*labels.author, *labels.staff):
        if label in labels.colon_only or not lowered.startswith((label + " ", label + ",")):
            continue
        found = authored(first[len(label) :].strip(" ,*)"))
        if found.author and looks_like_name(found.author) and not line.endswith("."):
            return team(found, label) if label in labels.author else Byline()
    if lowered.startswith("oleh ") and not line.endswith("."):
        found = authored(line[5:].strip(" *)"))
        return found if found.author and looks_like_name(found.author) else None
    return None


def team(found: Byline, label: str) -> Byline:
    """ "Tim Redaksi Suluh Pagi" without a colon is the author itself, and names the outlet."""
    if not label.startswith("tim "):
        return found
    whole = f"{label.title()} {found.author}"
    return replace(found, author=whole, outlet=named_owner(whole))


def find_signature(line: str, news: str = "") -> Signature | None:
    """A signature at the end of a paragraph; words in brackets that are prose are none.

    ``news`` is the article's text: what it calls a source of its own is an agency in the signature, too.
    """
    whole = OWN_LINE.fullmatch(line)
    if whole:
        return signed(0, whole["inside"].split("/"), news)
    tail_start = max(0, len(line) - TAIL)
    named = NAME_AT_END.search(line[tail_start:])
    if named and AGENCY_SOUND.match(named["name"]):
        return Signature(tail_start + named.start(), agency=spelt_agency(named["name"]))
    if named and looks_like_name(named["name"]):
        return Signature(tail_start + named.start(), author=named["name"])
    match = SIGNATURE.search(line[tail_start:])
    if match is None:
        return None
    inside = (match["inside"] or "").strip()
    parts = [part.strip() for part in re.split(r"[/|,-]", inside) if part.strip()]
    if inside and not is_signed(parts):
        return None
    return signed(tail_start + match.start("mark"), parts, news)


def is_signed(parts: list[str]) -> bool:
    """Whether words in brackets are initials and media, not prose."""
    initials = all(re.fullmatch(r"[a-z0-9*]{1,6}|[A-Z]{1,4}|[A-Z]-?\d{1,3}|[a-z]+[0-9]+", part) for part in parts)
    known = bool(parts) and all(known_medium(part) or re.fullmatch(r"[\w*]{1,6}", part) for part in parts)
    short = len(parts) == 1 and (re.fullmatch(r"[a-z*]{1,5}\d?|[A-Z][a-z]{1,3}", parts[0]) or known_medium(parts[0]))
    agency = any(AGENCY_SOUND.match(part) for part in parts)
    return bool(short or (len(parts) > 1 and (initials or known or agency)))


def signed(start: int, parts: list[str], news: str) -> Signature:
    """The signature of what stands in brackets: its first agency, and the outlet beside it."""
    names = [part.strip() for part in parts]
    agency = next((name for name in names if is_source(name, news, alone=len(names) == 1)), None)
    others = [name for name in names if name != agency]
    # Initials may be those of a medium, too: "abc" is a reporter here, no broadcaster.
    full = [name for name in others if len(name) > MAX_INITIALS and not name.islower()]
    outlet = next((name for name in full if known_medium(name) or DOMAIN.fullmatch(name)), None)
    if outlet is None and (agency or len(full) == 1):
        outlet = next((name for name in full if sounds_like_medium(name)), None)
    if agency is None and outlet and len(names) > 1:
        # "(Kabar Bilah/abc)" is of Kabar Bilah: the outlet's own, or its source if the outlet is another.
        agency = outlet
    return Signature(start, agency and (known_medium(agency) or spelt_agency(agency)), outlet)


def is_source(name: str, news: str, *, alone: bool) -> bool:
    """Whether it is a known agency, calls itself one, or the news treats it as one."""
    if is_agency(name) or AGENCY_SOUND.search(name):
        return True
    if alone or DOMAIN.fullmatch(name) or not name[:1].isupper() or len(name) < 3:
        return False
    word = re.escape(name)
    sources = load_sources()
    used = rf"(?<!\w)(?i:{sources.used_before}) {word}(?!\w)|(?<![\w/]){word} (?:{sources.used_behind})\b"
    return re.search(used, news) is not None
