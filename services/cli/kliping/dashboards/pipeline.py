"""The dashboard *Pipeline*: what arrived, what became of it, and what Kliping made of its date and language."""

from __future__ import annotations

from typing import Final

from kliping.dashboards.about import DAYS, header
from kliping.dashboards.aggregations import count, dates, filters, latest, mean, terms, total, unique
from kliping.dashboards.building import Chart, Dashboard, Placed, Search
from kliping.dashboards.charts import BLUE, GREEN, GREY, ORANGE, PURPLE, RED, bars, donut, numbers, table

_NO_CLAIMS: Final = "claim_count:0 AND NOT _exists_:copy_of"
_NO_DATE: Final = "date_source:drop_time"

NUMBERS: Final = Chart(
    "articles-numbers",
    "Articles in numbers",
    "arrivals",
    "metric",
    numbers(),
    (
        count("articles"),
        unique("outlet", "outlets"),
        total("claim_count", "claims"),
        mean("claim_count", "claims per article"),
        unique("story_id", "stories"),
    ),
)
PER_HOUR: Final = Chart(
    "articles-per-hour",
    "Articles per hour, by outlet",
    "arrivals",
    "histogram",
    bars("Articles"),
    (count("Articles"), dates("ingested_at", "Arrived", "h"), terms("outlet", "Outlet", "group", size=8, rest=True)),
)
OUTCOMES: Final = Chart(
    "articles-outcomes",
    "Outcomes",
    "arrivals",
    "pie",
    donut("bottom"),
    (
        count("Articles"),
        filters(
            "segment",
            with_claims="claim_count:>0 AND NOT _exists_:copy_of",
            without_claims=_NO_CLAIMS,
            copy_of_another="_exists_:copy_of",
        ),
    ),
    description="Files that were rejected and messages that became dead letters are no articles: kliping status.",
    colors={"with claims": GREEN, "without claims": ORANGE, "copy of another": GREY},
)
DATES: Final = Chart(
    "articles-date-source",
    "Where the date is from",
    "arrivals",
    "pie",
    donut("bottom"),
    (count("Articles"), terms("date_source", "Date from", "segment", size=4)),
    colors={"metadata": BLUE, "dateline": GREEN, "text": PURPLE, "drop_time": RED},
)
LANGUAGES: Final = Chart(
    "articles-language",
    "Languages",
    "arrivals",
    "pie",
    donut("bottom"),
    (count("Articles"), terms("language", "Language", "segment", size=6, rest=True)),
    colors={"id": BLUE},
)
PUBLISHED: Final = Chart(
    "articles-by-day",
    "Published on: the latest 20 days with news",
    "arrivals",
    "horizontal_bar",
    bars("Articles", across=True, legend=False),
    (count("Articles"), terms("published_on", "Day", "segment", size=20, by="_key")),
    colors={"Articles": BLUE},
)
DATELINES: Final = Chart(
    "articles-by-dateline",
    "Written in: places of datelines",
    "arrivals",
    "horizontal_bar",
    bars("Articles", across=True, legend=False, labels=30),
    (count("Articles"), terms("dateline_place", "Place", "segment", size=15)),
    colors={"Articles": BLUE},
)
OUTLETS: Final = Chart(
    "articles-by-outlet",
    "Outlets: what came, and when last",
    "arrivals",
    "table",
    table(10),
    (
        count("Articles"),
        total("claim_count", "Claims"),
        mean("claim_count", "Claims per article"),
        latest("ingested_at", "Last arrived"),
        terms("outlet", "Outlet", "bucket", size=50),
    ),
)
ARRIVED: Final = Search(
    "articles-arrived",
    "Articles as they arrived",
    "Every article, the latest arrival first.",
    "arrivals",
    ("title", "outlet", "published_at", "date_source", "language", "claim_count", "read"),
    newest="ingested_at",
)
WITHOUT_CLAIMS: Final = Search(
    "articles-without-claims",
    "Articles without claims",
    "Articles in which nobody was found to say anything: worth a look when there are many.",
    "arrivals",
    ("title", "outlet", "language", "path", "read"),
    query=_NO_CLAIMS,
    newest="ingested_at",
)
WITHOUT_DATE: Final = Search(
    "articles-without-date",
    "Articles dated by their arrival",
    "Articles that name no day themselves.",
    "arrivals",
    ("title", "outlet", "path", "published_at", "read"),
    query=_NO_DATE,
    newest="ingested_at",
)

DASHBOARD: Final = Dashboard(
    "pipeline",
    "Pipeline",
    "What arrived when and from whom, what became of it, and what its dates and languages are.",
    (
        *header(NUMBERS, "articles-controls", "Articles: filters", "arrivals"),
        (Placed(PER_HOUR, 48, 11),),
        (Placed(OUTCOMES, 16, 12), Placed(DATES, 16, 12), Placed(LANGUAGES, 16, 12)),
        (Placed(PUBLISHED, 13, 14), Placed(DATELINES, 12, 14), Placed(OUTLETS, 23, 14)),
        (Placed(ARRIVED, 48, 24),),
    ),
    since=DAYS,
)
SEARCHES: Final = (WITHOUT_CLAIMS, WITHOUT_DATE)
