"""Runs the pipeline over articles: pieces of long texts, memory per article, the projection at the end."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import chain, islice

from spacy.language import Language
from spacy.strings import StringStore
from spacy.tokens import Doc

from kliping_extract.domain.pieces import cut
from kliping_extract.domain.projection import enriched, project
from kliping_extract.layers import attach, layers_of, prose_of
from kliping_extract.lexicons import load_lexicon
from kliping_shared.contracts.article import Article
from kliping_shared.contracts.enriched import EnrichedArticle
from kliping_shared.contracts.enriched import Extractor as Made
from kliping_shared.dates import find_dates

NAME = "kliping-id"
#: Grows with every change that alters what is extracted.
VERSION = "1.0.0"
#: Languages that the pipeline reads; Malay news shares the cues, and an unknown language is most often short Indonesian.
LANGUAGES = frozenset({None, "id", "ms"})

#: Strings of articles (words, their lower case, shapes, ...) that are kept for the next; measured 850 bytes each.
REMEMBERED = 100_000

_BATCH = 16


def _join(pieces: list[Doc]) -> Doc:
    """One doc of a text's pieces; the recogniser's memory grows with its doc's length, so it saw them one by one."""
    return pieces[0] if len(pieces) == 1 else Doc.from_docs(pieces, ensure_whitespace=False)


class Extractor:
    """Articles in, enriched articles out. Holds the model; deterministic but for `extracted_at`."""

    name = NAME
    version = VERSION

    def __init__(
        self,
        make: Callable[[], Language],
        rules: Sequence[str],
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        remembered: int = REMEMBERED,
    ) -> None:
        self._make = make
        self._rules = list(rules)
        self._clock = clock
        self._confidence = load_lexicon().confidence
        self._remembered = remembered
        self.forget()

    @property
    def vocabulary(self) -> StringStore:
        """The strings that are kept from one article to the next."""
        return self._nlp.vocab.strings

    def extract(self, article: Article) -> EnrichedArticle:
        """One article; the same as `extract_many` gives. Raises nothing that its text could cause."""
        return self._extract([article])[0]

    def extract_many(self, articles: Iterable[Article]) -> Iterator[EnrichedArticle]:
        """Articles in their order, worked on in batches. An article in another language passes through, and says so."""
        waiting = iter(articles)
        while batch := list(islice(waiting, _BATCH)):
            yield from self._extract(batch)

    def forget(self) -> None:
        """Begin with a new pipeline, some 0.5 s: a worker may run for months, and each article brings words.

        spaCy's memory zones would do so in place, but its tokenizer remembers nothing while one is open: 11 instead of
        0.3 ms for 240 words.
        """
        self._nlp = self._make()
        self._bare = len(self.vocabulary)

    def _extract(self, articles: Sequence[Article]) -> list[EnrichedArticle]:
        pieces = [cut(article.text) if article.language in LANGUAGES else [] for article in articles]
        named = self._nlp.pipe(chain.from_iterable(pieces), disable=self._rules, batch_size=_BATCH)
        done = []
        for article, each in zip(articles, pieces, strict=True):
            if each:
                doc = attach(_join(list(islice(named, len(each)))), article)
                done.append(self._project(self._annotate(doc)))
            else:
                done.append(self._pass_through(article))
        if len(self.vocabulary) - self._bare > self._remembered:
            self.forget()
        return done

    def _annotate(self, doc: Doc) -> Doc:
        """Run the rule components, which need the whole article."""
        for name in self._rules:
            doc = self._nlp.get_pipe(name)(doc)
        return doc

    def _project(self, doc: Doc) -> EnrichedArticle:
        layers = layers_of(doc)
        article = layers.article
        anchor = article.published_at.date() if article.published_at else None
        return project(
            article,
            clusters=layers.clusters,
            prose=prose_of(doc),
            attributions=layers.attributions,
            speakers=layers.speakers,
            dates=find_dates(article.text, anchor),
            confidence=self._confidence,
            extractor=Made(name=self.name, version=self.version),
            now=self._clock(),
        )

    def _pass_through(self, article: Article) -> EnrichedArticle:
        """An article in a language without a pipeline: indexed with its text alone."""
        return enriched(article, Made(name="none", version=self.version), self._clock())
