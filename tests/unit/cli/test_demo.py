"""The demo articles, for whom has no articles at hand."""

from __future__ import annotations

from pathlib import Path

from kliping.up import demo


def test_the_demo_is_dropped_once(tmp_path: Path) -> None:
    """All demo articles lie in the inbox, whole; those that went through are not dropped again."""
    demo.fill(tmp_path)
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == sorted(path.name for path in demo.articles().iterdir())
    done = tmp_path / ".done"
    done.mkdir()
    (tmp_path / names[0]).rename(done / names[0])
    demo.fill(tmp_path)
    assert not (tmp_path / names[0]).exists()
