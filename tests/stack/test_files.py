"""docker-compose.yml, .env.example and the image recipe agree with each other; needs no engine, profiles need the CLI."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.stack.compose import OWN
from tests.support.shared import ROOT

COMPOSE = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
EXAMPLE = (ROOT / ".env.example").read_text(encoding="utf-8")
CORE = {*OWN, "redis", "opensearch", "setup", "snapshots"}


def test_the_example_explains_every_setting_with_its_default() -> None:
    """What docker-compose.yml reads stands in .env.example, and nothing else does."""
    read = dict(re.findall(r"\$\{([A-Z_]+):-([^}]*)\}", COMPOSE))
    shown = dict(re.findall(r"^#?([A-Z_]+)=(.*)$", EXAMPLE, re.MULTILINE))
    assert shown.pop("COMPOSE_PROFILES") == "full"
    assert shown == read
    assert re.findall(r"\$\{[A-Z_]+[^:A-Z_]", COMPOSE) == []


@pytest.mark.parametrize(
    ("profiles", "options", "services"),
    [
        ("full", (), CORE | {"dashboards", "setup-dashboards"}),
        ("full", ("--profile", "core"), CORE),
        ("core", (), CORE),
    ],
)
def test_profiles_bring_everything_or_all_but_dashboards(
    tmp_path: Path, profiles: str, options: tuple[str, ...], services: set[str]
) -> None:
    """A profile on the command line stands in place of the one in .env."""
    if not shutil.which("docker"):
        pytest.skip("no docker command here")
    (tmp_path / "environ").write_text(f"COMPOSE_PROFILES={profiles}\n", encoding="utf-8")
    command = ("docker", "compose", "--env-file", str(tmp_path / "environ"), *options, "config", "--services")
    clean = {name: value for name, value in os.environ.items() if name != "COMPOSE_PROFILES"}
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False, env=clean)
    assert result.returncode == 0, result.stderr
    assert set(result.stdout.split()) == services


def test_every_image_has_its_pinned_packages() -> None:
    """Each SERVICE that Compose builds names a requirements file in which everything has a hash."""
    built = set(re.findall(r"SERVICE: ([a-z]+)", COMPOSE))
    assert built == {*OWN, "tools"}
    for service in built:
        text = (ROOT / "requirements" / f"image-{service}.txt").read_text(encoding="utf-8")
        pinned = re.findall(r"^[a-z0-9._-]+(?:\[[a-z,]+\])?==.*?(?=^[a-z]|\Z)", text, re.MULTILINE | re.DOTALL)
        assert pinned
        assert all("--hash=sha256:" in package for package in pinned)


@pytest.mark.parametrize("service", ["ingest", "link", "index", "search", "tools"])
def test_only_extract_pins_the_language_library(service: str) -> None:
    """Images without it are smaller by half."""
    text = (ROOT / "requirements" / f"image-{service}.txt").read_text(encoding="utf-8")
    assert not re.search(r"^(spacy|thinc)==", text, re.MULTILINE)


def test_accounts_in_compose_are_those_that_secrets_are_made_for() -> None:
    """A secret that nobody makes would keep a service from starting."""
    redis = set(re.findall(r"redis-([a-z]+)\.url", COMPOSE))
    assert redis <= set(re.findall(r"^user ([a-z]+) .*\{password\}", _rules(), re.MULTILINE))
    opensearch = set(re.findall(r"opensearch-([a-z]+)\.password", COMPOSE))
    users = (ROOT / "deploy" / "opensearch" / "users.json").read_text(encoding="utf-8")
    assert all(f'"{user}":' in users for user in opensearch)


def test_setup_may_give_up_what_it_has_begun() -> None:
    """``kliping reindex --abort`` ends the copying on the server, which no other permission of its user includes."""
    roles = (ROOT / "deploy" / "opensearch" / "security" / "roles.yml").read_text(encoding="utf-8")
    setup = roles.split("\nkliping_setup:")[1].split("\nkliping_")[0]
    assert "- cluster:admin/tasks/cancel" in setup


def _rules() -> str:
    return (ROOT / "deploy" / "redis" / "users.acl").read_text(encoding="utf-8")
