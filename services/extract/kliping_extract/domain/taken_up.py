"""Statements whose cue stands in the next sentence, or behind `demikian`: `Hal itu disampaikan Budi`, `Begitu kata Budi`."""

from __future__ import annotations

from kliping_extract.domain.after import close_statement, quote_before
from kliping_extract.domain.attributions import Attribution, Frame, Walk, kind_of, settle
from kliping_extract.domain.introductions import How
from kliping_extract.domain.lexicon import CueClass, CueWord
from kliping_extract.domain.phrases import Phrase, looks_verbal, phrase_at, phrase_before
from kliping_extract.domain.prose import Prose
from kliping_extract.domain.subjects import skip_connectives
from kliping_shared.contracts.enriched import Stance

#: Fewest words of a sentence that the next one takes up.
_FEWEST = 4
#: How far behind its first word a sentence may name what was done with words: `Hal itu juga disampaikan`.
_REACH = 5


def add_taken_up(prose: Prose, found: list[Attribution]) -> list[Attribution]:
    """`found` and the sentences that nobody says before one that tells who did."""
    said = {item.sentence for item in found}
    quoted = {quote.start for quote in prose.quotes}
    for index in range(1, len(prose.sentences)):
        sentence = prose.sentences[index - 1]
        named = None if index - 1 in said or sentence.start in quoted else taking_up(prose, index)
        if named is None or prose.tokens.words[sentence.end - 1] == "?":
            continue
        cue, word, speaker = named
        spans = ((sentence.start, sentence.end),)
        item = Attribution(spans, kind_of(prose, spans, None), "taken_up", index - 1, (cue, cue + 1), word, speaker)
        settled = settle(prose, item, _FEWEST)
        found += [settled] if settled is not None else []
    return found


def taking_up(prose: Prose, index: int, *, alike: bool = False) -> tuple[int, CueWord, Phrase] | None:
    """The cue and the speaker in sentence `index`, where it tells only who said the one before (`alike`: or the next)."""
    if index >= len(prose.sentences):
        return None
    lower, grammar, here = prose.tokens.lower, prose.lexicon.grammar, prose.sentences[index]
    if lower[here.start] in grammar.takes_up:
        reach = range(here.start + 1, min(here.start + _REACH, here.end))
        told = next((told for i in reach if (told := _told(prose, i, here.end))), None)
        if told is not None:
            return told if alike or not grammar.alike.intersection(lower[here.start : told[0]]) else None
    if lower[here.start] in grammar.thus:
        cue = here.start + 1
        while cue < here.end and lower[cue] in grammar.wordings and lower[cue] not in prose.lexicon.nouns:
            cue += 1
        if cue < here.end and (lower[cue] in prose.lexicon.nouns or _bare(prose, cue)):
            return _named(prose, cue, here.end)
    return None


def _told(prose: Prose, i: int, limit: int, *, judging: bool = False) -> tuple[int, CueWord, Phrase] | None:
    """The passive cue at token `i` and by whom: `disampaikan Budi`, `disampaikannya`, `Budi sampaikan`.

    For judging what was said (`dibantah`) only where it is wanted.
    """
    form = prose.tokens.lower[i]
    if not form.endswith("nya") and _passive(prose, form, judging=judging) is not None:
        return _named(prose, i, limit)
    own = _passive(prose, form.removesuffix("nya"), judging=judging)
    object_voice = _passive(prose, f"di{form}", judging=judging)
    if own is not None:
        return i, own, Phrase(i, i + 1, pronoun="-nya")
    if object_voice is not None:
        speaker = phrase_before(prose.tokens, i, max(0, i - _REACH), prose.lexicon)
        return (i, object_voice, speaker) if speaker is not None and (speaker.names or speaker.pronoun) else None
    return None


def _passive(prose: Prose, form: str, *, judging: bool) -> CueWord | None:
    word = prose.lexicon.cues.get(form)
    saying = (
        word is not None
        and word.kind is CueClass.PASSIVE
        and ("raised" not in word.governs or "lead" in word.governs)
        and (judging or "subject" not in word.governs)
    )
    return word if saying else None


