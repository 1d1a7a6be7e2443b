"""The English claim rules: walks over a sentence's cues from left to right and finds who says what.

Four turns are known: a statement before its cue (`"...," said Jane Roe`; `..., Jane Roe said`), one behind it
(`Jane Roe said that ...`), a source (`According to Jane Roe, ...`), and a second verb of the same subject (`..., adding that ...`).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from kliping_extract.domain.attributions import Attribution, kind_of, settle
from kliping_extract.domain.introductions import How
from kliping_extract.domain.lexicon import CueClass, CueWord
from kliping_extract.domain.loose_quotes import REACH, add_quotes
from kliping_extract.domain.phrases import Phrase
from kliping_extract.domain.quotes import Quote
from kliping_extract.english.complements import closes, modal, past_connectives, statement_start
from kliping_extract.english.phrases import EnglishProse, apposition_end, is_noun, phrase_behind, subject_before
from kliping_shared.contracts.enriched import ClaimKind

#: Fewest words of a quote that is all of a statement though others stand before it.
_FULL = 4
#: How far behind its cue the second part of a split quote may begin, in tokens.
_SPLIT = 25
#: How far left of its verb a subject may begin, past what is inserted, in tokens.
_SUBJECT = 60


@dataclass(frozen=True, slots=True)
class _Open:
    """A statement that reaches as far as its sentence does, or to the next verb of its speaker."""

    start: int
    rule: str
    cue: tuple[int, int]
    word: CueWord
    speaker: Phrase


@dataclass(slots=True)
class _Walk:
    """Where the reading of one sentence stands: `region` is where a statement before the next cue would begin."""

    sentence: int
    region: int
    end: int
    busy: int = 0
    open: _Open | None = None
    speaker: Phrase | None = None
    done: list[Attribution] = field(default_factory=list)


def find_attributions(prose: EnglishProse) -> list[Attribution]:
    """Statements in the order of the text. Speakers are still phrases, unresolved."""
    found = [item for index in range(len(prose.sentences)) for item in find_in_sentence(prose, index)]
    return sorted(add_quotes(prose, found, _loose), key=lambda item: item.spans[0])


def find_in_sentence(prose: EnglishProse, index: int) -> list[Attribution]:
    """All statements attributed within sentence `index`."""
    sentence = prose.sentences[index]
    walk = _Walk(index, past_connectives(prose, sentence.start, sentence.end), sentence.end)
    for i in range(sentence.start, sentence.end):
        word = prose.cue_at[i]
        if word is None or i < walk.busy or prose.quote_at[i] >= 0 or is_noun(prose, i):
            continue
        if word.kind is CueClass.SOURCE:
            _source(prose, i, word, walk)
        elif not _chain(prose, i, word, walk) and not word.form.endswith("ing"):
            if walk.open is None:
                _verb(prose, i, word, walk)
            else:
                _contrast(prose, i, word, walk, walk.open)
    _finish(prose, walk, walk.end)
    return walk.done


def _verb(prose: EnglishProse, i: int, word: CueWord, walk: _Walk) -> None:
    """A finite verb with its subject on either side."""
    quoted = prose.quote_until(i - prose.comma(i - 1)) is not None if i > walk.region else False
    if quoted and (phrase := phrase_behind(prose, i + 1, walk.end)) is not None:
        _close(prose, i, i, word, walk, phrase, phrase.end)
        return
    head, unsaid = _without_adverbs(prose, i, walk.region)
    subject = None if unsaid else subject_before(prose, head, _floor(prose, head, walk))
    if subject is None:
        phrase = (
            phrase_behind(prose, i + 1, walk.end) if i > walk.region and prose.comma(i - 1) and not unsaid else None
        )
        if phrase is not None and phrase.speakable:
            _close(prose, i, i, word, walk, phrase, phrase.end)
        return
    before = subject.start - 1
    if before >= 0 and prose.tokens.lower[before] in prose.lexicon.grammar.conditionals:
        return
    statement = subject.start > walk.region and (prose.comma(before) or prose.quote_until(subject.start) is not None)
    if statement and (prose.quote_until(subject.start - prose.comma(before)) or closes(prose, i + 1, walk.end)):
        _close(prose, subject.start, i, word, walk, subject, i + 1)
    else:
        _open(prose, i, word, walk, subject)


def _without_adverbs(prose: EnglishProse, verb: int, floor: int) -> tuple[int, bool]:
    """Where the words before `verb` end without adverbs and auxiliaries, and whether one says that nothing was said."""
    lower, grammar = prose.tokens.lower, prose.lexicon.grammar
    unsaying = grammar.negations | grammar.passives
    skipped = unsaying | grammar.adverbs | grammar.auxiliaries
    end, unsaid = verb, False
    while end > floor and lower[end - 1] in skipped:
        unsaid = unsaid or lower[end - 1] in unsaying
        end -= 1
    return end, unsaid


def _floor(prose: EnglishProse, end: int, walk: _Walk) -> int:
    """The leftmost token that a subject may take: behind the last quote, not farther than a subject is long."""
    last = max(walk.region, end - _SUBJECT)
    at = max(end - 1, last)
    while at > last and prose.quote_at[at - 1] < 0:
        at -= 1
    return at


def _close(prose: EnglishProse, end: int, cue: int, word: CueWord, walk: _Walk, speaker: Phrase, after: int) -> None:
    """Take what stands before token `end` as a statement; `after` is the token behind cue and speaker."""
    quote = prose.quote_until(end - prose.comma(end - 1))
    if quote is not None and _whole(prose, quote, walk.region):
        spans, rest = quote.parts, _second_half(prose, after, walk)
    else:
        spans, rest = ((walk.region, end),), _gone_on(prose, after, walk)
    rule = "en.after.quote" if quote is not None else "en.after.clause"
    _record(prose, walk, spans + rest, rule, (cue, cue + 1), word, speaker, None)
    walk.region = walk.busy = rest[-1][1] if rest else after


def _whole(prose: EnglishProse, quote: Quote, region: int) -> bool:
    """Whether a quote is all of a statement: it opens the sentence, or is a longer one that begins with a capital."""
    first, last = quote.parts[0][0], quote.parts[-1][1]
    return quote.start <= region or (last - first >= _FULL and prose.tokens.capital(first))


def _second_half(prose: EnglishProse, after: int, walk: _Walk) -> tuple[tuple[int, int], ...]:
    """What the cue splits off: `"...," said Jane Roe, the mayor, "..."`."""
    for i in range(after, min(walk.end - 1, after + _SPLIT)):
        if prose.cue_at[i] is not None:
            break
        if prose.comma(i) and (quote := prose.quote_from(i + 1)) is not None:
            return quote.parts
    return ()


def _gone_on(prose: EnglishProse, after: int, walk: _Walk) -> tuple[tuple[int, int], ...]:
    """The same without quote marks: `The bridge, Jane Roe said, was safe`."""
    goes_on = after + 1 < walk.end and prose.comma(after) and modal(prose, after + 1)
    return ((after + 1, walk.end),) if goes_on else ()


def _open(prose: EnglishProse, i: int, word: CueWord, walk: _Walk, speaker: Phrase) -> None:
    """Begin a statement behind the verb at token `i`, if it reports one."""
    found = statement_start(prose, i, word, walk.end)
    if found is not None:
        start, rule = found
        walk.open = _Open(start, rule, (i, i + 1), word, speaker)
        walk.speaker, walk.busy = speaker, start


def _chain(prose: EnglishProse, i: int, word: CueWord, walk: _Walk) -> bool:
    """A second verb of the subject before: `..., adding that ...`, `... and said that ...`; ends what is open."""
    grammar = prose.lexicon.grammar
    before, _ = _without_adverbs(prose, i, walk.region)
    joint = before > walk.region and prose.tokens.lower[before - 1] in grammar.joiners
    comma = before > walk.region and prose.comma(before - 1)
    linked = (joint or comma) if word.form.endswith("ing") else joint
    speaker, found = walk.speaker, statement_start(prose, i, word, walk.end) if linked else None
    if speaker is None or found is None:
        return False
    _finish(prose, walk, before - 1)
    walk.open = _Open(found[0], "en.chain", (i, i + 1), word, speaker)
    walk.busy = found[0]
    return True


def _contrast(prose: EnglishProse, i: int, word: CueWord, walk: _Walk, before: _Open) -> None:
    """Somebody else's view ends the statement before: `Critics say it fails, but the mayor says it works`."""
    head, unsaid = _without_adverbs(prose, i, before.start)
    subject = None if unsaid else subject_before(prose, head, max(before.start, _floor(prose, head, walk)))
    joint = subject.start - 1 if subject is not None else 0
    if subject is None or joint - 1 <= before.start or not prose.comma(joint - 1):
        return
    if prose.tokens.lower[joint] in {"but", "while"} and statement_start(prose, i, word, walk.end) is not None:
        _finish(prose, walk, joint - 1)
        _open(prose, i, word, walk, subject)


