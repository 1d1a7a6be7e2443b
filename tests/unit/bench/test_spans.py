"""Spans and the ratios made of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.kliping_score.align import Aligner
from bench.kliping_score.names import plain_cue, plain_name
from bench.kliping_score.spans import hull, match_best_first, rates, set_iou, span_iou, trim, word_spans, words_in

spans = st.tuples(st.integers(0, 50), st.integers(1, 20)).map(lambda pair: (pair[0], pair[0] + pair[1]))
indices = st.frozensets(st.integers(0, 30))


@given(spans, spans)
def test_span_iou_is_symmetric(a: tuple[int, int], b: tuple[int, int]) -> None:
    """Character IoU does not depend on the order, and is 1 for equal spans only."""
    assert span_iou(a, b) == span_iou(b, a)
    assert 0 <= span_iou(a, b) <= 1
    assert (span_iou(a, b) == 1) == (a == b)


@given(indices, indices)
def test_word_iou_is_symmetric(a: frozenset[int], b: frozenset[int]) -> None:
    """Word IoU does not depend on the order."""
    assert set_iou(a, b) == set_iou(b, a)
    assert 0 <= set_iou(a, b) <= 1


@given(st.integers(0, 40), st.integers(0, 40), st.integers(0, 40))
def test_f1_lies_between_precision_and_recall(hits: int, more_predicted: int, more_gold: int) -> None:
    """F1 is in [0, 1] and between precision and recall."""
    found = rates(hits, hits + more_predicted, hits + more_gold)
    low, high = sorted((found.precision, found.recall))
    assert 0 <= found.f1 <= 1
    assert low - 1e-9 <= found.f1 <= high + 1e-9


@given(st.lists(st.tuples(st.floats(0, 1), st.integers(0, 5), st.integers(0, 5))))
def test_matching_is_one_to_one(scores: list[tuple[float, int, int]]) -> None:
    """No gold item and no prediction is used twice."""
    pairs = match_best_first(scores)
    assert len({gold for gold, _ in pairs}) == len({guess for _, guess in pairs}) == len(pairs)


def test_matching_takes_the_best() -> None:
    """The highest score goes first, the rest share what is left."""
    assert match_best_first([(0.6, 0, 0), (0.9, 1, 0), (0.5, 0, 1)]) == [(1, 0), (0, 1)]


@given(st.text(max_size=40), spans)
def test_trim_stays_inside(text: str, span: tuple[int, int]) -> None:
    """Trimming never widens a span and leaves no quote mark at its ends."""
    if span[1] > len(text):
        return
    start, end = trim(text, span)
    assert span[0] <= start <= end <= span[1]
    assert text[start:end] == text[start:end].strip(' "“”.,')


def test_words_of_a_split_quote() -> None:
    """The words of the parts, without those of the cue between."""
    words = word_spans("satu, kata dia, dua")
    assert words_in(words, ((0, 4), (16, 19))) == {0, 3}
    assert words_in(words, hull(((0, 4), (16, 19)))) == {0, 1, 2, 3}


@pytest.mark.parametrize(("a", "b"), [("Kim Jong-un", "KIM JONG UN"), ("Dr. Ani", "dr ani"), (None, "")])
def test_names_that_are_the_same(a: str | None, b: str) -> None:
    """Case, hyphens and full stops make no difference."""
    assert plain_name(a) == plain_name(b)


def test_cue_without_clitic() -> None:
    """'ujarnya' and 'ujar' are one cue."""
    assert plain_cue("Ujarnya") == plain_cue("ujar")


@given(st.lists(st.text("abc", min_size=1, max_size=4), min_size=1, max_size=6), st.data())
def test_moved_offsets_keep_their_words(words: list[str], data: st.DataObject) -> None:
    """A word of the source is the same word in a target that differs in blanks only."""
    source, target = "Judul\n\n" + "  ".join(words), "\n".join(words)
    aligner = Aligner.between(source, target)
    assert aligner is not None
    index = data.draw(st.integers(0, len(words) - 1))
    start = len("Judul\n\n") + sum(len(word) + 2 for word in words[:index])
    if "Judul".endswith(words[0]):
        return
    moved = aligner.move((start, start + len(words[index])))
    assert moved is not None
    assert target[slice(*moved)] == words[index]


def test_what_lies_outside_is_not_moved() -> None:
    """A title that gold's text lacks has no place in it."""
    aligner = Aligner.between("Judul Isi berita", "Isi  berita")
    assert aligner is not None
    assert aligner.move((0, 5)) is None
    assert aligner.move_all(((0, 5), (10, 16))) == ((5, 11),)


def test_another_text_has_no_alignment() -> None:
    """Texts with other words cannot be compared."""
    assert Aligner.between("satu dua", "satu tiga") is None
