"""Names beside the recogniser's: the ones that lists know, Korean ones by their form, and repetitions of those found."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from copy import copy
from dataclasses import dataclass, field
from typing import NamedTuple

from kliping_extract.domain.tokens import MARKS
from kliping_shared.contracts.enriched import EntityType

KOREAN_GIVEN = re.compile(r"[A-Z][a-z]{1,5}-[a-z]{1,5}")
_SURNAME = re.compile(r"[A-Z][a-z]{1,4}")
#: Between blanks they end a name.
DASHES = frozenset("-–—")
#: Titles whose full stop ends no sentence.
_TITLE = re.compile(r"(?:prof|dr[as]?|ir|hj?|k\.?h|pdt|tgk|dt|tn|ny|mrs?|ms|st|rr?|tb)\.")
#: How far left of a name its title may begin, in tokens.
REACH = 10
#: Log-odds from which a word speaks for a person's name.
PERSON_LIKE = 1.5
#: Log-odds below which a word is hardly ever part of a person's name.
PLACE_LIKE = -2.0
#: How many forms with one first word are tried at a place.
_MOST_FORMS = 20


class Words(list[str]):
    """An article's words, with what the search for names asks of them again and again."""

    def __init__(self, words: Sequence[str]) -> None:
        super().__init__(words)
        #: Each word in lower case.
        self.lower = [word.lower() for word in words]
        #: Where a word begins with a capital letter.
        self.capitals = [i for i, word in enumerate(words) if word[:1].isupper()]
        #: Where a bracket opens.
        self.brackets = [i for i, word in enumerate(words) if word == "("]
        #: Every word once.
        self.all = frozenset(words)
        #: Words that stand without other capitals beside them, as people are called in the course of an article.
        self.alone = _alone_in(self)
        #: Those of them in title case, as short names are.
        self.lone = frozenset(word for word in self.alone if word.istitle())


def _alone_in(words: Words) -> frozenset[str]:
    capitals = set(words.capitals)
    return frozenset(words[i] for i in words.capitals if i - 1 not in capitals and i + 1 not in capitals)


class Named(NamedTuple):
    """A name over tokens [start, end) of a doc."""

    start: int
    end: int
    type: EntityType


Form = tuple[str, ...]
#: Names of known types by their first word, in the order in which they are tried.
ByFirst = Mapping[str, Sequence[tuple[Form, EntityType]]]


@dataclass(frozen=True, slots=True)
class NameWords:
    """Words that the mending asks about, lower case (`particles` and `no_names` as spelt); `known` are names of known types, as spelt, by their first word.

    `odds` are log-odds that a word stands in a person's name.
    """

    honorifics: frozenset[str]
    role_heads: frozenset[str]
    place_heads: frozenset[str]
    local_offices: frozenset[str]
    admin_heads: frozenset[str]
    body_heads: frozenset[str]
    org_heads: frozenset[str]
    cues: frozenset[str]
    bare_cues: frozenset[str]
    active_cues: frozenset[str]
    function_words: frozenset[str]
    days: frozenset[str]
    known: ByFirst
    countries: frozenset[Form]
    types: Mapping[str, EntityType]
    odds: Mapping[str, float]
    particles: frozenset[str]
    regional: frozenset[str]
    no_names: frozenset[str]
    body_nouns: frozenset[str]
    vehicles: frozenset[str]
    team_offices: frozenset[str]
    team_nouns: frozenset[str]
    inserts: frozenset[str]
    unit_heads: frozenset[str] = frozenset()
    own: ByFirst = field(default_factory=dict)
    ours: ByFirst = field(default_factory=dict)
    explained: frozenset[str] = field(init=False)
    no_person: frozenset[str] = field(init=False)
    heads: frozenset[str] = field(init=False)
    words_alone: frozenset[str] = field(init=False)
    untitled: frozenset[str] = field(init=False)
    addresses: frozenset[str] = field(init=False)
    national_heads: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        """Unions that are asked for once per token."""
        heads = self.org_heads | self.place_heads
        object.__setattr__(self, "heads", heads)
        object.__setattr__(self, "explained", self.role_heads | heads | self.days | self.cues | self.honorifics)
        object.__setattr__(self, "no_person", self.explained | self.function_words | self.body_nouns)
        object.__setattr__(self, "words_alone", self.role_heads | self.cues | self.body_nouns)
        object.__setattr__(self, "national_heads", self.org_heads - self.regional)
        object.__setattr__(self, "addresses", self.honorifics - self.role_heads - {"seri", "pol"})
        object.__setattr__(self, "untitled", self.role_heads | self.days)

    def with_own(self, own: ByFirst, ours: ByFirst) -> NameWords:
        """The same lists with an article's own names and the user's; the unions are not made anew."""
        lists = copy(self)
        object.__setattr__(lists, "own", own)
        object.__setattr__(lists, "ours", ours)
        return lists

    def forms(self, first: str) -> Sequence[tuple[Form, EntityType]]:
        """Names that begin with a word: the user's, the article's own, those of the lists."""
        known = self.known.get(first, ())
        if first in self.own or first in self.ours:
            return (*self.ours.get(first, ()), *self.own.get(first, ()), *known)
        return known

    def country(self, form: Sequence[str]) -> bool:
        """Whether the words are a country as the lists name it."""
        return tuple(form) in self.countries

    def listed(self, first: str) -> bool:
        """Whether a listed name begins with the word."""
        return first in self.known or first in self.own or first in self.ours


