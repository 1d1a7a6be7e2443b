"""Whether statements that the rules leave out can be told among all that a verb, a cue or a quote might stand for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bench.ablation.claim_features import size, word_features
from bench.ablation.logit import Choice, Features, chances, crossed, learn, yes_or_no
from bench.ablation.readings import Reading, TokenSpans
from bench.ablation.tables import difference, f1
from kliping_extract.domain.attributions import tighten
from kliping_extract.domain.endings import statement_end
from kliping_extract.domain.introductions import How
from kliping_extract.domain.phrases import looks_verbal, phrase_at, phrase_before
from kliping_extract.domain.predicates import is_predicate
from kliping_extract.domain.prose import Prose

#: Features that fewer have are not learnt; how strongly weights are drawn to zero; when one is added.
FEWEST, DECAY, SURE = 5, 2.0, 0.5
#: Fewest words of a statement.
_SHORT = 3
#: A candidate that shares this part of its words with a statement is that statement.
_SAME = 0.5


@dataclass(frozen=True, slots=True)
class Candidate:
    """Words that might be a statement. `taken`: the rules have one there; `gold`: the number of gold's claim, if it is one."""

    event: str
    reading: int
    words: frozenset[int]
    features: Features
    taken: bool
    gold: int | None


def candidates(some: Sequence[Reading]) -> Iterator[Candidate]:
    """What stands behind or before a verb or cue, and each quote, of all articles."""
    for number, reading in enumerate(some):
        gold = [reading.gold_words(claim) for claim in reading.gold.claims]
        found = [reading.words(item.spans) for item in reading.statements]
        for spans, features in _spans(reading.cast.prose):
            words = reading.words(spans)
            if len(words) < _SHORT:
                continue
            best = max(range(len(gold)), key=lambda i: _iou(words, gold[i]), default=None)
            if best is not None and _iou(words, gold[best]) < _SAME:
                best = None
            taken = any(words & other for other in found)
            yield Candidate(reading.event, number, words, features, taken, best)


def _iou(a: frozenset[int], b: frozenset[int]) -> float:
    return len(a & b) / len(a | b) if a & b else 0.0


def _spans(prose: Prose) -> Iterator[tuple[TokenSpans, Features]]:
    for sentence in prose.sentences:
        for i in range(sentence.start, sentence.end):
            word, cue = prose.tokens.lower[i], prose.cue_at[i]
            if prose.quote_at[i] >= 0 or (cue is None and not looks_verbal(word, prose.lexicon)):
                continue
            start = i + 1 + (i + 1 < sentence.end and prose.tokens.lower[i + 1] in prose.lexicon.grammar.markers)
            if start < sentence.end:
                end = statement_end(prose, start, sentence.end, How.CLAUSE)
                yield from _candidate(prose, start, end, i, "behind")
            if i > sentence.start and (prose.comma(i - 1) or prose.quote_until(i)):
                yield from _candidate(prose, sentence.start, i, i, "before")
    for quote in prose.quotes:
        spans = tuple(quote.parts)
        yield spans, frozenset(_features(prose, spans[0][0], spans[-1][1], None, "quote"))


def _candidate(prose: Prose, start: int, end: int, verb: int, where: str) -> Iterator[tuple[TokenSpans, Features]]:
    span = tighten(prose, start, end) if start < end else None
    if span is not None:
        yield (span,), frozenset(_features(prose, *span, verb, where))


def _features(prose: Prose, start: int, end: int, verb: int | None, where: str) -> Iterator[str]:
    """What is told of the words, of the verb and of who may speak; not whether the rules know the verb for a cue."""
    tokens = prose.tokens
    verbs = sum(is_predicate(prose, i) for i in range(start, end))
    sentence = prose.sentences[prose.sentence_at[start]]
    told = [f"words={size(end - start)}", f"verbs={size(verbs)}"]
    told += [
        f"quoted={any(prose.quote_at[i] >= 0 for i in range(start, end))}",
        f"to the end={end >= sentence.end - 1}",
    ]
    for name, at in (("first", start), ("second", start + 1), ("next", end), ("left", start - 1)):
        told += [f"{name}={feature}" for feature in word_features(prose, at) if not feature.startswith("cue.")]
    if verb is not None:
        word = tokens.lower[verb]
        told += [f"verb={word}", f"verb={word[:5]}-", f"verb=-{word[-3:]}", f"verb at={size(verb - sentence.start)}"]
        subject = phrase_before(tokens, verb, sentence.start, prose.lexicon)
        agent = phrase_at(tokens, verb + 1, sentence.end, prose.lexicon)
        for name, phrase in (("subject", subject), ("agent", agent)):
            kinds = ("none",) if phrase is None else (*(n.type for n in phrase.names), "speaks" * phrase.speakable)
            told += [f"{name}={kind}" for kind in kinds]
    yield from (f"{where} {one}" for one in told)
    yield where


def choice(one: Candidate) -> Choice:
    """Whether it is a statement. What the rules found teaches too, as if its verb were in no list."""
    features = {"bias", *one.features, *(["taken"] if one.taken else [])}
    return yes_or_no(features, is_right=one.gold is not None)


def added(likely: Iterable[tuple[Candidate, float]]) -> list[Candidate]:
    """The likeliest that are likely enough, none over another or over what the rules have."""
    open_ = [(one, chance) for one, chance in likely if not one.taken and chance >= SURE]
    kept: list[Candidate] = []
    for one, _ in sorted(open_, key=lambda item: -item[1]):
        if not any(one.reading == other.reading and one.words & other.words for other in kept):
            kept.append(one)
    return kept


def line(what: str, some: Sequence[Reading], new: Sequence[Candidate]) -> str:
    """How many of the additions gold has, and F1 before and after."""
    before = {reading.event: [0.0, 0.0, 0.0] for reading in some}
    had = [set(reading.matches().values()) for reading in some]
    for reading, right in zip(some, had, strict=True):
        sums = (len(right), len(reading.statements), len(reading.gold.claims))
        before[reading.event] = [a + b for a, b in zip(before[reading.event], sums, strict=True)]
    after = {event: list(row) for event, row in before.items()}
    hits = 0
    for one in new:
        is_right = one.gold is not None and one.gold not in had[one.reading]
        if is_right:
            had[one.reading].add(one.gold)  # type: ignore[arg-type]
        hits += is_right
        after[one.event][0] += is_right
        after[one.event][1] += 1
    gone = sum(row[2] - row[0] for row in before.values())
    return (
        f"{what:24}{gone:>8.0f}{len(new):>8}{hits:>8}{f1(before.values()):>8.3f}{f1(after.values()):>8.3f}"
        f"   {difference(before, after, f1)}"
    )


def table(learnt: Sequence[Reading], counted: Sequence[Reading]) -> Iterator[str]:
    """What would be added, rightly and wrongly."""
    known, unread = list(candidates(learnt)), list(candidates(counted))
    yield f"{'missed':24}{'missed':>8}{'added':>8}{'right':>8}{'F1':>8}{'then':>8}"
    for name, some, of in (("learnt", learnt, known), ("test", counted, unread)):
        oracle = added((one, float(one.gold is not None)) for one in of)
        yield line(f"{name}: a candidate", some, oracle)
    yield line("learnt, crossed", learnt, added((one, p[0]) for one, p in crossed(known, choice, FEWEST, DECAY)))
    weights = learn(map(choice, known), FEWEST, DECAY)
    yield line("test", counted, added((one, chances(weights, choice(one))[0]) for one in unread))
