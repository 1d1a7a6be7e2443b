"""Reads the NER corpora (repairs known damage, undoes tokenised spacing, tags country names consistently) and our own articles."""

import gzip
import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kliping_extract.gazetteer_lists import read_names

LABELS = ("PER", "ORG", "LOC")
OWN_ARTICLES = Path(__file__).resolve().parents[1] / "assets" / "own_articles"
#: A name in them: [PER Sutan Malaka].
MARKED = re.compile(rf"\[({'|'.join(LABELS)}) ([^\[\]]+)\]")
#: Label of a stretch about which training says nothing.
UNKNOWN = "?"
Entity = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One annotated text; entities are (start, end, label) in characters, sorted, without overlap."""

    text: str
    ents: tuple[Entity, ...]
    corpus: str


def read_sentences(path: Path, corpus: str) -> list[Sentence]:
    """The lines of a `jsonl` or `jsonl.gz` file; labels other than PER, ORG, LOC (and UNKNOWN) are dropped."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines if line.strip()]
    return [
        Sentence(
            r["text"], tuple(sorted((s, e, label) for s, e, label in r["ents"] if label in (*LABELS, UNKNOWN))), corpus
        )
        for r in records
    ]


def substitute(
    sentence: Sentence, pattern: re.Pattern[str], replacement: str | Callable[[re.Match[str]], str]
) -> Sentence:
    """`re.sub` that moves the entity offsets along; a boundary inside a replaced part moves to its end."""
    pieces: list[str] = []
    moves: list[tuple[int, int, int]] = []
    last = length = 0
    for match in pattern.finditer(sentence.text):
        new = replacement(match) if callable(replacement) else match.expand(replacement)
        kept = sentence.text[last : match.start()]
        pieces += [kept, new]
        length += len(kept)
        moves.append((match.start(), match.end(), length + len(new)))
        length += len(new)
        last = match.end()
    if not moves:
        return sentence
    text = "".join([*pieces, sentence.text[last:]])
    ents = tuple((_moved(s, moves), _moved(e, moves), label) for s, e, label in sentence.ents)
    return Sentence(text, tuple(ent for ent in ents if ent[0] < ent[1]), sentence.corpus)


def _moved(offset: int, moves: list[tuple[int, int, int]]) -> int:
    shift = 0
    for old_start, old_end, new_end in moves:
        if offset <= old_start:
            break
        if offset < old_end:
            return new_end
        shift = new_end - old_end
    return offset + shift


# The corpora replaced "pers"/"per" by label names in running text ("b-pplgi" is "pergi").
REPAIRS = ((re.compile(r"\bb-ppl"), "per"), (re.compile(r"\bB-ppl"), "Per"), (re.compile(r"\bPERen\b"), "persen"))
SPACING = (
    (re.compile(r"(?<=\w) - (?=(?:nya|Nya)\b)"), "-"),
    (re.compile(r"(?i)\b([a-z]+) - (?=\1)"), r"\1-"),
    (re.compile(r"(?<=\d) ([.,]) (?=\d)"), r"\1"),
    (re.compile(r"(?<=\d) ([/-]) (?=\d)"), r"\1"),
    (re.compile(r"\b(Kec|Kab|Prov|Jl|Dr|Prof|Ir|No) \. "), r"\1. "),
    (re.compile(r"(?<=[\(\[]) "), ""),
    (re.compile(r" (?=[.,;:!?\)\]])"), ""),
)


def natural_spacing(sentence: Sentence) -> Sentence:
    """The sentence as a newspaper would print it, from the tokenised spelling of the corpora."""
    for pattern, replacement in (*REPAIRS, *SPACING):
        sentence = substitute(sentence, pattern, replacement)
    return sentence


def country_pattern() -> re.Pattern[str]:
    """Matches the country names that are always tagged LOC."""
    names = sorted(set(read_names("countries.txt")), key=len, reverse=True)
    return re.compile(r"(?<![\w-])(?:" + "|".join(map(re.escape, names)) + r")(?![\w-])")


