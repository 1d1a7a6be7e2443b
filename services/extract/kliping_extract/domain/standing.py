"""Whether a speaker is a public one: office holders, bodies, experts and known people, or ordinary people. Pure.

By evidence to the contrary: who is named speaks in public unless the article describes him as somebody ordinary, or
tells nothing of him but his age.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from kliping_extract.domain.cast import Resolved
from kliping_extract.domain.lexicon import Lexicon
from kliping_shared.contracts.enriched import ResolvedFrom

#: An age behind a name: `Wati (45)`, `Wati, 45 tahun, ...`, `Wati, 45, ...`.
_AGE = re.compile(r"\s*(?:\(\s*{0}\s*\)|,\s{0},)".format(r"(?:1[01])?\d{1,2}(?:\s(?:tahun|thn|th))?"))
_LONGEST = 3


def is_public(descriptions: Iterable[str], *, named: bool, aged: bool, lexicon: Lexicon) -> bool | None:
    """Of somebody whom the article describes so, one office outweighing the rest; None where nobody can tell.

    `named`: a person or body has a name; `aged`: the name is given with an age.
    """
    told = {_standing(text.lower().split(), lexicon) for text in descriptions} - {None}
    if told:
        return True in told
    return not aged if named else None


def _standing(words: Sequence[str], lexicon: Lexicon) -> bool | None:
    address = len(words) == 1 and words[0] in lexicon.grammar.honorifics
    words = _core(words, lexicon)
    if not words or address or words[0] in lexicon.pronouns:
        return None
    own = [words[0].removesuffix("nya"), *words[1:]]  # istrinya, Budi
    openings = (tuple(some[:n]) for n in range(_LONGEST, 0, -1) for some in (words, own))
    return next((lexicon.standing[opening] for opening in openings if opening in lexicon.standing), True)


def standings(text: str, speakers: Sequence[Resolved], lexicon: Lexicon) -> list[bool | None]:
    """Of each speaker of an article whether he is a public one, by all that the article says of him."""
    described: dict[object, set[str]] = {}
    for one in speakers:
        described.setdefault(_key(one), set()).update(_descriptions(text, one))
    people = {id(one.entity): one.entity for one in speakers if one.entity is not None}
    aged = {key for key, person in people.items() if any(aged_at(text, mention.end) for mention in person.mentions)}
    known = {
        key: is_public(told, named=key in people, aged=key in aged, lexicon=lexicon) for key, told in described.items()
    }
    return [known[_key(one)] for one in speakers]


def _key(speaker: Resolved) -> object:
    return id(speaker.entity) if speaker.entity is not None else speaker.name


def _descriptions(text: str, speaker: Resolved) -> Iterator[str]:
    """His role, the words that take him up (`tetangga korban itu`); without a name, what he is called."""
    if speaker.role is not None:
        yield speaker.role
    if speaker.source is ResolvedFrom.ROLE and speaker.mention is not None:
        yield text[slice(*speaker.mention)]
    if speaker.entity is None and (speaker.mention is not None or speaker.source is not ResolvedFrom.NONE):
        yield speaker.name


def aged_at(text: str, end: int) -> bool:
    """Whether an age stands behind the name that ends at the character."""
    return _AGE.match(text, end) is not None


def _core(words: Sequence[str], lexicon: Lexicon) -> Sequence[str]:
    """The description from its noun on."""
    start = 0
    while start < len(words) - 1 and _leads(words[start], lexicon):
        start += 1
    return words[start:]


def _leads(word: str, lexicon: Lexicon) -> bool:
    return word in lexicon.grammar.description_leads or word in lexicon.grammar.determiners or word.isdigit()
