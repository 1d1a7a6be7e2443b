"""What of a claim is compared: computed once from its own article, so that scores depend on the two claims only."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from itertools import combinations
from math import fsum
from typing import NamedTuple

from kliping_link.domain.amounts import Amount, amount
from kliping_link.domain.events import Event
from kliping_link.domain.identity import looked_for_as
from kliping_link.domain.polarity import Denial, denial, negates, negators, opposing_words
from kliping_link.domain.reading import Name, Reading
from kliping_link.domain.signatures import Signature, Voices
from kliping_link.domain.sources import Source, sources
from kliping_link.domain.words import content, content_words
from kliping_shared.analysis.tokens import WORD
from kliping_shared.contracts import Claim, ClaimKind, DateMention, DateSource, EnrichedArticle, Modality, Span, Stance

#: A claim is looked for under each of its sources with its weightiest words: so many for the speaker himself ...
OWN_TERMS = 8
#: ... and so many for a body that he speaks for, and for what else he may be called.
BODY_TERMS = 4
#: Numbers, and days or months, that a claim is looked for by, besides.
FIGURES = 2
#: Whoever says it, it is looked for by each two of so many of its weightiest words, and of so many numbers.
TELLING_TERMS, TELLING_FIGURES = 3, 1
#: Longer ranges ('tahun ini') are no days that a claim speaks of.
DAYS = 4
#: Characters of the stretches that wordings are compared by.
STRETCH = 4
#: What a shared entity counts in comparison with a shared word of equal rarity.
NAME_SHARE = 0.6
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Day:
    """When an article is from, in days (proleptic ordinals). ``published`` is None where only its drop time is known."""

    published: int | None
    seen: int

    def apart(self, other: Day) -> int:
        """Days between two articles: by publication where both know it, else by when they were dropped."""
        if self.published is None or other.published is None:
            return abs(self.seen - other.seen)
        return abs(self.published - other.published)


@dataclass(frozen=True, slots=True)
class Vector:
    """Stems, and names (``=key``), by their weights; ``mass`` is its squared length."""

    weights: dict[str, float]
    mass: float

    @classmethod
    def of(cls, terms: dict[str, float], names: dict[str, float]) -> Vector:
        """The vector of a claim's stems and names."""
        weights = terms | {f"={name}": NAME_SHARE * value for name, value in names.items()}
        return cls(weights, fsum(value * value for value in weights.values()))

    def without(self, terms: AbstractSet[str]) -> Vector:
        """The vector with these left aside."""
        if not terms:
            return self
        weights = {term: value for term, value in self.weights.items() if term not in terms}
        return Vector(weights, fsum(value * value for value in weights.values()))

    def common(self, other: Vector) -> float:
        """Scalar product. Exact summation: the same whichever comes first."""
        a, b = self.weights, other.weights
        if len(b) < len(a):
            a, b = b, a
        return fsum(value * b[term] for term, value in a.items() if term in b)


class Ruling(NamedTuple):
    """What a person's correction says of a claim, and when it was made.

    It says the same as all that the correction has ``together``, and not what those say that it has apart from them.
    """

    at: float
    correction: str
    together: bool


