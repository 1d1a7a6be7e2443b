"""``python -m bench.pfsa FILE.txt.gz``: exact spans over PFSA-ID's eleven labels."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from bench.pfsa.corpus import Annotated, Label, read_articles
from bench.pfsa.labels import labels_of
from kliping_extract.pipeline import load
from kliping_ingest.reading import Limits, read_bytes

LABELS = (
    *("STATEMENT", "CUE", "CUECOREF", "PERSONCOREF", "PERSON", "ROLE", "AFFILIATION"),
    *("ISSUE", "DATETIME", "LOCATION", "EVENT"),
)

#: Characters between a statement, its cue and its speaker, at most.
_NEAR = 2


def predict(articles: list[Annotated]) -> list[set[Label]]:
    """The extractor's labels on the corpus's tokens, article by article."""
    now, extractor = datetime.now(UTC), load()
    found = []
    for article in articles:
        [read] = read_bytes(article.text.encode(), name="pfsa.txt", limits=Limits(), now=now).articles
        shift = article.text.find(read.text)
        labels = labels_of(extractor.extract(read))
        moved = (article.snapped(Label(each.start + shift, each.end + shift, each.name)) for each in labels)
        found.append({each for each in moved if each is not None})
    return found


def main() -> None:
    """Print precision, recall and F1 of each label and of all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--errors", help="print what differs in this label")
    args = parser.parse_args()
    articles = read_articles(args.file)
    found = predict(articles)
    counts: Counter[tuple[str, str]] = Counter()
    joined: Counter[str] = Counter()
    for article, labels in zip(articles, found, strict=True):
        ours_joined, gold_joined = acts(labels), acts(article.labels)
        joined.update(right=len(ours_joined & gold_joined), found=len(ours_joined), gold=len(gold_joined))
        for name in LABELS:
            gold = {each for each in article.labels if each.name == name}
            ours = {each for each in labels if each.name == name}
            counts[name, "gold"] += len(gold)
            counts[name, "found"] += len(ours)
            counts[name, "right"] += len(gold & ours)
            if name == args.errors:
                show(article.text, gold, ours)
    for name in LABELS:
        print(row(name, *(counts[name, what] for what in ("right", "found", "gold"))))
    print(row("who said it", joined["right"], joined["found"], joined["gold"]))
    print(row("all", *(sum(counts[name, what] for name in LABELS) for what in ("right", "found", "gold"))))


def acts(labels: Iterable[Label]) -> set[tuple[Label, ...]]:
    """Each statement with its cue and, where one follows, who says it: right only where all are exact."""
    ordered = sorted(labels, key=lambda each: each.start)
    statements = [each for each in ordered if each.name == "STATEMENT"]
    found = set()
    for statement in statements:
        cue = next((x for x in ordered if x.name.startswith("CUE") and 0 <= x.start - statement.end <= _NEAR), None)
        if cue is not None:
            speaker = [x for x in ordered if x.name.startswith("PERSON") and 0 <= x.start - cue.end <= _NEAR]
            found.add((statement, cue, *speaker[:1]))
    return found


def show(text: str, gold: set[Label], ours: set[Label]) -> None:
    """What is missed (-) and what is found wrongly (+)."""
    for sign, labels in (("-", gold - ours), ("+", ours - gold)):
        for label in sorted(labels, key=lambda each: each.start):
            before, behind = text[max(0, label.start - 60) : label.start], text[label.end : label.end + 60]
            print(sign, f"{before}[[{text[label.start : label.end]}]]{behind}")


def row(name: str, right: int, found: int, gold: int) -> str:
    """One line of the table, in percent."""
    p, r = right / max(found, 1), right / max(gold, 1)
    return f"{name:12} n {gold:5}   P {100 * p:5.1f}  R {100 * r:5.1f}  F1 {200 * p * r / max(p + r, 1e-9):5.1f}"


if __name__ == "__main__":
    main()