def _source(prose: EnglishProse, i: int, word: CueWord, walk: _Walk) -> None:
    """`According to Jane Roe, ...` and `..., according to Jane Roe`."""
    if walk.open is not None or i + 2 >= walk.end or prose.tokens.lower[i + 1] != "to":
        return
    speaker = phrase_behind(prose, i + 2, walk.end)
    if speaker is None or not speaker.speakable:
        return
    cue = (i, i + 2)
    if i > walk.region:
        spans = ((walk.region, i), *_gone_on(prose, speaker.end, walk))
        _record(prose, walk, spans, "en.source", cue, word, speaker, None)
        walk.region = walk.busy = spans[-1][1] if len(spans) > 1 else speaker.end
        return
    comma = apposition_end(prose, speaker.end, walk.end)
    if comma + 1 < walk.end and prose.comma(comma):
        walk.open = _Open(comma + 1, "en.source", cue, word, speaker)
        walk.speaker, walk.busy = speaker, comma + 1


def _finish(prose: EnglishProse, walk: _Walk, end: int) -> None:
    """Give the open statement its end."""
    if walk.open is None:
        return
    item, walk.open = walk.open, None
    quote = prose.quote_from(item.start)
    spans = quote.parts if quote is not None and item.rule == "en.verb.quote" else ((item.start, end),)
    how = How.QUOTE if quote is not None else How.CLAUSE
    _record(prose, walk, spans, item.rule, item.cue, item.word, item.speaker, how)


def _record(
    prose: EnglishProse,
    walk: _Walk,
    spans: tuple[tuple[int, int], ...],
    rule: str,
    cue: tuple[int, int],
    word: CueWord,
    speaker: Phrase,
    how: How | None,
) -> None:
    if any(end <= start for start, end in spans):
        return
    found = Attribution(spans, kind_of(prose, spans, how), rule, walk.sentence, cue, word, speaker)
    settled = settle(prose, found, 1 if prose.quote_at[spans[0][0]] >= 0 else 2)
    if settled is not None:
        walk.done.append(settled)
        walk.speaker = speaker


def _loose(prose: EnglishProse, quote: Quote, sentence: int, by_sentence: dict[int, int]) -> Attribution | None:
    """A quote without a cue that opens its sentence, soon after somebody spoke."""
    if quote.start != prose.sentences[sentence].start:
        return None
    if any(sentence - back in by_sentence for back in range(1, REACH + 1)):
        return Attribution(quote.parts, ClaimKind.DIRECT, "en.loose.quote", sentence)
    return None
