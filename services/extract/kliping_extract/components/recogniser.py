"""Reads names with the trained recogniser, many times faster than the training library does, to the same end.

spaCy's transition system scores one state after another. Without names set beforehand a state outside of a name
depends on its token alone, and one inside on its token and the name's first, so whole columns are scored at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from spacy.attrs import IS_SPACE  # type: ignore[import-not-found]  # compiled, without stubs
from spacy.language import Language
from spacy.tokens import Doc, Span

from kliping_extract.token_vectors import Floats, TokenVectors, token_vectors

RECOGNISER_NAME = "kliping_recogniser_v1"

_OUT, _UNIT, _BEGIN, _IN, _LAST = "O", "U", "B", "I", "L"
Places = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Moves:
    """What the columns of the scores stand for.

    `first` are the columns of the moves with no name open, to leave the token out before all others, `kinds` and
    `label_of` what each of these is; `inside` and `last` the columns that go on with a name and close it, by label.
    """

    first: Places
    kinds: list[str]
    label_of: Places
    labels: list[str]
    inside: Places
    last: Places

    @classmethod
    def of(cls, names: list[str]) -> Moves:
        """From the recogniser's class names, in their order: `O`, `B-PER`, ..."""
        parts = [name.partition("-")[::2] for name in names]
        labels = sorted({label for _, label in parts if label})
        column = {part: i for i, part in enumerate(parts)}
        begin = [i for i, (kind, label) in enumerate(parts) if kind in (_UNIT, _BEGIN) and label]
        first = [column[_OUT, ""], *begin]
        return cls(
            first=np.array(first),
            kinds=[parts[i][0] for i in first],
            label_of=np.array([-1, *(labels.index(parts[i][1]) for i in begin)]),
            labels=labels,
            inside=np.array([column[_IN, label] for label in labels]),
            last=np.array([column[_LAST, label] for label in labels]),
        )


@dataclass(frozen=True, slots=True)
class Scores:
    """The last two layers: features of the next token, a name's first and the one before, then a score for each class."""

    features: Floats
    bias: Floats
    padding: Floats
    weights: Floats
    shift: Floats

    @classmethod
    def of(cls, lower: Any, upper: Any) -> Scores:
        """From the layers of spaCy's transition model."""
        features, outputs, pieces, inputs = lower.get_param("W").shape
        return cls(
            features=lower.get_param("W").transpose(3, 0, 2, 1).reshape(inputs, features * pieces * outputs).copy(),
            bias=lower.get_param("b").T.copy(),
            padding=lower.get_param("pad")[0].transpose(0, 2, 1).copy(),
            weights=upper.get_param("W").T.copy(),
            shift=upper.get_param("b"),
        )

    def states(self, vectors: Floats) -> Floats:
        """Each token's part in a state: token x feature x piece x hidden."""
        return (vectors @ self.features).reshape(len(vectors), *self.padding.shape)

    def outside(self, states: Floats) -> Floats:
        """Scores of all tokens, each with no name open."""
        return self._classes(states[:, 0] + (self.bias + self.padding[1] + self.padding[2]))

    def inside(self, states: Floats, at: Places, starts: Places) -> Floats:
        """Scores of the tokens `at`, each in a name that began at the token of `starts`."""
        return self._classes(states[at, 0] + states[starts, 1] + states[at - 1, 2] + self.bias)

    def _classes(self, hidden: Floats) -> Floats:
        scores: Floats = hidden.max(axis=1) @ self.weights + self.shift
        return scores


class Recogniser:
    """spaCy component: sets `doc.ents`. The doc must have no entities and no sentence starts."""

    def __init__(self, vectors: TokenVectors, scores: Scores, moves: Moves) -> None:
        self._vectors = vectors
        self._scores = scores
        self._moves = moves

    def __call__(self, doc: Doc) -> Doc:
        """Find the names."""
        if len(doc):
            doc.ents = [Span(doc, start, end, label=label) for start, end, label in self._names(doc)]
        return doc

    def _names(self, doc: Doc) -> list[tuple[int, int, str]]:
        states = self._scores.states(self._vectors.of(doc))
        chosen = self._first_moves(states, doc.to_array([IS_SPACE]).astype(bool))
        starts = np.flatnonzero(chosen)
        begun = np.array([self._moves.kinds[move] == _BEGIN for move in chosen[starts]], dtype=bool)
        labels = self._moves.label_of[chosen[starts]]
        ends = starts + 1
        ends[begun] = self._ends(states, starts[begun], labels[begun])
        names, after = [], 0
        for start, end, label in zip(starts.tolist(), ends.tolist(), labels.tolist(), strict=True):
            if start >= after:
                names.append((start, end, self._moves.labels[label]))
                after = end
        return names

    def _first_moves(self, states: Floats, blank: npt.NDArray[np.bool_]) -> Places:
        """For each token the best move with no name open, by its place in `moves.kinds`; 0 is to leave it out."""
        scores = self._scores.outside(states)[:, self._moves.first]
        scores[blank, 1:] = -np.inf
        scores[-1, [kind == _BEGIN for kind in self._moves.kinds]] = -np.inf
        best: Places = scores.argmax(axis=1)
        return best

    def _ends(self, states: Floats, starts: Places, labels: Places) -> Places:
        """Where the names that begin at `starts` end, each by itself; all go on by one token at a time."""
        ends = starts + 1
        going = np.arange(len(starts))
        while len(going):
            at = ends[going]
            scores = self._scores.inside(states, at, starts[going])
            rows, kinds = np.arange(len(going)), labels[going]
            closed = scores[rows, self._moves.last[kinds]] > scores[rows, self._moves.inside[kinds]]
            ends[going] += 1
            going = going[~closed & (at + 1 < len(states))]
        return ends


@Language.factory(RECOGNISER_NAME, assigns=["doc.ents"])
def create_recogniser(nlp: Language, name: str) -> Recogniser:
    """Factory `kliping_recogniser_v1`: reads with the weights of the pipeline's `ner`."""
    del name
    ner: Any = nlp.get_pipe("ner")
    tok2vec, lower, upper = ner.model.layers
    names = [ner.moves.get_class_name(move) for move in range(ner.moves.n_moves)]
    return Recogniser(token_vectors(tok2vec), Scores.of(lower, upper), Moves.of(names))
