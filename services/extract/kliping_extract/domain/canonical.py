"""Puts the mentions of one article that mean the same thing under one canonical name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from kliping_extract.domain.heads import Heads
from kliping_extract.domain.normal import entity_key
from kliping_shared.contracts.enriched import EntityType
from kliping_shared.names import KnownName, normal_name

#: Levels of government that news puts before a place's name or leaves out.
_LEVELS = frozenset({"kabupaten", "kota", "provinsi", "negara"})

#: Heads of what is often named after another thing: a town's beach is not the town, a body's office not the body.
_NAMED_AFTER = frozenset(
    {"kantor", "gedung", "jalan", "jl", "pantai", "pasar", "stasiun", "terminal", "bandara", "hotel"}
)


@dataclass(frozen=True, slots=True)
class Surface:
    """One mention: where it stands (characters) and what it says without titles."""

    start: int
    end: int
    type: EntityType
    text: str


@dataclass(slots=True)
class Cluster:
    """Mentions of one thing; `name` is its canonical name."""

    type: EntityType
    name: str
    mentions: list[Surface] = field(default_factory=list)
    known: bool = False


@dataclass(frozen=True, slots=True)
class KnownNames:
    """Canonical names by type and normal alias."""

    by_alias: Mapping[tuple[EntityType, str], str]

    def of(self, kind: EntityType, text: str) -> str | None:
        """The canonical name of a known alias."""
        return self.by_alias.get((kind, normal_name(text)))

    def under(self, others: KnownNames) -> KnownNames:
        """These with the others, which win; what has another name there has it with all its forms."""
        renamed = {(kind, form): others.of(kind, name) or name for (kind, form), name in self.by_alias.items()}
        return KnownNames({**renamed, **others.by_alias})


def known_names(names: Sequence[KnownName]) -> KnownNames:
    """The lookup of `lexicon/aliases.tsv`. Raises ValueError where an alias stands for two names of one type."""
    table: dict[tuple[EntityType, str], str] = {}
    for known in names:
        if table.setdefault((known.type, normal_name(known.alias)), known.name) != known.name:
            raise ValueError(f"alias {known.alias!r} stands for two names of type {known.type}")
    return KnownNames(table)


def prevailing(ours: Sequence[KnownName], theirs: Sequence[KnownName]) -> tuple[KnownName, ...]:
    """Both, with ours over theirs as in `KnownNames.under`."""
    known = known_names(ours)
    kept = (one for one in theirs if known.of(one.type, one.alias) is None)
    return (*(replace(one, name=known.of(one.type, one.name) or one.name) for one in kept), *ours)


def cluster_names(
    surfaces: Sequence[Surface],
    known: KnownNames,
    acronyms: Mapping[tuple[EntityType, str], str],
    generic: frozenset[str],
) -> list[Cluster]:
    """One cluster per thing, in order of first mention.

    `acronyms` are short forms that the article introduces in brackets (type and normal form to full name), `generic` the words
    that only say what kind of place or body a name is (kota, kementerian).
    """
    forms = _forms(surfaces)
    owner: dict[tuple[EntityType, str], str] = {}
    for kind in EntityType:
        names = [text for (type_, _), text in forms.items() if type_ is kind]
        owner.update(_own_names(kind, names, known, acronyms, generic))
    clusters: dict[tuple[EntityType, str], Cluster] = {}
    latest: dict[str, str] = {}
    for surface in sorted(surfaces, key=lambda item: item.start):
        name = _name_for(surface, owner, latest)
        key = (surface.type, entity_key(surface.type, name))
        cluster = clusters.setdefault(key, Cluster(surface.type, name))
        cluster.mentions.append(surface)
    return list(clusters.values())


def _forms(surfaces: Sequence[Surface]) -> dict[tuple[EntityType, str], str]:
    """Each normal form with its most frequent spelling, mixed case before capitals."""
    spellings: dict[tuple[EntityType, str], Counter[str]] = {}
    for surface in surfaces:
        spellings.setdefault((surface.type, normal_name(surface.text)), Counter())[surface.text] += 1
    often = sorted(spellings.items(), key=lambda item: -sum(item[1].values()))
    return {
        key: min(counts, key=lambda text: (text.isupper() and len(text) > 4, -counts[text])) for key, counts in often
    }


def _own_names(
    kind: EntityType,
    names: list[str],
    known: KnownNames,
    acronyms: Mapping[tuple[EntityType, str], str],
    generic: frozenset[str],
) -> dict[tuple[EntityType, str], str]:
    """The canonical name of each form; a person's short form that fits several is left out (see `_name_for`)."""
    # A stable sort: of names of equally many words the one named more often, then the one named first, gives the name.
    full = sorted(names, key=lambda text: -len(normal_name(text).split()))
    own: dict[tuple[EntityType, str], str] = {}
    heads = Heads(partial(entity_key, kind) if kind is EntityType.PER else normal_name)
    for text in full:
        form = normal_name(text)
        name = _settled(kind, text, known, acronyms, heads, generic)
        if name is None and kind is EntityType.PER and len(_fitting(form, heads)) > 1:
            continue
        if name is None:
            name = _bare_place(_tidy(text)) if kind is EntityType.LOC else _tidy(text)
        heads.add(name, name)
        if kind is EntityType.PER:
            heads.add(
                text, name
            )  # shorter forms may be of this one: `Kusuma` of `Rani Kusuma`, who is `Dewi Anggraini`
        own[kind, form] = name
    return own


