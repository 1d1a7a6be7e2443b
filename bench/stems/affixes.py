"""The affixes of Indonesian: every way to take a word apart, and the regular derivations of a root.

After the standard grammar (meN-/peN- assimilate: mem before b f p v, men before c d j t z, meng before vowels g h k,
meny replaces s; p t s k are dropped after them). Ambiguous analyses (mengukur: ukur, kukur) are settled by which root
is attested most, with a premium for longer roots.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

VOWELS = "aeiou"
PARTICLES = ("lah", "kah", "pun")
CLITICS = ("nya", "ku", "mu")
#: Prefixes that do not assimilate, with what may follow inside them.
PLAIN = ("di", "ter", "ber", "per", "ke", "se", "memper", "diper", "keber", "keter", "member", "diber", "pember",
         "terper", "berke", "menter", "kese", "menge", "penge", "bel", "pel", "be", "te", "pe")  # fmt: skip
#: Roots of one syllable, before which meN- and peN- are menge- and penge- (mengebom).
MONOSYLLABLES = frozenset(
    [
        "bom",
        "bor",
        "cap",
        "cat",
        "cek",
        "cor",
        "gas",
        "gol",
        "lap",
        "las",
        "lem",
        "pak",
        "pel",
        "pres",
        "rem",
        "sah",
        "set",
        "sol",
        "tag",
        "tes",
        "tik",
    ]
)
#: Suffixes that a prefix allows; a form with another suffix is not of that prefix.
SUFFIXES: Mapping[str, tuple[str, ...]] = {
    "": ("", "an", "kan", "i"),
    "me": ("", "kan", "i"), "di": ("", "kan", "i"), "memper": ("", "kan", "i"), "diper": ("", "kan", "i"),
    "member": ("kan", "i", ""), "diber": ("kan", "i", ""), "menter": ("kan",), "menge": ("", "kan"),
    "pe": ("", "an"), "pember": ("an",), "penge": ("", "an"), "pel": ("", "an"),
    "per": ("an", ""), "ke": ("an",), "keber": ("an",), "keter": ("an",), "kese": ("an",),
    "ter": ("", "kan", "i"), "te": ("",), "ber": ("", "an", "kan"), "be": ("", "an"), "bel": ("",), "berke": ("an",),
    "se": ("",), "terper": ("", "kan", "i"), "pe_plain": ("", "an"),
}  # fmt: skip


@dataclass(frozen=True)
class Lexicon:
    """What is known of roots: how often a form occurs in lower case, the checking list, what was settled by hand, and how many
    attested forms may be derived from a root.
    """

    freq: Mapping[str, int]
    roots: set[str]
    fixed: Mapping[str, str]
    support: Mapping[str, int] = field(default_factory=dict)

    def root(self, form: str) -> str:
        """The best attested root of ``form``, itself when it is a root or nothing fits."""
        if form in self.fixed:
            return self.fixed[form]
        if form in self.roots or len(form) < 5:
            return form
        for word, cost in _without_clitics(form):
            if cost and word in self.fixed:
                return self.fixed[word]
        score, best = max(((self._score(root, cost), root) for root, cost in analyses(form)), default=(0.0, form))
        return self.root(best) if score > 0 and len(best) < len(form) else form

    def _score(self, root: str, cost: int) -> float:
        """Attestation (log frequency), longer roots and fewer affixes first; 0 for what is no root.

        A listed root is worth more than any that only occurs, which may be a derived form itself (penjual);
        a root that never occurs alone (tonton) is accepted when several of its derivations do.
        """
        seen, listed = self.freq.get(root, 0), root in self.roots or root in self.fixed
        family = self.support.get(root, 0)
        if not listed and not (seen >= 5 and len(root) >= 5) and not (family >= 4 and len(root) >= 4):
            return 0.0
        if len(root) < 3 or (len(root) == 3 and seen < 2):
            return 0.0
        return 20.0 * listed + family + math.log1p(seen) + (1.0 if listed else 3.0) * len(root) - 0.5 * cost


def support(forms: Iterable[str]) -> dict[str, int]:
    """How many of the forms may be derived from each possible root by affixes other than clitics."""
    counts: Counter[str] = Counter()
    for form in forms:
        if len(form) >= 6:
            counts.update({root for root, _ in analyses(form) if not form.startswith(root)})
    return counts


def analyses(form: str) -> Iterator[tuple[str, int]]:
    """Every (root, cost) that ``form`` may be made of: one for each affix, two for a sound given back."""
    for word, cost in _without_clitics(form):
        if cost:
            yield word, cost
        for prefix, rest in _prefixes(word):
            for suffix in SUFFIXES[prefix]:
                if rest.endswith(suffix) and (prefix or suffix) and len(rest) - len(suffix) >= 3:
                    restored = 2 * (not word.endswith(rest))
                    yield rest.removesuffix(suffix), cost + bool(prefix) + bool(suffix) + restored


def _without_clitics(form: str) -> Iterator[tuple[str, int]]:
    yield form, 0
    for particle in (*PARTICLES, ""):
        bare = form.removesuffix(particle)
        if particle and bare != form and len(bare) >= 4:
            yield bare, 1
        for clitic in CLITICS:
            if bare.endswith(clitic) and len(bare) >= len(clitic) + 3 and (not particle or bare != form):
                yield bare.removesuffix(clitic), 1 + bool(particle)


def _prefixes(word: str) -> Iterator[tuple[str, str]]:
    yield "", word
    for prefix in PLAIN:
        rest = word.removeprefix(prefix)
        if rest != word and len(rest) >= 3 and _fits(prefix, rest):
            yield ("pe_plain" if prefix == "pe" else prefix), rest
    for prefix in ("me", "pe"):
        if word.startswith(prefix):
            for rest in _nasal(word[2:]):
                yield prefix, rest
    for outer in ("ke", "ber", "di", "se"):
        if word.startswith(outer + "pe"):
            for rest in _nasal(word[len(outer) + 2 :]):
                yield ("ke" if outer == "ke" else "pe"), rest


def _fits(prefix: str, rest: str) -> bool:
    if prefix in ("bel", "pel"):
        return rest.startswith("ajar")
    if prefix in ("be", "te"):
        return rest[0] == "r" or rest[1:3] == "er"
    if prefix == "pe":
        return not rest.startswith("ng")
    if prefix in ("menge", "penge"):
        return rest.removesuffix("kan").removesuffix("an") in MONOSYLLABLES
    return True


def _nasal(rest: str) -> Iterator[str]:
    """What may stand after meN-/peN-, its first sound given back."""
    if rest[:1] in tuple("lrwymn") and not rest.startswith("ng"):  # hardly a root begins with ng-
        yield rest
    for nasal, kept, lost in (("m", "bfpv", "p"), ("n", "cdjtsz", "t"), ("ny", "", "s"), ("ng", VOWELS + "ghkq", "k")):
        tail = rest.removeprefix(nasal)
        if tail == rest or not tail:
            continue
        if tail[0] in kept:
            yield tail
        if tail[0] in VOWELS:
            yield lost + tail


def with_nasal(root: str) -> str:
    """``root`` as it stands after meN- or peN- ("tolak" -> "nolak")."""
    first, tail = root[0], root[1:]
    if first in "ptsk" and tail[:1] and tail[0] in VOWELS:
        return {"p": "m", "t": "n", "s": "ny", "k": "ng"}[first] + tail
    for letters, nasal in (("bfpv", "m"), ("cdjtsz", "n"), (VOWELS + "ghkq", "ng")):
        if first in letters:
            return nasal + root
    return root


def paradigm(root: str) -> Iterator[str]:
    """The regular derivations of ``root`` without clitics."""
    if len(root) < 4:
        return
    nasal = with_nasal(root)
    for suffix in ("", "kan", "i"):
        for stem in (f"me{nasal}", f"di{root}", f"ter{root}"):
            yield stem + suffix
    for form in (f"pe{nasal}", f"pe{nasal}an", f"per{root}an", f"ke{root}an", f"{root}an", f"{root}kan"):
        yield form
    for form in (f"ber{root}", f"ber{root}an", f"memper{root}kan", f"diper{root}kan", f"se{root}"):
        yield form
