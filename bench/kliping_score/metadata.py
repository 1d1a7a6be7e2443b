"""Zones and what an article says of itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from .names import plain_name
from .records import METADATA, Article, Pair, Zone
from .spans import Rates, rates, ratio


@dataclass(frozen=True, slots=True)
class MetadataScores:
    """``accuracy``: per field the share of articles that have gold's value (None where no article was scored).

    ``zone_accuracy``: share of non-blank characters in a zone of gold's kind, None where gold has no zones.
    ``wrong``: one line for each value that differs.
    """

    accuracy: Mapping[str, float | None]
    zone_accuracy: float | None
    zones: Mapping[str, Rates]
    wrong: tuple[str, ...]


def zone_labels(text: str, zones: Iterable[Zone]) -> list[str | None]:
    """The zone kind of every non-blank character, None where no zone covers it."""
    labels: list[str | None] = [None] * len(text)
    for zone in zones:
        start, end = zone.span
        labels[start:end] = [zone.kind] * (end - start)
    return [label for label, character in zip(labels, text, strict=True) if not character.isspace()]


def is_scored(field: str, gold: Article) -> bool:
    """Whether gold knows the field.

    A day that the text does not name (gold: null) may be inferred, so it is not scored; nor is an outlet that
    gold took from the file's name because the article never says it.
    """
    value = dict(gold.metadata)[field]
    if field == "published_at":
        return value is not None
    if field == "outlet":
        return value is not None and not PurePath(gold.file).stem.startswith(value)
    return True


def byline_texts(article: Article) -> Iterator[str]:
    """The article's byline zones as names: gold may give the whole line ("Penulis: X") or the writer alone ("X")."""
    for zone in article.zones or ():
        if zone.kind == "byline":
            yield plain_name(article.text[slice(*zone.span)])


def score_zones(pairs: Iterable[Pair]) -> tuple[float | None, dict[str, Rates]]:
    """Accuracy over all characters, and P/R/F1 in characters for each kind that gold has."""
    wanted: Counter[str | None] = Counter()
    guessed: Counter[str | None] = Counter()
    hits: Counter[str | None] = Counter()
    for pair in pairs:
        if pair.gold.zones is None:
            continue
        golds = zone_labels(pair.gold.text, pair.gold.zones)
        guesses = zone_labels(pair.gold.text, pair.guess.zones or ())
        wanted.update(golds)
        guessed.update(guesses)
        hits.update(gold for gold, guess in zip(golds, guesses, strict=True) if gold == guess)
    kinds = sorted(kind for kind in wanted if kind)
    accuracy = ratio(hits.total(), wanted.total()) if wanted else None
    return accuracy, {kind: rates(hits[kind], guessed[kind], wanted[kind]) for kind in kinds}


def score_metadata(pairs: Sequence[Pair]) -> MetadataScores:
    """Zones and metadata over all articles; an article without prediction has every field wrong."""
    accuracy: dict[str, float | None] = {}
    wrong: list[str] = []
    for field in METADATA:
        scored = [pair for pair in pairs if is_scored(field, pair.gold)]
        right = 0
        for pair in scored:
            value = dict(pair.gold.metadata)[field]
            guess = dict(pair.guess.metadata).get(field)
            accepted = {plain_name(guess), *(byline_texts(pair.guess) if field == "byline" else ())}
            if pair.predicted is not None and plain_name(value) in accepted:
                right += 1
            else:
                wrong.append(f"{pair.gold.file}: {field} is {guess!r}, gold has {value!r}")
        accuracy[field] = ratio(right, len(scored)) if scored else None
    zone_accuracy, zones = score_zones(pairs)
    return MetadataScores(accuracy, zone_accuracy, zones, tuple(wrong))
