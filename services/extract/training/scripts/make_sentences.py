"""Writes the project's own training sentences (`assets/world_news.jsonl`) from `assets/world_news_templates.txt`.

    python services/extract/training/scripts/make_sentences.py

A template holds slots in braces; a slot is filled with a random entry of its list, and becomes an entity when its list
says so (`[NAME LABEL]`). A slot may be used inside the entries of another list (`Kementerian Luar Negeri {country}`);
the label of the outermost labelled slot counts. Deterministic for a seed.
"""

import argparse
import json
import random
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ASSETS = Path(__file__).resolve().parents[1] / "assets"
SECTION = re.compile(r"^\[(\w+)(?: (\w+))?\]$")
SLOT = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Slot:
    """A named list of fillers; `label` is the entity label of a filler or empty."""

    label: str
    fillers: tuple[str, ...]


def read_templates(path: Path) -> tuple[dict[str, Slot], list[str]]:
    """The slots and the templates (section `sentences`) of the templates file."""
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
        elif name == "sentences":
            sections[name].append(line)
        else:
            sections[name] += [entry.strip() for entry in line.split(",") if entry.strip()]
    templates = sections.pop("sentences")
    return {key: Slot(labels[key], tuple(entries)) for key, entries in sections.items()}, templates


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
        last, slot = match.end(), slots[match.group(1)]
        choice, start = rng.choice(slot.fillers), len(result)
        if slot.label:
            result += plain(choice, slots, rng)
            ents.append((start, len(result), slot.label))
        else:
            inner, inner_ents = fill(choice, slots, rng)
            result += inner
            ents += [(s + start, e + start, label) for s, e, label in inner_ents]
    return result + text[last:], ents


def main() -> None:
    """Command line entry."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--per-template", type=int, default=4)
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    rng = random.Random(args.seed)
    slots, templates = read_templates(ASSETS / "world_news_templates.txt")
    filled = dict(fill(template, slots, rng) for template in templates for _ in range(args.per_template))
    lines = (json.dumps({"text": text, "ents": ents}, ensure_ascii=False) for text, ents in filled.items())
    (ASSETS / "world_news.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
