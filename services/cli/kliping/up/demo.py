"""The demo articles: invented news from invented outlets, so that a new user sees something at once."""

from __future__ import annotations

import shutil
from pathlib import Path

from kliping_shared.errors import SettingsError


def articles() -> Path:
    """Folder of the demo articles: beside the package once installed, in ``seeds/`` of a checkout."""
    packaged = Path(__file__).resolve().parents[2] / "kliping_demo"
    checkout = Path(__file__).resolve().parents[4] / "seeds" / "articles"
    for folder in (packaged, checkout):
        if folder.is_dir():
            return folder
    raise SettingsError("the demo articles are not part of this installation")


def fill(inbox: Path) -> None:
    """Drop the demo articles into ``inbox``, except those that went through before."""
    inbox.mkdir(parents=True, exist_ok=True)
    for article in sorted(articles().iterdir()):
        if article.is_file() and not (inbox / ".done" / article.name).exists():
            # Copied aside and renamed: the watcher never sees a half-written file.
            partial = inbox / f".{article.name}.part"
            shutil.copyfile(article, partial)
            partial.rename(inbox / article.name)
