"""Statements with a passive cue in their own sentence: `..., seperti diakui Budi`, `Tuduhan itu dibantah Budi`."""

from __future__ import annotations

from kliping_extract.domain.after import close_statement
from kliping_extract.domain.attributions import Attribution, Frame, Walk, kind_of, settle
from kliping_extract.domain.endings import statement_end
from kliping_extract.domain.introductions import How, taken_up
from kliping_extract.domain.lexicon import CueWord
from kliping_extract.domain.phrases import Phrase, phrase_at
from kliping_extract.domain.predicates import is_predicate
from kliping_extract.domain.prose import Prose
from kliping_extract.domain.sources import behind
from kliping_extract.domain.subjects import skip_connectives, strip_adverbs
from kliping_shared.contracts.enriched import EntityType

_AS = frozenset({"sebagaimana", "seperti"})
#: Subjects that begin so name nothing that was said.
_EMPTY = frozenset({"yang", "hal", "itu", "ini"})
#: How far behind `seperti` its verb may stand: `seperti yang telah dikatakan`.
_REACH = 3
#: The longest subject of a passive cue, in tokens.
_LONGEST = 25
#: How far left of the cue what leads to its subject may begin, in tokens; keeps long sentences linear.
_FARTHEST = 75


def passive_at(prose: Prose, i: int, word: CueWord, walk: Walk) -> None:
    """Take what the passive cue at token `i` attributes."""
    if "lead" in word.governs and not walk.frames and _open_passive(prose, i, word, walk):
        return
    if i + 2 < walk.end and prose.tokens.lower[i + 1] in prose.lexicon.grammar.markers:
        _open_paper(prose, i, word, walk)
        return
    speaker = phrase_at(prose.tokens, i + 1, walk.end, prose.lexicon)
    lead = next((j for j in range(i - 1, max(walk.region, i - _REACH) - 1, -1) if prose.tokens.lower[j] in _AS), None)
    if lead is not None and lead > walk.region and prose.comma(lead - 1):
        if speaker is not None and speaker.speakable:
            close_statement(prose, lead, word, walk, speaker, speaker.end, None, cue=i)
    elif "raised" in word.governs and _take_raised(prose, i, word, walk):
        return
    elif speaker is not None and "subject" in word.governs and not walk.frames and _one_who_speaks(speaker):
        _take_subject(prose, i, word, walk, speaker)


def _open_passive(prose: Prose, i: int, word: CueWord, walk: Walk) -> bool:
    """`Dikatakan Budi, ...`, `Ditambahkannya, ...`, `Lebih lanjut dijelaskan Budi bahwa ...`"""
    edge, unsaid = strip_adverbs(prose, i, walk.region)
    speaker = _agent(prose, i, word, walk.end)
    if unsaid or skip_connectives(prose, walk.region, edge) < edge or speaker is None or not _may_speak(speaker):
        return False
    if speaker.end + 1 < walk.end and prose.tokens.lower[speaker.end] in prose.lexicon.grammar.markers:
        start: int | None = speaker.end + 1
    else:
        start, speaker = behind(prose, speaker, walk)
        start = start if start is not None and prose.comma(start - 1) else None
    if start is None or start >= walk.end:
        return False
    walk.frames.append(Frame((i, i + 1), word, speaker, start, How.COMMA, "passive.before"))
    walk.speaker, walk.busy, walk.floor = speaker, start, start
    return True


def _agent(prose: Prose, i: int, word: CueWord, limit: int) -> Phrase | None:
    """By whom: `disebut Budi`, `disebutnya`."""
    if word.form.endswith("nya"):
        return Phrase(i, i + 1, pronoun="-nya")
    return phrase_at(prose.tokens, i + 1, limit, prose.lexicon)


def _may_speak(speaker: Phrase) -> bool:
    return _one_who_speaks(speaker) or speaker.pronoun is not None or speaker.role is not None or speaker.noun


