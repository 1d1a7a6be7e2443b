"""What the extractor found, in the labels of PFSA-ID."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bench.pfsa.corpus import Label
from kliping_extract.lexicons import load_lexicon
from kliping_shared.contracts.enriched import (
    Claim,
    ClaimKind,
    EnrichedArticle,
    Entity,
    EntityType,
    Mention,
    ResolvedFrom,
)

ROLE_HEADS = load_lexicon().role_heads
_MARKS = "“”"
#: The corpus takes ranks of police and army, and degrees, into the name.
_RANKS = re.compile(
    r"\b(?:(?:(?:Ajun |Inspektur |Brigadir |Komisaris |Mayor |Letnan |Kolonel |Laksamana |Marsekal |Kapten |Sersan )+"
    r"(?:Besar |Jenderal |Kolonel |Muda |Madya |Pertama |Satu |Dua )*|(?:Jenderal|Irjen|Brigjen|Komjen|Kombes|AKBP|AKP|Iptu|Ipda|"
    r"Letjen|Mayjen|Letkol|Laksda|Kompol|[Dd]rg?\.?|Prof\.?) )(?:(?:Pol|TNI|\((?:Pol|TNI|Purn|Mar)\)) )*)+$"
)

#: Parts of a body that the corpus takes into the office, and words between the two.
_UNIT = re.compile(
    r"(?:Komisi (?=[IVX])|(?:Departemen|Bidang|Bagian|Divisi|Seksi|Direktorat|Pusat|Biro|Unit|Tim|Subdirektorat|Satuan (?!Tugas))\b)"
)
#: How far before a name its ranks are looked for, in characters.
_FAR = 60
#: Bodies that are nobody's part: the corpus takes what stands before them into the office (`Fakultas Hukum | Universitas ...`).
_WHOLE = re.compile(
    r"(?<=[ (])(?:Kementerian|Universitas|Institut|PT|Polri|Polda|Polres|Kepolisian|Pemerintah|Pemprov|Pemkot|Pemkab|DPR|DPRD|Lembaga)\b"
)
_LINK = re.compile(r"(?:[ ,(]|\b(?:dari|di|pada|of)\b)+$")
_JOIN = re.compile(r"(?: yang juga| sekaligus| merangkap|,? dan) (?=(\S+))")


def labels_of(article: EnrichedArticle) -> set[Label]:
    """Statements of public figures (the corpus has no others) with cue and speaker; of each speaker the introduction; the
    circumstances at both.
    """
    found = set(_issue(article))
    people = {entity.entity_id: entity for entity in article.entities if entity.type is EntityType.PER}
    told = [(claim, label) for claim in article.claims if (label := _statement(article.text, claim)) is not None]
    quoted = [(claim, label) for claim, label in told if claim.speaker.public is not False]
    found.update(label for _, label in quoted)
    # A word has one label: who stands in the first sentence or in a statement is introduced behind it.
    taken = [label for label in found if label.name in {"ISSUE", "STATEMENT"}]
    introductions: dict[str, Mention] = {}
    for claim, _ in quoted:
        person = people.get(claim.speaker.entity_id or "")
        if person is not None and person.entity_id not in introductions:
            first = _introducing(article.text, person, claim.role or "", taken)
            introductions[person.entity_id] = first
            found.update(_introduction(article, claim.role or "", first))
            found.update(label for other in _of_sentence(article, first) for label in _circumstances(other))
        found.update(_circumstances(claim))
        found.update(_attribution(claim, introductions.get(claim.speaker.entity_id or "")))
    return found


def _of_sentence(article: EnrichedArticle, mention: Mention) -> Iterator[Claim]:
    return (claim for claim in article.claims if claim.sentence.start <= mention.start < claim.sentence.end)


def _circumstances(claim: Claim) -> Iterator[Label]:
    for span, name in ((claim.place, "LOCATION"), (claim.occasion, "EVENT"), (claim.date, "DATETIME")):
        if span is not None:
            yield Label(span.start, span.end, name)


def _issue(article: EnrichedArticle) -> Iterator[Label]:
    """The first sentence behind the dateline."""
    dateline = next((zone for zone in article.zones if zone.kind == "dateline"), None)
    if dateline is not None:
        start = dateline.end
        while start < len(article.text) and not article.text[start].isalnum() and article.text[start] not in _MARKS:
            start += 1
        end = article.text.find(". ", start)
        yield Label(start, end if end >= 0 else len(article.text), "ISSUE")


def _statement(text: str, claim: Claim) -> Label | None:
    """A quote with its marks that stands before its cue; the corpus labels no other statements."""
    first = claim.spans[0]
    if claim.kind is not ClaimKind.DIRECT or claim.cue is None or claim.cue.start < first.end:
        return None
    start = text.rfind(_MARKS[0], max(0, first.start - 3), first.start + 1)
    end = text.find(_MARKS[1], first.end, first.end + 4)
    return Label(start, end + 1, "STATEMENT") if start >= 0 and end >= 0 else None


def _attribution(claim: Claim, introduction: Mention | None) -> Iterator[Label]:
    """The cue, and who stands beside it unless he is introduced there."""
    if claim.cue is None:
        return
    tied = claim.cue.text.lower().endswith("nya")
    yield Label(claim.cue.start, claim.cue.end, "CUECOREF" if tied else "CUE")
    mention = claim.speaker.mention
    first = introduction.end if introduction is not None else None
    named = mention is not None and mention.end != first and claim.speaker.resolved_from is not ResolvedFrom.PRONOUN
    if mention is not None and named and not tied:
        yield Label(mention.start, mention.end, "PERSONCOREF")


def _introducing(text: str, person: Entity, role: str, taken: list[Label]) -> Mention:
    """The first mention with the office beside it, else the first; none among the labels `taken` where there is another."""
    free = [m for m in person.mentions if not any(label.start <= m.start < label.end for label in taken)]
    beside = (m for m in free if role and _beside(text, role, _named(text, m), m.end) is not None)
    return next(beside, (free or person.mentions)[0])


def _named(text: str, mention: Mention) -> int:
    """Where the name begins with the ranks before it."""
    ranks = _RANKS.search(text, max(0, mention.start - _FAR), mention.start)
    return ranks.start() if ranks else mention.start


def _beside(text: str, role: str, start: int, end: int) -> int | None:
    """Where the office stands right before or behind a name."""
    before = text.rfind(role, max(0, start - len(role) - 3), start)
    at = before if before >= 0 else text.find(role, end, end + len(role) + 30)
    return at if at >= 0 else None


def _introduction(article: EnrichedArticle, role: str, mention: Mention) -> Iterator[Label]:
    """The mention with the ranks before it, and the office beside it; one name alone, without an office, introduces nobody."""
    start = _named(article.text, mention)
    at = _beside(article.text, role, start, mention.end) if role else None
    if at is not None:
        yield from _offices(article, at, at + len(role))
    if at is not None or " " in mention.text:
        yield Label(start, mention.end, "PERSON")


def _offices(article: EnrichedArticle, start: int, end: int) -> Iterator[Label]:
    """Each of several offices of one person, where a body stands between them."""
    for join in _JOIN.finditer(article.text, start, end):
        if join[1].lower() in ROLE_HEADS and _body(article, start, join.start()) is not None:
            yield from _office(article, start, join.start())
            start = join.end()
    yield from _office(article, start, end)


def _body(article: EnrichedArticle, start: int, end: int) -> int | None:
    """Where the body begins that an office belongs to: the last whole one, else the first that is more than a unit."""
    wholes = [found.start() for found in _WHOLE.finditer(article.text, start + 1, end)]
    bodies = (
        mention.start
        for entity in article.entities
        if entity.type is EntityType.ORG
        for mention in entity.mentions
        if start < mention.start and mention.end <= end and not _UNIT.match(article.text[mention.start : end])
    )
    first = min(bodies, default=None)
    return max([*wholes, first or 0]) if wholes else first


def _office(article: EnrichedArticle, start: int, end: int) -> Iterator[Label]:
    """The office up to the body that it belongs to, and the body with all behind it (`… Indonesia (IDI)`)."""
    body = _body(article, start, end)
    if body is not None:
        yield Label(body, end, "AFFILIATION")
        end = body
    office = _LINK.sub("", article.text[start:end])
    yield Label(start, start + len(office), "ROLE")
