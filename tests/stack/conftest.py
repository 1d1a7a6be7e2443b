"""The stack is built and brought up once; what it must come to is made meanwhile, on one machine, from the same files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.stack.compose import Stack, running_stack
from tests.support.articles import SEEDS, invented
from tests.support.running import exported, kliping
from tests.support.shared import shared_folder

INVENTED = 30
KINDS = ("articles", "claims", "groups", "stories")


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """A running stack of this project's images."""
    with running_stack(tmp_path_factory.mktemp("stack")) as made:
        yield made


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Demo articles, the acceptance material where it is at hand, and invented ones."""
    folder = tmp_path_factory.mktemp("files")
    for article in invented(INVENTED, seed=11):
        (folder / article.name).write_text(article.text, encoding="utf-8")
    shared = shared_folder()
    found = [*(SEEDS / "articles").iterdir(), *((shared / "seeds").iterdir() if shared else ()), *folder.iterdir()]
    return sorted(found, key=lambda path: path.name)


@pytest.fixture(scope="session")
def calm(tmp_path_factory: pytest.TempPathFactory, files: list[Path]) -> dict[str, list[dict[str, Any]]]:
    """What an undisturbed run on one machine makes of the files, by kind."""
    folder = tmp_path_factory.mktemp("calm")
    (folder / "inbox").mkdir()
    for file in files:
        (folder / "inbox" / file.name).write_bytes(file.read_bytes())
    where = ("--inbox", folder / "inbox", "--data", folder / "data")
    result = kliping("up", "--once", *where, "--port", "0", "--workers", "1", timeout=400)
    assert result.returncode == 0, result.stdout + result.stderr
    return {kind: exported(folder / "data", kind) for kind in KINDS}
