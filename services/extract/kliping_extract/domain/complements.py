"""Where a reported statement begins after its verb."""

from __future__ import annotations

from kliping_extract.domain.governed import GOVERNED, clause_at, own_clause_at
from kliping_extract.domain.introductions import REACH, How, Start, addressed, far_quote, is_marker, marked
from kliping_extract.domain.lexicon import CueWord
from kliping_extract.domain.phrases import looks_verbal, phrase_at
from kliping_extract.domain.predicates import is_predicate
from kliping_extract.domain.prose import Prose

#: Subordinators that may as well tell when something was said.
_TIMES = frozenset({"saat", "ketika", "tatkala", "setelah", "sesudah", "sebelum", "begitu", "sementara"})


def statement_start(prose: Prose, verb: int, cue: CueWord, limit: int) -> Start | None:
    """First token of what the cue at token `verb` reports, and how it is introduced; None where it reports nothing."""
    lower, grammar = prose.tokens.lower, prose.lexicon.grammar
    i = verb + 1
    while i < limit and lower[i] in grammar.trailing:
        i += 1
    if i >= limit:
        return None
    if (shown := marked(prose, i, limit)) is not None:
        return shown
    if _likewise(prose, i, limit) or lower[i] in grammar.anonymity:
        return None
    if "whom" in cue.governs and (told := addressed(prose, i, limit)) is not None:
        return told
    for kind, starts in GOVERNED:
        if kind in cue.governs and (found := starts(prose, i, limit)) is not None:
            promised = "verb" in cue.governs and found[1] is How.CLAUSE
            return (found[0], How.VERB) if promised else found
    if (own := own_clause_at(prose, i, limit)) is not None:
        return own
    past = (
        _past_adjunct(prose, i, limit, clause="clause" in cue.governs, verb=cue.form)
        if lower[i] in grammar.adjuncts
        else None
    )
    return past or far_quote(prose, i, limit)


def _past_adjunct(prose: Prose, i: int, limit: int, *, clause: bool, verb: str) -> Start | None:
    """Past `kepada wartawan di Jakarta` to bahwa, comma, colon or quote; a clause may follow the addressee at once."""
    if clause and looks_verbal(verb, prose.lexicon) and _of_the_statement(prose, i, limit):
        return i, How.CLAUSE
    for j in range(i + 1, min(i + REACH, limit)):
        if is_marker(prose, j) or prose.comma(j) or prose.tokens.words[j] == ":" or _said_there(prose, j):
            told = looks_verbal(verb, prose.lexicon) or prose.tokens.lower[i] in {"kepada", "pada"}
            # `khawatir dengan hujan, ...`: the comma ends what the feeling is about.
            return marked(prose, j, limit) if told or not prose.comma(j) else None
        if prose.cue_at[j] is not None and prose.cue_at[j].governs:  # type: ignore[union-attr]
            break
    if clause and prose.tokens.lower[i] in {"kepada", "pada"}:
        addressee = phrase_at(prose.tokens, i + 1, limit, prose.lexicon)
        if addressee is not None and (addressee.names or addressee.noun or addressee.role):
            return clause_at(prose, addressee.end, limit)
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
    for j in range(i + 1, min(i + REACH, limit)):
        if prose.comma(j) and lower[i] in grammar.subordinators | {"untuk", "akibat", "berkat"} - _TIMES:
            return True
        if is_marker(prose, j) or prose.comma(j) or prose.tokens.words[j] == ":" or prose.quote_at[j] >= 0:
            return False
        if lower[j] in grammar.tail_verbs or lower[j] == "yang":
            return False
        if j > i + 1 and is_predicate(prose, j):
            return True
    return False


def _circumstance(prose: Prose, i: int, limit: int) -> bool:
    lower, grammar = prose.tokens.lower, prose.lexicon.grammar
    if lower[i] != "pada":
        return lower[i] in grammar.circumstances
    addressee = phrase_at(prose.tokens, i + 1, limit, prose.lexicon)
    return lower[i + 1] in grammar.days or (addressee is not None and addressee.speakable)


def _likewise(prose: Prose, i: int, limit: int) -> bool:
    """`mengatakan hal senada`: what was said is told elsewhere."""
    lower = prose.tokens.lower
    return lower[i] == "hal" and i + 1 < limit and lower[i + 1] in prose.lexicon.grammar.alike
