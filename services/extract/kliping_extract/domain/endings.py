"""Where a reported statement ends."""

from __future__ import annotations

from kliping_extract.domain.introductions import How
from kliping_extract.domain.lexicon import CueClass
from kliping_extract.domain.predicates import is_predicate
from kliping_extract.domain.prose import Prose

#: The longest day with its date, in tokens.
_DAY = 10
#: How far behind a semicolon the cue of the next statement may stand, in tokens.
_NEXT = 26


def statement_end(prose: Prose, start: int, limit: int, how: How) -> int:
    """Where the statement from `start` ends: before what says how, when or by whom it was passed on, else at `limit`."""
    quote = prose.quote_from(start)
    if quote is not None and quote.end <= limit and _whole(prose, quote.end, limit, quote.parts[-1][1]):
        return quote.end
    for i in range(start + 1, limit):
        if prose.quote_at[i] >= 0 and prose.quote_at[i] == prose.quote_at[i - 1]:
            continue
        if how is How.VERB and _own_time(prose, i, limit, far=i > start + 4):
            return i
        if prose.comma(i) and i + 1 < limit and _tail(prose, i + 1, limit):
            return i
        if prose.tokens.words[i] == ";" and any(_saying(prose, j) for j in range(i + 1, min(i + _NEXT, limit))):
            return i
        if prose.tokens.lower[i] in prose.lexicon.grammar.contrasts and _says_no_more(prose, i, limit):
            return i
        if prose.tokens.lower[i] == "yang" and _closed_quote_before(prose, i, how):
            return i
    return limit


def _saying(prose: Prose, i: int) -> bool:
    word = prose.cue_at[i]
    return word is not None and word.kind is CueClass.ACTIVE and prose.quote_at[i] < 0


def _whole(prose: Prose, after: int, limit: int, content_end: int) -> bool:
    """Whether a quote that opens a statement is all of it."""
    if after >= limit:
        return True
    return prose.tokens.words[content_end - 1] in {".", ",", "?", "!"} or prose.tokens.words[after] in {".", ","}


def _closed_quote_before(prose: Prose, i: int, how: How) -> bool:
    """A comma and a closing mark right before: what follows is the writer's gloss on the quoted words."""
    if prose.comma(i - 1):
        return prose.quote_until(i - 1) is not None
    quote = prose.quote_until(i)
    glossed = how is How.AS or (quote is not None and prose.tokens.words[quote.end - 2] == ",")
    return quote is not None and quote.closed and glossed


def _tail(prose: Prose, i: int, limit: int) -> bool:
    lower, grammar = prose.tokens.lower, prose.lexicon.grammar
    if lower[i] in grammar.tails:
        return True
    if lower[i] in grammar.tail_leads:
        return any(lower[j] in grammar.tail_verbs for j in range(i + 1, min(i + 4, limit)))
    if lower[i] in grammar.days:
        if _goes_on_behind_day(prose, i, limit):
            return False
        rest = limit - i
        return (
            rest <= 3
            or (i + 1 < limit and prose.tokens.words[i + 1] == "(")
            or (rest <= 6 and lower[i + 1][0].isdigit())
        )
    return False


def _goes_on_behind_day(prose: Prose, i: int, limit: int) -> bool:
    """`pemadaman, Selasa (4/8), tidak disengaja`: the day tells when that was, and the verb is still to come."""
    comma = next((j for j in range(i, min(i + _DAY, limit - 1)) if prose.comma(j)), None)
    return comma is not None and is_predicate(prose, comma + 1) and prose.cue_at[comma + 1] is None


def _says_no_more(prose: Prose, i: int, limit: int) -> bool:
    """`namun tidak merinci ...`: the writer on the speaker, not the speaker."""
    lower, grammar = prose.tokens.lower, prose.lexicon.grammar
    reach = range(i + 2, min(i + 5, limit))
    return i + 1 < limit and lower[i + 1] in grammar.negations and any(lower[j] in grammar.details for j in reach)


def _own_time(prose: Prose, i: int, limit: int, *, far: bool) -> bool:
    """A promise ends before when and where it was given: `saat keduanya bertemu`, `pada Rabu (13/9)`."""
    lower, days = prose.tokens.lower, prose.lexicon.grammar.days
    if lower[i] in {"saat", "ketika"}:
        return far
    if lower[i] == "pada" and i + 1 < limit and lower[i + 1] in days - {"hari"}:
        return True
    later = {"baru-baru", "kini", "kemudian", "lalu", "sebelumnya"}
    return far and lower[i] == "dan" and i + 1 < limit and lower[i + 1] in later
