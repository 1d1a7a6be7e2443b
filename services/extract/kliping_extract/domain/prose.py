"""One article's prose with its quotes and sentences: what the claim grammar reads."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeAlias, TypeVar

from kliping_extract.domain.lexicon import CueWord, Lexicon
from kliping_extract.domain.quotes import Quote, find_quotes, quote_at
from kliping_extract.domain.sentences import Sentence, find_sentences, sentence_at
from kliping_extract.domain.tokens import Tokens

#: Fewest tokens of a quote that stands for itself.
_FULL = 4


class ProseWords(Protocol):
    """What reading prose asks of a language's lexicon."""

    @property
    def cues(self) -> Mapping[str, CueWord]:
        """Cue words by form."""
        ...

    @property
    def after_quotes(self) -> Container[str]:
        """Words that end a quote which never closes."""
        ...

    @property
    def abbreviations(self) -> Container[str]:
        """Tokens whose full stop ends no sentence."""
        ...


L_co = TypeVar("L_co", bound=ProseWords, covariant=True)


@dataclass(frozen=True, slots=True)
class ProseOf(Generic[L_co]):
    """Tokens and, for each token, the index of its quote (or -1), of its sentence, and its cue word (or None)."""

    tokens: Tokens
    quotes: Sequence[Quote]
    sentences: Sequence[Sentence]
    quote_at: Sequence[int]
    sentence_at: Sequence[int]
    cue_at: Sequence[CueWord | None]
    lexicon: L_co

    def quote_from(self, i: int) -> Quote | None:
        """The quote whose opening mark is token `i`."""
        at = self.quote_at[i] if 0 <= i < len(self.quote_at) else -1
        return self.quotes[at] if at >= 0 and self.quotes[at].start == i else None

    def quote_until(self, i: int) -> Quote | None:
        """The quote that ends right before token `i`."""
        at = self.quote_at[i - 1] if i > 0 else -1
        return self.quotes[at] if at >= 0 and self.quotes[at].end == i else None

    def full(self, quote: Quote) -> bool:
        """Whether a quote is long enough for a statement, and begins like one."""
        first = quote.parts[0][0]
        return quote.parts[-1][1] - first >= _FULL and not self.tokens.words[first][:1].islower()

    def comma(self, i: int) -> bool:
        """Whether token `i` is a comma outside quotes and names."""
        return self.tokens.words[i] == "," and self.quote_at[i] < 0 and self.tokens.name_at[i] < 0


#: Indonesian prose.
Prose: TypeAlias = ProseOf[Lexicon]
L = TypeVar("L", bound=ProseWords)


def read_prose(tokens: Tokens, lexicon: L) -> ProseOf[L]:
    """Find quotes and sentences in `tokens` and look every word up once. Linear in the number of tokens."""
    quotes = find_quotes(tokens, lexicon.after_quotes)
    sentences = find_sentences(tokens, quotes, lexicon.abbreviations)
    return ProseOf(
        tokens=tokens,
        quotes=quotes,
        sentences=sentences,
        quote_at=quote_at(tokens, quotes),
        sentence_at=sentence_at(tokens, sentences),
        cue_at=[lexicon.cues.get(word) for word in tokens.lower],
        lexicon=lexicon,
    )
