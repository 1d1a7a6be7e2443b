"""Clubs and firms that bear an ordinary or unheard word: told by who stands behind it, `Pelatih Elang, Budi Darma`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

from kliping_extract.domain.name_sources import Named, NameWords, Words, capital
from kliping_shared.contracts.enriched import EntityType

#: How often a word must stand where only a body stands.
_FEWEST = 2


def with_teams(words: Words, names: Sequence[Named], free: Sequence[bool], lists: NameWords) -> list[Named]:
    """The names, with the words that the article shows to be bodies; the person behind such a word is a name of his own."""
    starts = {name.start: name for name in names if name.type is EntityType.PER and name.end - name.start > 1}
    places = {words[name.start] for name in names if name.type is EntityType.LOC and name.end - name.start == 1}
    seen = Counter(words[i] for i in _beside_people(words, starts, places, free, lists))
    often = {word for word, count in seen.items() if count >= _FEWEST}
    teams = often - _called(words, names, free, lists) if often else often
    if not teams:
        return list(names)
    kept = [cut for name in names if (cut := _without_team(words, name, teams, lists)) is not None]
    taken = {i for name in kept if words[name.end - 1] in teams for i in range(name.start, name.end)}
    towns = {name.end: name.start for name in kept if name.type is EntityType.LOC and name.end - name.start == 1}
    alone = (i for i in words.capitals if words[i] in teams and i not in taken)
    found = [Named(towns.get(i, i), i + 1, EntityType.ORG) for i in alone]
    within = {name.start for name in found}
    return [*(name for name in kept if name.start not in within), *found]


def _without_team(words: Words, name: Named, teams: AbstractSet[str], lists: NameWords) -> Named | None:
    """A name as it is beside a body: a person without it (`Elang | Budi Darma`), a body whole (`Bandung Elang`), not the body itself."""
    if teams.isdisjoint(words[name.start : name.end]) or words.lower[name.start] in lists.heads:
        return name
    first, last = words[name.start] in teams, words[name.end - 1] in teams
    if name.type is EntityType.PER and first and name.end - name.start > 1:
        return Named(name.start + 1, name.end, name.type)
    if name.type is EntityType.PER or first or not last:
        return None
    # `GOR Elang` is a place.
    return name if words[name.start].isupper() else Named(name.start, name.end, EntityType.ORG)


def _beside_people(
    words: Words, starts: Mapping[int, Named], towns: AbstractSet[str], free: Sequence[bool], lists: NameWords
) -> Iterator[int]:
    """Words behind an office or noun of clubs and firms: before who holds it, `Kapten Elang Budi Darma`, or `kantor Elang`."""
    for i in words.capitals:
        if not (i and free[i]) or i + 2 >= len(words) or lists.listed(words[i]) or words.lower[i] in lists.no_person:
            continue
        at = i - 1 - (words[i - 1] in towns and capital(words[i - 1]))
        before = words.lower[at]
        if before in lists.team_nouns and not capital(words[i + 1]):
            yield i
        elif before in lists.team_offices or (words[at].islower() and words.lower[at - 1] in lists.team_offices):
            behind = i + 1 + (words[i + 1] == ",")
            if behind in starts or (i in starts and starts[i].end - i > 2):
                yield i


def _called(words: Words, names: Sequence[Named], free: Sequence[bool], lists: NameWords) -> set[str]:
    """Words by which the article calls persons: `kata Budi`, `Pak Budi`, and the last words of their names."""
    full = (name for name in names if name.type is EntityType.PER and name.end - name.start > 1 and free[name.start])
    alone = (i for i in words.capitals if 0 < i < len(words) - 1 and not capital(words[i + 1]))
    told = (i for i in alone if words[i - 1] in lists.bare_cues or words.lower[i - 1] in lists.honorifics)
    return {words[name.end - 1] for name in full} | {words[i] for i in told}
