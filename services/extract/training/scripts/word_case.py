"""How words are written where nothing but the word itself decides: inside sentences of text with case."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable

WORD = re.compile(r"[^\W\d_]{2,}")
_SENTENCE_START = re.compile(r"(?:^|[.!?:\"“”‘’])\s*$")
#: A word that has a capital in more than this share of its places is a name. Below a half, since a name that is
#: missed costs more than a word that the recogniser sees is none; from a trial on the development sets.
NAME_SHARE = 0.35


def count_forms(texts: Iterable[str]) -> dict[str, Counter[str]]:
    """How often each word is written how, by its lower case. The first words of sentences tell nothing."""
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    for text in texts:
        if text in (text.lower(), text.upper()):
            continue
        for match in WORD.finditer(text):
            if not _SENTENCE_START.search(text, max(0, match.start() - 3), match.start()):
                forms[match.group().lower()][match.group()] += 1
    return forms


def usual_forms(forms: dict[str, Counter[str]]) -> list[str]:
    """One form of each word that is in small letters, or an acronym; sorted."""
    usual = (_usual(word, counted) for word, counted in forms.items())
    return sorted(form for form in usual if form.islower() or form.isupper())


def _usual(word: str, counted: Counter[str]) -> str:
    lower, total = counted[word], counted.total()
    if (total - lower + 0.3) / (total + 0.6) <= NAME_SHARE:
        return word
    return min((form for form in counted if form != word), key=lambda form: (-counted[form], form))
