"""Who takes part in an article: the persons and bodies that are named, who introduces them, who has spoken where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import InitVar, dataclass, field

from kliping_extract.domain.attributions import Attribution
from kliping_extract.domain.canonical import Cluster
from kliping_extract.domain.people import Introduction, affiliation_of, names_in, only_titles
from kliping_extract.domain.phrases import Phrase
from kliping_extract.domain.prose import Prose
from kliping_extract.domain.tokens import Name
from kliping_shared.contracts.enriched import EntityType, ResolvedFrom

#: How many sentences back a pronoun or a description may point.
REACH = 8


@dataclass(frozen=True, slots=True)
class Resolved:
    """A speaker: `name` is canonical or the describing phrase; `entity` the cluster where one person or body is meant."""

    name: str
    entity: Cluster | None
    mention: tuple[int, int] | None
    source: ResolvedFrom
    role: str | None = None
    affiliation: str | None = None


#: The speakers so far, by sentence.
Spoken = Mapping[int, Sequence[Resolved]]


@dataclass(frozen=True, slots=True)
class Office:
    """A person introduced with an office: its words, and the bodies and places that it mentions by canonical name."""

    name: Name
    words: frozenset[str]
    bodies: frozenset[str]


@dataclass(slots=True)
class Cast:
    """The cluster of each name, the introductions of persons by name and by office, and the words that are part of a statement."""

    prose: Prose
    cluster_at: Mapping[int, Cluster]
    introductions: Sequence[Introduction]
    statements: InitVar[Sequence[Attribution]]
    told_at: list[bool] = field(init=False)
    described: dict[int, list[Introduction]] = field(init=False)
    offices: dict[str, list[Office]] = field(init=False)
    places: dict[str, Cluster] = field(init=False)
    role_at: dict[int, tuple[int, int]] = field(init=False)

    def __post_init__(self, statements: Sequence[Attribution]) -> None:
        """Sort the introductions by person, by office and by where the name stands, places by name, and what is told."""
        self.told_at = [False] * len(self.prose.tokens)
        for start, end in (span for item in statements for span in item.spans):
            self.told_at[start:end] = [True] * (end - start)
        self.role_at = {item.name.start: item.role for item in self.introductions}
        self.described, self.offices = {}, {}
        for item in self.introductions:
            if not only_titles(self.prose, item.role):
                self.described.setdefault(id(self.cluster(item.name)), []).append(item)
            head, *rest = self.spelt_out(item.role)
            bodies = frozenset(self.canonical(name) for name in item.names_within)
            self.offices.setdefault(head, []).append(Office(item.name, frozenset({head, *rest}), bodies))
        self.places = {one.name: one for one in self.cluster_at.values() if one.type is EntityType.LOC}

    def cluster(self, name: Name) -> Cluster:
        """The cluster of a name."""
        return self.cluster_at[self.prose.tokens.starts[name.start]]

    def canonical(self, name: Name) -> str:
        """The canonical name of a name."""
        return self.cluster(name).name

    def speaker(
        self, cluster: Cluster, phrase: Phrase | None, source: ResolvedFrom, role: tuple[int, int] | None = None
    ) -> Resolved:
        """A person or body as speaker, with the first office or description that the article gives, titles not counted.

        ``role``: the one that the statement itself gives, where nothing introduces him.
        """
        introduction = next(iter(self.described.get(id(cluster), ())), None)
        told = introduction.role if introduction else None if role and only_titles(self.prose, role) else role
        text = self.prose.tokens.span_text(*told) if told else None
        body = affiliation_of(names_in(self.prose, *told), self.canonical) if told else None
        return Resolved(cluster.name, cluster, self.span(phrase) if phrase else None, source, text, body)

    def spelt_out(self, role: tuple[int, int]) -> list[str]:
        """The words of an office, short forms in full: `menkes` is `menteri kesehatan`."""
        lower, short = self.prose.tokens.lower[slice(*role)], self.prose.lexicon.role_short_forms
        return [part for word in lower for part in short.get(word, (word,))]

    def span(self, phrase: Phrase) -> tuple[int, int]:
        """The characters of a phrase."""
        return self.prose.tokens.characters(phrase.start, phrase.end)


def back(sentence: int) -> range:
    """The sentences within reach, from `sentence` backwards."""
    return range(sentence, max(-1, sentence - REACH), -1)
