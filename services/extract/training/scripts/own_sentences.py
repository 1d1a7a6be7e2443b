"""Makes the project's own training sentences from `assets/*_templates.txt`; run as a program, prints some.

    python services/extract/training/scripts/own_sentences.py --seed 1 | shuf -n 20

A template holds slots in braces; a slot is filled with a random entry of its list, and becomes an entity when its list
says so (`[NAME LABEL]`). A slot may be used inside the entries of another list (`Kementerian Luar Negeri {country}`);
the label of the outermost labelled slot counts. `{CITY}` is `{city}` in capitals unless there is a list of that name.
`[sentences N]` fills each of its templates N times. Training makes them anew for each epoch, deterministic for its seed.
"""

import argparse
import json
import random
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

ASSETS = Path(__file__).resolve().parents[1] / "assets"
TEMPLATES = "_templates.txt"
#: The templates that hold the lists of Indonesian personal names, in lists of this ending, and `{person}`.
DOMESTIC, NAME_LIST = ASSETS / f"domestic_news{TEMPLATES}", "_names"
SENTENCES = "sentences"
SECTION = re.compile(r"^\[(\w+)(?: (\w+))?\]$")
SLOT = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Slot:
    """A named list of fillers; `label` is the entity label of a filler or empty."""

    label: str
    fillers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Templates:
    """The slots of a file, its templates, and how often each is filled."""

    slots: Mapping[str, Slot]
    sentences: tuple[str, ...]
    times: int


def read_templates(path: Path) -> Templates:
    """A templates file."""
    sections: dict[str, list[str]] = {}
    labels: dict[str, str] = {}
    name = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        header = SECTION.match(line)
        if header:
            name = header.group(1)
            sections[name], labels[name] = [], header.group(2) or ""
        elif name == SENTENCES:
            sections[name].append(line)
        else:
            sections[name] += [entry.strip() for entry in line.split(",") if entry.strip()]
    templates = tuple(sections.pop(SENTENCES))
    slots = {key: Slot(labels[key], tuple(entries)) for key, entries in sections.items()}
    return Templates(slots, templates, int(labels[SENTENCES]))


def plain(text: str, slots: Mapping[str, Slot], rng: random.Random) -> str:
    """`text` with all slots filled, labels ignored."""
    while SLOT.search(text):
        text = SLOT.sub(lambda match: rng.choice(slots[match.group(1)].fillers), text)
    return text


def fill(text: str, slots: Mapping[str, Slot], rng: random.Random) -> tuple[str, list[tuple[int, int, str]]]:
    """`text` with slots filled, and the entities that the labelled ones make."""
    result, ents, last = "", [], 0
    for match in SLOT.finditer(text):
        result += text[last : match.start()]
        last, start = match.end(), len(result)
        filler, inner_ents = _fill_slot(match.group(1), slots, rng)
        result += filler
        ents += [(s + start, e + start, label) for s, e, label in inner_ents]
    return result + text[last:], ents


def _fill_slot(name: str, slots: Mapping[str, Slot], rng: random.Random) -> tuple[str, list[tuple[int, int, str]]]:
    if name not in slots and name.isupper():
        filler, ents = _fill_slot(name.lower(), slots, rng)
        return filler.upper(), ents
    choice = rng.choice(slots[name].fillers)
    if not slots[name].label:
        return fill(choice, slots, rng)
    filler = plain(choice, slots, rng)
    return filler, [(0, len(filler), slots[name].label)]


def filled(templates: Templates, rng: random.Random) -> dict[str, list[tuple[int, int, str]]]:
    """Different sentences with their entities."""
    sentences: Iterable[str] = (text for text in templates.sentences for _ in range(templates.times))
    return dict(fill(text, templates.slots, rng) for text in sentences)


def own_sentences(rng: random.Random) -> dict[str, list[tuple[int, int, str]]]:
    """Sentences of all templates files."""
    files = sorted(ASSETS.glob(f"*{TEMPLATES}"))
    return {text: ents for path in files for text, ents in filled(read_templates(path), rng).items()}


def listed_person_names() -> list[str]:
    """All entries of the lists of personal names."""
    slots = read_templates(DOMESTIC).slots
    return [entry for name, slot in slots.items() if name.endswith(NAME_LIST) for entry in slot.fillers]


def person_maker() -> Callable[[random.Random], str]:
    """Makes invented persons' names."""
    slots = read_templates(DOMESTIC).slots
    return lambda rng: plain("{person}", slots, rng)


def main() -> None:
    """Command line entry."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=0)
    seed: int = parser.parse_args().seed
    for text, ents in own_sentences(random.Random(seed)).items():
        print(json.dumps({"text": text, "ents": ents}, ensure_ascii=False))


if __name__ == "__main__":
    main()
