"""Full quotes led by what somebody does, without a word of saying: `Budi mengangkat bahu, "..."`."""

from __future__ import annotations

from kliping_extract.domain.attributions import Attribution, settle
from kliping_extract.domain.phrases import Phrase, looks_verbal, phrase_at
from kliping_extract.domain.prose import Prose
from kliping_extract.domain.quotes import Quote
from kliping_extract.domain.subjects import skip_connectives
from kliping_shared.contracts.enriched import ClaimKind, EntityType

#: Most words of what a speaker does without a verb in form: `Budi angkat bicara, "..."`.
_FEW = 3


def add_led_quotes(prose: Prose, found: list[Attribution]) -> list[Attribution]:
    """`found` and the led quotes: behind comma or colon, in a sentence about one person who says nothing else."""
    taken = {prose.quote_at[start] for item in found for start, _ in item.spans}
    said = {item.sentence for item in found}
    free = (quote for index, quote in enumerate(prose.quotes) if index not in taken)
    led = (_led(prose, quote) for quote in free if prose.sentence_at[quote.start] not in said)
    settled = (settle(prose, item, 1) for item in led if item is not None)
    return [*found, *(item for item in settled if item is not None)]


def _led(prose: Prose, quote: Quote) -> Attribution | None:
    sentence = prose.sentence_at[quote.start]
    mark, here = quote.start - 1, prose.sentences[sentence]
    if mark <= here.start or prose.tokens.words[mark] not in {",", ":"} or quote.end < here.end - 1:
        return None
    speaker = person_at(prose, skip_connectives(prose, here.start, mark), mark)
    if speaker is None or not prose.full(quote) or _titled(prose, quote):
        return None
    verb = next((i for i in range(speaker.end, mark) if looks_verbal(prose.tokens.lower[i], prose.lexicon)), None)
    if verb is None and prose.tokens.words[mark] == "," and not _does(prose, speaker.end, mark):
        return None
    cue = (verb, verb + 1) if verb is not None else None
    return Attribution(quote.parts, ClaimKind.DIRECT, "loose.led", sentence, cue, speaker=speaker)


def person_at(prose: Prose, start: int, end: int) -> Phrase | None:
    """The one person that the tokens are about: their first phrase, else the only name."""
    phrase = phrase_at(prose.tokens, start, end, prose.lexicon)
    if phrase is not None and (phrase.pronoun or (len(phrase.names) == 1 and phrase.names[0].type is EntityType.PER)):
        return phrase
    names = {at for at in prose.tokens.name_at[start:end] if at >= 0}
    people = [name for name in map(prose.tokens.names.__getitem__, names) if name.type is EntityType.PER]
    return Phrase(people[0].start, people[0].end, (people[0],)) if len(people) == 1 else None


def _does(prose: Prose, start: int, end: int) -> bool:
    """A few words in lower case."""
    words = prose.tokens.words[start:end]
    return 0 < len(words) <= _FEW and all(word.isalpha() and word.islower() for word in words)


def _titled(prose: Prose, quote: Quote) -> bool:
    """Whether most words begin with a capital: a title or a name."""
    words = [word for start, end in quote.parts for word in prose.tokens.words[start:end] if word[0].isalpha()]
    return 2 * sum(word[0].isupper() for word in words) > len(words)
