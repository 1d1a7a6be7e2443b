"""Full quotes without a cue of their own: the rest of a quote before, or one more by whoever speaks there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from kliping_extract.domain.attributions import Attribution, settle
from kliping_extract.domain.led_quotes import person_at
from kliping_extract.domain.phrases import Phrase
from kliping_extract.domain.prose import L, Prose, ProseOf, ProseWords
from kliping_extract.domain.quotes import Quote
from kliping_extract.domain.subjects import skip_connectives
from kliping_extract.domain.taken_up import taking_up
from kliping_shared.contracts.enriched import ClaimKind

#: Fewest tokens of a quote that counts as a statement though nothing attributes it.
_FEWEST = 5
#: Fewest tokens of one in a dialogue, and of one that carries a quote on.
_FEWEST_IN_TALK = 2
#: How many sentences back the speaker of a loose quote may have spoken.
REACH = 2


def add_loose_quotes(prose: Prose, found: list[Attribution]) -> list[Attribution]:
    """`found` and the loose quotes."""
    return add_quotes(prose, found, _loose)


def add_quotes(
    prose: ProseOf[L],
    found: list[Attribution],
    attribute: Callable[[ProseOf[L], Quote, int, dict[int, int]], Attribution | None],
) -> list[Attribution]:
    """The same in any language; `attribute` tells whose a quote is that does not carry on the one before it.

    It gets the quote, its sentence, and the index of the attribution found last in each sentence.
    """
    taken = {prose.quote_at[start] for item in found for start, _ in item.spans}
    by_sentence: dict[int, int] = {item.sentence: index for index, item in enumerate(found)}
    result = list(found)
    for index, quote in enumerate(prose.quotes):
        sentence = prose.sentence_at[quote.start]
        owner = _rest_of(prose, quote, sentence, result, by_sentence)
        in_talk = owner is not None or _talk(prose, quote, sentence, result, by_sentence)
        if index in taken or not _stands_alone(prose, quote, in_talk=in_talk):
            continue
        if owner is not None:
            result[owner] = replace(result[owner], spans=result[owner].spans + quote.parts)
            by_sentence[sentence] = owner
            continue
        loose = attribute(prose, quote, sentence, by_sentence)
        if loose is not None and loose.speaker is None and in_talk:
            loose = replace(loose, speaker=_other_one(prose, quote, sentence, result, by_sentence))
        settled = settle(prose, loose, 1) if loose is not None else None
        if settled is not None:
            by_sentence[sentence] = len(result)
            result.append(settled)
    settled_all = (settle(prose, item, 1) for item in result)
    return [item for item in settled_all if item is not None]


def _stands_alone(prose: ProseOf[ProseWords], quote: Quote, *, in_talk: bool) -> bool:
    """A capital first word, an end of a sentence inside, and nothing before it in its sentence."""
    first, last = quote.parts[0][0], quote.parts[-1][1]
    if last - first < (_FEWEST_IN_TALK if in_talk else _FEWEST) or prose.tokens.words[first][:1].islower():
        return False
    sentence = prose.sentences[prose.sentence_at[quote.start]]
    return quote.start == sentence.start and (
        prose.tokens.words[last - 1] in {".", "!", "?", "…", "...", ","} or quote.end >= sentence.end - 1
    )


def _talk(
    prose: ProseOf[ProseWords], quote: Quote, sentence: int, found: list[Attribution], by_sentence: dict[int, int]
) -> bool:
    """Whether the quote is a paragraph of its own right behind one with a direct statement."""
    before = by_sentence.get(sentence - 1)
    return before is not None and found[before].kind is ClaimKind.DIRECT and _whole_paragraph(prose, quote)


def _whole_paragraph(prose: ProseOf[ProseWords], quote: Quote) -> bool:
    ends = quote.end >= len(prose.tokens) or prose.tokens.opens_paragraph(quote.end)
    return prose.tokens.opens_paragraph(quote.start) and ends


def _other_one(
    prose: ProseOf[ProseWords], quote: Quote, sentence: int, found: list[Attribution], by_sentence: dict[int, int]
) -> Phrase | None:
    """Who spoke before the last one, where the last one asked or is asked: two take turns."""
    last, other = by_sentence.get(sentence - 1), by_sentence.get(sentence - 2)
    if last is None or other is None:
        return None
    words = prose.tokens.words
    asked = any("?" in words[end - 1 : end + 1] for _, end in found[last].spans)
    return found[other].speaker if asked or words[quote.parts[-1][1] - 1] == "?" else None


def _rest_of(
    prose: ProseOf[ProseWords], quote: Quote, sentence: int, found: list[Attribution], by_sentence: dict[int, int]
) -> int | None:
    """The direct statement of the sentence right before, in the same paragraph, that this quote carries on."""
    owner = by_sentence.get(sentence - 1)
    if owner is None or prose.tokens.opens_paragraph(quote.start):
        return None
    before = found[owner]
    if before.kind is not ClaimKind.DIRECT or before.cue is None or before.cue[0] < before.spans[0][0]:
        return None
    return owner


def _loose(prose: Prose, quote: Quote, sentence: int, by_sentence: dict[int, int]) -> Attribution | None:
    named = taking_up(prose, sentence + 1)
    if named is not None:
        cue, word, speaker = named
        return Attribution(quote.parts, ClaimKind.DIRECT, "loose.passive", sentence, (cue, cue + 1), word, speaker)
    if any(sentence - back in by_sentence for back in range(1, REACH + 1)):
        return Attribution(quote.parts, ClaimKind.DIRECT, "loose.quote", sentence)
    if sentence == 0 or (prose.tokens.opens_paragraph(quote.start) and not _whole_paragraph(prose, quote)):
        return None
    here = prose.sentences[sentence - 1]
    person = person_at(prose, skip_connectives(prose, here.start, here.end), here.end)
    return Attribution(quote.parts, ClaimKind.DIRECT, "loose.quote", sentence, speaker=person) if person else None


def named_behind(prose: Prose, sentence: int) -> Phrase | None:
    """`Hal itu disampaikan (oleh) Budi ...`, `Hal senada diungkapkan Budi ...`: whom the sentence names as speaker."""
    named = taking_up(prose, sentence, alike=True)
    return named[2] if named is not None else None
