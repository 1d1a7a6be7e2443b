"""Whether statements that the rules find had better be dropped, and how sure one may be of each."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bench.ablation.claim_features import length_features, statement_features
from bench.ablation.logit import Choice, Features, chances, crossed, learn, yes_or_no
from bench.ablation.readings import Reading
from bench.ablation.tables import difference, f1
from bench.calibration import PRIOR
from kliping_extract.lexicons import load_lexicon

#: Features that fewer statements have are not learnt; how strongly weights are drawn to zero.
FEWEST, DECAY = 5, 1.0
_SURE = 0.999


@dataclass(frozen=True, slots=True)
class Found:
    """A statement that the rules found: all its features, those of its length, and whether gold has it."""

    event: str
    rule: str
    features: Features
    length: Features
    is_right: bool


Judged = tuple[Found, float]


def found(some: Iterable[Reading]) -> Iterator[Found]:
    """All statements of the articles."""
    for reading in some:
        right, prose = reading.matches(), reading.cast.prose
        for j, item in enumerate(reading.statements):
            features, ours = statement_features(prose, item), length_features(prose, item)
            yield Found(reading.event, item.rule, features, ours, j in right)


def by_features(one: Found) -> Choice:
    """Whether it is right, by all its features."""
    return yes_or_no({"bias", *one.features}, is_right=one.is_right)


def by_length(one: Found) -> Choice:
    """Whether it is right, by its rule's confidence and its length."""
    confidence = load_lexicon().confidence[one.rule]
    return yes_or_no(one.length, is_right=one.is_right, ahead=math.log(confidence / (1 - confidence)))


def judged(choice: Callable[[Found], Choice], learnt: Sequence[Found], some: Sequence[Found]) -> list[Judged]:
    """Each of `some` with its chance of being right, by what was learnt from `learnt`."""
    weights = learn(map(choice, learnt), FEWEST, DECAY)
    return [(one, chances(weights, choice(one))[0]) for one in some]


def judged_crossed(choice: Callable[[Found], Choice], some: Sequence[Found]) -> list[Judged]:
    """Each with its chance by what was learnt from other events."""
    return [(one, likely[0]) for one, likely in crossed(some, choice, FEWEST, DECAY)]


def by_rule(learnt: Iterable[Found], some: Iterable[Found]) -> list[Judged]:
    """Each of `some` with the share that was right of its rule's statements in `learnt`, drawn to the stated confidence."""
    stated, counts = load_lexicon().confidence, defaultdict(list)
    for one in learnt:
        counts[one.rule].append(one.is_right)
    return [(one, (sum(counts[one.rule]) + PRIOR * stated[one.rule]) / (len(counts[one.rule]) + PRIOR)) for one in some]


def by_rule_crossed(some: Sequence[Found]) -> list[Judged]:
    """Each with the share of its rule in other events."""
    events = sorted({one.event for one in some})
    rest = {event: [one for one in some if one.event != event] for event in events}
    return [judgement for one in some for judgement in by_rule(rest[one.event], [one])]


def as_stated(some: Iterable[Found]) -> list[Judged]:
    """Each with the confidence of its rule as the package states it."""
    stated: Mapping[str, float] = load_lexicon().confidence
    return [(one, stated[one.rule]) for one in some]


def brier(found: Judged) -> float:
    """Squared distance of chance and truth."""
    return (found[1] - found[0].is_right) ** 2


def surprise(found: Judged) -> float:
    """Negative logarithm of the chance that was given to the truth."""
    sure = min(max(found[1], 1 - _SURE), _SURE)
    return -math.log(sure if found[0].is_right else 1 - sure)


def keep_line(what: str, some: Sequence[Judged], gold: Mapping[str, int]) -> str:
    """What becomes of F1 when the statements that are more likely wrong than right are dropped."""
    dropped = [one for one, chance in some if chance < 0.5]
    before: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    after: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for event, count in gold.items():
        before[event][2] = after[event][2] = count
    for one, chance in some:
        for counts, kept in ((before, True), (after, chance >= 0.5)):
            counts[one.event][0] += kept and one.is_right
            counts[one.event][1] += kept
    right = sum(one.is_right for one in dropped)
    return (
        f"{what:40}{len(some):>8}{sum(not one.is_right for one, _ in some):>8}{len(dropped):>10}{len(dropped) - right:>8}"
        f"{f1(before.values()):>9.3f}{f1(after.values()):>9.3f}   {difference(before, after, f1)}"
    )


def sure_line(what: str, some: Sequence[Judged], other: Sequence[Judged]) -> str:
    """Brier score and log loss, and by how much the former differs from another way's."""
    measures = "".join(f"{_mean(measure, some):>9.4f}" for measure in (brier, surprise))
    return f"{what:40}{measures}   {difference(_by_event(other), _by_event(some), _average)}"


def _mean(measure: Callable[[Judged], float], some: Sequence[Judged]) -> float:
    return sum(map(measure, some)) / len(some)


def _by_event(some: Iterable[Judged]) -> dict[str, list[float]]:
    sums: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for one in some:
        sums[one[0].event][0] += brier(one)
        sums[one[0].event][1] += 1
    return sums


def _average(rows: Iterable[Sequence[float]]) -> float:
    total, count = map(sum, zip(*rows, strict=True))
    return total / count


def table(learnt: Sequence[Reading], counted: Sequence[Reading]) -> Iterator[str]:
    """What dropping would do, then the confidences."""
    known, unread = list(found(learnt)), list(found(counted))
    yield f"{'keep or drop':40}{'found':>8}{'false':>8}{'dropped':>10}{'rightly':>8}{'F1':>9}{'then':>9}"
    for choice in (by_features, by_length):
        how = choice.__name__.replace("_", " ")
        yield keep_line(f"learnt, crossed: {how}", judged_crossed(choice, known), _claims(learnt))
        yield keep_line(f"test: {how}", judged(choice, known, unread), _claims(counted))
    yield ""
    yield f"{'confidence':40}{'Brier':>9}{'log loss':>9}   Brier to that by rule"
    ways = (by_length, by_features)
    yield from _sure("learnt, crossed", known, by_rule_crossed(known), [judged_crossed(how, known) for how in ways])
    yield from _sure("test", unread, by_rule(known, unread), [judged(how, known, unread) for how in ways])


def _sure(what: str, some: Sequence[Found], anew: list[Judged], learned: Iterable[list[Judged]]) -> Iterator[str]:
    stated = as_stated(some)
    names = ("by rule", "by rule, counted anew", "by length", "by features")
    for name, judgements in zip(names, (stated, anew, *learned), strict=True):
        yield sure_line(f"{what}: {name}", judgements, stated)


def _claims(some: Iterable[Reading]) -> dict[str, int]:
    """How many claims gold has, by event."""
    counts: dict[str, int] = defaultdict(int)
    for reading in some:
        counts[reading.event] += len(reading.gold.claims)
    return counts
