"""What simpler ways to pair claims reach. Those with a threshold are given the one best for the set."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping
from functools import partial

from bench.claim_measures import Figures
from bench.claim_sets import Gold, Pair, across
from kliping_link.domain.records import Ref
from kliping_link.domain.score import same_source
from kliping_link.domain.words import content


def same_text(gold: Gold) -> Figures:
    """Pairs whose words are equal."""
    texts = {ref: content(gold.features(ref).text) for ref in gold.claims}
    return Figures.of(across(texts, lambda a, b: texts[a] == texts[b]), gold.pairs)


def near_text(gold: Gold) -> Figures:
    """Jaccard index of the sets of character 4-grams: what MinHash estimates, exactly."""

    def jaccard(a: Ref, b: Ref) -> float:
        mine, theirs = gold.features(a).stretches, gold.features(b).stretches
        return len(mine & theirs) / len(mine | theirs)

    return _best(gold, {(a, b): jaccard(a, b) for a, b in across(gold.claims, lambda *_: True)})


def tf_idf(gold: Gold, *, same_speaker: bool) -> Figures:
    """TF-IDF cosine over stems, the weights from the set itself."""
    texts = {ref: Counter(content(gold.features(ref).text)) for ref in gold.claims}
    holding = Counter(term for words in texts.values() for term in words)
    vectors = {
        ref: {term: n * math.log(len(texts) / holding[term]) for term, n in words.items()}
        for ref, words in texts.items()
    }

    def comparable(a: Ref, b: Ref) -> bool:
        return not same_speaker or same_source(gold.features(a), gold.features(b)) == "same speaker"

    return _best(gold, {(a, b): _cosine(vectors[a], vectors[b]) for a, b in across(texts, comparable)})


def _cosine(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    length = math.sqrt(sum(v * v for v in a.values()) * sum(v * v for v in b.values()))
    return sum(value * b.get(term, 0.0) for term, value in a.items()) / length if length else 0.0


def _best(gold: Gold, scores: Mapping[Pair, float]) -> Figures:
    cuts = [{pair for pair, score in scores.items() if score >= cut / 100} for cut in range(5, 100, 2)]
    return max((Figures.of(found, gold.pairs) for found in cuts), key=lambda figures: figures.f1)


BASELINES: Mapping[str, Callable[[Gold], Figures]] = {
    "same words": same_text,
    "character 4-grams": near_text,
    "TF-IDF": partial(tf_idf, same_speaker=False),
    "TF-IDF, same speaker": partial(tf_idf, same_speaker=True),
}
