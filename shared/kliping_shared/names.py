"""Names that stand for one and the same thing: how they compare, and the format of the files that list them.

A line has a type, a name, and its other forms with commas between, parted by tabs; `#` begins a comment line.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from kliping_shared.contracts import EntityType

#: Characters that a name has at most.
LONGEST = 300
_GLUE = re.compile(r"[-‐‑‒–—_/\s]+")
_MARKS = re.compile(r"[.,'’‘`\"“”()\[\]]")


@dataclass(frozen=True, slots=True)
class KnownName:
    """`alias` stands for `name`; a name is its own alias."""

    type: EntityType
    name: str
    alias: str


@lru_cache(maxsize=20_000)
def normal_name(name: str) -> str:
    """A name without regard to case, hyphens, blanks, full stops, apostrophes and brackets."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    return _GLUE.sub(" ", _MARKS.sub("", folded)).strip()


def names_in(text: str) -> tuple[KnownName, ...]:
    """The names of a file. Raises ValueError, which tells the line."""
    return tuple(known for _, known in alias_rows(text))


def alias_rows(text: str) -> Iterator[tuple[int, KnownName]]:
    """The names of a file, each with its line's number. Raises ValueError, which tells the line."""
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        kind, *rest = (part.strip() for part in line.split("\t"))
        if kind not in set(EntityType) or len(rest) != 2 or not all(rest):
            raise ValueError(
                f"line {number}: wanted PER, ORG or LOC, a tab, a name, a tab, its other forms with commas between"
            )
        name, others = rest
        try:
            for known in one_name(EntityType(kind), name, filter(str.strip, others.split(","))):
                yield number, known
        except ValueError as error:
            raise ValueError(f"line {number}: {error}") from None


def one_name(kind: EntityType, name: str, others: Iterable[str]) -> Iterator[KnownName]:
    """A name and its other forms, each once, blanks joined. Raises ValueError for one that a file cannot hold."""
    name, *forms = (" ".join(form.split()) for form in (name, *others))
    if "," in name and not set(forms) - {name}:
        raise ValueError(f"{name!r}: what has a comma needs another form")
    for form in dict.fromkeys((name, *forms)):
        if not any(letter.isalnum() for letter in form):
            raise ValueError(f"{form!r} is no name")
        if len(form) > LONGEST:
            raise ValueError(f"'{form[:40]}…' is longer than {LONGEST} characters")
        if "," in form and form != name:
            raise ValueError(f"{form!r}: leave commas out of other forms, they make no difference")
        yield KnownName(kind, name, form)


def written(names: Iterable[KnownName]) -> str:
    """The file that gives these names, which know their own names as well."""
    forms: dict[tuple[EntityType, str], list[str]] = {}
    for known in names:
        forms.setdefault((known.type, known.name), []).append(known.alias)
    return "".join(
        f"{kind}\t{name}\t{', '.join([form for form in own if form != name] or [name])}\n"
        for (kind, name), own in forms.items()
    )
