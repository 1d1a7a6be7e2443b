"""Readers of the packaged claim lexicons (`lexicon/*.tsv`, `*.toml`, `*.txt`); each file's head says where it comes from."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from itertools import product

from kliping_extract.domain.lexicon import BodyNoun, CueClass, CueWord, Forms, Grammar, Lexicon, ModalWord
from kliping_extract.gazetteer_lists import content_lines, read_names
from kliping_shared.contracts.enriched import EntityType, Modality, Stance
from kliping_shared.names import names_in


def _read(name: str) -> str:
    return (files("kliping_extract") / "lexicon" / name).read_text(encoding="utf-8")


def _rows(name: str) -> Iterator[list[str]]:
    for line in content_lines(_read(name)):
        yield line.split("\t")


def _words(name: str) -> frozenset[str]:
    return frozenset(word.strip() for row in _rows(name) for word in row[0].split(",") if word.strip())


def _cue_words() -> Iterator[CueWord]:
    for form, kind, complement, stance in _rows("cues.tsv"):
        governs = frozenset(complement.split(",")) - {"-"}
        if kind == CueClass.NOUN:
            continue
        yield CueWord(form, CueClass(kind), governs, Stance(stance))
        if kind == CueClass.BARE:
            yield CueWord(f"{form}nya", CueClass.NYA, governs, Stance(stance))
        if kind == CueClass.SOURCE and "document" not in governs:
            yield CueWord(f"{form}nya", CueClass.NYA, governs | {"source"}, Stance(stance))
        if kind == CueClass.PASSIVE:
            yield CueWord(f"{form}nya", CueClass.PASSIVE, governs, Stance(stance))
        if kind == CueClass.ACTIVE and "as" in governs:
            yield CueWord(f"{form}nya", CueClass.ACTIVE, frozenset({"as", "object"}), Stance(stance))


def _nouns() -> Iterator[CueWord]:
    """Nouns of saying, and theirs with -nya; many are bare cues too."""
    for form, kind, complement, stance in _rows("cues.tsv"):
        if kind == CueClass.NOUN:
            governs = frozenset(complement.split(",")) - {"-"}
            yield CueWord(form, CueClass.NOUN, governs, Stance(stance))
            yield CueWord(f"{form}nya", CueClass.NYA, governs, Stance(stance))


def _roles() -> frozenset[str]:
    """Roles, and theirs who stand in one to somebody: `pengacaranya, Budi`."""
    roles = _words("roles.txt")
    return roles | {f"{role}nya" for role in roles}


def _body_nouns() -> Iterator[tuple[str, BodyNoun]]:
    for noun, kind, openings in _rows("body_nouns.tsv"):
        yield noun, BodyNoun(EntityType(kind), frozenset(word.strip() for word in openings.split(",")) - {"-"})


def _seats() -> dict[str, str]:
    return {row[0]: row[1] for row in _rows("seats.tsv")}


def _modals() -> dict[str, tuple[ModalWord, ...]]:
    """By first word, the longest first."""
    found: dict[str, dict[tuple[str, ...], ModalWord]] = {}
    for pattern, modality, polarity in _rows("modality.tsv"):
        for words in product(*(part.split("|") for part in pattern.split())):
            entry = ModalWord(words, Modality(modality) if modality != "-" else None, polarity == "negative")
            found.setdefault(words[0], {})[words] = entry
    return {word: tuple(sorted(own.values(), key=lambda one: -len(one.words))) for word, own in found.items()}


def _standing() -> Iterator[tuple[tuple[str, ...], bool | None]]:
    for standing, descriptions in _rows("standing.tsv"):
        for words in descriptions.split(","):
            yield tuple(words.split()), {"public": True, "ordinary": False, "-": None}[standing]


def _units() -> Forms:
    """Right behind a number, or a blank behind it."""
    names = {form: row[0] for row in _rows("units.tsv") for form in (row[0], *row[1].split("|")) if form != "-"}
    return _forms(names, r"\s?({})(?!\w)")


def _hedges() -> Forms:
    """Right before a number."""
    return _forms({row[0]: row[1] for row in _rows("precision.tsv")}, r"\b({})\s$")


def _forms(names: Mapping[str, str], pattern: str) -> Forms:
    """The longest form first; one of a letter or two keeps its case."""
    longest = sorted(names, key=len, reverse=True)
    return Forms(
        re.compile(pattern.format("|".join(map(_spelt, longest))), re.IGNORECASE),
        {form.lower(): name for form, name in names.items()},
    )


def _spelt(form: str) -> str:
    written = re.escape(form).replace(r"\ ", r"\s")
    return f"(?-i:{written})" if len(form) <= 2 else written


@cache
def load_lexicon() -> Lexicon:
    """All lists, read once per process. Raises ValueError where a file breaks its own format."""
    return Lexicon(
        cues={word.form: word for word in _cue_words()},
        nouns={word.form: word for word in _nouns()},
        grammar=Grammar(**{key: frozenset(words) for key, words in tomllib.loads(_read("grammar.toml")).items()}),
        role_heads=_roles(),
        abbreviations=_words("abbreviations.txt"),
        particles=_words("name_particles.txt"),
        regional_bodies=_words("regional_bodies.txt"),
        no_names=_words("no_names.txt"),
        body_nouns=dict(_body_nouns()),
        role_short_forms={row[0]: tuple(row[1].split()) for row in _rows("role_short_forms.tsv")},
        known_names=names_in(_read("aliases.tsv")),
        seats=_seats(),
        modals=_modals(),
        standing=dict(_standing()),
        units=_units(),
        hedges=_hedges(),
        confidence=tomllib.loads(_read("rules.toml")),
        generic_heads=frozenset(read_names("place_heads.txt")) | frozenset(read_names("org_heads.txt")),
    )
