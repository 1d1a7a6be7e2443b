"""Bring the catalogues of the interface's texts up to date: ``python services/search/messages.py`` (``make messages``).

Texts are found in the templates and the code; what has gone is dropped, what is new stands without a translation.
Sorted and without places, so that a change of a template shows in a catalogue as the texts that it changes.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po, write_po

from kliping_ingest.domain.rejections import HINTS

HERE: Final = Path(__file__).parent / "kliping_search"
#: What is said to people by what pages share with others; why files are rejected is ingest's to say.
SHARED: Final = Path(__file__).parents[2] / "shared" / "kliping_shared"
SHARED_PARTS: Final = ("query", "store", "corrections", "inbox", "watching")
METHODS: Final = [("**.py", "python"), ("**.html", "jinja2")]
OPTIONS: Final = {"**.html": {"silent": "false", "trimmed": "true"}}
KEYWORDS: Final = {
    **DEFAULT_KEYWORDS,
    "marked": None,
    "FieldRule": (3,),
    "QueryError": None,
    "HTTPException": (2,),
    "Notice": None,
}


def found() -> Catalog:
    """Every text of the interface, untranslated."""
    catalog = Catalog()
    for folder in (HERE, *(SHARED / name for name in SHARED_PARTS)):
        for _, _, message, _, _ in extract_from_dir(folder, METHODS, OPTIONS, KEYWORDS):
            catalog.add(message)
    for hint in HINTS.values():
        catalog.add(hint)
    return catalog


def updated(path: Path) -> Catalog:
    """The catalogue at ``path`` with just the texts that there are; those known keep their translations."""
    with path.open("rb") as file:
        catalog = read_po(file, locale=path.stem)
    catalog.update(found(), no_fuzzy_matching=True)
    catalog.obsolete.clear()
    return catalog


def main() -> None:
    """Write each catalogue anew."""
    for path in sorted((HERE / "locale").glob("*.po")):
        catalog = updated(path)
        with path.open("wb") as file:
            write_po(file, catalog, width=0, no_location=True, omit_header=True, sort_output=True)
        undone = sum(not message.string for message in catalog if message.id)
        sys.stdout.write(f"{path.name}: {len(catalog)} texts, {undone} to do\n")


if __name__ == "__main__":
    main()
