"""Names of media: which are known, and how each is written usually."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from kliping_ingest.domain.lexicon import load_media
from kliping_ingest.domain.outlet_lexicon import SITE, load_sounds

__all__ = [
    "DOMAIN",
    "is_agency",
    "known_medium",
    "medium_of_url",
    "medium_or_domain",
    "same_medium",
    "sounds_like_medium",
    "spelt_agency",
    "usual_name",
]

DOMAIN = re.compile(SITE, re.IGNORECASE)
"""What looks like a site: names of media in datelines are often their domains."""

PUBLISHING = re.compile(
    r"^(?:www\.|harian |koran |majalah |tabloid |mingguan |tim )|\.(?:co\.id|com|co|id|net|org|news|tv)$"
)
"""What a medium's name has before or behind it at one place and not at another."""

SITE_END = re.compile(r"^www\.|\.(?:co\.id|com|co|id|net|org|news|tv)$")


def known_medium(name: str) -> str | None:
    """The usual name of a known medium, None for any other."""
    lowered = " ".join(name.lower().split()).removeprefix("www.")
    return load_media().names.get(lowered)


def medium_or_domain(name: str) -> str | None:
    """The usual name of a known medium, or a domain as it is written; None for any other name."""
    return known_medium(name) or (name if DOMAIN.fullmatch(name) else None)


def spelt_agency(name: str) -> str:
    """An agency's name without the usual short form: "KB Cakra" is "Kantor Berita Cakra"."""
    return re.sub(r"^KB (?=[A-Z])", "Kantor Berita ", name)


def usual_name(name: str) -> str:
    """The usual name of a known medium, any other name as it is."""
    return known_medium(name) or " ".join(name.split())


def sounds_like_medium(name: str) -> bool:
    """Whether an unknown name has a word that newspapers, sites and stations call themselves by."""
    return load_sounds().media.search(name) is not None


def same_medium(left: str, right: str) -> bool:
    """Whether two names are one medium's: "Suluh Pagi", "SULUHPAGI.com" and "Harian Suluh Pagi"."""
    if known_medium(left) or known_medium(right):
        return (known_medium(left) or left) == (known_medium(right) or right)
    return not bare_names(left).isdisjoint(bare_names(right))


def bare_names(name: str) -> frozenset[str]:
    """The letters and digits of a name without what belongs to any medium; also with it, as "HARIANMURIA.ID" runs it together."""
    lowered = " ".join(name.lower().split())
    return frozenset(re.sub(r"[\W_]+", "", shape.sub("", lowered)) for shape in (PUBLISHING, SITE_END))


def is_agency(name: str) -> bool:
    """Whether it is a known news agency."""
    return known_medium(name) in load_media().agencies


def medium_of_url(url: str) -> str | None:
    """The medium at a URL's host: its usual name, else the registrable part of the host; None without a host."""
    try:
        host = urlsplit(url).hostname
    except ValueError:
        return None
    if not host or "." not in host or host.replace(".", "").isdigit():
        return None
    hosts = load_media().hosts
    labels = host.lower().removeprefix("www.").split(".")
    for first in range(len(labels) - 1):
        known = hosts.get(".".join(labels[first:]))
        if known:
            return known
    second_level = len(labels) > 2 and labels[-2] in {"co", "or", "go", "ac", "web", "sch", "com", "net", "org"}
    return ".".join(labels[-3:] if second_level else labels[-2:])
