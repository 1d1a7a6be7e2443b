"""Statements that a noun of saying leads: `Pengakuan Budi bahwa ...`, `Dalihnya: ...`, `Kata Budi, ...`."""

from __future__ import annotations

from dataclasses import replace

from kliping_extract.domain.attributions import Frame, Walk
from kliping_extract.domain.introductions import How
from kliping_extract.domain.lexicon import CueClass, CueWord
from kliping_extract.domain.phrases import Phrase, looks_verbal, phrase_at
from kliping_extract.domain.predicates import asserts, is_predicate
from kliping_extract.domain.prose import Prose
from kliping_extract.domain.sources import behind
from kliping_extract.domain.subjects import skip_connectives

#: How many words may stand between the speaker and a colon: `Jawaban Budi sangat singkat: ...`.
_BEFORE_COLON = 3
#: How far behind its beginning the end of a statement is looked for, in tokens.
_REACH = 150
#: Cues that attribute what stands before them, the noun with it: `Catatan desa, kata Budi, hilang`.
_BEHIND = frozenset({CueClass.BARE, CueClass.NYA, CueClass.SOURCE})


def lead_with(prose: Prose, i: int, walk: Walk) -> bool:
    """Open the statement that the noun or bare cue at token `i` leads; False where it leads none."""
    word = _leading(prose, i)
    if word is None or any(frame.end == 0 for frame in walk.frames):
        return False
    speaker = _owner(prose, i, word, walk)
    if speaker is None or not (speaker.speakable or speaker.definite):
        return False
    start = _start(prose, i, word, speaker, walk)
    if start is None:
        return False
    end = _end(prose, start[0], i, walk) if start[1] in (How.BAHWA, How.VERB) else walk.end
    walk.frames.append(Frame((i, i + 1), word, speaker, start[0], start[1], f"lead.{start[1]}", end=end))
    walk.speaker = speaker
    walk.busy = walk.floor = walk.region = end if end < walk.end else start[0]
    return True


def ground_at(prose: Prose, i: int, walk: Walk) -> bool:
    """`Budi menutup jalan itu dengan alasan (bahwa) ...`: whoever did it says so; `dengan alasan keamanan` is no clause."""
    lower = prose.tokens.lower
    if lower[i] not in prose.lexicon.grammar.grounds or i + 2 >= walk.end or lower[i - 1] != "dengan" or walk.frames:
        return False
    start = i + 1 + (lower[i + 1] in prose.lexicon.grammar.markers)
    speaker = phrase_at(prose.tokens, skip_connectives(prose, walk.region, i), i, prose.lexicon) or walk.speaker
    if speaker is None or not speaker.speakable or not asserts(prose, start, walk.end):
        return False
    word = prose.lexicon.nouns[lower[i]]
    walk.frames.append(Frame((i, i + 1), word, speaker, start, How.CLAUSE, "lead.ground"))
    walk.speaker, walk.busy, walk.floor = speaker, start, start
    return True


def _leading(prose: Prose, i: int) -> CueWord | None:
    noun = prose.lexicon.nouns.get(prose.tokens.lower[i])
    bare = prose.cue_at[i]
    return noun or (bare if bare is not None and bare.kind is not CueClass.ACTIVE and "lead" in bare.governs else None)


def _owner(prose: Prose, i: int, word: CueWord, walk: Walk) -> Phrase | None:
    if word.kind is CueClass.NYA:
        return Phrase(i, i + 1, pronoun="-nya")
    start = _behind_coming(prose, i + 1, walk) if word.kind is CueClass.NOUN else i + 1
    phrase = phrase_at(prose.tokens, start, walk.end, prose.lexicon)
    if phrase is None or looks_verbal(prose.tokens.lower[phrase.start], prose.lexicon):
        return None
    return _with_name(prose, phrase, walk.end)


def _with_name(prose: Prose, phrase: Phrase, limit: int) -> Phrase:
    """`Pengakuan rekannya, Budi, bahwa ...`: who is described by the words before the comma."""
    if phrase.names or phrase.end + 1 >= limit or not prose.comma(phrase.end):
        return phrase
    inner = phrase_at(prose.tokens, phrase.end + 1, limit, prose.lexicon)
    if inner is None or len(inner.names) != 1 or inner.end + 1 >= limit or not prose.comma(inner.end):
        return phrase
    if prose.tokens.lower[inner.end + 1] not in prose.lexicon.grammar.markers:
        return phrase
    return Phrase(phrase.start, inner.end + 1, inner.names, role=phrase.role)


