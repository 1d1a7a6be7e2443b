"""In what two wordings of one claim contradict each other, and with which values.

Precision first: a reader who is told of a dispute that is none trusts no other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from difflib import SequenceMatcher
from itertools import product
from math import fsum
from typing import NamedTuple

from kliping_link.domain.amounts import Amount, agree, differ
from kliping_link.domain.features import ClaimFeatures
from kliping_link.domain.names import initials
from kliping_link.domain.persons import may_be, person_key
from kliping_link.domain.polarity import opposed
from kliping_link.domain.reading import Name
from kliping_link.domain.rulings import put_together
from kliping_link.domain.score import same_source
from kliping_link.domain.slots import around, of_another, same_slot, tolls
from kliping_link.domain.words import content
from kliping_shared.contracts import EntityType, Modality, Particular

#: What two wordings share beside the particular that they tell otherwise, as a part of all that the shorter one tells.
#: Below it they are rather two statements than one told in two ways.
ALIKE = 0.55
#: The same where one denies what the other says: what is left over may be what it denies.
DENIED = 0.72
#: How far a speaker has to hold it to be so, to affirm or deny it.
_HELD = frozenset({Modality.ASSERTED, Modality.FUTURE})
WEEK = 7
#: A career of years is no other number than the hours of a delay: durations are compared in their own unit.
TIME = "time"
#: Names that are more alike than that are spellings of one.
SPELLING = 0.75


class Told(NamedTuple):
    """A value that a wording gives: as a reader sees it, and what equal values have in common."""

    shown: str
    value: str | Amount


class Contradiction(NamedTuple):
    """A particular of which each of two wordings tells a value that cannot be so where the other's is."""

    particular: Particular
    mine: Told
    theirs: Told


def contradictions(a: ClaimFeatures, b: ClaimFeatures) -> tuple[Contradiction, ...]:
    """What two wordings of one claim tell otherwise. What only one of them tells contradicts nothing, nor do sources that
    only may be one: each of two bodies counts its own. A person who merged them has said that they tell of one thing.

    A number of another day or month is a later count, not another one, and so is another number of dead or displaced in an
    article of another day; another day of another number is another event.
    """
    if not a.tells & b.tells and a.turns == b.turns:
        return ()
    if same_source(a, b) is None and not put_together(a, b):
        return ()
    figures = _times(a, b) if _times_apart(a, b) else _numbers(a, b)
    return (*figures, *_names(a, b), *_denials(a, b), *_opposites(a, b))


def told_by(claim: ClaimFeatures, told: Told) -> Told | None:
    """The value that ``told`` is, as this claim gives it; None where it does not."""
    if isinstance(told.value, Amount):
        alike = (
            one for one in claim.amounts if agree(one, told.value) and (one.tells or one.thing == told.value.thing)
        )
        return next((Told(one.written, one) for one in alike), None)
    if _told_time(claim) == told:
        return told
    if told.value in claim.names:
        return next((Told(name.text, name.key) for name in claim.named if name.key == told.value), None)
    return told if told.value in claim.opposing else None


def _times_apart(a: ClaimFeatures, b: ClaimFeatures) -> bool:
    """Whether both speak of days, and of none in common; where neither tells a day, of months. A day is held against no
    month: it may be when he spoke, and the month that of the data.
    """
    mine, theirs = (a.days, b.days) if a.days or b.days else (a.months, b.months)
    return bool(mine and theirs) and mine.isdisjoint(theirs)


def _numbers(a: ClaimFeatures, b: ClaimFeatures) -> Iterator[Contradiction]:
    """Of numbers of one thing that are nowhere in the other wording, those that stand among the same words."""
    if not (a.amounts and b.amounts):
        return
    mine = [one for one in a.amounts if not any(agree(one, other) for other in b.amounts)]
    theirs = [one for one in b.amounts if not any(agree(one, other) for other in a.amounts)]
    figures = {stem for one in (*mine, *theirs) for stem in content(one.written)}
    figures -= {stem for one in (*mine, *theirs) for stem in content(one.counted or "")}
    pairs = [
        (x, y) for x, y in product(mine, theirs) if x.thing == y.thing and (x.unit == y.unit or x.measures != TIME)
    ]
    close = {(x, y): (around(a, x) & around(b, y)) - figures for x, y in pairs}
    anew = tolls() if a.day.published != b.day.published else frozenset()
    taken: set[Amount] = set()
    for (x, y), words in sorted(close.items(), key=lambda pair: (-len(pair[1]), pair[0][0].low, pair[0][1].low)):
        if words and words.isdisjoint(anew) and taken.isdisjoint((x, y)) and not of_another(a, b):
            taken.update((x, y))
            yield Contradiction(Particular.NUMBER, Told(x.written, x), Told(y.written, y))


