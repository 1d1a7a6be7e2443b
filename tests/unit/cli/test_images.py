"""The command line starts in every image, whichever libraries the image lacks."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
IMAGES = sorted(path.stem.removeprefix("image-") for path in (ROOT / "requirements").glob("image-*.txt"))

_BLOCKED = """
import importlib.metadata as metadata, sys
lacking = set(sys.argv.pop().split())
modules = {name for name, made in metadata.packages_distributions().items()
           if {one.lower().replace("_", "-") for one in made} <= lacking}
class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in modules:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
sys.meta_path.insert(0, Absent())
from kliping.main import main
sys.argv = ["kliping", *sys.argv[1:]]
sys.exit(main())
"""


def _pinned(name: str) -> set[str]:
    text = (ROOT / "requirements" / f"{name}.txt").read_text()
    return {match.lower().replace("_", "-") for match in re.findall(r"^([\w.-]+)==", text, re.MULTILINE)}


@pytest.mark.parametrize("image", [image for image in IMAGES if image != "build"])
@pytest.mark.parametrize("command", [("--help",), ("key", "list", "--data", ".")], ids=lambda words: words[0])
def test_it_starts(image: str, command: tuple[str, ...], tmp_path: Path) -> None:
    """No command, as long as another is asked for, needs what only one image has."""
    lacking = _pinned("run") - _pinned(f"image-{image}")
    assert lacking
    done = subprocess.run(
        [sys.executable, "-c", _BLOCKED, *command, " ".join(sorted(lacking))],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
