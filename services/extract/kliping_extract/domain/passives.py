"""Statements with a passive cue in their own sentence: `..., seperti diakui Budi`, `Tuduhan itu dibantah Budi`."""

from __future__ import annotations

from kliping_extract.domain.after import close_statement
from kliping_extract.domain.attributions import Attribution, Frame, Walk, kind_of, settle
from kliping_extract.domain.endings import statement_end
from kliping_extract.domain.introductions import How
from kliping_extract.domain.lexicon import CueWord
from kliping_extract.domain.phrases import Phrase, phrase_at
from kliping_extract.domain.predicates import is_predicate
from kliping_extract.domain.prose import Prose
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
    if i + 2 < walk.end and prose.tokens.lower[i + 1] in prose.lexicon.grammar.markers:
        _open_paper(prose, i, word, walk)
        return
    speaker = phrase_at(prose.tokens, i + 1, walk.end, prose.lexicon)
    lead = next((j for j in range(i - 1, max(walk.region, i - _REACH) - 1, -1) if prose.tokens.lower[j] in _AS), None)
    if lead is not None and lead > walk.region and prose.comma(lead - 1):
        if speaker is not None and speaker.speakable:
            close_statement(prose, lead, word, walk, speaker, speaker.end, None, cue=i)
    elif "raised" in word.governs:
        _take_raised(prose, i, word, walk)
    elif speaker is not None and "subject" in word.governs and not walk.frames and _one_who_speaks(speaker):
        _take_subject(prose, i, word, walk, speaker)


def _take_raised(prose: Prose, i: int, word: CueWord, walk: Walk) -> None:
    """`Harga itu disebut Budi akan naik`, `Harga itu dinilainya wajar`: the subject, and what is said of it."""
    own = word.form.endswith("nya")
    speaker = Phrase(i, i + 1, pronoun="-nya") if own else phrase_at(prose.tokens, i + 1, walk.end, prose.lexicon)
    if speaker is None or walk.frames or not (own or _one_who_speaks(speaker) or speaker.pronoun):
        return
    end, unsaid = strip_adverbs(prose, i, walk.region)
    start = _subject_start(prose, walk.region, end)
    after = speaker.end
    if unsaid or start is None or end - start > _LONGEST or after >= walk.end:
        return
    if not (is_predicate(prose, after) or prose.quote_from(after) is not None or _plain(prose, after)):
        return
    spans = (start, end), (after, statement_end(prose, after, walk.end, How.CLAUSE))
    kind = kind_of(prose, spans, None)
    found = Attribution(spans, kind, "passive.raised", walk.sentence, (i, i + 1), word, speaker, walk.via)
    settled = settle(prose, found, 2)
    if settled is not None:
        walk.done.append(settled)
        walk.speaker = speaker
        walk.busy = walk.floor = walk.region = spans[1][1]


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
    if unsaid or start is None or end - start > _LONGEST:
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
