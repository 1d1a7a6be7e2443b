"""How well link groups claims: pairs across articles on gold claims with gold speakers, baselines, an ablation.

    python -m bench.link_eval [GOLD.jsonl ...] [--statements PAIRS.jsonl ...] [--pairs]

The default set is ``seeds/gold/gold.jsonl``. Extraction plays no part: spans, speakers, roles and names are the gold's.
Baselines, each at the threshold best for the set, which flatters them: the same words; near-equal text (Jaccard index of
character 4-grams, which MinHash estimates); TF-IDF cosine, and with one and the same speaker. The ablation leaves a part
of the score out and fits the others anew (``bench/claim_fit.py``) on the sets that the score is fitted on.
``--statements``: pairs in the format of seeds/README.md, per difficulty, held-out events apart. ``--pairs`` lists wrong
and missed pairs with the explanation of their score.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from bench.claim_baselines import BASELINES
from bench.claim_fit import FITTED, STATEMENTS, fit, rows
from bench.claim_measures import Figures, b_cubed
from bench.claim_sets import Gold, Pair, Statements, across, load, load_pairs
from kliping_link.domain.contradictions import contradictions
from kliping_link.domain.levels import claim_level
from kliping_link.domain.matches import explain
from kliping_link.domain.network import grouped
from kliping_link.domain.records import Ref
from kliping_link.domain.score import Weights, claim_score

DEFAULT = Path(__file__).resolve().parents[1] / "seeds" / "gold" / "gold.jsonl"
#: Parts of the score that the ablation leaves out together.
LEFT_OUT: Mapping[str, frozenset[str]] = {
    "containment": frozenset({"containment"}),
    "stretches of characters": frozenset({"stretches"}),
    "numbers": frozenset({"numbers"}),
    "days and months": frozenset({"same_time"}),
    "modality": frozenset({"other_modality"}),
}


def groups(gold: Gold, weights: Weights, *, linkage: bool = True) -> list[list[Ref]]:
    """Groups that link makes; without ``linkage`` all that a chain of pairs joins."""
    pool = {ref: gold.features(ref) for ref in gold.claims}
    found = grouped(claim_level(weights), pool)
    return [list(group) for component in found for group in (component if linkage else [sum(component, ())])]


def predicted(gold: Gold, weights: Weights) -> set[Pair]:
    """Pairs across articles within one group."""
    return _joined(groups(gold, weights))


def _joined(made: Sequence[Sequence[Ref]]) -> set[Pair]:
    home = {ref: n for n, group in enumerate(made) for ref in group}
    return across(home, lambda a, b: home[a] == home[b])


def variants() -> Mapping[str, tuple[Weights, bool]]:
    """The score, and the score without each of its parts in turn."""
    whole, names = Weights(), tuple(name for name in Weights().parts if name != "bias")
    learnt = rows([load(path) for path in FITTED], load_pairs(STATEMENTS))
    found = {
        "link": (whole, True),
        "- average linkage (chains join)": (whole, False),
        "- all but the same speaker": (replace(whole, bodies=False, unsure=False), True),
        "- speakers that may be one": (replace(whole, unsure=False), True),
    }
    for what, parts in LEFT_OUT.items():
        kept = fit(learnt, [name for name in names if name not in parts])
        found[f"- {what}"] = (replace(whole, parts=kept), True)
    return found


def report(gold: Gold, compared: Mapping[str, tuple[Weights, bool]], *, pairs: bool) -> None:
    """Print the table of one set."""
    print(f"\n{gold.name}: {len(gold.claims)} claims, {len(gold.pairs)} pairs across articles")
    for name, baseline in BASELINES.items():
        print(f"  {name:32} {baseline(gold)}")
    for name, (weights, linkage) in compared.items():
        made = groups(gold, weights, linkage=linkage)
        found, cubed = Figures.of(_joined(made), gold.pairs), b_cubed(made, gold)
        print(f"  {name:32} {found}   B-cubed {cubed.f1:.3f}")
    if pairs:
        _list(gold, predicted(gold, Weights()))


def _list(gold: Gold, found: set[Pair]) -> None:
    for title, wrong in (("wrong", found - gold.pairs), ("missed", gold.pairs - found)):
        for a, b in sorted(wrong):
            mine, theirs = (gold.records[ref.article].claims[ref.claim] for ref in (a, b))
            score = claim_score(mine.features, theirs.features, Weights())
            why = explain(mine.features, theirs.features)
            print(
                f"\n  {title} {score:.2f} {why}\n    {mine.speaker}: {mine.text}\n    {theirs.speaker}: {theirs.text}"
            )


def report_statements(pairs: Sequence[Statements], weights: Weights) -> None:
    """Print how pairs of statements are told apart, in all and per difficulty."""
    for title, some in (
        ("statements, seen", [pair for pair in pairs if not pair.held_out]),
        ("statements, held out", [pair for pair in pairs if pair.held_out]),
    ):
        told = [(pair, _told(pair, weights)) for pair in some]
        print(f"\n{title}: {len(some)} pairs")
        print(f"  {'one claim':32} {_figures(told, lambda label: label != 'different')}")
        print(f"  {'contradicting':32} {_figures(told, lambda label: label == 'contradicting')}")
        kinds = Counter((pair.label, pair.difficulty) for pair in some)
        for (label, difficulty), count in sorted(kinds.items()):
            rest = Counter(answer for pair, answer in told if (pair.label, pair.difficulty) == (label, difficulty))
            answers = ", ".join(f"{answer} {n}" for answer, n in rest.most_common())
            print(f"  {label:13} {difficulty:18} {count:4}: {answers}")


def _told(pair: Statements, weights: Weights) -> str:
    if claim_score(pair.a, pair.b, weights) < weights.threshold:
        return "different"
    return "contradicting" if contradictions(pair.a, pair.b) else "same"


def _figures(told: Sequence[tuple[Statements, str]], counts: Callable[[str], bool]) -> Figures:
    found = {n for n, (_, answer) in enumerate(told) if counts(answer)}
    return Figures.of(found, frozenset(n for n, (pair, _) in enumerate(told) if counts(pair.label)))


def main() -> None:
    """Print a table for each set."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, nargs="*", default=[DEFAULT])
    parser.add_argument("--statements", type=Path, nargs="*", default=[])
    parser.add_argument("--pairs", action="store_true", help="list wrong and missed pairs")
    arguments = parser.parse_args()
    compared = variants()
    for path in arguments.gold:
        report(load(path), compared, pairs=arguments.pairs)
    if arguments.statements:
        report_statements(load_pairs(arguments.statements), Weights())


if __name__ == "__main__":
    main()
