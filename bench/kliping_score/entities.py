"""Named entities: strict F1, and canonical names by B-cubed.

Mentions in boilerplate, bylines and datelines are neither wanted nor wrong: gold marks some, and a predicted one
that meets none of gold's is left out of the count.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .records import Mention, Pair
from .spans import Rates, harmonic, match_best_first, rates, ratio, span_iou, touches


@dataclass(frozen=True, slots=True)
class EntityScores:
    """``canonical_aligned`` looks at mentions found by both, ``canonical_all`` also counts the rest as wrong."""

    strict: Rates
    overlap: Rates
    type_accuracy: float
    canonical_aligned: Rates
    canonical_all: Rates


def counted(pair: Pair) -> list[Mention]:
    """The predicted mentions that count (see the module's text)."""
    gold = pair.gold
    wanted = [mention.span for mention in gold.mentions]
    apart = [*gold.boilerplate, *gold.byline_spans, *((gold.dateline_span,) if gold.dateline_span else ())]
    return [m for m in pair.guess.mentions if touches(m.span, wanted) or not touches(m.span, apart)]


def strict_hits(gold: Iterable[Mention], predicted: Iterable[Mention]) -> int:
    """How many mentions agree in span and type, each gold mention at most once."""
    golds = Counter((mention.span, mention.type) for mention in gold)
    guesses = Counter((mention.span, mention.type) for mention in predicted)
    return (golds & guesses).total()


def align_mentions(gold: Sequence[Mention], predicted: Sequence[Mention]) -> list[tuple[int, int]]:
    """One-to-one pairs of mentions that share a character, the best by character IoU first."""
    scores = [
        (span_iou(mine.span, theirs.span), i, j)
        for i, mine in enumerate(gold)
        for j, theirs in enumerate(predicted)
        if touches(mine.span, (theirs.span,))
    ]
    return match_best_first(scores)


def b_cubed(labels: Sequence[tuple[str | None, str | None]]) -> Rates:
    """B-cubed (Bagga and Baldwin 1998) of ``(gold, predicted)`` labels, one pair a mention.

    Precision of a mention: the share of its predicted cluster that has its gold label; recall the other way round;
    averaged over mentions. A mention that one side lacks (None) scores 0 on the other side.
    """
    golds = Counter(gold for gold, _ in labels if gold is not None)
    predictions = Counter(predicted for _, predicted in labels if predicted is not None)
    both = Counter((g, p) for g, p in labels if g is not None and p is not None)
    precision = sum(n * n / predictions[p] for (_, p), n in both.items())
    recall = sum(n * n / golds[g] for (g, _), n in both.items())
    return harmonic(ratio(precision, predictions.total()), ratio(recall, golds.total()))


def score_entities(pairs: Iterable[Pair]) -> EntityScores:
    """All entity measures over all articles; canonical names are clusters across articles."""
    strict = typed = n_gold = n_predicted = 0
    aligned: list[tuple[str | None, str | None]] = []
    single: list[tuple[str | None, str | None]] = []
    for pair in pairs:
        golds, guesses = pair.gold.mentions, counted(pair)
        n_gold, n_predicted = n_gold + len(golds), n_predicted + len(guesses)
        strict += strict_hits(golds, guesses)
        matches = align_mentions(golds, guesses)
        typed += sum(golds[i].type == guesses[j].type for i, j in matches)
        aligned += [(golds[i].canonical, guesses[j].canonical) for i, j in matches]
        mine, theirs = {i for i, _ in matches}, {j for _, j in matches}
        single += [(mention.canonical, None) for i, mention in enumerate(golds) if i not in mine]
        single += [(None, mention.canonical) for j, mention in enumerate(guesses) if j not in theirs]
    return EntityScores(
        strict=rates(strict, n_predicted, n_gold),
        overlap=rates(len(aligned), n_predicted, n_gold),
        type_accuracy=ratio(typed, len(aligned)),
        canonical_aligned=b_cubed(aligned),
        canonical_all=b_cubed(aligned + single),
    )
