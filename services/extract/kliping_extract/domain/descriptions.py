"""Speakers told by an office or a description: `Menkes`, `perempuan 34 tahun itu`, `perusahaan tersebut`, `para ahli`."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from itertools import chain, islice

from kliping_extract.domain.antecedents import antecedent, persons
from kliping_extract.domain.attributions import Attribution
from kliping_extract.domain.canonical import Cluster
from kliping_extract.domain.cast import REACH, Cast, Resolved, Spoken, back
from kliping_extract.domain.people import names_in
from kliping_extract.domain.phrases import Phrase, phrase_at
from kliping_extract.domain.tokens import Name
from kliping_shared.contracts.enriched import EntityType, ResolvedFrom

#: A verb with di- is longer than this.
_SHORT = 5
#: How far back a fuller description is looked for, in tokens.
_FARTHEST = 250
#: How many introductions with one office are tried.
_MOST_OFFICES = 100
#: Who does something: `penjual`, `pemburu`; what is done or where ends in -an.
_AGENT = re.compile(r"pe[a-z]{4,}(?<!an)")
#: Of these, what many are together.
_BODIES = frozenset({"pemerintah", "penyelenggara", "pengelola", "pengurus"})
#: What only people have.
_QUALITIES = frozenset({"berusia", "berumur", "kelahiran", "asal", "berdarah", "lulusan", "jebolan"})


def by_description(item: Attribution, phrase: Phrase, cast: Cast, spoken: Spoken) -> Resolved:
    """Whom a phrase without a name takes up; where nobody, the phrase is the speaker's name."""
    earlier = _same_unnamed(phrase, cast, spoken) if phrase.definite else None
    if earlier is not None:
        return earlier
    if (body := _body_named(phrase, cast)) is not None:
        return cast.speaker(body, phrase, ResolvedFrom.NAME)
    found = _by_role(phrase, cast) if phrase.role is not None and _may_be_one(phrase, cast) else None
    if found is None and (phrase.definite or _bare_body(phrase, cast)):
        found = _body_meant(phrase, cast)
    if found is None and phrase.definite and is_person(phrase, cast):
        found = _person_meant(item, phrase, cast, spoken)
    if found is not None:
        role = phrase.role if found.type is EntityType.PER else None
        return cast.speaker(found, phrase, ResolvedFrom.ROLE, role)
    fuller = _fuller(phrase, cast) if phrase.definite else None
    if fuller is None:
        return unnamed(phrase, cast)
    return replace(unnamed(fuller, cast), mention=cast.span(phrase), source=ResolvedFrom.ROLE)


def unnamed(phrase: Phrase, cast: Cast) -> Resolved:
    """A speaker without a name, under the describing phrase: `para ahli`, `militer Korea Selatan`."""
    tokens = cast.prose.tokens
    start, end = phrase.start, phrase.end
    if end - start > 1 and tokens.lower[end - 1] in cast.prose.lexicon.grammar.demonstratives:
        end -= 1
    modified = any(tokens.name_at[i] >= 0 for i in range(start, end))
    if tokens.lower[start] in {"sang", "si", "oleh"} or (tokens.lower[start] == "para" and modified):
        start += 1
    text = " ".join(tokens.span_text(start, end).split())
    if tokens.name_at[start] < 0 and not text[:2].isupper():
        text = text[:1].lower() + text[1:]
    return Resolved(text, None, cast.span(phrase), ResolvedFrom.NONE)


def _same_unnamed(phrase: Phrase, cast: Cast, spoken: Spoken) -> Resolved | None:
    """`diplomat itu` after `seorang diplomat Asia`: an unnamed speaker of the last sentences under the same noun."""
    head = _head(phrase, cast)
    for sentence in back(cast.prose.sentence_at[phrase.start]):
        for one in reversed(spoken.get(sentence, ())):
            if one.entity is None and one.source is ResolvedFrom.NONE and head in one.name.lower().split():
                return Resolved(one.name, None, cast.span(phrase), ResolvedFrom.ROLE, one.role)
    return None


def _fuller(phrase: Phrase, cast: Cast) -> Phrase | None:
    """`delegasi itu` after `delegasi Peru`: the same noun of the last sentences with more that says which."""
    tokens, here = cast.prose.tokens, cast.prose.sentence_at[phrase.start]
    head = _head(phrase, cast)
    floor = max(cast.prose.sentences[max(0, here - REACH)].start, phrase.start - _FARTHEST)
    for i in range(phrase.start - 1, floor - 1, -1):
        if tokens.lower[i] == head:
            found = phrase_at(tokens, i, phrase.start, cast.prose.lexicon)
            if found is not None and found.end - found.start > 1 and not (found.definite or found.names):
                return found
    return None


def _body_named(phrase: Phrase, cast: Cast) -> Cluster | None:
    """`organisasi nelayan Laut Biru`, `data Dinas Air`: a body behind the noun that says what it or its paper is."""
    tokens, lexicon = cast.prose.tokens, cast.prose.lexicon
    if (publisher := _publisher(phrase, cast)) is not None:
        return cast.cluster(publisher)
    end = phrase.end - (tokens.lower[phrase.end - 1] == "setempat")
    name, head = tokens.name_until(end), tokens.lower[phrase.start]
    if name is None or name.type is not EntityType.ORG or name.start == phrase.start:
        return None
    noun = lexicon.body_nouns.get(head)
    of_body = head in lexicon.grammar.documents or (noun is not None and noun.type is EntityType.ORG)
    plain = all(tokens.lower[i] == tokens.words[i] for i in range(phrase.start + 1, name.start))
    return cast.cluster(name) if of_body and plain else None


