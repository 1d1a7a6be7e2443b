"""How well link groups claims: pairwise P/R/F1 across articles on gold claims with gold speakers, and an ablation.

    python -m bench.link_eval [GOLD.jsonl ...] [--pairs]

The default set is ``seeds/gold/gold.jsonl``. Extraction plays no part: spans, speakers, roles and names are the gold's.
Baselines: the same text; TF-IDF cosine; the same with one and the same speaker (both at the threshold best for the set,
which flatters them). ``--pairs`` lists wrong and missed pairs with the explanation of their score.
"""

from __future__ import annotations

import argparse
import json
import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import combinations
from pathlib import Path
from typing import Any

from kliping_extract.domain.factuality import factuality
from kliping_extract.lexicons import load_lexicon
from kliping_link.domain.levels import claim_level
from kliping_link.domain.names import plain
from kliping_link.domain.network import grouped
from kliping_link.domain.records import ArticleRecord, Ref, describe, handle
from kliping_link.domain.score import Weights, claim_score, explain, same_source
from kliping_link.domain.words import content
from kliping_shared.contracts import (
    Claim,
    Cue,
    EnrichedArticle,
    Entity,
    EntityType,
    Extractor,
    Mention,
    Quantity,
    Span,
    Speaker,
    Zone,
)

DEFAULT = Path(__file__).resolve().parents[1] / "seeds" / "gold" / "gold.jsonl"
WHEN = datetime(2026, 1, 1, tzinfo=UTC)
WORD = re.compile(r"\w+(?:-\w+)*|[^\w\s]")
NUMBER = re.compile(r"\d+(?:\.\d{3})*(?:,\d+)?")
Pair = tuple[Ref, Ref]


@dataclass(frozen=True)
class Gold:
    """Records of one set's articles, and the pairs of claims in different articles that say the same."""

    name: str
    records: Mapping[int, ArticleRecord]
    pairs: frozenset[Pair]

    @property
    def claims(self) -> list[Ref]:
        """All claims."""
        return [ref for record in self.records.values() for ref in record.refs[:-1]]


def load(path: Path) -> Gold:
    """Read gold in the format of seeds/README.md. All articles count as dropped on one day."""
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    records = {handle(row["file"]): describe(enriched(row)) for row in rows}
    labels = {
        Ref(handle(row["file"]), number): (row["event"], claim["cluster"])
        for row in rows
        for number, claim in enumerate(row["claims"])
        if claim["cluster"] not in (None, "-")
    }
    return Gold(
        path.parents[1].name if path.parent.name == "gold" else path.parent.name,
        records,
        frozenset(_across(labels, lambda a, b: labels[a] == labels[b])),
    )


def _across(refs: Iterable[Ref], same: Callable[[Ref, Ref], bool]) -> set[Pair]:
    return {(a, b) for a, b in combinations(sorted(refs), 2) if a.article != b.article and same(a, b)}


def enriched(row: Mapping[str, Any]) -> EnrichedArticle:
    """A gold line as the article that a perfect extractor would make of it."""
    entities = _entities(row)
    known = {entity.name: entity.entity_id for entity in entities}
    return EnrichedArticle(
        article_id=row["file"],
        document_key=row["file"],
        text=row["text"],
        zones=tuple(Zone(**zone) for zone in row.get("zones", ())),
        title=row["title"],
        outlet=row["outlet"],
        origin=row["origin"],
        path=row["file"],
        media_type="text/plain",
        file_sha256="0" * 64,
        ingested_at=WHEN,
        entities=entities,
        claims=tuple(_claim(f"{row['file']}-{n}", claim, known) for n, claim in enumerate(row["claims"])),
        extractor=Extractor(name="gold", version="1"),
        extracted_at=WHEN,
    )


def _entities(row: Mapping[str, Any]) -> tuple[Entity, ...]:
    found: dict[tuple[str, str], list[Mention]] = {}
    for item in row["entities"]:
        mention = Mention(start=item["start"], end=item["end"], text=item["text"])
        found.setdefault((item["canonical"], item["type"]), []).append(mention)
    return tuple(
        Entity(
            entity_id=f"{kind}:{plain(name)}",
            name=name,
            type=EntityType(kind),
            aliases=tuple(sorted({mention.text for mention in mentions} - {name})),
            mentions=tuple(mentions),
        )
        for (name, kind), mentions in found.items()
    )


def _claim(claim_id: str, claim: Mapping[str, Any], known: Mapping[str, str]) -> Claim:
    spans = tuple(Span(start=span["start"], end=span["end"]) for span in claim["spans"])
    negative = factuality(
        WORD.findall(" ".join(span["text"] for span in claim["spans"]).lower()), load_lexicon()
    ).negated
    text = " ".join(span["text"] for span in claim["spans"])
    return Claim(
        claim_id=claim_id,
        kind=claim["kind"],
        spans=spans,
        text=text,
        speaker=Speaker(name=claim["speaker"], entity_id=known.get(claim["speaker"])),
        role=claim["role"],
        cue=Cue(start=0, end=len(claim["cue"]), text=claim["cue"]) if claim["cue"] else None,
        quantities=tuple(
            Quantity(start=found.start(), end=found.end(), text=found.group(), value=_value(found.group()))
            for found in NUMBER.finditer(text)
        ),
        negated=negative != claim.get("denied", False),
        sentence=spans[0],
    )


