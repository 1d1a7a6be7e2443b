"""The dashboard *Who says what*: claims by time, speaker, outlet and stance, and the claims themselves."""

from __future__ import annotations

from typing import Final

from kliping.dashboards.about import YEAR, header
from kliping.dashboards.aggregations import count, dates, terms, unique
from kliping.dashboards.building import Chart, Dashboard, Placed, Search
from kliping.dashboards.charts import BLUE, GREEN, ORANGE, bars, donut, numbers, squares

_KINDS: Final = {"direct": BLUE, "indirect": ORANGE, "mixed": GREEN}

NUMBERS: Final = Chart(
    "claims-numbers",
    "Claims in numbers",
    "claims",
    "metric",
    numbers(),
    (
        count("claims"),
        unique("speaker", "speakers"),
        unique("outlet", "outlets"),
        unique("article_id", "articles"),
        unique("story_id", "stories"),
    ),
)
OVER_TIME: Final = Chart(
    "claims-over-time",
    "Claims over time, direct and indirect",
    "claims",
    "histogram",
    bars("Claims"),
    (count("Claims"), dates("published_at", "Published"), terms("kind", "Kind", "group", size=3)),
    colors=_KINDS,
)
KINDS: Final = Chart(
    "claims-by-kind",
    "Direct or indirect",
    "claims",
    "pie",
    donut("bottom"),
    (count("Claims"), terms("kind", "Kind", "segment", size=3)),
    colors=_KINDS,
)
SPEAKERS: Final = Chart(
    "claims-by-speaker",
    "Who speaks: the 15 most quoted",
    "claims",
    "horizontal_bar",
    bars("Claims", across=True, legend=False, labels=40),
    (count("Claims"), terms("speaker", "Speaker", "segment", size=15), terms("kind", "Kind", "group", size=3)),
    colors=_KINDS,
)
OUTLETS: Final = Chart(
    "claims-by-outlet",
    "Where: claims by outlet",
    "claims",
    "horizontal_bar",
    bars("Claims", across=True, legend=False, labels=30),
    (count("Claims"), terms("outlet", "Outlet", "segment", size=15), terms("kind", "Kind", "group", size=3)),
    colors=_KINDS,
)
STANCES: Final = Chart(
    "claims-by-stance",
    "How: stances other than neutral",
    "claims",
    "horizontal_bar",
    bars("Claims", across=True, legend=False),
    (count("Claims"), terms("stance", "Stance", "segment", size=11)),
    query="NOT stance:neutral",
    description="What the attributing word says: membantah denies, mengakui admits, memperingatkan warns.",
    colors={"Claims": BLUE},
)
WHO_WHERE: Final = Chart(
    "claims-speaker-by-outlet",
    "Who is quoted where: speakers by outlet",
    "claims",
    "heatmap",
    squares(),
    (count("Claims"), terms("speaker", "Speaker", "segment", size=12), terms("outlet", "Outlet", "group", size=10)),
)
CLAIMS: Final = Search(
    "claims-all",
    "Claims",
    "Every claim, newest first, with links to its article and to the same statement elsewhere.",
    "claims",
    ("speaker", "text", "kind", "stance", "outlet", "read", "compare"),
)
AGAINST: Final = Search(
    "claims-against",
    "Denials, doubts, accusations and warnings",
    "Claims whose attributing word says more than that something was said.",
    "claims",
    ("speaker", "stance", "cue", "text", "outlet", "read", "compare"),
    query="stance:(deny OR doubt OR accuse OR criticise OR warn)",
)

DASHBOARD: Final = Dashboard(
    "who-says-what",
    "Who says what",
    "Who is quoted, by whom, how, and when; every claim with its article.",
    (
        *header(NUMBERS, "claims-controls", "Claims: filters", "claims"),
        (Placed(OVER_TIME, 32, 12), Placed(KINDS, 16, 12)),
        (Placed(SPEAKERS, 20, 17), Placed(OUTLETS, 14, 17), Placed(STANCES, 14, 17)),
        (Placed(WHO_WHERE, 48, 15),),
        (Placed(CLAIMS, 48, 26),),
    ),
    since=YEAR,
)
SEARCHES: Final = (AGAINST,)
