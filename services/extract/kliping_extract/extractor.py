"""Runs the pipeline over articles: pieces of long texts, memory per article, the projection at the end."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from itertools import islice

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

_BATCH = 32


def _join(pieces: list[Doc]) -> Doc:
    """One doc of a text's pieces; the recogniser's memory grows with its doc's length, so it saw them one by one."""
    return pieces[0] if len(pieces) == 1 else Doc.from_docs(pieces, ensure_whitespace=False)


class Extractor:
    """Articles in, enriched articles out. Holds the model; deterministic but for `extracted_at`."""

    name = NAME
    version = VERSION

    def __init__(
        self, nlp: Language, rules: Sequence[str], clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self._nlp = nlp
        self._rules = list(rules)
        self._clock = clock
        self._confidence = load_lexicon().confidence
        self._zone = ExitStack()
        self._calls = 0

    @property
    def vocabulary(self) -> StringStore:
        """The strings that are kept from one article to the next."""
        return self._nlp.vocab.strings

    def extract(self, article: Article) -> EnrichedArticle:
        """One article; the same as `extract_many` gives. Raises nothing that its text could cause.

        What the vocabulary learns is kept over `_BATCH` calls: forgetting it after each would cost a tenth of the time.
        """
        if not self._calls:
            self._zone.enter_context(self._nlp.memory_zone())
        done = self._extract_batch([article])[0]
        self._calls += 1
        if self._calls == _BATCH:
            self._forget()
        return done

    def _forget(self) -> None:
        """Leave the memory zone that `extract` holds open, if it does."""
        self._zone.close()
        self._calls = 0

    def extract_many(self, articles: Iterable[Article]) -> Iterator[EnrichedArticle]:
        """Articles in their order, worked on in batches. An article in another language passes through, and says so."""
        self._forget()  # memory zones do not nest
        waiting = iter(articles)
        while batch := list(islice(waiting, _BATCH)):
            # Strings that only these articles hold are forgotten with them: a worker may run for months.
            with self._nlp.memory_zone():
                done = self._extract_batch(batch)
            yield from done

    def _extract_batch(self, articles: list[Article]) -> list[EnrichedArticle]:
        read = [article for article in articles if article.language in LANGUAGES]
        pieces = [[self._nlp.tokenizer(piece) for piece in cut(article.text)] for article in read]
        named = self._nlp.pipe((piece for each in pieces for piece in each), disable=self._rules)
        done = {}
        for article, each in zip(read, pieces, strict=True):
            doc = _join(list(islice(named, len(each))))
            done[id(article)] = self._project(self._annotate(attach(doc, article)))
        return [done.get(id(article)) or self._pass_through(article) for article in articles]

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
