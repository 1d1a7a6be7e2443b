"""Sets of claims to match: gold articles as a perfect extractor would give them, and pairs of statements."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import combinations
from pathlib import Path
from typing import Any

from kliping_extract.domain.factuality import factuality
from kliping_extract.domain.quantities import find_quantities
from kliping_extract.lexicons import load_lexicon
from kliping_extract.pipeline import load as load_extractor
from kliping_link.domain.features import ClaimFeatures
from kliping_link.domain.names import plain
from kliping_link.domain.records import ArticleRecord, Ref, describe, handle
from kliping_shared.contracts import (
    Article,
    Claim,
    Cue,
    DateMention,
    EnrichedArticle,
    Entity,
    EntityType,
    Extractor,
    Mention,
    Span,
    Speaker,
    Stance,
    Zone,
)
from kliping_shared.dates import find_dates

WHEN = datetime(2026, 1, 1, tzinfo=UTC)
#: When pairs of statements count as published: their weekdays and dates are of 2026.
STATED = datetime(2026, 12, 1, tzinfo=UTC)
WORD = re.compile(r"\w+(?:-\w+)*|[^\w\s]")
Pair = tuple[Ref, Ref]


@dataclass(frozen=True)
class Gold:
    """Records of one set's articles, and the pairs of claims in different articles that say the same."""

    name: str
    records: Mapping[int, ArticleRecord]
    pairs: frozenset[Pair]
    events: Mapping[int, str]

    @property
    def claims(self) -> list[Ref]:
        """All claims."""
        return [ref for record in self.records.values() for ref in record.refs[:-1]]

    def features(self, ref: Ref) -> ClaimFeatures:
        """What is compared of a claim."""
        return self.records[ref.article].claims[ref.claim].features


@dataclass(frozen=True)
class Statements:
    """A pair of published statements with its ``label`` (same, contradicting, different) and its ``difficulty``."""

    event: str
    label: str
    difficulty: str
    a: ClaimFeatures
    b: ClaimFeatures

    @property
    def held_out(self) -> bool:
        """Whether its event is one of those that nothing is fitted on, nor read."""
        return is_held_out(self.event)


def is_held_out(event: str) -> bool:
    """Half of the events of pairs of statements, by a hash."""
    return hashlib.sha1(event.encode(), usedforsecurity=False).digest()[0] % 2 == 1


def load(path: Path) -> Gold:
    """Read gold in the format of seeds/README.md. All articles count as dropped on one day."""
    rows = _rows(path)
    labels = {
        Ref(handle(row["file"]), number): (row.get("event"), claim["cluster"])
        for row in rows
        for number, claim in enumerate(row["claims"])
        if claim["cluster"] not in (None, "-")
    }
    name = path.parents[1].name if path.parent.name == "gold" else path.parent.name
    return Gold(
        name=name,
        records={handle(row["file"]): describe(enriched(row)) for row in rows},
        pairs=frozenset(across(labels, lambda a, b: labels[a] == labels[b])),
        events={handle(row["file"]): f"{name}:{row.get('event')}" for row in rows},
    )


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def across(refs: Iterable[Ref], same: Callable[[Ref, Ref], bool]) -> set[Pair]:
    """Pairs of claims in different articles for which ``same`` holds."""
    return {(a, b) for a, b in combinations(sorted(refs), 2) if a.article != b.article and same(a, b)}


def enriched(row: Mapping[str, Any]) -> EnrichedArticle:
    """A gold line as the article that a perfect extractor would make of it."""
    entities = _entities(row)
    known = {entity.name: entity.entity_id for entity in entities}
    day = row.get("published_at") or row.get("event_date")
    dates = find_dates(row["text"], date.fromisoformat(day[:10]) if day else WHEN.date())
    return EnrichedArticle(
        article_id=row["file"],
        document_key=row["file"],
        text=row["text"],
        zones=tuple(Zone(**zone) for zone in row.get("zones", ())),
        title=row.get("title"),
        outlet=row["outlet"],
        origin=row.get("origin"),
        path=row["file"],
        media_type="text/plain",
        file_sha256="0" * 64,
        ingested_at=WHEN,
        entities=entities,
        claims=tuple(_claim(f"{row['file']}-{n}", claim, known, dates) for n, claim in enumerate(row["claims"])),
        extractor=Extractor(name="gold", version="1"),
        extracted_at=WHEN,
    )


