"""Documents as tables for the terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import typer
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from kliping.commands.output import one_line
from kliping.finding import Found, Highlights
from kliping_search.domain.highlight import below_title, parts
from kliping_search.domain.labels import label
from kliping_shared.store.documents import Kind

EXCERPT = 280
FOUND = "bold yellow"
Row = Callable[[Mapping[str, Any], Highlights], list[Text]]


def marked(text: str, ranges: Iterable[tuple[int, int]], *, width: int = EXCERPT) -> Text:
    """``text`` with the ranges in bold, cut to about ``width`` characters around the first of them."""
    return Text.assemble(*((part.text, FOUND if part.found else "") for part in parts(text, ranges, length=width)))


def _list(values: Iterable[str] | str | None) -> Text:
    return Text(values if isinstance(values, str) else ", ".join(values or ()))


def _id(id: str) -> tuple[str, str]:
    """What ``kliping group show`` and ``kliping story show`` ask for."""
    return f"\n{id}", "dim"


def _agreement(document: Mapping[str, Any]) -> tuple[str, str]:
    """How outlets agree, where that says more than the numbers beside it."""
    told = document.get("agreement")
    return (f"\n{label('agreement', told)}", "bold yellow") if told == "disputed" else ("", "")


def _article(document: Mapping[str, Any], lights: Highlights) -> list[Text]:
    title = marked(document["title"], lights.get("title", ()))
    excerpt = marked(*below_title(document["text"], document["title"], lights.get("text", ())))
    return [
        Text(document.get("published_on") or "–"),
        _list(document.get("outlet") or "–"),
        Text.assemble(title, "\n", excerpt),
        Text(str(document.get("claim_count", 0))),
    ]


def _claim(document: Mapping[str, Any], lights: Highlights) -> list[Text]:
    role = f"\n{document['role']}" if document.get("role") else ""
    return [
        Text.assemble((document["speaker"], "bold"), (role, "dim")),
        marked(document["text"], lights.get("text", ())),
        Text(f"{document['kind']}\n{document.get('cue') or ''}"),
        Text(f"{document.get('outlet') or '–'}\n{document.get('published_on') or ''}"),
        Text(str(document.get("outlet_count", 1))),
    ]


def _group(document: Mapping[str, Any], lights: Highlights) -> list[Text]:
    wordings = [
        Text.assemble((f"{wording.get('outlet') or '–'}: ", "dim"), marked(wording["text"], ()))
        for wording in document.get("wordings", ())
    ]
    return [
        Text.assemble(_list(document.get("speaker")), _id(document["group_id"]), _agreement(document)),
        Text("\n").join(wordings) if wordings else marked(document["text"], lights.get("text", ())),
        Text(str(document.get("outlet_count", 1))),
        Text(str(document.get("origin_count", 1))),
    ]


def _story(document: Mapping[str, Any], lights: Highlights) -> list[Text]:
    return [
        Text(document.get("published_on") or "–"),
        Text.assemble(marked(document["title"], lights.get("title", ())), _id(document["story_id"])),
        _list(document.get("outlet")),
        Text(str(document.get("article_count", 1))),
    ]


COLUMNS: dict[Kind, tuple[tuple[str, ...], Row]] = {
    "articles": (("date", "outlet", "article", "claims"), _article),
    "claims": (("who", "said", "how", "outlet", "outlets"), _claim),
    "groups": (("who", "the wordings", "outlets", "origins"), _group),
    "stories": (("date", "story", "outlets", "articles"), _story),
}


def hit_table(kind: Kind, found: Found) -> RenderableType:
    """The hits as one table with a line of how many there are; only the line when there is none to show."""
    if not found.documents:
        return Text(f"{found.total or 'No'} {kind} found")
    lights = found.highlights or tuple({} for _ in found.documents)
    return _table(kind, f"{len(found.documents)} of {found.total} {kind}", zip(found.documents, lights, strict=True))


def besides(found: Found) -> list[RenderableType]:
    """The other forms of what was typed that are searched too, and how to leave them out."""
    if not found.also:
        return []
    forms, typed = one_line(", ".join(found.also.forms)), one_line(found.also.query)
    return [Text.assemble("Also searched  ", (forms, "bold"), "; only what is typed: ", (typed, "bold"), "\n")]


def beyond(kind: Kind, found: Found) -> list[RenderableType]:
    """What follows where few documents have all words: the query that was meant, and documents with some of the words."""
    told: list[RenderableType] = []
    if found.meant:
        query = (one_line(found.meant.query), "bold")
        told.append(Text.assemble("\nDid you mean  ", query, f"  ({found.meant.total} {kind})"))
    if found.nearly:
        which = "In articles with these words in the title" if found.nearly.below_titles else "With some of the words"
        title = f"{which}: {len(found.nearly.hits)} of {found.nearly.total} {kind}"
        rows = ((hit.document, hit.highlights) for hit in found.nearly.hits)
        told += [Text(), _table(kind, title, rows)]
    return told


def _table(kind: Kind, title: str, rows: Iterable[tuple[Mapping[str, Any], Highlights]]) -> Table:
    names, row = COLUMNS[kind]
    table = Table(*names, title=title, title_justify="left", show_lines=True, expand=True)
    for column in table.columns[-1:]:
        column.justify = "right"
    for document, light in rows:
        table.add_row(*row(one_line(document), light))
    return table


def facet_tables(facets: Mapping[str, tuple[tuple[str, int], ...]]) -> list[RenderableType]:
    """One line for each facet that has values."""
    return [
        Padding(
            Text.assemble((f"{name}  ", "bold"), " · ".join(f"{one_line(value)} ({count})" for value, count in values)),
            (1, 0, 0, 1),
        )
        for name, values in facets.items()
        if values
    ]


def print_all(parts: Iterable[RenderableType]) -> None:
    """Print to stdout; plain tables of 80 columns where it is not a terminal are rich's default."""
    console = Console()
    with console.capture() as capture:
        for part in parts:
            console.print(part)
    # Rich would end the command on its own terms when the reader of its output has gone.
    typer.echo(capture.get(), nl=False)
