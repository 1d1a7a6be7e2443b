"""What the extractor found, in the labels of PFSA-ID."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bench.pfsa.corpus import Label
from kliping_shared.contracts.enriched import Claim, ClaimKind, EnrichedArticle, Entity, EntityType, ResolvedFrom

_MARKS = "“”"
#: The corpus takes ranks of police and army into the name.
_RANKS = re.compile(
    r"(?:(?:(?:Ajun |Inspektur |Brigadir |Komisaris |Mayor |Letnan |Kolonel |Laksamana |Marsekal |Kapten |Sersan )+"
    r"(?:Besar |Jenderal |Kolonel |Muda |Madya |Pertama |Satu |Dua )*|(?:Jenderal|Irjen|Brigjen|Komjen|Kombes|AKBP|AKP|Iptu|Ipda|"
    r"Letjen|Mayjen|Letkol|Laksda|Kompol|dr|Dr) )(?:(?:Pol|TNI|\((?:Pol|TNI|Purn|Mar)\)) )*)*$"
)

#: Parts of a body that the corpus takes into the office, and words between the two.
_UNIT = re.compile(r"(?:Komisi|Departemen|Bidang|Bagian|Divisi|Seksi|Direktorat|Pusat|Biro|Unit|Tim)\b")
_LINK = re.compile(r"(?:[ ,(]|\b(?:dari|di|pada)\b)+$")


def labels_of(article: EnrichedArticle) -> set[Label]:
    """Statements of public figures (the corpus has no others) with cue and speaker; of each speaker the introduction; the
    circumstances at both.
    """
    found = set(_issue(article))
    people = {entity.entity_id: entity for entity in article.entities if entity.type is EntityType.PER}
    introduced: set[str] = set()
    for claim in article.claims:
        statement = _statement(article.text, claim)
        if statement is None or claim.cue is None or claim.speaker.public is False:
            continue
        found.add(statement)
        person = people.get(claim.speaker.entity_id or "")
        found.update(_attribution(claim, person))
        found.update(_circumstances(claim))
        if person is not None and person.entity_id not in introduced:
            introduced.add(person.entity_id)
            found.update(_introduction(article, claim, person))
            first = person.mentions[0]
            found.update(
                label
                for other in article.claims
                if other.sentence.start <= first.start < other.sentence.end
                for label in _circumstances(other)
            )
    return found


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


def _attribution(claim: Claim, person: Entity | None) -> Iterator[Label]:
    """The cue, and who stands beside it unless he is introduced there."""
    if claim.cue is None:
        return
    tied = claim.cue.text.lower().endswith("nya")
    yield Label(claim.cue.start, claim.cue.end, "CUECOREF" if tied else "CUE")
    mention = claim.speaker.mention
    first = person.mentions[0].end if person is not None else None
    named = mention is not None and mention.end != first and claim.speaker.resolved_from is not ResolvedFrom.PRONOUN
    if mention is not None and named and not tied:
        yield Label(mention.start, mention.end, "PERSONCOREF")


def _introduction(article: EnrichedArticle, claim: Claim, person: Entity) -> Iterator[Label]:
    """The first mention with the ranks before it, and the office beside it."""
    text, first = article.text, person.mentions[0]
    start = first.start - len(_RANKS.search(text[: first.start])[0])  # type: ignore[index]
    yield Label(start, first.end, "PERSON")
    role = claim.role or ""
    if not role:
        return
    before = text.rfind(role, max(0, start - len(role) - 3), start)
    behind = text.find(role, first.end, first.end + len(role) + 12)
    at = before if before >= 0 else behind
    if at >= 0:
        yield from _office(article, at, min(at + len(role), start) if at < start else at + len(role))


def _office(article: EnrichedArticle, start: int, end: int) -> Iterator[Label]:
    """The office up to the body that it belongs to, and the body with all behind it (`… Indonesia (IDI)`)."""
    bodies = sorted(
        mention.start
        for entity in article.entities
        if entity.type is EntityType.ORG
        for mention in entity.mentions
        if start < mention.start and mention.end <= end and not _UNIT.match(mention.text)
    )
    if bodies:
        yield Label(bodies[0], end, "AFFILIATION")
        end = bodies[0]
    office = _LINK.sub("", article.text[start:end])
    yield Label(start, start + len(office), "ROLE")
