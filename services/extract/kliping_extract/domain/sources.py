"""`Menurut Budi, ...`, `..., menurut Budi`, and who passed a statement on: `dilansir Antara`."""

from __future__ import annotations

from dataclasses import replace

from kliping_extract.domain.after import close_statement, quote_before
from kliping_extract.domain.attributions import Attribution, Frame, Walk, kind_of, settle
from kliping_extract.domain.endings import statement_end
from kliping_extract.domain.introductions import How
from kliping_extract.domain.lexicon import CueClass, CueWord
from kliping_extract.domain.phrases import Phrase, looks_verbal, phrase_at
from kliping_extract.domain.predicates import is_predicate
from kliping_extract.domain.prose import Prose
from kliping_extract.domain.subjects import skip_connectives
from kliping_shared.contracts.enriched import EntityType

#: How far behind a source's name the comma before its statement may stand, in tokens.
_REACH = 24
#: How many words of a noun that a relative clause tells about are taken with it.
_LONGEST = 8
#: What may tell of somebody's words before he is named: `keterangan resmi polisi`.
_OF_WORDS = frozenset({"resmi", "tertulis", "awal", "sementara", "lisan", "dari"})
_LEADS = frozenset({"dari", "oleh", "dalam", "laman", "situs", "media", "kepada", "pada", "di", "akun"})


def source_at(prose: Prose, i: int, word: CueWord, walk: Walk) -> None:
    """`menurut` at token `i`: before its statement at the head of a clause, else behind it, or inside a relative clause."""
    speaker = _source(prose, i, word, walk)
    if speaker is None:
        return
    before = i - (i > walk.region and prose.tokens.lower[i - 1] == "masih")
    quote = quote_before(prose, before, walk)
    if skip_connectives(prose, walk.region, before) >= before:
        _open_source(prose, i, word, walk, speaker)
    elif "person" in word.governs:
        return
    elif prose.tokens.lower[i - 1] == "yang" and not walk.frames:
        _take_relative(prose, i, word, walk, speaker)
    elif quote is not None or (prose.comma(before - 1) and before - 1 > walk.region):
        named = None if speaker.pronoun == "-nya" else speaker
        close_statement(prose, before, word, walk, named, speaker.end, quote, cue=i)
        walk.speaker = speaker
    elif (
        word.governs.isdisjoint({"document", "person"})
        and not walk.frames
        and prose.tokens.lower[i - 1] not in prose.lexicon.grammar.adjuncts
    ):
        _take_inside(prose, i, word, walk, speaker)


def _source(prose: Prose, i: int, word: CueWord, walk: Walk) -> Phrase | None:
    """Whose words they are: `menurut Budi`, `menurutnya`, `menurut hitungannya`."""
    if word.kind is CueClass.NYA:
        return Phrase(i, i + 1, pronoun="-nya")
    own = prose.lexicon.nouns.get(prose.tokens.lower[i + 1]) if i + 1 < walk.end else None
    if own is not None and own.kind is CueClass.NYA:
        return Phrase(i + 1, i + 2, pronoun="-nya")
    speaker = _teller(prose, i + 1, walk.end)
    if speaker is None or (speaker.pronoun and "person" in word.governs):
        return speaker
    if "document" in word.governs and not _paper_of_somebody(prose, i + 1, speaker):
        return None
    people = bool(speaker.names) and all(name.type is EntityType.PER for name in speaker.names)
    return speaker if people or "person" not in word.governs else None


def _teller(prose: Prose, i: int, limit: int) -> Phrase | None:
    """The phrase at token `i`; of `keterangan (resmi) polisi`, whose words they are."""
    start = i
    while start < limit and (_words(prose, start) or (start > i and prose.tokens.lower[start] in _OF_WORDS)):
        start += 1
    teller = phrase_at(prose.tokens, start, limit, prose.lexicon) if start > i else None
    if teller is not None and teller.speakable and not looks_verbal(prose.tokens.lower[teller.start], prose.lexicon):
        return teller
    return phrase_at(prose.tokens, i, limit, prose.lexicon)


def _words(prose: Prose, i: int) -> bool:
    word = prose.lexicon.nouns.get(prose.tokens.lower[i])
    return word is not None and word.kind is CueClass.NOUN


