"""Statements before their cue: `"...," kata Budi`, `..., ujarnya`, with what follows the speaker."""

from __future__ import annotations

from kliping_extract.domain.attributions import Attribution, Walk, kind_of, settle
from kliping_extract.domain.endings import statement_end
from kliping_extract.domain.halves import goes_on
from kliping_extract.domain.introductions import How
from kliping_extract.domain.lexicon import CueClass, CueWord
from kliping_extract.domain.phrases import Phrase, looks_verbal, phrase_at
from kliping_extract.domain.predicates import is_predicate
from kliping_extract.domain.prose import Prose
from kliping_extract.domain.quotes import Quote
from kliping_extract.domain.subjects import skip_connectives
from kliping_extract.domain.tokens import DEGREE
from kliping_shared.contracts.enriched import EntityType

#: How far behind the speaker the comma before a second half may stand past where he is, or what else tells about him.
_PLACE, _INSERTED = 5, 9


def close_with(prose: Prose, i: int, word: CueWord, walk: Walk) -> None:
    """Take what stands before the bare or -nya cue at token `i` as a statement."""
    quote = quote_before(prose, i, walk)
    if quote is None and not (i > walk.region and prose.comma(i - 1)):
        return
    if quote is None and word.kind is CueClass.NYA and i + 1 < walk.end and is_predicate(prose, i + 1):
        # `Pada 2025, nilainya diperkirakan naik`: a noun and its verb.
        return
    speaker, after = _speaker(prose, i, word, walk, quoted=quote is not None)
    if speaker is None and word.kind is not CueClass.NYA:
        return
    close_statement(prose, i, word, walk, speaker, after, quote)


def quote_before(prose: Prose, i: int, walk: Walk) -> Quote | None:
    """The quote that ends right before the cue, perhaps with a comma between; also in the sentence before `Kata Budi.`"""
    end = i - 1 if i > 0 and prose.comma(i - 1) else i
    quote = prose.quote_until(end)
    if quote is None:
        return None
    floor = prose.sentences[walk.sentence].start
    same_paragraph = prose.tokens.paragraph[quote.end - 1] == prose.tokens.paragraph[i]
    return quote if quote.start >= floor or (i == floor and same_paragraph) else None


def _speaker(prose: Prose, i: int, word: CueWord, walk: Walk, *, quoted: bool) -> tuple[Phrase | None, int]:
    """Who is named behind the cue, and the token after."""
    if word.kind is CueClass.NYA:
        return None, i + 1
    phrase = phrase_at(prose.tokens, i + 1, walk.end, prose.lexicon)
    if phrase is None or looks_verbal(prose.tokens.lower[phrase.start], prose.lexicon):
        return None, i + 1
    if not quoted and not phrase.speakable:
        return None, i + 1
    return phrase, phrase.end


def close_statement(
    prose: Prose,
    i: int,
    word: CueWord,
    walk: Walk,
    speaker: Phrase | None,
    after: int,
    quote: Quote | None,
    *,
    cue: int | None = None,
    rule: str | None = None,
) -> None:
    """Record the statement that ends before token `i`, the cue unless told; `after` is the token behind the speaker.

    With a `rule` of its own it has no cue.
    """
    at = i if cue is None else cue
    if quote is None and _relays(i, walk, speaker):
        walk.busy = walk.floor = walk.region = after
        return
    spans = _spans(prose, i, walk, quote)
    first = spans[0] if spans else (walk.region, i)
    rest, after = _rest(prose, after, walk, quoted=quote is not None, first=first)
    spans += rest
    if not spans:
        return
    found = Attribution(
        spans=spans,
        kind=kind_of(prose, spans, None),
        rule=rule or f"after.{'quote' if quote else 'clause'}",
        sentence=walk.sentence,
        cue=None if rule else (at, at + 1),
        word=word,
        speaker=speaker,
        via=walk.via,
    )
    settled = settle(prose, found, 1 if quote else 2)
    if settled is not None:
        walk.done.append(settled)
        walk.speaker = speaker or walk.speaker or Phrase(i, i + 1, pronoun="-nya")
    walk.busy = walk.floor = walk.region = after


def _person(speaker: Phrase) -> bool:
    return bool(speaker.names) and all(name.type is EntityType.PER for name in speaker.names)


