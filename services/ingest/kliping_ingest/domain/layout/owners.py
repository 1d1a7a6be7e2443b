"""The outlet as the lines around the news name it: rights, asks of the reader, signatures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from kliping_ingest.domain.lexicon import load_places
from kliping_ingest.domain.media import DOMAIN, known_medium, sounds_like_medium
from kliping_ingest.domain.outlet_lexicon import load_owners

__all__ = ["find_owners", "find_witness", "named_owner"]

MAX_LINE = 600
"""Lines of furniture are short; of longer ones only so much is read."""

OFFICE_MAIL = re.compile(rf"\b(?:redaksi|newsroom|berita|editor)[\w.-]*@(?P<name>{DOMAIN.pattern})", re.IGNORECASE)
"""A newsroom's own address; those of press offices name no outlet."""


def find_owners(furniture: Sequence[str], notes: Sequence[str] = ()) -> tuple[str, ...]:
    """The outlets that lines around the news name, the surest first: who reprinted, whose rights, whose channels.

    ``notes`` are bylines and source notes, which also name others.
    """
    patterns = load_owners()
    # What stands behind a colon is a link's title or a list.
    heads = [line.split(": ", 1)[0] for line in furniture]
    found = [
        *names_by(patterns.reprint, furniture),
        *names_by(patterns.before, [*heads, *notes]),
        *names_by(patterns.behind, [*heads, *notes]),
        *(name for name in names_by(patterns.before_media, heads) if is_medium(name)),
        *(match["name"] for line in furniture for match in OFFICE_MAIL.finditer(line[:MAX_LINE])),
    ]
    return tuple(dict.fromkeys(found))


def named_owner(name: str) -> str | None:
    """The outlet in a team's name: "Tim LensaTimur.id", "Tim Redaksi Suluh Pagi"; None where it names none."""
    site = DOMAIN.search(name)
    if site:
        return site[0]
    team = re.match(r"(?i:tim|redaksi)(?: (?i:redaksi|liputan|penulis))? (?P<name>.+)", name)
    return own_name(team["name"]) if team else None


def find_witness(paragraphs: Iterable[str]) -> str | None:
    """The site to whose reporters people of the news spoke, or the paper that saw something; None where there are several.

    "kepada KabarTeluk.com", "dokumen yang diperoleh Harian Teluk".
    """
    found = {match["name"] or match["paper"] for text in paragraphs for match in load_owners().witness.finditer(text)}
    return found.pop() if len(found) == 1 else None


def names_by(pattern: re.Pattern[str], lines: Iterable[str]) -> list[str]:
    """The names that a pattern finds in lines."""
    found = [own_name(match["name"]) for line in lines for match in pattern.finditer(line[:MAX_LINE])]
    return [name for name in found if name]


def own_name(written: str) -> str | None:
    """The name without the platforms and asks around it; None where nothing, or only a place, is left."""
    words = written.strip(" .,&-").split()
    not_own = load_owners().not_own
    while words and is_other(words[0], not_own):
        words.pop(0)
    while words and is_other(words[-1], not_own):
        words.pop()
    name = " ".join(words)
    return name if len(name) > 2 and name.lower() not in load_places() else None


def is_other(word: str, not_own: frozenset[str]) -> bool:
    """Whether a word is a platform, an ask, or a year."""
    return word.lower().strip(".,") in not_own or word.isdigit()


def is_medium(name: str) -> bool:
    """Whether a name is surely a medium's."""
    return bool(known_medium(name) or DOMAIN.fullmatch(name) or sounds_like_medium(name))
