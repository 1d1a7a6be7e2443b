"""An article for the terminal with what was found in it, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from kliping.commands.output import one_line, visible
from kliping_shared.contracts import Claim, EnrichedArticle, EntityType, Modality, Precision, Quantity, ZoneKind
from kliping_shared.newsroom import own_day

_STYLES: Final = {EntityType.PER: "bold cyan", EntityType.ORG: "bold green", EntityType.LOC: "bold magenta"}
_CLAIM: Final = "underline"
_MARK: Final = "bold yellow"
#: Zones that no claim is looked for in.
_FAINT: Final = frozenset({ZoneKind.BYLINE, ZoneKind.BOILERPLATE, ZoneKind.SOURCE_NOTE})


def explained(article: EnrichedArticle, file: str) -> RenderableType:
    """The text with zones, entities and numbered claims marked, then the claims with speaker, rule and confidence."""
    head = f"{file}: {article.title or 'no title'}"
    facts = [article.outlet, article.origin and f"from {article.origin}", article.author, article.dateline_place]
    dated = f"{own_day(article.published_at)} ({article.date_source})" if article.published_at else "no date"
    told = " · ".join(one_line(fact) for fact in (*filter(None, facts), dated))
    return Group(
        Text(one_line(head), "bold"),
        Text(told, "dim"),
        Text(_read_by(article), "dim"),
        Text(),
        marked(article),
        Text(),
        _claims(article),
        _entities(article),
    )


def _read_by(article: EnrichedArticle) -> str:
    """The article's language, and what read it."""
    language = f"language {article.language}" if article.language else "language could not be told"
    made = article.extractor
    if made.name == "none":
        return f"{language}: no names and claims are looked for (see KLIPING_LANGUAGES)"
    return f"{language}, read by {made.name} {made.version}"


def marked(article: EnrichedArticle) -> Text:
    """The article's text, entities by colour, ``[1 … 1]`` around the parts of claim 1."""
    text = Text("".join(map(_shown, article.text)))
    for zone in article.zones:
        if zone.kind in _FAINT:
            text.stylize("dim", zone.start, zone.end)
    for entity in article.entities:
        for mention in entity.mentions:
            text.stylize(_STYLES[entity.type], mention.start, mention.end)
    for claim in article.claims:
        for span in claim.spans:
            text.stylize(_CLAIM, span.start, span.end)
        if claim.cue:
            text.stylize("italic", claim.cue.start, claim.cue.end)
    return _with_marks(text, article.claims)


def _shown(character: str) -> str:
    return character if character == "\n" else visible(character)


def _with_marks(text: Text, claims: Iterable[Claim]) -> Text:
    """Put the numbers in. At one place what closes stands before what opens, and the longest stretch opens first."""
    spans = [(number, span) for number, claim in enumerate(claims, start=1) for span in claim.spans]
    opening = [(span.start, 1, -span.end, number, f"[{number} ") for number, span in spans]
    closing = [(span.end, 0, -span.start, number, f" {number}]") for number, span in spans]
    pieces, last = Text(), 0
    for at, *_, mark in sorted([*opening, *closing]):
        pieces.append_text(text[last:at])
        pieces.append(mark, _MARK)
        last = at
    return pieces.append_text(text[last:])


def _claims(article: EnrichedArticle) -> Table:
    table = Table("", "who", "how", "rule", "sure", title=f"{len(article.claims)} claims", title_justify="left")
    for number, claim in enumerate(article.claims, start=1):
        table.add_row(
            str(number),
            Text("\n").join(map(Text, _who(claim))),
            Text("\n").join(map(Text, _how(claim))),
            claim.rule,
            f"{claim.confidence:.2f}",
        )
    return table


def _who(claim: Claim) -> Iterator[str]:
    yield one_line(claim.speaker.name)
    yield f"by {claim.speaker.resolved_from}" if claim.speaker.entity_id else "not a named one"
    if claim.role:
        yield one_line(claim.role)
    if claim.speaker.public is not None:
        yield "public" if claim.speaker.public else "ordinary person"


def _how(claim: Claim) -> Iterator[str]:
    facts = (claim.kind, "negated" if claim.negated else None, claim.modality)
    yield ", ".join(fact for fact in facts if fact and fact is not Modality.ASSERTED)
    if claim.cue:
        yield f"{one_line(claim.cue.text)} ({claim.cue.stance})"
    if claim.via:
        yield f"via {one_line(claim.via)}"
    if claim.date:
        yield f"on {claim.date.first}"
    if claim.place:
        yield f"at {one_line(claim.place.text)}"
    if claim.occasion:
        yield one_line(claim.occasion.text)
    yield from (_counted(quantity) for quantity in claim.quantities)


def _counted(quantity: Quantity) -> str:
    """`at least 2,400,000 orang`, `10 to 15 persen`."""
    ends = f"{quantity.value:,.15g}" + (f" to {quantity.high:,.15g}" if quantity.high is not None else "")
    hedge = quantity.precision.replace("_", " ") if quantity.precision is not Precision.EXACT else None
    return " ".join(filter(None, (hedge, ends, quantity.unit and visible(quantity.unit))))


def _entities(article: EnrichedArticle) -> Text:
    """The names by type, in their colours, each with how often it stands in the text."""
    parts: list[str | tuple[str, str]] = []
    for kind, style in _STYLES.items():
        names = [
            f"{one_line(entity.name)} ×{len(entity.mentions)}" for entity in article.entities if entity.type is kind
        ]
        if names:
            parts += [(f"{kind} ", style), ", ".join(names), "\n"]
    return Text.assemble(*parts)
