"""A service's way from its settings to its exit code."""

from __future__ import annotations

import importlib
import logging
from collections.abc import Iterator

import pytest
import structlog

from kliping_shared.errors import SettingsError
from kliping_shared.lifecycle import EXIT_SETTINGS, run_service
from kliping_shared.settings import Settings

SERVICES = ("ingest", "extract", "link", "index", "search")


@pytest.fixture(autouse=True)
def own_logging() -> Iterator[None]:
    """Services set up the process's logging; later tests have it as it was."""
    root = logging.getLogger()
    handlers, level, configured = root.handlers, root.level, structlog.get_config()
    yield
    root.handlers = handlers
    root.setLevel(level)
    structlog.configure(**configured)
    structlog.contextvars.clear_contextvars()


def _fail(_settings: Settings) -> None:
    raise SettingsError("another process has the inbox")


@pytest.mark.parametrize("service", SERVICES)
def test_every_service_refuses_wrong_settings_with_one_line_and_code_2(
    service: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """A value out of range ends every service before it begins, and the line names the setting."""
    monkeypatch.setenv("KLIPING_MAX_ATTEMPTS", "0")
    assert importlib.import_module(f"kliping_{service}.app").main() == EXIT_SETTINGS == 2
    said = capfd.readouterr().err
    assert said.startswith("kliping: KLIPING_MAX_ATTEMPTS: ")
    assert said.count("\n") == 1


@pytest.mark.parametrize("service", SERVICES)
def test_every_service_tells_a_settings_error_that_comes_while_it_runs(
    service: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """What only running finds out (a taken inbox, a store that is too new) is one line and code 2, no traceback."""
    app = importlib.import_module(f"kliping_{service}.app")
    monkeypatch.setattr(app, "serve" if service == "ingest" else "build", _fail)
    assert app.main() == EXIT_SETTINGS
    assert capfd.readouterr().err == "kliping: another process has the inbox\n"


def test_a_service_that_ran_to_its_end_exits_with_0() -> None:
    """No error, no code."""
    assert run_service("test", Settings, lambda _settings: None) == 0
