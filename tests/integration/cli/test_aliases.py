"""Saying that names stand for one thing, as commands on a data folder whose stages are at work."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest

from tests.integration.cli.conftest import Desk
from tests.support.running import kliping

FILE = "# kami\n\nPER\tDewi Anggraini\tRani Kusuma, Si Mawar\nORG\tBadan Air, Angin, dan Api\tBAA\n"


@pytest.fixture
def desk(reading_desk: Desk) -> Desk:
    """Where articles are read as well."""
    return reading_desk


async def _refused(desk: Desk, *command: str) -> str:
    """Why a command does not do it."""
    done = await desk.run("alias", *command)
    assert (done.returncode, done.stdout) == (2, "")
    return done.stderr


async def test_added_listed_and_removed(desk: Desk) -> None:
    """What is already read follows at once, each time."""
    assert await desk.outlets() == [1, 1, 1]
    told = await desk.said(
        "alias", "add", "Dewi Anggraini", "Rani Kusuma", "--reason", "nama panggung", "--by", "Ratih"
    )
    assert told == "1 alias added; 2 articles are read anew\n"
    assert await desk.outlets() == [2, 1]
    listed = await desk.said("alias", "list")
    assert "PER  Dewi Anggraini" in listed
    assert "by Ratih: nama panggung)" in listed
    rows = [json.loads(line) for line in (await desk.said("alias", "list", "--json")).splitlines()]
    assert [(row["alias"], row["by"]) for row in rows] == [("Dewi Anggraini", "Ratih"), ("Rani Kusuma", "Ratih")]
    assert (
        await desk.said("alias", "remove", "rani kusuma", "--type", "PER")
        == "1 alias removed; 2 articles are read anew\n"
    )
    assert await desk.outlets() == [1, 1, 1]
    assert await desk.said("alias", "list") == "No aliases.\n"


async def test_an_import_is_all_or_nothing_and_an_export_is_imported_again(desk: Desk, tmp_path: Path) -> None:
    """Whoever reads the error finds the line."""
    file = tmp_path / "nama.tsv"
    file.write_text(FILE, encoding="utf-8")
    assert (
        await desk.said("alias", "import", str(file), "--no-apply")
        == "3 aliases added; 2 articles are left as read before\n"
    )
    assert await desk.outlets() == [1, 1, 1]
    exported = await desk.said("alias", "list", "--tsv")
    assert exported == "ORG\tBadan Air, Angin, dan Api\tBAA\nPER\tDewi Anggraini\tRani Kusuma, Si Mawar\n"
    for bad, why in (
        ("LOC\tTirta\tTirtasari\nPER\tBudi\n", "line 2: wanted"),
        ("LOC\tTirta\tTirtasari\n\nPER\tMawar\tSI MAWAR\n", "line 3: 'SI MAWAR' cannot stand for 'Mawar'"),
        ("LOC\tTirta\tTirtasari\nLOC\tSari\tTirtasari\n", "line 2: 'Tirtasari' cannot"),
    ):
        file.write_text(bad, encoding="utf-8")
        assert why in await _refused(desk, "import", str(file))
        assert await desk.said("alias", "list", "--tsv") == exported
    await desk.said("alias", "remove", "Dewi Anggraini", "--no-apply")
    file.write_text(exported, encoding="utf-8")
    assert await desk.said("alias", "import", str(file)) == "2 aliases added; 2 articles are read anew\n"
    assert await desk.said("alias", "list", "--tsv") == exported
    assert await desk.outlets() == [2, 1]


async def test_what_cannot_be_said_tells_why(desk: Desk) -> None:
    """In one line."""
    await desk.said("alias", "add", "Dewi Anggraini", "Rani Kusuma")
    assert "'Rani Kusuma' cannot stand for 'Ratna' (PER)" in await _refused(desk, "add", "Ratna", "Rani Kusuma")
    assert "leave commas out" in await _refused(desk, "add", "Badan Air", "B, A", "--type", "ORG")
    assert "there is no 'Siapa'" in await _refused(desk, "remove", "Siapa")


async def test_those_that_come_with_kliping_need_nothing_that_runs(tmp_path: Path) -> None:
    """And can be imported by another."""
    done = await asyncio.to_thread(kliping, "alias", "list", "--shipped", "--tsv", "--data", tmp_path)
    assert done.returncode == 0, done.stderr
    assert "LOC\tKorea Utara\tKorut" in done.stdout
