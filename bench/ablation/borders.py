"""Whether statements would end and begin more rightly elsewhere: at the commas, conjunctions and marks around their borders."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bench.ablation.claim_features import size, word_features
from bench.ablation.logit import Choice, Features, Weights, chances, crossed, learn
from bench.ablation.readings import Reading, TokenSpans
from bench.ablation.tables import difference, f1, plus_minus
from bench.kliping_score.claims import match_exact
from kliping_extract.domain.attributions import Attribution, tighten
from kliping_extract.domain.predicates import is_predicate
from kliping_extract.domain.prose import Prose
from kliping_shared.contracts.enriched import ClaimKind

#: Features that fewer borders have are not learnt; how strongly weights are drawn to zero.
FEWEST, DECAY = 5, 2.0
#: The rules' border is left only for one that is likelier than this.
SURE = 0.6
#: How many other places on either side of a border are looked at.
_AROUND = 4


@dataclass(frozen=True, slots=True)
class Border:
    """One border of a statement of an article: where it may be (tokens), where the rules have it, what gold has."""

    event: str
    reading: int
    statement: int
    is_end: bool
    places: tuple[int, ...]
    features: tuple[Features, ...]
    right: frozenset[int]


def borders(some: Sequence[Reading]) -> Iterator[Border]:
    """Both borders of all statements that are not wholly quoted."""
    for number, reading in enumerate(some):
        matches, prose = reading.matches(), reading.cast.prose
        for j, item in enumerate(reading.statements):
            if item.kind is ClaimKind.DIRECT:
                continue
            gold = reading.gold_words(reading.gold.claims[matches[j]]) if j in matches else frozenset[int]()
            for is_end in (False, True):
                places = _places(prose, item, is_end=is_end)
                right = (i for i, at in enumerate(places) if gold and _outermost(reading, item, at, is_end, gold))
                features = tuple(frozenset(_features(prose, item, at, is_end=is_end)) for at in places)
                yield Border(reading.event, number, j, is_end, places, features, frozenset(right))


def _places(prose: Prose, item: Attribution, *, is_end: bool) -> tuple[int, ...]:
    """Where the border may be, the rules' place first: within the sentence and not beyond cue or speaker."""
    sentence = prose.sentences[item.sentence]
    start, end = item.spans[-1] if is_end else item.spans[0]
    other = start if is_end else end
    own = end if is_end else start
    taken = [range(*part) for part in (item.cue, _speaker(item)) if part is not None]
    found: dict[bool, list[int]] = {False: [], True: []}
    for outward in (False, True):
        step = 1 if outward == is_end else -1
        limit = (sentence.end if is_end else sentence.start) if outward else other
        i = own + step
        while (i - limit) * step < 0 or (outward and i == limit):
            if any((i - 1 if is_end else i) in part for part in taken):
                break
            if _breaks(prose, i):
                found[outward].append(i)
            i += step
    return (own, *found[True][:_AROUND], *found[False][:_AROUND])


def _speaker(item: Attribution) -> tuple[int, int] | None:
    return (item.speaker.start, item.speaker.end) if item.speaker is not None else None


def _breaks(prose: Prose, i: int) -> bool:
    """Whether a clause or a quote may begin or end between token `i` and the one before it."""
    tokens, lexicon = prose.tokens, prose.lexicon
    if i >= len(tokens):
        return True
    marks = {",", ";", ":", "–", "—", "-", "(", ")", "."}
    if i == 0 or tokens.words[i - 1] in marks or tokens.words[i] in marks or prose.quote_at[i] != prose.quote_at[i - 1]:
        return True
    starts = lexicon.clause_breaks | lexicon.clause_ends | lexicon.grammar.markers | lexicon.grammar.joiners | {"yang"}
    return (
        tokens.lower[i] in starts
        or tokens.lower[i - 1] in lexicon.grammar.markers
        or tokens.lower[i] in lexicon.grammar.days
    )


def _outermost(reading: Reading, item: Attribution, at: int, is_end: bool, gold: frozenset[int]) -> bool:
    """Whether a statement with this border begins or ends with the same word as gold's."""
    words = reading.words(moved(item, at, is_end=is_end))
    pick = max if is_end else min
    return bool(words) and pick(words) == pick(gold)


def moved(item: Attribution, at: int, *, is_end: bool) -> TokenSpans:
    """The statement's tokens with one border elsewhere."""
    spans = item.spans
    return (*spans[:-1], (spans[-1][0], at)) if is_end else ((at, spans[0][1]), *spans[1:])