def _times(a: ClaimFeatures, b: ClaimFeatures) -> Iterator[Contradiction]:
    mine, theirs = _told_time(a), _told_time(b)
    alike = a.modality is b.modality and not differ(a.amounts, b.amounts) and _alike(a, b)
    if mine and theirs and alike and not _misread(a, b):
        yield Contradiction(Particular.DATE, mine, theirs)


def _misread(a: ClaimFeatures, b: ClaimFeatures) -> bool:
    """Whether both may have told one time, which was read otherwise."""
    if a.days and b.days:
        return any(_same_weekday_or_date(mine, theirs) for mine, theirs in product(a.days, b.days))
    return any(mine[-2:] == theirs[-2:] for mine, theirs in product(a.months, b.months))


def _same_weekday_or_date(a: int, b: int) -> bool:
    """A weekday without its date is read a week too early or too late at times, a date without its year a year."""
    return (a - b) % WEEK == 0 or date.fromordinal(a).timetuple()[1:3] == date.fromordinal(b).timetuple()[1:3]


def _told_time(claim: ClaimFeatures) -> Told | None:
    """Its days (YYYY-MM-DD), or where it tells none its months (YYYY-MM)."""
    times = sorted(map(iso, claim.days)) or sorted(claim.months)
    if not times:
        return None
    shown = times[0] if times[0] == times[-1] else f"{times[0]} – {times[-1]}"
    return Told(shown, shown)


def iso(day: int) -> str:
    """A day (proleptic ordinal) as YYYY-MM-DD."""
    return date.fromordinal(day).isoformat()


def _names(a: ClaimFeatures, b: ClaimFeatures) -> Iterator[Contradiction]:
    """Names that stand in the place of another of their type, which is nowhere in their own wording."""
    mine = [name for name in a.named if name.key not in b.names]
    theirs = [name for name in b.named if name.key not in a.names]
    for x, y in product(mine, theirs):
        if _other_name(x, y) and same_slot(a, x.text, b, y.text) and _alike(a, b, {f"={x.key}", f"={y.key}"}):
            particular = Particular.PLACE if x.type is EntityType.LOC else Particular.NAME
            yield Contradiction(particular, Told(x.text, x.key), Told(y.text, y.key))


def _other_name(a: Name, b: Name) -> bool:
    """Whether the names are of two things of one type: neither the other's short form, spelling or initials."""
    mine, theirs = a.key.split(), b.key.split()
    if a.type is not b.type or set(mine) <= set(theirs) or set(theirs) <= set(mine):
        return False
    if a.type is EntityType.PER:
        return not may_be(person_key(a.key), person_key(b.key))
    spelling = SequenceMatcher(None, mine[-1], theirs[-1], autojunk=False).ratio()
    return spelling < SPELLING and initials(a.key) != b.key and initials(b.key) != a.key


def _denials(a: ClaimFeatures, b: ClaimFeatures) -> Iterator[Contradiction]:
    said, denied = Told("said", "said"), Told("denied", "denied")
    if a.turns != b.turns and {a.modality, b.modality} <= _HELD:
        if _denies(a, b):
            yield Contradiction(Particular.POLARITY, denied, said)
        elif _denies(b, a):
            yield Contradiction(Particular.POLARITY, said, denied)


def _denies(a: ClaimFeatures, b: ClaimFeatures) -> bool:
    """Whether ``a`` denies what ``b`` says, which itself denies nothing: two negations are hard to bring together."""
    if b.turns or (a.denied and a.negates):
        return False
    if a.denied:
        return a.vector.common(b.vector) >= DENIED * a.vector.mass
    focus = a.denial.focus & a.terms.keys()
    turned = fsum(a.terms[term] for term in sorted(focus & b.terms.keys()))
    return 0 < fsum(a.terms[term] for term in sorted(focus)) <= 2 * turned and _alike(a, b, least=DENIED)


def _opposites(a: ClaimFeatures, b: ClaimFeatures) -> Iterator[Contradiction]:
    """Opposite words; where anything is denied, what happened is told by more than them, and other numbers are of others:
    19 who live and four who died are no dispute."""
    plain = {a.modality, b.modality} <= _HELD and not (a.negates or b.negates or differ(a.amounts, b.amounts))
    for told, x, y in opposed(a.opposing, b.opposing) if a.opposing and b.opposing else ():
        if told == Particular.POLARITY and not plain:
            continue
        if _alike(a, b, {*content(x), *content(y)}):
            yield Contradiction(Particular(told), Told(x, x), Told(y, y))


def _alike(a: ClaimFeatures, b: ClaimFeatures, without: Iterable[str] = (), *, least: float = ALIKE) -> bool:
    """Whether both say nearly the same, the terms ``without`` left aside."""
    aside = frozenset(without)
    mine, theirs = a.vector.without(aside), b.vector.without(aside)
    common = mine.common(theirs)
    return common > 0 and common >= least * min(mine.mass, theirs.mass)
