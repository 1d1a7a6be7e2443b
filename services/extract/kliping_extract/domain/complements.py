"""Where a reported statement begins after its verb."""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import StrEnum

from kliping_extract.domain.lexicon import CueClass, CueWord
from kliping_extract.domain.phrases import looks_verbal, phrase_at
from kliping_extract.domain.prose import Prose

#: How far behind its verb `bahwa` (or a comma) may stand, past addressee, place and time.
_REACH = 26
_DOING = re.compile(r"(?:pe|per|ke)\w{3,}an(?:nya)?|[bcdghjklmnprstw]\w{3,}nya")
#: The longest addressee between a verb and `bahwa`, in tokens.
_ADDRESSEE = 8


#: Subordinators that may as well tell when something was said.
_TIMES = frozenset({"saat", "ketika", "tatkala", "setelah", "sesudah", "sebelum", "begitu", "sementara"})


class How(StrEnum):
    """What introduces a statement; the surest first."""

    QUOTE = "quote"
    BAHWA = "bahwa"
    COLON = "colon"
    COMMA = "comma"
    CLAUSE = "clause"
    VERB = "verb"
    AS = "as"
    SPEECH = "speech"
    NOUN = "noun"
    AGAR = "agar"


Start = tuple[int, How]


def statement_start(prose: Prose, verb: int, cue: CueWord, limit: int) -> Start | None:
    """First token of what the cue at token `verb` reports, and how it is introduced; None where it reports nothing."""
    lower, grammar = prose.tokens.lower, prose.lexicon.grammar
    i = verb + 1
    while i < limit and lower[i] in grammar.trailing:
        i += 1
    if i >= limit:
        return None
    marked = _marked(prose, i, limit)
    if marked is not None:
        return marked
    if _likewise(prose, i, limit):
        return None
    if "whom" in cue.governs and (told := addressed(prose, i, limit)) is not None:
        return told
    for kind, starts in _GOVERNED:
        if kind in cue.governs and (found := starts(prose, i, limit)) is not None:
            promised = "verb" in cue.governs and found[1] is How.CLAUSE
            return (found[0], How.VERB) if promised else found
    past = (
        _past_adjunct(prose, i, limit, clause="clause" in cue.governs, verb=cue.form)
        if lower[i] in grammar.adjuncts
        else None
    )
    return past or _far_quote(prose, i, limit)


def _far_quote(prose: Prose, i: int, limit: int) -> Start | None:
    """`menulis pesan pendek di papan: "..."`, `menjawab dengan ringan, "..."`"""
    for j in range(i, limit - 1):
        quote = prose.quote_from(j + 1)
        if quote is not None and (prose.tokens.words[j] == ":" or (prose.comma(j) and prose.full(quote))):
            return j + 1, How.QUOTE
        word = prose.cue_at[j]
        if word is not None and word.kind is CueClass.ACTIVE:
            return None
    return None


def _marked(prose: Prose, i: int, limit: int) -> Start | None:
    """A start that any cue may have: a quote, bahwa, a colon or a comma right here, or a noun of saying and bahwa."""
    word = prose.tokens.lower[i]
    if prose.quote_from(i) is not None:
        return i, How.QUOTE
    if word in prose.lexicon.grammar.markers:
        return (i + 1, How.BAHWA) if i + 1 < limit else None
    if word in prose.lexicon.grammar.spoken_markers and not any(prose.comma(j) for j in range(i, limit)):
        return (i + 1, How.BAHWA) if i + 1 < limit else None
    if word == ":":
        return (i + 1, How.QUOTE if prose.quote_from(i + 1) else How.COLON) if i + 1 < limit else None
    if prose.comma(i):
        return _after_comma(prose, i, limit)
    if _speech_noun(prose, i):
        marker = next((j for j in range(i + 1, min(i + 6, limit)) if _is_marker(prose, j)), None)
        return (marker + 1, How.BAHWA) if marker is not None and marker + 1 < limit else None
    return None


def _circumstance(prose: Prose, i: int, limit: int) -> bool:
    lower, grammar = prose.tokens.lower, prose.lexicon.grammar
    if lower[i] != "pada":
        return lower[i] in grammar.circumstances
    addressee = phrase_at(prose.tokens, i + 1, limit, prose.lexicon)
    return lower[i + 1] in grammar.days or (addressee is not None and addressee.speakable)


def addressed(prose: Prose, i: int, limit: int) -> Start | None:
    """`mengingatkan warga bahwa ...`: behind whom it was said to."""
    for j in range(i + 1, min(i + _ADDRESSEE, limit - 1)):
        if _is_marker(prose, j):
            return j + 1, How.BAHWA
        if not prose.tokens.words[j][0].isalnum() or is_predicate(prose, j):
            return None
    return None


def _is_marker(prose: Prose, i: int) -> bool:
    return prose.tokens.lower[i] in prose.lexicon.grammar.markers


