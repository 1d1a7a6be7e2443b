"""`Menurut Budi, ...`, `..., menurut Budi`, and who passed a statement on: `dilansir Antara`."""

from __future__ import annotations

from dataclasses import replace

from kliping_extract.domain.after import close_statement, quote_before
from kliping_extract.domain.attributions import Frame, Walk
from kliping_extract.domain.complements import How
from kliping_extract.domain.lexicon import CueClass, CueWord
from kliping_extract.domain.phrases import Phrase, phrase_at
from kliping_extract.domain.prose import Prose
from kliping_extract.domain.subjects import skip_connectives
from kliping_shared.contracts.enriched import EntityType

#: How far behind a source's name the comma before its statement may stand, in tokens.
_REACH = 24
_LEADS = frozenset({"dari", "oleh", "dalam", "laman", "situs", "media", "kepada", "pada", "di", "akun"})


def source_at(prose: Prose, i: int, word: CueWord, walk: Walk) -> None:
    """`menurut` at token `i`: before its statement at the head of a clause, else behind it."""
    nya = word.kind is CueClass.NYA
    speaker = Phrase(i, i + 1, pronoun="-nya") if nya else phrase_at(prose.tokens, i + 1, walk.end, prose.lexicon)
    if speaker is None:
        return
    quote = quote_before(prose, i, walk)
    if skip_connectives(prose, walk.region, i) >= i:
        _open_source(prose, i, word, walk, speaker)
    elif quote is not None or (prose.comma(i - 1) and i - 1 > walk.region):
        close_statement(prose, i, word, walk, None if nya else speaker, speaker.end, quote)
        walk.speaker = speaker


def _open_source(prose: Prose, i: int, word: CueWord, walk: Walk, speaker: Phrase) -> None:
    start, speaker = behind(prose, speaker, walk)
    if start is None or start >= walk.end:
        return
    walk.frames.append(Frame((i, i + 1), word, speaker, start, How.COMMA, "source.before"))
    walk.speaker = speaker
    walk.busy = walk.floor = start


def behind(prose: Prose, speaker: Phrase, walk: Walk) -> tuple[int | None, Phrase]:
    """Where the statement of a leading source begins, past place, time and apposition, and the speaker with its name."""
    limit = min(walk.end, speaker.end + _REACH)
    comma = next((j for j in range(speaker.end, limit) if prose.comma(j)), None)
    if comma is None or (speaker.pronoun and comma != speaker.end):
        return (speaker.end if speaker.pronoun else None), speaker
    inserted = phrase_at(prose.tokens, comma + 1, walk.end, prose.lexicon)
    if inserted is not None and inserted.end < walk.end and prose.comma(inserted.end) and comma == speaker.end:
        person = len(inserted.names) == 1 and inserted.names[0].type is EntityType.PER
        if person and not speaker.names:
            return inserted.end + 1, Phrase(speaker.start, inserted.end, inserted.names, role=speaker.role)
        if speaker.names and inserted.role and not inserted.names:
            return inserted.end + 1, speaker
    if prose.tokens.lower[comma + 1] in prose.lexicon.grammar.days:
        later = next((j for j in range(comma + 1, limit) if prose.comma(j)), None)
        return (later + 1 if later is not None else comma + 1), speaker
    return comma + 1, speaker


def relay_at(prose: Prose, i: int, walk: Walk) -> None:
    """Who passed on: at the head of a sentence for all of it, else for the statements before."""
    start = i + 1
    while start < walk.end and prose.tokens.lower[start] in _LEADS:
        start += 1
    relay = phrase_at(prose.tokens, start, walk.end, prose.lexicon)
    if relay is None or not (relay.names or relay.speakable) or prose.tokens.lower[start] in prose.lexicon.grammar.days:
        return
    head = skip_connectives(prose, walk.region, i)
    if head >= i or (i - walk.region <= 1 and walk.region == prose.sentences[walk.sentence].start):
        _relay_leads(prose, relay, walk)
    elif prose.comma(i - 1) or (i >= 2 and prose.comma(i - 2)) or prose.quote_until(i) is not None:
        for frame in walk.frames:
            frame.via = frame.via or relay
        walk.done = [replace(found, via=found.via or relay) for found in walk.done]
        walk.busy = relay.end


def _relay_leads(prose: Prose, relay: Phrase, walk: Walk) -> None:
    walk.via = relay
    comma = next((j for j in range(relay.end, min(walk.end, relay.end + _REACH)) if prose.comma(j)), None)
    walk.busy = relay.end
    walk.floor = walk.region = relay.end if comma is None else comma + 1
