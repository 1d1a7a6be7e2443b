"""Full quotes without a cue of their own: the rest of a quote before, or one more by whoever speaks there."""

from __future__ import annotations

from dataclasses import replace

from kliping_extract.domain.attributions import Attribution, settle
from kliping_extract.domain.phrases import Phrase, phrase_at
from kliping_extract.domain.prose import Prose
from kliping_extract.domain.quotes import Quote
from kliping_shared.contracts.enriched import ClaimKind

#: Fewest tokens of a quote that counts as a statement though nothing attributes it.
_FEWEST = 5
#: How many sentences back the speaker of a loose quote may have spoken.
_REACH = 2
_PASSIVE = frozenset(
    {
        "dikatakan",
        "disampaikan",
        "diungkapkan",
        "diutarakan",
        "dilontarkan",
        "dijelaskan",
        "ditegaskan",
        "diucapkan",
        "dituturkan",
    }
)
_TAKING_UP = frozenset({"hal", "demikian", "pernyataan", "itu", "ucapan", "komentar", "pesan"})


def add_loose_quotes(prose: Prose, found: list[Attribution]) -> list[Attribution]:
    """`found` and the loose quotes, in the order of the text."""
    taken = {prose.quote_at[start] for item in found for start, _ in item.spans}
    by_sentence: dict[int, int] = {item.sentence: index for index, item in enumerate(found)}
    result = list(found)
    for index, quote in enumerate(prose.quotes):
        if index in taken or not _stands_alone(prose, quote):
            continue
        sentence = prose.sentence_at[quote.start]
        owner = _rest_of(prose, quote, sentence, result, by_sentence)
        if owner is not None:
            result[owner] = replace(result[owner], spans=result[owner].spans + quote.parts)
            by_sentence[sentence] = owner
            continue
        loose = _loose(prose, quote, sentence, by_sentence)
        settled = settle(prose, loose, _FEWEST - 1) if loose is not None else None
        if settled is not None:
            by_sentence[sentence] = len(result)
            result.append(settled)
    settled_all = (settle(prose, item, 1) for item in result)
    return sorted((item for item in settled_all if item is not None), key=lambda item: item.spans[0])


def _stands_alone(prose: Prose, quote: Quote) -> bool:
    """A capital first word, an end of a sentence inside, and nothing before it in its sentence."""
    first, last = quote.parts[0][0], quote.parts[-1][1]
    if last - first < _FEWEST or prose.tokens.words[first][:1].islower():
        return False
    sentence = prose.sentences[prose.sentence_at[quote.start]]
    return quote.start == sentence.start and (
        prose.tokens.words[last - 1] in {".", "!", "?", "…", "...", ","} or quote.end >= sentence.end - 1
    )


def _rest_of(
    prose: Prose, quote: Quote, sentence: int, found: list[Attribution], by_sentence: dict[int, int]
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
    named = named_behind(prose, sentence + 1)
    if named is None and not any(sentence - back in by_sentence for back in range(1, _REACH + 1)):
        return None
    rule = "loose.passive" if named is not None else "loose.quote"
    return Attribution(quote.parts, ClaimKind.DIRECT, rule, sentence, speaker=named)


def named_behind(prose: Prose, sentence: int) -> Phrase | None:
    """`Hal itu disampaikan (oleh) Budi ...` in the sentence after."""
    if sentence >= len(prose.sentences):
        return None
    lower, here = prose.tokens.lower, prose.sentences[sentence]
    if lower[here.start] not in _TAKING_UP:
        return None
    verb = next((i for i in range(here.start + 1, min(here.start + 4, here.end)) if lower[i] in _PASSIVE), None)
    return phrase_at(prose.tokens, verb + 1, here.end, prose.lexicon) if verb is not None else None
