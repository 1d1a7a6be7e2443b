"""A language plugs in by a setting: English by a trained pipeline of the user's, Indonesian untouched, French by nobody."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import spacy
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from kliping_extract import pipeline
from kliping_extract.app import load_extractor
from kliping_extract.extractor import Extractor
from kliping_extract.settings import ExtractSettings
from kliping_shared.contracts.article import Zone, ZoneKind
from kliping_shared.errors import SettingsError
from kliping_shared.settings import load
from tests.unit.extract.test_extractor import NEWS, article

ENGLISH = (
    "LAMURA (Gema) - The port of Rowasa will stay closed for a week, Ana Quispe, head of the Rowasa Port Authority, said.\n"
    "“We lose three ships a day,” Quispe told reporters. The United States had offered help, she added.\n"
    "According to Tomo Wals, a union leader, inspectors had warned of rust."
)
FRENCH = "Le port a été fermé mardi, a déclaré Ana Quispe. « Nous sommes prêts », a dit Tomo Wals à la presse."
PATTERNS = {
    "PERSON": ["Ana Quispe", "Tomo Wals"],
    "ORG": ["Rowasa Port Authority"],
    "GPE": ["Rowasa", "United States"],
}
PIECES = st.sampled_from(
    ['"', "“", "”", "'", "’", "said ", "Ana Quispe ", "according to ", "told reporters ", "that ", ", ", ". ", "\n", "who ", "and ",
     "the mayor ", "adding ", "on Tuesday ", "however, ", "he ", "(", ")", "🙂", "\x00", "of ", "Rowasa ", ": ", "-", "’s "]
)  # fmt: skip


def save(folder: Path, language: str = "en", *, ruler: bool = True) -> str:
    """A small trained pipeline as the user would have one: its folder."""
    nlp = spacy.blank(language)
    if ruler:
        patterns = [{"label": label, "pattern": name} for label, names in PATTERNS.items() for name in names]
        nlp.add_pipe("entity_ruler").add_patterns(patterns)  # type: ignore[attr-defined]
    nlp.to_disk(folder)
    return str(folder)


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The folder of an English pipeline."""
    return save(tmp_path_factory.mktemp("english"))


@pytest.fixture(scope="module")
def extractor(trained: str) -> Extractor:
    """The extractor with English."""
    return pipeline.load(("id", "ms", "en"), {"en": trained})


def test_an_english_article_yields_names_and_claims(extractor: Extractor) -> None:
    """Who says what, by name, short name, pronoun and source; names as in Indonesian articles."""
    zones = (
        Zone(start=0, end=16, kind=ZoneKind.DATELINE),
        Zone(start=16, end=len(ENGLISH), kind=ZoneKind.BODY),
    )
    made = extractor.extract(article(ENGLISH, zones, language="en"))
    assert [(claim.speaker.name, claim.text) for claim in made.claims] == [
        ("Ana Quispe", "The port of Rowasa will stay closed for a week"),
        ("Ana Quispe", "We lose three ships a day"),
        ("Ana Quispe", "The United States had offered help"),
        ("Tomo Wals", "inspectors had warned of rust"),
    ]
    assert {claim.role for claim in made.claims} == {"head of the Rowasa Port Authority", "union leader"}
    assert {(entity.name, str(entity.type)) for entity in made.entities} == {
        ("Ana Quispe", "PER"),
        ("Tomo Wals", "PER"),
        ("Rowasa Port Authority", "ORG"),
        ("Rowasa", "LOC"),
        ("Amerika Serikat", "LOC"),
    }
    assert all(ENGLISH[m.start : m.end] == m.text for entity in made.entities for m in entity.mentions)


def test_a_claim_has_the_day_when_it_was_said(extractor: Extractor) -> None:
    """In an English date outside the statement."""
    made = extractor.extract(article("Ana Quispe said on March 3, 2026 that Rowasa would be open.", language="en"))
    (claim,) = made.claims
    assert (claim.text, claim.date and claim.date.first) == ("Rowasa would be open", date(2026, 3, 3))


def test_each_article_says_who_read_it(extractor: Extractor) -> None:
    """Reader and version, with the trained pipeline's own; `none` for a language that nobody reads."""
    made = extractor.extract_many([article(ENGLISH, language="en"), article(NEWS), article(FRENCH, language="fr")])
    names = [(one.extractor.name, one.extractor.version) for one in made]
    assert names == [("kliping-en", "0.1.0+en_pipeline.0.0.0"), ("kliping-id", pipeline.VERSION), ("none", "1.0.0")]


