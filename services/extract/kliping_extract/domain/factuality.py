"""Polarity and modality of a statement: whether its speaker denies the main clause, and how far he holds it to be so.

Both are read off the words of the first sentence, up to where its main clause ends. Scope runs from left to right, so
the first negator and the first modal word there are the outermost ones. Pure.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kliping_extract.domain.lexicon import CueClass, CueWord, Grammar, Lexicon, ModalWord
from kliping_extract.domain.phrases import looks_verbal
from kliping_shared.contracts.enriched import Modality, Stance

_ENDS = frozenset(".?!…")
#: How far the speaker of such a cue holds what he says to be so, where the word itself is not in the list.
_OF_STANCE = {
    Stance.DOUBT: Modality.POSSIBLE,
    Stance.ASK: Modality.DESIRED,
    Stance.EXPECT: Modality.DESIRED,
    Stance.PROMISE: Modality.FUTURE,
}


@dataclass(frozen=True, slots=True)
class Factuality:
    """Where a statement stands between so, perhaps so and not so, for its speaker."""

    negated: bool = False
    modality: Modality = Modality.ASSERTED


def factuality(
    words: Sequence[str], lexicon: Lexicon, cue: CueWord | None = None, *, direct: bool = False
) -> Factuality:
    """Of a statement in lower-case `words` with its closing mark, attributed by `cue`; `direct`: all of it quoted."""
    sentence = _telling(words, lexicon)
    found = [word for _, word in _modal_words(_main_clause(sentence, lexicon), lexicon)]
    negative = any(word.negative for word in found)
    return Factuality(negative != denies(cue, direct=direct), _modality(sentence, found, lexicon, cue))


def denies(cue: CueWord | None, *, direct: bool) -> bool:
    """Whether the cue turns the words round: `membantah gudang itu kosong`, but not `"Tidak," bantahnya`."""
    if cue is None or direct or cue.stance is not Stance.DENY:
        return False
    return cue.kind not in (CueClass.BARE, CueClass.NYA)


def _modality(sentence: Sequence[str], found: Sequence[ModalWord], lexicon: Lexicon, cue: CueWord | None) -> Modality:
    if _asks(sentence, lexicon, cue):
        return Modality.QUESTION
    if _supposes(sentence, lexicon):
        return Modality.CONDITIONAL
    if sentence[:1] and sentence[0] in lexicon.grammar.purposes:
        return Modality.DESIRED  # mewanti-wanti agar ...
    own = next((word.modality for _, word in _modal_words([cue.form], lexicon)), None) if cue is not None else None
    told = own or (_OF_STANCE.get(cue.stance) if cue is not None else None)
    return told or next((word.modality for word in found if word.modality is not None), Modality.ASSERTED)


def _supposes(sentence: Sequence[str], lexicon: Lexicon) -> bool:
    """Whether a condition is named, other than how one looks at it (`jika dibandingkan tahun lalu`)."""
    conditionals, views = lexicon.grammar.conditionals, lexicon.grammar.views
    return not conditionals.isdisjoint(sentence) and any(
        word in conditionals and next_word not in views for word, next_word in pairwise([*sentence, ""])
    )


def _asks(sentence: Sequence[str], lexicon: Lexicon, cue: CueWord | None) -> bool:
    if sentence[-1:] and sentence[-1].startswith("?"):
        return True
    if not sentence or sentence[0] not in lexicon.grammar.questions:
        return False
    # `Apa yang terjadi sudah jelas` and `Siapa pun yang menang ...` ask nothing.
    free = sentence[1:2] and sentence[1] in {"yang", "pun"}
    return not free or (cue is not None and cue.stance is Stance.ASK)


def _telling(words: Sequence[str], lexicon: Lexicon) -> Sequence[str]:
    """The first sentence with its mark; past one of a word or two (`Begini. ...`) that neither denies nor hedges."""
    start = 0
    for end in (i + 1 for i, word in enumerate(words) if word[0] in _ENDS):
        sentence = words[start:end]
        if len(sentence) > 3 or any(_modal_words(sentence, lexicon)):
            return sentence
        start = end
    return words[start:] or words


def _main_clause(sentence: Sequence[str], lexicon: Lexicon) -> list[str]:
    """The words up to where the main clause ends, without clauses before it and relative clauses within its subject."""
    grammar = lexicon.grammar
    apart, onward = lexicon.clause_breaks, lexicon.clause_ends
    start = _past_first_clause(sentence, lexicon)
    kept: list[str] = []
    said = relative = modal = False
    for i in range(start, len(sentence)):
        word = sentence[i]
        if (
            (i > start and word in apart)
            or (said and word in onward)
            or (kept and _turns(sentence, i, grammar, modal=modal))
        ):
            break
        if word == "yang":
            relative = True
        elif not relative:
            modal = modal or (bool(kept) and word in lexicon.modals)
            kept.append(word)
            said = said or _is_predicate(sentence, i, lexicon)
        elif word in grammar.demonstratives or _is_predicate(sentence, i, lexicon):
            relative = False
    return kept


def _turns(sentence: Sequence[str], i: int, grammar: Grammar, *, modal: bool) -> bool:
    """Whether a comma leads on: to a contrast (`musiman, bukan tetap`), or behind a clause that has its modal word."""
    if sentence[i] != ",":
        return False
    return modal or (i + 1 < len(sentence) and sentence[i + 1] in grammar.noun_negations)


def _past_first_clause(sentence: Sequence[str], lexicon: Lexicon) -> int:
    """Where the main clause begins: behind words that tie it to the talk before it (`Jadi, ...`), and behind the comma that
    closes a clause or an adjunct at the head."""
    grammar, start = lexicon.grammar, 0
    while start < len(sentence) - 1 and (
        sentence[start] in grammar.talk_openers or (start > 0 and sentence[start] == ",")
    ):
        start += 1
    rest = sentence[start:]
    if rest and (rest[0] in grammar.subordinators or rest[0] in grammar.adjuncts) and "," in rest:
        return start + rest.index(",") + 1
    return start


def _is_predicate(sentence: Sequence[str], i: int, lexicon: Lexicon) -> bool:
    word, grammar = sentence[i], lexicon.grammar
    if word in lexicon.modals or word in grammar.degrees:
        return False
    if looks_verbal(word, lexicon) or (word in grammar.predicates and word not in grammar.adverbs):
        return True
    return i > 1 and sentence[i - 1] in grammar.agents and sentence[i - 2] == "yang"


def _modal_words(words: Sequence[str], lexicon: Lexicon) -> Iterator[tuple[int, ModalWord]]:
    """The entries of `lexicon/modality.tsv` in the words, the longest at each place, with where they begin."""
    after = 0
    for i in [i for i, word in enumerate(words) if word in lexicon.modals]:
        entries = lexicon.modals[words[i]] if i >= after else ()
        found = next((entry for entry in entries if tuple(words[i : i + len(entry.words)]) == entry.words), None)
        if found is not None:
            yield i, found
            after = i + len(found.words)
