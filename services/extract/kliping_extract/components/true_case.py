"""Finds entities in text without case: typed in small letters throughout, or a line in capitals, as titles are.

The recogniser reads capitals. Where they tell nothing, a copy of the words is written as news would write them
(`lexicon/gazetteer/word_case.txt`; a word that is not there, nor derived from a known one, is a name, more likely than
not), read by the same recogniser, and what it finds is marked in the text as it stands.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache

from spacy.language import Language
from spacy.tokens import Doc, Span

from kliping_extract.gazetteer_lists import read_forms
from kliping_shared.analysis.stemming import root_of, stems

TRUE_CASE_NAME = "kliping_true_case_v1"
#: A line of fewer words in capitals may be a name or an acronym that stands alone.
WORDS = 3
_LINE = re.compile(r"[^\n]+")
_WORD = re.compile(r"[^\W\d_]{2,}")
#: What ends a sentence; the word behind it has a capital whatever it is.
_ENDS = frozenset(".!?")

Forms = Mapping[str, str]


def caseless(doc: Doc) -> Iterator[Span]:
    """The stretches without case: the whole doc, or lines in capitals, each of ``WORDS`` words or more."""
    text = doc.text
    lines = (line.span() for line in _LINE.finditer(text) if line.group().isupper())
    for start, end in [(0, len(text))] if text.islower() else lines:
        span = doc.char_span(start, end, alignment_mode="contract")
        if span is not None and len(_WORD.findall(text, start, end)) >= WORDS:
            yield span


def as_printed(stretch: Span, forms: Forms) -> Doc:
    """The words of a stretch as news writes them; as many tokens, each as long as it was."""
    words, first = [], True
    for token in stretch:
        words.append(_written(token.text, forms, first) if token.is_alpha else token.text)
        first = token.text in _ENDS if not token.is_space else first
    return Doc(stretch.doc.vocab, words=words, spaces=[bool(token.whitespace_) for token in stretch])


def _written(word: str, forms: Forms, first: bool) -> str:
    lower = word.lower()
    known = forms.get(lower) or (lower if _is_derived(lower) else None)
    written = word.capitalize() if known is None or (first and known.islower()) else known
    return written if len(written) == len(word) else word


def _is_derived(word: str) -> bool:
    root = root_of(word)
    return root != word and root in _roots()


@cache
def _roots() -> frozenset[str]:
    return frozenset(stems().values())


class TrueCase:
    """The component: entities of caseless stretches are those of their true-cased copies."""

    def __init__(self, nlp: Language, forms: Forms) -> None:
        self._nlp = nlp
        self._forms = forms

    def __call__(self, doc: Doc) -> Doc:
        """Set ``doc.ents`` anew in caseless stretches."""
        stretches = list(caseless(doc))
        copies = [as_printed(stretch, self._forms) for stretch in stretches]
        for name in ("gazetteer", "ner"):
            component = self._nlp.get_pipe(name)
            copies = list(component.pipe(copies) if hasattr(component, "pipe") else map(component, copies))
        inside = {place for stretch in stretches for place in range(stretch.start, stretch.end)}
        found = [
            Span(doc, stretch.start + ent.start, stretch.start + ent.end, ent.label_)
            for stretch, copy in zip(stretches, copies, strict=True)
            for ent in copy.ents
        ]
        if stretches:
            doc.ents = [*(ent for ent in doc.ents if inside.isdisjoint(range(ent.start, ent.end))), *found]
        return doc


@Language.factory(TRUE_CASE_NAME, requires=["doc.ents"], assigns=["doc.ents"])
def create_true_case(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """Factory `kliping_true_case_v1`."""
    del name
    return TrueCase(nlp, read_forms("word_case.txt"))
