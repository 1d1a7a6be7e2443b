"""``kliping search QUERY``: find articles, claims, groups or stories; tables for people, JSON for programs."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Annotated, Any

import typer

from kliping.commands import options
from kliping.commands.output import as_json, pointing_at
from kliping.finding import Found, find_local, find_remote
from kliping_shared.store.documents import Kind
from kliping_shared.store.ports import FACETS, SortBy, order_of

Facets = Annotated[bool, typer.Option("--facets", help="Count the values of each facet.")]
Json = Annotated[
    bool, typer.Option("--json", help="One JSON object: total, hits, facets, also_searched, nearly, did_you_mean.")
]
Limit = Annotated[int, typer.Option("--limit", min=0, max=200, help="How many hits to show.")]
Sort = Annotated[
    SortBy,
    typer.Option(
        "--sort",
        metavar="ORDER",
        help="relevance (without a query: newest, of groups outlets), newest, oldest or outlets.",
    ),
]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("search", context_settings=options.QUERY_CONTEXT)(search)


def search(
    query: options.Query = None,
    speaker: options.Speaker = None,
    person: options.Person = None,
    org: options.Org = None,
    place: options.Place = None,
    outlet: options.Outlet = None,
    date_from: options.DateFrom = None,
    date_to: options.DateTo = None,
    kind: options.KindOption = "articles",
    facets: Facets = False,
    json: Json = False,
    limit: Limit = 20,
    sort: Sort = "relevance",
    data: options.Data = None,
    url: options.Url = None,
) -> None:
    """Search what Kliping has read. An empty QUERY means all.

    Words are found in any of their forms, '"phrases"' as they stand; -word excludes.
    field:value narrows: speaker, about, person, org, place, outlet, origin, kind,
    stance, story, before, after.

    A query that would be taken for an option goes last, behind --: kliping search -- -hujan
    """
    asked = options.request(
        kind, query, date_from, date_to, speaker=speaker, person=person, org=org, place=place, outlet=outlet
    )
    order = order_of(kind, asked.query, sort)
    request = replace(asked, sort=order, limit=limit, facets=FACETS[kind] if facets else (), highlight=not json)
    with pointing_at(request.query):
        found = find_remote(url, request) if url else asyncio.run(find_local(options.data_folder(data), request))
    typer.echo(as_json(as_object(found))) if json else show(found, kind)


def as_object(found: Found) -> dict[str, Any]:
    """The shape that programs rely on, that of the API: ``total``, ``hits``, ``facets``, and where few were found more."""
    facets = {
        name: [{"value": value, "count": count} for value, count in values] for name, values in found.facets.items()
    }
    more, meant, also = found.nearly, found.meant, found.also
    return {
        "total": found.total,
        "hits": list(found.documents),
        "facets": facets,
        "nearly": more
        and {
            "q": more.query,
            "total": more.total,
            "below_titles": more.below_titles,
            "hits": [hit.document for hit in more.hits],
        },
        "also_searched": also and {"forms": list(also.forms), "typed_only": also.query},
        "did_you_mean": meant and {"q": meant.query, "total": meant.total},
    }


def show(found: Found, kind: Kind) -> None:
    """Print what was searched, hits as a table a person can read, what few of them may have lacked, then facets."""
    from kliping.tables import besides, beyond, facet_tables, hit_table, print_all

    print_all([*besides(found), hit_table(kind, found), *beyond(kind, found), *facet_tables(found.facets)])