def _entities(row: Mapping[str, Any]) -> tuple[Entity, ...]:
    found: dict[tuple[str, str], list[Mention]] = {}
    for item in row.get("entities", ()):
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


def _claim(claim_id: str, claim: Mapping[str, Any], known: Mapping[str, str], dates: Sequence[DateMention]) -> Claim:
    spans = tuple(Span(start=span["start"], end=span["end"]) for span in claim["spans"])
    text = " ".join(span["text"] for span in claim["spans"])
    read = factuality(WORD.findall(text.lower()), load_lexicon())
    cue = claim.get("cue") or ""
    stance = Stance.DENY if claim.get("denied") else Stance.NEUTRAL
    return Claim(
        claim_id=claim_id,
        kind=claim["kind"],
        spans=spans,
        text=text,
        speaker=Speaker(name=claim["speaker"], entity_id=known.get(claim["speaker"])),
        role=claim.get("role"),
        cue=Cue(start=0, end=len(cue), text=cue, stance=stance) if cue or claim.get("denied") else None,
        dates=tuple(day for day in dates if any(span.start <= day.start < span.end for span in spans)),
        quantities=tuple(
            quantity
            for span in claim["spans"]
            for quantity in find_quantities(span["text"], load_lexicon(), span["start"])
        ),
        negated=read.negated != claim.get("denied", False),
        modality=read.modality,
        sentence=spans[0],
    )


def load_pairs(paths: Iterable[Path]) -> list[Statements]:
    """Read pairs of statements. What an outlet says of an event in all its pairs makes up its article.

    Names, days, and the cue with what it tells are those that our own extraction finds; claims and speakers are given.
    """
    rows = [row for path in paths for row in _rows(path)]
    sides = [(row["event"], row[side]) for row in rows for side in "ab"]
    texts: dict[tuple[str, str], dict[str, None]] = {}
    for event, side in sides:
        texts.setdefault((event, side["outlet"]), {})[side["sentence"]] = None
    made = [_article(event, outlet, "\n".join(told)) for (event, outlet), told in texts.items()]
    read = dict(zip(texts, load_extractor().extract_many(made), strict=True))
    found = [_stated(side, read[event, side["outlet"]]) for event, side in sides]
    return [
        Statements(row["event"], row["label"], row["difficulty"], a, b)
        for row, a, b in zip(rows, found[::2], found[1::2], strict=True)
    ]


def _article(event: str, outlet: str, text: str) -> Article:
    name = f"{event}|{outlet}"
    return Article(
        article_id=name,
        document_key=name,
        text=text,
        outlet=outlet,
        published_at=STATED,
        language="id",
        path=name,
        media_type="text/plain",
        file_sha256="0" * 64,
        ingested_at=STATED,
    )


def _stated(side: Mapping[str, Any], article: EnrichedArticle) -> ClaimFeatures:
    parts = side["claim"] if isinstance(side["claim"], list) else [side["claim"]]
    at = article.text.index(side["sentence"])
    starts = [article.text.index(part, at) for part in parts]
    spans = [
        {"start": start, "end": start + len(part), "text": part} for start, part in zip(starts, parts, strict=True)
    ]
    gold = {"spans": spans, "kind": side["kind"], "speaker": side["speaker"]}
    claim = _claim(article.article_id, gold, {}, article.dates)
    for like in article.claims:
        if _overlap(like, claim) > len(claim.text) / 2:
            claim = claim.model_copy(update={"cue": like.cue, "negated": like.negated, "modality": like.modality})
    return describe(article.model_copy(update={"claims": (claim,)})).claims[0].features


def _overlap(a: Claim, b: Claim) -> int:
    """Characters that both claims hold."""
    return sum(max(0, min(x.end, y.end) - max(x.start, y.start)) for x in a.spans for y in b.spans)
