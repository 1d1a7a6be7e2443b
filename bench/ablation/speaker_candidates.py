"""Who may be meant by a pronoun or a description, with features of where and how they were named or spoke."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from kliping_extract.domain.antecedents import is_free, is_within, persons
from kliping_extract.domain.attributions import Attribution
from kliping_extract.domain.canonical import Cluster
from kliping_extract.domain.cast import Cast, Resolved, Spoken, back
from kliping_extract.domain.descriptions import is_person
from kliping_extract.domain.phrases import Phrase
from kliping_extract.domain.topics import subject
from kliping_shared.contracts.enriched import EntityType

#: Sentences farther back than this are alike.
_FAR = 3


class Told(StrEnum):
    """How a speaker is told: by a pronoun before his words or behind them (or by none), or by a description."""

    BEFORE = "before"
    AFTER = "after"
    DESCRIBED = "described"


@dataclass(slots=True)
class Candidate:
    """A person, or who has `said` something."""

    entity: Cluster | None
    said: Resolved | None = None
    features: set[str] = field(default_factory=set)

    @property
    def is_person(self) -> bool:
        """Whether it is a person with a name."""
        return self.entity is not None and self.entity.type is EntityType.PER

    def is_meant(self, speaker: Resolved) -> bool:
        """Whether it is the speaker."""
        if speaker.entity is not None:
            return self.entity is speaker.entity
        return self.said is not None and self.said.name == speaker.name


def told(item: Attribution) -> Told:
    """How the speaker of a statement is told."""
    if item.speaker is not None and item.speaker.pronoun is None:
        return Told.DESCRIBED
    return Told.BEFORE if item.cue is not None and item.cue[0] < item.spans[0][1] - 1 else Told.AFTER


def asked(item: Attribution, cast: Cast) -> Attribution | None:
    """The statement as one whose speaker must be found: with a pronoun for a person's name. None where it has another."""
    phrase = item.speaker
    if phrase is None or phrase.pronoun is not None:
        many = phrase is not None and phrase.pronoun in cast.prose.lexicon.grammar.pronouns_many
        return None if many else item
    if not phrase.names:
        return item if phrase.definite and is_person(phrase, cast) else None
    person = len(phrase.names) == 1 and phrase.names[0].type is EntityType.PER
    return replace(item, speaker=Phrase(phrase.start, phrase.end, pronoun="ia")) if person else None


def candidates(item: Attribution, cast: Cast, spoken: Spoken) -> list[Candidate]:
    """Who was named or spoke in the sentences before the speaker of a statement, the last one first."""
    at = item.speaker.start if item.speaker is not None else (item.cue or item.spans[0])[0]
    found: dict[int | str, Candidate] = {}
    for back_by, sentence in enumerate(back(cast.prose.sentence_at[at])):
        _add_named(found, item, sentence, at, min(back_by, _FAR), cast)
        _add_speakers(found, spoken.get(sentence, ()), min(back_by, _FAR), cast)
    return list(found.values()) if told(item) is not Told.DESCRIBED else list(_described(found, item, cast))


def _add_named(
    found: dict[int | str, Candidate], item: Attribution, sentence: int, at: int, far: int, cast: Cast
) -> None:
    names = [name for name in persons(cast, sentence, at) if not is_within(name, item)]
    about = subject(cast.prose, sentence, at)
    alone = len({id(cast.cluster(name)) for name in names}) == 1
    opening = cast.prose.tokens.starts[cast.prose.sentences[sentence].start]
    for name in reversed(names):
        cluster = cast.cluster(name)
        one = found.setdefault(id(cluster), Candidate(cluster))
        if "named" in one.features:
            continue
        free = "only" if alone else "other"
        place = "subject" if name == about else free if is_free(name, item, cast) else "bound"
        one.features |= {"named", f"{place}.{far}"} | ({"new"} if cluster.mentions[0].start >= opening else set())


def _add_speakers(found: dict[int | str, Candidate], said: Sequence[Resolved], far: int, cast: Cast) -> None:
    for one in reversed(said):
        heard = any(other.said is not None for other in found.values())
        candidate = found.setdefault(id(one.entity) if one.entity is not None else one.name, Candidate(one.entity))
        if candidate.said is None:
            candidate.said = one
            candidate.features |= {"spoke", f"spoke.{far}", *_kind(one, cast)} | (set() if heard else {"last"})


def _kind(speaker: Resolved, cast: Cast) -> Iterator[str]:
    """A body, or without a name: one person, several, or a thing."""
    if speaker.entity is not None:
        yield from () if speaker.entity.type is EntityType.PER else ("body",)
        return
    first, lexicon = speaker.name.lower().split()[0], cast.prose.lexicon
    several = first in lexicon.grammar.groups or " & " in speaker.name
    one = first in lexicon.grammar.person_nouns | lexicon.role_heads | {"seorang", "salah"}
    yield "several" if several else "one" if one else "thing"


def _described(found: dict[int | str, Candidate], item: Attribution, cast: Cast) -> Iterator[Candidate]:
    """The persons, with whether one of the description's words stood at an introduction of theirs."""
    assert item.speaker is not None
    lower = cast.prose.tokens.lower
    words = set(lower[item.speaker.start : item.speaker.end]) - cast.prose.lexicon.grammar.demonstratives
    for one in found.values():
        if one.is_person:
            roles = (intro.role for intro in cast.described.get(id(one.entity), ()))
            if any(not words.isdisjoint(lower[start:end]) for start, end in roles):
                one.features.add("described")
            yield one
