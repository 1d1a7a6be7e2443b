"""Turns of a printed interview that open with names: `Suara Teluk: ...` asks, `Budi: ...` answers.

Once the two are told apart, questions may go on as lines without a label, and so may their answers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from kliping_extract.domain.phrases import Phrase
from kliping_extract.domain.prose import Prose
from kliping_extract.domain.tokens import Tokens
from kliping_shared.contracts.enriched import EntityType

#: The longest label, the longest question, and the longest one without a question mark, in tokens.
_LABEL, _LONGEST, _SHORT = 5, 60, 12
#: Fewest turns of each side.
_FEWEST = 2

Range = tuple[int, int]


def named_turns(prose: Prose, lines: Sequence[Range]) -> tuple[list[tuple[Range, Range]], Phrase | None] | None:
    """Questions with their answers, and who answers, if he was named before; None where no two sides take turns."""
    labels = [_label(prose.tokens, *line) for line in lines]
    sides = _sides(prose, lines, labels)
    if sides is None:
        return None
    asker, answerer = sides
    turns: list[tuple[Range, Range]] = []
    question: Range | None = None
    #: Where the last answer ends if it goes on: told only by a question behind it, else the prose has begun again.
    onward = 0
    for number, line in enumerate(lines):
        own = labels[number]
        if own and own not in sides:
            break
        if own == asker or (not own and _asks(prose, lines, labels, number, answered=question is None)):
            if turns and onward:
                turns[-1] = (turns[-1][0], (turns[-1][1][0], onward))
            question, onward = line, 0
        elif not _closed(prose.tokens, line):
            break
        elif question is not None:
            start = line[0] + len(answerer) + 1 if own else line[0]
            turns.append((question, (start, line[1])))
            question = None
        elif turns:
            onward = line[1]
        else:
            break
    return (turns, _person(prose, answerer, lines[0][0])) if len(turns) >= _FEWEST else None


def _label(tokens: Tokens, start: int, end: int) -> tuple[str, ...]:
    """The capitalised words before a colon at a line's head, in lower case; none where there are no such."""
    colon = next((i for i in range(start, min(start + _LABEL, end - 1)) if tokens.words[i] == ":"), start)
    return tuple(tokens.lower[start:colon]) if all(tokens.capital(i) for i in range(start, colon)) else ()


def _sides(
    prose: Prose, lines: Sequence[Range], labels: Sequence[tuple[str, ...]]
) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """The asking and the answering label."""
    common = [label for label, count in Counter(filter(None, labels)).items() if count >= _FEWEST]
    if len(common) != 2:
        return None
    asked = Counter(label for line, label in zip(lines, labels, strict=True) if prose.tokens.words[line[1] - 1] == "?")
    asker, answerer = sorted(common, key=lambda label: (-asked[label], labels.index(label)))
    return (asker, answerer) if asked[asker] else None


def _person(prose: Prose, label: tuple[str, ...], before: int) -> Phrase | None:
    """The first person named before whose name holds the words of a label."""
    lower = prose.tokens.lower
    for name in sorted(prose.tokens.names, key=lambda name: name.start):
        if name.start < before and name.type is EntityType.PER and set(label) <= set(lower[name.start : name.end]):
            return Phrase(name.start, name.end, (name,))
    return None


def _asks(
    prose: Prose, lines: Sequence[Range], labels: Sequence[tuple[str, ...]], number: int, *, answered: bool
) -> bool:
    """Whether a line without a label asks.

    It ends with a question mark, or, where an answer is complete, it is one short sentence in which the answering
    person does not speak of himself and behind which somebody answers.
    """
    tokens, (start, end) = prose.tokens, lines[number]
    if tokens.words[end - 1] == "?":
        return end - start <= _LONGEST and answered
    if tokens.words[end - 1] != ".":
        return False
    alone = prose.sentence_at[start] == prose.sentence_at[end - 1] and end - start <= _SHORT
    personal = set(tokens.lower[start:end]) & {"saya", "kami", "kita", "aku"}
    follows = number + 1 < len(lines) and not labels[number + 1] and _closed(tokens, lines[number + 1])
    return answered and alone and not personal and follows


def _closed(tokens: Tokens, line: Range) -> bool:
    """Whether a line ends as sentences do, and does not ask."""
    return tokens.words[line[1] - 1][-1] in '.!…”"’)]»'
