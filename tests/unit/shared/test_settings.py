"""Settings: from the environment, checked, mistakes named."""

from __future__ import annotations

from pathlib import Path

import pytest

from kliping_ingest.settings import IngestSettings
from kliping_shared.errors import SettingsError
from kliping_shared.settings import Settings, known_names, load, refuse_unknown

KNOWN = known_names((Settings,))


def test_a_mistyped_name_is_an_error_with_a_suggestion() -> None:
    """A variable that nobody reads would otherwise be ignored in silence."""
    with pytest.raises(SettingsError, match="did you mean KLIPING_REDIS_URL"):
        refuse_unknown({"KLIPING_REDIS_URI": "x"}, KNOWN)


def test_known_and_foreign_names_pass() -> None:
    """Only our prefix is ours, and names for our tests are no settings."""
    refuse_unknown({"KLIPING_INBOX": "x", "HOME": "y", "KLIPING_TEST_CHAOS": "full"}, KNOWN)


def test_a_wrong_value_names_the_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    """The message has the variable's name and what was given."""
    monkeypatch.setenv("KLIPING_LOG_FORMAT", "xml")
    with pytest.raises(SettingsError, match=r"KLIPING_LOG_FORMAT.*xml"):
        load(Settings)


def test_an_option_wins_over_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a person types on the command line is what holds."""
    monkeypatch.setenv("KLIPING_INBOX", "from-environment")
    assert str(load(Settings, inbox="typed").inbox) == "typed"
    assert str(load(Settings, inbox=None).inbox) == "from-environment"


def test_a_value_may_lie_in_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """KLIPING_X_FILE names a file that holds KLIPING_X; the closing line end is not part of it."""
    (tmp_path / "url").write_text("redis://ingest:s3cret@redis:6379/0\n")
    monkeypatch.setenv("KLIPING_REDIS_URL_FILE", str(tmp_path / "url"))
    refuse_unknown({"KLIPING_REDIS_URL_FILE": "x"}, KNOWN)
    assert load(Settings).redis_url == "redis://ingest:s3cret@redis:6379/0"
    assert load(Settings, redis_url="redis://typed").redis_url == "redis://typed"


def test_a_list_in_a_file_is_read_as_in_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Values that are JSON in the environment are JSON in a file too."""
    (tmp_path / "fields").write_text('{"text": ["isi"]}')
    monkeypatch.setenv("KLIPING_INGEST_JSON_FIELDS_FILE", str(tmp_path / "fields"))
    assert load(IngestSettings).ingest_json_fields == {"text": ["isi"]}


def test_a_file_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The message has the variable and the path."""
    monkeypatch.setenv("KLIPING_REDIS_URL_FILE", str(tmp_path / "nowhere"))
    with pytest.raises(SettingsError, match=r"KLIPING_REDIS_URL_FILE.*nowhere"):
        load(Settings)


def test_a_value_and_a_file_for_it_are_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Which of the two holds would be a guess."""
    (tmp_path / "url").write_text("redis://one")
    monkeypatch.setenv("KLIPING_REDIS_URL_FILE", str(tmp_path / "url"))
    monkeypatch.setenv("KLIPING_REDIS_URL", "redis://two")
    with pytest.raises(SettingsError, match="both set"):
        load(Settings)


def test_a_wrong_secret_is_not_repeated(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What a file holds may be a password: the error does not show it."""
    (tmp_path / "port").write_text("hunter2")
    monkeypatch.setenv("KLIPING_HEALTH_PORT_FILE", str(tmp_path / "port"))
    with pytest.raises(SettingsError) as caught:
        load(Settings)
    assert "hunter2" not in str(caught.value)
    assert "KLIPING_HEALTH_PORT" in str(caught.value)


@pytest.mark.parametrize("in_file", [False, True])
def test_a_value_that_is_no_json_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, in_file: bool) -> None:
    """A missing bracket is a mistake in one line like any other, with the variable's name and the place."""
    (tmp_path / "fields").write_text('{"text": ')
    name, value = ("_FILE", str(tmp_path / "fields")) if in_file else ("", '{"text": ')
    monkeypatch.setenv(f"KLIPING_INGEST_JSON_FIELDS{name}", value)
    with pytest.raises(SettingsError, match=r"KLIPING_INGEST_JSON_FIELDS.*JSON.*char 9"):
        load(IngestSettings)


def test_an_empty_name_of_a_file_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """Compose files pass on what is not set as an empty variable."""
    monkeypatch.setenv("KLIPING_REDIS_URL_FILE", "")
    monkeypatch.setenv("KLIPING_REDIS_URL", "redis://one")
    assert load(Settings).redis_url == "redis://one"