def _settled(
    kind: EntityType,
    text: str,
    known: KnownNames,
    acronyms: Mapping[tuple[EntityType, str], str],
    heads: Heads,
    generic: frozenset[str],
) -> str | None:
    """An already settled canonical name that `text` stands for."""
    form = normal_name(text)
    listed = (known.of(kind, text) if kind is not EntityType.PER else None) or acronyms.get((kind, form))
    if listed is not None:
        return known.of(kind, listed) or (_bare_place(listed) if kind is EntityType.LOC else listed)
    if (alike := heads.alike(text)) is not None:
        return alike
    fitting = _fitting(form, heads) if kind is EntityType.PER else _parts(text, heads, known, kind, generic)
    if len(fitting) == 1:
        return fitting[0]
    return known.of(kind, text) if not fitting else None


def _fitting(form: str, heads: Heads) -> list[str]:
    """Fuller names of persons that a shorter one may stand for: all its words stand in it, in that order."""
    words = entity_key(EntityType.PER, form).split()
    full = ((head, entity_key(EntityType.PER, head)) for head in heads.holding(form))
    fitting = (head for head, key in full if len(key.split()) > len(words) and _within(words, key))
    return list(dict.fromkeys(heads.name_of(head) for head in fitting))


def _within(words: list[str], full: str) -> bool:
    rest = iter(full.split())
    return all(any(word == other for other in rest) for word in words)


def _parts(text: str, heads: Heads, known: KnownNames, kind: EntityType, generic: frozenset[str]) -> list[str]:
    """Longer names of places and bodies that a part stands for: `Vostochny` for `Kosmodrom Vostochny`."""
    form, found = normal_name(text), []
    for head in heads.holding(form):
        words = normal_name(head).split()
        bare = words[0] in generic and words[0] not in _NAMED_AFTER
        if (bare and form == " ".join(words[1:]) and known.of(kind, form) is None) or (
            kind is EntityType.ORG and (" " in form or text.isupper()) and " ".join(words).startswith(form + " ")
        ):
            found.append(head)
    return found


def _name_for(surface: Surface, owner: Mapping[tuple[EntityType, str], str], latest: dict[str, str]) -> str:
    """The canonical name; a person's short form that fits several is the one that was last named in full."""
    form = normal_name(surface.text)
    name = owner.get((surface.type, form))
    if surface.type is not EntityType.PER:
        return name or _tidy(surface.text)
    if name is None:
        name = next((latest[word] for word in form.split() if word in latest), _tidy(surface.text))
    for word in (*normal_name(name).split(), *form.split()):
        latest[word] = name
    return name


def _bare_place(name: str) -> str:
    """`Kabupaten Tirtasari` and `Tirtasari` are one place in news, and the bare name is the one that recurs."""
    head, _, rest = name.partition(" ")
    return rest if rest and head.lower() in _LEVELS else name


def _tidy(text: str) -> str:
    """A name for display: blanks joined, a name in capitals that is no acronym in title case."""
    joined = " ".join(text.split())
    return joined.title() if joined.isupper() and (len(joined) > 5 or " " in joined) and "." not in joined else joined