def _value(number: str) -> float:
    return float(number.replace(".", "").replace(",", "."))


def predicted(gold: Gold, weights: Weights, *, linkage: bool = True) -> set[Pair]:
    """Pairs that link puts into one group; without ``linkage`` all that a chain of pairs joins."""
    pool = {ref: gold.records[ref.article].features(ref) for ref in gold.claims}
    found = grouped(claim_level(weights), pool)
    groups = [group for component in found for group in component] if linkage else [sum(c, ()) for c in found]
    home = {ref: number for number, group in enumerate(groups) for ref in group}
    return _across(pool, lambda a, b: home[a] == home[b])


@dataclass(frozen=True)
class Figures:
    """Precision, recall and F1 of pairs."""

    p: float
    r: float
    f1: float

    @classmethod
    def of(cls, found: set[Pair], wanted: frozenset[Pair]) -> Figures:
        """Measure pairs against gold."""
        hits = len(found & wanted)
        p, r = hits / len(found) if found else 0.0, hits / len(wanted) if wanted else 0.0
        return cls(p, r, 2 * p * r / (p + r) if hits else 0.0)

    def __str__(self) -> str:
        return f"P {self.p:.3f}  R {self.r:.3f}  F1 {self.f1:.3f}"


def tf_idf(gold: Gold, *, same_speaker: bool) -> Figures:
    """TF-IDF cosine over stems, the weights from the set itself, pairs at the threshold best for it."""
    texts = {ref: Counter(content(gold.records[ref.article].claims[ref.claim].text)) for ref in gold.claims}
    holding = Counter(term for words in texts.values() for term in words)
    vectors = {
        ref: {term: n * math.log(len(texts) / holding[term]) for term, n in words.items()}
        for ref, words in texts.items()
    }

    def comparable(a: Ref, b: Ref) -> bool:
        mine, theirs = (gold.records[ref.article].claims[ref.claim].features for ref in (a, b))
        return not same_speaker or same_source(mine, theirs, Weights()) == 1

    scores = {(a, b): _cosine(vectors[a], vectors[b]) for a, b in _across(texts, comparable)}
    rows = [Figures.of({pair for pair, s in scores.items() if s >= cut / 100}, gold.pairs) for cut in range(5, 100, 2)]
    return max(rows, key=lambda figures: figures.f1)


def _cosine(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    length = math.sqrt(sum(v * v for v in a.values()) * sum(v * v for v in b.values()))
    return sum(value * b.get(term, 0.0) for term, value in a.items()) / length if length else 0.0


def same_text(gold: Gold) -> Figures:
    """Pairs whose words are equal."""
    texts = {ref: content(gold.records[ref.article].claims[ref.claim].text) for ref in gold.claims}
    return Figures.of(_across(texts, lambda a, b: texts[a] == texts[b]), gold.pairs)


def ablation(weights: Weights) -> dict[str, tuple[Weights, bool]]:
    """The score without each of its parts in turn."""
    return {
        "link": (weights, True),
        "- average linkage (chains join)": (weights, False),
        "- body = its speaker": (replace(weights, body=0.0), True),
        "- names": (replace(weights, name_share=0.0), True),
        "- containment (cosine alone)": (replace(weights, containment=0.0), True),
        "- negation": (replace(weights, negation=0.0), True),
    }


def report(gold: Gold, *, pairs: bool) -> None:
    """Print the table of one set."""
    print(f"\n{gold.name}: {len(gold.claims)} claims, {len(gold.pairs)} pairs across articles")
    for name, figures in (
        ("same words", same_text(gold)),
        ("TF-IDF", tf_idf(gold, same_speaker=False)),
        ("TF-IDF, same speaker", tf_idf(gold, same_speaker=True)),
    ):
        print(f"  {name:32} {figures}")
    for name, (weights, linkage) in ablation(Weights()).items():
        print(f"  {name:32} {Figures.of(predicted(gold, weights, linkage=linkage), gold.pairs)}")
    if pairs:
        _list(gold, predicted(gold, Weights()))


def _list(gold: Gold, found: set[Pair]) -> None:
    for title, wrong in (("wrong", found - gold.pairs), ("missed", gold.pairs - found)):
        for a, b in sorted(wrong):
            mine, theirs = (gold.records[ref.article].claims[ref.claim] for ref in (a, b))
            score = claim_score(mine.features, theirs.features, Weights())
            why = explain(mine.features, theirs.features, Weights())
            print(
                f"\n  {title} {score:.2f} {why}\n    {mine.speaker}: {mine.text}\n    {theirs.speaker}: {theirs.text}"
            )


def main() -> None:
    """Print a table for each set."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, nargs="*", default=[DEFAULT])
    parser.add_argument("--pairs", action="store_true", help="list wrong and missed pairs")
    arguments = parser.parse_args()
    for path in arguments.gold:
        report(load(path), pairs=arguments.pairs)


if __name__ == "__main__":
    main()
