"""Finds a canonical name by what a mention may share with it, however many names an article has."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice

from kliping_extract.domain.normal import close_spelling, sound_bag
from kliping_shared.names import normal_name

#: How many names that differ in one word are compared letter by letter.
_MOST = 50


class Heads:
    """The canonical names of one type, in the order they were added; `key` is what spellings of one word share."""

    def __init__(self, key: Callable[[str], str]) -> None:
        self._key = key
        self._order: dict[str, int] = {}
        self._names: dict[str, str] = {}
        self._by_word: dict[str, list[str]] = {}
        self._by_sound: dict[tuple[str, ...], str] = {}
        self._by_gap: dict[str, list[str]] = {}

    def add(self, head: str, name: str) -> None:
        """Add a name, or another form in full that stands for it, once."""
        if head in self._order:
            return
        self._order[head] = len(self._order)
        self._names[head] = name
        form = normal_name(head)
        for word in dict.fromkeys(self._key(head).split()):
            self._by_word.setdefault(word, []).append(head)
        for gap in _gaps(form):
            self._by_gap.setdefault(gap, []).append(head)
        self._by_sound.setdefault(sound_bag(head), head)

    def name_of(self, head: str) -> str:
        """The name that a head is or stands for."""
        return self._names[head]

    def alike(self, text: str) -> str | None:
        """The first name that is the same as `text` but for a slip, order or transliteration."""
        form = normal_name(text)
        near = (name for gap in _gaps(form) for name in islice(self._by_gap.get(gap, ()), _MOST))
        found = {name for name in near if close_spelling(form, normal_name(name))}
        if " " in form and (same := self._by_sound.get(sound_bag(text))) is not None:
            found.add(same)
        head = min(found, key=self._order.__getitem__, default=None)
        return None if head is None else self._names[head]

    def holding(self, form: str) -> list[str]:
        """Heads that may hold all words of a normal name: those with the rarest of them."""
        return min((self._by_word.get(word, []) for word in self._key(form).split()), key=len, default=[])


def _gaps(form: str) -> Iterator[str]:
    """A normal name, and with each of its words left out: one slip changes one word."""
    yield form
    words = form.split()
    if len(words) > 1:
        yield from (" ".join((*words[:i], "*", *words[i + 1 :])) for i in range(len(words)))
