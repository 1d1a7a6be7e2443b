"""Borders of names that the recogniser runs together or cuts: brackets, particles, bodies with their region behind them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kliping_extract.domain.name_sources import Named, NameWords, capital
from kliping_shared.contracts.enriched import EntityType

#: A body's full name has at least so many words for a short form in brackets to be its own.
_FEWEST = 2


def unbracketed(words: Sequence[str], names: Sequence[Named]) -> Iterator[Named]:
    """The names, one that runs into a bracket in two: `Badan Pusat Statistik | (BPS`."""
    for name in names:
        at = next((i for i in range(name.start, name.end) if words[i] in {"(", ")"}), None)
        if at is None:
            yield name
            continue
        for start, end in ((name.start, at), (at + 1, name.end)):
            if start < end and words[end - 1] != ")":
                yield Named(start, end, name.type)


def short_forms(
    words: Sequence[str], names: Sequence[Named], allowed: Sequence[bool], lists: NameWords
) -> Iterator[Named]:
    """Bodies' short forms in brackets behind their names: `PT Bara Sentosa (PBS)`, `Partai Fajar Rakyat (Pafra)`."""
    for name in names:
        at = name.end + 1
        if name.type is EntityType.PER or at + 1 >= len(words) or words[name.end] != "(" or words[at + 1] != ")":
            continue
        if allowed[at] and name.end - name.start >= _FEWEST and _abbreviates(words[at], words[name.start : name.end]):
            yield Named(at, at + 1, EntityType.ORG)
            if name.type is EntityType.LOC and words[name.start].lower() in lists.org_heads:
                yield Named(name.start, name.end, EntityType.ORG)


def _abbreviates(short: str, full: Sequence[str]) -> bool:
    """Whether a short form has a capital and its letters stand in the name in their order, from the first one on."""
    letters, name = short.lower(), "".join(full).lower()
    if len(short) < 2 or not short.isalpha() or not short[0].isupper():
        return False
    at = -1
    for letter in letters:
        at = name.find(letter, at + 1)
        if at < 0:
            return False
    return any(word[:1].lower() == letters[0] for word in full)


def with_particles(
    words: Sequence[str], names: Sequence[Named], allowed: Sequence[bool], lists: NameWords
) -> Iterator[Named]:
    """Particles go to the person behind them: `Teluk Marindu | La Ode Hamzah`, `I Gede Suarnata`."""
    starts = {name.start: name for name in names if name.type is EntityType.PER}
    for name in names:
        start, end = name.start, name.end
        if name.type is EntityType.PER:
            while start > 0 and words[start - 1] in lists.particles and allowed[start - 1]:
                start -= 1
        elif end - start > 1 and words[end - 1] in lists.particles and end in starts:
            end -= 1
        yield Named(start, end, name.type)


def regional_in(
    words: Sequence[str], names: Sequence[Named], allowed: Sequence[bool], lists: NameWords
) -> Iterator[Named]:
    """Bodies with the region behind them: `KPU | Bantul`, `Pemerintah | Kabupaten Garut`."""
    for name in names:
        head = name.start - 1
        if name.type is not EntityType.LOC or head < 0 or not allowed[head] or not capital(words[head]):
            continue
        word = words[head].lower()
        if word in lists.regional and (word != "pemerintah" or words[name.start].lower() in lists.admin_heads):
            yield Named(head, name.end, EntityType.ORG)
