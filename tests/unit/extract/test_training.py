"""The training scripts: templates give well-marked sentences, corpora are tagged by our convention, persons are swapped."""

import gzip
import random
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from types import ModuleType

import pytest
import spacy

from kliping_extract.gazetteer_lists import read_odds
from kliping_extract.nlp_base import MODEL_FOLDER

TRAINING = MODEL_FOLDER.parents[1] / "training"


@pytest.fixture(scope="module")
def scripts() -> Iterator[dict[str, ModuleType]]:
    """The scripts' modules by name; they import each other from their own folder."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(TRAINING / "scripts")
        import corpora
        import examples
        import own_sentences
        import silver

        yield {"corpora": corpora, "examples": examples, "own_sentences": own_sentences, "silver": silver}


def templates(scripts: dict[str, ModuleType], folder: Path, text: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """The sentences that a templates file gives, with their entities' words and labels."""
    path = folder / "x_templates.txt"
    path.write_text(text, encoding="utf-8")
    make = scripts["own_sentences"]
    filled = make.filled(make.read_templates(path), random.Random(0))
    return [(text, [(text[start:end], label) for start, end, label in ents]) for text, ents in filled.items()]


def test_labelled_lists_become_entities(scripts: dict[str, ModuleType], tmp_path: Path) -> None:
    """The outermost labelled list counts, and lists may fill lists."""
    text = "[land LOC]\nRusia\n[body ORG]\nKementerian {land}\n[role]\nDuta {land}\n[sentences 1]\n{role} tiba di {body}.\n"
    assert templates(scripts, tmp_path, text) == [
        ("Duta Rusia tiba di Kementerian Rusia.", [("Rusia", "LOC"), ("Kementerian Rusia", "ORG")])
    ]


def test_slot_in_capitals_is_the_list_in_capitals(scripts: dict[str, ModuleType], tmp_path: Path) -> None:
    """Unless there is a list of that name."""
    text = "[town LOC]\nPalu\n[AGENCY ORG]\nANTARA\n[sentences 1]\n{TOWN}, {AGENCY}\n"
    assert templates(scripts, tmp_path, text) == [("PALU, ANTARA", [("PALU", "LOC"), ("ANTARA", "ORG")])]


def test_template_is_filled_as_often_as_stated(scripts: dict[str, ModuleType], tmp_path: Path) -> None:
    """Equal sentences are kept once."""
    many = templates(scripts, tmp_path, "[n]\na, b, c, d, e, f, g, h\n[sentences 9]\nx {n} {n} {n}\ny\n")
    assert len(many) == 10


def test_own_sentences_are_well_marked(scripts: dict[str, ModuleType]) -> None:
    """Thousands of them; no slot is left open, and entities are in order, apart, and without blanks at their edges."""
    sentences = scripts["own_sentences"].own_sentences(random.Random(0))
    assert len(sentences) > 3000
    for text, ents in sentences.items():
        assert "{" not in text
        assert all(text[start:end] == text[start:end].strip() != "" for start, end, _ in ents)
        assert all(end <= start for (_, end, _), (start, _, _) in pairwise(ents))


def test_own_sentences_depend_on_the_seed_alone(scripts: dict[str, ModuleType]) -> None:
    """The same ones for a seed, others for another."""
    own = scripts["own_sentences"].own_sentences
    assert own(random.Random(1)) == own(random.Random(1)) != own(random.Random(2))


def test_every_list_of_the_templates_is_used(scripts: dict[str, ModuleType]) -> None:
    """No list stands there for nothing."""
    make = scripts["own_sentences"]
    for path in make.ASSETS.glob("*_templates.txt"):
        read = make.read_templates(path)
        texts = [*read.sentences, *(filler for slot in read.slots.values() for filler in slot.fillers)]
        used = {name for text in texts for name in make.SLOT.findall(text)}
        used |= {name.lower() for name in used if name not in read.slots}
        assert set(read.slots) - used <= {"person"}


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Bursa Efek Indonesia (BEI)", ["Bursa Efek Indonesia", "BEI"]),
        ("Partai Fajar Rakyat (PaFRa)", ["Partai Fajar Rakyat", "PaFRa"]),
        ("PT Pertamina (Persero)", ["PT Pertamina (Persero)"]),
        ("KPK", ["KPK"]),
    ],
)
def test_short_form_in_brackets_is_a_name_of_its_own(
    scripts: dict[str, ModuleType], name: str, parts: list[str]
) -> None:
    """An explanation in brackets stays."""
    corpora = scripts["corpora"]
    sentence = corpora.split_short_forms(corpora.Sentence(f"di {name}.", ((3, 3 + len(name), "ORG"),), "idner2k"))
    assert [sentence.text[start:end] for start, end, _ in sentence.ents] == parts


@pytest.mark.parametrize(
    ("body", "place", "joined"),
    [
        ("Kejaksaan Negeri", "Medan", True),
        ("DPRD", "Kalteng", True),
        ("Mahkamah Agung", "Rusia", True),
        ("Mahkamah Agung", "Medan", False),
        ("BCA", "Indonesia", False),
    ],
)
def test_body_takes_in_its_region(scripts: dict[str, ModuleType], body: str, place: str, joined: bool) -> None:
    """A public body of a region or a country, not any organisation before a place."""
    corpora = scripts["corpora"]
    text = f"{body} {place}"
    ents = ((0, len(body), "ORG"), (len(body) + 1, len(text), "LOC"))
    merged = corpora.merge_bodies(corpora.Sentence(text, ents, "nergrit"), corpora.country_pattern())
    assert merged.ents == (((0, len(text), "ORG"),) if joined else ents)


