"""When a statement was said: the date among the circumstances of saying, which are what its sentence has outside statements.

`"...," kata Budi di Kupang, Rabu (13/9).`, `Kedua negara, Kamis malam, mengumumkan ...`, or in the next sentence `Hal itu
disampaikan Budi, Rabu.`; of a printed interview, the day that its introduction tells. No date is carried on from one
statement to the speaker's next.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from kliping_extract.domain.attributions import Attribution
from kliping_extract.domain.lexicon import CueClass
from kliping_extract.domain.prose import Prose, ProseOf, ProseWords
from kliping_shared.contracts.enriched import DateMention, EntityType

#: Days of the longest period that may tell when something was said ("bulan lalu").
_LONGEST = 31
#: How many words before a date are looked at for what it belongs to.
_BACK = 20
#: Within so many words a sentence that takes up the one before tells that it was said.
_TOLD = 5
#: May stand between a date and the word that governs it: sejak hari Rabu.
_DAY_WORDS = frozenset({"hari", "tanggal", "pada"})
_CLAUSE_ENDS = frozenset(',;:.!?()"“”')

Chars = tuple[int, int]


def said_on(prose: Prose, items: Sequence[Attribution], dates: Sequence[DateMention]) -> list[DateMention | None]:
    """For each statement the date of saying, None where the text does not tell it. `dates` are sorted."""
    stated = _merged(span for item in items for span in characters(prose, item))
    days = Days([day for day in dates if _is_circumstance(prose, day, stated)])
    talk = _interview_day(prose, items, days)
    return [talk if item.rule == "interview" else _day_of(prose, item, days) for item in items]


def beside(
    prose: ProseOf[ProseWords], items: Sequence[Attribution], dates: Sequence[DateMention]
) -> list[DateMention | None]:
    """The same for a language without rules of its own: the first date in the sentence and outside the statement."""
    days, tokens = Days(dates), prose.tokens
    found: list[DateMention | None] = []
    for item in items:
        here, spans = prose.sentences[item.sentence], characters(prose, item)
        inside = days.within([tokens.characters(here.start, here.end)])
        outside = (day for day in inside if not any(start < day.end and day.start < end for start, end in spans))
        found.append(next(outside, None))
    return found


def characters(prose: ProseOf[ProseWords], item: Attribution) -> tuple[Chars, ...]:
    """The spans of a statement in characters."""
    return tuple(prose.tokens.characters(start, end) for start, end in item.spans)


class Days:
    """Dates by position."""

    def __init__(self, dates: Sequence[DateMention]) -> None:
        self._dates = dates
        self._starts = [day.start for day in dates]

    def last_before(self, low: int, at: int) -> DateMention | None:
        """The last one between two characters."""
        place = bisect_right(self._starts, at) - 1
        day = self._dates[place] if place >= 0 else None
        return day if day is not None and low <= day.start and day.end <= at else None

    def first_after(self, at: int, high: int) -> DateMention | None:
        """The first one between two characters."""
        place = bisect_left(self._starts, at)
        day = self._dates[place] if place < len(self._dates) else None
        return day if day is not None and day.end <= high else None

    def within(self, spans: Sequence[Chars]) -> tuple[DateMention, ...]:
        """Those wholly inside the spans, in order."""
        found = (
            self._dates[place]
            for start, end in spans
            for place in range(bisect_left(self._starts, start), bisect_left(self._starts, end))
            if self._dates[place].end <= end
        )
        return tuple(found)


def _is_circumstance(prose: Prose, day: DateMention, stated: Sequence[Chars]) -> bool:
    """Whether a date may tell when something was said: short enough, in no statement, and no other word's complement."""
    place = bisect_left(stated, (day.end, 0)) - 1
    if (day.last - day.first).days > _LONGEST or (place >= 0 and day.start < stated[place][1]):
        return False
    tokens, grammar = prose.tokens, prose.lexicon.grammar
    first = bisect_left(tokens.starts, day.start)
    i = first - 1
    while i >= 0 and tokens.lower[i] in _DAY_WORDS:
        i -= 1
    if i >= 0 and tokens.lower[i] in grammar.time_limits:
        return False
    for i in range(first - 1, max(first - 1 - _BACK, -1), -1):
        word = tokens.lower[i]
        if word in _CLAUSE_ENDS:
            return True
        if word in grammar.topics:
            return False
        if word == "yang":
            return tokens.lower[i + 1] in grammar.sayings
        if tokens.opens_paragraph(i):
            return True
    return True


