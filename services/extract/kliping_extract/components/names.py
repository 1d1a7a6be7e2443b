"""`kliping_names_v1`: the recogniser's entities mended, with the article's own outlet, place and origin."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from spacy.language import Language
from spacy.tokens import Doc

from kliping_extract.alias_sources import remembering
from kliping_extract.domain.lexicon import CueClass, Lexicon
from kliping_extract.domain.name_sources import ByFirst, Form, Named, NameWords
from kliping_extract.domain.names import mend
from kliping_extract.domain.tokens import Placed
from kliping_extract.domain.zones import named_ranges, own_names, stated_names, title_ranges
from kliping_extract.gazetteer_lists import read_names, read_odds
from kliping_extract.layers import layers_of
from kliping_extract.lexicons import load_lexicon
from kliping_shared.contracts.enriched import EntityType
from kliping_shared.names import KnownName

#: Lists whose names are taken wherever they stand, by type.
_LISTS = (
    ("countries.txt", EntityType.LOC),
    ("places_cldr.txt", EntityType.LOC),
    ("places_world.txt", EntityType.LOC),
    ("places_indonesia.txt", EntityType.LOC),
    ("organisations.txt", EntityType.ORG),
    ("persons.txt", EntityType.PER),
)
_BEFORE_NAMES = (CueClass.BARE, CueClass.SOURCE)
#: Bare cues that are as often ordinary words, after which a capital says nothing.
_ORDINARY = frozenset({"nilai", "pesan", "kritik", "janji", "usul", "saran", "protes", "aku", "jawab", "ajak", "lapor"})
NAMES_NAME = "kliping_names_v1"


def name_words(lexicon: Lexicon) -> NameWords:
    """The lists that the mending asks about."""
    return NameWords(
        honorifics=lexicon.grammar.honorifics,
        role_heads=lexicon.role_heads,
        place_heads=frozenset(read_names("place_heads.txt")),
        local_offices=lexicon.grammar.local_offices,
        admin_heads=lexicon.grammar.admin_heads,
        body_heads=lexicon.grammar.body_heads,
        unit_heads=lexicon.grammar.unit_heads,
        org_heads=frozenset(read_names("org_heads.txt")),
        cues=frozenset(lexicon.cues),
        bare_cues=frozenset(word.form for word in lexicon.cues.values() if word.kind in _BEFORE_NAMES) - _ORDINARY,
        active_cues=frozenset(word.form for word in lexicon.cues.values() if word.kind is CueClass.ACTIVE),
        function_words=lexicon.phrase_ends | lexicon.grammar.pronouns | lexicon.grammar.determiners,
        days=lexicon.grammar.days - {"hari", "minggu"},
        known=_known_forms(lexicon),
        countries=_countries(lexicon),
        odds=read_odds("name_odds.tsv"),
        particles=lexicon.particles,
        regional=lexicon.regional_bodies,
        no_names=lexicon.no_names,
        body_nouns=frozenset(lexicon.body_nouns),
        vehicles=lexicon.grammar.vehicles,
        team_offices=lexicon.grammar.team_offices,
        team_nouns=lexicon.grammar.team_nouns,
        inserts=lexicon.grammar.inserts,
        types={known.alias.casefold(): known.type for known in lexicon.known_names},
    )


def by_first_word(names: Iterable[tuple[str, EntityType]]) -> ByFirst:
    """Names as `NameWords` has them; of those that begin alike, the last comes first."""
    found: dict[str, list[tuple[Form, EntityType]]] = {}
    for name, kind in names:
        form = _words(name)
        found.setdefault(form[0], []).insert(0, (form, kind))
    return found


def _longest_first(aliases: Sequence[KnownName]) -> ByFirst:
    return by_first_word(sorted(((one.alias, one.type) for one in aliases), key=lambda one: len(one[0].split())))


def _words(name: str) -> Form:
    """A name's words as the tokenizer cuts them: commas stand alone."""
    return tuple(name.replace(",", " ,").split())


def _countries(lexicon: Lexicon) -> frozenset[Form]:
    """Countries and their other names."""
    names = set(read_names("countries.txt"))
    names.update(known.alias for known in lexicon.known_names if known.name in names)
    return frozenset(map(_words, names))


def _known_forms(lexicon: Lexicon) -> dict[str, list[tuple[Form, EntityType]]]:
    """Listed names of places, bodies and (in full) persons by their first word, the longest first."""
    forms = {_words(known.alias): known.type for known in lexicon.known_names}
    for file_name, kind in _LISTS:
        for name in read_names(file_name):
            form = _words(name)
            if kind is not EntityType.PER or len(form) > 1:
                forms.setdefault(form, kind)
    by_first: dict[str, list[tuple[Form, EntityType]]] = {}
    for form in sorted(forms, key=len, reverse=True):
        by_first.setdefault(form[0], []).append((form, forms[form]))
    return by_first


@Language.factory(NAMES_NAME)
def create_names(nlp: Language, name: str) -> Callable[[Doc], Doc]:  # noqa: ARG001  spaCy passes both by name
    """Component that reads `doc.ents`; drops entities outside title, dateline and body."""
    lists = name_words(load_lexicon())
    ours = remembering(_longest_first)

    def names(doc: Doc) -> Doc:
        layers = layers_of(doc)
        article, placed = layers.article, layers.placed
        found = [Named(ent.start, ent.end, EntityType(ent.label_)) for ent in doc.ents]
        allowed = tokens_in(placed, named_ranges(article))
        own = lists.with_own(by_first_word(own_names(article)), ours(layers.aliases))
        mended = mend(placed.words, found, allowed, tokens_in(placed, title_ranges(article)), own)
        stated = list(stated_in(doc, article_names=stated_names(article)))
        covered = {i for name in stated for i in range(name.start, name.end)}
        kept = [name for name in mended if covered.isdisjoint(range(name.start, name.end))]
        layers.names = sorted([*stated, *kept], key=lambda name: name.start)
        return doc

    return names


def tokens_in(placed: Placed, ranges: list[tuple[int, int]]) -> list[bool]:
    """For each token whether it begins in one of the ranges and is no blank."""
    marked = [False] * len(placed.words)
    for start, end in ranges:
        first, last = placed.between(start, end)
        marked[first:last] = [True] * (last - first)
    for blank in placed.blanks:
        marked[blank] = False
    return marked


def stated_in(doc: Doc, article_names: list[tuple[int, int, EntityType]]) -> Iterator[Named]:
    """Names that ingest has read off the dateline, byline or source note, where they fall on token borders."""
    taken = -1
    for start, end, kind in sorted(article_names):
        span = doc.char_span(start, end)
        if span is not None and span.start >= taken:
            taken = span.end
            yield Named(span.start, span.end, kind)
