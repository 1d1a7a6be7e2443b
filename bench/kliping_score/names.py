"""When two names count as the same."""

from __future__ import annotations

import re
import unicodedata


def plain_name(name: str | None) -> str:
    """A name without regard to case, hyphens, blanks, full stops, quote marks and brackets; '' for None."""
    folded = unicodedata.normalize("NFKC", name or "").casefold()
    spaced = re.sub(r"[-‐‑‒–—_\s]+", " ", folded)
    return re.sub(r"[.,'’‘\"“”()]", "", spaced).strip()


def plain_cue(cue: str | None) -> str:
    """A cue word without case and without the clitic ``-nya`` ('ujarnya' = 'ujar')."""
    return re.sub(r"nya$", "", (cue or "").casefold().strip())
