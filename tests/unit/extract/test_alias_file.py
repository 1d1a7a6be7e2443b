"""A newsroom's own aliases hold for the next article, and a bad file says where."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from kliping_extract import pipeline
from kliping_extract.alias_file import AliasFile, read_aliases
from kliping_shared.contracts.article import Article
from kliping_shared.contracts.enriched import EntityType
from kliping_shared.errors import SettingsError
from kliping_shared.names import KnownName

LINE = "ORG\tYayasan Sawah Lestari\tYSL, Sawah Lestari\n"


def written(path: Path, text: str, turn: int = 0) -> Path:
    """The file with a time of its own, since two writes may fall into one tick of the clock."""
    path.write_text(text, encoding="utf-8")
    os.utime(path, ns=(turn, turn))
    return path


def test_a_line_gives_a_name_and_its_forms(tmp_path: Path) -> None:
    """Comments and empty lines apart; a comma in the name itself is part of it."""
    path = written(tmp_path / "aliases.tsv", "# ours\n\nORG\tBadan Air, Angin, dan Api\tBAA\n")
    name = "Badan Air, Angin, dan Api"
    assert read_aliases(path) == (
        KnownName(EntityType.ORG, name, name),
        KnownName(EntityType.ORG, name, "BAA"),
    )


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("ORG\tYayasan Sawah Lestari\tYSL\nORG Yayasan Air\n", "line 2"),
        ("FIRMA\tYayasan Sawah Lestari\tYSL\n", "line 1"),
        ("ORG\t\tYSL\n", "line 1"),
        ("ORG\tYayasan Sawah\tYS\nORG\tYayasan Sungai\tYS\n", "'YS' stands for two names"),
    ],
)
def test_a_bad_file_says_where(tmp_path: Path, text: str, why: str) -> None:
    """The error names the setting, the file and the line."""
    path = written(tmp_path / "aliases.tsv", text)
    with pytest.raises(SettingsError, match=why) as error:
        AliasFile(path)
    assert "KLIPING_ALIASES" in str(error.value)
    assert str(path) in str(error.value)


def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    """Rather than aliases that silently never apply."""
    with pytest.raises(SettingsError, match="KLIPING_ALIASES"):
        AliasFile(tmp_path / "none.tsv")


def test_a_file_that_goes_bad_keeps_its_last_names(tmp_path: Path) -> None:
    """A worker goes on, and says what is wrong once."""
    path = written(tmp_path / "aliases.tsv", LINE, 1)
    aliases = AliasFile(path)
    good = aliases.names()
    written(path, "nonsense\n", 2)
    with capture_logs() as logs:
        assert aliases.names() == aliases.names() == good != ()
    assert [log["event"] for log in logs] == ["aliases not read"]
    written(path, "", 3)
    assert aliases.names() == ()


def test_new_aliases_hold_for_the_next_article(tmp_path: Path) -> None:
    """Without a restart, and before the packaged ones."""
    path = written(tmp_path / "aliases.tsv", "", 1)
    extractor = pipeline.load(aliases=path)
    text = "Warga Arunika resah. Menurut YSL, sawah di Jabar kering."
    article = Article(
        article_id="a1",
        document_key="a1",
        text=text,
        path="a.txt",
        media_type="text/plain",
        file_sha256="0" * 64,
        ingested_at=datetime(2026, 3, 5, tzinfo=UTC),
        language="id",
    )
    before = {entity.name for entity in extractor.extract(article).entities}
    assert "Yayasan Sawah Lestari" not in before
    written(path, LINE + "LOC\tTanah Pasundan\tJabar\n", 2)
    after = {entity.name for entity in extractor.extract(article).entities}
    assert {"Yayasan Sawah Lestari", "Tanah Pasundan"} <= after