def _take_raised(prose: Prose, i: int, word: CueWord, walk: Walk) -> bool:
    """`Harga itu disebut Budi akan naik`, `Harga itu dinilainya wajar`: the subject, and what is said of it."""
    speaker = _agent(prose, i, word, walk.end)
    if speaker is None or walk.frames or not _may_speak(speaker):
        return False
    if prose.tokens.lower[i - 1] == "yang":
        return _open_label(prose, i, word, walk, speaker)
    end, unsaid = strip_adverbs(prose, i, walk.region)
    start = _subject_start(prose, walk.region, end)
    after = speaker.end
    if unsaid or start is None or end - start > _LONGEST or after >= walk.end:
        return False
    named = bool(speaker.names) or speaker.pronoun is not None
    verb = is_predicate(prose, after) and prose.tokens.lower[after] not in prose.lexicon.grammar.adjuncts - {"sebagai"}
    if not (verb or prose.quote_from(after) is not None or (named and _plain(prose, after))):
        return False
    spans = (start, end), (after, statement_end(prose, after, walk.end, How.CLAUSE))
    kind = kind_of(prose, spans, None)
    found = Attribution(spans, kind, "passive.raised", walk.sentence, (i, i + 1), word, speaker, walk.via)
    settled = settle(prose, found, 2)
    if settled is not None:
        walk.done.append(settled)
        walk.speaker = speaker
        walk.busy = walk.floor = walk.region = spans[1][1]
    return settled is not None


def _open_label(prose: Prose, i: int, word: CueWord, walk: Walk, speaker: Phrase) -> bool:
    """`Budi menunjukkan surat yang disebutnya (sebagai) bukti`: what the last noun of a clause is called."""
    main = next((j for j in range(i - 2, walk.region, -1) if is_predicate(prose, j)), None)
    start = speaker.end + (speaker.end < walk.end and prose.tokens.lower[speaker.end] == "sebagai")
    end = next((j for j in range(start, walk.end) if prose.comma(j)), walk.end)
    if main is None or start >= end or not (speaker.names or speaker.pronoun) or not _plain(prose, start):
        return False
    actor = phrase_at(prose.tokens, skip_connectives(prose, walk.region, main), main, prose.lexicon)
    if speaker.pronoun == "-nya" and actor is not None and actor.speakable:
        speaker = actor
    walk.frames.append(Frame((i, i + 1), word, speaker, start, How.AS, "passive.label", end=end))
    walk.speaker, walk.busy, walk.floor = speaker, end, end
    return True


def _plain(prose: Prose, i: int) -> bool:
    """Whether a word that needs no verb follows: `dinilainya murahan`."""
    word, grammar = prose.tokens.lower[i], prose.lexicon.grammar
    return word == "sebagai" or (word.isalpha() and word not in grammar.adjuncts | grammar.joiners | grammar.days)


def _open_paper(prose: Prose, i: int, word: CueWord, walk: Walk) -> None:
    """`Dalam surat itu disebutkan bahwa ...`: the paper says it."""
    lead = skip_connectives(prose, walk.region, i)
    edge, unsaid = strip_adverbs(prose, i, walk.region)
    if unsaid or walk.frames or prose.tokens.lower[lead] != "dalam":
        return
    paper = phrase_at(prose.tokens, lead + 1, edge, prose.lexicon)
    if paper is not None and paper.speakable and paper.end == edge:
        walk.frames.append(Frame((i, i + 1), word, paper, i + 2, How.BAHWA, "passive.bahwa"))
        walk.speaker = paper


def _one_who_speaks(speaker: Phrase) -> bool:
    return bool(speaker.names) and all(name.type is not EntityType.LOC for name in speaker.names)


def _take_subject(prose: Prose, i: int, word: CueWord, walk: Walk, speaker: Phrase) -> None:
    """What is denied, owned or blamed stands before the cue."""
    end, unsaid = strip_adverbs(prose, i, walk.region)
    start = _subject_start(prose, walk.region, end)
    if unsaid or start is None or end - start > _LONGEST or taken_up(prose, start, end):
        return
    spans = ((start, end),)
    found = Attribution(
        spans, kind_of(prose, spans, How.NOUN), "passive.subject", walk.sentence, (i, i + 1), word, speaker, walk.via
    )
    settled = settle(prose, found, 2)
    if settled is not None:
        walk.done.append(settled)
        walk.speaker = speaker
        walk.busy = walk.floor = walk.region = speaker.end


def _subject_start(prose: Prose, region: int, end: int) -> int | None:
    """Past what leads to the subject, and past `anggapan bahwa`; None where it is a relative clause or in parts."""
    lower, grammar = prose.tokens.lower, prose.lexicon.grammar
    if end - region > _FARTHEST:
        return None
    start = skip_connectives(prose, region, end)
    commas = [j for j in range(start, end) if prose.comma(j)]
    if commas and lower[start] in grammar.adjuncts:
        start, commas = commas[0] + 1, commas[1:]
    marker = next((j for j in range(start, end) if lower[j] in grammar.markers), None)
    if marker is not None:
        return marker + 1
    opens = (
        start < end and lower[start] not in _EMPTY and lower[end - 1] != "yang" and lower[start] not in grammar.adjuncts
    )
    return start if opens and not commas else None
