"""Scripts of broadcasts: behind `[INSERT BUDI]` stands what Budi said, up to the next mark or turn."""

from __future__ import annotations

from collections.abc import Iterator

from kliping_extract.domain.attributions import Attribution, settle
from kliping_extract.domain.led_quotes import person_at
from kliping_extract.domain.phrases import Phrase
from kliping_extract.domain.prose import Prose
from kliping_extract.domain.quotes import paragraphs
from kliping_extract.domain.tokens import Name, Tokens
from kliping_shared.contracts.enriched import ClaimKind, EntityType

#: The longest mark of a sound bite, and the longest label of a turn, in tokens.
_MARK, _LABEL = 8, 4
#: How many tokens before a sound bite its speaker may be introduced.
_REACH = 120
_CLOSING = {"[": "]", "(": ")"}


def find_sound_bites(prose: Prose) -> Iterator[tuple[Attribution, int, int]]:
    """Each sound bite and the tokens [start, end) of its mark and its lines."""
    lines = list(paragraphs(prose.tokens))
    marks = [number for number, line in enumerate(lines) if _is_mark(prose, *line)]
    if not marks:
        return
    named = _names_before(prose.tokens, [lines[number] for number in marks])
    for number, name in zip(marks, named, strict=True):
        first = number + 1
        last = first
        while last < len(lines) and not _ends(prose.tokens, *lines[last]):
            last += 1
        if last == first:
            continue
        start, end = lines[first][0], lines[last - 1][1]
        speaker = Phrase(name.start, name.end, (name,)) if name is not None else _introduced(prose, lines[number][0])
        item = Attribution(((start, end),), ClaimKind.DIRECT, "interview", prose.sentence_at[start], speaker=speaker)
        settled = settle(prose, item, 1)
        if settled is not None:
            yield settled, lines[number][0], end


def _bracketed(tokens: Tokens, start: int, end: int) -> bool:
    """Whether a line stands in brackets: a mark, or another note of the script."""
    return _CLOSING.get(tokens.words[start]) == tokens.words[end - 1]


def _is_mark(prose: Prose, start: int, end: int) -> bool:
    """`[INSERT BUDI]`, a line of its own."""
    short = end - start <= _MARK and _bracketed(prose.tokens, start, end)
    return short and prose.tokens.lower[start + 1] in prose.lexicon.grammar.inserts


def _ends(tokens: Tokens, start: int, end: int) -> bool:
    """Whether a line is another mark, or opens a turn: `PENYIAR: ...`."""
    if _bracketed(tokens, start, end):
        return True
    colon = next((i for i in range(start, min(start + _LABEL, end)) if tokens.words[i] == ":"), None)
    return colon is not None and all(word.isupper() for word in tokens.words[start:colon])


def _names_before(tokens: Tokens, marks: list[tuple[int, int]]) -> Iterator[Name | None]:
    """For each mark the last full name before it that it names a word of, or None; one pass over the names."""
    people = sorted((name for name in tokens.names if name.type is EntityType.PER), key=lambda name: name.start)
    last: dict[str, Name] = {}
    passed = 0
    for start, end in marks:
        while passed < len(people) and people[passed].end <= start:
            last.update(dict.fromkeys(tokens.lower[people[passed].start : people[passed].end], people[passed]))
            passed += 1
        known = (last[word] for word in tokens.lower[start + 2 : end - 1] if word in last)
        yield max(known, key=lambda name: name.start, default=None)


def _introduced(prose: Prose, mark: int) -> Phrase | None:
    """Whom the line before a mark was about that names nobody."""
    before = max(0, mark - _REACH, prose.sentences[prose.sentence_at[mark - 1]].start) if mark else 0
    return person_at(prose, before, mark)