def _behind_coming(prose: Prose, i: int, walk: Walk) -> int:
    """Where the owner stands in `Kritik pedas datang dari Budi: ...`, else `i`."""
    lower = prose.tokens.lower
    reach = range(i, min(i + _BEFORE_COLON, walk.end - 2))
    come = (j for j in reach if lower[j] in {"datang", "muncul", "terlontar", "meluncur"} and lower[j + 1] == "dari")
    return next((j + 2 for j in come), i)


def _start(prose: Prose, i: int, word: CueWord, speaker: Phrase, walk: Walk) -> tuple[int, How] | None:
    """Where the statement begins, and behind what: bahwa, untuk, a colon, or a comma."""
    lower, after = prose.tokens.lower, speaker.end
    if after + 2 < walk.end and prose.comma(after + 1) and lower[after] in prose.lexicon.grammar.trailing:
        # `Kata Budi lagi, ...`
        after, speaker = after + 1, replace(speaker, end=after + 1)
    if after + 1 >= walk.end:
        return None
    if lower[after] in prose.lexicon.grammar.markers and word.form in prose.lexicon.nouns:
        return after + 1, How.BAHWA
    heads = _heads(prose, i, walk)
    promised = "verb" in word.governs and lower[after] in ({"untuk", "akan"} if heads else {"untuk"})
    if promised and (heads or lower[i - 1] in prose.lexicon.grammar.adjuncts):
        return after + (lower[after] == "untuk"), How.VERB
    if not heads:
        return None
    colon = next((j for j in range(after, min(after + _BEFORE_COLON + 1, walk.end - 1)) if lower[j] == ":"), None)
    if colon is not None:
        return colon + 1, How.QUOTE if prose.quote_from(colon + 1) else How.COLON
    if not prose.comma(after):
        return None
    if prose.quote_from(after + 1) is not None:
        return after + 1, How.QUOTE
    said = prose.cue_at[after + 1]
    if "lead" not in word.governs or lower[after + 1] == "yang" or (said is not None and said.kind in _BEHIND):
        return None
    start, _ = behind(prose, speaker, walk)
    if start is None or start >= walk.end or (start > after + 1 and is_predicate(prose, start)):
        return None
    return start, How.COMMA


def _heads(prose: Prose, i: int, walk: Walk) -> bool:
    """Whether token `i` opens its clause, and not `Begitu kata Budi`, which takes up the sentence before."""
    head = skip_connectives(prose, walk.region, i)
    if head == i - 1 and (prose.tokens.lower[head] in {"masih", "begini"} or _view(prose, i, head, walk)):
        return True
    if head == i - 2 and prose.tokens.lower[i - 1] == "sudut" and _view(prose, i, head, walk):
        return True
    return head >= i and (i == walk.region or prose.tokens.lower[i - 1] not in prose.lexicon.grammar.thus)


def _view(prose: Prose, i: int, head: int, walk: Walk) -> bool:
    """`Dalam pandangan Budi, ...`, `Dari sudut pandang Budi, ...`"""
    word = prose.lexicon.nouns.get(prose.tokens.lower[i])
    if word is None or word.kind is CueClass.NYA or prose.tokens.lower[head] not in prose.lexicon.grammar.view_leads:
        return False
    owner = _owner(prose, i, word, walk)
    return owner is not None and bool(owner.names)


def _end(prose: Prose, start: int, noun: int, walk: Walk) -> int:
    """Before what became of the statement (`..., tidak ditanggapi Ana`), or the clause that its noun's belongs to."""
    lower, grammar = prose.tokens.lower, prose.lexicon.grammar
    heads = _heads(prose, noun, walk)
    for i in range(start + 1, min(walk.end, start + _REACH)):
        if prose.quote_at[i] >= 0:
            continue
        if not heads and prose.comma(i):
            return i
        if lower[i] not in grammar.receptions:
            continue
        while i - 1 > start and (lower[i - 1] in grammar.adverbs or prose.comma(i - 1)):
            i -= 1
        return i
    return walk.end
