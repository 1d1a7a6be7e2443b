"""English noun phrases that can name a speaker: the one before a verb of saying, the one behind it."""

from __future__ import annotations

from typing import TypeAlias

from kliping_extract.domain.phrases import LONGEST, Phrase
from kliping_extract.domain.prose import ProseOf
from kliping_extract.domain.tokens import Name
from kliping_extract.english.lexicon import EnglishLexicon
from kliping_shared.contracts.enriched import EntityType

EnglishProse: TypeAlias = ProseOf[EnglishLexicon]


def subject_before(prose: EnglishProse, end: int, floor: int) -> Phrase | None:
    """The phrase that ends right before token `end` and begins at `floor` or later: the subject of a verb there."""
    if end > floor and prose.tokens.lower[end - 1] in prose.lexicon.grammar.relatives:
        return _plain_before(prose, end - 1 - (end - 2 >= floor and prose.comma(end - 2)), floor)
    if end > floor and prose.comma(end - 1):
        return _past_insertion(prose, end - 1, floor)
    return _plain_before(prose, end, floor)


def _plain_before(prose: EnglishProse, end: int, floor: int) -> Phrase | None:
    """The same where nothing stands between subject and verb."""
    if end <= floor or prose.quote_at[end - 1] >= 0:
        return None
    word = prose.tokens.lower[end - 1]
    if word in prose.lexicon.grammar.pronouns:
        return Phrase(end - 1, end, pronoun=word)
    name = prose.tokens.name_until(end)
    if name is not None and name.start >= floor and not _governed(prose, name.start, floor):
        return _named_before(prose, name, floor)
    return _described_before(prose, end, floor)


def _past_insertion(prose: EnglishProse, comma: int, floor: int) -> Phrase | None:
    """Over what stands between the comma and one before: `Jane Roe, mayor of Rowasa,`, `The mayor, Jane Roe,`, `The mayor, however,`."""
    for i in range(comma - 1, max(floor, comma - 2 * LONGEST), -1):
        if not prose.comma(i):
            continue
        inserted = prose.tokens.name_from(i + 1)
        if inserted is not None and inserted.end == comma and inserted.type is EntityType.PER:
            office = _described_before(prose, i, floor)
            start = office.start if office is not None else inserted.start
            return Phrase(start, comma, (inserted,), role=office.role if office is not None else None)
        name = prose.tokens.name_until(i)
        described = name is not None and (name.type is EntityType.PER or apposition_end(prose, i, comma + 1) == comma)
        if name is not None and described and name.start >= floor:
            phrase = _named_before(prose, name, floor)
            return Phrase(phrase.start, comma, phrase.names, role=phrase.role)
        if i == comma - 2 and prose.tokens.lower[i + 1] in prose.lexicon.grammar.connectives:
            return _plain_before(prose, i, floor)
    return None


def _governed(prose: EnglishProse, start: int, floor: int) -> bool:
    """Whether the name is the end of a longer description: `a spokeswoman for | Acme`, `in Rowasa and | Lamura`."""
    before = prose.tokens.lower[start - 1] if start > floor else ""
    other = prose.tokens.name_until(start - 1) if before == "and" and start - 1 > floor else None
    if other is not None and other.type is not EntityType.PER:
        start, before = other.start, prose.tokens.lower[other.start - 1] if other.start > floor else ""
    if before == "the" and start - 1 > floor:
        before = prose.tokens.lower[start - 2]
    return before in prose.lexicon.grammar.links and before != "and"


def _named_before(prose: EnglishProse, name: Name, floor: int) -> Phrase:
    """The phrase around a name, with the description before it and another name joined to it."""
    tokens = prose.tokens
    role = role_before(prose, name, floor)
    start = role[0] if role else name.start
    other = tokens.name_until(start - 1) if start - 1 > floor and tokens.lower[start - 1] == "and" else None
    if other is not None and other.start >= floor:
        return Phrase(other.start, name.end, (other, name))
    return Phrase(start, name.end, (name,), role=role)


def role_before(prose: EnglishProse, name: Name, floor: int) -> tuple[int, int] | None:
    """The office or description that ends right before a person's name: `Acme chief executive | Jane Roe`."""
    tokens, grammar = prose.tokens, prose.lexicon.grammar
    if name.type is not EntityType.PER or name.start <= floor:
        return None
    last = tokens.lower[name.start - 1]
    if last not in grammar.speaker_nouns and last not in grammar.titles:
        return None
    start = name.start
    while start > max(floor, name.start - LONGEST) and _describes(prose, start - 1):
        start -= 1
    return without_opening(prose, start, name.start)


def _describes(prose: EnglishProse, i: int) -> bool:
    """Whether token `i` can stand in a description."""
    tokens, grammar = prose.tokens, prose.lexicon.grammar
    if prose.quote_at[i] >= 0 or not tokens.words[i].replace("-", "").replace("’", "'").strip("'").isalnum():
        return False
    if (at := tokens.name_at[i]) >= 0:
        return tokens.names[at].type is not EntityType.PER
    word = tokens.lower[i]
    return (
        word in grammar.speaker_nouns
        or word in grammar.titles
        or word in grammar.adjectives
        or (word in grammar.links and word not in {"in", "at", "from", "with", "-"})
        or (tokens.capital(i) and word not in grammar.adjuncts | grammar.connectives | grammar.pronouns)
    )


def without_opening(prose: EnglishProse, start: int, end: int) -> tuple[int, int] | None:
    """A description without the article and links that it begins with; None when nothing is left."""
    grammar = prose.lexicon.grammar
    while start < end and (
        prose.tokens.lower[start] in grammar.determiners or prose.tokens.lower[start] in grammar.links
    ):
        start += 1
    return (start, end) if start < end else None


