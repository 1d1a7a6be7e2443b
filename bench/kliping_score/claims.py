"""Claims: spans, who said them, how, and which say the same across outlets."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from .names import plain_cue, plain_name
from .records import Article, Claim, Pair
from .spans import (
    Rates,
    Spans,
    harmonic,
    hull,
    match_best_first,
    rates,
    ratio,
    set_iou,
    touches,
    trim_all,
    word_spans,
    words_in,
)

MIN_IOU = 0.5
"""A claim is found when the words of both, shared over all, reach this."""


@dataclass(frozen=True, slots=True)
class Match:
    """A gold claim and the prediction that was taken for it."""

    file: str
    gold: Claim
    predicted: Claim


@dataclass(frozen=True, slots=True)
class ClaimScores:
    """``leaks``: predicted claims that touch boilerplate or a byline; ``leak_rate``: their share.

    ``speaker_accuracy`` wants the gold name, ``speaker_accuracy_any_name`` takes any form that gold's entities
    give to that speaker alone. ``denied`` is over matched claims: who denies what the span says; ``said_on`` over their
    days of saying. ``pairs_matched`` is over pairs of matched claims of different articles;
    ``pairs_end_to_end`` over all claims, so that what extraction missed or made up counts too.
    """

    exact: Rates
    overlap: Rates
    recall_by_kind: Mapping[str, float]
    direct_quote_recall: float
    speaker_accuracy: float
    speaker_accuracy_any_name: float
    kind_accuracy: float
    cue_accuracy: float
    denied: Rates
    said_on: Rates
    leaks: int
    leak_rate: float
    pairs_matched: Rates
    pairs_recall_all: float
    pairs_end_to_end: Rates


def wanted_shapes(claim: Claim, guess: Spans) -> list[Spans]:
    """What a guess may look like: the parts, and for a split quote guessed in one span the whole stretch."""
    whole = len(claim.spans) > 1 and len(guess) == 1
    return [claim.spans, hull(claim.spans)] if whole else [claim.spans]


def match_exact(text: str, gold: Sequence[Claim], predicted: Sequence[Claim]) -> list[tuple[int, int]]:
    """One-to-one pairs whose spans agree, edges trimmed."""
    scores = [
        (1.0, i, j)
        for i, mine in enumerate(gold)
        for j, theirs in enumerate(predicted)
        if trim_all(text, theirs.spans) in [trim_all(text, shape) for shape in wanted_shapes(mine, theirs.spans)]
    ]
    return match_best_first(scores)


def match_overlap(text: str, gold: Sequence[Claim], predicted: Sequence[Claim]) -> list[tuple[int, int]]:
    """One-to-one pairs with a word IoU of at least ``MIN_IOU``, the best first."""
    words = word_spans(text)
    guessed = [words_in(words, claim.spans) for claim in predicted]
    scores = []
    for i, mine in enumerate(gold):
        parts = words_in(words, mine.spans)
        whole = words_in(words, hull(mine.spans))
        for j, theirs in enumerate(predicted):
            shapes = [parts, whole] if len(wanted_shapes(mine, theirs.spans)) > 1 else [parts]
            best = max(set_iou(guessed[j], shape) for shape in shapes)
            if best >= MIN_IOU:
                scores.append((best, i, j))
    return match_best_first(scores)


def leaks(pair: Pair) -> int:
    """How many predicted claims touch boilerplate or a byline."""
    apart = [*pair.gold.boilerplate, *pair.gold.byline_spans]
    return sum(any(touches(span, apart) for span in claim.spans) for claim in pair.guess.claims)


def sole_names(gold: Iterable[Article]) -> dict[str, set[str]]:
    """Canonical name -> the written forms (plain) that gold gives to it and to no other."""
    owners: dict[str, set[str]] = defaultdict(set)
    for article in gold:
        for mention in article.mentions:
            owners[plain_name(article.text[slice(*mention.span)])].add(mention.canonical)
    known: dict[str, set[str]] = defaultdict(set)
    for form, canonicals in owners.items():
        if len(canonicals) == 1:
            known[next(iter(canonicals))].add(form)
    return known


def same_speaker(match: Match) -> bool:
    """Whether the predicted speaker has one of the names that gold accepts, case and hyphens apart."""
    return plain_name(match.predicted.speakers[0]) in {plain_name(name) for name in match.gold.speakers}


def share(matches: Sequence[Match], outcomes: Iterable[bool]) -> float:
    """The part of the matched claims for which the outcome is true."""
    return ratio(sum(outcomes), len(matches))


def linked_pairs(claims: Sequence[tuple[str, str | None]]) -> int:
    """How many pairs of ``(file, group)`` claims of different files share a group."""
    groups: dict[str, Counter[str]] = defaultdict(Counter)
    for file, group in claims:
        if group is not None:
            groups[group][file] += 1
    return sum(a * b for files in groups.values() for a, b in combinations(files.values(), 2))


def linked_both(matches: Sequence[Match]) -> int:
    """How many pairs of matched claims of different files share a group in gold and in the predictions."""
    sides = Counter((m.gold.group, m.predicted.group, m.file) for m in matches)
    groups: dict[tuple[str, str], list[int]] = defaultdict(list)
    for (gold, predicted, _), count in sides.items():
        if gold is not None and predicted is not None:
            groups[gold, predicted].append(count)
    return sum(a * b for counts in groups.values() for a, b in combinations(counts, 2))


def days_of_saying(matches: Sequence[Match]) -> Rates:
    """How many of the days given are gold's, and how many of gold's are given."""
    right = sum(m.gold.said_on is not None and m.gold.said_on == m.predicted.said_on for m in matches)
    given = sum(m.predicted.said_on is not None for m in matches)
    return rates(right, given, sum(m.gold.said_on is not None for m in matches))


def score_claims(pairs: Sequence[Pair]) -> ClaimScores:
    """All claim measures over all articles."""
    exact = 0
    matches: list[Match] = []
    for pair in pairs:
        gold, guess = pair.gold, pair.guess
        exact += len(match_exact(gold.text, gold.claims, guess.claims))
        found = match_overlap(gold.text, gold.claims, guess.claims)
        matches += [Match(gold.file, gold.claims[i], guess.claims[j]) for i, j in found]
    golds = [(pair.gold.file, claim) for pair in pairs for claim in pair.gold.claims]
    guesses = [(pair.gold.file, claim) for pair in pairs for claim in pair.guess.claims]
    kinds = Counter(claim.kind for _, claim in golds)
    found_kinds = Counter(match.gold.kind for match in matches)
    by_kind = {kind: ratio(found_kinds[kind], kinds[kind]) for kind in sorted(kinds)}
    known = sole_names(pair.gold for pair in pairs)
    any_name = (same_speaker(m) or plain_name(m.predicted.speakers[0]) in known[m.gold.speakers[0]] for m in matches)
    leaked = sum(map(leaks, pairs))
    both = linked_both(matches)
    gold_pairs = linked_pairs([(file, claim.group) for file, claim in golds])
    matched_precision = ratio(both, linked_pairs([(m.file, m.predicted.group) for m in matches]))
    matched_recall = ratio(both, linked_pairs([(m.file, m.gold.group) for m in matches]))
    return ClaimScores(
        exact=rates(exact, len(guesses), len(golds)),
        overlap=rates(len(matches), len(guesses), len(golds)),
        recall_by_kind=by_kind,
        direct_quote_recall=by_kind.get("direct", 0.0),
        speaker_accuracy=share(matches, map(same_speaker, matches)),
        speaker_accuracy_any_name=share(matches, any_name),
        kind_accuracy=share(matches, (m.gold.kind == m.predicted.kind for m in matches)),
        cue_accuracy=share(matches, (plain_cue(m.gold.cue) == plain_cue(m.predicted.cue) for m in matches)),
        denied=rates(
            sum(m.gold.denied and m.predicted.denied for m in matches),
            sum(m.predicted.denied for m in matches),
            sum(m.gold.denied for m in matches),
        ),
        said_on=days_of_saying(matches),
        leaks=leaked,
        leak_rate=ratio(leaked, len(guesses)),
        pairs_matched=harmonic(matched_precision, matched_recall),
        pairs_recall_all=ratio(both, gold_pairs),
        pairs_end_to_end=rates(both, linked_pairs([(file, claim.group) for file, claim in guesses]), gold_pairs),
    )
