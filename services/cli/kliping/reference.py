"""Makes the pages of ``docs/reference`` that repeat code: ``python -m kliping.reference docs/reference``."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer

from kliping.known import SETTINGS
from kliping.main import build
from kliping_shared.contracts.streams import CONSUMERS, DEAD
from kliping_shared.observability.metrics import METRICS
from kliping_shared.settings import PREFIX

HEAD = "<!-- Made by `python -m kliping.reference docs/reference`; do not edit. -->\n\n"


def settings_page() -> str:
    """Every ``KLIPING_*`` name with its default and what it is for."""
    lines = [
        "# Settings\n",
        "From the environment. An unknown `KLIPING_*` name is an error. Each may be put into a file: `KLIPING_X_FILE` names the\n"
        "file that holds `KLIPING_X` (Docker and Kubernetes secrets).\n",
        "| name | default | what for |",
        "|---|---|---|",
    ]
    seen: set[str] = set()
    for kind in SETTINGS:
        for name, field in kind.model_fields.items():
            if name in seen:
                continue
            seen.add(name)
            default = (
                "by machine" if field.default_factory else ("–" if field.default is None else f"`{field.default}`")
            )
            lines.append(f"| `{PREFIX}{name.upper()}` | {default} | {field.description or ''} |")
    return HEAD + "\n".join(lines) + "\n"


def metrics_page() -> str:
    """Every metric with its labels and help."""
    lines = [
        "# Metrics\n",
        "Served at `/metrics` of every service.\n",
        "| name | kind | labels | what |",
        "|---|---|---|---|",
    ]
    lines += [f"| `{m.name}` | {m.kind} | {', '.join(m.labels) or '–'} | {m.help} |" for m in METRICS]
    return HEAD + "\n".join(lines) + "\n"


def streams_page() -> str:
    """Every stream and who empties it."""
    lines = ["# Streams\n", "| stream | emptied by the group |", "|---|---|"]
    lines += [f"| `{stream}` | `{group}` |" for stream, group in CONSUMERS]
    lines.append(f"| `{DEAD}` | people, by `kliping dead` |")
    return HEAD + "\n".join(lines) + "\n"


def cli_page() -> str:
    """The help of every command."""
    root = typer.main.get_command(build())
    parts = ["# Command line\n"]
    for path, command in _commands(root, "kliping"):
        context = typer.Context(command, info_name=path)
        parts.append(f"## {path}\n\n{_help(command, context)}")
    return HEAD + "\n".join(parts)


def _commands(command: Any, path: str) -> Iterator[tuple[str, Any]]:
    if hasattr(command, "commands"):
        for name in sorted(command.commands):
            yield from _commands(command.commands[name], f"{path} {name}")
    else:
        yield path, command


def _help(command: Any, context: typer.Context) -> str:
    lines = [
        (command.help or "").split("\f")[0].strip() + "\n",
        f"`{' '.join(command.collect_usage_pieces(context))}`\n",
    ]
    rows = [record for record in (param.get_help_record(context) for param in command.params) if record]
    if rows:
        lines += [
            "| | |",
            "|---|---|",
            *(f"| `{name}` | {text.replace('|', chr(92) + '|')} |" for name, text in rows),
            "",
        ]
    return "\n".join(lines)


PAGES = {"settings.md": settings_page, "metrics.md": metrics_page, "streams.md": streams_page, "cli.md": cli_page}


def main() -> int:
    """Write every page into the folder given."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name, make in PAGES.items():
        (folder / name).write_text(make(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
