"""Build ``kliping_shared/analysis/data/stems.tsv`` from the word forms of permissively licensed corpora.

    python bench/stems/build_stems.py CORPORA

CORPORA holds ``raw/*/*.txt.gz`` and ``ner/*/train.jsonl.gz`` (texts whose word forms are counted) and
``lexicon/root_words.txt.gz`` (roots; only a check on the analyses, it is not shipped). Every form that occurs is
analysed with the affixes of Indonesian; of the analyses whose root is attested the best is taken (``affixes.py``).
``protected.txt`` and ``overrides.tsv`` are by hand and win; ``spellings.tsv`` makes two spellings of a root one. The
output is sorted, so a rebuild diffs cleanly.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.stems.affixes import Lexicon, paradigm, support
from kliping_shared.analysis.stemming import rules
from kliping_shared.analysis.tokens import WORD, fold

HERE = Path(__file__).resolve().parent
OUTPUT = HERE.parents[1] / "shared" / "kliping_shared" / "analysis" / "data" / "stems.tsv"
HEADER = """\
# Form and root of Indonesian words, by tabs: made by bench/stems/build_stems.py, do not edit (edit its overrides).
# Word forms counted in IndoNLI (Mahendra et al. 2021), FacQA, NERGrit and NERP through IndoNLU (Wilie et al. 2020),
# all Apache-2.0 or CC BY-SA / Apache-2.0, and IDNER-News-2K (Khairunnisa et al. 2020, MIT); analyses are Kliping's own.
"""


@dataclass(frozen=True)
class Forms:
    """How often a folded form occurs at all, and how often in lower case."""

    total: Counter[str]
    lower: Counter[str]

    def is_name(self, form: str) -> bool:
        """Whether the form is hardly ever written small."""
        return self.lower[form] * 10 < self.total[form]


def texts(corpora: Path) -> Iterator[str]:
    """Every text of the corpora."""
    for path in sorted(corpora.glob("raw/*/*.txt.gz")):
        with gzip.open(path, "rt", encoding="utf-8", errors="replace") as lines:
            yield from lines
    for path in sorted(corpora.glob("ner/*/train.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            yield from (json.loads(line)["text"] for line in lines)


def count(lines: Iterable[str]) -> Forms:
    """The forms of the texts."""
    forms = Forms(Counter(), Counter())
    for line in lines:
        for word in WORD.findall(line):
            form = fold(word)
            if form.isascii() and form.isalpha():
                forms.total[form] += 1
                forms.lower[form] += word.islower()
    return forms


def by_rules(form: str, known: dict[str, str]) -> str:
    """What the shipped chain makes of ``form`` when the map is ``known``."""
    for stage in ("clitics", "affixes"):
        if form in known:
            return known[form]
        for rule in rules(stage):
            form = rule.apply(form)
    return known.get(form, form)


def by_hand() -> tuple[dict[str, str], set[str], dict[str, str]]:
    """The overrides, the protected words, and the spellings."""
    overrides, spellings = (
        dict(row.split("\t") for row in _lines(name)) for name in ("overrides.tsv", "spellings.tsv")
    )
    return overrides, {word for line in _lines("protected.txt") for word in line.split()}, spellings


def _lines(name: str) -> list[str]:
    return [line for line in (HERE / name).read_text("utf-8").splitlines() if line and line[0] != "#"]


def read_roots(corpora: Path) -> set[str]:
    """The root list, for checking."""
    with gzip.open(corpora / "lexicon" / "root_words.txt.gz", "rt", encoding="utf-8") as lines:
        return {line.strip() for line in lines if line.strip().isalpha()}


def analyse(forms: Forms, lexicon: Lexicon) -> dict[str, str]:
    """Form to root for the forms that occur; a name keeps to itself unless a circumfix marks it (Kementerian)."""
    known: dict[str, str] = {}
    for form in forms.total:
        circumfix = form.startswith(("ke", "pe")) and form.endswith("an")
        if forms.is_name(form) and not (circumfix and lexicon.freq[form] > 2):
            known[form] = form
        else:
            known[form] = lexicon.root(form)
    return known


def build(corpora: Path) -> dict[str, str]:
    """The whole map: attested forms, regular derivations that the rules would miss, and words rules would harm."""
    forms = count(texts(corpora))
    overrides, protected, spellings = by_hand()
    fixed = {**{word: word for word in protected}, **overrides}
    family = support(form for form in forms.total if not forms.is_name(form))
    lexicon = Lexicon(freq=forms.lower, roots=read_roots(corpora) | set(spellings), fixed=fixed, support=family)
    known = analyse(forms, lexicon)
    known |= {word: word for word in protected} | overrides
    derived = {form: root for form, root in known.items() if form != root}
    settled = dict(derived)
    for root in sorted(root for root in set(derived.values()) if forms.lower[root] and lexicon.root(root) == root):
        for form in paradigm(root):
            if form not in known and form not in lexicon.roots and lexicon.root(form) == root:
                settled[form] = root
    return prune(*(_spelt(some | spellings, spellings) for some in (settled, known)))


def _spelt(known: dict[str, str], spellings: dict[str, str]) -> dict[str, str]:
    return {form: spellings.get(root, root) for form, root in known.items()}


def prune(settled: dict[str, str], known: dict[str, str]) -> dict[str, str]:
    """Only what the rules alone would get wrong, and the identity of roots and names that they would harm."""
    full = {**{form: form for form in known}, **{root: root for root in settled.values()}, **settled}
    own = {form: root for form, root in full.items() if form != root and form in known}
    own |= {form: root for form, root in full.items() if by_rules(form, {}) != root}
    wrong = {form: root for form, root in full.items() if by_rules(form, own) != root}
    return own | wrong


def main() -> int:
    """Write the map and say how large it is."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("corpora", type=Path)
    stems = build(parser.parse_args().corpora)
    OUTPUT.write_text(HEADER + "".join(f"{form}\t{root}\n" for form, root in sorted(stems.items())), "utf-8")
    print(f"{len(stems)} forms of {len(set(stems.values()))} roots, {OUTPUT.stat().st_size / 1000:.0f} kB")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
