"""Statements after their verb: `Budi mengatakan (bahwa) ...`, also chained to the first speaker."""

from __future__ import annotations

from dataclasses import replace

from kliping_extract.domain.after import close_statement, quote_before, stands_alone
from kliping_extract.domain.attributions import Frame, Walk
from kliping_extract.domain.complements import statement_start
from kliping_extract.domain.halves import goes_on
from kliping_extract.domain.introductions import How, addressed
from kliping_extract.domain.lexicon import CueClass, CueWord
from kliping_extract.domain.phrases import Phrase, looks_verbal, phrase_at, phrase_before
from kliping_extract.domain.predicates import asserts, is_predicate
from kliping_extract.domain.prose import Prose
from kliping_extract.domain.subjects import skip_connectives, strip_adverbs, subject_of
from kliping_shared.contracts.enriched import EntityType, Stance

_SURE = frozenset({How.QUOTE, How.BAHWA, How.COLON, How.COMMA})


def open_with(prose: Prose, verb: int, word: CueWord, walk: Walk, *, cue: int | None = None) -> None:
    """Open a statement at the active cue `word`; its subject is looked for before token `verb` (the cue unless told)."""
    at = verb if cue is None else cue
    if _close_clause(prose, at, word, walk):
        return
    start = statement_start(prose, at, word, walk.end)
    if start is None:
        _close_quote(prose, at, word, walk)
        return
    edge, unsaid = strip_adverbs(prose, verb, walk.floor)
    if unsaid and not _held(prose, verb, word):
        return
    if unsaid and word.stance is Stance.DENY:
        word = replace(word, stance=Stance.ADMIT)
    speaker, chained = _speaker(prose, edge, walk, start[1])
    if speaker is None or (start[1] not in _SURE and not (speaker.speakable or speaker.definite)):
        return
    if speaker.start < verb and _supposed(prose, speaker.start, walk):
        return
    if chained and (
        ("doing" in word.governs and start[1] is How.NOUN) or ("reply" in word.governs and start[1] is How.CLAUSE)
    ):
        # `mengatakan ..., dan menjawab pertanyaan warga`: more that is told, not more that is said.
        return
    if "document" in word.governs and not _paper(prose, speaker):
        return
    opened = walk.frames[-1] if walk.frames else None
    left = speaker.start if not chained and speaker.start < verb else edge
    if (
        opened is not None
        and opened.end == 0
        and opened.start <= verb
        and not _supersedes(prose, opened, left, chained)
    ):
        return
    _cut_open(prose, walk, left)
    rule = f"{'chain' if chained else 'verb'}.{start[1]}"
    inserted = edge - 2 > walk.floor and prose.tokens.lower[edge - 1] == "yang" and prose.comma(edge - 2)
    end = next((j for j in range(start[0] + 1, walk.end) if prose.comma(j)), 0) if inserted else 0
    walk.frames.append(Frame((at, at + 1), word, speaker, start[0], start[1], rule, end=end))
    walk.speaker = speaker
    walk.floor = at + 1


def _held(prose: Prose, verb: int, word: CueWord) -> bool:
    """`tidak membantah`, `tak yakin`: not to deny and not to hold is to say something."""
    return prose.tokens.lower[verb - 1] in {"tidak", "tak"} and (word.stance is Stance.DENY or "view" in word.governs)


def _paper(prose: Prose, subject: Phrase) -> bool:
    return not prose.lexicon.grammar.documents.isdisjoint(prose.tokens.lower[subject.start : subject.start + 2])


def _supposed(prose: Prose, subject: int, walk: Walk) -> bool:
    """`Jika Budi mengatakan ...`: nobody has said it."""
    return subject > walk.floor and prose.tokens.lower[subject - 1] in prose.lexicon.grammar.conditionals


def _close_quote(prose: Prose, verb: int, word: CueWord, walk: Walk) -> None:
    """`"...," Budi menambahkan.`: the statement is the quote right before the subject."""
    edge, unsaid = strip_adverbs(prose, verb, walk.region)
    subject = None if unsaid else phrase_before(prose.tokens, edge, walk.region, prose.lexicon)
    quote = quote_before(prose, subject.start, walk) if subject is not None and subject.speakable else None
    if quote is not None and stands_alone(prose, quote, walk.region):
        close_statement(prose, verb, word, walk, subject, verb + 1, quote)


def _close_clause(prose: Prose, verb: int, word: CueWord, walk: Walk) -> bool:
    """`Harga naik, ia menegaskan.`, `Harga itu, Budi menambahkan, akan turun`: the statement stands around its cue."""
    tokens = prose.tokens
    ends = verb + 1 >= walk.end or tokens.words[verb + 1] == "."
    reports = not word.governs or not word.governs.isdisjoint({"clause", "whom"})
    if not reports or walk.frames or not (ends or prose.comma(verb + 1)):
        return False
    edge, unsaid = strip_adverbs(prose, verb, walk.region)
    subject = None if unsaid else phrase_before(tokens, edge, walk.region, prose.lexicon)
    if subject is None or not (subject.names or subject.pronoun) or subject.start - 1 <= walk.region:
        return False
    start, end = skip_connectives(prose, walk.region, subject.start), subject.start
    if start >= end - 1 or not prose.comma(end - 1) or tokens.lower[start] in prose.lexicon.grammar.adjuncts:
        return False
    first = phrase_at(tokens, start, end, prose.lexicon)
    if subject.names and first is not None and (first.role or (first.noun and first.end == end - 1)):
        # `Ketua Panitia, Budi mengatakan, ...`
        return False
    said = (
        any(is_predicate(prose, j) for j in range(start, end))
        if ends
        else goes_on(prose, (start, end), verb + 2, walk.end)
    )
    if said and not looks_verbal(tokens.lower[start], prose.lexicon):
        close_statement(prose, end, word, walk, subject, verb + 1, None, cue=verb)
        return True
    return False


