"""Scripts of broadcasts: behind `[INSERT BUDI]` stands what Budi said, up to the next mark or turn."""

from __future__ import annotations

from collections.abc import Iterator

from kliping_extract.domain.attributions import Attribution, settle
from kliping_extract.domain.led_quotes import person_at
from kliping_extract.domain.phrases import Phrase
from kliping_extract.domain.prose import Prose
from kliping_extract.domain.quotes import paragraphs
from kliping_extract.domain.tokens import Tokens
from kliping_shared.contracts.enriched import ClaimKind, EntityType

#: The longest mark of a sound bite, and the longest label of a turn, in tokens.
_MARK, _LABEL = 8, 4
#: How many tokens before a sound bite its speaker may be introduced.
_REACH = 120


def find_sound_bites(prose: Prose) -> Iterator[tuple[Attribution, int, int]]:
    """Each sound bite and the tokens [start, end) of its mark and its lines."""
    lines = list(paragraphs(prose.tokens))
    marks = [number for number, line in enumerate(lines) if _is_mark(prose, *line)]
    for number in marks:
        first = number + 1
        last = first
        while last < len(lines) and not _ends(prose.tokens, *lines[last]):
            last += 1
        if last == first:
            continue
        start, end = lines[first][0], lines[last - 1][1]
        speaker = _speaker(prose, *lines[number])
        item = Attribution(((start, end),), ClaimKind.DIRECT, "interview", prose.sentence_at[start], speaker=speaker)
        settled = settle(prose, item, 1)
        if settled is not None:
            yield settled, lines[number][0], end


def _is_mark(prose: Prose, start: int, end: int) -> bool:
    """`[INSERT BUDI]`, a line of its own."""
    tokens = prose.tokens
    bracketed = end - start <= _MARK and tokens.words[start] in "[(" and tokens.words[end - 1] in "])"
    return bracketed and tokens.lower[start + 1] in prose.lexicon.grammar.inserts


def _ends(tokens: Tokens, start: int, end: int) -> bool:
    """Whether a line is another mark, or opens a turn: `PENYIAR: ...`."""
    if tokens.words[start] == "[" and tokens.words[end - 1] == "]":
        return True
    colon = next((i for i in range(start, min(start + _LABEL, end)) if tokens.words[i] == ":"), None)
    return colon is not None and all(word.isupper() for word in tokens.words[start:colon])


def _speaker(prose: Prose, start: int, end: int) -> Phrase | None:
    """Whom the mark names, by the last full name before it; where it names nobody, whom the line before was about."""
    tokens = prose.tokens
    named = set(tokens.lower[start + 2 : end - 1])
    people = (name for name in tokens.names if name.type is EntityType.PER and name.end <= start)
    for name in sorted(people, key=lambda name: -name.start):
        if named & set(tokens.lower[name.start : name.end]):
            return Phrase(name.start, name.end, (name,))
    before = max(0, start - _REACH, prose.sentences[prose.sentence_at[start - 1]].start) if start else 0
    return person_at(prose, before, start)
