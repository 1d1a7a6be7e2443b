"""Options that several commands share, and how their values are read."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from kliping_shared.errors import KlipingError
from kliping_shared.settings import Settings, load
from kliping_shared.store.documents import Kind
from kliping_shared.store.ports import SearchRequest

if TYPE_CHECKING:
    from kliping_shared.contracts import Contract
    from kliping_shared.corrections.correcting import Note

C = TypeVar("C", bound="Contract")

#: Folder of the demo: its inbox and its data.
DEMO_ROOT = Path(".kliping-demo")
#: A query may begin with a minus (-word): what is no option of ours is part of it.
QUERY_CONTEXT = {"ignore_unknown_options": True}

Query = Annotated[list[str] | None, typer.Argument(help="What to find; empty for all.", show_default=False)]
Speaker = Annotated[str | None, typer.Option("--speaker", help="Who said it, e.g. 'Putin'.")]
Person = Annotated[str | None, typer.Option("--person", help="A person that is named.")]
Org = Annotated[str | None, typer.Option("--org", help="An organisation that is named.")]
Place = Annotated[str | None, typer.Option("--place", help="A place that is named.")]
Outlet = Annotated[str | None, typer.Option("--outlet", help="Who published it.")]
DateFrom = Annotated[str | None, typer.Option("--from", help="First day, YYYY-MM-DD.")]
DateTo = Annotated[str | None, typer.Option("--to", help="Last day, YYYY-MM-DD.")]
KindOption = Annotated[Kind, typer.Option("--kind", metavar="KIND", help="articles, claims, groups or stories.")]
Data = Annotated[Path | None, typer.Option("--data", help="Data folder (KLIPING_DATA, else .kliping).")]
Url = Annotated[
    str | None, typer.Option("--url", help="Ask a running Kliping at this address instead of the data folder.")
]
Reason = Annotated[str | None, typer.Option("--reason", help="Why, for those who see it later.")]
By = Annotated[str | None, typer.Option("--by", help="Who says so (the user of this machine).")]
Inbox = Annotated[Path | None, typer.Option("--inbox", help="The watched folder (KLIPING_INBOX, else inbox).")]


def request(
    kind: Kind, query: Sequence[str] | None, date_from: str | None, date_to: str | None, **fields: str | None
) -> SearchRequest:
    """What the options of a command ask for; a usage error for a day or an option that is none."""
    words = tuple(query or ())
    for word in words:
        if word.startswith("--"):
            raise typer.BadParameter(f"there is no option {word}")
    return SearchRequest(
        kind=kind,
        query=with_fields(" ".join(words), fields),
        date_from=day(date_from, "--from"),
        date_to=day(date_to, "--to"),
    )


def day(value: str | None, option: str) -> str | None:
    """``value`` if it is a day (YYYY-MM-DD); a usage error when it is not."""
    if value is None:
        return None
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        raise typer.BadParameter(f"{value!r} is not a day like 2026-09-13", param_hint=option) from None


def text_of(file: str) -> str:
    """The text of a file, of standard input for ``-``. Raises KlipingError for what is no UTF-8."""
    try:
        return (sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise KlipingError(f"{file} is no UTF-8 text (byte {error.start + 1})") from None


def author(by: str | None) -> str | None:
    """Who says something: the person named, else the user of this machine, if he has a name there."""
    try:
        return by or getpass.getuser()
    except (KeyError, OSError):
        return None


def note(reason: str | None, by: str | None) -> Note:
    """What a person says of his correction, now."""
    from kliping_shared.corrections.correcting import Note

    return Note(at=datetime.now(UTC), by=author(by), reason=reason)


def with_fields(query: str, fields: Mapping[str, str | None]) -> str:
    """``query`` and one ``field:"value"`` for each given field."""
    narrowed = [f'{name}:"{value.replace(chr(34), " ")}"' for name, value in fields.items() if value]
    return " ".join([f"({query})" if narrowed and " OR " in query else query, *narrowed]).strip()


def there(settings: Settings) -> Settings:
    """``settings`` if their data folder is there; a usage error when it is not, or is the folder around it."""
    if settings.opensearch_url is not None:
        return settings
    inner, demo = settings.data / "data", DEMO_ROOT / "data"
    if not settings.data.is_dir():
        or_demo = f" (of the demo it is {demo})" if demo.is_dir() else ""
        missing = f"{settings.data} is not there; start 'kliping up' once, or name the folder{or_demo}"
        raise typer.BadParameter(missing, param_hint="--data")
    if inner.is_dir() and not settings.store_path.exists():
        raise typer.BadParameter(f"{settings.data} holds nothing of Kliping; {inner} may", param_hint="--data")
    return settings


def data_folder(data: Path | None) -> Settings:
    """Settings with the given data folder, which must be there."""
    return there(load(Settings, data=data))


def written_out(file: str, model: type[C], what: str = "correction") -> list[C]:
    """What a command wrote out to the file, one a line. Raises KlipingError, which tells the line."""
    lines = enumerate(text_of(file).splitlines(), start=1)
    return [_read(file, number, line, model, what) for number, line in lines if line.strip()]


def _read(file: str, number: int, line: str, model: type[C], what: str) -> C:
    from pydantic import ValidationError

    try:
        return model.model_validate_json(line)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise KlipingError(f"{file}, line {number}: no {what}: {where} {first['msg']}".replace("  ", " ")) from error