# "Bank Indonesia", "Liga Inggris", "bahasa Belanda": the country is part of another name or a language.
NOT_A_COUNTRY = re.compile(r"(?:\b[Bb]ahasa|[A-Z][\w.-]*|\"|“)\s$")
COUNTRY_AFTER = re.compile(r"^\s[A-Z][a-z]")
# Bodies whose country belongs to their name: Kementerian Luar Negeri Rusia.
BODY_OF_A_COUNTRY = re.compile(
    r"(?i)(?:kementerian|departemen|dewan|badan|parlemen|angkatan|kedutaan|mahkamah|bank sentral|komisi|kongres|senat)\b"
)
# Bodies of a region, whose name takes in the region's: KPU Surabaya, Kejaksaan Negeri Medan.
BODY_OF_A_REGION = re.compile(
    r"(?:KPUD?|Bawaslu|Panwaslu|DPRD|Polda|Polres\w*|Polsek|Kejari|Kejati|Kejaksaan (?:Negeri|[Tt]inggi)|Pengadilan(?: \w+)+|"
    r"Pemprov|Pemkab|Pemkot|BPBD|RSUD|Kodam|Kodim|Dinas|Kanwil|Satuan)\b"
)
# Named bodies that have a building, which the corpora label now so, now so; they are organisations here.
HOUSED_BODY = re.compile(r"(?:Universitas|Rumah Sakit|RS|RSUD|RSUP|Puskesmas)\b")
# A short form in brackets behind the name is a name of its own: Bursa Efek Indonesia (BEI).
SHORT_FORM = re.compile(r"(?<=\w) \((?=[^()]*[A-Z]\w*[A-Z][^()]*\)$)")
# The name lists hold unusual short or ambiguous entries; weak labels are given to clear ones only.
CLEAR_ORGANISATION = re.compile(r"[A-Z]{3,}|[A-Z]\S+ \S")


def overlaps(ents: Iterable[Entity], start: int, end: int) -> bool:
    """Whether any of `ents` shares a character with start..end."""
    return any(s < end and start < e for s, e, _ in ents)


def tag_countries(sentence: Sentence, countries: re.Pattern[str]) -> Sentence:
    """Add LOC to untagged country names that are not part of a longer capitalised phrase."""
    text = sentence.text
    added = [
        (match.start(), match.end(), "LOC")
        for match in countries.finditer(text)
        if not overlaps(sentence.ents, match.start(), match.end())
        and not NOT_A_COUNTRY.search(text[: match.start()])
        and not COUNTRY_AFTER.search(text[match.end() :])
    ]
    return Sentence(text, tuple(sorted([*sentence.ents, *added])), sentence.corpus)


def merge_bodies(sentence: Sentence, countries: re.Pattern[str]) -> Sentence:
    """Join a public body and the country or region that directly follows it into one ORG."""
    merged: list[Entity] = []
    for start, end, label in sentence.ents:
        text = sentence.text[start:end]
        previous = merged[-1] if merged else None
        if (
            previous is not None
            and label == "LOC"
            and previous[2] == "ORG"
            and sentence.text[previous[1] : start] == " "
            and _names_region(sentence.text, previous[0], text, countries)
        ):
            merged[-1] = (previous[0], end, "ORG")
        else:
            merged.append((start, end, label))
    return Sentence(sentence.text, tuple(merged), sentence.corpus)


def _names_region(text: str, start: int, place: str, countries: re.Pattern[str]) -> bool:
    if BODY_OF_A_REGION.match(text, start):
        return True
    return countries.fullmatch(place) is not None and BODY_OF_A_COUNTRY.match(text, start) is not None


def split_short_forms(sentence: Sentence) -> Sentence:
    """Cut `Bursa Efek Indonesia (BEI)`, one ORG in IDNER, into the name and its short form."""
    ents: list[Entity] = []
    for start, end, label in sentence.ents:
        bracket = SHORT_FORM.search(sentence.text[start:end]) if label == "ORG" else None
        if bracket is None:
            ents.append((start, end, label))
        else:
            ents += [(start, start + bracket.start(), label), (start + bracket.end(), end - 1, label)]
    return Sentence(sentence.text, tuple(ents), sentence.corpus)


def label_housed_bodies(sentence: Sentence) -> Sentence:
    """ORG for universities and hospitals."""
    ents = tuple((s, e, "ORG" if HOUSED_BODY.match(sentence.text, s) else label) for s, e, label in sentence.ents)
    return Sentence(sentence.text, ents, sentence.corpus)


