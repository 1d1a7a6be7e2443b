"""What is compared: gold articles and predicted articles, read from JSON lines."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from .align import Aligner
from .spans import Span, Spans

WIB = timezone(timedelta(hours=7))
METADATA = ("title", "outlet", "byline", "dateline_place", "origin", "published_at")


class ScoreError(ValueError):
    """A file cannot be read as gold or predictions; the message says which and why."""


@dataclass(frozen=True, slots=True)
class Mention:
    """One occurrence of an entity."""

    span: Span
    type: str
    canonical: str


@dataclass(frozen=True, slots=True)
class Claim:
    """An attributed statement; ``speakers`` are the names that count as its speaker, the canonical one first.

    ``denied``: its speaker denies what the span says.
    ``said_on`` is the ISO day on which it was said, where the text tells it.
    """

    spans: Spans
    speakers: tuple[str, ...]
    kind: str
    cue: str | None
    group: str | None
    denied: bool = False
    said_on: str | None = None


@dataclass(frozen=True, slots=True)
class Zone:
    """A stretch of text of one kind."""

    kind: str
    span: Span


@dataclass(frozen=True, slots=True)
class Article:
    """One article, as gold has it or as it was predicted.

    ``boilerplate`` and ``byline_spans`` are gold only. ``zones`` is None where gold says nothing of them.
    ``metadata`` holds the names in ``METADATA``; ``published_at`` is an ISO day (of Jakarta).
    """

    file: str
    text: str
    mentions: tuple[Mention, ...] = ()
    claims: tuple[Claim, ...] = ()
    zones: tuple[Zone, ...] | None = None
    metadata: tuple[tuple[str, str | None], ...] = ()
    boilerplate: Spans = ()
    byline_spans: Spans = ()
    dateline_span: Span | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """A gold article and what was predicted for it, None where its file is missing from the predictions."""

    gold: Article
    predicted: Article | None

    @property
    def guess(self) -> Article:
        """The prediction, an empty one where there is none."""
        return self.predicted or Article(self.gold.file, self.gold.text)


def read_lines(path: Path) -> list[dict[str, Any]]:
    """The JSON objects of a file, one a line; raises ``ScoreError`` with the line's number."""
    records = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            records.append(json.loads(line))
        except json.JSONDecodeError as error:
            raise ScoreError(f"{path}, line {number}: not JSON ({error.msg})") from error
    return records


def local_day(value: str | None) -> str | None:
    """The day in Jakarta of an ISO date or datetime; a value without offset is taken as local."""
    if value is None:
        return None
    moment = datetime.fromisoformat(value)
    return (moment if moment.tzinfo is None else moment.astimezone(WIB)).date().isoformat()


def _span(record: dict[str, Any]) -> Span:
    return record["start"], record["end"]


def _label(value: str | None) -> str | None:
    return None if value in (None, "", "-") else str(value)


def _only_day(date: dict[str, Any] | None) -> str | None:
    """The day of a date mention, None where it stands for several."""
    return date["first"] if date and date["first"] == date["last"] else None


def gold_article(record: dict[str, Any]) -> Article:
    """One line of a gold file; the keys are described in ``seeds/README.md``."""
    claims = [
        Claim(
            spans=tuple(sorted(_span(part) for part in claim["spans"])),
            speakers=(claim["speaker"], *claim.get("speaker_also", ())),
            kind=claim["kind"],
            cue=claim["cue"],
            group=_label(claim["cluster"]),
            denied=claim.get("denied", False),
            said_on=claim.get("said_on"),
        )
        for claim in record["claims"]
    ]
    zones = record.get("zones")
    dateline = record.get("dateline_span")
    return Article(
        file=record["file"],
        text=record["text"],
        mentions=tuple(Mention(_span(item), item["type"], item["canonical"]) for item in record["entities"]),
        claims=tuple(claims),
        zones=None if zones is None else tuple(Zone(zone["kind"], _span(zone)) for zone in zones),
        metadata=tuple((name, record.get(name)) for name in METADATA),
        boilerplate=tuple((start, end) for start, end in record["boilerplate"]),
        byline_spans=tuple((start, end) for start, end in record["byline_spans"]),
        dateline_span=(dateline[0], dateline[1]) if dateline else None,
    )


