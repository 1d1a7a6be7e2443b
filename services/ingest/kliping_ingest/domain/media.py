"""Names of media: which are known, and how each is written usually."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from kliping_ingest.domain.lexicon import load_media

__all__ = ["is_agency", "known_medium", "medium_of_url", "medium_or_domain", "usual_name"]

DOMAIN = re.compile(
    r"(?:www\.)?[a-z0-9](?:[a-z0-9-]{0,40}\.){1,3}(?:com|co|id|net|org|news|tv|info|my|sg|io|press|media|online)",
    re.IGNORECASE,
)
"""What looks like a site: names of media in datelines are often their domains."""


def known_medium(name: str) -> str | None:
    """The usual name of a known medium, None for any other."""
    lowered = " ".join(name.lower().split()).removeprefix("www.")
    return load_media().names.get(lowered)


def medium_or_domain(name: str) -> str | None:
    """The usual name of a known medium, or a domain as it is written; None for any other name."""
    return known_medium(name) or (name if DOMAIN.fullmatch(name) else None)


def usual_name(name: str) -> str:
    """The usual name of a known medium, any other name as it is."""
    return known_medium(name) or " ".join(name.split())


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