def _bare(prose: Prose, i: int) -> bool:
    word = prose.cue_at[i]
    return word is not None and word.kind is CueClass.BARE


def _named(prose: Prose, cue: int, limit: int) -> tuple[int, CueWord, Phrase] | None:
    speaker = phrase_at(prose.tokens, cue + 1, limit, prose.lexicon)
    if speaker is None or not (speaker.speakable or speaker.definite):
        return None
    word = prose.lexicon.nouns.get(prose.tokens.lower[cue]) or prose.cue_at[cue]
    return cue, word or _neutral(prose, cue), speaker


def _neutral(prose: Prose, cue: int) -> CueWord:
    return CueWord(prose.tokens.lower[cue], CueClass.BARE, frozenset(), Stance.NEUTRAL)


def cleft_at(prose: Prose, i: int, walk: Walk) -> bool:
    """`Yang dipersoalkan Budi adalah ...`, `Yang ia sesalkan: ...`"""
    lower = prose.tokens.lower
    if lower[i] != "yang" or walk.frames or skip_connectives(prose, walk.region, i) < i:
        return False
    reach = range(i + 1, min(i + _REACH, walk.end))
    told = next((told for j in reach if (told := _told(prose, j, walk.end, judging=True))), None)
    if told is None:
        return False
    cue, word, speaker = told
    after = max(cue + 1, speaker.end)
    if after + 2 >= walk.end or lower[after] not in {"adalah", "ialah", ":", "yakni", "yaitu"}:
        return False
    start = after + 1 + (lower[after + 1] in prose.lexicon.grammar.markers)
    walk.frames.append(Frame((cue, cue + 1), word, speaker, start, How.COLON, "lead.cleft"))
    walk.speaker, walk.busy, walk.floor = speaker, start, start
    return True


def thus_at(prose: Prose, i: int, walk: Walk) -> None:
    """`"...", begitu Budi`, `..., demikian keterangan polisi`: the statement stands before token `i`."""
    lower, grammar = prose.tokens.lower, prose.lexicon.grammar
    if lower[i] not in grammar.thus or i == prose.sentences[walk.sentence].start:
        return
    quote = quote_before(prose, i, walk)
    if quote is None and not (i > walk.region and prose.comma(i - 1)):
        return
    start = i + 1
    own = prose.cue_at[start] if start < walk.end else None
    if own is not None and own.kind is CueClass.NYA:
        # `..., begitu tulisnya`
        close_statement(prose, i, own, walk, None, start + 1, quote, cue=start)
        return
    while start < walk.end and (lower[start] in grammar.wordings or lower[start] in prose.lexicon.nouns):
        if start + 1 < walk.end and lower[start + 1] in grammar.demonstratives:
            break
        start += 1
    if start > i + 1 and start < walk.end and lower[start] in {"dalam", "di", "pada"}:
        # `demikian tertulis dalam surat itu`
        start += 1
    if start == i + 1 and (_bare(prose, start) or _passive(prose, lower[start], judging=False)):
        start += 1
    speaker = phrase_at(prose.tokens, start, walk.end, prose.lexicon)
    if speaker is None or not (speaker.speakable or speaker.definite):
        return
    verb = prose.cue_at[speaker.end] if speaker.end < walk.end else None
    if verb is not None and verb.kind is CueClass.ACTIVE:
        # `..., begitu Budi berkata`
        close_statement(prose, i, verb, walk, speaker, speaker.end + 1, quote, cue=speaker.end)
        return
    if quote is None and start == i + 1 and not lower[i].startswith("demikian"):
        # `..., begitu polisi datang`: as soon as.
        return
    if speaker.end < walk.end and looks_verbal(lower[speaker.end], prose.lexicon) and quote is None:
        return
    close_statement(prose, i, _neutral(prose, i), walk, speaker, speaker.end, quote)