def _paper_of_somebody(prose: Prose, paper: int, speaker: Phrase) -> bool:
    """`berdasarkan data BPS`, `berdasarkan laporan tertulis Budi`, not `berdasarkan undang-undang`."""
    named = any(prose.tokens.name_at[i] >= 0 for i in range(speaker.start, speaker.end))
    return named and (prose.tokens.lower[paper] in prose.lexicon.grammar.documents or _words(prose, paper))


def _take_relative(prose: Prose, i: int, word: CueWord, walk: Walk, speaker: Phrase) -> None:
    """`perang yang menurut polisi menewaskan 40 orang`: what the relative clause says of its noun."""
    lower, grammar = prose.tokens.lower, prose.lexicon.grammar
    start = i - 1
    while start > max(walk.floor, i - _LONGEST) and not (
        prose.comma(start - 1) or is_predicate(prose, start - 1) or lower[start - 1] in grammar.adjuncts
    ):
        start -= 1
    _take_around(prose, (start, i - 1), (i, word, speaker), walk, "source.relative")


def _take_inside(prose: Prose, i: int, word: CueWord, walk: Walk, speaker: Phrase) -> None:
    """`Isu itu menurutnya penting`: between a subject and its verb, without commas."""
    start = skip_connectives(prose, walk.region, i)
    plain = prose.tokens.lower[start] not in prose.lexicon.grammar.adjuncts and i - start <= _LONGEST
    if plain and not any(is_predicate(prose, j) or prose.comma(j) for j in range(start, i)):
        _take_around(prose, (start, i), (i, word, speaker), walk, "source.inside")


def _take_around(
    prose: Prose, first: tuple[int, int], source: tuple[int, CueWord, Phrase], walk: Walk, rule: str
) -> None:
    """The tokens `first` with the verb right behind the source and what it governs."""
    cue, word, speaker = source
    if speaker.end >= walk.end or not is_predicate(prose, speaker.end):
        return
    spans = first, (speaker.end, statement_end(prose, speaker.end, walk.end, How.CLAUSE))
    found = Attribution(
        spans, kind_of(prose, spans, None), rule, walk.sentence, (cue, cue + 1), word, speaker, walk.via
    )
    settled = settle(prose, found, 2)
    if settled is not None:
        walk.done.append(settled)
        walk.speaker = speaker
        walk.busy = walk.floor = walk.region = spans[1][1]


def _open_source(prose: Prose, i: int, word: CueWord, walk: Walk, speaker: Phrase) -> None:
    parted = speaker.end < walk.end and prose.comma(speaker.end)
    start, speaker = behind(prose, speaker, walk)
    if start is None or start >= walk.end or (speaker.pronoun and "person" in word.governs and not parted):
        return
    walk.frames.append(Frame((i, i + 1), word, speaker, start, How.COMMA, "source.before"))
    walk.speaker = speaker
    walk.busy = walk.floor = start


def behind(prose: Prose, speaker: Phrase, walk: Walk) -> tuple[int | None, Phrase]:
    """Where the statement of a leading source begins, past place, time and apposition, and the speaker with its name."""
    limit = min(walk.end, speaker.end + _REACH)
    comma = next((j for j in range(speaker.end, limit) if prose.comma(j)), None)
    if comma is None or comma + 1 == walk.end or (speaker.pronoun and comma != speaker.end):
        return (speaker.end if speaker.pronoun else None), speaker
    inserted = phrase_at(prose.tokens, comma + 1, walk.end, prose.lexicon)
    if inserted is not None and inserted.end < walk.end and prose.comma(inserted.end) and comma == speaker.end:
        person = len(inserted.names) == 1 and inserted.names[0].type is EntityType.PER
        if person and not speaker.names:
            return inserted.end + 1, Phrase(speaker.start, inserted.end, inserted.names, role=speaker.role)
        if speaker.names and inserted.role is not None and inserted.role[0] == inserted.start:
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
        if head >= i and _paper_of_somebody(prose, relay.start, relay):
            _open_source(prose, i, prose.lexicon.cues["berdasarkan"], walk, relay)
        else:
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
