"""Whom a pronoun or a description takes up: of the nearest sentence before it who spoke, its subject, or its only person."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice

from kliping_extract.domain.attributions import Attribution
from kliping_extract.domain.cast import Cast, Resolved, Spoken, back
from kliping_extract.domain.people import names_in
from kliping_extract.domain.tokens import Name
from kliping_extract.domain.topics import subject, tells_by_pronoun
from kliping_shared.contracts.enriched import EntityType, ResolvedFrom

#: Most tokens and speakers of one sentence that are looked at, so that a text without stops costs no more.
_WIDEST, _MOST = 120, 8
#: A word with ke-...-an or pe-...-an is longer than this.
_SHORT = 6


def antecedent(item: Attribution, cast: Cast, spoken: Spoken, fits: Callable[[Resolved], bool]) -> Resolved | None:
    """The first candidate that fits, from the sentence of the statement's speaker backwards."""
    at = item.speaker.start if item.speaker is not None else (item.cue or item.spans[0])[0]
    found = (one for sentence in back(cast.prose.sentence_at[at]) for one in _of(sentence, item, at, cast, spoken))
    return next((one for one in found if fits(one)), None)


def _of(sentence: int, item: Attribution, at: int, cast: Cast, spoken: Spoken) -> Iterator[Resolved]:
    """Candidates of a sentence, none of them out of the statement's own words."""
    yield from islice(reversed(spoken.get(sentence, ())), _MOST)
    about = subject(cast.prose, sentence, at)
    if about is not None and not is_within(about, item):
        yield cast.speaker(cast.cluster(about), None, ResolvedFrom.PRONOUN)
    if tells_by_pronoun(cast.prose, sentence, at):
        return
    named = [name for name in persons(cast, sentence, at) if not is_within(name, item)]
    if len({id(cast.cluster(name)) for name in named}) == 1 and is_free(named[-1], item, cast):
        yield cast.speaker(cast.cluster(named[-1]), None, ResolvedFrom.PRONOUN)


def persons(cast: Cast, sentence: int, before: int) -> list[Name]:
    """Persons that a sentence names outside of quotes before a token."""
    span = cast.prose.sentences[sentence]
    end = min(span.end, before)
    found = names_in(cast.prose, max(span.start, end - _WIDEST), end)
    return [name for name in found if name.type is EntityType.PER and cast.prose.quote_at[name.start] < 0]


def is_within(name: Name, item: Attribution) -> bool:
    return any(start <= name.start < end for start, end in item.spans)


def is_free(name: Name, item: Attribution, cast: Cast) -> bool:
    """Whether a pronoun may take up a person who is no subject: not one who is only told of or stands behind a preposition."""
    tokens = cast.prose.tokens
    if item.speaker is not None and item.speaker.pronoun is None:
        return True
    role = cast.role_at.get(name.start)
    i = role[0] if role is not None and role[0] < name.start else name.start
    while i > 0 and tokens.lower[i - 1] in cast.prose.lexicon.grammar.honorifics:
        i -= 1
    before = tokens.lower[i - 1] if i > 0 else ""
    # `kepemimpinan Budi`, `penangkapan Budi`: whose doing or fate it is.
    possessed = len(before) > _SHORT and before.startswith(("ke", "pe")) and before.endswith("an")
    governed = possessed or before in cast.prose.lexicon.grammar.adjuncts
    return not governed and not cast.told_at[name.start]
