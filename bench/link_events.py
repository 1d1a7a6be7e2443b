"""Events for measuring links: real articles, extracted once, retold with other names, words, numbers and days.

Every word gives way to one of the same length, so that all spans stay. An event is on a topic, few of which are on
everybody's lips (Zipf's law), and a topic has people and words that it comes back to, again few of them in much of the
news. The other words are drawn from the stems that are as rare as the one that stood there. So what stands under the
keys of the index is spread as in real news, heads of state who speak on one thing all week among it, but events have no
statement in common.
"""

from __future__ import annotations

import random
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from hashlib import blake2b
from itertools import groupby
from pathlib import Path
from typing import TypeVar

from kliping_ingest.domain.article import make_article
from kliping_ingest.domain.raw import RawArticle
from kliping_link.domain.words import lexicon_lines, weight
from kliping_shared.analysis import stem, terms
from kliping_shared.analysis.tokens import WORD
from kliping_shared.contracts import Claim, DateMention, DateSource, EnrichedArticle, Entity, Quantity, Span

S = TypeVar("S", bound=Span)

#: The first day of all.
START = datetime(2026, 1, 5, 6, tzinfo=UTC)
#: How many of a hundred events are told by 1, 2, ... 8 outlets.
OUTLETS = (45, 22, 13, 8, 5, 3, 2, 2)
#: Topics, and different names of one length. The first is every twelfth that is drawn.
TOPICS = NAMES = 3000
#: The share of words and names that are the topic's own, and how many of about one length and rarity it has (Zipf's law).
#: So chosen that articles on the first topic are as near to each other as 332 real ones on one topic in one spring
#: (PFSA-ID, dev): of their pairs 0.8 in a hundred are joined into stories (real: 0.5), a pair has 0.36 pairs of claims
#: with a key in common (0.33); by median the cosine of their heaviest terms is 0.10 (0.06).
COMMON, OWN = 0.5, 4
SYLLABLES = [one + vowel + last for one in "bcdghjklmnprstwy" for vowel in "aiueo" for last in ("", "n", "r", "s")]
#: A word gives way to one of so many that are about as rare.
ALIKE = 60
#: Shorter words are left: mostly parts of grammar.
LEAST = 4


@dataclass(frozen=True)
class Slot:
    """A word of an article that is exchanged: a name, a number or a content word."""

    start: int
    word: str
    kind: str


@dataclass(frozen=True)
class Base:
    """A real article and what of it is exchanged."""

    article: EnrichedArticle
    slots: tuple[Slot, ...]


def bases(folders: Iterable[Path]) -> list[list[Base]]:
    """The articles of the folders by event, which is the file's name up to ``_``."""
    from kliping_extract.pipeline import load

    paths = [path for folder in folders for path in sorted(folder.glob("*.txt"))]
    made = [
        make_article(
            RawArticle(path.read_text("utf-8")),
            path=path.name,
            file_sha256="0" * 64,
            media_type="text/plain",
            now=START,
        )
        for path in paths
    ]
    found = zip(paths, load().extract_many(made), strict=True)
    events = groupby(found, key=lambda one: (one[0].parent, one[0].stem.partition("_")[0]))
    told = [[Base(article, tuple(_slots(article))) for _, article in event if article.claims] for _, event in events]
    return [event for event in told if event]


def _slots(article: EnrichedArticle) -> Iterator[Slot]:
    names = {at for entity in article.entities for m in entity.mentions for at in range(m.start, m.end)}
    said = [claim.cue for claim in article.claims if claim.cue] + list(article.dates)
    kept = {at for span in (*said, *(q for c in article.claims for q in c.dates)) for at in range(span.start, span.end)}
    for match in WORD.finditer(article.text):
        word, start = match.group(), match.start()
        if start in names:
            yield Slot(start, word, "name")
        elif start in kept:
            continue
        elif word.isdigit():
            yield Slot(start, word, "number")
        elif len(word) >= LEAST and word.isalpha() and terms(word, stop=True):
            yield Slot(start, word, "word")


@cache
def _vocabulary() -> Mapping[int, Sequence[tuple[float, str]]]:
    """Stems that are words by themselves, by length, those that tell least first, with what they weigh."""
    found: dict[int, list[tuple[float, str]]] = defaultdict(list)
    for line in lexicon_lines("weights.tsv"):
        word, value = line.split("\t")
        if word.isalpha() and stem(word) == word:
            found[len(word)].append((float(value), word))
    return {length: sorted(words) for length, words in found.items()}