def test_indonesian_is_read_as_without_english(extractor: Extractor) -> None:
    """A second language changes nothing for the first, nor does their order."""
    alone = pipeline.load().extract(article(NEWS))
    mixed = [
        article(ENGLISH, language="en"),
        article(NEWS),
        article(NEWS, language="ms"),
        article(ENGLISH, language="en"),
    ]
    made = list(extractor.extract_many(mixed))
    assert made[1].claims == alone.claims
    assert made[1].entities == made[2].entities == alone.entities
    assert made[0].claims == made[3].claims != ()


@pytest.mark.parametrize("language", ["fr", "jv", None])
def test_what_nobody_reads_is_passed_on_without_names(extractor: Extractor, language: str | None) -> None:
    """A language without a pipeline, or one that could not be told: the text as it came, nothing invented."""
    made = extractor.extract(article(FRENCH, language=language))
    assert (made.text, made.extractor.name, made.claims, made.entities, made.dates) == (FRENCH, "none", (), (), ())


def test_a_desk_may_have_the_undetermined_read_as_indonesian() -> None:
    """`und` among the languages."""
    made = pipeline.load(("id", "und")).extract(article(NEWS, language=None))
    assert (made.extractor.name, len(made.claims)) == ("kliping-id", 1)


def test_only_what_is_set_is_read() -> None:
    """Without Malay among the languages its articles pass through."""
    assert pipeline.load(("id",)).extract(article(NEWS, language="ms")).extractor.name == "none"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(text="Ana Quispe and " * 3000 + "said it rains.")
@example(text="who " * 3000 + "said it rains.")
@example(text="Ana Quispe, however, " + "however, " * 3000 + "said it rains.")
@example(text="he said, " * 3000)
@example(text="said")
@given(text=st.one_of(st.text(min_size=1, max_size=80), st.lists(PIECES, min_size=1, max_size=40).map("".join)))
def test_any_text_is_taken_and_offsets_round_trip(extractor: Extractor, text: str) -> None:
    """Odd marks and endless repetitions never raise, and everything found stands where it says."""
    made = extractor.extract(article(text, language="en"))
    assert made.text == text
    for entity in made.entities:
        assert all(text[m.start : m.end] == m.text for m in entity.mentions)
    for claim in made.claims:
        assert claim.text == " ".join(span.of(text) for span in claim.spans)


def told(monkeypatch: pytest.MonkeyPatch, **environ: str) -> str:
    """What a person reads who sets this."""
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as refused:
        load_extractor(load(ExtractSettings))
    return str(refused.value)


def test_a_language_that_nobody_can_read_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """The known ones are named."""
    assert "no pipeline reads 'fr'; there are id, ms, en, und" in told(monkeypatch, KLIPING_LANGUAGES="id, fr")


def test_english_needs_a_pipeline(monkeypatch: pytest.MonkeyPatch) -> None:
    """The message says which setting is missing and how to have one."""
    said = told(monkeypatch, KLIPING_LANGUAGES="id,en")
    assert "KLIPING_PIPELINE_EN names no pipeline" in said
    assert "spacy download en_core_web_sm" in said


def test_a_pipeline_that_is_not_there_is_told_at_start(monkeypatch: pytest.MonkeyPatch) -> None:
    """With its name and the hint."""
    said = told(monkeypatch, KLIPING_LANGUAGES="en", KLIPING_PIPELINE_EN="en_core_web_none")
    assert "spaCy finds no pipeline 'en_core_web_none'" in said
    assert "spacy download en_core_web_sm" in said


def test_a_pipeline_without_its_language_is_a_mistake(monkeypatch: pytest.MonkeyPatch, trained: str) -> None:
    """It would never be used."""
    assert "KLIPING_LANGUAGES does not name en" in told(monkeypatch, KLIPING_PIPELINE_EN=trained)


def test_a_pipeline_of_another_language_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A German one reads no English."""
    said = told(monkeypatch, KLIPING_LANGUAGES="en", KLIPING_PIPELINE_EN=save(tmp_path / "de", "de"))
    assert "is for 'de', not for English" in said


def test_a_pipeline_that_finds_no_names_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Claims without names would be worth little."""
    said = told(monkeypatch, KLIPING_LANGUAGES="en", KLIPING_PIPELINE_EN=save(tmp_path / "bare", ruler=False))
    assert "finds no names" in said


def test_a_broken_pipeline_is_told_in_one_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What spaCy says of it, without its line breaks."""
    folder = Path(save(tmp_path / "broken"))
    config = (folder / "config.cfg").read_text().replace('factory = "entity_ruler"', 'factory = "nobody_has_this"')
    (folder / "config.cfg").write_text(config)
    said = told(monkeypatch, KLIPING_LANGUAGES="en", KLIPING_PIPELINE_EN=str(folder))
    assert "cannot be loaded" in said
    assert "\n" not in said
