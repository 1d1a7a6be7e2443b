"""Tokenizer of the Indonesian pipeline: spaCy's, with its own rules for hyphens, clitics and abbreviations.

A name is never cut at a hyphen (`Jong-un`, `Komsomolsk-on-Amur`, `PDI-P`), because one token is what the entity
recogniser and everything after it can see as one name. A hyphen that joins two names (`Rusia-Ukraina`,
`TNI-Polri`, `Prabowo-Gibran`) or a name and an affix (`se-Indonesia`, `KPK-nya`) does separate. Lossless like every
spaCy tokenizer: `doc.text` is the text.
"""

import re
from collections.abc import Callable, Iterable

from spacy.attrs import ORTH  # type: ignore[import-not-found]  # compiled, without stubs
from spacy.lang.char_classes import ALPHA, ALPHA_LOWER, ALPHA_UPPER, LIST_ELLIPSES, LIST_ICONS
from spacy.lang.tokenizer_exceptions import emoticons
from spacy.language import Language
from spacy.tokenizer import Tokenizer  # type: ignore[import-not-found]  # compiled, without stubs
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex, registry

from kliping_extract.gazetteer_lists import read_names

TOKENIZER_NAME = "kliping_tokenizer.v1"

CLITICS = ("nya", "lah", "kah", "pun", "ku", "mu")
DASHES = "–|—|--+|~"
#: Runs of non-blank characters whose tokens are remembered. Half the words of an article are new to spaCy's 10,000.
REMEMBERED = 100_000
DOUBLE_QUOTES = '"“”„«»'


def _infixes(joined_names: Iterable[str]) -> list[str]:
    """Patterns that cut inside a run of non-blank characters.

    `joined_names` are words that are a name by themselves: a hyphen beside one of them joins two names.
    """
    names = sorted(set(joined_names))
    before = "|".join(rf"(?<=(?<!\w){re.escape(name)}-)" for name in names)
    after = "|".join(re.escape(name) for name in names)
    return [
        *LIST_ELLIPSES,
        *LIST_ICONS,
        r"(?<=[0-9])[+*^\-](?=[0-9\-])",
        r"(?<=[0-9])[\\/](?=[0-9%\-])",
        rf"(?<=[{ALPHA_LOWER}{DOUBLE_QUOTES}])\.(?=[{ALPHA_UPPER}{DOUBLE_QUOTES}])",
        rf"(?<=[{ALPHA}]),(?=[{ALPHA}])",
        rf"(?<=[{ALPHA}0-9])(?:{DASHES})(?=[{ALPHA}0-9])",
        rf"(?<=[{ALPHA}0-9])[:<>=/](?=[{ALPHA}])",
        rf"(?<=[{ALPHA}])/(?=[0-9])",
        rf"(?<=[{ALPHA}0-9])[()\[\]](?=[{ALPHA}0-9])",
        rf"(?<=[{ALPHA}.,!?])[{DOUBLE_QUOTES}](?=[{ALPHA}])",
        rf"(?<=[{ALPHA_UPPER}][{ALPHA_UPPER}])-(?=[{ALPHA_UPPER}][{ALPHA_LOWER}])",
        rf"-(?:{before})(?=[{ALPHA}])",
        rf"(?<=[{ALPHA}])-(?=(?:{after})(?!\w))",
    ]


def _suffixes(defaults: Iterable[str | re.Pattern[str]]) -> list[str | re.Pattern[str]]:
    return [*defaults, rf"(?<=[{ALPHA}0-9])-(?:{'|'.join(CLITICS)})", rf"(?<=[{ALPHA}])(?:{DASHES})"]


def _prefixes(defaults: Iterable[str | re.Pattern[str]], bound_forms: Iterable[str]) -> list[str | re.Pattern[str]]:
    bound = "|".join(sorted(bound_forms, key=len, reverse=True))
    return [*defaults, rf"(?:(?i:{bound}))-(?=[{ALPHA_UPPER}])"]


def _exceptions(defaults: dict[str, list[dict[int, str]]]) -> dict[str, list[dict[int, str]]]:
    """spaCy's exceptions without its 15,000 reduplications, which the hyphen rules already keep whole, marks and emoticons.

    A mark or blank is a token of its own anyway, and from the first exception that a text meets on spaCy remembers none
    of its words: 6.6 instead of 0.2 ms for 240 words. An emoticon eats the bracket behind a number: `(pasal 8)`.
    """
    kept = {text: parts for text, parts in defaults.items() if "-" not in text and not _splits(text)}
    kept.update({text: [{ORTH: text}] for text in read_names("abbreviations.txt")})
    return kept


def _splits(text: str) -> bool:
    return text in emoticons or text.isspace() or (len(text) == 1 and not text.isalpha())


def build_tokenizer(nlp: Language) -> Tokenizer:
    """The tokenizer for `nlp`, which gives the vocabulary and spaCy's Indonesian defaults. Reads the word lists."""
    defaults = nlp.Defaults
    prefixes = _prefixes(defaults.prefixes or (), read_names("bound_forms.txt"))
    suffixes = _suffixes(defaults.suffixes or ())
    infixes = _infixes(read_names("hyphen_joined.txt"))
    return Tokenizer(
        nlp.vocab,
        rules=_exceptions(defaults.tokenizer_exceptions),
        # Each pattern begins with `^`, but a search would try it at every character: 14 instead of 0.6 µs a word.
        prefix_search=compile_prefix_regex(prefixes).match,
        suffix_search=compile_suffix_regex(suffixes).search,
        infix_finditer=compile_infix_regex(infixes).finditer,
        token_match=defaults.token_match,
        url_match=defaults.url_match,
        max_cache_size=REMEMBERED,
    )


@registry.tokenizers(TOKENIZER_NAME)  # type: ignore[untyped-decorator]
def create_tokenizer() -> Callable[[Language], Tokenizer]:
    """Registry entry `kliping_tokenizer.v1` for spaCy configs."""
    return build_tokenizer