@dataclass(frozen=True)
class ClaimFeatures:
    """A claim for scoring: stems and keys of named entities with their weights, numbers, days that it speaks of."""

    claim_id: str
    source: Source
    terms: dict[str, float]
    names: dict[str, float]
    amounts: tuple[Amount, ...]
    days: frozenset[int]
    denied: bool
    modality: Modality
    text: str
    day: Day
    event: Event
    """What its article is on: who is named in part, or not at all, is one source only on one event."""
    rulings: tuple[Ruling, ...] = ()
    """What people's corrections say of it, in order of time."""
    named: tuple[Name, ...] = ()
    """The entities of ``names`` where they stand first, in the order of the text."""
    months: frozenset[str] = frozenset()
    """Months that it speaks of as a whole (YYYY-MM)."""

    @cached_property
    def vector(self) -> Vector:
        """Stems and names by their weights in this article."""
        return Vector.of(self.terms, self.names)

    @cached_property
    def times(self) -> tuple[int | str, ...]:
        """Days and months that it speaks of, in order."""
        return (*sorted(self.days), *sorted(self.months))

    @cached_property
    def sequence(self) -> list[tuple[str, int]]:
        """Stems of its wording in order, each with its first character."""
        return content_words(self.text)

    @cached_property
    def written(self) -> dict[str, str]:
        """Its stems, and names (``=key``), as they stand first in its wording."""
        words = {stem: WORD.match(self.text, at) for stem, at in reversed(self.sequence)}
        names = {f"={name.key}": name.text for name in self.named}
        return {stem: word.group().lower() for stem, word in words.items() if word} | names

    @cached_property
    def stretches(self) -> frozenset[str]:
        """The stretches of characters of its wording, by which like spellings and forms of words are seen."""
        plain = " ".join(_WORD.findall(self.text.casefold()))
        return frozenset(plain[at : at + STRETCH] for at in range(max(1, len(plain) - STRETCH + 1)))

    @cached_property
    def denial(self) -> Denial:
        """Stems of what it says is not so."""
        return denial(self.text, denied=self.denied)

    @cached_property
    def opposing(self) -> frozenset[str]:
        """Its words that are the opposite of others, without what it denies."""
        return opposing_words(self.text, self.denial.scope)

    @cached_property
    def tells(self) -> int:
        """A bit for each kind of particulars that it has: numbers, days or months, names, words that have opposites."""
        kinds = (self.amounts, self.times, self.named, self.opposing)
        return sum(1 << place for place, has in enumerate(kinds) if has)

    @cached_property
    def turns(self) -> bool:
        """Whether anything is denied, in its own words or by its cue."""
        return self.denied or self.negates

    @cached_property
    def negates(self) -> bool:
        """Whether there is a negator in it."""
        return negates(self.text)

    @cached_property
    def voices(self) -> Voices:
        """Its source in a few bytes."""
        return Voices.of(self.source)

    def may_match(self, other: Signature, claim: int) -> bool:
        """False only where it scores zero with that claim, were they on two events: of other sources."""
        return self.voices.may_be(other.voices[claim])

    @cached_property
    def mark(self) -> int:
        """Equal for claims that score alike, in this process."""
        vectors = (*self.terms.items(), None, *self.names.items())
        return hash((self.source, vectors, self._figures, self.text, self.day, self.event.mark, self.rulings))

    @cached_property
    def outline(self) -> int:
        """Equal for claims that are alike, and told sooner than their ``likeness``."""
        return hash((frozenset(self.terms), frozenset(self.names)))

    @cached_property
    def likeness(self) -> int:
        """Equal for claims of one source in the same words on the same days, in this process.

        Who has no name is one source only on one event.
        """
        words = frozenset(self.terms), frozenset(self.names)
        about = self.event.heaviest if self.source.is_collective else None
        return hash((self.source, words, self._figures, self.day, self.keys, self.rulings, about))

    @property
    def _figures(self) -> tuple[object, ...]:
        return (self.amounts, self.times, self.denied, self.modality)

    @cached_property
    def keys(self) -> frozenset[str]:
        """What the claim is looked for by: its sources, each with the claim's weightiest words, names and figures."""
        terms = self._weightiest[:OWN_TERMS]
        figures = [*self._numbers[:FIGURES], *(f"@{time}" for time in self.times[:FIGURES])]
        few = terms[:BODY_TERMS]
        own = _looked_for(self.source.own, [*terms, *figures], few)
        found = own | _looked_for(self.source.bodies, few, ())
        # Claims share two keys at least to be compared, or a telling one: who says but one word is looked for by it twice.
        return found | self.ties | self.telling | {f"{key}|" for key in found if len(found) == 1}

    @cached_property
    def telling(self) -> frozenset[str]:
        """Keys of which one is enough: two of its weightiest words and numbers together, whoever says them."""
        heaviest = [*self._weightiest[:TELLING_TERMS], *self._numbers[:TELLING_FIGURES]]
        return frozenset(f"{first}&{second}" for first, second in combinations(sorted(heaviest), 2))

    @cached_property
    def _weightiest(self) -> list[str]:
        weighed = {f"={name}": value for name, value in self.names.items()} | self.terms
        return sorted(weighed, key=lambda term: (-weighed[term], term))

    @property
    def _numbers(self) -> list[str]:
        return [one.key for one in self.amounts if one.tells]

    @cached_property
    def ties(self) -> frozenset[str]:
        """Keys of the corrections that speak of the claim: all that one speaks of are looked at together."""
        return frozenset(f"c|{ruling.correction}" for ruling in self.rulings)


