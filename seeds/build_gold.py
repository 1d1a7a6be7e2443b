"""Build ``gold/gold.jsonl`` from the annotations in ``gold/*.toml``, or check that it is up to date.

    python seeds/build_gold.py             # write gold/gold.jsonl of this folder, dev/ and test/
    python seeds/build_gold.py seeds/dev   # of that folder
    python seeds/build_gold.py --check     # exit 1 when one is stale or an annotation is wrong

Annotations quote the article's words and never name an offset; README.md beside this file has the format.
"""

from __future__ import annotations

import argparse
import collections
import json
import re
import sys
import tomllib
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

SEEDS = Path(__file__).resolve().parent
SETS = [SEEDS, SEEDS / "dev", SEEDS / "test"]
ELISION = " … "
KINDS = ("direct", "indirect", "mixed")

Span = tuple[int, int]


class AnnotationError(ValueError):
    """An annotation does not fit its article; the message names both."""


@dataclass(frozen=True, slots=True)
class Name:
    """A written form of a named entity."""

    type: str
    canonical: str


class _Paragraphs(HTMLParser):
    """The paragraphs inside ``<article>``."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._open: set[str] = set()

    def handle_starttag(self, tag: str, _attrs: list[tuple[str, str | None]]) -> None:
        self._open.add(tag)
        if tag == "p" and "article" in self._open:
            self.found.append("")

    def handle_endtag(self, tag: str) -> None:
        self._open.discard(tag)

    def handle_data(self, data: str) -> None:
        if {"p", "article"} <= self._open:
            self.found[-1] += data


def article_text(path: Path) -> str:
    """The text that offsets count in: the file for ``.txt``, ``text`` of ``.json``, the paragraphs of ``.html``."""
    content = path.read_text(encoding="utf-8")
    if path.suffix == ".json":
        return str(json.loads(content)["text"])
    if path.suffix == ".html":
        paragraphs = _Paragraphs()
        paragraphs.feed(content)
        return "\n".join(paragraphs.found)
    return content


def locate(text: str, snippet: str, *, begin: int | None = None) -> Span:
    """Where ``snippet`` stands in ``text``; `` … `` in it stands for any words between.

    With ``begin`` it is the first occurrence from there on, else it must stand there exactly once.
    Raises ``AnnotationError`` when it does not.
    """
    head, _, tail = snippet.partition(ELISION)
    if begin is None and text.count(head) != 1:
        raise AnnotationError(f"{head!r} stands {text.count(head)} times in the text, not once")
    start = text.find(head, begin or 0)
    if start < 0:
        raise AnnotationError(f"{head!r} is not in the text after character {begin}")
    end = start + len(head)
    if tail:
        at = text.find(tail, end)
        if at < 0:
            raise AnnotationError(f"{tail!r} does not follow {head!r}")
        end = at + len(tail)
    return start, end


def locate_parts(text: str, parts: list[str], *, after: str | None = None) -> list[Span]:
    """The spans of a claim's parts, each behind the one before, the first behind ``after`` if given."""
    begin = locate(text, after)[1] if after else None
    spans: list[Span] = []
    for part in parts:
        spans.append(locate(text, part, begin=begin))
        begin = spans[-1][1]
    return spans


def read_names(folder: Path, event: str) -> dict[str, Name]:
    """Written form -> name, for one event together with the names of all events."""
    names: dict[str, Name] = {}
    for path in (folder / "all.toml", folder / f"{event}.toml"):
        for kind, entries in tomllib.loads(path.read_text(encoding="utf-8")).items() if path.exists() else ():
            for canonical, forms in entries.items():
                for form in [canonical, *forms]:
                    if form in names:
                        raise AnnotationError(f"{path.name}: {form!r} is listed twice")
                    names[form] = Name(kind, canonical)
    return names


def find_names(text: str, names: dict[str, Name]) -> list[dict[str, Any]]:
    """Every mention of the names, whole words only, the longest form where several fit."""
    forms = sorted(names, key=lambda form: (-len(form), form))
    pattern = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, forms)) + r")(?!\w)")
    return [
        {
            "start": match.start(),
            "end": match.end(),
            "text": match.group(),
            "type": names[match.group()].type,
            "canonical": names[match.group()].canonical,
        }
        for match in pattern.finditer(text)
    ]


def build_zones(text: str, marked: dict[str, list[Span]]) -> list[dict[str, Any]]:
    """The marked zones, and ``body`` for each stretch of lines between them; only blanks stay uncovered."""
    zones = [(start, end, kind) for kind, spans in marked.items() for start, end in spans]
    zones.sort()
    covered, at = [], 0
    for start, end, kind in [*zones, (len(text), len(text), "")]:
        if start < at:
            raise AnnotationError(f"zone {text[start:end]!r} overlaps the one before")
        between = text[at:start]
        if between.strip():
            left = at + len(between) - len(between.lstrip())
            covered.append((left, at + len(between.rstrip()), "body"))
        if kind:
            covered.append((start, end, kind))
        at = end
    return [{"kind": kind, "start": start, "end": end} for start, end, kind in covered]


