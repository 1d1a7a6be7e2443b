"""Every invented layout is cut into the zones, and gives the names and days, that its annotation says."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from kliping_ingest.domain.article import make_article
from kliping_ingest.domain.metadata import WIB
from kliping_ingest.domain.raw import RawArticle
from kliping_shared.contracts import Article
from tests.unit.text.layouts import LayoutCase, read_layouts

NOW = datetime(2024, 5, 20, 3, 0, tzinfo=UTC)
CASES = read_layouts()


def article_of(case: LayoutCase) -> Article:
    raw = RawArticle(case.text, outlet=case.fields.get("metadata_outlet"))
    return make_article(raw, path="a.txt", file_sha256="0" * 64, media_type="text/plain", now=NOW)


@pytest.fixture(params=CASES, ids=lambda case: case.name)
def case(request: pytest.FixtureRequest) -> LayoutCase:
    found: LayoutCase = request.param
    return found


def test_zones_are_as_annotated(case: LayoutCase) -> None:
    """Each line, and each part of a line, gets the kind that its letter says, with exact borders."""
    article = article_of(case)
    assert [(zone.kind, zone.of(article.text).strip()) for zone in article.zones] == case.zones


@pytest.mark.parametrize("name", ["title", "outlet", "author", "origin"])
def test_names_are_as_annotated(case: LayoutCase, name: str) -> None:
    """Title, outlet, author and origin are found, or None where the text does not say them."""
    assert getattr(article_of(case), name) == case.fields.get(name)


def test_place_is_as_annotated(case: LayoutCase) -> None:
    """The dateline's place is found in usual case, or None."""
    assert article_of(case).dateline_place == case.fields.get("place")


def test_day_is_as_annotated(case: LayoutCase) -> None:
    """The day of publication and what it was taken from are found; without any, the drop time stands in."""
    article = article_of(case)
    assert article.published_at is not None
    day, _, source = case.fields["date"].rpartition(" ")
    assert (article.date_source, article.published_at.astimezone(WIB).date().isoformat() if day else "") == (
        source,
        day,
    )


def test_language_is_as_annotated(case: LayoutCase) -> None:
    """Indonesian unless the case says otherwise."""
    assert article_of(case).language == case.fields.get("language", "id")