def _publisher(phrase: Phrase, cast: Cast) -> Name | None:
    """`data yang dirilis Dinas Air`: the body behind the verb that says whose paper it is."""
    tokens, end = cast.prose.tokens, phrase.end
    if tokens.lower[phrase.start] not in cast.prose.lexicon.grammar.documents or end + 3 >= len(tokens):
        return None
    if tokens.lower[end] != "yang" or not (
        tokens.lower[end + 1].startswith("di") and len(tokens.lower[end + 1]) > _SHORT
    ):
        return None
    name = tokens.name_from(end + 2 + (tokens.lower[end + 2] == "oleh"))
    return name if name is not None and name.type is EntityType.ORG else None


def _may_be_one(phrase: Phrase, cast: Cast) -> bool:
    """Whether an office can mean one who was introduced: not `sejumlah petani`, nor a bare `petani`."""
    tokens, grammar = cast.prose.tokens, cast.prose.lexicon.grammar
    determined = tokens.lower[phrase.start] in grammar.determiners - {"sang", "si", "pihak"}
    return not determined and (phrase.definite or _head(phrase, cast) not in grammar.person_nouns)


def _by_role(phrase: Phrase, cast: Cast) -> Cluster | None:
    """The person who was introduced with this office; of several the one named last before the phrase."""
    assert phrase.role is not None
    bodies = {cast.canonical(name) for name in names_in(cast.prose, *phrase.role)}
    words = cast.spelt_out(phrase.role)
    offices = cast.offices.get(words[0], [])
    before = bisect_left(offices, phrase.start, key=lambda office: office.name.start)
    nearest = chain(reversed(range(before)), reversed(range(before, len(offices))))
    for office in (offices[i] for i in islice(nearest, _MOST_OFFICES)):
        if bodies & office.bodies if bodies else office.words.issuperset(words):
            return cast.cluster(office.name)
    return None


def _body_meant(phrase: Phrase, cast: Cast) -> Cluster | None:
    """The body or country that `perusahaan itu`, `negeri itu` takes up: the one named last, of that kind by its name."""
    noun = cast.prose.lexicon.body_nouns.get(_head(phrase, cast))
    if noun is None or names_in(cast.prose, phrase.start, phrase.end):
        return None
    floor = cast.prose.sentences[max(0, cast.prose.sentence_at[phrase.start] - REACH)].start
    before = [name for name in names_in(cast.prose, floor, phrase.start) if name.type is noun.type]
    alike = [name for name in before if cast.prose.tokens.lower[name.start] in noun.openings]
    return next((cast.cluster(name) for name in reversed(alike or before)), None)


def _bare_body(phrase: Phrase, cast: Cast) -> bool:
    """Whether a noun alone stands for the body of its kind: `Serikat | menilai`, not `negara`."""
    noun = cast.prose.lexicon.body_nouns.get(_head(phrase, cast))
    return phrase.end - phrase.start == 1 and noun is not None and noun.type is EntityType.ORG


def is_person(phrase: Phrase, cast: Cast) -> bool:
    """Whether a description is of one person: `perempuan 34 tahun itu`, `bupati dua periode itu`."""
    head, lexicon = _head(phrase, cast), cast.prose.lexicon
    if cast.prose.tokens.lower[phrase.start] in lexicon.grammar.determiners - {"sang", "si", "pihak"}:
        return False
    if head in lexicon.grammar.person_nouns or head in lexicon.role_heads:
        return True
    body = head in _BODIES or head in lexicon.body_nouns or head in lexicon.grammar.documents
    lower = cast.prose.tokens.lower[phrase.start : phrase.end]
    return not body and (_AGENT.fullmatch(head) is not None or not _QUALITIES.isdisjoint(lower))


def _person_meant(item: Attribution, phrase: Phrase, cast: Cast, spoken: Spoken) -> Cluster | None:
    """The person that a new description takes up, none that it names itself."""
    within = {id(cast.cluster(name)) for name in names_in(cast.prose, phrase.start, phrase.end)}

    def fits(one: Resolved) -> bool:
        return one.entity is not None and one.entity.type is EntityType.PER and id(one.entity) not in within

    found = antecedent(item, cast, spoken, fits)
    if found is not None:
        return found.entity
    sentences = back(cast.prose.sentence_at[phrase.start])
    named = (cast.cluster(name) for i in sentences for name in reversed(persons(cast, i, phrase.start)))
    return next((one for one in named if id(one) not in within), None)


def _head(phrase: Phrase, cast: Cast) -> str:
    """The noun that a description is built on."""
    tokens, grammar = cast.prose.tokens, cast.prose.lexicon.grammar
    if phrase.role is not None:
        return tokens.lower[phrase.role[0]]
    head = phrase.start
    while head + 1 < phrase.end and tokens.lower[head] in grammar.determiners:
        head += 1
    return tokens.lower[head]
