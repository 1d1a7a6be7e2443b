"""Options become a query that says the same."""

from __future__ import annotations

from pathlib import Path

import pytest
import typer

from kliping.commands import options
from kliping_shared.errors import KlipingError


def test_fields_narrow_the_whole_query() -> None:
    """Options are AND-ed with the query, also with one that has OR in it; quote marks cannot break out."""
    assert options.with_fields("a OR b", {"speaker": 'Kim "X"', "place": None}) == '(a OR b) speaker:"Kim  X "'
    assert options.with_fields("", {"speaker": None}) == ""


def test_a_request_holds_all_that_was_given() -> None:
    """Words, fields and days of a command line are one request."""
    request = options.request("claims", ["air", "-hujan"], "2026-09-13", None, outlet="Kabar", place=None)
    assert (request.kind, request.query) == ("claims", 'air -hujan outlet:"Kabar"')
    assert (request.date_from, request.date_to) == ("2026-09-13", None)


@pytest.mark.parametrize("value", ["kemarin", "2026-02-31", "13/9/2026"])
def test_a_day_that_is_none_is_a_usage_error(value: str) -> None:
    """The message names the option and shows a day."""
    with pytest.raises(typer.BadParameter, match="2026-09-13"):
        options.day(value, "--from")


def test_an_option_that_is_none_is_a_usage_error() -> None:
    """A mistyped option must not be searched for."""
    with pytest.raises(typer.BadParameter, match="--sppeaker"):
        options.request("claims", ["air", "--sppeaker", "X"], None, None)


def test_a_file_that_is_no_text_is_told_as_such(tmp_path: Path) -> None:
    """Saved by a spreadsheet it may be UTF-16; a mark of UTF-8 at its start is no part of the first line."""
    file = tmp_path / "names.tsv"
    file.write_bytes("PER\tA\tB\n".encode("utf-8-sig"))
    assert options.text_of(str(file)) == "PER\tA\tB\n"
    file.write_bytes("PER\tA\tB\n".encode("utf-16"))
    with pytest.raises(KlipingError, match=r"names\.tsv is no UTF-8 text"):
        options.text_of(str(file))


def test_who_has_no_name_on_this_machine_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """In a container with a user that no list holds; who is named is named."""

    def nobody() -> str:
        raise KeyError("getpwuid(): uid not found: 10001")

    monkeypatch.setattr("getpass.getuser", nobody)
    assert (options.author(None), options.author("Sari")) == (None, "Sari")


def test_a_folder_around_the_data_is_told_from_the_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing would be found in it; the message names the folder inside, and that of the demo where nothing else is."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".kliping-demo" / "data").mkdir(parents=True)
    with pytest.raises(typer.BadParameter, match=r"of the demo it is \.kliping-demo/data"):
        options.data_folder(Path(".kliping"))
    with pytest.raises(typer.BadParameter, match=r"\.kliping-demo/data may"):
        options.data_folder(Path(".kliping-demo"))
    assert options.data_folder(Path(".kliping-demo/data")).data == Path(".kliping-demo/data")