def our_convention(sentence: Sentence, countries: re.Pattern[str]) -> Sentence:
    """The sentence with the model card's conventions, as far as rules can tell."""
    tagged = label_housed_bodies(split_short_forms(tag_countries(sentence, countries)))
    return merge_bodies(tagged, countries)


def organisation_pattern() -> re.Pattern[str]:
    """Matches organisations of the list that are neither a place nor a person elsewhere in the lists."""
    others = {
        name
        for file in ("places_cldr", "places_indonesia", "places_world", "persons")
        for name in read_names(f"{file}.txt")
    }
    names = [name for name in read_names("organisations.txt") if CLEAR_ORGANISATION.match(name) and name not in others]
    alternatives = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    return re.compile(rf"(?<![\w-])(?:{alternatives})(?![\w-])")


def tag_organisations(sentence: Sentence, organisations: re.Pattern[str]) -> Sentence:
    """Add ORG to listed organisations: NERP has no such label, its teacher found about half of them."""
    found = ((m.start(), m.end(), "ORG") for m in organisations.finditer(sentence.text))
    added = [ent for ent in found if not overlaps(sentence.ents, ent[0], ent[1])]
    return Sentence(sentence.text, tuple(sorted([*sentence.ents, *added])), sentence.corpus)


def joined_name_pattern() -> re.Pattern[str]:
    """Matches the hyphen beside a word that is a name by itself."""
    names = "|".join(map(re.escape, sorted(set(read_names("hyphen_joined.txt")))))
    before = "|".join(rf"(?<=\b{re.escape(name)}-)" for name in sorted(set(read_names("hyphen_joined.txt"))))
    return re.compile(rf"-(?:{before})|-(?=(?:{names})\b)")


def split_joined_names(sentence: Sentence, splitter: re.Pattern[str]) -> Sentence:
    """Cut persons that a hyphen joins (Jokowi-JK) into one entity each, as the tokenizer does."""
    ents: list[Entity] = []
    for start, end, label in sentence.ents:
        cuts = [m.start() for m in splitter.finditer(sentence.text, start, end)] if label == "PER" else []
        edges = [start, *(cut + offset for cut in cuts for offset in (0, 1)), end]
        ents += [(s, e, label) for s, e in zip(edges[::2], edges[1::2], strict=True) if s < e]
    return Sentence(sentence.text, tuple(ents), sentence.corpus)


def unmarked(line: str) -> Sentence:
    """A paragraph of our own articles. Raises ValueError for a bracket that marks no name."""
    pieces: list[str] = []
    ents: list[Entity] = []
    last = length = 0
    for match in MARKED.finditer(line):
        label, name = match.groups()
        pieces += [line[last : match.start()], name]
        length += match.start() - last + len(name)
        ents.append((length - len(name), length, label))
        last = match.end()
    text = "".join([*pieces, line[last:]])
    if "[" in text or "]" in text:
        raise ValueError(f"a bracket marks no name: {line}")
    return Sentence(text, tuple(ents), "own_articles")


def own_articles() -> Iterator[Sentence]:
    """The paragraphs of `assets/own_articles`, by our conventions as they stand."""
    for path in sorted(OWN_ARTICLES.glob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip() and not line.startswith("#"):
                yield unmarked(line.strip())


def training_sets(corpora: Path) -> Iterator[Sentence]:
    """The three published training parts, and our own articles."""
    yield from own_articles()
    countries, organisations, joined = country_pattern(), organisation_pattern(), joined_name_pattern()
    for corpus in ("idner2k", "nergrit", "nerp_truecased"):
        for raw in read_sentences(corpora / "ner" / corpus / "train.jsonl.gz", corpus):
            sentence = natural_spacing(raw)
            if corpus == "nerp_truecased":
                sentence = tag_organisations(sentence, organisations)
            yield split_joined_names(our_convention(sentence, countries), joined)


def dev_sets(corpora: Path) -> dict[str, list[Sentence]]:
    """The published development parts (used to choose, never to train), and `idner2k_ours`: IDNER's by the
    convention that the training text follows."""
    sets = {
        corpus: read_sentences(corpora / "ner" / corpus / "dev.jsonl.gz", corpus)
        for corpus in ("idner2k", "nergrit", "nerp")
    }
    countries = country_pattern()
    sets["idner2k_ours"] = [our_convention(sentence, countries) for sentence in sets["idner2k"]]
    return sets
