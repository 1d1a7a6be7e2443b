"""`kliping_names_v1`: the recogniser's entities mended, with the article's own outlet, place and origin."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from spacy.language import Language
from spacy.tokens import Doc, Span

from kliping_extract.domain.lexicon import Lexicon
from kliping_extract.domain.names import Named, NameWords, mend
from kliping_extract.domain.zones import named_ranges, stated_names
from kliping_extract.gazetteer_lists import read_names
from kliping_extract.layers import layers_of
from kliping_extract.lexicons import load_lexicon
from kliping_shared.contracts.enriched import EntityType

NAMES_NAME = "kliping_names_v1"


def name_words(lexicon: Lexicon) -> NameWords:
    """The lists that the mending asks about."""
    return NameWords(
        honorifics=lexicon.grammar.honorifics,
        role_heads=lexicon.role_heads,
        place_heads=frozenset(read_names("place_heads.txt")),
        org_heads=frozenset(read_names("org_heads.txt")),
        cues=frozenset(lexicon.cues),
        days=lexicon.grammar.days - {"hari", "minggu"},
        types={known.alias.casefold(): known.type for known in lexicon.known_names},
    )


@Language.factory(NAMES_NAME)
def create_names(nlp: Language, name: str) -> Callable[[Doc], Doc]:  # noqa: ARG001  spaCy passes both by name
    """Component that rewrites `doc.ents`; drops entities outside title, dateline and body."""
    lists = name_words(load_lexicon())

    def names(doc: Doc) -> Doc:
        article = layers_of(doc).article
        found = [Named(ent.start, ent.end, EntityType(ent.label_)) for ent in doc.ents]
        allowed = _allowed(doc, named_ranges(article))
        mended = mend([token.text for token in doc], found, allowed, lists)
        stated = list(_stated(doc, article_names=stated_names(article)))
        covered = {i for span in stated for i in range(span.start, span.end)}
        kept = [Span(doc, n.start, n.end, n.type) for n in mended if covered.isdisjoint(range(n.start, n.end))]
        doc.ents = sorted([*stated, *kept], key=lambda span: span.start)
        return doc

    return names


def _allowed(doc: Doc, ranges: list[tuple[int, int]]) -> list[bool]:
    allowed, bounds = [], iter(ranges)
    here = next(bounds, None)
    for token in doc:
        while here is not None and token.idx >= here[1]:
            here = next(bounds, None)
        allowed.append(here is not None and token.idx >= here[0] and not token.is_space)
    return allowed


def _stated(doc: Doc, article_names: list[tuple[int, int, EntityType]]) -> Iterator[Span]:
    """Names that ingest has read off the dateline, byline or source note, where they fall on token borders."""
    taken = -1
    for start, end, kind in sorted(article_names):
        span = doc.char_span(start, end, label=kind)
        if span is not None and span.start >= taken:
            taken = span.end
            yield span