@cache
def _alike(length: int, told: float) -> Sequence[str]:
    """Words of that length that are about as rare; none where nobody knows the word."""
    words = _vocabulary().get(length, ()) if told < 1 else ()
    first = max(0, min(bisect_left(words, (told, "")) - ALIKE // 2, len(words) - ALIKE))
    return [word for _, word in words[first : first + ALIKE]]


@cache
def _name(length: int, rank: int) -> str:
    """The name of that rank among those of that length."""
    return _invented(random.Random(f"{length}:{rank}"), length).capitalize()


class _Exchange:
    """One event's substitutions: the same word always becomes the same other one."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._topic = int(TOPICS ** chance.random())
        self._known: dict[tuple[str, str], str] = {}

    def of(self, kind: str, word: str) -> str:
        found = self._known.get((kind, word))
        if found is None:
            found = self._known[kind, word] = getattr(self, f"_{kind}")(word)
        return found

    def _drawn(self, kind: str) -> random.Random:
        """Chance for one word: of those of the topic, or of all."""
        if self._chance.random() >= COMMON:
            return self._chance
        return random.Random(f"{self._topic}:{kind}:{int(OWN ** self._chance.random())}")

    def _name(self, word: str) -> str:
        return _as(word, _name(len(word), int(NAMES ** self._drawn(f"{len(word)}").random())))

    def _number(self, word: str) -> str:
        return "".join(str(self._chance.randint(1, 9)) for _ in word)

    def _word(self, word: str) -> str:
        if not word.islower():
            return _as(word, self.of("word", word.lower()))
        told = weight(stem(word))
        kind = len(word), round(told, 1)
        chance = self._drawn(f"{kind}")
        alike = _alike(len(word), told)
        return chance.choice(alike) if alike else _invented(chance, len(word))


def _as(word: str, other: str) -> str:
    """The other word with capitals as in the first."""
    return other.upper() if word.isupper() else other.capitalize()


def _invented(chance: random.Random, length: int) -> str:
    return "".join(chance.choices(SYLLABLES, k=length // 2 + 1))[:length]


def event(number: int, known: Sequence[Sequence[Base]], day: float) -> list[EnrichedArticle]:
    """The articles on event ``number``, on a day counted from START; always the same."""
    chance = random.Random(f"event {number}")
    told = known[chance.randrange(len(known))]
    exchange = _Exchange(chance)
    outlets = chance.choices(range(1, 1 + len(OUTLETS)), OUTLETS)[0]
    chosen = [told[place % len(told)] for place in range(chance.randrange(len(told)), outlets + len(told))][:outlets]
    return [
        _retold(base, exchange, f"e{number}-{place}", START + timedelta(days=day, hours=place))
        for place, base in enumerate(chosen)
    ]


def _retold(base: Base, exchange: _Exchange, name: str, when: datetime) -> EnrichedArticle:
    old = base.article
    text = list(old.text)
    for slot in base.slots:
        text[slot.start : slot.start + len(slot.word)] = exchange.of(slot.kind, slot.word)
    new = "".join(text)
    names = {entity.name: _names(entity.name, exchange) for entity in old.entities}
    days = (when.date() - (old.published_at or old.ingested_at).date()).days
    return old.model_copy(
        update={
            "article_id": blake2b(name.encode(), digest_size=16).hexdigest(),
            "document_key": f"path:{name}.txt",
            "path": f"{name}.txt",
            "outlet": f"Outlet {blake2b(name.encode(), digest_size=1).hexdigest()}",
            "text": new,
            "title": _phrase(old.title, exchange) if old.title else None,
            "published_at": when,
            "date_source": DateSource.METADATA,
            "ingested_at": when,
            "extracted_at": when,
            "entities": tuple(_entity(entity, new, names, exchange) for entity in old.entities),
            "claims": tuple(_claim(claim, name, new, names, exchange, days) for claim in old.claims),
            "dates": tuple(_date(date, days) for date in old.dates),
        }
    )


def _names(phrase: str, exchange: _Exchange) -> str:
    """A name as it stands for itself, not in the text."""
    return WORD.sub(lambda found: exchange.of("name", found[0]), phrase)


def _entity(entity: Entity, text: str, names: Mapping[str, str], exchange: _Exchange) -> Entity:
    return entity.model_copy(
        update={
            "name": names[entity.name],
            "aliases": tuple(sorted(_names(alias, exchange) for alias in entity.aliases)),
            "mentions": tuple(_at(mention, text) for mention in entity.mentions),
        }
    )


def _at(span: S, text: str) -> S:
    return span.model_copy(update={"text": text[span.start : span.end]})


def _claim(claim: Claim, name: str, text: str, names: Mapping[str, str], exchange: _Exchange, days: int) -> Claim:
    spoken = claim.speaker
    known = names.get(spoken.name) or _phrase(spoken.name, exchange)
    return claim.model_copy(
        update={
            "claim_id": blake2b(f"{name}:{claim.claim_id}".encode(), digest_size=16).hexdigest(),
            "text": " ".join(text[span.start : span.end] for span in claim.spans),
            "speaker": spoken.model_copy(update={"name": known}),
            "role": claim.role and _phrase(claim.role, exchange),
            "affiliation": claim.affiliation and _phrase(claim.affiliation, exchange),
            "quantities": tuple(_quantity(quantity, text) for quantity in claim.quantities),
            "dates": tuple(_date(date, days) for date in claim.dates),
        }
    )


def _phrase(phrase: str, exchange: _Exchange) -> str:
    """A role or an unnamed speaker: its names are exchanged, its kind of people stays."""
    return WORD.sub(lambda found: exchange.of("name", found[0]) if found[0][:1].isupper() else found[0], phrase)


def _quantity(quantity: Quantity, text: str) -> Quantity:
    """Another number in the text is another value; how the text writes it does not matter here."""
    new = text[quantity.start : quantity.end]
    if new == quantity.text:
        return quantity
    digits = int("".join(char for char in new if char.isdigit()) or 1)
    return quantity.model_copy(update={"text": new, "value": float(digits), "high": None})


def _date(date: DateMention, days: int) -> DateMention:
    shift = timedelta(days=days)
    return date.model_copy(update={"first": date.first + shift, "last": date.last + shift})
