"""Borders of names that the recogniser runs together or cuts: brackets, particles, bodies with their region behind them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from kliping_extract.domain.name_sources import DASHES, Named, NameWords, Words, capital, office_before, opens
from kliping_shared.contracts.enriched import EntityType

#: Brackets, and words that lead on to something else: `PT Seruni | selaku BUMD`.
_ENDS = frozenset({"(", ")", "selaku", "yang", "sebagai"})


def unbracketed(words: Words, names: Sequence[Named], lists: NameWords) -> Iterator[Named]:
    """The names, one that runs into a bracket or past a dash in two: `Badan Pusat Statistik | (BPS`, `Warta - Bank Dana`."""
    for name in names:
        at = next((i for i in range(name.start, name.end) if _breaks(words, i, lists)), None)
        if at is None:
            yield name
            continue
        for start, end in ((name.start, at), (at + 1, name.end)):
            if start < end and words[end - 1] != ")":
                yield Named(start, end, name.type)


def _breaks(words: Words, i: int, lists: NameWords) -> bool:
    """Whether no name goes past a token: a bracket, and a dateline's dash; not the dash of `Jalan Wangi–Seruni`, `Al-Hikma`."""
    outlet = words[i - 1].isupper() or words[i - 1] in lists.own
    return words[i] in _ENDS or (words[i] in DASHES and outlet)


def with_particles(words: Words, names: Sequence[Named], allowed: Sequence[bool], lists: NameWords) -> Iterator[Named]:
    """Particles go to the person behind them: `Teluk Marindu | La Ode Hamzah`, `I Gede Suarnata`."""
    starts = {name.start: name for name in names if name.type is EntityType.PER}
    for name in names:
        start, end = name.start, name.end
        if name.type is EntityType.PER:
            while start > 0 and allowed[start - 1] and _particle(words, start - 1, lists):
                start -= 1
        elif end - start > 1 and words[end - 1] in lists.particles and end in starts:
            end -= 1
        yield name if (start, end) == (name.start, name.end) else Named(start, end, name.type)


def _particle(words: Words, i: int, lists: NameWords) -> bool:
    """Whether a word belongs to the person behind it: `Kombes Pol | Lalu Wirasena`, not where `Lalu` opens a sentence."""
    return words[i] in lists.particles and not (words.lower[i] in lists.function_words and opens(words, i))


def regional_in(words: Words, names: Sequence[Named], allowed: Sequence[bool], lists: NameWords) -> Iterator[Named]:
    """Bodies with the region behind them: `KPU | Bantul`, `Pemerintah | Kabupaten Garut`."""
    for name in names:
        head = name.start - 1
        if name.type is not EntityType.LOC or head < 0 or not allowed[head] or not capital(words[head]):
            continue
        word = words.lower[head]
        if word in lists.regional and (word != "pemerintah" or words.lower[name.start] in lists.admin_heads):
            yield Named(head, name.end, EntityType.ORG)


def kept_together(words: Words, names: Sequence[Named]) -> list[Named]:
    """Words that stand together elsewhere are one name: `Bank Dana | Seruni Ana Quispe` beside `Bank Dana Seruni`."""
    bodies = {name.end: i for i, name in enumerate(names) if name.type is EntityType.ORG}
    kept = list(names)
    beside = [
        i
        for i, name in enumerate(names)
        if name.type is EntityType.PER and name.start in bodies and name.end - name.start > 2
    ]
    if not beside:
        return kept
    pairs = Counter(pairwise(words))
    threes = Counter(zip(words, words[1:], words[2:], strict=False))
    for i in beside:
        name = names[i]
        last, first, second = words[name.start - 1 : name.start + 2]
        if pairs[last, first] > threes[last, first, second]:
            body = names[bodies[name.start]]
            kept[bodies[name.start]] = Named(body.start, name.start + 1, body.type)
            kept[i] = Named(name.start + 1, name.end, name.type)
    return kept


def joined_persons(words: Words, names: Sequence[Named], lists: NameWords) -> list[Named]:
    """Of two persons with nothing between them one: `Purnama Yudha | Sadewo`."""
    joined: list[Named] = []
    called = {words[name.start] for name in names if name.end - name.start == 1 and name.type is EntityType.PER}
    for name in names:
        last = joined[-1] if joined else None
        if last is not None and last.end == name.start and _one_person(words, last, name, called, lists):
            joined[-1] = Named(last.start, name.end, last.type)
        else:
            joined.append(name)
    return joined


def _one_person(words: Words, first: Named, second: Named, called: set[str], lists: NameWords) -> bool:
    """Not where the first may be a body or place: with an acronym, behind an office, before who is called by his first name."""
    if not first.type is second.type is EntityType.PER:
        return False
    if any(len(word) > 2 and word.isupper() for word in words[first.start : first.end]):
        return False
    whole = second.end - second.start > 1
    return not whole or not (words[second.start] in called or office_before(words, first.start, lists))


def seats(words: Words, names: Sequence[Named], lists: NameWords) -> Iterator[Named]:
    """The names, a person between an office of a place and its holder made the place: `Kapolsek Tanah Wangi | Kompol | Budi Darma`."""
    persons = {name.start for name in names if name.type is EntityType.PER and name.end - name.start > 1}
    for name in names:
        behind = name.end
        while behind < len(words) and (words.lower[behind] in lists.honorifics or words[behind] == "Pol"):
            behind += 1
        seat = name.start > 0 and words.lower[name.start - 1] in lists.local_offices
        held = seat and name.type is EntityType.PER and behind in persons
        yield Named(name.start, name.end, EntityType.LOC) if held else name