def _speech_noun(prose: Prose, i: int) -> bool:
    word = prose.tokens.lower[i]
    return word in prose.lexicon.grammar.speech_nouns or word.removesuffix("nya") in prose.lexicon.grammar.speech_nouns


def _after_comma(prose: Prose, comma: int, limit: int) -> Start | None:
    """Behind the comma, past days and past insertions that `bahwa` follows; not at a word that carries the same clause on."""
    lower, grammar = prose.tokens.lower, prose.lexicon.grammar
    start = comma + 1
    if start < limit and (lower[start] in grammar.joiners or lower[start] in grammar.listing):
        return None
    for _ in range(3):
        if start >= limit:
            return None
        if lower[start] in grammar.markers:
            return (start + 1, How.BAHWA) if start + 1 < limit else None
        if prose.quote_from(start) is not None:
            return start, How.QUOTE
        after = next((j for j in range(start + 1, min(start + _REACH, limit)) if prose.comma(j)), None)
        if after is None or after + 1 >= limit:
            break
        bahwa_next = lower[start] in grammar.adjuncts and lower[after + 1] in grammar.markers
        if not (lower[start] in grammar.days or bahwa_next):
            break
        start = after + 1
    return start, How.COMMA


def _past_adjunct(prose: Prose, i: int, limit: int, *, clause: bool, verb: str) -> Start | None:
    """Past `kepada wartawan di Jakarta` to bahwa, comma, colon or quote; a clause may follow the addressee at once."""
    if clause and looks_verbal(verb, prose.lexicon) and _of_the_statement(prose, i, limit):
        return i, How.CLAUSE
    for j in range(i + 1, min(i + _REACH, limit)):
        if _is_marker(prose, j) or prose.comma(j) or prose.tokens.words[j] == ":" or _said_there(prose, j):
            told = looks_verbal(verb, prose.lexicon) or prose.tokens.lower[i] in {"kepada", "pada"}
            # `khawatir dengan hujan, ...`: the comma ends what the feeling is about.
            return _marked(prose, j, limit) if told or not prose.comma(j) else None
        if prose.cue_at[j] is not None and prose.cue_at[j].governs:  # type: ignore[union-attr]
            break
    if clause and prose.tokens.lower[i] in {"kepada", "pada"}:
        addressee = phrase_at(prose.tokens, i + 1, limit, prose.lexicon)
        if addressee is not None and (addressee.names or addressee.noun):
            return _clause(prose, addressee.end, limit)
    return None


def _said_there(prose: Prose, i: int) -> bool:
    """A quote, unless it names where or with what: `mengadu lewat "Lapor Pak"`."""
    return prose.quote_from(i) is not None and prose.tokens.lower[i - 1] not in prose.lexicon.grammar.adjuncts


def _of_the_statement(prose: Prose, i: int, limit: int) -> bool:
    """`mengatakan sejak Mei harga naik`: an adjunct whose clause follows without a comma is said with it.

    `mengatakan saat ditemui di rumahnya, ...` and `mengatakan kepada polisi ...` tell how it was said.
    """
    lower, grammar = prose.tokens.lower, prose.lexicon.grammar
    told = lower[i] in grammar.tail_leads and i + 1 < limit and is_predicate(prose, i + 1)
    if told or i + 1 >= limit or looks_verbal(lower[i], prose.lexicon) or _circumstance(prose, i, limit):
        return False
    for j in range(i + 1, min(i + _REACH, limit)):
        if prose.comma(j) and lower[i] in grammar.subordinators | {"untuk", "akibat", "berkat"} - _TIMES:
            return True
        if _is_marker(prose, j) or prose.comma(j) or prose.tokens.words[j] == ":" or prose.quote_at[j] >= 0:
            return False
        if lower[j] in grammar.tail_verbs or lower[j] == "yang":
            return False
        if j > i + 1 and is_predicate(prose, j):
            return True
    return False


def is_predicate(prose: Prose, i: int) -> bool:
    """Whether token `i` may be a clause's verb, or stand for one."""
    word = prose.tokens.lower[i]
    return word in prose.lexicon.grammar.predicates or looks_verbal(word, prose.lexicon)


def _clause(prose: Prose, i: int, limit: int) -> Start | None:
    if i >= limit or _adjunct(prose, i) or not prose.tokens.words[i][0].isalnum():
        return None
    colon = next((j for j in range(i + 1, min(i + 4, limit - 1)) if prose.tokens.words[j] == ":"), None)
    if colon is not None:
        return colon + 1, How.QUOTE if prose.quote_from(colon + 1) else How.COLON
    has_verb = any(is_predicate(prose, j) or prose.quote_at[j] >= 0 for j in range(i, min(i + _REACH, limit)))
    return (i, How.CLAUSE) if has_verb else None


def _said(prose: Prose, i: int, limit: int) -> Start | None:
    plain = not _adjunct(prose, i) and prose.tokens.words[i][0].isalnum()
    return (i, How.CLAUSE) if plain and i + 2 < limit else None


