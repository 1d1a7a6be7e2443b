"""Speakers told by a pronoun or by nothing but the cue: `ia`, `ujarnya`, `mereka`, `keduanya`."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from kliping_extract.domain.antecedents import antecedent
from kliping_extract.domain.attributions import Attribution
from kliping_extract.domain.cast import REACH, Cast, Resolved, Spoken, back
from kliping_extract.domain.descriptions import unnamed
from kliping_extract.domain.phrases import Phrase
from kliping_extract.domain.topics import group
from kliping_shared.contracts.enriched import EntityType, ResolvedFrom

#: In how many sentences `mereka` looks for people.
_NEAR = 4
#: In how many of an article's first tokens `kami` is looked for.
_HEAD = 400


def by_pronoun(item: Attribution, phrase: Phrase | None, cast: Cast, spoken: Spoken) -> Resolved:
    """Whom the pronoun of a statement takes up; without one, whoever spoke last."""
    pronoun = phrase.pronoun if phrase is not None else "-nya"
    if pronoun == "keduanya":
        return _both(item, phrase, cast)
    if pronoun == "kami":
        return _writer(phrase, cast)
    many = pronoun in cast.prose.lexicon.grammar.pronouns_many
    found = _several(item, cast, spoken) if pronoun == "mereka" else None if many else _one(item, cast, spoken)
    found = found or antecedent(item, cast, spoken, lambda _: True) or _last(spoken) or next(_named(item, cast), None)
    mention = cast.span(phrase) if phrase is not None else None
    if found is None:
        text = cast.prose.tokens.span_text(phrase.start, phrase.end) if phrase is not None else "tidak disebut"
        return Resolved(text.lower(), None, mention, ResolvedFrom.NONE)
    return Resolved(found.name, found.entity, mention, ResolvedFrom.PRONOUN, found.role, found.affiliation)


def _one(item: Attribution, cast: Cast, spoken: Spoken) -> Resolved | None:
    """The person, named or not, that was heard or told of last."""
    people = cast.prose.lexicon.people

    def fits(one: Resolved) -> bool:
        if one.entity is not None:
            return one.entity.type is EntityType.PER
        return one.name.lower().split()[0] in people

    return antecedent(item, cast, spoken, fits)


def _several(item: Attribution, cast: Cast, spoken: Spoken) -> Resolved | None:
    """The people whom one of the last sentences is about, or who spoke there."""
    for sentence in islice(back(item.sentence), _NEAR):
        people = group(cast.prose, sentence) if sentence < item.sentence else None
        if people is not None:
            return unnamed(people, cast)
        for one in reversed(spoken.get(sentence, ())):
            if one.entity is None:
                return one
    return None


def _last(spoken: Spoken) -> Resolved | None:
    """Who spoke last of all."""
    return spoken[max(spoken)][-1] if spoken else None


def _writer(phrase: Phrase | None, cast: Cast) -> Resolved:
    """`kami` outside quotes: the body that a letter's first sentence with it names, `Kami, warga dalam Aliansi Air, ...`"""
    prose = cast.prose
    head = min(_HEAD, len(prose.tokens))
    first = next((i for i in range(head) if prose.tokens.lower[i] == "kami" and prose.quote_at[i] < 0), None)
    mention = cast.span(phrase) if phrase is not None else None
    if first is not None:
        for i in range(first, min(head, prose.sentences[prose.sentence_at[first]].end)):
            name = prose.tokens.name_from(i)
            if name is not None and name.type is EntityType.ORG:
                return cast.speaker(cast.cluster(name), phrase, ResolvedFrom.PRONOUN)
    return Resolved("kami", None, mention, ResolvedFrom.NONE)


def _both(item: Attribution, phrase: Phrase | None, cast: Cast) -> Resolved:
    """`keduanya`: the two persons named last before."""
    names = list(islice(dict.fromkeys(one.name for one in _named(item, cast)), 2))
    if len(names) == 2:
        return Resolved(" & ".join(sorted(names)), None, None, ResolvedFrom.PRONOUN)
    return Resolved("keduanya", None, cast.span(phrase) if phrase else None, ResolvedFrom.NONE)


def _named(item: Attribution, cast: Cast) -> Iterator[Resolved]:
    """Persons named before the statement and its speaker, the last one first."""
    before = min(item.spans[0][0], (item.cue or item.spans[0])[0]) if item.speaker is None else item.speaker.start
    floor = cast.prose.sentences[max(0, item.sentence - REACH)].start
    for i in range(before - 1, floor - 1, -1):
        name = cast.prose.tokens.name_from(i)
        if name is not None and name.type is EntityType.PER:
            yield cast.speaker(cast.cluster(name), None, ResolvedFrom.PRONOUN)
