"""Where an article says it was taken from: notes of their own, and relays in its first paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from kliping_ingest.domain.lexicon import load_sources
from kliping_ingest.domain.media import DOMAIN, known_medium, medium_of_url, same_medium, spelt_agency

__all__ = ["find_relay", "read_source_note", "short_agencies"]

NOTE = re.compile(
    r"[(\[*]?\s?(?P<label>[A-Za-z]{3,12}(?: [a-z]{3,8}){0,2})\s?:\s?(?P<name>.{2,180}?)[)\].*]*$", re.IGNORECASE
)
UNDER_NAME = re.compile(r",.*|\s(?:pada|dalam|yang|dan|melalui)\s.*")
FROM_NAME = re.compile(
    r"\s(?:dari|melalui)(?: laman| situs| kantor berita)? (?P<name>[A-Z][\w.’'&/-]*(?: [A-Z][\w.’'&/-]*){0,3})"
)
AGENCY = re.compile(r"K(?:antor|ANTOR) B(?:erita|ERITA) [A-Z][\w-]*(?: [A-Z][\w-]*){0,2}")
"""An agency on a line of its own, below the news or above."""

SHORT_AGENCY = re.compile(r"KB (?P<name>[A-Z][\w-]*(?: [A-Z][\w-]*){0,2})")
"""The same with the short form, which may be a bank's, too."""

NAMED_AGENCY = re.compile(r"\bkantor berita (\w[\w-]*)", re.IGNORECASE)

SENTENCE = re.compile(r"(?<=\w\w\w)[.;] (?=[A-Z])")
SEVERAL = re.compile(r",? (?:dan|serta|and) (?=\w)|[,;] ")
TAKEN_NAMES = re.compile(r"(?:[A-Z][\w.’'&-]*|berbagai|sumber|liputan|sendiri|dan|serta|,|/|\s)+")
LIMIT = 220
MAX_PARAGRAPH = 3000
"""Of a paragraph only so much is looked at: a relay for the whole article stands early."""


def read_source_note(line: str) -> str | None:
    """The source in "Sumber: Yonhap-OANA", "" where the note names none ("Sumber: istimewa"), None for other lines.

    Of several the first: "Sumber: Cakra, Merbabu. Diterjemahkan oleh redaksi."
    """
    if len(line) > LIMIT:
        return None
    match = NOTE.match(line)
    if AGENCY.fullmatch(line):
        return known_medium(line) or spelt_agency(line)
    if match is None or " ".join(match["label"].lower().split()) not in load_sources().labels:
        taken = load_sources().taken.fullmatch(line.strip("()[]*"))
        if taken is None or not TAKEN_NAMES.fullmatch(taken["name"]):
            return None
        return agency_named(first_source(taken["name"]), taken["noun"])
    return first_source(match["name"].strip())


def short_agencies(lines: Sequence[str], last: int) -> dict[int, str]:
    """The agencies of lines like "KB Cakra" by their number: below the ``last`` line of news, or named in full elsewhere."""
    written = {index: match for index, line in enumerate(lines) if (match := SHORT_AGENCY.fullmatch(line))}
    named = {name.lower() for line in lines for name in NAMED_AGENCY.findall(line)} if written else set()
    return {
        index: known_medium(match[0]) or spelt_agency(match[0])
        for index, match in written.items()
        if index >= last or match["name"].split()[0].lower() in named
    }


def first_source(written: str) -> str:
    """The first of the sources that a note names, by its usual name; "" where it names none."""
    if written.startswith(("http://", "https://", "www.")):
        return medium_of_url(written if "//" in written else f"https://{written}") or ""
    told = SENTENCE.split(written, maxsplit=1)[0].partition(" (")[0].strip(" .")
    name = told if known_medium(told) else SEVERAL.split(told, maxsplit=1)[0].strip(" .")
    if told.lower() in load_sources().not_sources or name.lower() in load_sources().not_sources:
        return ""
    return known_medium(name) or spelt_agency(name)


def agency_named(name: str, noun: str | None) -> str:
    """An unknown name with the noun before it: a lone one says little ("Merapi"), that it is an agency belongs to it."""
    of_agency = name and noun and noun.lower() == "kantor berita" and known_medium(name) is None
    return f"Kantor Berita {name}" if of_agency else name


def find_relay(paragraphs: Iterable[str], own: str | None = None) -> str | None:
    """The medium other than ``own`` that ``paragraphs`` say they took from: "dilansir dari laman KoreaHerald".

    "dikutip Pikiran-Rakyat.com dari Antara" names the outlet itself first, then the source. A report that relays several
    media was taken from none of them.
    """
    found = dict.fromkeys(medium for text in paragraphs for medium in relayed_in(text[:MAX_PARAGRAPH], own))
    return next(iter(found)) if len(found) == 1 else None


def relayed_in(paragraph: str, own: str | None) -> Iterator[str]:
    """The media other than ``own`` that a paragraph relays, in order."""
    sources = load_sources()
    for match in sources.relay.finditer(paragraph):
        medium = relayed_medium(match["name"], match["verb"].lower() in sources.media_verbs, match["noun"])
        if medium and own and same_medium(medium, own):
            behind = FROM_NAME.match(paragraph, match.end())
            medium = relayed_medium(behind["name"], False, None) if behind else None
        if medium and medium != own:
            yield medium


def relayed_medium(name: str, of_media: bool, noun: str | None) -> str | None:
    """The medium in the capitalised words behind a verb of relaying.

    An unknown one counts behind a verb ``of_media`` or a ``noun`` ("laman", "kantor berita").
    """
    words = UNDER_NAME.sub("", name).strip(" .'’").split(" ")
    for size in range(len(words), 0, -1):
        known = known_medium(" ".join(words[:size]).strip(".,"))
        if known:
            return known
    first = words[0].strip(".,")
    if DOMAIN.fullmatch(first):
        return first
    if not (of_media or noun) or first.lower() in load_sources().not_media or len(words) > 3:
        return None
    unknown = " ".join(words).strip(".,")
    return agency_named(unknown, noun) or None
