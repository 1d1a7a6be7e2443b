"""What names a text, and what names the document that a text is a version of."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from urllib.parse import SplitResult, parse_qsl, quote, urlencode, urlsplit

__all__ = ["article_id", "canonical_url", "document_key"]

TRACKING = re.compile(
    r"utm_\w+|fbclid|gclid|dclid|msclkid|igshid|mc_[ce]id|ref|ref_src|referrer|source|medium|campaign|tag_from|page_source|_ga|yclid|amp|outputtype|single",
    re.IGNORECASE,
)
"""Parameters that tell how a reader came, not what they read."""

DEFAULT_PORTS = {"http": 80, "https": 443}


def article_id(text: str) -> str:
    """ "a" and 20 hex digits: equal for texts that differ only in blanks or in Unicode composition, case kept."""
    normal = " ".join(unicodedata.normalize("NFC", text).split())
    return "a" + hashlib.sha256(normal.encode("utf-8", "surrogatepass")).hexdigest()[:20]


def canonical_url(url: str) -> str | None:
    """The URL with what does not name the document taken away; None where it is no http(s) URL.

    Host in lower case, no default port, no fragment, no tracking parameters, the others sorted; http counts as https.
    """
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    if parts.scheme.lower() not in DEFAULT_PORTS or not host or any(character.isspace() for character in host):
        return None
    netloc = host if port in (None, 80, 443) else f"{host}:{port}"
    query = urlencode(sorted(pair for pair in parse_qsl(parts.query, keep_blank_values=True) if not is_tracking(pair)))
    path = quote(parts.path.rstrip("/") or "/", safe="/%:@!$&'()*+,;=~-._")
    return SplitResult("https", netloc, path, query, "").geturl()


def is_tracking(pair: tuple[str, str]) -> bool:
    """Whether a query parameter only tells where the reader came from."""
    return TRACKING.fullmatch(pair[0]) is not None


def document_key(
    *, path: str, url: str | None = None, external_id: str | None = None, outlet: str | None = None
) -> str:
    """What versions of one document share: its URL, else its id at its outlet, else the path it lies at."""
    canonical = canonical_url(url) if url else None
    if canonical:
        return f"url:{canonical}"
    if external_id and external_id.strip():
        owner = outlet.strip().casefold() if outlet else ""
        return f"id:{owner}:{external_id.strip()}"
    return f"path:{path}"
