"""The recogniser's token vectors, worked out for reading alone: words remembered, a layer in few array operations.

The trained layers are taken as they are, so the vectors differ from the training library's in the last bits at most.
An embedding depends on a token's attributes alone, and most tokens of an article are words that others had.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from spacy.tokens import Doc
from thinc.api import Model, chain

#: Words whose embeddings are remembered, some 500 bytes each; forgotten together when there are more.
REMEMBERED = 16_384
_VARIANCE_FLOOR = 1e-8

Floats = npt.NDArray[np.float32]


class WordVectors:
    """Embeddings of tokens by the attributes that the trained embedding reads."""

    def __init__(self, embed: Model[Any, Any], remembered: int = REMEMBERED) -> None:
        extract, *layers = embed.layers
        self._columns = extract.attrs["columns"]
        self._layers: Model[Any, Any] = chain(*layers)
        self._vectors: Floats = np.empty((remembered, embed.get_dim("nO")), dtype=np.float32)
        self._rows: dict[bytes, int] = {}

    def of(self, doc: Doc) -> Floats:
        """One row a token."""
        attributes = np.ascontiguousarray(doc.to_array(self._columns))
        keys = attributes.view(f"V{attributes.itemsize * attributes.shape[1]}").ravel().tolist()
        new = dict.fromkeys(key for key in keys if key not in self._rows)
        if new:
            if len(self._rows) + len(new) > len(self._vectors):
                self._rows, new = {}, dict.fromkeys(keys)
            if len(new) > len(self._vectors):
                return self._embed(attributes)
            self._learn(list(new))
        return self._vectors[[self._rows[key] for key in keys]]

    def _learn(self, keys: list[bytes]) -> None:
        first = len(self._rows)
        attributes = np.frombuffer(b"".join(keys), dtype=np.uint64).reshape(len(keys), -1)
        self._vectors[first : first + len(keys)] = self._embed(attributes)
        self._rows.update(zip(keys, range(first, first + len(keys)), strict=True))

    def _embed(self, attributes: npt.NDArray[np.uint64]) -> Floats:
        vectors: Floats = self._layers.predict([attributes])[0]
        return vectors


@dataclass(frozen=True, slots=True)
class WindowLayer:
    """One layer of spaCy's MaxoutWindowEncoder: window, affine, maxout, layer norm, added to its input.

    `weights` are inputs x (pieces * width), the pieces side by side; `bias` likewise.
    """

    window: int
    pieces: int
    weights: Floats
    bias: Floats
    gain: Floats
    shift: Floats

    def add_to(self, vectors: Floats, room: Room) -> None:
        """Run the layer over rows of one text, in place; `room` was made for them."""
        _fill(room.windows, vectors, self.window)
        size, width = vectors.shape
        affine = np.matmul(room.windows.reshape(size, -1), self.weights, out=room.affine)
        affine += self.bias
        best = affine.reshape(size, self.pieces, width).max(axis=1)
        best -= best.mean(axis=1, keepdims=True)
        variance = np.einsum("ij,ij->i", best, best) / width + _VARIANCE_FLOOR
        best *= (1 / np.sqrt(variance))[:, np.newaxis]
        best *= self.gain
        best += self.shift
        vectors += best


@dataclass(frozen=True, slots=True)
class Room:
    """Large arrays that all layers of an encoder work in, for one text.

    `windows` holds for each row the rows around it, zeros beyond the ends, which stay as they are.
    """

    windows: Floats
    affine: Floats

    @classmethod
    def of(cls, vectors: Floats, layer: WindowLayer) -> Room:
        """Room for a text's rows."""
        size, width = vectors.shape
        windows = np.zeros((size, 2 * layer.window + 1, width), dtype=np.float32)
        return cls(windows, np.empty((size, layer.pieces * width), dtype=np.float32))


def _fill(windows: Floats, vectors: Floats, window: int) -> None:
    size = len(vectors)
    for place, shift in enumerate(range(-window, window + 1)):
        windows[max(0, -shift) : size - max(0, shift), place] = vectors[max(0, shift) : size + min(0, shift)]


@dataclass(frozen=True, slots=True)
class TokenVectors:
    """What the recogniser's transitions read of a text, one row a token."""

    words: WordVectors
    layers: Sequence[WindowLayer]
    padding: int
    weights: Floats
    bias: Floats

    def of(self, doc: Doc) -> Floats:
        """The rows of a doc that has tokens."""
        vectors = np.pad(self.words.of(doc), ((self.padding, self.padding), (0, 0)))
        room = Room.of(vectors, self.layers[0])
        for layer in self.layers:
            layer.add_to(vectors, room)
        rows: Floats = vectors[self.padding : self.padding + len(doc)] @ self.weights + self.bias
        return rows


def _weights(node: Model[Any, Any], name: str) -> Floats:
    array: Any = node.get_param(name)
    return np.asarray(array)


def _window_layers(encode: Model[Any, Any]) -> list[WindowLayer]:
    nodes = list(encode.walk())
    windows = [node.attrs["window_size"] for node in nodes if node.name == "expand_window"]
    maxouts = [node for node in nodes if node.name == "maxout"]
    norms = [node for node in nodes if node.name == "layernorm"]
    return [_window_layer(*parts) for parts in zip(windows, maxouts, norms, strict=True)]


def _window_layer(window: int, maxout: Model[Any, Any], norm: Model[Any, Any]) -> WindowLayer:
    trained = _weights(maxout, "W")  # width x pieces x inputs
    width, pieces, inputs = trained.shape
    weights = np.ascontiguousarray(trained.transpose(2, 1, 0).reshape(inputs, pieces * width))
    bias = np.ascontiguousarray(_weights(maxout, "b").T.reshape(-1))
    return WindowLayer(window, pieces, weights, bias, _weights(norm, "G"), _weights(norm, "b"))


def token_vectors(trained: Model[Any, Any]) -> TokenVectors:
    """What `trained`, the first layers of a spaCy transition model, gives for docs; with its weights, but not to be trained.

    Raises ValueError where these are not a MultiHashEmbed, a MaxoutWindowEncoder and a linear layer.
    """
    tok2vec, _, linear = trained.layers
    embed, encode = tok2vec.get_ref("embed"), tok2vec.get_ref("encode")
    kinds = {node.name for node in encode.walk() if not node.layers}
    if embed.layers[0].name != "extract_features" or kinds != {"expand_window", "maxout", "layernorm", "dropout"}:
        raise ValueError(f"the recogniser must have hash embeddings and a maxout window encoder, not {sorted(kinds)}")
    return TokenVectors(
        WordVectors(embed),
        _window_layers(encode),
        encode.attrs["pad"],
        np.ascontiguousarray(_weights(linear, "W").T),
        _weights(linear, "b"),
    )
