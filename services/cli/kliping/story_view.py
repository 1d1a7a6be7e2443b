"""A story for the terminal: who carries it, and which claims outlets dispute, agree on, copy, or have alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from kliping.commands.output import one_line
from kliping.group_view import NAMELESS, counted, facts, heading, origin_lines
from kliping_search.domain.labels import label
from kliping_search.domain.wordings import by_outlet, carriers
from kliping_shared.newsroom import day_of

Json = Mapping[str, Any]

_HEADINGS: Final = {"disputed": "Disputed", "agreed": "Agreed", "copied": "From one origin"}


def story_view(story: Json) -> Iterator[RenderableType]:
    """The story (as the API gives it) from top to bottom."""
    story = one_line(story)
    yield Text(story["title"], "bold")
    yield facts(story, counted(story["article_count"], "article"))
    yield Text(", ".join(story["person"]))
    yield heading("Who carries it")
    yield _articles(story["articles"])
    if story["origin_count"] < story["outlet_count"]:
        yield heading("Who has it from whom")
        yield from origin_lines(story["articles"])
    for name, title in _HEADINGS.items():
        if groups := story["claims"][name]:
            yield heading(f"{title} ({len(groups)})")
            yield _claims(groups)
    for outlet, groups in by_outlet(story["claims"]["single_source"]).items():
        yield heading(f"Only {outlet or 'an article without an outlet'} has it ({len(groups)})")
        yield _claims(groups)


def _articles(articles: Sequence[Json]) -> Table:
    table = _grid(0, 0, 1, 0)
    outlets = {article["article_id"]: article["outlet"] or NAMELESS for article in articles}
    for article in articles:
        origin = f"from {article['origin']}" if article["origin"] else ""
        table.add_row(
            Text(day_of(article["published_at"] or "–"), "dim"),
            Text(outlets[article["article_id"]], "bold"),
            Text(article["title"] or "without a title", "" if article["title"] else "dim"),
            Text("\n".join(filter(None, (origin, _copied(article, outlets)))), "dim"),
        )
    return table


def _copied(article: Json, outlets: Mapping[str, str]) -> str:
    if not article["copy_of"]:
        return ""
    shared = f"{article['shared']:.0%}" if article.get("shared") else "nearly all"
    return f"{shared} as in {outlets.get(article['copy_of'], 'an earlier article')}"


def _claims(groups: Sequence[Json]) -> Table:
    table = _grid(2, 5, 2)
    for group in groups:
        table.add_row(
            Text.assemble((", ".join(group["speaker"]), "bold"), (f"\n{group['group_id']}", "dim")),
            Text.assemble(group["text"], *((f"\n{_differing(one)}", "yellow") for one in group["differences"] or ())),
            Text(carriers(group), "dim"),
        )
    return table


def _differing(difference: Json) -> str:
    values = " / ".join(variant["value"] for variant in difference["variants"])
    return f"{label('differs', difference['particular'])}: {values}"


def _grid(*ratios: int) -> Table:
    """A table without lines; columns of ratio 0 are as wide as what they hold."""
    table = Table.grid(padding=(0, 1), expand=True)
    for ratio in ratios:
        table.add_column(ratio=ratio or None)
    return table
