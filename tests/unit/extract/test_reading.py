"""What stands in for spaCy's tokenizer and recogniser when articles are read gives just what these give."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from kliping_extract.nlp_base import MODEL_FOLDER, load_base
from kliping_extract.remembering import RememberingTokenizer
from kliping_extract.token_vectors import WordVectors, token_vectors

DEMO = sorted((Path(__file__).resolve().parents[3] / "seeds" / "articles").glob("*.txt"))
ATTRIBUTES = ["ORTH", "NORM", "SPACY", "IDX"]
PIECES = st.sampled_from(
    [" ", "  ", "\n", "\t", "\u00a0", "Jan.", "Jum'at", "Rp.", "a.b", '"', "(", "“", "kata", "-", "se-Indonesia", "1/2", "…", "\x00", "x" * 80]
)  # fmt: skip
NAMES = st.sampled_from(
    ["Budi ", "Santoso ", "Korea ", "Utara ", "PT ", "Presiden ", "kata ", "di ", "\n", ", ", "KPK "]
)


@pytest.fixture(scope="module")
def trained() -> Language:
    """The packaged pipeline as it was trained, spaCy's throughout."""
    nlp = spacy.util.load_model_from_config(spacy.util.load_config(MODEL_FOLDER / "config.cfg"), auto_fill=True)
    return nlp.from_disk(MODEL_FOLDER, exclude=["vocab", "tokenizer"])


@pytest.fixture(scope="module")
def reading() -> Language:
    """The pipeline that articles are read with."""
    return load_base()


def same_tokens(left: Doc, right: Doc) -> bool:
    both = (left.to_array(ATTRIBUTES).tolist(), right.to_array(ATTRIBUTES).tolist())
    return left.text == right.text and both[0] == both[1]


def names(doc: Doc) -> list[tuple[int, int, str]]:
    return [(ent.start, ent.end, ent.label_) for ent in doc.ents]


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(text="")
@example(text=" \n a  b \n\nJan. ")
@given(text=st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=14).map("".join)))
def test_tokens_are_the_trained_tokenizers(trained: Language, reading: Language, text: str) -> None:
    """Blanks of all kinds, norms and odd characters come out as the tokenizer by itself cuts them."""
    assert same_tokens(reading.tokenizer(text), trained.tokenizer(text))


def test_what_is_remembered_is_bounded(trained: Language) -> None:
    """A tokenizer that remembers two runs cuts many as one that remembers all."""
    forgetful = RememberingTokenizer(trained.tokenizer, remembered=2)
    text = "Satu (dua) tiga-empat, satu (dua) lima."
    assert same_tokens(forgetful(text), trained.tokenizer(text))


@pytest.mark.parametrize("path", DEMO, ids=lambda path: path.stem)
def test_names_are_the_trained_recognisers(trained: Language, reading: Language, path: Path) -> None:
    """On whole articles the same names are found."""
    text = path.read_text(encoding="utf-8")
    assert names(reading(text)) == names(trained(text))


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(text="Budi")
@example(text="Budi Santoso")
@given(text=st.lists(NAMES, min_size=1, max_size=20).map("".join))
def test_names_at_the_edges_are_the_trained_recognisers(trained: Language, reading: Language, text: str) -> None:
    """Names before the end, beside blanks and in runs are as the transition system would have them."""
    assert names(reading(text)) == names(trained(text))


@pytest.mark.parametrize("remembered", [1, 5, 1000])
def test_vectors_are_the_trained_ones(trained: Language, remembered: int) -> None:
    """However few words are remembered, token vectors agree with the trained layers' to the last bits."""
    layers = trained.get_pipe("ner").model.layers[0]  # type: ignore[attr-defined]
    doc = trained.get_pipe("gazetteer")(trained.tokenizer("Presiden Korea Utara tiba di Busan, kata Presiden."))
    embed = layers.layers[0].get_ref("embed")
    assert WordVectors(embed, remembered).of(doc) == pytest.approx(embed.predict([doc])[0], abs=1e-4)
    assert token_vectors(layers).of(doc) == pytest.approx(layers.predict([doc]), abs=1e-3)


def test_other_layers_are_refused() -> None:
    """A recogniser with another encoder is not read with the wrong arithmetic."""
    nlp = spacy.blank("id")
    mish = {"@architectures": "spacy.MishWindowEncoder.v2", "width": 32, "depth": 1, "window_size": 1}
    embed = {"@architectures": "spacy.MultiHashEmbed.v2", "width": 32, "attrs": ["NORM"], "rows": [50], "include_static_vectors": False}  # fmt: skip
    tok2vec = {"@architectures": "spacy.Tok2Vec.v2", "embed": embed, "encode": mish}
    model = {"@architectures": "spacy.TransitionBasedParser.v2", "state_type": "ner", "extra_state_tokens": False, "hidden_width": 8, "maxout_pieces": 2, "use_upper": True, "nO": None, "tok2vec": tok2vec}  # fmt: skip
    ner = nlp.add_pipe("ner", config={"model": model})
    with pytest.raises(ValueError, match="maxout window encoder"):
        token_vectors(ner.model.layers[0])  # type: ignore[attr-defined]
