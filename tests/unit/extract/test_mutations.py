"""Damaged articles: nothing raises, everything found stands where it says, and bylines and adverts say nothing.

Some hundred of them, the same each time; `make chaos` reads 20,000.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from itertools import pairwise

import pytest

from kliping_extract import pipeline
from kliping_extract.extractor import Extractor
from kliping_shared.contracts.article import Article, ZoneKind
from kliping_shared.contracts.base import Span
from kliping_shared.contracts.enriched import Claim, EnrichedArticle
from tests.support.articles import SEEDS
from tests.support.mutations import mutated
from tests.unit.text.builders import article_of

FULL = os.environ.get("KLIPING_TEST_CHAOS") == "full"
ARTICLES = 20_000 if FULL else 100
#: Every so many are read twice.
AGAIN = 25

pytestmark = pytest.mark.timeout(2_900 if FULL else 120)


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    """The shipped pipeline."""
    return pipeline.load()


@pytest.fixture(scope="module")
def texts() -> list[str]:
    """What is damaged: the demo's articles and the development set."""
    folders = (SEEDS / "articles", SEEDS / "dev" / "articles")
    return [path.read_text(encoding="utf-8") for folder in folders for path in sorted(folder.glob("*.txt"))]


def test_damaged_articles_are_read(extractor: Extractor, texts: Sequence[str]) -> None:
    """Whatever happened to an article, what is found in it is in order; read again, it is the same."""
    for number in range(ARTICLES):
        text = mutated(texts, number)
        try:
            # Every third without the zones that ingest finds: the whole text is read.
            article = article_of(text).model_copy(update={"zones": ()} if number % 3 == 0 else {})
            made = extractor.extract(article)
            wrong = list(problems(article, made))
            if number % AGAIN == 0:
                again = extractor.extract(article)
                wrong += ["another reading differs"] * ((again.entities, again.claims) != (made.entities, made.claims))
        except Exception as error:
            raise AssertionError(f"damaged article {number} of {len(texts)} texts") from error
        assert wrong == [], f"damaged article {number}"


def problems(article: Article, made: EnrichedArticle) -> Iterator[str]:
    """What is wrong with the annotations of an article."""
    text = article.text
    if made.text != text or made.zones != article.zones:
        yield "the article was altered"
    mentions = sorted((m for entity in made.entities for m in entity.mentions), key=lambda mention: mention.start)
    said = [claim.cue for claim in made.claims if claim.cue is not None]
    counted = [quantity for claim in made.claims for quantity in claim.quantities]
    yield from (f"{m!r} is not its text" for m in (*mentions, *said, *counted, *made.dates) if m.of(text) != m.text)
    yield from (f"{a!r} and {b!r} overlap" for a, b in pairwise(mentions) if a.end > b.start)
    named = {entity.entity_id for entity in made.entities}
    if len({claim.claim_id for claim in made.claims}) < len(made.claims) or len(named) < len(made.entities):
        yield "an id stands for two"
    for claim in made.claims:
        yield from (f"{claim!r}: {problem}" for problem in claim_problems(claim, text, named))
        yield from (
            f"{claim!r} in {zone!r}" for zone in article.zones if zone.kind is not ZoneKind.BODY and _meet(claim, zone)
        )


def claim_problems(claim: Claim, text: str, named: set[str]) -> Iterator[str]:
    """What is wrong with a claim by itself."""
    if claim.text != " ".join(span.of(text) for span in claim.spans) or not claim.text.strip():
        yield "not its text"
    if any(a.end > b.start for a, b in pairwise(claim.spans)):
        yield "spans out of order"
    whole = [*claim.spans, claim.sentence, *([claim.speaker.mention] if claim.speaker.mention else [])]
    if any(span.end > len(text) for span in whole):
        yield "beyond the text"
    if claim.spans[0].start < claim.sentence.start or claim.spans[-1].end > claim.sentence.end:
        yield "beyond its sentence"
    if not named.issuperset({*claim.mentions, *([claim.speaker.entity_id] if claim.speaker.entity_id else [])}):
        yield "an entity that is none"
    if not claim.speaker.name.strip():
        yield "a speaker without a name"


def _meet(claim: Claim, zone: Span) -> bool:
    return any(span.start < zone.end and zone.start < span.end for span in claim.spans)
