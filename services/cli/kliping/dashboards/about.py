"""What stands on every dashboard: the way between them, and the words that they use."""

from __future__ import annotations

from typing import Final

from kliping.dashboards.building import Chart, Controls, Placed, Text

#: The time that is shown at first: a year back; an arrival is of interest for some days.
YEAR: Final = "now-1y"
DAYS: Final = "now-2d"

ABOUT: Final = Text(
    "about",
    "Kliping: about these dashboards",
    "**[Who says what](#/view/{site.prefix}-who-says-what)**"
    " · **[Agreement and difference](#/view/{site.prefix}-agreement)**"
    " · **[Pipeline](#/view/{site.prefix}-pipeline)**"
    " · [Kliping’s page]({site.page_url})\n\n"
    "A *claim* is what one article has someone say. Claims that say the same, in whatever words, are one *statement*. "
    "An *origin* is where articles have it from: outlets that carry the same agency have one.",
)


def header(numbers: Chart, name: str, title: str, index: str) -> tuple[tuple[Placed, ...], ...]:
    """The first rows: the words beside what there is in numbers, and the lists that filter the dashboard."""
    fields = (("Speaker", "speaker"), ("Outlet", "outlet"), ("Story", "story_title"), ("Place", "place"))
    lists = Controls(name, title, index, fields)
    return (Placed(ABOUT, 16, 7, bare=True), Placed(numbers, 32, 7, bare=True)), (Placed(lists, 48, 4, bare=True),)