def _relays(i: int, walk: Walk, speaker: Phrase | None) -> bool:
    """Where the words before are attributed already, a second attribution behind them names who passed them on."""
    opened = [frame for frame in walk.frames if frame.end == 0]
    if not opened or speaker is None:
        return False
    if _person(speaker) and all(frame.speaker != speaker for frame in opened):
        # `Nakhoda mengaku tidur, kata Kapolres Budi`: of two who speak the outer one counts.
        walk.frames.clear()
        return False
    for frame in opened:
        frame.end = i - 1
    for frame in walk.frames:
        frame.via = frame.via or speaker
    return True


def _spans(prose: Prose, i: int, walk: Walk, quote: Quote | None) -> tuple[tuple[int, int], ...]:
    if quote is not None and stands_alone(prose, quote, walk.region):
        return quote.parts
    if i - 2 > walk.region and prose.comma(i - 1) and prose.tokens.lower[i - 2] == "yang":
        # `Budi menunjukkan surat yang, katanya, palsu`
        return ()
    lead = skip_connectives(prose, walk.region, i)
    return ((walk.region if lead == i else _clause_start(prose, walk.region, i), i),)


def stands_alone(prose: Prose, quote: Quote, region: int) -> bool:
    """Whether a quote is all of a statement: it opens the sentence, or is a longer one that begins with a capital."""
    if quote.start <= skip_connectives(prose, region, quote.start):
        return True
    return prose.full(quote)


def _clause_start(prose: Prose, region: int, i: int) -> int:
    """Without a conjunction that joins the clause to the text before."""
    words, lower = prose.tokens.words, prose.tokens.lower
    start = region
    while start < i and (words[start] == "," or lower[start] in {"namun", "tetapi", "tapi", "dan", "adapun"}):
        start += 1
    return start


def _rest(
    prose: Prose, after: int, walk: Walk, *, quoted: bool, first: tuple[int, int]
) -> tuple[tuple[tuple[int, int], ...], int]:
    """The second part of a statement that its cue splits: `"...," kata Budi, "..."`, `Hal itu, kata Budi, ...`."""
    comma = _comma_behind(prose, after, min(walk.end, after + (_PLACE if quoted else _INSERTED)))
    start = after if comma is None else _past_apposition(prose, comma + 1, walk.end)
    if quoted:
        following = prose.quote_from(start) if comma is not None else None
        following = following or _behind_degrees(prose, after, walk.end)
        return (following.parts, following.end) if following is not None else ((), after)
    if start >= walk.end or (not prose.tokens.words[start][0].isalnum() and prose.quote_at[start] < 0):
        return (), after
    if comma is None and prose.tokens.lower[start] in prose.lexicon.grammar.adjuncts:
        return (), after
    if not goes_on(prose, first, start, walk.end):
        return (), after
    end = statement_end(prose, start, walk.end, How.CLAUSE)
    return ((start, end),), end


def _behind_degrees(prose: Prose, i: int, limit: int) -> Quote | None:
    """`"...," kata Budi, M.M. "..."`: a degree's full stop ends no sentence, and the quote goes on behind it."""
    start = i
    while i + 1 < limit and prose.comma(i) and DEGREE.fullmatch(prose.tokens.words[i + 1]):
        i += 2
    return prose.quote_from(i) if i > start else None


def _past_apposition(prose: Prose, i: int, limit: int) -> int:
    """Behind who the speaker is: `kata Budi, ketua panitia, ...`."""
    phrase = phrase_at(prose.tokens, i, limit, prose.lexicon)
    parted = phrase is not None and phrase.end + 1 < limit and prose.comma(phrase.end)
    return phrase.end + 1 if parted and phrase is not None and phrase.role is not None else i


def _comma_behind(prose: Prose, after: int, limit: int) -> int | None:
    """The comma behind the speaker, past a few words on where he is or what he does: `kata warga di pasar, ...`."""
    if after >= limit:
        return None
    lower, grammar = prose.tokens.lower, prose.lexicon.grammar
    inserted = lower[after] in grammar.adjuncts or lower[after] in {"yang", "selaku", "("}
    return next((j for j in range(after, limit if inserted else after + 1) if prose.comma(j)), None)
