"""The five real articles: every field and zone as in the hand-made gold."""

from __future__ import annotations

import json
from typing import Any

import pytest

from kliping_ingest.domain.metadata import WIB
from kliping_shared.contracts import Article, ZoneKind
from tests.support.shared import require_shared, shared_folder
from tests.unit.text.builders import article_of

pytestmark = pytest.mark.shared

FILES = ["000", "001", "002", "003", "004"]


@pytest.fixture(params=FILES)
def gold(request: pytest.FixtureRequest) -> dict[str, Any]:
    """The gold of one article."""
    lines = (require_shared() / "seeds-gold" / "gold.jsonl").read_text(encoding="utf-8").splitlines()
    return next(article for article in map(json.loads, lines) if article["file"].startswith(request.param))


@pytest.fixture
def article(gold: dict[str, Any]) -> Article:
    """The article as it is made of the file."""
    folder = shared_folder()
    assert folder is not None
    return article_of((folder / "seeds" / gold["file"]).read_bytes().decode(), path=gold["file"])


def spans(article: Article, *kinds: ZoneKind) -> list[list[int]]:
    return [[zone.start, zone.end] for zone in article.zones if zone.kind in kinds]


def test_names_are_as_in_the_gold(gold: dict[str, Any], article: Article) -> None:
    """Title, place, author and origin; the outlet too where the article names one (gold calls that of 003 by its file)."""
    assert article.title == gold["title"]
    assert article.dateline_place == gold["dateline_place"]
    assert article.origin == gold["origin"]
    assert article.outlet == (None if gold["outlet"].isdigit() else gold["outlet"])
    assert article.author == (gold["byline"].partition(": ")[2] if gold["byline"] else None)


def test_day_is_as_in_the_gold(gold: dict[str, Any], article: Article) -> None:
    """The day of the report; where the gold has none, the day of the event, which the text gives."""
    assert article.published_at is not None
    day = article.published_at.astimezone(WIB).date().isoformat()
    assert (day, article.date_source) == (gold["published_at"] or gold["event_date"], "text")


def test_zones_are_as_in_the_gold(gold: dict[str, Any], article: Article) -> None:
    """Title, byline, dateline and furniture have exactly the gold's borders; the rest is body; the language is id."""
    assert spans(article, ZoneKind.TITLE) == ([gold["title_span"]] if gold["title_span"] else [])
    assert spans(article, ZoneKind.BYLINE) == gold["byline_spans"]
    assert spans(article, ZoneKind.DATELINE) == ([gold["dateline_span"]] if gold["dateline_span"] else [])
    assert spans(article, ZoneKind.BOILERPLATE, ZoneKind.SOURCE_NOTE) == gold["boilerplate"]
    assert article.language == "id"
    assert article.notes == ()
