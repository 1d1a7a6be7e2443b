"""What a verb of saying governs without a mark: a clause, an object, a noun of saying, an infinitive, an appeal."""

from __future__ import annotations

import re
from collections.abc import Callable

from kliping_extract.domain.introductions import (
    ADDRESSEE,
    How,
    Start,
    far_quote,
    names_saying,
    speech_noun,
    taken_up,
)
from kliping_extract.domain.lexicon import CueClass
from kliping_extract.domain.phrases import looks_verbal
from kliping_extract.domain.predicates import asserts, is_predicate, measures
from kliping_extract.domain.prose import Prose

_DOING = re.compile(r"(?:pe|per|ke)\w{3,}an(?:nya)?|[bcdghjklmnprstw]\w{3,}nya")
#: Before a question word: `ke mana`, `sejak kapan`.
_FROM_WHERE = frozenset({"ke", "dari", "sejak", "sampai", "di", "untuk"})
#: How far behind a verb of asking `agar` may stand, past whom it asks.
_APPEAL = 10


def _verb(prose: Prose, i: int, limit: int) -> Start | None:
    word = prose.tokens.lower[i]
    if word == "untuk" and prose.quote_from(i + 1) is not None:
        return i + 1, How.QUOTE
    if word in {"akan", "untuk", "tidak", "tak", "bakal", "segera"} or looks_verbal(word, prose.lexicon):
        return i, How.VERB
    reach = range(i + 1, min(i + 8, limit)) if word in {"kepada", "pada"} else range(0)
    return next(((j, How.VERB) for j in reach if prose.tokens.lower[j] in {"akan", "untuk", "tidak"}), None)


def _amount(prose: Prose, i: int, limit: int) -> Start | None:
    """`mencatat 37 kapal karam`, `menaksir kerugian Rp2 miliar`."""
    counted = any(measures(prose, j, limit) for j in range(i, min(i + ADDRESSEE, limit)))
    return (i, How.CLAUSE) if counted and not _adjunct(prose, i) else None


def own_clause_at(prose: Prose, i: int, limit: int) -> Start | None:
    """`menulis ia akan pulang`: a clause about the speaker."""
    own = prose.tokens.lower[i] in prose.lexicon.pronouns and i + 2 < limit and is_predicate(prose, i + 1)
    return (i, How.CLAUSE) if own else None


def _object(prose: Prose, i: int, limit: int) -> Start | None:
    return (i, How.AS) if prose.tokens.words[i][0].isalnum() and i + 1 < limit else None


def _as(prose: Prose, i: int, limit: int) -> Start | None:
    reach = range(i, min(i + 30, limit))
    named = any(prose.tokens.lower[j] == "sebagai" or prose.quote_at[j] >= 0 for j in reach)
    return (i, How.AS) if named else None


def _speech(prose: Prose, i: int, limit: int) -> Start | None:
    return (i, How.SPEECH) if speech_noun(prose, i) and i + 1 < limit else None


def clause_at(prose: Prose, i: int, limit: int) -> Start | None:
    """A clause that begins at token `i`."""
    if i >= limit or _adjunct(prose, i) or not prose.tokens.words[i][0].isalnum():
        return None
    tells = prose.tokens.lower[i] in prose.lexicon.grammar.questions or asserts(prose, i, limit)
    return (i, How.CLAUSE) if tells else None


def _said(prose: Prose, i: int, limit: int) -> Start | None:
    plain = not _adjunct(prose, i) and prose.tokens.words[i][0].isalnum()
    return (i, How.CLAUSE) if plain and i + 2 < limit else None


def _agar(prose: Prose, i: int, limit: int) -> Start | None:
    wanted = prose.lexicon.grammar.purposes | {"untuk"}
    found = next((j for j in range(i, min(i + _APPEAL, limit)) if prose.tokens.lower[j] in wanted), None)
    if found is None or found + 1 >= limit:
        return None
    # `meminta kepada warga untuk ...`: of whom it is asked stands outside, of `meminta warga untuk ...` inside.
    return (found if prose.tokens.lower[i] in {"kepada", "pada"} else i), How.AGAR


def _noun(prose: Prose, i: int, limit: int) -> Start | None:
    word = prose.tokens.lower[i]
    plain = word[0].isalnum() and word not in prose.lexicon.grammar.adjuncts and not taken_up(prose, i, limit)
    return (i, How.NOUN) if plain and i + 1 < limit else None


def _question(prose: Prose, i: int, limit: int) -> Start | None:
    lower, questions = prose.tokens.lower, prose.lexicon.grammar.questions
    asks = lower[i] in questions or (lower[i] in _FROM_WHERE and i + 1 < limit and lower[i + 1] in questions)
    return (i, How.CLAUSE) if asks and i + 1 < limit else None


def _deed(prose: Prose, i: int, limit: int) -> Start | None:
    """A verb, unless what it reports is a statement itself: `sepakat mendesak ...`."""
    saying = prose.cue_at[i] is not None and bool(prose.cue_at[i].governs)  # type: ignore[union-attr]
    return None if saying else _verb(prose, i, limit)


def _doing(prose: Prose, i: int, limit: int) -> Start | None:
    """`pembatalan kontrak`, `lahirnya undang-undang`: a noun of doing, with what it is done to."""
    named = _DOING.fullmatch(prose.tokens.lower[i]) is not None and not names_saying(prose, i)
    return (i, How.NOUN) if named and i + 2 < limit else None


def _reply(prose: Prose, i: int, limit: int) -> Start | None:
    """Not `menjawab pertanyaan wartawan`."""
    return None if names_saying(prose, i) else far_quote(prose, i, limit) or clause_at(prose, i, limit)


def _named(prose: Prose, i: int, limit: int) -> Start | None:
    word = prose.cue_at[i]
    passive = word is not None and word.kind is CueClass.PASSIVE
    # `menolak disebut namanya`: on such terms he speaks.
    told = i + 1 < limit and prose.tokens.lower[i + 1] not in prose.lexicon.grammar.anonymity
    return (i, How.VERB) if passive and told else None


def _wish(prose: Prose, i: int, limit: int) -> Start | None:
    """`ingin agar ...`, or a noun and its verb; `ingin pulang` is not said."""
    if prose.tokens.lower[i] in prose.lexicon.grammar.purposes:
        return (i, How.AGAR) if i + 1 < limit else None
    plain = (
        not is_predicate(prose, i)
        and prose.tokens.lower[i] not in prose.lexicon.grammar.adverbs
        and clause_at(prose, i, limit) is not None
    )
    return (
        (i, How.CLAUSE)
        if plain and any(is_predicate(prose, j) for j in range(i + 1, min(i + ADDRESSEE, limit)))
        else None
    )


def _adjunct(prose: Prose, i: int) -> bool:
    """An adjunct's first word that is no verb (`mengaku melihat ...`)."""
    word = prose.tokens.lower[i]
    return word in prose.lexicon.grammar.adjuncts and word != "melihat"


#: What is governed, as `lexicon/cues.tsv` names it, and where it begins; the first that is there counts.
GOVERNED: tuple[tuple[str, Callable[[Prose, int, int], Start | None]], ...] = (
    ("verb", _verb),
    ("object", _object),
    ("as", _as),
    ("speech", _speech),
    ("clause", clause_at),
    ("said", _said),
    ("agar", _agar),
    ("noun", _noun),
    ("amount", _amount),
    ("question", _question),
    ("deed", _deed),
    ("doing", _doing),
    ("reply", _reply),
    ("named", _named),
    ("wish", _wish),
)
