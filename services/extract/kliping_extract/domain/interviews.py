"""Printed interviews: each answer behind its question is a statement of whom the introduction names.

`Berikut petikan wawancara dengan Budi:`, then either a block for each question, whose first line asks, or lines that end
with a question mark each with its answer behind, or lines marked `Tanya:` and `Jawab:`, or with names (`dialogues`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from kliping_extract.domain.attributions import Attribution, settle
from kliping_extract.domain.broadcasts import find_sound_bites
from kliping_extract.domain.dialogues import named_turns
from kliping_extract.domain.phrases import Phrase, phrase_at
from kliping_extract.domain.prose import Prose
from kliping_extract.domain.quotes import paragraphs
from kliping_shared.contracts.enriched import ClaimKind, EntityType

#: Fewest questions of an interview, and the share of its questions that end with a question mark.
_FEWEST, _ASKING = 2, 0.5
#: A question is not longer, in tokens; nor is the mark before one.
_LONGEST, _MARK = 60, 5
#: How many lines may seem to announce one before the search is given up; it reads to the end of the text each time.
_TRIES = 3

Lines = list[tuple[int, int]]
#: Tokens of a question and of its answer.
Turn = tuple[tuple[int, int], tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Interview:
    """The answers, and the tokens [start, end) from the first question to the end of the last answer."""

    answers: tuple[Attribution, ...] = ()
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Talk:
    """What is said in turns, without cues, and for each token whether it belongs to them."""

    answers: tuple[Attribution, ...]
    held: bytearray

    def holds(self, i: int) -> bool:
        """Whether token `i` belongs to a question, an answer or a sound bite."""
        return bool(self.held[i])


def find_talk(prose: Prose) -> Talk:
    """The answers of a printed interview and the sound bites of a broadcast's script."""
    held = bytearray(len(prose.tokens))
    interview = find_interview(prose)
    bites = list(find_sound_bites(prose))
    for start, end in ((interview.start, interview.end), *((start, end) for _, start, end in bites)):
        held[start:end] = b"\1" * (end - start)
    return Talk((*interview.answers, *(item for item, _, _ in bites)), held)


def find_interview(prose: Prose) -> Interview:
    """The interview that an introduction announces; an empty one where there is none."""
    lines = list(paragraphs(prose.tokens))
    announcing = (number for number, line in enumerate(lines) if _announces(prose, *line))
    for number in islice(announcing, _TRIES):
        start, end = lines[number]
        turns = _marked(prose, lines[number + 1 :])
        named = named_turns(prose, lines[number + 1 :]) if not turns else None
        if named is not None:
            turns, speaker = named
            return _interview(prose, turns, speaker or _interviewee(prose, start, end))
        turns = turns or _blocks(prose, lines[number + 1 :])
        turns = turns or _asked(prose, lines[number + 1 :])
        if turns:
            return _interview(prose, turns, _interviewee(prose, start, end))
    return Interview()


def _interview(prose: Prose, turns: list[Turn], speaker: Phrase | None) -> Interview:
    answers = (_answer(prose, turn[1], speaker) for turn in turns)
    return Interview(tuple(item for item in answers if item), turns[0][0][0], turns[-1][1][1])


def _announces(prose: Prose, start: int, end: int) -> bool:
    words, grammar = set(prose.tokens.lower[start:end]), prose.lexicon.grammar
    colon = prose.tokens.words[end - 1] == ":" and prose.tokens.lower[end - 2] in grammar.excerpts
    return colon or (bool(words & grammar.interviews) and bool(words & grammar.excerpts))


def _interviewee(prose: Prose, start: int, end: int) -> Phrase | None:
    """Whom the talk was with; where no name stands there (`wawancara dengan pelukis itu`), who was named first."""
    lower, grammar = prose.tokens.lower, prose.lexicon.grammar
    talk = next((i for i in range(start, end) if lower[i] in grammar.interviews), start)
    behind = next((i for i in range(talk, end - 1) if lower[i] in {"dengan", "bersama"}), None)
    phrase = phrase_at(prose.tokens, behind + 1, end, prose.lexicon) if behind is not None else None
    if phrase is not None and phrase.names:
        return phrase
    people = (name for name in prose.tokens.names if name.type is EntityType.PER and name.start < end)
    first = min(people, key=lambda name: name.start, default=None)
    return Phrase(first.start, first.end, (first,)) if first is not None else None


def _answer(prose: Prose, span: tuple[int, int], speaker: Phrase | None) -> Attribution | None:
    start, end = span
    if prose.tokens.words[start] == "(":
        # (Tertawa) ...
        start = next((i + 1 for i in range(start, end) if prose.tokens.words[i] == ")"), start)
    sentence = prose.sentence_at[start] if start < end else prose.sentence_at[span[0]]
    item = Attribution(((start, end),), ClaimKind.DIRECT, "interview", sentence, speaker=speaker)
    return settle(prose, item, 1)


def _asks(prose: Prose, line: tuple[int, int]) -> bool:
    return prose.tokens.words[line[1] - 1] == "?" and line[1] - line[0] <= _LONGEST


def _blocks(prose: Prose, lines: Lines) -> list[Turn]:
    """Blocks of a question's line and its answer's lines, until one that has no second line."""
    turns = []
    for block in _parted(prose, lines):
        if len(block) < 2 or block[0][1] - block[0][0] > _LONGEST:
            break
        turns.append((block[0], (block[1][0], block[-1][1])))
    asking = sum(_asks(prose, question) for question, _ in turns)
    return turns if len(turns) >= _FEWEST and asking >= _ASKING * len(turns) else []


def _parted(prose: Prose, lines: Lines) -> Iterator[Lines]:
    """Lines between blank ones."""
    block: Lines = []
    for line in lines:
        tokens = prose.tokens
        gap = tokens.text[tokens.ends[line[0] - 1] : tokens.starts[line[0]]]
        if block and gap.count("\n") > 1:
            yield block
            block = []
        block.append(line)
    if block:
        yield block


def _asked(prose: Prose, lines: Lines) -> list[Turn]:
    """Lines that ask; all lines up to the next question answer, but only one answers the last."""
    questions = [number for number, line in enumerate(lines) if _asks(prose, line)]
    if len(questions) < _FEWEST or questions[0] > 0:
        return []
    turns = []
    for at, after in zip(questions, [*questions[1:], questions[-1] + 2], strict=True):
        if at + 1 < min(after, len(lines)):
            turns.append((lines[at], (lines[at + 1][0], lines[min(after, len(lines)) - 1][1])))
    return turns


def _marked(prose: Prose, lines: Lines) -> list[Turn]:
    """Lines marked as question or answer; each is one turn's part."""
    turns = []
    question: tuple[int, int] | None = None
    for line in lines:
        colon = next((i for i in range(line[0], min(line[0] + _MARK, line[1])) if prose.tokens.words[i] == ":"), None)
        if colon is None:
            break
        if set(prose.tokens.lower[line[0] : colon]) & prose.lexicon.grammar.askers:
            question = line
        elif question is not None and colon + 1 < line[1]:
            turns.append((question, (colon + 1, line[1])))
    return turns if len(turns) >= _FEWEST else []
