"""The parts of a dateline's head, and what each of them is: place, medium, day."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from kliping_ingest.domain.lexicon import load_places
from kliping_ingest.domain.media import DOMAIN, known_medium, same_medium, sounds_like_medium
from kliping_ingest.domain.outlet_lexicon import load_sounds
from kliping_shared.dates import DateExpression, scan_dates

__all__ = ["Head", "PartKind", "date_of", "display_place", "medium_with_rubric"]

PART = re.compile(r"\s{0,3}(?:,|\||/(?!\d)|\s[-–—]{1,2}\s|[()\[\]]|\s[-–—]{1,2}$)\s{0,3}")
OPENING = re.compile(r"[^\w(\[]{0,3}")
CAPITALS = re.compile(r"[A-Z][A-Z'’-]{3,}(?: [A-Z][A-Z'’-]+){0,2}$")
CAPITALISED = re.compile(r"[A-Z][\w.&'’-]*(?: [A-Z][\w.&'’-]*){0,2}$")
DAY_MONTH = re.compile(r"(?P<day>\d{1,2})[/.](?P<month>\d{1,2})$")
ENGLISH_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
ENGLISH_DAY = re.compile(
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|March|April|May|June|July|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
    r"\.? (?P<day>[12]?\d|3[01])"
)
DISTRICT = re.compile(r"(?:Kota|Kabupaten|Kab\.|Kecamatan|Kec\.|Desa|Pulau|Provinsi) ", re.IGNORECASE)
VOWEL = re.compile(r"[AEIOU]")

PartKind = Literal["place", "outlet", "date", "region", "unknown"]

MAX_PARTS = 5


@dataclass(frozen=True, slots=True)
class Head:
    """What stands before a dateline's closing mark, in parts; ``own`` is how the article names its outlet elsewhere.

    ``strong`` says that the mark closes datelines only, not clauses. What the parts together tell of an unknown one:
    ``medium``, that it may be a place beside a medium or a day ("Tirtasari (KABAR KITA) - "); ``place``, that it may be a
    medium beside a place; ``formal``, that they are written as only datelines are.
    """

    parts: tuple[str, ...]
    bracketed: frozenset[str]
    own: Sequence[str]
    strong: bool
    medium: bool = False
    place: bool = False
    formal: bool = False

    @classmethod
    def read(cls, written: str, own: Sequence[str], *, strong: bool, opens: bool) -> Head | None:
        """The parts of what is written; None where there are too many, or quote marks or half a bracket.

        ``opens`` tells that a sentence begins behind it.
        """
        opening = OPENING.match(written)
        parts = tuple(parts_of(written[opening.end() if opening else 0 :]))
        if not 1 <= len(parts) <= MAX_PARTS or '"' in written or "“" in written:
            return None
        if written.count("(") != written.count(")"):
            return None
        inside = re.findall(r"[(\[]([^()\[\]]+)[)\]]", written)
        head = cls(parts, frozenset(part for group in inside for part in parts_of(group)), own, strong)
        return head.judged("|" in written, opens) if strong else head

    def judged(self, barred: bool, opens: bool) -> Head:
        """The same with what its parts together tell."""
        place = any(part.lower() in load_places() for part in self.parts)
        dated = any(date_of(part) for part in self.parts[1:])
        media = any(self.names_itself_medium(part) or (barred and sounds_like_medium(part)) for part in self.parts)
        return Head(
            self.parts,
            self.bracketed,
            self.own,
            self.strong,
            medium=media or (dated and not place and not barred),
            place=place,
            formal=barred or dated or self.parts[0].isupper() or (place and opens),
        )

    def names_itself_medium(self, part: str) -> bool:
        """Whether a part is surely a medium: known, a site, in brackets as one, or "Koran ..." before another part."""
        if known_medium(part) or DOMAIN.fullmatch(part) or self.is_own(part):
            return True
        if part in self.bracketed:
            return (part.isupper() or sounds_like_medium(part)) and part.lower() not in load_places()
        leads = len(self.parts) > 1 and part == self.parts[0] and CAPITALISED.fullmatch(part) is not None
        return leads and load_sounds().media_head.match(part) is not None

    def is_own(self, part: str) -> bool:
        """Whether a part is the outlet that the article names elsewhere."""
        return any(same_medium(part, name) for name in self.own)

    def kind_of(self, part: str, *, with_place: bool) -> PartKind:
        """What one part is; ``with_place`` tells that a place came before it."""
        lowered = " ".join(part.lower().split())
        if date_of(part) is not None:
            return "date"
        if lowered in load_places() or is_district(part):
            return "place" if not with_place else "region"
        if known_medium(part) or DOMAIN.fullmatch(part) or self.is_own(part):
            return "outlet"
        if with_place and lowered in load_sounds().countries:
            return "region"
        if (self.strong and medium_with_rubric(part)) or (part in self.bracketed and CAPITALISED.match(part)):
            return "outlet"
        return self.kind_of_unknown(part, with_place=with_place) if self.strong else "unknown"

    def kind_of_unknown(self, part: str, *, with_place: bool) -> PartKind:
        """What a name is that no list holds, before a dash."""
        if with_place and part.isupper() and len(part) <= 3:
            return "region"
        if not CAPITALISED.fullmatch(part):
            return "unknown"
        one_word = " " not in part
        if sounds_like_medium(part) and (with_place or self.medium or self.place or part.isupper() or one_word):
            return "outlet"
        capitals = CAPITALS.match(part) and VOWEL.search(part) and len(part) >= 5
        if with_place and (one_word or self.formal or capitals):
            return "region" if load_sounds().place.search(part) else "outlet"
        # "Arus Balik, Palu - ": a village would stand in capitals, or sound like one.
        if self.place and self.formal and not with_place and not capitals and not one_word:
            return "unknown" if load_sounds().place.search(part) else "outlet"
        return "place" if not with_place and (capitals or self.medium) else "unknown"


def parts_of(written: str) -> list[str]:
    """The parts between commas, bars, strokes, dashes and brackets."""
    return [part.strip() for part in PART.split(written) if part.strip(" .")]


def medium_with_rubric(part: str) -> str | None:
    """ "VIVA Nasional": a known medium in capitals with one of its rubrics."""
    name, _, rubric = part.partition(" ")
    return known_medium(name) if name.isupper() and len(name) > 3 and CAPITALISED.fullmatch(rubric) else None


def is_district(part: str) -> bool:
    """ "Kabupaten Sleman", "Desa Sukamaju"."""
    head = DISTRICT.match(part)
    return head is not None and CAPITALISED.fullmatch(part[head.end() :]) is not None


def date_of(part: str) -> DateExpression | None:
    """The day that a part consists of: "13 September 2023", "Rabu", "13/9", and in English copy "Sept 14"."""
    short = DAY_MONTH.match(part)
    if short:
        day, month = int(short["day"]), int(short["month"])
        return DateExpression(0, len(part), "day", day=day, month=month) if day <= 31 and 1 <= month <= 12 else None
    english = ENGLISH_DAY.fullmatch(part)
    if english:
        month = ENGLISH_MONTHS.index(part[:3].lower()) + 1
        return DateExpression(0, len(part), "day", day=int(english["day"]), month=month)
    found = scan_dates(part)
    if len(found) == 1 and found[0].shape in {"day", "weekday"} and found[0].end - found[0].start >= len(part) - 2:
        return found[0]
    return None


def display_place(place: str) -> str:
    """ "MOSKWA" as "Moskwa"; short forms ("DIY", "NTB", "IKN") and mixed case stay."""
    words = " ".join(place.split())
    if not (words.isupper() or words.islower()) or (len(words) <= 3 and words not in {"BIMA", "SOE", "PALU"}):
        return words
    return re.sub(r"[^\W\d_]+(?:['’][^\W\d_]+)?", lambda match: match[0].capitalize(), words)
