"""Names as the mending leaves them, for tests."""

from __future__ import annotations

from kliping_extract.components.names import name_words
from kliping_extract.domain.name_sources import Named
from kliping_extract.domain.names import mend
from kliping_extract.lexicons import load_lexicon
from kliping_shared.contracts.enriched import EntityType

PER, ORG, LOC = EntityType.PER, EntityType.ORG, EntityType.LOC


def mended(text: str, *names: tuple[str, EntityType], title: int = 0) -> list[tuple[str, str]]:
    """The names of a text of which the first `title` words are its headline."""
    words = text.split()
    given_names = []
    for name, kind in names:
        form = name.split()
        at = next(i for i in range(len(words)) if words[i : i + len(form)] == form)
        given_names.append(Named(at, at + len(form), kind))
    headline = [i < title for i in range(len(words))]
    found = mend(words, given_names, [True] * len(words), headline, name_words(load_lexicon()))
    return [(" ".join(words[n.start : n.end]), str(n.type)) for n in found]
