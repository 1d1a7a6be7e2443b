"""Resolves who speaks: names to canonical names; descriptions and pronouns have modules of their own."""

from __future__ import annotations

from collections.abc import Sequence

from kliping_extract.domain.attributions import Attribution
from kliping_extract.domain.canonical import Cluster
from kliping_extract.domain.cast import Cast, Resolved, Spoken
from kliping_extract.domain.descriptions import by_description
from kliping_extract.domain.phrases import Phrase
from kliping_extract.domain.pronouns import by_pronoun
from kliping_extract.domain.tokens import Name
from kliping_shared.contracts.enriched import EntityType, ResolvedFrom


def resolve_speakers(attributions: Sequence[Attribution], cast: Cast) -> list[Resolved]:
    """One speaker for each attribution (in the order of the text)."""
    resolved: list[Resolved] = []
    spoken: dict[int, list[Resolved]] = {}
    for item in attributions:
        speaker = _resolve(item, cast, spoken)
        resolved.append(speaker)
        spoken.setdefault(item.sentence, []).append(speaker)
    return resolved


def _resolve(item: Attribution, cast: Cast, spoken: Spoken) -> Resolved:
    phrase = item.speaker
    if phrase is None or phrase.pronoun is not None:
        return by_pronoun(item, phrase, cast, spoken)
    return _by_name(phrase, cast) if phrase.names else by_description(item, phrase, cast, spoken)


def _by_name(phrase: Phrase, cast: Cast) -> Resolved:
    if len(phrase.names) > 1:
        names = [cast.canonical(name) for name in phrase.names]
        return Resolved(" & ".join(dict.fromkeys(names)), None, cast.span(phrase), ResolvedFrom.NAME)
    name = _first_called(phrase.names[0], cast)
    cluster = _government(cast.cluster(name), cast)
    return cast.speaker(cluster, Phrase(name.start, name.end), ResolvedFrom.NAME, phrase.role)


def _first_called(name: Name, cast: Cast) -> Name:
    """`Ana Quispe alias Rosa Lima`: the name that the other one is given for."""
    tokens, before = cast.prose.tokens, name.start - 1
    other = tokens.name_until(before) if before > 0 and tokens.lower[before] == "alias" else None
    return other if other is not None and other.type is name.type else name


def _government(cluster: Cluster, cast: Cast) -> Cluster:
    """The country whose capital speaks, where the article names it."""
    country = cast.prose.lexicon.seats.get(cluster.name) if cluster.type is EntityType.LOC else None
    return cast.places.get(country, cluster) if country else cluster
