"""The packaged recogniser: it loads, finds names in plain sentences, and its records agree."""

import hashlib
import json
from typing import Any

import pytest
from spacy.language import Language

from kliping_extract.nlp_base import MODEL_FOLDER, load_base

TRAINING = MODEL_FOLDER.parents[1] / "training"


@pytest.fixture(scope="module")
def nlp() -> Language:
    """The packaged pipeline."""
    return load_base()


@pytest.fixture(scope="module")
def metrics() -> dict[str, Any]:
    """The recorded scores."""
    recorded: dict[str, Any] = json.loads((TRAINING / "metrics.json").read_text(encoding="utf-8"))
    return recorded


def entities(nlp: Language, text: str) -> set[tuple[str, str]]:
    return {(ent.text, ent.label_) for ent in nlp(text).ents}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Gubernur Jawa Timur Khofifah Indar Parawansa meninjau Pasar Turi di Surabaya.",
            ("Khofifah Indar Parawansa", "PER"),
        ),
        ("Banjir melanda Sidoarjo dan Pasuruan, Jawa Timur, sejak Minggu.", ("Jawa Timur", "LOC")),
        ("Menteri Keuangan Rudi Santoso menolak usul itu, kata juru bicara KPK.", ("Rudi Santoso", "PER")),
        ("Menteri Keuangan Rudi Santoso menolak usul itu, kata juru bicara KPK.", ("KPK", "ORG")),
        ("Presiden Korea Selatan Han Sung-min tiba di Busan, Selasa.", ("Han Sung-min", "PER")),
        ("Presiden Korea Selatan Han Sung-min tiba di Busan, Selasa.", ("Korea Selatan", "LOC")),
        ("Kementerian Luar Negeri Rusia memanggil duta besar.", ("Kementerian Luar Negeri Rusia", "ORG")),
        ("Dewan Keamanan PBB bersidang di New York.", ("Dewan Keamanan PBB", "ORG")),
        ("Kapal itu berlabuh di Semenanjung Krimea pada Senin.", ("Semenanjung Krimea", "LOC")),
        ("Warga menolak kenaikan harga, menurut Reuters.", ("Reuters", "ORG")),
    ],
)
def test_name_is_found(nlp: Language, text: str, expected: tuple[str, str]) -> None:
    """A plain sentence yields the name with its type and whole extent."""
    assert expected in entities(nlp, text)


@pytest.mark.parametrize("text", ["", " ", "\n\n", "Harga cabai naik lagi pekan ini.", "…", "12.000 rupiah"])
def test_text_without_names_has_no_entities(nlp: Language, text: str) -> None:
    """Empty and nameless texts give no entity and no error."""
    assert entities(nlp, text) == set()


def test_pipeline_is_small_and_named(nlp: Language) -> None:
    """Others add their components behind these."""
    assert nlp.pipe_names == ["gazetteer", "ner", "true_case", "case_guard"]


def test_offsets_point_into_the_text(nlp: Language) -> None:
    """An entity's characters are the text's own, line ends and odd blanks included."""
    text = "SEOUL (ANTARA) -\n\nPresiden\u00a0Rusia  Vladimir Putin\ttiba di Vladivostok."
    doc = nlp(text)
    assert doc.text == text
    assert all(text[ent.start_char : ent.end_char] == ent.text for ent in doc.ents)


def test_recorded_hash_is_of_the_packaged_weights(metrics: dict[str, Any]) -> None:
    """metrics.json belongs to the weights that ship."""
    assert hashlib.sha256((MODEL_FOLDER / "ner" / "model").read_bytes()).hexdigest() == metrics["weights_sha256"]


def test_model_card_shows_the_recorded_scores(metrics: dict[str, Any]) -> None:
    """Every set's precision, recall and F1 in metrics.json stand in the model card's table."""
    card = (MODEL_FOLDER / "MODEL_CARD.md").read_text(encoding="utf-8")
    for name, values in metrics["scores"].items():
        total = values["all"]
        assert f"| {name} | {total['p']} | {total['r']} | {total['f']} |" in card


def test_packaged_files_stay_small() -> None:
    """The weights fit the 12 MB that the package may carry."""
    assert sum(path.stat().st_size for path in MODEL_FOLDER.rglob("*") if path.is_file()) < 12_000_000
