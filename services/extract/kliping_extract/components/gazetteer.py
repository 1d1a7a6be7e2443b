"""Gazetteer features: writes what the word lists know about each token into `token.tag_`, where `ner` reads it.

A code has up to three parts, e.g. `eBP2R`:
 - how likely the word is part of a person's name (`a` unlikely … `e` likely, `u` unknown word, `x` not
   capitalised, `y` not capitalised but nearly always a name elsewhere),
 - the longest list entry that covers it (`B`egin or `I`nside, lists `L`ocation, `O`rganisation, `P`erson, `2` when
   the entry has several tokens; `-` for none),
 - what kind of phrase it opens (`R`ole, `V`erb of saying, `O`rganisation head, `L`ocation head).
"""

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from spacy.attrs import LOWER, ORTH, TAG  # type: ignore[import-not-found]  # compiled, without stubs
from spacy.language import Language
from spacy.tokenizer import Tokenizer  # type: ignore[import-not-found]  # compiled, without stubs
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kliping_extract.gazetteer_lists import read_names, read_odds

GAZETTEER_NAME = "kliping_gazetteer_v1"

LIST_FILES: Mapping[str, tuple[str, ...]] = {
    "L": ("places_cldr.txt", "places_indonesia.txt", "places_world.txt"),
    "O": ("organisations.txt",),
    "P": ("persons.txt",),
}
HEAD_FILES: Mapping[str, str] = {
    "R": "role_heads.txt",
    "V": "cue_words.txt",
    "O": "org_heads.txt",
    "L": "place_heads.txt",
}
ODDS_FILE = "name_odds.tsv"

# Upper bounds of the log-odds buckets, from a trial of five even shares of the capitalised tokens of news text.
BUCKETS = (("a", -1.5), ("b", -0.3), ("c", 0.5), ("d", 1.15), ("e", math.inf))
SURELY_NAME = 1.5


@dataclass(slots=True)
class TrieNode:
    """One step of the list entries: the next steps by lower-cased token hash, and the lists that end here."""

    children: dict[int, "TrieNode"] = field(default_factory=dict)
    lists: str = ""

    def insert(self, tokens: Iterable[int], list_code: str) -> None:
        """Add one entry of the list `list_code`, a single letter."""
        node = self
        for token in tokens:
            node = node.children.setdefault(token, TrieNode())
        if list_code not in node.lists:
            node.lists = "".join(sorted(node.lists + list_code))

    def longest(self, tokens: list[int], start: int) -> tuple[int, str]:
        """End and lists of the longest entry that starts at `start`; `(start, "")` when there is none."""
        node, end, lists = self, start, ""
        for position in range(start, len(tokens)):
            following = node.children.get(tokens[position])
            if following is None:
                break
            node = following
            if node.lists:
                end, lists = position + 1, node.lists
        return end, lists


def name_bucket(text: str, odds: Mapping[str, float]) -> str:
    """The first part of a code for one token; `odds` by lower-cased word (natural log)."""
    lower = text.lower()
    if not text[:1].isupper():
        return "y" if odds.get(lower, 0.0) >= SURELY_NAME else "x"
    if len(text) == 1 or (len(text) == 2 and text[1] == "."):
        return "i"
    score = odds.get(lower)
    if score is None:
        return "U" if text.isupper() else "u"
    return next(letter for letter, bound in BUCKETS if score < bound)


class GazetteerTagger:
    """spaCy component. Holds no state about documents: the caches map words to codes."""

    def __init__(self, vocab: Vocab, trie: TrieNode, odds: Mapping[str, float], heads: Mapping[str, str]) -> None:
        self.vocab = vocab
        self._trie = trie
        self._odds = odds
        self._heads = heads
        self._outside: dict[int, int] = {}
        self._codes: dict[str, int] = {}

    def __call__(self, doc: Doc) -> Doc:
        """Set `token.tag_` of every token."""
        if len(doc):
            array = doc.to_array([ORTH, LOWER])
            codes: Any = np.array(self._tags(array[:, 0].tolist(), array[:, 1].tolist()), dtype=np.uint64)
            doc.from_array([TAG], codes.reshape(-1, 1))
        return doc

    def _tags(self, orths: list[int], lowers: list[int]) -> list[int]:
        known = self._outside.get
        codes = [known(orth) or self._outside_code(orth) for orth in orths]
        for place, entry in self._entries(lowers):
            codes[place] = self._code(orths[place], entry)
        return codes

    def _entries(self, lowers: list[int]) -> Iterator[tuple[int, str]]:
        """The tokens that list entries cover, with what to write of the entry."""
        after, starts = 0, self._trie.children
        for first in [i for i, lower in enumerate(lowers) if lower in starts]:
            if first >= after:
                end, lists = self._trie.longest(lowers, first)
                yield from zip(range(first, end), _entry_codes(lists, end - first), strict=True)
                after = end

    def _outside_code(self, orth: int) -> int:
        """The code of a word that no list entry covers."""
        code = self._outside[orth] = self._code(orth, "-")
        return code

    def _code(self, orth: int, entry: str) -> int:
        text = self.vocab.strings[orth]
        tag = f"{name_bucket(text, self._odds)}{entry}{self._heads.get(text.lower(), '')}"
        if tag not in self._codes:
            self._codes[tag] = self.vocab.strings.add(tag)
        return self._codes[tag]


def _entry_codes(lists: str, size: int) -> list[str]:
    """What to write of an entry over its `size` tokens."""
    if size <= 1:
        return [f"B{lists}"] * size
    return [f"B{lists}2", *[f"I{lists}2"] * (size - 1)]


def build_trie(tokenizer: Tokenizer) -> TrieNode:
    """The packaged place, organisation and person lists, cut into tokens by `tokenizer`."""
    root = TrieNode()
    for list_code, file_names in LIST_FILES.items():
        for file_name in file_names:
            for name in read_names(file_name):
                root.insert((token.lower for token in tokenizer(name)), list_code)
    return root


def read_heads() -> dict[str, str]:
    """Lower-cased head word to its letters, e.g. `{"ketua": "R", "kantor": "O"}`."""
    heads: dict[str, str] = {}
    for code, file_name in HEAD_FILES.items():
        for word in set(read_names(file_name)):
            heads[word] = heads.get(word, "") + code
    return heads


@Language.factory(GAZETTEER_NAME, assigns=["token.tag"])
def create_gazetteer(nlp: Language, name: str) -> GazetteerTagger:
    """Factory `kliping_gazetteer_v1`; reads the packaged lists."""
    if not isinstance(nlp.tokenizer, Tokenizer):
        raise TypeError(f"{name} needs a spaCy Tokenizer, got {type(nlp.tokenizer).__name__}")
    return GazetteerTagger(nlp.vocab, build_trie(nlp.tokenizer), read_odds(ODDS_FILE), read_heads())
