"""Short forms that an article introduces in brackets: `Badan Nasional Penanggulangan Bencana (BNPB)`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from kliping_extract.domain.canonical import Surface
from kliping_shared.contracts.enriched import EntityType
from kliping_shared.names import normal_name


def find_acronyms(text: str, surfaces: Sequence[Surface]) -> dict[tuple[EntityType, str], str]:
    """Type and normal short form to full name. Where both orders occur the longer of the two is the full name."""
    found = dict(_initials(surfaces))
    for first, second in pairwise(surfaces):
        between = text[first.end : second.start]
        if between.strip() != "(" or text[second.end : second.end + 1] != ")":
            continue
        if (first.type is EntityType.PER) is not (second.type is EntityType.PER):
            continue
        full, short = sorted((first, second), key=lambda surface: len(surface.text), reverse=True)
        if (
            (" " in full.text or short.type is EntityType.PER)
            and " " not in short.text.strip()
            and sum(map(str.isupper, short.text)) >= 2
        ):
            found.setdefault((short.type, normal_name(short.text)), full.text)
    return found


def _initials(surfaces: Sequence[Surface]) -> Iterator[tuple[tuple[EntityType, str], str]]:
    """The initials of persons with who they are, where only one has them: `RL` for `Rafi Lestari`."""
    people = {normal_name(one.text): one.text for one in surfaces if one.type is EntityType.PER}
    bearers: dict[str, list[str]] = {}
    for full in (text for form, text in people.items() if " " in form):
        bearers.setdefault("".join(word[0] for word in full.split()).casefold(), []).append(full)
    for initials, names in bearers.items():
        if initials in people and people[initials].isupper() and len(names) == 1:
            yield (EntityType.PER, initials), names[0]
