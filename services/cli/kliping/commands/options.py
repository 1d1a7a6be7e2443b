"""Options that several commands share, and how their values are read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from kliping_shared.settings import Settings, load
from kliping_shared.store.documents import KINDS, Kind

Query = Annotated[str, typer.Argument(help="What to find; empty for all.", show_default=False)]
Speaker = Annotated[str | None, typer.Option("--speaker", help="Who said it, e.g. 'Putin'.")]
Person = Annotated[str | None, typer.Option("--person", help="A person that is named.")]
Org = Annotated[str | None, typer.Option("--org", help="An organisation that is named.")]
Place = Annotated[str | None, typer.Option("--place", help="A place that is named.")]
Outlet = Annotated[str | None, typer.Option("--outlet", help="Who published it.")]
DateFrom = Annotated[str | None, typer.Option("--from", help="First day, YYYY-MM-DD.")]
DateTo = Annotated[str | None, typer.Option("--to", help="Last day, YYYY-MM-DD.")]
KindOption = Annotated[str, typer.Option("--kind", help="articles, claims, groups or stories.")]
Data = Annotated[Path | None, typer.Option("--data", help="Data folder (KLIPING_DATA, else .kliping).")]


def kind(value: str) -> Kind:
    """The kind of documents named ``value``; a usage error when there is none."""
    for known in KINDS:
        if value == known:
            return known
    raise typer.BadParameter(f"choose one of {', '.join(KINDS)}", param_hint="--kind")


def day(value: str | None, option: str) -> str | None:
    """``value`` if it is a day (YYYY-MM-DD); a usage error when it is not."""
    if value is None:
        return None
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        raise typer.BadParameter(f"{value!r} is not a day like 2026-09-13", param_hint=option) from None


def with_fields(query: str, fields: Mapping[str, str | None]) -> str:
    """``query`` and one ``field:"value"`` for each given field."""
    narrowed = [f'{name}:"{value.replace(chr(34), " ")}"' for name, value in fields.items() if value]
    return " ".join([f"({query})" if narrowed and " OR " in query else query, *narrowed]).strip()


def data_folder(data: Path | None) -> Settings:
    """Settings with the given data folder, which must be there."""
    settings = load(Settings, data=data)
    if settings.opensearch_url is None and not settings.data.is_dir():
        raise typer.BadParameter(
            f"{settings.data} is not there; start 'kliping up' once, or name the folder", param_hint="--data"
        )
    return settings
