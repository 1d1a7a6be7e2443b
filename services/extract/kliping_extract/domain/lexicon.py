"""What the claim grammar knows about words. Values only; `kliping_extract.lexicons` reads them from the packaged files."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from kliping_shared.contracts.enriched import EntityType, Modality, Stance
from kliping_shared.names import KnownName


class CueClass(StrEnum):
    """Where a cue stands; `lexicon/cues.tsv` explains each."""

    BARE = "bare"
    NYA = "nya"
    ACTIVE = "active"
    SOURCE = "source"
    RELAY = "relay"
    NOUN = "noun"
    PASSIVE = "passive"


@dataclass(frozen=True, slots=True)
class CueWord:
    """One cue with what it governs (`clause`, `noun`, `speech`, `verb`, `as`, `agar`, `object`, ...) and its stance."""

    form: str
    kind: CueClass
    governs: frozenset[str]
    stance: Stance


@dataclass(frozen=True, slots=True)
class BodyNoun:
    """A noun that takes up a body or country again; `openings` are first words of names that it fits best."""

    type: EntityType
    openings: frozenset[str]


@dataclass(frozen=True, slots=True)
class ModalWord:
    """Words that deny or hedge the clause that they stand in; `lexicon/modality.tsv` explains the values."""

    words: tuple[str, ...]
    modality: Modality | None
    negative: bool


@dataclass(frozen=True, slots=True)
class Forms:
    """Written forms of something: `pattern` finds one as its first group, `names` tells what each stands for."""

    pattern: re.Pattern[str]
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Grammar:
    """Word classes of `lexicon/grammar.toml`, which says what each is for."""

    pronouns_one: frozenset[str]
    pronouns_many: frozenset[str]
    determiners: frozenset[str]
    groups: frozenset[str]
    demonstratives: frozenset[str]
    adverbs: frozenset[str]
    trailing: frozenset[str]
    negations: frozenset[str]
    predicates: frozenset[str]
    grounds: frozenset[str]
    anonymity: frozenset[str]
    plans: frozenset[str]
    measures: frozenset[str]
    ordinals: frozenset[str]
    adjuncts: frozenset[str]
    circumstances: frozenset[str]
    connectives: frozenset[str]
    subordinators: frozenset[str]
    conditionals: frozenset[str]
    fronted: frozenset[str]
    attributives: frozenset[str]
    continuing: frozenset[str]
    joiners: frozenset[str]
    listing: frozenset[str]
    belonging: frozenset[str]
    contrasts: frozenset[str]
    markers: frozenset[str]
    spoken_markers: frozenset[str]
    questions: frozenset[str]
    purposes: frozenset[str]
    tails: frozenset[str]
    details: frozenset[str]
    receptions: frozenset[str]
    thus: frozenset[str]
    wordings: frozenset[str]
    interviews: frozenset[str]
    excerpts: frozenset[str]
    talks: frozenset[str]
    receives: frozenset[str]
    askers: frozenset[str]
    inserts: frozenset[str]
    takes_up: frozenset[str]
    alike: frozenset[str]
    documents: frozenset[str]
    view_leads: frozenset[str]
    tail_leads: frozenset[str]
    tail_verbs: frozenset[str]
    occasions: frozenset[str]
    premises: frozenset[str]
    speech_nouns: frozenset[str]
    signal_nouns: frozenset[str]
    light_verbs: frozenset[str]
    speaker_nouns: frozenset[str]
    person_nouns: frozenset[str]
    not_verbs: frozenset[str]
    links: frozenset[str]
    local_offices: frozenset[str]
    admin_heads: frozenset[str]
    body_heads: frozenset[str]
    vehicles: frozenset[str]
    team_offices: frozenset[str]
    team_nouns: frozenset[str]
    unit_heads: frozenset[str]
    days: frozenset[str]
    time_limits: frozenset[str]
    topics: frozenset[str]
    sayings: frozenset[str]
    honorifics: frozenset[str]
    clause_links: frozenset[str]
    onward: frozenset[str]
    views: frozenset[str]
    noun_negations: frozenset[str]
    agents: frozenset[str]
    talk_openers: frozenset[str]
    degrees: frozenset[str]
    description_leads: frozenset[str]
    day_details: frozenset[str]
    ranks: frozenset[str]
    rank_levels: frozenset[str]

    @property
    def pronouns(self) -> frozenset[str]:
        """All pronouns of the third person."""
        return self.pronouns_one | self.pronouns_many


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All lists together."""

    cues: Mapping[str, CueWord]
    nouns: Mapping[str, CueWord]
    grammar: Grammar
    role_heads: frozenset[str]
    abbreviations: frozenset[str]
    particles: frozenset[str]
    regional_bodies: frozenset[str]
    no_names: frozenset[str]
    role_short_forms: Mapping[str, tuple[str, ...]]
    body_nouns: Mapping[str, BodyNoun]
    known_names: tuple[KnownName, ...]
    seats: Mapping[str, str]
    modals: Mapping[str, tuple[ModalWord, ...]]
    standing: Mapping[tuple[str, ...], bool | None]
    units: Forms
    hedges: Forms
    confidence: Mapping[str, float]
    generic_heads: frozenset[str]
    pronouns: frozenset[str] = field(init=False)
    phrase_ends: frozenset[str] = field(init=False)
    after_quotes: frozenset[str] = field(init=False)
    clause_breaks: frozenset[str] = field(init=False)
    clause_ends: frozenset[str] = field(init=False)
    attribution_ends: frozenset[str] = field(init=False)
    no_cues: frozenset[str] = field(init=False)
    leads: frozenset[str] = field(init=False)
    carrying_on: frozenset[str] = field(init=False)
    people: frozenset[str] = field(init=False)
    titles: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        """Derive what is asked for once per token or article."""
        grammar = self.grammar
        ends = grammar.adjuncts | grammar.connectives | grammar.markers | grammar.purposes | grammar.tails
        ends |= grammar.adverbs | frozenset({"yang", "adalah", "ialah", "merupakan", "ada", "kata", "menurut"})
        after_quotes = (form for form, cue in self.cues.items() if cue.kind in (CueClass.BARE, CueClass.NYA))
        object.__setattr__(self, "after_quotes", frozenset(after_quotes))
        breaks = grammar.clause_links | grammar.conditionals | grammar.purposes | grammar.contrasts
        trails = grammar.adjuncts | grammar.trailing | grammar.joiners | grammar.days | {"yang"}
        object.__setattr__(self, "clause_breaks", breaks)
        object.__setattr__(self, "clause_ends", grammar.onward | grammar.subordinators)
        object.__setattr__(self, "attribution_ends", trails)
        object.__setattr__(self, "pronouns", grammar.pronouns)
        phrase_ends = (ends - {"pertama", "itu"}) | grammar.days - {"hari", "minggu"}
        object.__setattr__(self, "phrase_ends", phrase_ends)
        people = self.role_heads | grammar.speaker_nouns | grammar.honorifics
        links = grammar.determiners | grammar.demonstratives | grammar.joiners | grammar.predicates | grammar.wordings
        object.__setattr__(self, "no_cues", phrase_ends | people | links)
        phrase_goes_on = grammar.adjuncts | grammar.joiners | grammar.links | grammar.demonstratives
        object.__setattr__(self, "carrying_on", phrase_goes_on | grammar.days | {"yang", "alias"})
        object.__setattr__(self, "people", grammar.person_nouns | self.role_heads | {"seorang", "salah"})
        object.__setattr__(self, "titles", grammar.honorifics | grammar.ranks | grammar.rank_levels)
        leads = grammar.grounds | grammar.thus | grammar.signal_nouns | {"yang", ":"}
        object.__setattr__(self, "leads", leads | self.nouns.keys() | self.cues.keys())
