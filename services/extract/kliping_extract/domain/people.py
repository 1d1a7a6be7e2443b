"""Who is introduced as what: the offices and descriptions that stand beside the persons of an article."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kliping_extract.domain.phrases import LONGEST, looks_verbal
from kliping_extract.domain.prose import Prose, ProseOf, ProseWords
from kliping_extract.domain.tokens import Name
from kliping_shared.contracts.enriched import EntityType

#: Between a name and the description behind it: `Ana, yang juga seorang dosen`.
_LEADING = frozenset({"yang", "juga", "selaku", "sebagai", "seorang", "salah", "satu", "menjabat", "merupakan"})
_STOPS = frozenset({",", ".", ";", "(", ")", ":", "?", "!"})


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
            before = _role_before(prose, name)
            titled = before is not None and only_titles(prose, before)
            role = _role_behind(prose, name) or before if titled else before or _role_behind(prose, name)
            if role is not None:
                found.append(Introduction(name, role, names_in(prose, *role)))
    return found


def names_in(prose: ProseOf[ProseWords], start: int, end: int) -> tuple[Name, ...]:
    """The names that begin within the tokens."""
    return tuple(name for i in range(start, end) if (name := prose.tokens.name_from(i)) is not None)


def _role_before(prose: Prose, name: Name) -> tuple[int, int] | None:
    tokens, lexicon = prose.tokens, prose.lexicon
    end = titles_from(prose, max(0, name.start - LONGEST), name.start)
    if end > 0 and prose.comma(end - 1):
        end -= 1
    else:
        end = name.start
    start, head = end, None
    while start > max(0, end - LONGEST) and not tokens.opens_paragraph(start):
        step = _step_before(prose, start, end, headed=head is not None)
        if not step:
            break
        start -= step
        if tokens.lower[start] in lexicon.role_heads:
            head = start
    if head is None or prose.sentence_at[head] != prose.sentence_at[name.start]:
        return None
    if end != name.start and _person_in(prose, head, end):
        return None
    return head, titles_from(prose, head, end)


def _step_before(prose: Prose, start: int, end: int, *, headed: bool) -> int:
    """How many tokens before `start` go on with an office that ends before `end`; `headed` where a noun of office is found."""
    tokens, heads = prose.tokens, prose.lexicon.role_heads
    if tokens.words[start - 1] == ")" and start > 3 and tokens.words[start - 3] == "(":
        return 3
    if start < end and tokens.lower[start] in heads:
        if tokens.lower[start - 1] == "sekaligus":
            return 1
        if start > 1 and tokens.lower[start - 2 : start] == ["yang", "juga"]:
            return 2
    if prose.comma(start - 1):
        return int(not headed and _comma_within(prose, start - 1, end))
    return int(_fits_before(prose, start - 1))


def _comma_within(prose: Prose, comma: int, end: int) -> bool:
    """Whether a comma stands inside of an office that ends before `end`: `dosen Universitas Lima, Peru`."""
    tokens = prose.tokens
    if comma == 0 or comma + 1 >= end or not (tokens.capital(comma - 1) or tokens.words[comma - 1] == ")"):
        return False
    name = tokens.name_from(comma + 1)
    if name is not None and name.type is not EntityType.PER:
        return name.end == end or tokens.words[name.end] in {",", "("}
    return _listed(prose, comma, end)


def _listed(prose: Prose, comma: int, end: int) -> bool:
    """Whether capitalised words that `dan` closes stand behind the comma: `Bidang Sosial, Budaya, dan Agama`."""
    tokens = prose.tokens
    for i in range(comma + 1, min(comma + LONGEST, end - 1)):
        if tokens.lower[i] == "dan":
            return tokens.capital(i + 1)
        name = tokens.name_from(i)
        if not (tokens.capital(i) or prose.comma(i)) or (name is not None and name.type is EntityType.PER):
            return False
    return False


def titles_from(prose: Prose, start: int, end: int) -> int:
    """Where the titles and ranks begin that an office's holder has: `Kapolres Lima | AKBP`, `dosen | Dr.`; else `end`."""
    i = end
    while (before := _title_before(prose, start, i)) < i:
        i = before
    return i