def _looked_for(sources: Iterable[str], first: Sequence[str], more: Sequence[str]) -> frozenset[str]:
    """Each source with the terms: with ``first`` by its most telling name, with ``more`` by what else it may be called."""
    return frozenset(
        f"{name}|{term}"
        for source in sources
        for number, name in enumerate(looked_for_as(source))
        for term in (more if number else first)
    )


def day_of(article: EnrichedArticle) -> Day:
    """The article's days in the time zone that its own date carries."""
    trusted = article.published_at is not None and article.date_source is not DateSource.DROP_TIME
    return Day(_ordinal(article.published_at) if trusted else None, article.ingested_at.date().toordinal())


def _ordinal(moment: datetime | None) -> int | None:
    return moment.date().toordinal() if moment else None


def features(article: EnrichedArticle, reading: Reading, day: Day, event: Event) -> tuple[ClaimFeatures, ...]:
    """Features of every claim, in the article's order."""
    by_claim = sources(article)
    return tuple(_claim(claim, by_claim[claim.claim_id], reading, day, event) for claim in article.claims)


def _claim(claim: Claim, source: Source, reading: Reading, day: Day, event: Event) -> ClaimFeatures:
    told = [*claim.quantities, *claim.dates]
    places = [place for place in reading.within(claim.spans) if not _inside(reading.starts[place], told)]
    words = [reading.terms[place] for place in places if reading.names[place] is None]
    words += [unit for quantity in claim.quantities for unit in content(quantity.unit or "")]
    named: dict[str, Name] = {}
    for name in (name for place in places if (name := reading.names[place])):
        named.setdefault(name.key, name)
    return ClaimFeatures(
        claim_id=claim.claim_id,
        source=source,
        terms={word: reading.weigh(word) for word in words if _tells(word)},
        names={name: reading.weigh_name(name) for name in sorted(named)},
        amounts=tuple(map(amount, claim.quantities)),
        days=frozenset(day for date in claim.dates for day in _days(date.first.toordinal(), date.last.toordinal())),
        denied=_is_denied(claim),
        modality=claim.modality,
        text=claim.text,
        day=day,
        event=event,
        named=tuple(named.values()),
        months=frozenset(f"{date.first:%Y-%m}" for date in claim.dates if _is_month(date)),
    )


def _is_month(date: DateMention) -> bool:
    """'Maret', 'bulan depan'."""
    first, next_day = date.first, date.last + timedelta(days=1)
    return first.day == next_day.day == 1 and next_day <= first + timedelta(days=31)


def _is_denied(claim: Claim) -> bool:
    """'Membantah ada korban': the cue turns the words round; in a quote they are the speaker's own."""
    return claim.kind is not ClaimKind.DIRECT and claim.cue is not None and claim.cue.stance is Stance.DENY


def _inside(start: int, spans: Iterable[Span]) -> bool:
    """Numbers and dates are compared as such, not as words."""
    return any(span.start <= start < span.end for span in spans)


def _days(first: int, last: int) -> range:
    return range(first, last + 1 if last - first < DAYS else first)


def _tells(word: str) -> bool:
    """Negation is compared as polarity; single letters are initials or debris, digits what no quantity holds."""
    return len(word) > 1 and not word[0].isdigit() and word not in negators()