def _speaker(prose: Prose, edge: int, walk: Walk, how: How) -> tuple[Phrase | None, bool]:
    """The speaker and whether it is the one of the statement before."""
    lower, grammar = prose.tokens.lower, prose.lexicon.grammar
    before = lower[edge - 1] if edge > walk.floor else ""
    follows = walk.speaker is not None and edge - 1 >= walk.floor - 1
    joined = before in grammar.joiners or _quote_with_comma(prose, edge)
    if follows and (edge <= walk.floor or joined) and not _subject_in_commas(prose, edge, walk):
        return walk.speaker, True
    if before == "yang" and follows and edge - 2 == walk.floor and prose.comma(walk.floor):
        # `"...," kata Budi, yang menegaskan ...`
        return walk.speaker, True
    if before == "yang":
        head = _head_of_relative(prose, edge - 1, walk)
        return (head, False) if how in _SURE or (head is not None and head.names) else (None, False)
    return subject_of(prose, edge, walk.floor), False


def _head_of_relative(prose: Prose, relative: int, walk: Walk) -> Phrase | None:
    """`Budi (29), yang mengaku ...`: whom the relative clause at token `relative` tells about."""
    end = relative - 1 if relative - 1 > walk.floor and prose.comma(relative - 1) else relative
    return phrase_before(prose.tokens, strip_adverbs(prose, end, walk.floor)[0], walk.floor, prose.lexicon)


def _quote_with_comma(prose: Prose, i: int) -> bool:
    """`"...," menambahkan bahwa`: the joining comma stands inside the quote."""
    quote = prose.quote_until(i)
    return quote is not None and prose.tokens.words[quote.parts[-1][1] - 1] == ","


def _subject_in_commas(prose: Prose, edge: int, walk: Walk) -> bool:
    """`..., dan Budi, ketua panitia, menambahkan`: a comma before the verb that closes an insertion, not a statement."""
    if walk.frames or not prose.comma(edge - 1):
        return False
    subject = subject_of(prose, edge, walk.floor)
    return subject is not None and bool(subject.names)


def _supersedes(prose: Prose, opened: Frame, left: int, chained: bool) -> bool:
    """Whether a later verb ends the open statement, rather than being part of what it reports."""
    if chained or (opened.rule == "source.before" and _passes_on(opened)):
        return True
    i = left
    while i - 1 > opened.start and prose.comma(i - 1):
        i -= 1
    before = prose.tokens.lower[i - 1] if i > opened.start else ""
    return before in prose.lexicon.grammar.contrasts or (i < left and left - opened.start > 4) or before == ";"


def _passes_on(source: Frame) -> bool:
    """`Menurut Antara, Budi mengatakan ...`: media and bodies report others; a person's own words include what others say."""
    speaker = source.speaker
    return speaker is None or (
        speaker.pronoun is None and all(name.type is not EntityType.PER for name in speaker.names)
    )


def _cut_open(prose: Prose, walk: Walk, left: int) -> None:
    """End the open statement before `left`, without what joins it to the next."""
    if not walk.frames:
        return
    opened = walk.frames[-1]
    if opened.rule == "source.before" and left - opened.start < 4:
        # `Menurut Antara, Budi mengatakan ...`: the source only passed it on.
        walk.frames.pop()
        walk.via = opened.speaker
        return
    if opened.end:
        return
    joiners = prose.lexicon.grammar.joiners | prose.lexicon.grammar.contrasts
    end = left
    while end > opened.start and prose.tokens.lower[end - 1] in joiners:
        end -= 1
    opened.end = max(end, opened.start)
    if opened.end <= opened.start:
        walk.frames.pop()


def signal_at(prose: Prose, noun: int, walk: Walk) -> bool:
    """`memberikan petunjuk (kuat) bahwa ...`, `mengumbar ancaman untuk ...`: a noun of saying behind a light verb; False where none is."""
    lower, grammar = prose.tokens.lower, prose.lexicon.grammar
    if lower[noun] not in grammar.signal_nouns or noun + 1 >= walk.end:
        return False
    verb = next(
        (i for i in range(noun - 1, max(walk.floor, noun - 4) - 1, -1) if lower[i] in grammar.light_verbs), None
    )
    if verb is None or not looks_verbal(lower[verb], prose.lexicon):
        return False
    said = prose.lexicon.nouns.get(lower[noun])
    marks = grammar.markers | ({"untuk", ":"} if said is None or "verb" in said.governs else {":"})
    told = prose.comma(noun + 1) and asserts(prose, noun + 2, walk.end)
    if lower[noun + 1] not in marks and not told and addressed(prose, noun + 1, walk.end) is None:
        return False
    word = CueWord(lower[noun], CueClass.ACTIVE, frozenset({"verb", "whom"}), said.stance if said else Stance.NEUTRAL)
    open_with(prose, verb, word, walk, cue=noun)
    return True
