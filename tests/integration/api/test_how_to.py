"""The commands of docs/how-to/api.md do what they are there for."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest
import schemathesis

from tests.support.shared import ROOT

PAGE = ROOT / "docs" / "how-to" / "api.md"
COMMANDS = [
    command.replace("\\\n", " ")
    for block in re.findall(r"```\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.S)
    for command in re.findall(r"^curl .*?(?<!\\)$", block, re.S | re.M)
]


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_of_the_page_works(schema: schemathesis.schemas.BaseSchema, command: str, tmp_path: Path) -> None:
    """It answers, in JSON where it is not a file; the one with a mistake in its query tells where."""
    environ = {"KLIPING": schema.get_base_url().removesuffix("/"), "PATH": "/usr/bin:/bin"}
    done = subprocess.run(
        ["sh", "-c", command.replace("curl ", "curl -sS ", 1)],
        env=environ, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    if "%22banjir" in command:
        assert json.loads(done.stdout)["position"] is not None
    elif " -I " in command:
        assert {"etag", "api-version"} <= {line.partition(":")[0].lower() for line in done.stdout.splitlines()}
    elif " -o " in command:
        assert all(json.loads(line) for line in (tmp_path / "claims.jsonl").read_text().splitlines())
    else:
        answer = json.loads(done.stdout)
        assert not isinstance(answer, dict) or "status" not in answer, answer
