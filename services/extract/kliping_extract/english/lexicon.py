"""What the English rules know about words, read from `english/lexicon`; each file's head says where it comes from."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from kliping_extract.domain.lexicon import CueClass, CueWord
from kliping_extract.gazetteer_lists import content_lines
from kliping_extract.lexicons import load_lexicon
from kliping_shared.contracts.enriched import Stance
from kliping_shared.names import KnownName, names_in

_CLASSES = {"verb": CueClass.ACTIVE, "source": CueClass.SOURCE}


@dataclass(frozen=True, slots=True)
class EnglishGrammar:
    """Word classes of `grammar.toml`, which says what each is for."""

    pronouns_one: frozenset[str]
    pronouns_many: frozenset[str]
    relatives: frozenset[str]
    determiners: frozenset[str]
    definite: frozenset[str]
    adverbs: frozenset[str]
    auxiliaries: frozenset[str]
    passives: frozenset[str]
    negations: frozenset[str]
    conditionals: frozenset[str]
    connectives: frozenset[str]
    joiners: frozenset[str]
    markers: frozenset[str]
    questions: frozenset[str]
    adjuncts: frozenset[str]
    days: frozenset[str]
    occasions: frozenset[str]
    links: frozenset[str]
    adjectives: frozenset[str]
    titles: frozenset[str]
    body_nouns: frozenset[str]
    speaker_nouns: frozenset[str]

    @property
    def pronouns(self) -> frozenset[str]:
        """All pronouns of the third person."""
        return self.pronouns_one | self.pronouns_many


@dataclass(frozen=True, slots=True)
class EnglishLexicon:
    """All lists together."""

    cues: Mapping[str, CueWord]
    grammar: EnglishGrammar
    abbreviations: frozenset[str]
    known_names: tuple[KnownName, ...]
    confidence: Mapping[str, float]
    #: Words that only say what kind of place or body a name is.
    generic_heads: frozenset[str] = frozenset({"city", "university", "ministry", "bank"})
    after_quotes: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        """Derive what quotes ask for: the finite verbs, as only these stand behind one that never closes."""
        object.__setattr__(self, "after_quotes", frozenset(form for form in self.cues if not form.endswith("ing")))


def _read(name: str) -> str:
    return (files("kliping_extract") / "english" / "lexicon" / name).read_text(encoding="utf-8")


def _cue_words() -> Iterator[CueWord]:
    for line in content_lines(_read("cues.tsv")):
        forms, kind, governs, stance = line.split("\t")
        for form in forms.split(","):
            yield CueWord(form, _CLASSES[kind], frozenset(governs.split(",")) - {"-"}, Stance(stance))


@cache
def load_english() -> EnglishLexicon:
    """All lists, read once per process. Raises ValueError where a file breaks its own format.

    Names that stand for one thing are those of the Indonesian list too, so that one country is one entity in all languages.
    """
    words = {key: frozenset(listed) for key, listed in tomllib.loads(_read("grammar.toml")).items()}
    abbreviations = (word.strip() for line in content_lines(_read("abbreviations.txt")) for word in line.split(","))
    return EnglishLexicon(
        cues={word.form: word for word in _cue_words()},
        grammar=EnglishGrammar(**words),
        abbreviations=frozenset(abbreviations),
        known_names=(*load_lexicon().known_names, *names_in(_read("aliases.tsv"))),
        confidence=tomllib.loads(_read("rules.toml")),
    )