def _adjunct(prose: Prose, i: int) -> bool:
    """An adjunct's first word that is no verb (`mengaku melihat ...`)."""
    word = prose.tokens.lower[i]
    return word in prose.lexicon.grammar.adjuncts and word != "melihat"


def _likewise(prose: Prose, i: int, limit: int) -> bool:
    """`mengatakan hal senada`: what was said is told elsewhere."""
    lower = prose.tokens.lower
    return lower[i] == "hal" and i + 1 < limit and lower[i + 1] in prose.lexicon.grammar.alike


def _verb(prose: Prose, i: int, limit: int) -> Start | None:
    word = prose.tokens.lower[i]
    if word == "untuk" and prose.quote_from(i + 1) is not None:
        return i + 1, How.QUOTE
    if word in {"akan", "untuk", "tidak", "tak", "bakal", "segera"} or looks_verbal(word, prose.lexicon):
        return i, How.VERB
    reach = range(i + 1, min(i + 8, limit)) if word in {"kepada", "pada"} else range(0)
    return next(((j, How.VERB) for j in reach if prose.tokens.lower[j] in {"akan", "untuk", "tidak"}), None)


def _as(prose: Prose, i: int, limit: int) -> Start | None:
    reach = range(i, min(i + 30, limit))
    named = any(prose.tokens.lower[j] == "sebagai" or prose.quote_at[j] >= 0 for j in reach)
    return (i, How.AS) if named else None


def _object(prose: Prose, i: int, limit: int) -> Start | None:
    return (i, How.AS) if prose.tokens.words[i][0].isalnum() and i + 1 < limit else None


def _speech(prose: Prose, i: int, limit: int) -> Start | None:
    return (i, How.SPEECH) if _speech_noun(prose, i) and i + 1 < limit else None


def _noun(prose: Prose, i: int, limit: int) -> Start | None:
    word = prose.tokens.lower[i]
    plain = word[0].isalnum() and word not in prose.lexicon.grammar.adjuncts
    return (i, How.NOUN) if plain and i + 1 < limit else None


def _agar(prose: Prose, i: int, limit: int) -> Start | None:
    wanted = prose.lexicon.grammar.purposes | {"untuk"}
    found = any(prose.tokens.lower[j] in wanted for j in range(i, min(i + 10, limit)))
    return (i, How.AGAR) if found else None


def _question(prose: Prose, i: int, limit: int) -> Start | None:
    asks = prose.tokens.lower[i] in prose.lexicon.grammar.questions
    return (i, How.CLAUSE) if asks and i + 1 < limit else None


def _deed(prose: Prose, i: int, limit: int) -> Start | None:
    """A verb, unless what it reports is a statement itself: `sepakat mendesak ...`."""
    saying = prose.cue_at[i] is not None and bool(prose.cue_at[i].governs)  # type: ignore[union-attr]
    return None if saying else _verb(prose, i, limit)


def _doing(prose: Prose, i: int, limit: int) -> Start | None:
    """`pembatalan kontrak`, `lahirnya undang-undang`: a noun of doing, with what it is done to."""
    named = _DOING.fullmatch(prose.tokens.lower[i]) is not None and not _speech_noun(prose, i)
    return (i, How.NOUN) if named and i + 2 < limit else None


def _reply(prose: Prose, i: int, limit: int) -> Start | None:
    """Not `menjawab pertanyaan wartawan`."""
    word = prose.tokens.lower[i].partition("-")[0]
    answered = _speech_noun(prose, i) or word in prose.lexicon.nouns
    return None if answered else _far_quote(prose, i, limit) or _clause(prose, i, limit)


def _named(prose: Prose, i: int, limit: int) -> Start | None:
    word = prose.cue_at[i]
    passive = word is not None and word.kind is CueClass.PASSIVE
    return (i, How.VERB) if passive and i + 1 < limit else None


def _wish(prose: Prose, i: int, limit: int) -> Start | None:
    """`ingin agar ...`, or a noun and its verb; `ingin pulang` is not said."""
    if prose.tokens.lower[i] in prose.lexicon.grammar.purposes:
        return (i, How.AGAR) if i + 1 < limit else None
    plain = (
        not is_predicate(prose, i)
        and prose.tokens.lower[i] not in prose.lexicon.grammar.adverbs
        and _clause(prose, i, limit) is not None
    )
    return (
        (i, How.CLAUSE)
        if plain and any(is_predicate(prose, j) for j in range(i + 1, min(i + _ADDRESSEE, limit)))
        else None
    )


_GOVERNED: tuple[tuple[str, Callable[[Prose, int, int], Start | None]], ...] = (
    ("verb", _verb),
    ("object", _object),
    ("as", _as),
    ("speech", _speech),
    ("clause", _clause),
    ("said", _said),
    ("agar", _agar),
    ("noun", _noun),
    ("question", _question),
    ("deed", _deed),
    ("doing", _doing),
    ("reply", _reply),
    ("named", _named),
    ("wish", _wish),
)
