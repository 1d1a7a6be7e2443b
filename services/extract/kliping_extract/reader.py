"""How articles of one language are read, as data (`Pipeline`), and such a pipeline at work (`Reader`)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import chain, islice

from spacy.language import Language
from spacy.strings import StringStore
from spacy.tokens import Doc

from kliping_extract.domain.pieces import cut
from kliping_extract.domain.projection import Readings, project
from kliping_extract.layers import attach, layers_of, prose_of
from kliping_shared.contracts.article import Article, DateSource
from kliping_shared.contracts.enriched import DateMention, EnrichedArticle, Extractor
from kliping_shared.names import KnownName
from kliping_shared.newsroom import own_day

#: Strings of articles (words, their lower case, shapes, ...) that are kept for the next; measured 850 bytes each.
REMEMBERED = 100_000
#: Articles whose pieces go through the model together.
BATCH = 16


def _no_dates(text: str, anchor: date | None, latest: date | None) -> tuple[DateMention, ...]:  # noqa: ARG001  the shape of find_dates
    return ()


@dataclass(frozen=True, slots=True)
class Pipeline:
    """What reads a language. Its name and version are written into every article that it reads.

    `make` gives a spaCy pipeline: what finds names first, then the `rules`, components that need the whole article and
    fill its `Layers`. `confidence` is by rule id. Dates are looked for, and claims read, by functions of the language, if it has any.
    """

    name: str
    version: str
    make: Callable[[], Language]
    rules: Sequence[str]
    confidence: Mapping[str, float]
    find_dates: Callable[[str, date | None, date | None], tuple[DateMention, ...]] = _no_dates
    readings: Readings = field(default_factory=Readings)


class Reader:
    """A pipeline with its model loaded; deterministic but for `extracted_at`. Not thread-safe."""

    def __init__(
        self,
        pipeline: Pipeline,
        clock: Callable[[], datetime],
        remembered: int = REMEMBERED,
    ) -> None:
        self._pipeline = pipeline
        self._clock = clock
        self._remembered = remembered
        self.forget()

    @property
    def vocabulary(self) -> StringStore:
        """The strings that are kept from one article to the next."""
        return self._nlp.vocab.strings

    @property
    def made(self) -> Extractor:
        """What the articles say of who read them."""
        return Extractor(name=self._pipeline.name, version=self._pipeline.version)

    def read(self, articles: Sequence[Article], aliases: Sequence[KnownName] = ()) -> list[EnrichedArticle]:
        """The articles with what was found in them, in their order. `aliases` are the user's own."""
        pieces = [cut(article.text) for article in articles]
        named = self._nlp.pipe(chain.from_iterable(pieces), disable=self._pipeline.rules, batch_size=BATCH)
        done = []
        for article, each in zip(articles, pieces, strict=True):
            doc = attach(_join(list(islice(named, len(each)))), article, aliases)
            done.append(self._project(self._annotate(doc)))
        if len(self.vocabulary) - self._bare > self._remembered:
            self.forget()
        return done

    def forget(self) -> None:
        """Begin with a new pipeline, some 0.5 s: a worker may run for months, and each article brings words.

        spaCy's memory zones would do so in place, but its tokenizer remembers nothing while one is open: 11 instead of
        0.3 ms for 240 words.
        """
        self._nlp = self._pipeline.make()
        self._bare = len(self.vocabulary)

    def _annotate(self, doc: Doc) -> Doc:
        """Run the rule components, which need the whole article."""
        for name in self._pipeline.rules:
            doc = self._nlp.get_pipe(name)(doc)
        return doc

    def _project(self, doc: Doc) -> EnrichedArticle:
        layers = layers_of(doc)
        article = layers.article
        return project(
            article,
            clusters=layers.clusters,
            prose=prose_of(doc),
            attributions=layers.attributions,
            speakers=layers.speakers,
            dates=self._pipeline.find_dates(article.text, *publication_day(article)),
            readings=self._pipeline.readings,
            confidence=self._pipeline.confidence,
            extractor=self.made,
            now=self._clock(),
        )


def publication_day(article: Article) -> tuple[date | None, date | None]:
    """The article's own day, which its dates are read from; where it has none, the day that it cannot be later than."""
    moment = article.published_at
    if moment is None:
        return None, None
    day = own_day(moment)
    return (None, day) if article.date_source is DateSource.DROP_TIME else (day, day)


def _join(pieces: list[Doc]) -> Doc:
    """One doc of a text's pieces; the recogniser's memory grows with its doc's length, so it saw them one by one."""
    return pieces[0] if len(pieces) == 1 else Doc.from_docs(pieces, ensure_whitespace=False)