def predicted_article(record: dict[str, Any]) -> Article:
    """One line of ``kliping process``: an ``EnrichedArticle`` with ``file`` and a ``group_id`` for each claim."""
    mentions = tuple(
        Mention(_span(mention), entity["type"], entity["name"])
        for entity in record["entities"]
        for mention in entity["mentions"]
    )
    claims = tuple(
        Claim(
            spans=tuple(sorted(_span(part) for part in claim["spans"])),
            speakers=((claim.get("speaker") or {}).get("name") or "",),
            kind=claim["kind"],
            cue=(claim.get("cue") or {}).get("text"),
            group=_label(claim.get("group_id")),
            # `"Tidak," bantah X` quotes the denial itself.
            denied=(claim.get("cue") or {}).get("stance") == "deny" and claim["kind"] != "direct",
            said_on=_only_day(claim.get("date")),
        )
        for claim in record["claims"]
    )
    found = {**record, "byline": record.get("author"), "published_at": local_day(record.get("published_at"))}
    return Article(
        file=record["file"],
        text=record["text"],
        mentions=mentions,
        claims=claims,
        zones=tuple(Zone(zone["kind"], _span(zone)) for zone in record.get("zones", ())),
        metadata=tuple((name, found.get(name)) for name in METADATA),
    )


def _check_spans(article: Article) -> None:
    spans = [mention.span for mention in article.mentions]
    spans += [part for claim in article.claims for part in claim.spans]
    spans += [zone.span for zone in article.zones or ()]
    for start, end in spans:
        if not 0 <= start < end <= len(article.text):
            raise ScoreError(f"{article.file}: span {start}-{end} is outside its {len(article.text)} characters")


def moved(article: Article, aligner: Aligner) -> Article:
    """A prediction with its offsets counted in the gold's text; what lies outside that text is left out."""
    mentions = [(mention, aligner.move(mention.span)) for mention in article.mentions]
    claims = [(claim, aligner.move_all(claim.spans)) for claim in article.claims]
    zones = [(zone, aligner.move(zone.span)) for zone in article.zones or ()]
    return replace(
        article,
        mentions=tuple(replace(mention, span=span) for mention, span in mentions if span),
        claims=tuple(replace(claim, spans=spans) for claim, spans in claims if spans),
        zones=tuple(replace(zone, span=span) for zone, span in zones if span),
    )


def pair_up(gold: Iterable[Article], predicted: Iterable[Article]) -> tuple[list[Pair], list[str]]:
    """Gold articles in their order, each with its prediction by file name, and notes on what did not fit.

    Raises ``ScoreError`` for a file predicted twice, a span outside its text, or another text than gold's.
    """
    by_file: dict[str, Article] = {}
    for article in predicted:
        if article.file in by_file:
            raise ScoreError(f"{article.file} is predicted twice")
        _check_spans(article)
        by_file[article.file] = article
    pairs, notes = [], []
    for wanted in gold:
        found = by_file.pop(wanted.file, None)
        if found is None:
            notes.append(f"no prediction for {wanted.file}")
        elif found.text != wanted.text:
            aligner = Aligner.between(found.text, wanted.text)
            if aligner is None:
                raise ScoreError(f"{wanted.file}: the prediction is of another text than the gold")
            notes.append(f"{wanted.file}: text differs from the gold in blanks or around it; offsets were moved")
            found = moved(found, aligner)
        pairs.append(Pair(wanted, found))
    notes += [f"unknown file ignored: {file}" for file in sorted(by_file)]
    return pairs, notes
