"""Statements in paragraphs of their own behind a colon: a list (`Budi menuntut:` and its items), or a quote."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from kliping_extract.domain.attributions import Attribution, settle
from kliping_extract.domain.lexicon import CueClass, CueWord
from kliping_extract.domain.phrases import Phrase, phrase_at
from kliping_extract.domain.prose import Prose
from kliping_extract.domain.subjects import strip_adverbs, subject_of
from kliping_shared.contracts.enriched import ClaimKind

_BULLETS = frozenset("•▪●◦·*-–—")
_NUMBER = re.compile(r"\(?(?:\d{1,2}|[a-z])[.)]?")
#: Fewest and most items of a list.
_FEWEST, _MOST = 2, 40

Told = tuple[int, CueWord, Phrase]


def add_announced(prose: Prose, found: list[Attribution]) -> list[Attribution]:
    """`found` and what is announced; the announcement says nothing itself."""
    taken = {prose.quote_at[start] for item in found for start, _ in item.spans}
    lists: list[list[Attribution]] = [list(found)]
    #: The number of the last list that each token and each cue belongs to.
    listed: dict[int, int] = {}
    announcing: dict[tuple[int, int] | None, int] = {}
    for index, sentence in enumerate(prose.sentences[:-1]):
        last = prose.tokens.lower[sentence.end - 1]
        if last != ":" and last not in prose.lexicon.grammar.purposes | prose.lexicon.grammar.markers:
            continue
        told = _told(prose, sentence.start, sentence.end - 1)
        items = list(_announced(prose, index, told, taken)) if told is not None else []
        if items:
            listed.update(dict.fromkeys(range(items[0].spans[0][0], items[-1].spans[-1][1]), len(lists)))
            announcing[items[0].cue] = len(lists)
            lists.append(items)
    return [
        item
        for number, items in enumerate(lists)
        for item in items
        if max(listed.get(item.spans[0][0], 0), announcing.get(item.cue, 0)) <= number
    ]


def _announced(prose: Prose, index: int, told: Told, taken: set[int]) -> Iterator[Attribution]:
    cue, word, speaker = told
    after = prose.sentences[index].end
    quote = prose.quote_from(after)
    if quote is not None and prose.quote_at[after] not in taken:
        item = Attribution(quote.parts, ClaimKind.DIRECT, "announced.quote", index + 1, (cue, cue + 1), word, speaker)
        yield from _settled(prose, item)
        return
    items = list(islice(_items(prose, after), _MOST))
    for span in items if len(items) >= _FEWEST else ():
        sentence = prose.sentence_at[span[0]]
        item = Attribution((span,), ClaimKind.INDIRECT, "announced.item", sentence, (cue, cue + 1), word, speaker)
        yield from _settled(prose, item)


def _settled(prose: Prose, item: Attribution) -> Iterator[Attribution]:
    settled = settle(prose, item, 2)
    if settled is not None:
        yield settled


def _items(prose: Prose, start: int) -> Iterator[tuple[int, int]]:
    """The paragraphs from token `start` on that are marked as items, without their marks."""
    tokens = prose.tokens
    while start < len(tokens):
        end = next((i for i in range(start + 1, len(tokens)) if tokens.opens_paragraph(i)), len(tokens))
        content = _behind_mark(prose, start, end)
        if content is None:
            return
        yield content, end
        start = end


def _behind_mark(prose: Prose, start: int, end: int) -> int | None:
    words = prose.tokens.words
    if words[start] in _BULLETS:
        return start + 1
    for length in (1, 2, 3):
        mark = "".join(words[start : min(start + length, end)])
        if mark[-1] in ".)" and _NUMBER.fullmatch(mark):
            return start + length if start + length < end else None
    return None


def _told(prose: Prose, start: int, end: int) -> Told | None:
    """The last cue of an announcement, and who is its subject or owner."""
    for i in range(end - 1, start - 1, -1):
        cue, noun = prose.cue_at[i], prose.lexicon.nouns.get(prose.tokens.lower[i])
        if prose.quote_at[i] >= 0:
            continue
        if cue is not None and cue.kind is CueClass.ACTIVE:
            edge, unsaid = strip_adverbs(prose, i, start)
            subject = None if unsaid else subject_of(prose, edge, start)
            word = cue
        elif cue is not None and cue.kind is CueClass.BARE and i > start and prose.comma(i - 1):
            # `Intinya, kata Budi:`
            subject, word = phrase_at(prose.tokens, i + 1, end, prose.lexicon), cue
        elif noun is not None:
            subject, word = phrase_at(prose.tokens, i + 1, end, prose.lexicon) or _giver(prose, i, start), noun
        else:
            continue
        if subject is not None and (subject.speakable or subject.definite):
            return i, word, subject
    return None


def _giver(prose: Prose, noun: int, start: int) -> Phrase | None:
    """`Budi mengajukan tiga tuntutan:`: the subject of a light verb before the noun."""
    lower = prose.tokens.lower
    verbs = (i for i in range(noun - 1, max(start, noun - 4), -1) if lower[i] in prose.lexicon.grammar.light_verbs)
    verb = next(verbs, None)
    return subject_of(prose, strip_adverbs(prose, verb, start)[0], start) if verb is not None else None
