"""Annotated articles as the pipeline reads them, before speakers are found, with their gold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bench.kliping_score.align import Aligner
from bench.kliping_score.claims import match_overlap
from bench.kliping_score.records import Article, Claim, gold_article, read_lines
from kliping_extract.components.names import NAMES_NAME
from kliping_extract.domain.attributions import Attribution
from kliping_extract.domain.cast import Cast
from kliping_extract.domain.people import find_introductions
from kliping_extract.layers import attach, layers_of, prose_of
from kliping_extract.nlp_base import load_base
from kliping_extract.pipeline import build
from kliping_ingest.reading import Limits, read_file

TokenSpans = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """An article: what gold has, the statements that the rules find, who takes part. `place_at`: tokens' places in gold's text."""

    event: str
    gold: Article
    statements: Sequence[Attribution]
    cast: Cast
    aligner: Aligner
    place_at: Sequence[int]

    def words(self, spans: TokenSpans) -> frozenset[int]:
        """The tokens of the spans that are no punctuation."""
        words = self.cast.prose.tokens.words
        return frozenset(i for start, end in spans for i in range(start, end) if words[i][0].isalnum())

    def gold_words(self, claim: Claim) -> frozenset[int]:
        """The tokens of a gold claim that are no punctuation."""
        held = [i for i, at in enumerate(self.place_at) if any(start <= at < end for start, end in claim.spans)]
        return self.words(tuple((i, i + 1) for i in held))

    def claim(self, spans: TokenSpans) -> Claim:
        """What covers these tokens, as the scorer compares it with gold."""
        tokens = self.cast.prose.tokens
        return Claim(self.aligner.move_all(tuple(tokens.characters(*span) for span in spans)), (), "", None, None)

    def matches(self) -> dict[int, int]:
        """Statement -> the gold claim that it is taken for, where there is one."""
        found = [self.claim(item.spans) for item in self.statements]
        return {j: i for i, j in match_overlap(self.gold.text, self.gold.claims, found)}


def readings(folders: Iterable[Path]) -> Iterator[Reading]:
    """The articles of annotated sets."""
    nlp = build(load_base())
    for folder in folders:
        for record in read_lines(folder / "gold" / "gold.jsonl"):
            path, gold = folder / "articles" / record["file"], gold_article(record)
            (article,) = read_file(path, name=path.name, limits=Limits(), now=datetime.now(UTC))
            doc = nlp.make_doc(article.text)
            for name, component in nlp.pipeline:
                doc = component(attach(doc, article) if name == NAMES_NAME else doc)
            layers, prose = layers_of(doc), prose_of(doc)
            cluster_at = {mention.start: cluster for cluster in layers.clusters for mention in cluster.mentions}
            cast = Cast(prose, cluster_at, find_introductions(prose), layers.attributions)
            aligner = Aligner.between(article.text, gold.text)
            assert aligner is not None
            moved = (aligner.move((start, start + 1)) for start in prose.tokens.starts)
            places = [span[0] if span is not None else -1 for span in moved]
            yield Reading(record["event"], gold, layers.attributions, cast, aligner, places)
