"""Commands on a data folder whose store has a few documents, as a person runs them."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from kliping_shared.settings import Settings
from kliping_shared.store import open_writer
from tests.integration.store.builders import article, claim, put
from tests.support.running import KLIPING, kliping

COUNT = 200


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with one article, hostile to terminals, and many claims."""
    import asyncio

    folder = tmp_path_factory.mktemp("data")

    async def fill() -> None:
        writer = open_writer(Settings(data=folder))
        hostile = article("a1", "Judul\r\n\x1b[2JAir \u202enaik di kota", title="Judul\x9b1m", outlet="Kabar\x07")
        claims = [claim(f"c{number}", f"Air naik {number} meter. " * 20) for number in range(COUNT)]
        await writer.apply([[put("articles", hostile), *(put("claims", document) for document in claims)]])
        await writer.close()

    asyncio.run(fill())
    return folder


def piped_to_nobody(*arguments: str | Path) -> subprocess.CompletedProcess[bytes]:
    """Run a command whose output nobody takes."""
    reading, writing = os.pipe()
    os.close(reading)
    try:
        return subprocess.run([KLIPING, *map(str, arguments)], stdout=writing, stderr=subprocess.PIPE, check=False)
    finally:
        os.close(writing)


@pytest.mark.parametrize(
    "command",
    [("search",), ("search", "--json"), ("export",), ("export", "--format", "jsonl"), ("status", "--json")],
    ids=" ".join,
)
def test_a_reader_that_goes_away_is_no_error(command: tuple[str, ...], data: Path) -> None:
    """``| head -1`` ends a command with exit code 0 and without a word."""
    result = piped_to_nobody(*command, "--data", data)
    assert (result.returncode, result.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("command", ["search", "export"])
def test_a_full_disk_is_told_in_one_line(command: str, data: Path) -> None:
    """No traceback, and an exit code that is not 0."""
    with Path("/dev/full").open("w") as full:
        result = subprocess.run(
            [KLIPING, command, "--data", data], stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert (result.returncode, result.stderr) == (2, "kliping: No space left on device\n")


def test_an_export_that_fails_leaves_the_earlier_one(data: Path, tmp_path: Path) -> None:
    """Neither a half file nor a file beside it stays."""
    output = tmp_path / "claims.csv"
    assert kliping("export", "--data", data, "-o", output).returncode == 0
    before = output.read_text()
    assert len(before.splitlines()) == COUNT + 1
    assert kliping("export", '"tak tertutup', "--data", data, "-o", output).returncode == 2
    assert output.read_text() == before
    assert [path.name for path in tmp_path.iterdir()] == ["claims.csv"]


def test_words_need_no_quotation_marks(data: Path) -> None:
    """Words of the command line are one query; those behind -- are no options."""
    assert "1 of 1 articles" in kliping("search", "naik", "kota", "--data", data).stdout
    assert "No articles found" in kliping("search", "--data", data, "--", "naik", "-kota").stdout


def test_what_an_article_says_does_not_steer_the_terminal(data: Path) -> None:
    """Controls and marks of direction are shown as characters, in the table as in JSON."""
    for command in (("search",), ("search", "--json"), ("search", "--facets")):
        shown = kliping(*command, "--data", data)
        assert shown.returncode == 0, shown.stderr
        assert not set(shown.stdout) & set("\x1b\x9b\x07\r\u202e"), command


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("search", "air", "--sppeaker", "X"), "--sppeaker"),
        (("search", "--sppeaker"), "--sppeaker"),
        (("search", "--sort", "size"), "--sort"),
        (("export", "-o", "."), "directory"),
        (("export", "-o", "nowhere/a.csv"), "nowhere"),
        (("export", "--format", "xml"), "--format"),
        (("status", "--data", "nowhere"), "nowhere"),
        (("search", "--url", "http://a b"), "not a Kliping"),
        (("group", "show", "nothing"), "no document nothing among the groups"),
        (("story", "show", "nothing"), "no document nothing among the stories"),
        (("story", "show", "nothing", "--url", "http://a b"), "not a Kliping"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_mistakes_are_told(arguments: tuple[str, ...], said: str, data: Path, tmp_path: Path) -> None:
    """Exit code 2 and a line that names the mistake; no traceback, nothing taken for a word of the query."""
    given = arguments if "--data" in arguments else (*arguments, "--data", str(data))
    result = kliping(*given, cwd=tmp_path)
    assert result.returncode == 2
    assert said in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("command", ["search", "export"])
@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("air (naik", "kliping: this bracket is never closed\n  air (naik\n      ^\n"),
        ("air language:id", "kliping: claims have no language: (it is for articles)\n  air language:id\n      ^\n"),
        (f'{"air " * 20}"naik', f'kliping: this quotation mark is never closed\n  {"air " * 9}"naik\n  {" " * 36}^\n'),
    ],
)
def test_a_bad_query_is_shown_with_a_mark_at_the_spot(command: str, query: str, says: str, data: Path) -> None:
    """Below the message, also where the query is long."""
    result = kliping(command, query, "--kind", "claims", "--data", data)
    assert (result.returncode, result.stderr) == (2, says)