def capital(word: str) -> bool:
    """Whether a word begins with a capital letter."""
    return word[:1].isupper()


def opens(words: Words, i: int) -> bool:
    """Whether a token opens a sentence or quote, where a capital says nothing."""
    if i == 0 or words[i - 1] in MARKS:
        return True
    return words[i - 1][-1:] in ".?!:\n" and not _TITLE.fullmatch(words.lower[i - 1])


def stands(words: Words, i: int, form: Form) -> bool:
    """Whether a name stands at token `i`."""
    return tuple(words[i : i + len(form)]) == form


def office_before(words: Words, start: int, lists: NameWords) -> bool:
    """Whether an unbroken run of capitals (or title words) before the token begins with a person's title."""
    first = start - 1 - (start > 0 and words[start - 1] == ",")
    for i in range(first, max(-1, start - REACH), -1):
        lower = words.lower[i]
        if lower in lists.role_heads:
            return True
        if not capital(words[i]) and lower not in {"dan", "umum", "bidang", "urusan", "bicara"}:
            return False
    return False


def known_in(words: Words, names: Sequence[Named], allowed: Sequence[bool], lists: NameWords) -> Iterator[Named]:
    """Names that the lists know beside those found. One of a single word must stand alone: `Barat`, but not in `Sumatera Barat Daya`."""
    starts, ends = {name.start for name in names}, {name.end for name in names}
    found = {(name.start, name.end) for name in names}
    for i in [i for i in words.capitals if lists.listed(words[i])]:
        for form, kind in lists.forms(words[i]):
            end = i + len(form)
            fits = stands(words, i, form) and all(allowed[i:end])
            if fits and (len(form) > 1 or _alone(words, i, starts, ends, lists)):
                if (i, end) not in found:
                    yield Named(i, end, kind)
                break


def _alone(words: Words, i: int, starts: set[int], ends: set[int], lists: NameWords) -> bool:
    """Whether no capitals stand beside the word but other names', or those of an office before it."""
    before, after = words[i - 1] if i else "", words[i + 1] if i + 1 < len(words) else ""
    fits = i in ends or not capital(before) or office_before(words, i, lists)
    followed = capital(after) and not (words[i].isupper() and office_before(words, i, lists))
    return fits and (i + 1 in starts or not followed)


def hyphened_in(words: Words, allowed: Sequence[bool], lists: NameWords) -> Iterator[Named]:
    """Names in the Korean manner, a short surname and a hyphened given name: `Ri Sol-ju`."""
    for i in [i for i in words.capitals if "-" in words[i]]:
        if i and KOREAN_GIVEN.fullmatch(words[i]) and _SURNAME.fullmatch(words[i - 1]):
            left, right = words.lower[i].split("-")
            if left != right and words.lower[i - 1] not in lists.untitled and all(allowed[i - 1 : i + 1]):
                yield Named(i - 1, i + 1, EntityType.PER)


