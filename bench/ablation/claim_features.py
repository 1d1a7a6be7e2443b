"""What can be told of a statement that the rules find, or might have found: its words, borders, cue, speaker and place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import fields
from functools import cache

from kliping_extract.domain.attributions import Attribution
from kliping_extract.domain.lexicon import CueClass, Grammar
from kliping_extract.domain.phrases import Phrase, looks_verbal
from kliping_extract.domain.predicates import is_predicate
from kliping_extract.domain.prose import Prose
from kliping_extract.lexicons import load_lexicon

#: A count is told by the first of these that it does not pass.
_STEPS = (0, 1, 2, 3, 5, 8, 12, 20, 35)
#: A statement is in capitals where more than so many in ten of its words are.
_CAPITALS = 5


def size(count: int) -> str:
    """A count, roughly: the most that it may be."""
    return next((f"<= {step}" for step in _STEPS if count <= step), f"> {_STEPS[-1]}")


@cache
def _classes() -> Mapping[str, tuple[str, ...]]:
    """The word classes of the grammar that a word is in."""
    grammar, found = load_lexicon().grammar, defaultdict(list)
    for one in fields(Grammar):
        for word in getattr(grammar, one.name):
            found[word].append(one.name)
    return {word: tuple(names) for word, names in found.items()}


def word_features(prose: Prose, i: int) -> Iterator[str]:
    """Of what kind the word at token `i` is; it need not be there."""
    if not 0 <= i < len(prose.tokens):
        yield "none"
        return
    word, tokens = prose.tokens.lower[i], prose.tokens
    yield from _classes().get(word, ())
    if not word[0].isalnum():
        yield word
    if word[0].isdigit():
        yield "digit"
    if tokens.name_at[i] >= 0:
        yield f"name.{tokens.names[tokens.name_at[i]].type}"
    elif tokens.capital(i):
        yield "capital"
    if looks_verbal(word, prose.lexicon):
        yield "verb"
    if (cue := prose.cue_at[i]) is not None:
        yield f"cue.{cue.kind}"
    if tokens.opens_paragraph(i):
        yield "paragraph"
    if prose.quote_at[i] >= 0:
        yield "quoted"


def statement_features(prose: Prose, item: Attribution) -> frozenset[str]:
    """All features of a statement."""
    return frozenset((*_rule(item), *_cue(prose, item), *_words(prose, item), *_speaker(item), *_place(prose, item)))


def length_features(prose: Prose, item: Attribution) -> frozenset[str]:
    """How many words and verbs a statement has: the fewest features that tell right and wrong ones apart."""
    lower = prose.tokens.lower
    words = [i for start, end in item.spans for i in range(start, end) if lower[i][0].isalnum()]
    return frozenset((f"words {size(len(words))}", f"verbs {size(sum(is_predicate(prose, i) for i in words))}"))


def _rule(item: Attribution) -> Iterator[str]:
    family, _, how = item.rule.partition(".")
    yield from (f"rule={item.rule}", f"family={family}", f"how={how}", f"kind={item.kind}")


def _cue(prose: Prose, item: Attribution) -> Iterator[str]:
    if item.cue is None:
        yield "cue=none"
        return
    start, end = item.cue
    form = " ".join(prose.tokens.lower[start:end])
    yield from (f"cue={form}", f"cue={form[:4]}-", f"after={item.spans[0][0] > start}")
    yield f"far={size(min(abs(item.spans[0][0] - end), abs(start - item.spans[-1][1])))}"
    yield from (f"before cue={name}" for name in word_features(prose, start - 1))
    if item.word is not None:
        yield from (f"class={item.word.kind}", f"stance={item.word.stance}")
        yield from (f"governs={name}" for name in item.word.governs)


def _words(prose: Prose, item: Attribution) -> Iterator[str]:
    tokens, lexicon = prose.tokens, prose.lexicon
    within = [i for start, end in item.spans for i in range(start, end) if tokens.words[i][0].isalnum()]
    first, last = item.spans[0][0], item.spans[-1][1]
    verbs = sum(is_predicate(prose, i) for i in within)
    yield from (f"words={size(len(within))}", f"verbs={size(verbs)}", f"parts={size(len(item.spans))}")
    yield from (f"first={name}" for name in word_features(prose, first))
    yield from (f"last={name}" for name in word_features(prose, last - 1))
    yield from (f"next={name}" for name in word_features(prose, last))
    yield f"names={size(sum(tokens.name_from(i) is not None for i in within))}"
    yield f"numbers={size(sum(tokens.words[i][0].isdigit() for i in within))}"
    yield f"cues={size(sum(_says(prose, i) for i in within))}"
    yield f"commas={size(sum(prose.comma(i) for i in range(first, last)))}"
    flags = {
        "denies": any(tokens.lower[i] in lexicon.grammar.negations for i in within),
        "capitals": 10 * sum(map(tokens.capital, within)) > _CAPITALS * len(within),
        "asks": "?" in tokens.words[first : last + 1],
        "bahwa": first > 0 and tokens.lower[first - 1] in lexicon.grammar.markers,
    }
    yield from (name for name, holds in flags.items() if holds)
    quoted = sum(prose.quote_at[i] >= 0 for i in within)
    yield f"quoted={'all' if quoted == len(within) else 'some' if quoted else 'none'}"


def _says(prose: Prose, i: int) -> bool:
    word = prose.cue_at[i]
    return word is not None and word.kind is not CueClass.PASSIVE


def _speaker(item: Attribution) -> Iterator[str]:
    phrase = item.speaker
    yield from (f"speaker={name}" for name in (_phrase(phrase) if phrase is not None else ("none",)))
    if phrase is not None:
        yield f"speaker words={size(phrase.end - phrase.start)}"
        if item.cue is not None:
            yield f"speaker before={phrase.start < item.cue[0]}"
    if item.via is not None:
        yield "via"


def _phrase(phrase: Phrase) -> Iterator[str]:
    if phrase.pronoun is not None:
        yield "pronoun"
    yield from {name.type.value for name in phrase.names}
    flags = {"role": phrase.role is not None, "definite": phrase.definite, "noun": phrase.noun}
    yield from (name for name, holds in flags.items() if holds)
    if not phrase.speakable:
        yield "unspeakable"


def _place(prose: Prose, item: Attribution) -> Iterator[str]:
    sentence = prose.sentences[item.sentence]
    last = item.spans[-1][1]
    covered = sum(end - start for start, end in item.spans) / max(1, sentence.end - sentence.start)
    yield f"sentence={size(item.sentence)}"
    yield f"share={min(10, int(10 * covered))}"
    if last >= sentence.end - 1:
        yield "to the end"
    if prose.tokens.opens_paragraph(sentence.start):
        yield "opens paragraph"
    if item.sentence == len(prose.sentences) - 1:
        yield "last sentence"
