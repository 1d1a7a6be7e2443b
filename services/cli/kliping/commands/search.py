"""``kliping search QUERY``: find articles, claims, groups or stories; tables for people, JSON for programs."""

from __future__ import annotations

import asyncio
import json
from typing import Annotated, Any

import typer

from kliping.commands import options
from kliping.finding import Found, find_local, find_remote
from kliping_shared.store.documents import Kind
from kliping_shared.store.ports import FACETS, SearchRequest, SortBy

Facets = Annotated[bool, typer.Option("--facets", help="Count the values of each facet.")]
Json = Annotated[bool, typer.Option("--json", help="One JSON object: total, hits, facets.")]
Limit = Annotated[int, typer.Option("--limit", min=0, max=200, help="How many hits to show.")]
Sort = Annotated[str, typer.Option("--sort", help="relevance, newest, oldest or outlets.")]
Url = Annotated[
    str | None, typer.Option("--url", help="Ask a running Kliping at this address instead of the data folder.")
]


def register(app: typer.Typer) -> None:
    """Add the command."""
    # A query may begin with a minus (-word): what is no option of ours is part of it.
    app.command("search", context_settings={"ignore_unknown_options": True})(search)


def search(
    query: options.Query = "",
    speaker: options.Speaker = None,
    person: options.Person = None,
    org: options.Org = None,
    place: options.Place = None,
    outlet: options.Outlet = None,
    date_from: options.DateFrom = None,
    date_to: options.DateTo = None,
    kind: options.KindOption = "articles",
    facets: Facets = False,
    as_json: Json = False,
    limit: Limit = 20,
    sort: Sort = "relevance",
    data: options.Data = None,
    url: Url = None,
) -> None:
    """Search what Kliping has read. An empty QUERY means all.

    Words are found in any of their forms; "phrases" stay together; -word excludes; field:value narrows
    (speaker, person, org, place, outlet, origin, kind, stance, story, before, after).
    """
    fields = {"speaker": speaker, "person": person, "org": org, "place": place, "outlet": outlet}
    request = SearchRequest(
        kind=options.kind(kind),
        query=options.with_fields(query, fields),
        date_from=options.day(date_from, "--from"),
        date_to=options.day(date_to, "--to"),
        sort=_sort(sort),
        limit=limit,
        facets=FACETS[options.kind(kind)] if facets else (),
        highlight=not as_json,
    )
    found = find_remote(url, request) if url else asyncio.run(find_local(options.data_folder(data), request))
    typer.echo(json.dumps(as_object(found), ensure_ascii=False)) if as_json else show(found, request.kind)


def as_object(found: Found) -> dict[str, Any]:
    """The shape that programs rely on: ``total``, ``hits``, ``facets``."""
    facets = {
        name: [{"value": value, "count": count} for value, count in values] for name, values in found.facets.items()
    }
    return {"total": found.total, "hits": list(found.documents), "facets": facets}


def show(found: Found, kind: Kind) -> None:
    """Print hits as a table a person can read, then facets."""
    from kliping.tables import facet_tables, hit_table, print_all

    print_all([hit_table(kind, found), *facet_tables(found.facets)])


def _sort(value: str) -> SortBy:
    for known in ("relevance", "newest", "oldest", "outlets"):
        if value == known:
            return known
    raise typer.BadParameter("choose relevance, newest, oldest or outlets", param_hint="--sort")