def build_claim(text: str, entry: dict[str, Any], *, event: str, claim_id: str) -> dict[str, Any]:
    """One claim of gold.jsonl from its entry in the annotation file."""
    if entry["kind"] not in KINDS:
        raise AnnotationError(f"{claim_id}: kind {entry['kind']!r} is none of {', '.join(KINDS)}")
    spans = locate_parts(text, entry["text"], after=entry.get("after"))
    cluster = entry.get("cluster")
    return {
        "id": claim_id,
        "start": spans[0][0],
        "end": spans[-1][1],
        "spans": [{"start": start, "end": end, "text": text[start:end]} for start, end in spans],
        "speaker": entry["speaker"],
        "speaker_also": entry.get("speaker_also", []),
        "role": entry.get("role"),
        "kind": entry["kind"],
        "cue": entry["cue"],
        "via": entry.get("via"),
        "denied": entry.get("denied", False),
        "said_on": entry.get("said_on"),
        "cluster": f"{event}-{cluster}" if cluster else None,
        "note": entry.get("note"),
    }


def build_article(path: Path, *, gold: Path) -> dict[str, Any]:
    """The line of gold.jsonl for one article."""
    text = article_text(path)
    notes = tomllib.loads((gold / f"{path.stem}.toml").read_text(encoding="utf-8"))
    event = notes["event"]
    title, dateline = notes.get("title"), notes.get("dateline")
    marked = {
        "title": [locate(text, title)] if title else [],
        "dateline": [locate(text, dateline)] if dateline else [],
        "byline": [locate(text, line) for line in notes.get("bylines", [])],
        "boilerplate": [locate(text, line) for line in notes.get("boilerplate", [])],
        "source_note": [locate(text, line) for line in notes.get("source_notes", [])],
    }
    claims = [
        build_claim(text, entry, event=event, claim_id=f"{path.stem}-c{number:02}")
        for number, entry in enumerate(notes["claims"], start=1)
    ]
    return {
        "file": path.name,
        "event": event,
        "outlet": notes["outlet"],
        "origin": notes.get("origin"),
        "text": text,
        "title": title or notes.get("title_elsewhere"),
        "title_span": next(iter(marked["title"]), None),
        "dateline_place": notes.get("dateline_place"),
        "dateline_span": next(iter(marked["dateline"]), None),
        "byline": notes.get("byline"),
        "byline_spans": marked["byline"],
        "published_at": notes.get("published_at"),
        "event_date": notes.get("event_date"),
        "boilerplate": sorted(marked["boilerplate"] + marked["source_note"]),
        "zones": build_zones(text, marked),
        "entities": find_names(text, read_names(gold / "names", event)),
        "claims": claims,
    }


def check(article: dict[str, Any]) -> None:
    """Raise ``AnnotationError`` unless every span says the words it repeats and claims stand in the body."""
    text, body = article["text"], [zone for zone in article["zones"] if zone["kind"] == "body"]
    for span in article["entities"] + [span for claim in article["claims"] for span in claim["spans"]]:
        if text[span["start"] : span["end"]] != span["text"] or span["text"] != span["text"].strip():
            raise AnnotationError(f"{article['file']}: {span} does not fit the text")
    for claim in article["claims"]:
        for span in claim["spans"]:
            if not any(zone["start"] <= span["start"] and span["end"] <= zone["end"] for zone in body):
                raise AnnotationError(f"{article['file']}: {claim['id']} leaves the body")


def check_clusters(articles: list[dict[str, Any]]) -> None:
    """Raise ``AnnotationError`` when a cluster has one claim only."""
    sizes = collections.Counter(claim["cluster"] for article in articles for claim in article["claims"])
    single = sorted(cluster for cluster, size in sizes.items() if cluster and size == 1)
    if single:
        raise AnnotationError(f"clusters of one claim, leave their cluster out: {', '.join(single)}")


def build(seeds: Path) -> str:
    """The content of gold.jsonl for ``seeds/articles`` and ``seeds/gold``; raises ``AnnotationError``."""
    articles = []
    for path in sorted((seeds / "articles").iterdir()):
        try:
            article = build_article(path, gold=seeds / "gold")
        except AnnotationError as error:
            raise AnnotationError(f"{path.name}: {error}") from error
        check(article)
        articles.append(article)
    check_clusters(articles)
    return "".join(json.dumps(article, ensure_ascii=False) + "\n" for article in articles)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", type=Path, nargs="*", default=SETS, help="folders with articles/ and gold/")
    parser.add_argument("--check", action="store_true", help="compare with gold.jsonl instead of writing it")
    options = parser.parse_args()
    return max(_one(folder, check_only=options.check) for folder in options.folders)


def _one(folder: Path, *, check_only: bool) -> int:
    target = folder / "gold" / "gold.jsonl"
    try:
        built = build(folder)
    except AnnotationError as error:
        print(f"build_gold: {error}", file=sys.stderr)
        return 1
    if not check_only:
        target.write_text(built, encoding="utf-8")
        return 0
    if target.read_text(encoding="utf-8") != built:
        print(f"build_gold: {target} is stale, run python seeds/build_gold.py", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
