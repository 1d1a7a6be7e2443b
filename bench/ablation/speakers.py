"""Whether a learned ranker finds whom pronouns and descriptions mean better than the rules.

Candidates are who was named or spoke in the last sentences, with features of where and how; a conditional logit learns
their weights: from statements told by a pronoun or a description, and, weighing less, from those that name their
speaker, as if a pronoun stood there. Rules are what the pipeline does; `both` gives the ranker their choice as one more
feature.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bench.ablation.logit import Choice, chances, crossed, learn
from bench.ablation.readings import Reading
from bench.ablation.speaker_candidates import Candidate, Told, asked, candidates, told
from bench.kliping_score.claims import sole_names
from bench.kliping_score.names import plain_name
from kliping_extract.domain.cast import Resolved
from kliping_extract.domain.speakers import resolve_speakers

#: What a statement that names its speaker weighs.
NAMED_WEIGHT = 0.3

Outcome = tuple["Example", bool]


@dataclass(frozen=True)
class Example:
    """One statement: the features of each candidate, which of them are right, which the rules chose and if rightly."""

    event: str
    told: Told
    features: tuple[frozenset[str], ...]
    right: frozenset[int]
    chosen: int | None
    rules_right: bool
    named: bool


def examples(some: Sequence[Reading]) -> Iterator[Example]:
    """The examples of one annotated set."""
    forms = sole_names(reading.gold for reading in some)
    for reading in some:
        cast, statements = reading.cast, reading.statements
        speakers = _gold_speakers(reading, forms)
        spoken: dict[int, list[Resolved]] = {}
        for item, names, rules in zip(statements, speakers, resolve_speakers(statements, cast), strict=True):
            if names and (question := asked(item, cast)) is not None:
                found = candidates(question, cast, spoken)
                yield Example(
                    reading.event,
                    told(question),
                    features=tuple(frozenset(one.features) for one in found),
                    right=frozenset(i for i, one in enumerate(found) if _called(one, names)),
                    chosen=next((i for i, one in enumerate(found) if one.is_meant(rules)), None),
                    rules_right=plain_name(rules.name) in names,
                    named=question is not item,
                )
            spoken.setdefault(item.sentence, []).append(rules)


def _gold_speakers(reading: Reading, forms: Mapping[str, set[str]]) -> list[set[str]]:
    """For each statement the names that gold accepts as its speaker; none where gold has no such statement."""
    names: list[set[str]] = [set() for _ in reading.statements]
    for j, i in reading.matches().items():
        speakers = reading.gold.claims[i].speakers
        names[j] = {plain_name(name) for name in speakers} | forms.get(speakers[0], set())
    return names


def _called(one: Candidate, names: set[str]) -> bool:
    called = [one.said.name] if one.said is not None else []
    called += [one.entity.name, *(item.text for item in one.entity.mentions)] if one.entity is not None else []
    return any(plain_name(name) in names for name in called)


def with_rules(some: Iterable[Example]) -> list[Example]:
    """The examples with the rules' choice as one more feature."""
    return [
        replace(
            one, features=tuple(each | {"rules"} if i == one.chosen else each for i, each in enumerate(one.features))
        )
        for one in some
    ]


def choice(example: Example) -> Choice:
    """The example for the logit: each feature once for all ways of telling a speaker, once for its own."""
    options = tuple(
        frozenset(name for one in features for name in (one, f"{example.told}:{one}")) for features in example.features
    )
    return Choice(options, example.right, NAMED_WEIGHT if example.named else 1.0)


def ranked(example: Example, likely: Sequence[float]) -> Outcome:
    """Whether the likeliest candidate is right."""
    return example, max(range(len(likely)), key=likely.__getitem__, default=-1) in example.right


def ranked_crossed(some: Sequence[Example]) -> list[Outcome]:
    """Each example by weights that are learnt from other events."""
    return [ranked(one, likely) for one, likely in crossed(some, choice)]


def ranked_by(learnt: Sequence[Example], some: Sequence[Example]) -> list[Outcome]:
    """Each of `some` by weights that are learnt from `learnt`."""
    weights = learn(map(choice, learnt))
    return [ranked(one, chances(weights, choice(one))) for one in some]


def line(what: str, outcomes: Iterable[Outcome]) -> str:
    """Right of all, by how speakers are told, without the statements that name theirs; and where the rules differ."""
    counts: dict[str, list[bool]] = defaultdict(list)
    better = worse = 0
    for one, right in outcomes:
        if not one.named:
            counts[one.told].append(right)
            counts["all"].append(right)
            better += right and not one.rules_right
            worse += one.rules_right and not right
    cells = "".join(f"{sum(counts[how]):>8}/{len(counts[how]):<3}" for how in (*Told, "all"))
    share = sum(counts["all"]) / len(counts["all"])
    return f"{what:32}{cells}{share:>8.3f}{f'+{better} -{worse}':>12}"


def table(learnt: Sequence[Example], counted: Sequence[Example]) -> Iterator[str]:
    """Rules, ranker and both, and how often the right one is among the candidates at all."""
    yield f"{'speakers':32}" + "".join(f"{how:>12}" for how in (*Told, "all")) + f"{'to rules':>20}"
    for name, some in (("learnt", learnt), ("test", counted)):
        yield line(f"{name}: a candidate", [(one, bool(one.right)) for one in some])
        yield line(f"{name}: rules", [(one, one.rules_right) for one in some])
    yield line("learnt: ranker, crossed", ranked_crossed(learnt))
    yield line("learnt: both, crossed", ranked_crossed(with_rules(learnt)))
    yield line("test: ranker", ranked_by(learnt, counted))
    yield line("test: both", ranked_by(with_rules(learnt), with_rules(counted)))
