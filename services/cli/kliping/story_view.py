"""A story for the terminal: who carries it, and which claims outlets dispute, agree on, copy, or have alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from kliping.commands.output import one_line
from kliping.group_view import counted, facts, heading

Json = Mapping[str, Any]

_HEADINGS: Final = {
    "disputed": "Disputed",
    "agreed": "Agreed",
    "copied": "From one origin",
    "single_source": "From one outlet only",
}


def story_view(story: Json) -> Iterator[RenderableType]:
    """The story (as the API gives it) from top to bottom."""
    story = one_line(story)
    yield Text(story["title"], "bold")
    yield Text(f"{counted(story['article_count'], 'article')} · {facts(story)}", "dim")
    yield Text(", ".join(story["person"]))
    yield heading("Who carries it")
    yield _articles(story["articles"])
    for name, groups in story["claims"].items():
        if groups:
            yield heading(f"{_HEADINGS[name]} ({len(groups)})")
            yield _claims(groups)


def _articles(articles: Sequence[Json]) -> Table:
    table = Table.grid(padding=(0, 2))
    outlets = {article["article_id"]: article["outlet"] or article["article_id"] for article in articles}
    for article in articles:
        origin = f"from {article['origin']}" if article["origin"] else ""
        copied = f"nearly the same as {outlets.get(article['copy_of'])}" if article["copy_of"] else ""
        table.add_row(
            Text((article["published_at"] or "–")[:10], "dim"),
            Text(outlets[article["article_id"]], "bold"),
            Text(article["title"] or ""),
            Text(", ".join(filter(None, (origin, copied))), "dim"),
        )
    return table


def _claims(groups: Sequence[Json]) -> Table:
    table = Table.grid(padding=(0, 2), expand=True)
    table.add_column(ratio=2)
    table.add_column(ratio=5)
    table.add_column(ratio=2)
    for group in groups:
        table.add_row(
            Text.assemble((", ".join(group["speaker"]), "bold"), (f"\n{group['group_id']}", "dim")),
            Text(group["text"]),
            Text(", ".join(group["outlet"]), "dim"),
        )
    return table
