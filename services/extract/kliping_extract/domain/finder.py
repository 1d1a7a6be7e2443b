"""Walks over a sentence's cues from left to right and finds who says what."""

from __future__ import annotations

from collections.abc import Iterator

from kliping_extract.domain.after import close_with
from kliping_extract.domain.attributions import Attribution, Frame, Walk, kind_of, settle
from kliping_extract.domain.before import open_with, signal_at
from kliping_extract.domain.endings import statement_end
from kliping_extract.domain.introductions import How
from kliping_extract.domain.leads import ground_at, lead_with
from kliping_extract.domain.lexicon import CueClass
from kliping_extract.domain.open_cues import open_colon_at, open_cue_at
from kliping_extract.domain.passives import passive_at
from kliping_extract.domain.phrases import Phrase, phrase_at
from kliping_extract.domain.predicates import is_predicate
from kliping_extract.domain.prose import Prose
from kliping_extract.domain.sentences import Sentence
from kliping_extract.domain.sources import relay_at, source_at
from kliping_extract.domain.taken_up import cleft_at, thus_at
from kliping_shared.contracts.enriched import ClaimKind, EntityType

#: How many open statements a sentence is read for; more of them are garbled text.
_MOST = 50
#: What may open a statement whatever word of saying stands there.
_OPENING = (ground_at, lead_with, cleft_at, open_colon_at)
#: Fewest words of a statement behind a name and a colon, and how near to them its verb stands.
_TOLD, _NEAR = 4, 10
#: Fewest words of a statement where they are not two, by what introduces it.
_FEWEST = {How.QUOTE: 1, How.AS: 1, How.AGAR: 3}


def find_in_sentence(prose: Prose, index: int) -> list[Attribution]:
    """All statements attributed within sentence `index`, in the order of their cues."""
    sentence = prose.sentences[index]
    walk = Walk(index, region=sentence.start, floor=sentence.start, end=sentence.end)
    _colon_speaker(prose, walk)
    for i in _stops(prose, sentence):
        if i < walk.busy:
            continue
        if len(walk.frames) >= _MOST:
            break
        word = prose.cue_at[i]
        if any(opens(prose, i, walk) for opens in _OPENING):
            continue
        if word is None:
            signal_at(prose, i, walk)
            thus_at(prose, i, walk)
            open_cue_at(prose, i, walk)
        elif word.kind is CueClass.ACTIVE:
            open_with(prose, i, word, walk)
        elif word.kind is CueClass.RELAY:
            relay_at(prose, i, walk)
        elif word.kind is CueClass.PASSIVE:
            passive_at(prose, i, word, walk)
        elif word.kind is CueClass.SOURCE or "source" in word.governs:
            source_at(prose, i, word, walk)
        elif not signal_at(prose, i, walk):
            close_with(prose, i, word, walk)
    for frame in walk.frames:
        _finish(prose, frame, walk)
    return walk.done


def _stops(prose: Prose, sentence: Sentence) -> Iterator[int]:
    """Tokens that may tell who says what: words that lead a statement or close it, and what stands behind a quote."""
    leads, lower, quote_at = prose.lexicon.leads, prose.tokens.lower, prose.quote_at
    for i in range(sentence.start, sentence.end):
        behind = quote_at[i - 1] >= 0 or quote_at[max(i - 2, 0)] >= 0
        if quote_at[i] < 0 and (behind or lower[i] in leads):
            yield i


def _finish(prose: Prose, frame: Frame, walk: Walk) -> None:
    """Give an open statement its end."""
    end = statement_end(prose, frame.start, frame.end or walk.end, frame.how)
    if end <= frame.start:
        return
    spans: tuple[tuple[int, int], ...] = ((frame.start, end),)
    quote = prose.quote_from(frame.start)
    if quote is not None and quote.end == end:
        spans = quote.parts
    found = Attribution(
        spans=spans,
        kind=kind_of(prose, spans, frame.how),
        rule=frame.rule,
        sentence=walk.sentence,
        cue=frame.cue,
        word=frame.word,
        speaker=frame.speaker,
        via=frame.via or walk.via,
    )
    settled = settle(prose, found, _FEWEST.get(frame.how, 2))
    if settled is not None:
        walk.done.append(settled)


def _colon_speaker(prose: Prose, walk: Walk) -> None:
    """`Budi: "..."` at the head of a sentence, and `Basarnas: semua penumpang selamat`."""
    phrase = phrase_at(prose.tokens, walk.region, walk.end, prose.lexicon)
    if phrase is None or not phrase.speakable or phrase.end + 1 >= walk.end or prose.tokens.words[phrase.end] != ":":
        return
    quote = prose.quote_from(phrase.end + 1)
    if quote is not None:
        found = Attribution(quote.parts, ClaimKind.DIRECT, "direct.colon", walk.sentence, speaker=phrase)
        settled = settle(prose, found, 1)
        if settled is not None:
            walk.done.append(settled)
            walk.speaker = phrase
            walk.region = walk.floor = walk.busy = quote.end
    elif _reports(prose, phrase, walk):
        spans = ((phrase.end + 1, statement_end(prose, phrase.end + 1, walk.end, How.COLON)),)
        told = Attribution(spans, kind_of(prose, spans, None), "label.colon", walk.sentence, speaker=phrase)
        settled = settle(prose, told, _TOLD)
        if settled is not None:
            walk.done.append(settled)
            walk.busy = walk.end


def _reports(prose: Prose, phrase: Phrase, walk: Walk) -> bool:
    """Whether a clause that nobody else says stands behind a name and its colon, as in tickers and headlines."""
    start = phrase.end + 1
    if not phrase.names or any(name.type is EntityType.LOC for name in phrase.names):
        return False
    if any(prose.cue_at[i] is not None or prose.tokens.words[i] == ":" for i in range(start, walk.end)):
        return False
    return any(is_predicate(prose, i) for i in range(start + 1, min(start + _NEAR, walk.end)))