def only_titles(prose: Prose, role: tuple[int, int]) -> bool:
    """Whether nothing but titles or ranks is told: `Ibu Ana`, `Ajun Komisaris Besar Budi`."""
    return prose.lexicon.titles.issuperset(prose.tokens.lower[slice(*role)])


def _title_before(prose: Prose, start: int, end: int) -> int:
    tokens, grammar = prose.tokens, prose.lexicon.grammar
    i = end - 1
    while i > start + 1 and (tokens.lower[i] in grammar.rank_levels or tokens.words[i] in {"(", ")", "."}):
        i -= 1
    if i <= start or tokens.lower[i] not in grammar.ranks | grammar.honorifics:
        return end
    head = tokens.lower[i - 1]
    office = head == "dewan" or (head in prose.lexicon.role_heads and head not in grammar.ranks)
    # Sekretaris Jenderal, Presiden Komisaris.
    return end if office and i == end - 1 and tokens.lower[i] in {"jenderal", "komisaris"} else i


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
    return prose.cue_at[i] is None and (tokens.capital(i) or not looks_verbal(word, lexicon))


def _person_in(prose: Prose, start: int, end: int) -> bool:
    return any(name.type is EntityType.PER for name in names_in(prose, start, end))


def _role_behind(prose: Prose, name: Name) -> tuple[int, int] | None:
    tokens, lexicon = prose.tokens, prose.lexicon
    sentence = prose.sentences[prose.sentence_at[name.start]]
    i = _past_brackets(prose, name.end, sentence.end)
    if i + 1 >= sentence.end:
        return None
    relative = tokens.lower[i : i + 2] == ["yang", "juga"]
    if not (relative or prose.comma(i) or tokens.lower[i] == "selaku"):
        return None
    start = i + 1
    while start < sentence.end and tokens.lower[start] in _LEADING:
        start += 1
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
    end = start + 1
    while end < min(limit, start + LONGEST) and not _ends_role(prose, start, end):
        past = _past_mark(prose, end, limit)
        if past == end:
            break
        end = past
    return end


def _past_mark(prose: Prose, i: int, limit: int) -> int:
    """Behind the word at token `i`; behind an acronym in brackets; behind a comma and what is listed or placed there."""
    tokens = prose.tokens
    if tokens.words[i] == "(" and i + 2 < limit and tokens.words[i + 2] == ")" and tokens.capital(i + 1):
        return i + 3
    if prose.comma(i) and i + 1 < limit and tokens.capital(i - 1):
        place = tokens.name_from(i + 1)
        if place is not None and place.type is EntityType.LOC and place.end < limit and prose.comma(place.end):
            return place.end
        return i + 1 + (tokens.lower[i + 1] == "dan") if _listed(prose, i, limit) else i
    return i if tokens.words[i] in _STOPS else i + 1


def _ends_role(prose: Prose, start: int, i: int) -> bool:
    if prose.quote_at[i] != prose.quote_at[start] or prose.cue_at[i] is not None or _verbal(prose, i):
        return True
    return prose.tokens.lower[i] in {"saat", "ketika", "kepada", "usai", "seusai", "yang", "menanggapi"}


def _verbal(prose: Prose, i: int) -> bool:
    return prose.tokens.name_at[i] < 0 and looks_verbal(prose.tokens.lower[i], prose.lexicon)


def affiliation_of(names: tuple[Name, ...], canonical: Callable[[Name], str]) -> str | None:
    """The body (else the place) that a role belongs to: the first one it names."""
    bodies = [name for name in names if name.type is EntityType.ORG] or [
        name for name in names if name.type is EntityType.LOC
    ]
    return canonical(bodies[0]) if bodies else None