def _day_of(prose: Prose, item: Attribution, days: Days) -> DateMention | None:
    """The date nearest to the cue in the sentence, else the one of a next sentence that takes the statement up."""
    tokens, sentences = prose.tokens, prose.sentences
    here = sentences[item.sentence]
    told = sentences[prose.sentence_at[item.cue[0]]] if item.cue else here
    first = min(item.spans[0][0], here.start, told.start)
    last = max(item.spans[-1][1], here.end, told.end)
    found = _nearest(prose, item, days, tokens.characters(first, last))
    following = prose.sentence_at[last - 1] + 1
    if found is None and _takes_up(prose, following):
        told = sentences[following]
        found = days.first_after(*tokens.characters(told.start, told.end))
    return found


def _nearest(prose: Prose, item: Attribution, days: Days, reach: Chars) -> DateMention | None:
    """Of the last date before the cue and the first behind it the nearer one, the statement itself not counted."""
    tokens, spans = prose.tokens, characters(prose, item)
    cue = tokens.characters(*item.cue) if item.cue else (spans[0][0], spans[-1][1])
    before, after = days.last_before(reach[0], cue[0]), days.first_after(cue[1], reach[1])
    if before is not None and any(before.end <= start and end <= cue[0] for start, end in spans):
        # "Rabu (13/9) jalan ditutup, kata Budi" tells when the road was closed.
        before = None
    if before is None or after is None:
        return before or after
    between = sum(end - start for start, end in spans if cue[1] <= start and end <= after.start)
    return before if cue[0] - before.end <= after.start - cue[1] - between else after


def _takes_up(prose: Prose, index: int) -> bool:
    """Whether a sentence tells only that the one before was said: `Desakan itu disampaikan Rabu (13/9).`"""
    if index >= len(prose.sentences):
        return False
    here, tokens, grammar = prose.sentences[index], prose.tokens, prose.lexicon.grammar
    opening = tokens.lower[here.start]
    told = range(here.start + 1, min(here.start + _TOLD, here.end))
    passive = any((word := prose.cue_at[i]) is not None and word.kind is CueClass.PASSIVE for i in told)
    pointed = any(tokens.lower[i] in grammar.demonstratives for i in told)
    return passive and pointed and (opening in grammar.takes_up or opening in prose.lexicon.nouns)


def _interview_day(prose: Prose, items: Sequence[Attribution], days: Days) -> DateMention | None:
    """The last day before the first answer, where its sentence tells of the talk."""
    first = min((item.spans[0][0] for item in items if item.rule == "interview"), default=None)
    day = days.last_before(0, prose.tokens.starts[first]) if first is not None else None
    if day is None:
        return None
    here = prose.sentences[prose.sentence_at[bisect_left(prose.tokens.starts, day.start)]]
    return day if any(_tells_of_talk(prose, i, here.end) for i in range(here.start, here.end)) else None


def _tells_of_talk(prose: Prose, i: int, end: int) -> bool:
    """`wawancara`, `ditemui`; `menerima Suara Teluk`, whose paper asked."""
    grammar, word = prose.lexicon.grammar, prose.tokens.lower[i]
    if word in grammar.interviews or word in grammar.talks:
        return True
    if word not in grammar.receives or i + 1 >= end:
        return False
    guest = prose.tokens.name_from(i + 1)
    return prose.tokens.lower[i + 1] == "kami" or (guest is not None and guest.type is EntityType.ORG)


def _merged(spans: Iterable[Chars]) -> list[Chars]:
    """The spans sorted, those that meet made one."""
    found: list[Chars] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found
