"""Cues that stand in no list: what is put between a full quote and a speaker is a word of saying (`"...," desis Budi`)."""

from __future__ import annotations

from kliping_extract.domain.after import close_statement, quote_before
from kliping_extract.domain.attributions import Frame, Walk
from kliping_extract.domain.introductions import How
from kliping_extract.domain.lexicon import CueClass, CueWord
from kliping_extract.domain.phrases import Phrase, looks_verbal, phrase_at
from kliping_extract.domain.predicates import is_predicate
from kliping_extract.domain.prose import Prose
from kliping_extract.domain.quotes import Quote
from kliping_extract.domain.subjects import skip_connectives
from kliping_shared.contracts.enriched import EntityType, Stance

#: With what a quoted statement ends before its cue.
_ENDS = frozenset({",", "!", "?", "…", "..."})
#: Most tokens between a speaker and a colon, and between the colon and a verb.
_BETWEEN = 8
#: Fewest letters of a word with -nya that may be one.
_LONG = 6


def open_cue_at(prose: Prose, i: int, walk: Walk) -> None:
    """Take the quote before token `i` as a statement where the token can only say who said it."""
    quote = quote_before(prose, i, walk) if prose.quote_until(i) or prose.quote_until(i - 1) else None
    if quote is None or not quote.closed or not prose.full(quote) or not _waits(prose, quote, i):
        return
    if _bare_name(prose, i, walk, quote):
        return
    word = prose.tokens.words[i]
    if not word.isalpha() or not word.islower() or len(word) < 4 or _function_word(prose, i):
        return
    if word.endswith("nya") and len(word) >= _LONG and _closes(prose, i + 1, walk):
        close_statement(prose, i, CueWord(word, CueClass.NYA, frozenset(), Stance.NEUTRAL), walk, None, i + 1, quote)
        return
    speaker = phrase_at(prose.tokens, i + 1, walk.end, prose.lexicon)
    if speaker is not None and _one(speaker) and _closes(prose, speaker.end, walk):
        said = CueWord(word, CueClass.BARE, frozenset(), Stance.NEUTRAL)
        close_statement(prose, i, said, walk, speaker, speaker.end, quote)


def _waits(prose: Prose, quote: Quote, i: int) -> bool:
    """Whether the quote ends as one does whose cue follows."""
    return prose.comma(i - 1) or prose.tokens.words[quote.parts[-1][1] - 1] in _ENDS


def _bare_name(prose: Prose, i: int, walk: Walk, quote: Quote) -> bool:
    """`"...," Ketua Panitia Budi dalam rilisnya`: nobody but a person, and no verb behind."""
    if prose.tokens.words[quote.parts[-1][1] - 1] != ",":
        return False
    speaker = phrase_at(prose.tokens, i, walk.end, prose.lexicon)
    if speaker is None or not _person(speaker) or not _closes(prose, speaker.end, walk):
        return False
    said = CueWord("", CueClass.BARE, frozenset(), Stance.NEUTRAL)
    close_statement(prose, i, said, walk, speaker, speaker.end, quote, rule="after.name")
    return True


def _person(speaker: Phrase) -> bool:
    return bool(speaker.names) and all(name.type is EntityType.PER for name in speaker.names)


def _one(speaker: Phrase) -> bool:
    return _person(speaker) or speaker.pronoun is not None or speaker.role is not None or speaker.definite


def _closes(prose: Prose, i: int, walk: Walk) -> bool:
    """Whether the attribution is over before token `i`: nothing follows but its circumstances."""
    if i >= walk.end:
        return True
    word = prose.tokens.lower[i]
    return not word[0].isalnum() or word in prose.lexicon.attribution_ends


def _function_word(prose: Prose, i: int) -> bool:
    word, lexicon = prose.tokens.lower[i], prose.lexicon
    return word in lexicon.no_cues or looks_verbal(word, lexicon)


def open_colon_at(prose: Prose, i: int, walk: Walk) -> bool:
    """`Budi punya jawaban lain: ...`, `Polisi bicara soal hitungan: ...`: a noun of saying between a speaker and a colon."""
    if prose.tokens.words[i] != ":" or walk.frames or walk.done or i + 3 >= walk.end or prose.quote_from(i + 1):
        return False
    start = skip_connectives(prose, walk.region, i)
    speaker = phrase_at(prose.tokens, start, i, prose.lexicon)
    if speaker is None or not speaker.speakable or i - speaker.end > _BETWEEN:
        return False
    noun = next((j for j in range(i - 1, speaker.end - 1, -1) if _of_saying(prose, j)), None)
    if noun is None or not any(is_predicate(prose, j) for j in range(i + 1, min(i + _BETWEEN, walk.end))):
        return False
    word = CueWord(prose.tokens.lower[noun], CueClass.ACTIVE, frozenset(), Stance.NEUTRAL)
    walk.frames.append(Frame((noun, noun + 1), word, speaker, i + 1, How.COLON, "verb.colon"))
    walk.speaker, walk.busy, walk.floor = speaker, i + 1, i + 1
    return True


def _of_saying(prose: Prose, i: int) -> bool:
    word, grammar = prose.tokens.lower[i], prose.lexicon.grammar
    return word in prose.lexicon.nouns or word in grammar.speech_nouns | grammar.signal_nouns
