"""Short forms that an article introduces in brackets: `Badan Nasional Penanggulangan Bencana (BNPB)`."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from kliping_extract.domain.canonical import Surface
from kliping_extract.domain.normal import normal_name
from kliping_shared.contracts.enriched import EntityType


def find_acronyms(text: str, surfaces: Sequence[Surface]) -> dict[str, str]:
    """Normal short form to full name. Where both orders occur the longer of the two is the full name."""
    found: dict[str, str] = {}
    bodies = [surface for surface in surfaces if surface.type is not EntityType.PER]
    for first, second in pairwise(bodies):
        between = text[first.end : second.start]
        if between.strip() != "(" or text[second.end : second.end + 1] != ")":
            continue
        full, short = sorted((first.text, second.text), key=len, reverse=True)
        if " " in full and " " not in short.strip() and sum(map(str.isupper, short)) >= 2:
            found.setdefault(normal_name(short), full)
    return found
