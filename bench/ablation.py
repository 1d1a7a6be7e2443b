"""Whether a learned ranker finds whom pronouns and descriptions mean better than the rules: ``python -m bench.ablation``.

Candidates are who was named or spoke in the last sentences, with features of where and how; a conditional logit learns
their weights from ``seeds/`` and ``seeds/dev``: from statements told by a pronoun or a description, and, weighing less,
from those that name their speaker, as if a pronoun stood there. Rules are what the pipeline does; `both` gives the
ranker their choice as one more feature. What is learnt from is read by cross-validation over events, ``seeds/test``
only counted. ``services/extract/training/README.md`` has the table and what was made of it.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from bench.kliping_score.align import Aligner
from bench.kliping_score.claims import match_overlap, sole_names
from bench.kliping_score.names import plain_name
from bench.kliping_score.records import Article, Claim, gold_article, read_lines
from bench.speaker_candidates import Candidate, Told, asked, candidates, told
from kliping_extract.components.names import NAMES_NAME
from kliping_extract.domain.attributions import Attribution
from kliping_extract.domain.cast import Cast, Resolved
from kliping_extract.domain.people import find_introductions
from kliping_extract.domain.speakers import resolve_speakers
from kliping_extract.layers import attach, layers_of, prose_of
from kliping_extract.nlp_base import load_base
from kliping_extract.pipeline import build
from kliping_ingest.reading import Limits, read_file

SEEDS = Path(__file__).resolve().parents[1] / "seeds"
LEARNT, COUNTED = (SEEDS, SEEDS / "dev"), SEEDS / "test"
#: What a statement that names its speaker weighs; how strongly weights are drawn to zero.
NAMED_WEIGHT, DECAY = 0.3, 0.5
_STEPS, _RATE = 400, 0.05

Weights = Mapping[Told, Mapping[str, float]]
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


def examples(folder: Path) -> Iterator[Example]:
    """The examples of one annotated set."""
    records = read_lines(folder / "gold" / "gold.jsonl")
    gold = {record["file"]: (record["event"], gold_article(record)) for record in records}
    forms = sole_names(article for _, article in gold.values())
    for file, (event, article) in gold.items():
        statements, cast = _read(folder / "articles" / file)
        speakers = _gold_speakers(article, statements, cast, forms)
        spoken: dict[int, list[Resolved]] = {}
        for item, names, rules in zip(statements, speakers, resolve_speakers(statements, cast), strict=True):
            if names and (question := asked(item, cast)) is not None:
                found = candidates(question, cast, spoken)
                yield Example(
                    event,
                    told(question),
                    features=tuple(frozenset(one.features) for one in found),
                    right=frozenset(i for i, one in enumerate(found) if _called(one, names)),
                    chosen=next((i for i, one in enumerate(found) if one.is_meant(rules)), None),
                    rules_right=plain_name(rules.name) in names,
                    named=question is not item,
                )
            spoken.setdefault(item.sentence, []).append(rules)


_NLP = build(load_base())


def _read(path: Path) -> tuple[Sequence[Attribution], Cast]:
    """The statements of an article and its cast, as the pipeline finds them."""
    (article,) = read_file(path, name=path.name, limits=Limits(), now=datetime.now(UTC))
    doc = _NLP.make_doc(article.text)
    for name, component in _NLP.pipeline:
        doc = component(attach(doc, article) if name == NAMES_NAME else doc)
    layers, prose = layers_of(doc), prose_of(doc)
    cluster_at = {mention.start: cluster for cluster in layers.clusters for mention in cluster.mentions}
    return layers.attributions, Cast(prose, cluster_at, find_introductions(prose), layers.attributions)


def _gold_speakers(
    gold: Article, statements: Sequence[Attribution], cast: Cast, forms: Mapping[str, set[str]]
) -> list[set[str]]:
    """For each statement the names that gold accepts as its speaker; none where gold has no such statement."""
    tokens = cast.prose.tokens
    aligner = Aligner.between(tokens.text, gold.text)
    assert aligner is not None
    claims = []
    for item in statements:
        spans = tuple((tokens.starts[start], tokens.ends[end - 1]) for start, end in item.spans)
        claims.append(Claim(aligner.move_all(spans), (), "", None, None))
    names: list[set[str]] = [set() for _ in statements]
    for i, j in match_overlap(gold.text, gold.claims, claims):
        speakers = gold.claims[i].speakers
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


def learn(some: Iterable[Example]) -> Weights:
    """Weights of a conditional logit, by how speakers are told: what all share and what each has of its own."""
    some = [one for one in some if one.right and len(one.features) > len(one.right)]
    names = sorted({name for one in some for features in one.features for name in features})
    column = {key: i for i, key in enumerate((how, name) for how in ("", *Told) for name in names)}
    rows = [(n, one.told, features) for n, one in enumerate(some) for features in one.features]
    x = np.zeros((len(rows), len(column)))
    for row, (_, how, features) in enumerate(rows):
        x[row, [column[key, name] for name in features for key in ("", how)]] = 1.0
    group = np.array([n for n, _, _ in rows])
    right = np.array([i in one.right for one in some for i in range(len(one.features))], dtype=float)
    counts = np.array([NAMED_WEIGHT if one.named else 1.0 for one in some])[group]
    w, first, second = np.zeros((3, len(column)))
    for step in range(1, _STEPS + 1):
        odds = np.exp(x @ w)
        chance = odds / np.bincount(group, odds)[group]
        wanted = right * odds / np.bincount(group, right * odds)[group]
        slope = x.T @ (counts * (chance - wanted)) + DECAY * w
        # Adam (Kingma and Ba 2015).
        first, second = 0.9 * first + 0.1 * slope, 0.99 * second + 0.01 * slope**2
        w = w - _RATE * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.99**step)) + 1e-8)
    return {how: {name: float(w[column["", name]] + w[column[how, name]]) for name in names} for how in Told}


def ranker(weights: Weights) -> Callable[[Example], bool]:
    """Whether the candidate whose features weigh most is right."""

    def is_right(example: Example) -> bool:
        of = weights[example.told]
        scores = [sum(of.get(name, 0.0) for name in features) for features in example.features]
        return max(range(len(scores)), key=scores.__getitem__, default=-1) in example.right

    return is_right


def crossed(some: Sequence[Example]) -> Iterator[Outcome]:
    """Each example with whether weights that are learnt from other events choose rightly."""
    for event in sorted({one.event for one in some}):
        is_right = ranker(learn(one for one in some if one.event != event))
        yield from ((one, is_right(one)) for one in some if one.event == event)


def line(what: str, outcomes: Iterable[Outcome]) -> str:
    """Right of all, by how speakers are told, without the statements that name theirs."""
    counts: dict[str, list[bool]] = defaultdict(list)
    for one, right in outcomes:
        if not one.named:
            counts[one.told].append(right)
            counts["all"].append(right)
    cells = "".join(f"{sum(counts[how]):>8}/{len(counts[how]):<3}" for how in (*Told, "all"))
    return f"{what:32}{cells}{sum(counts['all']) / len(counts['all']):>8.3f}"


def table(learnt: Sequence[Example], counted: Sequence[Example]) -> Iterator[str]:
    """Rules, ranker and both, and how often the right one is among the candidates at all."""
    yield f"{'':32}" + "".join(f"{how:>12}" for how in (*Told, "all"))
    for name, some in (("seeds and dev", learnt), ("test", counted)):
        yield line(f"{name}: a candidate", [(one, bool(one.right)) for one in some])
        yield line(f"{name}: rules", [(one, one.rules_right) for one in some])
    yield line("seeds and dev: ranker, crossed", crossed(learnt))
    yield line("seeds and dev: both, crossed", crossed(with_rules(learnt)))
    alone, both = ranker(learn(learnt)), ranker(learn(with_rules(learnt)))
    yield line("test: ranker", [(one, alone(one)) for one in counted])
    yield line("test: both", [(one, both(one)) for one in with_rules(counted)])


def main() -> int:
    """Print the table."""
    learnt = [one for folder in LEARNT for one in examples(folder)]
    sys.stdout.write("\n".join(table(learnt, list(examples(COUNTED)))) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
