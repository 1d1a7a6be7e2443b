"""``kliping up`` and the other commands, as a person uses them."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.articles import invented
from tests.support.running import Running, kliping, wait_until


def found(data: Path, *arguments: str) -> dict[str, Any]:
    """What ``kliping search … --json`` prints."""
    result = kliping("search", *arguments, "--json", "--data", data)
    assert result.returncode == 0, result.stderr
    answer: dict[str, Any] = json.loads(result.stdout)
    return answer


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    """A Kliping that runs, gone afterwards."""
    up = Running(tmp_path, workers=1)
    up.start()
    yield up
    if up.alive:
        up.kill_all()


def test_once_makes_everything_searchable_and_says_what_was_rejected(tmp_path: Path) -> None:
    """Exit code 1 for a rejected file, which is kept with its reason; the others are found."""
    inbox, data = tmp_path / "inbox", tmp_path / "data"
    inbox.mkdir()
    for article in invented(8):
        (inbox / article.name).write_text(article.text, encoding="utf-8")
    (inbox / "kosong.txt").write_text("")
    result = kliping("up", "--once", "--inbox", inbox, "--data", data, "--port", "0", "--workers", "1")
    assert result.returncode == 1, result.stdout + result.stderr
    assert json.loads((inbox / ".rejected" / "kosong.txt.reason.json").read_text())["code"] == "empty"
    assert found(data)["total"] == 8
    claims = found(data, "", "--kind", "claims", "--facets")
    assert claims["total"] >= 8
    assert "HarianKota.com" in {facet["value"] for facet in claims["facets"]["outlet"]}
    again = kliping("up", "--once", "--inbox", inbox, "--data", data, "--port", "0", "--workers", "1")
    assert again.returncode == 0, again.stderr
    assert found(data)["total"] == 8


def test_a_dropped_file_is_searchable_in_page_and_command_line_while_it_runs_and_after(running: Running) -> None:
    """Drop, find by API and command line, ask where it is, stop, find again."""
    url = running.wait_ready()
    article = next(invented(1))
    (running.inbox / article.name).write_text(article.text, encoding="utf-8")
    wait_until(lambda: found(running.data)["total"] == 1, seconds=30, what="searchable")
    with urllib.request.urlopen(f"{url}/api/v1/articles") as answer:
        assert json.load(answer)["total"] == 1
    remote = kliping("search", "--url", url, "--json")
    assert json.loads(remote.stdout)["total"] == 1, remote.stderr
    status = kliping("status", article.name, "--data", running.data, "--inbox", running.inbox)
    assert status.returncode == 0, status.stderr
    assert all(stage in status.stdout for stage in ("extract", "link", "index")), status.stdout
    assert "HarianKota.com" in kliping("search", "--data", running.data).stdout
    assert running.stop() == 0
    assert found(running.data)["total"] == 1


def test_two_on_one_data_folder_are_refused(running: Running) -> None:
    """The second one says where the first one runs."""
    url = running.wait_ready()
    second = kliping("up", "--data", running.data, "--inbox", running.inbox, "--port", "0")
    assert second.returncode == 2
    assert url in second.stderr


def test_process_prints_one_object_per_article_and_goes_on_after_a_bad_file(tmp_path: Path) -> None:
    """Errors to stderr with exit code 1, the others printed with offsets that hold."""
    paths = []
    for article in invented(4):
        paths.append(tmp_path / article.name)
        paths[-1].write_text(article.text, encoding="utf-8")
    bad = tmp_path / "rusak.pdf"
    bad.write_bytes(b"%PDF-1.7 broken")
    result = kliping("process", *paths, bad)
    assert result.returncode == 1
    assert "rusak.pdf" in result.stderr
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert [line["file"] for line in lines] == [path.name for path in paths]
    for line in lines:
        assert line["text"] == (tmp_path / line["file"]).read_text(encoding="utf-8")
        assert line["story_id"]
        for claim in line["claims"]:
            assert claim["group_id"]
            assert " ".join(line["text"][span["start"] : span["end"]] for span in claim["spans"]) == claim["text"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("search", "speaker:", "--data", "."), "speaker"),
        (("search", "--data", "nowhere"), "nowhere"),
        (("search", "--kind", "people"), "--kind"),
        (("search", "--from", "kemarin", "--data", "."), "--from"),
        (("dead", "list", "--data", "nowhere"), "does not answer"),
        (("process", "nowhere.txt"), "nowhere.txt"),
    ],
)
def test_mistakes_get_a_clear_line(tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    """No traceback, an exit code that is not 0, and a line that names what was wrong."""
    result = kliping(*arguments, cwd=tmp_path)
    assert result.returncode in (1, 2)
    assert said in result.stderr
    assert "Traceback" not in result.stderr


def test_doctor_finds_all_well() -> None:
    """A sound installation passes its own check."""
    result = kliping("doctor")
    assert result.returncode == 0, result.stdout
    assert "FAIL" not in result.stdout


def test_setup_makes_streams_and_groups_and_may_be_repeated(running: Running) -> None:
    """On a running broker it finds or makes all that is needed."""
    running.wait_ready()
    for _ in range(2):
        result = kliping("setup", "--data", running.data)
        assert result.returncode == 0, result.stderr


def test_settings_that_cannot_work_are_refused_with_one_line(tmp_path: Path) -> None:
    """Services that keep dying would help nobody."""
    result = kliping(
        "up", "--once", "--inbox", tmp_path / "inbox", "--data", tmp_path / "data", "--port", "0",
        environ={"KLIPING_OPENSEARCH_URL": "http://127.0.0.1:9"},
    )  # fmt: skip
    assert result.returncode == 2
    assert "opensearch" in result.stderr.lower()
    assert "Traceback" not in result.stderr
