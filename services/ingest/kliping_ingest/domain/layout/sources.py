"""Where an article says it was taken from: notes of their own, and relays in its first paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kliping_ingest.domain.lexicon import load_sources
from kliping_ingest.domain.media import DOMAIN, known_medium, medium_of_url

__all__ = ["find_relay", "read_source_note"]

NOTE = re.compile(
    r"[(\[*]?\s?(?P<label>[A-Za-z]{3,12}(?: [a-z]{3,8})?)\s?:\s?(?P<name>.{2,120}?)[)\].*]*$", re.IGNORECASE
)
UNDER_NAME = re.compile(r",.*|\s(?:pada|dalam|yang|dan|melalui)\s.*")
FROM_NAME = re.compile(
    r"\s(?:dari|melalui)(?: laman| situs| kantor berita)? (?P<name>[A-Z][\w.’'&/-]*(?: [A-Z][\w.’'&/-]*){0,3})"
)
LIMIT = 160
MAX_PARAGRAPH = 3000
"""Of a paragraph only so much is looked at: a relay for the whole article stands early."""


def read_source_note(line: str) -> str | None:
    """The source in "Sumber: Yonhap-OANA", "" where the note names none ("Sumber: istimewa"), None for other lines."""
    if len(line) > LIMIT:
        return None
    match = NOTE.match(line)
    if match is None or " ".join(match["label"].lower().split()) not in load_sources().labels:
        return None
    name = match["name"].strip()
    if name.startswith(("http://", "https://", "www.")):
        return medium_of_url(name if "//" in name else f"https://{name}") or ""
    if name.lower().strip(". ") in load_sources().not_sources:
        return ""
    return known_medium(name) or name


def find_relay(paragraphs: Iterable[str], own: str | None = None) -> str | None:
    """The first medium other than ``own`` that ``paragraphs`` say they took from: "dilansir dari laman KoreaHerald".

    "dikutip Pikiran-Rakyat.com dari Antara" names the outlet itself first, then the source.
    """
    sources = load_sources()
    for paragraph in paragraphs:
        for match in sources.relay.finditer(paragraph[:MAX_PARAGRAPH]):
            medium = relayed_medium(match["name"], match["verb"].lower() in sources.media_verbs, match["noun"])
            if medium and own and known_medium(medium) == own:
                behind = FROM_NAME.match(paragraph, match.end())
                medium = relayed_medium(behind["name"], False, None) if behind else None
            if medium and medium != own:
                return medium
    return None


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
    # A lone name says little ("Merapi"): that it is an agency belongs to it.
    return f"Kantor Berita {unknown}" if unknown and noun and noun.lower() == "kantor berita" else unknown or None
