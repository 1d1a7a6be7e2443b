"""``kliping.enriched.v1``: an article with its entities, claims and dates."""

from __future__ import annotations

from datetime import date, datetime
from datetime import time as time_of_day
from enum import StrEnum

from pydantic import Field

from kliping_shared.contracts.article import Article
from kliping_shared.contracts.base import Contract, Span


class EntityType(StrEnum):
    """Types of named entities; a new type is a compatible change for readers that treat it as text."""

    PER = "PER"
    ORG = "ORG"
    LOC = "LOC"


class Mention(Span):
    """One occurrence of an entity; ``text`` repeats ``article.text[start:end]``."""

    text: str


class Entity(Contract):
    """A person, organisation or place of one article under its canonical name."""

    entity_id: str = Field(description="Deterministic in type and canonical name, equal across articles.")
    name: str
    type: EntityType
    aliases: tuple[str, ...] = Field(default=(), description="Other surface forms seen in this article, sorted.")
    mentions: tuple[Mention, ...]


class ClaimKind(StrEnum):
    """Direct: the words in quote marks. Indirect: reported. Mixed: reported, with quoted parts."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


class Stance(StrEnum):
    """What the cue says of how it was said."""

    NEUTRAL = "neutral"
    ASSERT = "assert"
    DENY = "deny"
    WARN = "warn"
    PROMISE = "promise"
    DOUBT = "doubt"
    ACCUSE = "accuse"
    ASK = "ask"
    PRAISE = "praise"
    CRITICISE = "criticise"
    EXPECT = "expect"
    ADMIT = "admit"


class Modality(StrEnum):
    """How far the speaker holds the main clause to be so (FactBank's and TimeML's terms): the outermost modal of it.

    ``future`` covers plans, promises and predictions, ``desired`` wishes, requests and orders; what somebody can or may
    do (bisa, dapat, mampu, boleh) is asserted.
    """

    ASSERTED = "asserted"
    POSSIBLE = "possible"
    NECESSARY = "necessary"
    FUTURE = "future"
    DESIRED = "desired"
    CONDITIONAL = "conditional"
    QUESTION = "question"


class ResolvedFrom(StrEnum):
    """What in the text pointed at the speaker."""

    NAME = "name"
    PRONOUN = "pronoun"
    ROLE = "role"
    NONE = "none"


class Speaker(Contract):
    """Who said it. ``name`` is canonical, or the describing phrase of an unnamed speaker ("para ahli")."""

    name: str
    entity_id: str | None = Field(default=None, description="None for an unnamed speaker.")
    mention: Span | None = Field(default=None, description="The words that name the speaker at this claim.")
    resolved_from: ResolvedFrom = ResolvedFrom.NONE
    public: bool | None = Field(
        default=None,
        description="Office holder, organisation, expert or known person (true); resident, trader, worker, witness, "
        "victim, relative (false); None where nobody can tell.",
    )


class Cue(Span):
    """The words that attribute, e.g. 'kata', 'mengatakan', 'menurut'."""

    text: str
    stance: Stance = Stance.NEUTRAL


class Precision(StrEnum):
    """How a text means a number: ``about`` covers ranges, ``hampir`` and ``puluhan``."""

    EXACT = "exact"
    ABOUT = "about"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"


class Quantity(Span):
    """A number in a claim. ``value`` is the plain number, ``unit`` what is counted where the text says so, spelt out."""

    text: str
    value: float
    unit: str | None = None
    high: float | None = Field(default=None, description="The other end of a range, whose lower one is ``value``.")
    precision: Precision = Precision.EXACT


class DateMention(Span):
    """A date in the text and the day (or days, end inclusive) it stands for."""

    text: str
    first: date
    last: date
    time: time_of_day | None = Field(
        default=None,
        description="Time of that day where it stands beside the date, with the offset of WIB, WITA or WIT.",
    )


class Claim(Contract):
    """One attributed statement. A quote that its cue splits is one claim with several ``spans``.

    Spans hold the statement without its outer quote marks and closing punctuation; ``text`` joins them with a blank.
    """

    claim_id: str = Field(description="Deterministic in article and spans.")
    kind: ClaimKind
    spans: tuple[Span, ...] = Field(min_length=1)
    text: str
    speaker: Speaker
    role: str | None = Field(default=None, description="Office or description of the speaker, e.g. 'Presiden Rusia'.")
    affiliation: str | None = Field(default=None, description="Body that the role belongs to, where it can be told.")
    cue: Cue | None = None
    via: str | None = Field(
        default=None, description="Who relayed the statement, e.g. 'Sputnik' in 'kata X, dilansir Sputnik'."
    )
    date: DateMention | None = Field(default=None, description="When it was said, where the text says so.")
    dates: tuple[DateMention, ...] = Field(
        default=(), description="Dates inside the claim, which it speaks of, in order of appearance."
    )
    place: Mention | None = Field(default=None, description="Where it was said, where the sentence says so.")
    occasion: Mention | None = Field(
        default=None, description="On what occasion: 'dalam jumpa pers', 'saat dihubungi'."
    )
    mentions: tuple[str, ...] = Field(
        default=(), description="Entity ids named inside the claim, in order of appearance."
    )
    quantities: tuple[Quantity, ...] = ()
    negated: bool = Field(
        default=False,
        description="The speaker holds that the main clause is not so: by a negator in it, or by a cue that denies it.",
    )
    modality: Modality = Modality.ASSERTED
    confidence: float = Field(default=1.0, ge=0, le=1)
    rule: str = Field(default="", description="Id of the rule or model that found it.")
    sentence: Span


class Extractor(Contract):
    """What made the annotations."""

    name: str
    version: str


class EnrichedArticle(Article):
    """An article with what the extract stage found in it; all of ``Article`` is as it came."""

    contract: str = Field(default="enriched/1", description="Which contract wrote this, and its major version.")
    entities: tuple[Entity, ...] = ()
    claims: tuple[Claim, ...] = ()
    dates: tuple[DateMention, ...] = ()
    extractor: Extractor
    extracted_at: datetime
