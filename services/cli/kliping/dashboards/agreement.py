"""The dashboard *Agreement and difference*: how widely statements are carried, from how many origins, in what words.

It counts claims, not groups: a claim tells how widely its group is carried, and has the story and the place as well, so
that every filter works on every panel.
"""

from __future__ import annotations

from typing import Final

from kliping.dashboards.about import YEAR, header
from kliping.dashboards.aggregations import all_values, count, earliest, filters, terms, unique
from kliping.dashboards.building import Chart, Dashboard, Placed, Search
from kliping.dashboards.charts import BLUE, GREY, bars, numbers, table

_STATEMENTS: Final = unique("group_id", "Statements")
_SHARED: Final = "outlet_count:>=2"
_DIFFERING: Final = "_exists_:differing_numbers"
#: The more origins, the darker.
_ORIGINS: Final = {"1": "#b9c4cf", "2": "#7fb2dd", "3": "#3f86c2", "4": "#1a5a93", "5": "#0b3560"}

NUMBERS: Final = Chart(
    "statements-numbers",
    "Statements in numbers",
    "claims",
    "metric",
    numbers(),
    (
        unique("group_id", "statements"),
        filters(
            "group",
            all="*",
            shared=_SHARED,
            several_origins="origin_count:>=2",
            numbers_differ=_DIFFERING,
        ),
    ),
)
OUTLET_COUNTS: Final = Chart(
    "statements-by-outlets",
    "How widely carried: statements by number of outlets, and of origins",
    "claims",
    "histogram",
    bars("Statements"),
    (
        _STATEMENTS,
        terms("outlet_count", "Outlets", "segment", size=20, by="_key", order="asc"),
        terms("origin_count", "Independent origins", "group", size=10, by="_key", order="asc"),
    ),
    colors=_ORIGINS,
)
ORIGIN_COUNTS: Final = Chart(
    "statements-by-origins",
    "How independent: statements by number of origins",
    "claims",
    "histogram",
    bars("Statements", legend=False),
    (_STATEMENTS, terms("origin_count", "Independent origins", "segment", size=20, by="_key", order="asc")),
    colors={"Statements": BLUE},
)
SHARE: Final = Chart(
    "statements-by-outlet",
    "What outlets have alone, and with others",
    "claims",
    "horizontal_bar",
    bars("Statements", across=True, labels=30),
    (
        _STATEMENTS,
        terms("outlet", "Outlet", "segment", size=15),
        filters("group", with_others=_SHARED, alone="outlet_count:1"),
    ),
    colors={"with others": BLUE, "alone": GREY},
)
STORIES: Final = Chart(
    "statements-by-story",
    "Stories: how much of each",
    "claims",
    "table",
    table(8),
    (
        count("Claims"),
        _STATEMENTS,
        unique("speaker", "Speakers"),
        unique("outlet", "Outlets"),
        unique("article_id", "Articles"),
        terms("story_title", "Story", "bucket", size=30),
    ),
)
CONTRADICTIONS: Final = Chart(
    "statements-differing",
    "Contradictions: the same statement with different numbers",
    "claims",
    "table",
    table(15),
    (
        earliest("published_on", "Published"),
        all_values("differing_numbers", "Numbers that differ"),
        terms("group_id", "Compare", "bucket", size=20, most="outlet_count"),
        terms("text.keyword", "Wording", "bucket", size=20, order="asc"),
        terms("speaker", "Speaker", "bucket", size=1),
        terms("outlet", "Outlet", "bucket", size=10),
    ),
    query=_DIFFERING,
)
WORDINGS: Final = Chart(
    "statements-wordings",
    "Wordings: what each outlet makes of the most carried statements",
    "claims",
    "table",
    table(20),
    (
        earliest("published_on", "Published"),
        terms("group_id", "Compare", "bucket", size=20, most="outlet_count"),
        terms("text.keyword", "Wording", "bucket", size=20, order="asc"),
        terms("speaker", "Speaker", "bucket", size=1),
        terms("kind", "Kind", "bucket", size=1),
        terms("outlet", "Outlet", "bucket", size=10),
    ),
    query=_SHARED,
)
SHARED: Final = Search(
    "groups-shared",
    "Statements in several outlets",
    "Groups of claims that say the same, carried by two outlets or more.",
    "groups",
    ("speaker", "text", "outlet", "outlet_count", "origin_count", "stance", "compare"),
    query=_SHARED,
)
DIFFERING: Final = Search(
    "groups-differing",
    "Statements whose numbers differ",
    "Groups of claims that say the same with different numbers.",
    "groups",
    ("speaker", "text", "differing_numbers", "outlet", "compare"),
    query=_DIFFERING,
)
TOLD: Final = Search(
    "stories-all",
    "Stories",
    "Articles on one event, as one: newest first.",
    "stories",
    ("title", "article_count", "outlet", "origin_count", "person", "open"),
)

DASHBOARD: Final = Dashboard(
    "agreement",
    "Agreement and difference",
    "Which statements are carried by how many outlets, from how many independent origins, in what words and numbers.",
    (
        *header(NUMBERS, "statements-controls", "Statements: filters", "claims"),
        (Placed(OUTLET_COUNTS, 18, 13), Placed(ORIGIN_COUNTS, 12, 13), Placed(SHARE, 18, 13)),
        (Placed(STORIES, 48, 10),),
        (Placed(CONTRADICTIONS, 48, 16),),
        (Placed(WORDINGS, 48, 30),),
    ),
    since=YEAR,
)
SEARCHES: Final = (SHARED, DIFFERING, TOLD)