def _described_before(prose: EnglishProse, end: int, floor: int) -> Phrase | None:
    """A phrase around a noun, from the break before it: `A spokeswoman for the ministry`, `Residents near the river`."""
    start = end
    while start > max(floor, end - LONGEST) and _in_phrase(prose, start - 1):
        start -= 1
    return _described(prose, start, end)


def _in_phrase(prose: EnglishProse, i: int) -> bool:
    tokens, grammar = prose.tokens, prose.lexicon.grammar
    if prose.quote_at[i] >= 0:
        return False
    if tokens.name_at[i] >= 0 or tokens.lower[i] in grammar.links:
        return True
    word = tokens.lower[i]
    closed = (
        grammar.pronouns
        | grammar.auxiliaries
        | grammar.passives
        | grammar.markers
        | grammar.conditionals
        | grammar.connectives
    )
    if word in closed or word in grammar.negations or word in grammar.days:
        return word in grammar.determiners and word not in grammar.markers
    return word[0].isalnum() and (prose.cue_at[i] is None or is_noun(prose, i))


def is_noun(prose: EnglishProse, i: int) -> bool:
    """Whether a form that could be a verb is a noun, by what stands before it: `the report`, `a new claim`."""
    grammar = prose.lexicon.grammar
    before = prose.tokens.lower[i - 1] if i and not prose.tokens.opens_paragraph(i) else ""
    return before in grammar.determiners or (before in grammar.adjectives and before not in grammar.speaker_nouns)


def _described(prose: EnglishProse, start: int, end: int) -> Phrase | None:
    """The description over these tokens; past an adjunct at its head (`In Rowasa officials`) the last noun of speakers."""
    lower, grammar = prose.tokens.lower, prose.lexicon.grammar
    while start < end and (lower[start] in grammar.links or not lower[start][0].isalnum()):
        start += 1
        heads = [i for i in range(start, end) if lower[i] in grammar.speaker_nouns]
        start = heads[-1] if heads else end
    while end > start and lower[end - 1] in grammar.links:
        end -= 1
    if start >= end:
        return None
    role = without_opening(prose, start, end)
    noun = any(word in grammar.speaker_nouns for word in lower[start:end])
    if role is None or not (noun or lower[start] in grammar.determiners):
        return None
    return Phrase(start, end, role=role if noun else None, definite=lower[start] in grammar.definite, noun=noun)


def phrase_behind(prose: EnglishProse, start: int, limit: int) -> Phrase | None:
    """The phrase that begins at token `start` and ends before `limit`."""
    tokens, grammar = prose.tokens, prose.lexicon.grammar
    if start >= limit or prose.quote_at[start] >= 0 or tokens.lower[start] in grammar.adjuncts | grammar.links:
        return None
    if tokens.lower[start] in grammar.pronouns:
        return Phrase(start, start + 1, pronoun=tokens.lower[start])
    end = start
    while end < min(limit, start + LONGEST):
        name = tokens.name_from(end)
        if name is not None and name.type is EntityType.PER and name.end <= limit:
            return _joint(prose, Phrase(start, name.end, (name,), role=without_opening(prose, start, end)), limit)
        if not _in_phrase(prose, end) or (tokens.lower[end] == "and" and end + 1 < limit and tokens.name_from(end + 1)):
            break
        end = name.end if name is not None else end + 1
    first = start + (tokens.lower[start] == "the")
    name = tokens.name_from(first) if first < limit else None
    if name is not None and name.end == end:
        return _joint(prose, Phrase(start, end, (name,)), limit)
    return _described(prose, start, end)


def _joint(prose: EnglishProse, phrase: Phrase, limit: int) -> Phrase:
    """Add the second of two speakers: `Jane Roe and John Doe`."""
    if phrase.end + 1 >= limit or prose.tokens.lower[phrase.end] != "and":
        return phrase
    second = prose.tokens.name_from(phrase.end + 1)
    if second is None or second.end > limit:
        return phrase
    return Phrase(phrase.start, second.end, (*phrase.names, second))


def head_of(prose: EnglishProse, role: tuple[int, int]) -> str:
    """The noun that a description is about: `secretary` of `foreign secretary of the ministry`."""
    lower, links = prose.tokens.lower, prose.lexicon.grammar.links
    links_at = (i for i in range(role[0] + 1, role[1]) if lower[i] in links and lower[i] not in {"-", "'s", "’s"})
    return lower[next(links_at, role[1]) - 1]


def apposition_end(prose: EnglishProse, comma: int, limit: int) -> int:
    """Where the description that token `comma` opens ends (`Jane Roe, the mayor of Rowasa |`); `comma` if none is there."""
    if comma + 1 >= limit or not prose.comma(comma):
        return comma
    lower, grammar = prose.tokens.lower, prose.lexicon.grammar
    if lower[comma + 1] in grammar.relatives:
        return next((i for i in range(comma + 1, min(limit, comma + LONGEST)) if prose.comma(i)), comma)
    end = comma + 1
    while end < min(limit, comma + LONGEST) and not prose.comma(end) and _in_phrase(prose, end):
        end += 1
    closed = end >= limit or prose.tokens.words[end] in {",", ".", ";"}
    person = any(prose.tokens.name_from(i) is not None and _is_person(prose, i) for i in range(comma + 1, end))
    described = any(word in grammar.speaker_nouns for word in lower[comma + 1 : end])
    return end if closed and described and not person else comma


def _is_person(prose: EnglishProse, i: int) -> bool:
    return prose.tokens.names[prose.tokens.name_at[i]].type is EntityType.PER
