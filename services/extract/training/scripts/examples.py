"""Turns sentences into training examples: cross-fitted gazetteer features, swapped names, joined sentences, changed case."""

import random
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import spacy
from corpora import UNKNOWN, Entity, Sentence
from name_odds import count_names, listed_names
from own_sentences import listed_person_names, own_sentences
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example

from kliping_extract.components.gazetteer import GazetteerTagger, build_trie, read_heads

FOLDS = 8
JOINED_SHARE = 0.3
# NERP was published in lower case; its true-casing is our guess, so more of it is shown as it was.
LOWER_SHARE = {"nerp_truecased": 0.25}
CASE_SHARES = (("lower", 0.5), ("upper", 0.2), ("title", 0.3))
FIRST_LETTER = re.compile(r"\b[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Fold:
    """Sentences with the tagger whose name odds were counted without them."""

    sentences: tuple[Sentence, ...]
    tagger: GazetteerTagger


def make_folds(nlp: Language, sentences: Sequence[Sentence], uncounted: Sequence[Sentence] = ()) -> list[Fold]:
    """Split into folds so that no sentence is tagged with odds counted on itself.

    Without this the features are far more reliable in training than on new text, and the model leans on them too much.
    The odds are not counted on `uncounted` at all, which therefore sees them as new text does.
    """
    parts: defaultdict[int, list[Sentence]] = defaultdict(list)
    for index, sentence in enumerate(sentences):
        parts[index % FOLDS].append(sentence)
    trie, heads = build_trie(nlp.tokenizer), read_heads()
    counts = [count_names(part) for part in parts.values()]
    total = listed_names(listed_person_names())
    for count in counts:
        total.add(count)
    folds = []
    for part, count in zip(parts.values(), counts, strict=True):
        total.add(count, sign=-1)
        folds.append(Fold(tuple(part), GazetteerTagger(nlp.vocab, trie, total.odds(), heads)))
        total.add(count)
    if uncounted:
        folds.append(Fold(tuple(uncounted), GazetteerTagger(nlp.vocab, trie, total.odds(), heads)))
    return folds


def with_case(sentence: Sentence, kind: str) -> Sentence:
    """The sentence in `lower`, `upper` or `title` case; unchanged when that would move offsets."""
    if kind == "title":
        text = FIRST_LETTER.sub(lambda match: match.group().upper(), sentence.text)
    else:
        text = sentence.text.lower() if kind == "lower" else sentence.text.upper()
    return Sentence(text, sentence.ents, sentence.corpus) if len(text) == len(sentence.text) else sentence


def change_case(sentence: Sentence, rng: random.Random, share: float) -> Sentence:
    """The sentence in another case with probability `share` (lower case also with its corpus's share), else as it is."""
    if rng.random() < share:
        return with_case(
            sentence, rng.choices([name for name, _ in CASE_SHARES], [weight for _, weight in CASE_SHARES])[0]
        )
    if rng.random() < LOWER_SHARE.get(sentence.corpus, 0.0):
        return with_case(sentence, "lower")
    return sentence


def swap_persons(sentence: Sentence, rng: random.Random, new_name: Callable[[random.Random], str]) -> Sentence:
    """The sentence with another name for each person of two words or more, so that names are found by where they stand."""
    text, last = "", 0
    ents: list[Entity] = []
    for start, end, label in sentence.ents:
        name = sentence.text[start:end]
        text += sentence.text[last:start]
        kept = label != "PER" or " " not in name or not name[0].isupper()
        ents.append((len(text), 0, label))
        text += name if kept else new_name(rng)
        ents[-1] = (ents[-1][0], len(text), label)
        last = end
    return Sentence(text + sentence.text[last:], tuple(ents), sentence.corpus)


def join(sentences: Sequence[Sentence]) -> Sentence:
    """One text of several sentences."""
    text, ents = "", []
    for sentence in sentences:
        shift = len(text) + 1 if text else 0
        text = f"{text} {sentence.text}" if text else sentence.text
        ents += [(start + shift, end + shift, label) for start, end, label in sentence.ents]
    return Sentence(text, tuple(ents), sentences[0].corpus)


def joined(sentences: Sequence[Sentence], rng: random.Random) -> Iterator[Sentence]:
    """The sentences in random order, some of them joined in pairs or triples, as they stand in an article."""
    rest = rng.sample(sentences, len(sentences))
    while rest:
        size = rng.choice((2, 3)) if rng.random() < JOINED_SHARE else 1
        yield join(rest[:size])
        rest = rest[size:]


def gold_doc(nlp: Language, sentence: Sentence) -> Doc:
    """The annotated document; an entity that cuts a token takes the whole token."""
    doc = nlp.make_doc(sentence.text)
    found = (doc.char_span(s, e, label=label, alignment_mode="expand") for s, e, label in sentence.ents)
    spans = spacy.util.filter_spans(span for span in found if span is not None)
    unknown = [span for span in spans if span.label_ == UNKNOWN]
    doc.set_ents([span for span in spans if span.label_ != UNKNOWN], missing=unknown, default="outside")
    return doc


@dataclass(frozen=True, slots=True)
class Variation:
    """How the sentences of an epoch differ from the corpora: shares of changed case and of swapped persons, how often a
    corpus is taken (default once), and where new names come from."""

    case_share: float
    swap_share: float
    repeats: Mapping[str, int]
    new_name: Callable[[random.Random], str]

    def sentences(self, fold: Fold, rng: random.Random) -> list[Sentence]:
        """The fold's sentences for one epoch."""
        taken = [s for s in fold.sentences for _ in range(self.repeats.get(s.corpus, 1))]
        return [swap_persons(s, rng, self.new_name) if rng.random() < self.swap_share else s for s in taken]


def epoch_examples(nlp: Language, folds: Sequence[Fold], rng: random.Random, variation: Variation) -> list[Example]:
    """One epoch in random order: the folds' sentences and our own, made anew."""
    examples = []
    own = [Sentence(text, tuple(ents), "own") for text, ents in own_sentences(rng).items()]
    for index, fold in enumerate(folds):
        sentences = [*variation.sentences(fold, rng), *own[index :: len(folds)]]
        for sentence in joined(sentences, rng):
            changed = change_case(sentence, rng, variation.case_share)
            examples.append(Example(fold.tagger(nlp.make_doc(changed.text)), gold_doc(nlp, changed)))
    rng.shuffle(examples)
    return examples
