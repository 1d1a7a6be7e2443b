"""Whose names hold, where several say what a form stands for."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from kliping_extract import pipeline
from kliping_extract.alias_sources import over, remembering
from kliping_extract.domain.canonical import known_names, prevailing
from kliping_shared.contracts import Article, EntityType
from kliping_shared.names import KnownName, one_name

AT = datetime(2026, 3, 5, tzinfo=UTC)


def names(kind: EntityType, name: str, *others: str) -> tuple[KnownName, ...]:
    """A name with its other forms."""
    return tuple(one_name(kind, name, others))


def test_ours_win_and_lead_on() -> None:
    """A form of ours never stands for a name of theirs; what theirs call by it has our name with all its forms."""
    theirs = names(EntityType.ORG, "Yayasan Sawah", "YS", "Sawah")
    ours = (*names(EntityType.ORG, "Sawah Lestari", "Yayasan Sawah"), *names(EntityType.ORG, "Sawah Raya", "Sawah"))
    known = known_names(prevailing(ours, theirs))
    called = {form: known.of(EntityType.ORG, form) for form in ("YS", "Yayasan Sawah", "Sawah", "Sawah Lestari")}
    assert called == {
        "YS": "Sawah Lestari",
        "Yayasan Sawah": "Sawah Lestari",
        "Sawah": "Sawah Raya",
        "Sawah Lestari": "Sawah Lestari",
    }


def test_both_are_asked_each_time_and_joined_only_when_one_has_changed() -> None:
    """The same object while both give the same."""
    mine, file = [names(EntityType.PER, "Dewi", "Mawar")], [names(EntityType.PER, "Budi", "Bung")]
    both = over(lambda: mine[0], lambda: file[0])
    first = both()
    assert both() is first
    file[0] = names(EntityType.PER, "Budi", "Bung", "Mawar")
    assert {known.alias: known.name for known in both()} == {
        "Dewi": "Dewi",
        "Mawar": "Dewi",
        "Budi": "Budi",
        "Bung": "Budi",
    }
    mine[0] = ()
    assert both() == file[0]


def test_what_was_made_is_made_again_for_another_object() -> None:
    """Equal or not."""
    made = remembering(lambda given: [*given])
    once: tuple[KnownName, ...] = names(EntityType.PER, "Dewi", "Mawar")
    assert made(once) is made(once)
    assert made(()) == []


def test_commands_over_the_file_over_what_comes_with_kliping(tmp_path: Path) -> None:
    """`Jabar` is `Jawa Barat` to Kliping; a file and then a person say otherwise."""
    file = tmp_path / "names.tsv"
    file.write_text("LOC\tTanah Pasundan\tJabar, Sumut\n", encoding="utf-8")
    said: list[tuple[KnownName, ...]] = [()]
    extractor = pipeline.load(aliases=file).with_aliases(lambda: said[0])
    article = Article(
        article_id="a1",
        document_key="a1",
        text="Warga Arunika resah. Sawah di Jabar, Sumut, dan Jateng kering, kata Budi Hartanto.",
        path="a.txt",
        media_type="text/plain",
        file_sha256="0" * 64,
        ingested_at=AT,
        language="id",
    )

    def places() -> set[str]:
        return {entity.name for entity in extractor.extract(article).entities if entity.type is EntityType.LOC}

    assert places() == {"Tanah Pasundan", "Jawa Tengah", "Arunika"}
    said[0] = names(EntityType.LOC, "Bumi Sunda", "Jabar")
    assert places() == {"Bumi Sunda", "Tanah Pasundan", "Jawa Tengah", "Arunika"}
    said[0] = ()
    assert places() == {"Tanah Pasundan", "Jawa Tengah", "Arunika"}
