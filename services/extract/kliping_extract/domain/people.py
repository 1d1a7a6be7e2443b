"""Who is introduced as what: the offices and descriptions that stand beside the persons of an article."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kliping_extract.domain.phrases import LONGEST, looks_verbal
from kliping_extract.domain.prose import Prose, ProseOf, ProseWords
from kliping_extract.domain.tokens import Name
from kliping_shared.contracts.enriched import EntityType


@dataclass(frozen=True, slots=True)
class Introduction:
    """`name` is described by the tokens of `role`; `names_within` are the bodies and places that the role mentions."""

    name: Name
    role: tuple[int, int]
    names_within: tuple[Name, ...]


def find_introductions(prose: Prose) -> list[Introduction]:
    """Descriptions right before a person's name, or behind it between commas; in the order of the text."""
    found = []
    for name in prose.tokens.names:
        if name.type is EntityType.PER:
            role = _role_before(prose, name) or _role_behind(prose, name)
            if role is not None:
                found.append(Introduction(name, role, names_in(prose, *role)))
    return found


def names_in(prose: ProseOf[ProseWords], start: int, end: int) -> tuple[Name, ...]:
    """The names that begin within the tokens."""
    return tuple(name for i in range(start, end) if (name := prose.tokens.name_from(i)) is not None)


def _role_before(prose: Prose, name: Name) -> tuple[int, int] | None:
    tokens, lexicon = prose.tokens, prose.lexicon
    end = name.start
    if end > 0 and prose.comma(end - 1):
        end -= 1
    start, head = end, None
    while start > max(0, end - LONGEST) and not tokens.opens_paragraph(start):
        bracketed = tokens.words[start - 1] == ")" and start > 3 and tokens.words[start - 3] == "("
        if not bracketed and not _fits_before(prose, start - 1):
            break
        start -= 3 if bracketed else 1
        if tokens.lower[start] in lexicon.role_heads:
            head = start
    if head is None or prose.sentence_at[head] != prose.sentence_at[name.start]:
        return None
    return (head, end) if end == name.start or not _person_in(prose, head, end) else None


def _fits_before(prose: Prose, i: int) -> bool:
    tokens, lexicon = prose.tokens, prose.lexicon
    at = tokens.name_at[i]
    if at >= 0:
        return tokens.names[at].type is not EntityType.PER
    word = tokens.lower[i]
    if word in lexicon.role_heads or word in lexicon.grammar.links:
        return True
    if word in {"dari", "di", "pada"} and tokens.capital(i + 1):
        return True
    if not word[0].isalnum() or word in lexicon.phrase_ends or word in lexicon.grammar.demonstratives:
        return False
    return prose.cue_at[i] is None and not looks_verbal(word, lexicon)


def _person_in(prose: Prose, start: int, end: int) -> bool:
    return any(name.type is EntityType.PER for name in names_in(prose, start, end))


def _role_behind(prose: Prose, name: Name) -> tuple[int, int] | None:
    tokens, lexicon = prose.tokens, prose.lexicon
    sentence = prose.sentences[prose.sentence_at[name.start]]
    i = _past_brackets(prose, name.end, sentence.end)
    if i + 1 >= sentence.end:
        return None
    if tokens.lower[i] == "selaku":
        start = i + 1
    elif prose.comma(i):
        start = i + 1 + (tokens.lower[i + 1] in {"selaku", "seorang", "salah", "yang"})
        start += start < sentence.end and tokens.lower[start] in {"satu", "seorang"}
    else:
        return None
    if (
        start >= sentence.end
        or tokens.lower[start] not in lexicon.role_heads
        or _names_other(prose, start, sentence.end)
    ):
        return None
    return start, _role_end(prose, start, sentence.end)


def _past_brackets(prose: Prose, i: int, limit: int) -> int:
    """Past an age or a nickname: `Budi (45)`."""
    if i < limit and prose.tokens.words[i] == "(":
        close = next((j for j in range(i + 1, min(i + 6, limit)) if prose.tokens.words[j] == ")"), None)
        return close + 1 if close is not None else i
    return i


def _names_other(prose: Prose, start: int, limit: int) -> bool:
    """`Budi, Menteri Ani`: the office belongs to the person named behind it."""
    for i in range(start, min(start + LONGEST, limit)):
        if prose.comma(i):
            return False
        name = prose.tokens.name_from(i)
        if name is not None and name.type is EntityType.PER:
            return True
    return False


def _role_end(prose: Prose, start: int, limit: int) -> int:
    words, lower = prose.tokens.words, prose.tokens.lower
    end = start + 1
    while end < min(limit, start + LONGEST) and words[end] not in {",", ".", ";", "(", ")", ":", "?", "!"}:
        word = lower[end]
        if prose.quote_at[end] != prose.quote_at[start] or prose.cue_at[end] is not None or _verbal(prose, end):
            break
        if word in {"saat", "ketika", "kepada", "usai", "seusai", "yang", "menanggapi"}:
            break
        end += 1
    return end


def _verbal(prose: Prose, i: int) -> bool:
    return prose.tokens.name_at[i] < 0 and looks_verbal(prose.tokens.lower[i], prose.lexicon)


def affiliation_of(names: tuple[Name, ...], canonical: Callable[[Name], str]) -> str | None:
    """The body (else the place) that a role belongs to: the first one it names."""
    bodies = [name for name in names if name.type is EntityType.ORG] or [
        name for name in names if name.type is EntityType.LOC
    ]
    return canonical(bodies[0]) if bodies else None