def _features(prose: Prose, item: Attribution, at: int, *, is_end: bool) -> Iterator[str]:
    own = item.spans[-1][1] if is_end else item.spans[0][0]
    side = "end" if is_end else "start"
    first, after = min(own, at), max(own, at)
    how = item.rule.partition(".")[2]
    if at == own:
        yield from (f"{side}: rules", f"{side}: rules {how}", f"{side}: rules {item.kind}")
    else:
        where = "out" if (at > own) == is_end else "in"
        verbs = sum(is_predicate(prose, i) for i in range(first, after))
        yield from (
            f"{side} {where} {size(after - first)}",
            f"{side} {where} {how}",
            f"{side} {where} verbs {size(verbs)}",
        )
        if any(prose.cue_at[i] is not None for i in range(first, after)):
            yield f"{side} {where} cue"
    yield from (f"{side} left {name}" for name in word_features(prose, at - 1))
    yield from (f"{side} right {name}" for name in word_features(prose, at))
    yield from (f"{side} second {name}" for name in word_features(prose, at + 1))


def choice(one: Border) -> Choice:
    """Which of the places is right."""
    return Choice(one.features, one.right)


Placed = tuple[Border, int]


def place(one: Border, likely: Sequence[float]) -> Placed:
    """The likeliest place, or the rules' own where none is clearly likelier."""
    best = max(range(len(likely)), key=likely.__getitem__)
    return one, one.places[best if likely[best] >= SURE else 0]


def counts(some: Sequence[Reading], placed: Iterable[Placed]) -> dict[str, list[float]]:
    """Statements found exactly, found, and in gold, by event, with borders as they were chosen."""
    spans = {(n, j): item for n, reading in enumerate(some) for j, item in enumerate(reading.statements)}
    for border, at in placed:
        key = border.reading, border.statement
        new = moved(spans[key], at, is_end=border.is_end)
        tight = [tighten(some[border.reading].cast.prose, *span) for span in new if span[0] < span[1]]
        if tight and None not in tight:
            spans[key] = replace(spans[key], spans=tuple(span for span in tight if span is not None))
    found: dict[str, list[float]] = {}
    for n, reading in enumerate(some):
        claims = [reading.claim(spans[n, j].spans) for j in range(len(reading.statements))]
        row = found.setdefault(reading.event, [0, 0, 0])
        row[0] += len(match_exact(reading.gold.text, reading.gold.claims, claims))
        row[1] += len(claims)
        row[2] += len(reading.gold.claims)
    return found


def line(what: str, some: Sequence[Reading], placed: Sequence[Placed]) -> str:
    """Borders that are right by the rules and by choice, and exact F1 before and after."""
    asked = [(one, at) for one, at in placed if one.right]
    rules = [0 in one.right for one, _ in asked]
    then = [one.places.index(at) in one.right for one, at in asked]
    before, after = counts(some, ()), counts(some, placed)
    return (
        f"{what:24}{len(placed):>8}{sum(at != one.places[0] for one, at in placed):>8}{sum(rules):>8}{sum(then):>8}"
        f"{plus_minus(rules, then):>9}{f1(before.values()):>8.3f}{f1(after.values()):>8.3f}   {difference(before, after, f1)}"
    )


def chosen(weights: Weights, some: Iterable[Border]) -> list[Placed]:
    """All borders by these weights."""
    return [place(one, chances(weights, choice(one))) for one in some]


def table(learnt: Sequence[Reading], counted: Sequence[Reading]) -> Iterator[str]:
    """Rules against choice."""
    known, unread = list(borders(learnt)), list(borders(counted))
    yield f"{'borders':24}{'all':>8}{'moved':>8}{'right':>8}{'then':>8}{'':>9}{'exact':>8}{'then':>8}"
    best: Mapping[str, Sequence[Border]] = {"learnt": known, "test": unread}
    for name, some in (("learnt", learnt), ("test", counted)):
        oracle = [(one, one.places[min(one.right, default=0)]) for one in best[name]]
        yield line(f"{name}: a place", some, oracle)
    yield line("learnt, crossed", learnt, [place(*one) for one in crossed(known, choice, FEWEST, DECAY)])
    yield line("test", counted, chosen(learn(map(choice, known), FEWEST, DECAY), unread))