def headed_in(words: Words, names: Sequence[Named], allowed: Sequence[bool], lists: NameWords) -> Iterator[Named]:
    """Places by their head: `Kabupaten Tirtasari`, as far as no other name begins."""
    starts = {name.start for name in names}
    for i in [i for i in words.capitals if words.lower[i] in lists.admin_heads]:
        if i and words.lower[i - 1] in lists.role_heads:
            continue
        end = i + 1
        while (
            end < min(len(words), i + 3)
            and capital(words[end])
            and allowed[end]
            and (end == i + 1 or end not in starts)
        ):
            if words.lower[end] in lists.untitled or words.lower[end] in lists.admin_heads:
                break
            end += 1
        if end > i + 1 and allowed[i]:
            yield Named(i, end, EntityType.LOC)


def bodies_in(words: Words, names: Sequence[Named], allowed: Sequence[bool], lists: NameWords) -> Iterator[Named]:
    """Bodies that nothing named yet, by their head: `Badan Penanggulangan Bencana Daerah`."""
    taken = {i for name in names for i in range(name.start, name.end)}
    for i in [i for i in words.capitals if words.lower[i] in lists.body_heads]:
        if i in taken or not allowed[i]:
            continue
        end = i + 1
        while end < min(len(words), i + 8) and allowed[end] and end not in taken and _in_body(words, end, lists):
            end += 1
        if end > i + 1:
            yield Named(i, end, EntityType.ORG)


def _in_body(words: Words, i: int, lists: NameWords) -> bool:
    if words[i] == "dan":
        return capital(words[i - 1]) and i + 1 < len(words) and capital(words[i + 1])
    return capital(words[i]) and words.lower[i] not in lists.untitled


def repeated_in(words: Words, names: Sequence[Named], allowed: Sequence[bool], lists: NameWords) -> Iterator[Named]:
    """Other occurrences of the names found, and of the short forms that they imply."""
    forms: dict[Form, EntityType] = {}
    seen: set[tuple[Form, EntityType]] = set()
    for name in names:
        # The same words found at several places have the same forms.
        whole = (tuple(words[name.start : name.end]), name.type)
        if whole in seen:
            continue
        seen.add(whole)
        for form in _forms(words, name, lists):
            if len("".join(form)) > 2 and not (len(form) == 1 and _common(form[0], words.all, lists)):
                forms.setdefault(form, name.type)
    found = {(name.start, name.end) for name in names}
    by_first: dict[str, list[Form]] = {}
    for form in sorted(forms, key=len, reverse=True):
        by_first.setdefault(form[0], []).append(form)
    for i in [i for i in words.capitals if words[i] in by_first]:
        for form in by_first[words[i]][:_MOST_FORMS]:
            end = i + len(form)
            if stands(words, i, form) and all(allowed[i:end]):
                if (i, end) not in found:
                    yield Named(i, end, forms[form])
                break


def _common(word: str, here: AbstractSet[str], lists: NameWords) -> bool:
    """Whether a short form is an ordinary word: it stands in lower case elsewhere in the article, or opens titles."""
    lower = word.lower()
    return (lower in here and lower.islower()) or lower in lists.words_alone or lower in lists.heads


def _forms(words: Words, name: Named, lists: NameWords) -> Iterator[Form]:
    """The name, a person's first and last word, a place without its head, a body without the place behind it."""
    form = tuple(words[name.start : name.end])
    yield form
    if len(form) < 2:
        return
    if name.type is EntityType.PER:
        yield form[-1:]
        yield form[:1]
    elif name.type is EntityType.LOC and form[0].lower() in lists.place_heads:
        yield form[1:]
    elif name.type is EntityType.ORG and len(form) > 2 and form[0].lower() in lists.org_heads:
        yield form[:-1]
