"""The file of keys."""

from __future__ import annotations

from pathlib import Path

import pytest

from kliping_shared.errors import SettingsError
from kliping_shared.keys import add_key, digest, read_keys, remove_key


def test_a_key_is_kept_as_its_digest_for_the_owner_only(tmp_path: Path) -> None:
    """Whoever reads the file has no key."""
    path = tmp_path / "below" / "keys.json"
    made = add_key(path, "sari", "correct")
    (key,) = read_keys(path)
    assert (key.name, key.role, key.sha256) == ("sari", "correct", digest(made))
    assert made not in path.read_text()
    assert path.stat().st_mode & 0o077 == 0


def test_keys_are_many_and_taken_back_one_by_one(tmp_path: Path) -> None:
    """A name has one key; what is not there cannot be taken back."""
    path = tmp_path / "keys.json"
    made = {add_key(path, name, "read") for name in ("sari", "budi")}
    assert len(made) == 2
    with pytest.raises(SettingsError, match="sari already"):
        add_key(path, "sari", "admin")
    remove_key(path, "sari")
    with pytest.raises(SettingsError, match="no key of sari"):
        remove_key(path, "sari")
    assert [key.name for key in read_keys(path)] == ["budi"]


@pytest.mark.parametrize("name", ["", "a b", "a\n", "x" * 101, "<b>"])
def test_a_name_is_a_word(tmp_path: Path, name: str) -> None:
    """It stands in logs and corrections."""
    with pytest.raises(SettingsError, match="no name of a key"):
        add_key(tmp_path / "keys.json", name, "read")


@pytest.mark.parametrize("content", ["", "{}", '[{"name": "sari", "role": "chief"}]', "\xff"])
def test_what_is_no_file_of_keys_is_told(tmp_path: Path, content: str) -> None:
    """Rather than that nobody has a key."""
    path = tmp_path / "keys.json"
    path.write_text(content, encoding="latin-1")
    with pytest.raises(SettingsError, match=r"keys\.json is no file of keys"):
        read_keys(path)
