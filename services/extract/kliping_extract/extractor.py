"""Hands each article to the reader of its language; one in a language without a reader passes through, and says so."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import copy
from datetime import UTC, datetime
from itertools import islice
from typing import Protocol

from kliping_extract.alias_sources import Source, over
from kliping_extract.domain.projection import enriched
from kliping_extract.languages import UNDETERMINED
from kliping_extract.reader import BATCH, Pipeline, Reader
from kliping_shared.contracts.article import Article
from kliping_shared.contracts.enriched import EnrichedArticle
from kliping_shared.contracts.enriched import Extractor as Made
from kliping_shared.corrections.claims import ClaimCorrection, corrected


class Corrections(Protocol):
    """What people say of single claims."""

    def of(self, article: Article) -> Iterable[ClaimCorrection]:
        """What may speak of the article, from old to new."""
        ...


#: Who is said to have read an article that nobody read.
NOBODY = Made(name="none", version="1.0.0")


class Extractor:
    """Articles in, enriched articles out. Holds the models of all languages that are set; loads them when it is made."""

    def __init__(
        self,
        pipelines: Mapping[str, Pipeline],
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        aliases: Source = tuple,
    ) -> None:
        """`aliases` gives the user's own names, anew for each batch."""
        self._aliases = aliases
        self._corrections: Callable[[], Corrections] | None = None
        self._clock = clock
        readers = {pipeline.name: pipeline for pipeline in pipelines.values()}
        made = {name: Reader(pipeline, clock) for name, pipeline in readers.items()}
        self._by_language = {code: made[pipeline.name] for code, pipeline in pipelines.items()}

    @property
    def languages(self) -> Mapping[str, Made]:
        """Who reads each language."""
        return {code: reader.made for code, reader in self._by_language.items()}

    def extract(self, article: Article) -> EnrichedArticle:
        """One article; the same as `extract_many` gives. Raises nothing that its text could cause."""
        return self._extract([article])[0]

    def extract_many(self, articles: Iterable[Article]) -> Iterator[EnrichedArticle]:
        """Articles in their order, worked on in batches."""
        waiting = iter(articles)
        while batch := list(islice(waiting, BATCH)):
            yield from self._extract(batch)

    def with_aliases(self, ours: Source) -> Extractor:
        """The same models, and names that win over those it has."""
        other = copy(self)
        other._aliases = over(ours, self._aliases)
        return other

    def with_corrections(self, kept: Callable[[], Corrections]) -> Extractor:
        """The same models, and what people say of single claims, anew for each batch; it stands above what is found."""
        other = copy(self)
        other._corrections = kept
        return other

    def forget(self) -> None:
        """Begin with new pipelines."""
        for reader in set(self._by_language.values()):
            reader.forget()

    def _extract(self, articles: Sequence[Article]) -> list[EnrichedArticle]:
        """Each reader's articles together, so that its model sees them as one batch; the result in the articles' order."""
        aliases = self._aliases()
        shares: dict[Reader | None, list[int]] = {}
        for at, article in enumerate(articles):
            shares.setdefault(self._by_language.get(article.language or UNDETERMINED), []).append(at)
        done: dict[int, EnrichedArticle] = {}
        for reader, places in shares.items():
            own = [articles[at] for at in places]
            read = reader.read(own, aliases) if reader is not None else [self._pass_through(article) for article in own]
            done.update(zip(places, read, strict=True))
        return self._as_corrected([done[at] for at in range(len(articles))])

    def _as_corrected(self, articles: list[EnrichedArticle]) -> list[EnrichedArticle]:
        if self._corrections is None:
            return articles
        kept = self._corrections()
        return [corrected(article, kept.of(article)) for article in articles]

    def _pass_through(self, article: Article) -> EnrichedArticle:
        """An article that nobody reads: indexed with its text alone."""
        return enriched(article, NOBODY, self._clock())