def test_persons_are_swapped_and_others_stay(scripts: dict[str, ModuleType]) -> None:
    """Persons of one word stay too: they refer to others in the text."""
    corpora, examples = scripts["corpora"], scripts["examples"]
    text = "Ketua KPK Budi Santoso bertemu Sri Wahyuni di Palu, kata Budi."
    names = (("KPK", "ORG"), ("Budi Santoso", "PER"), ("Sri Wahyuni", "PER"), ("Palu", "LOC"))
    ents = (*((text.index(n), text.index(n) + len(n), label) for n, label in names), (57, 61, "PER"))
    swapped = examples.swap_persons(corpora.Sentence(text, ents, "idner2k"), random.Random(0), lambda rng: "Ni Luh Oka")
    assert swapped.text == "Ketua KPK Ni Luh Oka bertemu Ni Luh Oka di Palu, kata Budi."
    assert [(swapped.text[start:end], label) for start, end, label in swapped.ents] == [
        ("KPK", "ORG"),
        ("Ni Luh Oka", "PER"),
        ("Ni Luh Oka", "PER"),
        ("Palu", "LOC"),
        ("Budi", "PER"),
    ]


def test_invented_persons_are_capitalised_words(scripts: dict[str, ModuleType]) -> None:
    """No slot is left open in a made name."""
    rng, maker = random.Random(0), scripts["own_sentences"].person_maker()
    names = [maker(rng) for _ in range(500)]
    assert all("{" not in name and name == name.strip() and name[0].isupper() for name in names)
    assert len(set(names)) > 450


def test_listed_name_words_speak_for_a_person(scripts: dict[str, ModuleType]) -> None:
    """Words of our own name lists are in the packaged odds."""
    odds = read_odds("name_odds.tsv")
    words = {
        word.lower()
        for name in scripts["own_sentences"].listed_person_names()
        for word in name.split()
        if word.isalpha()
    }
    assert all(word in odds for word in words if len(word) > 1)
    assert odds["hutagalung"] > 1


def test_most_teachers_decide_and_the_rest_is_unknown(scripts: dict[str, ModuleType]) -> None:
    """A minority's entity is unknown where it stands alone, and nothing where the majority has another one."""
    teachers = [
        {(0, 5, "PER"), (10, 20, "ORG")},
        {(0, 5, "PER"), (10, 15, "ORG"), (30, 34, "LOC")},
        {(0, 5, "PER"), (10, 20, "ORG"), (33, 40, "LOC")},
    ]
    assert scripts["silver"].vote(teachers) == ((0, 5, "PER"), (10, 20, "ORG"), (30, 40, "?"))


def test_raw_text_is_taken_once_and_as_print_has_it(scripts: dict[str, ModuleType], tmp_path: Path) -> None:
    """Every line of every packed file under raw/, without the blanks of tokenised spelling."""
    folder = tmp_path / "raw" / "invented"
    folder.mkdir(parents=True)
    (folder / "lines.txt.gz").write_bytes(gzip.compress(b"Rapat ( Senin ) usai .\n\nWarga pulang .\nWarga pulang .\n"))
    assert [s.text for s in scripts["silver"].raw_texts(tmp_path)] == ["Rapat (Senin) usai.", "Warga pulang."]


def test_unknown_stretch_is_missing_in_the_example(scripts: dict[str, ModuleType]) -> None:
    """Training rewards no label there, and still learns the rest."""
    corpora = scripts["corpora"]
    sentence = corpora.Sentence(
        "Rini menemui Palapa di Palu", ((0, 4, "PER"), (13, 19, "?"), (23, 27, "LOC")), "silver"
    )
    doc = scripts["examples"].gold_doc(spacy.blank("id"), sentence)
    assert [token.ent_iob_ for token in doc] == ["B", "O", "", "O", "B"]
    assert [(ent.text, ent.label_) for ent in doc.ents] == [("Rini", "PER"), ("Palu", "LOC")]


def test_marked_names_of_our_own_articles(scripts: dict[str, ModuleType]) -> None:
    """A line with marks is its text with the names' places; other brackets are refused."""
    unmarked = scripts["corpora"].unmarked
    sentence = unmarked("Kepala [ORG BPBD Wangi] [PER Ana Quispe] diam.")
    assert sentence.text == "Kepala BPBD Wangi Ana Quispe diam."
    assert [(sentence.text[start:end], label) for start, end, label in sentence.ents] == [
        ("BPBD Wangi", "ORG"),
        ("Ana Quispe", "PER"),
    ]
    with pytest.raises(ValueError, match="bracket"):
        unmarked("Kata [ORANG Ana].")


def test_our_own_articles_are_well_marked(scripts: dict[str, ModuleType]) -> None:
    """No mark takes in the blank or comma beside a name, and every label occurs often."""
    names = [
        (sentence.text[start:end], label)
        for sentence in scripts["corpora"].own_articles()
        for start, end, label in sentence.ents
    ]
    assert [name for name, _ in names if name != name.strip(" ,;:")] == []
    assert all(sum(label == wanted for _, label in names) > 1000 for wanted in ("PER", "ORG", "LOC"))
