"""``kliping process PATH…``: read, extract and link files without any service; JSON lines on stdout."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kliping.commands.output import say
from kliping_shared.settings import load as load_settings

if TYPE_CHECKING:
    from kliping_shared.contracts import Article, EnrichedArticle

Paths = Annotated[list[Path], typer.Argument(help="Files, or folders of files.", show_default=False)]

Explain = Annotated[
    bool, typer.Option("--explain", help="Show each article as text with what was found in it and why, not as JSON.")
]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("process")(process)


def process(paths: Paths, explain: Explain = False) -> None:
    """Print one JSON object a line per article: entities, claims, speakers, group and story ids.

    Claims are grouped over all given files together. Errors go to stderr; exit code 1 if any file failed.
    """
    from kliping_extract.app import load_extractor
    from kliping_extract.settings import ExtractSettings

    extractor = load_extractor(load_settings(ExtractSettings))
    articles, failed = read_all(list(files(paths)))
    enriched = list(extractor.extract_many(article for _, article in articles))
    names = {article.article_id: file.name for file, article in reversed(articles)}
    if explain:
        _explain(enriched, names)
    else:
        _as_json(enriched, names)
    raise typer.Exit(1 if failed else 0)


def _as_json(articles: Sequence[EnrichedArticle], names: Mapping[str, str]) -> None:
    import orjson

    from kliping_link.linker import link_all

    for article in link_all(articles):
        record = article.model_dump(mode="json", exclude={"groups", "stories", "retired_groups", "retired_stories"})
        sys.stdout.buffer.write(orjson.dumps({"file": names[article.article_id], **record}) + b"\n")
    sys.stdout.flush()


def _explain(articles: Sequence[EnrichedArticle], names: Mapping[str, str]) -> None:
    from rich.console import Console

    from kliping.explaining import explained

    console = Console()
    for article in articles:
        console.print(explained(article, names[article.article_id]))


def files(paths: Sequence[Path]) -> Iterator[Path]:
    """The given files, and every visible file below the given folders, in order of name."""
    for path in paths:
        if path.is_dir():
            yield from (file for file in sorted(path.rglob("*")) if file.is_file() and not _hidden(file, path))
        else:
            yield path


def read_all(paths: Sequence[Path]) -> tuple[list[tuple[Path, Article]], bool]:
    """Articles with the file that each came from, each text once; and whether anything was rejected (said on stderr)."""
    from kliping_ingest.reading import read
    from kliping_ingest.settings import IngestSettings

    limits = load_settings(IngestSettings).limits
    articles: dict[str, tuple[Path, Article]] = {}
    failed = False
    for path in paths:
        try:
            reading = read(path, name=path.name, limits=limits, now=datetime.now(UTC))
        except OSError as error:
            say(f"kliping: {path}: {error.strerror}", err=True)
            failed = True
            continue
        bad = [reading.failure] if reading.failure else reading.failed
        for reason in bad:
            say(f"kliping: {path}: {reason.message} ({reason.code}). {reason.hint}", err=True)
        failed |= bool(bad)
        for article in reading.articles:
            articles.setdefault(article.article_id, (path, article))
    return list(articles.values()), failed


def _hidden(file: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in file.relative_to(folder).parts)
