"""Settings: from the environment, checked, mistakes named."""

from __future__ import annotations

import pytest

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
