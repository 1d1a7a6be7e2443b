"""Whether a statement goes on behind the cue that it is interrupted by: `Harga itu, kata Budi, akan turun`."""

from __future__ import annotations

from kliping_extract.domain.lexicon import CueClass
from kliping_extract.domain.phrases import looks_verbal, phrase_at
from kliping_extract.domain.predicates import asserts, is_predicate, measures
from kliping_extract.domain.prose import Prose

#: Fewest tokens of a second half that is no bare verb.
_FEWEST = 3


def goes_on(prose: Prose, first: tuple[int, int], i: int, limit: int) -> bool:
    """Whether what begins at token `i`, behind cue, speaker and comma, completes the tokens `first` (comma included).

    It does, unless it tells who the speaker is, how, when or where it was said, or what the speaker or others did then.
    """
    lower, grammar = prose.tokens.lower, prose.lexicon.grammar
    if limit - i < _FEWEST and not (i < limit and is_predicate(prose, i)):
        return False
    if _hangs(prose, first) or _quoted_on(prose, i):
        return True
    if lower[i] in grammar.tail_leads and any(lower[j] in grammar.tail_verbs for j in range(i + 1, min(i + 4, limit))):
        return False
    if lower[i] in grammar.continuing:
        return _own_clause(prose, i + 1, limit)
    if lower[i] in grammar.listing or (lower[i] == "yang" and _cleft(prose, first)):
        return True
    if _leads_away(prose, i, limit):
        return False
    saying = _saying(prose, i)
    if not saying and _waits(prose, *first):
        return _has_clause(prose, first[0], i, limit)
    if lower[i] in grammar.adjuncts:
        return lower[i] in grammar.belonging or _thing_alone(prose, first)
    tells = saying or is_predicate(prose, i) or measures(prose, i, limit)
    return _without_verb(prose, first, behind=tells) or _clause_behind(prose, i, limit)


def _quoted_on(prose: Prose, i: int) -> bool:
    """`Warga pulang, kata Budi, "tetapi tidak tidur"`: a quote in the midst of a sentence."""
    quote = prose.quote_from(i)
    return quote is not None and prose.tokens.words[quote.parts[0][0]][0].islower()


def _leads_away(prose: Prose, i: int, limit: int) -> bool:
    """What else was said or done, when, by whom; not `Warga, kata Budi, juga mengungsi`."""
    word, grammar = prose.tokens.lower[i], prose.lexicon.grammar
    if word == "juga" and i + 1 < limit and is_predicate(prose, i + 1):
        return False
    return word in grammar.joiners | grammar.days | grammar.tails | {"yang"} or _describes(prose, i, limit)


def _describes(prose: Prose, i: int, limit: int) -> bool:
    """Nothing but an office: who the speaker is."""
    phrase = phrase_at(prose.tokens, i, limit, prose.lexicon)
    ends = phrase is not None and (phrase.end >= limit - 1 or prose.tokens.lower[phrase.end] == "yang")
    return ends and phrase is not None and phrase.role is not None


def _cleft(prose: Prose, first: tuple[int, int]) -> bool:
    """`Bukan harga, kata Ana, yang naik`, `Tidak ada, kata Ana, yang tahu`."""
    return prose.tokens.lower[first[0]] in prose.lexicon.grammar.negations | {"hanya", "cuma", "justru"}


def _clause_behind(prose: Prose, i: int, limit: int) -> bool:
    """A clause of its own subject that nobody else says."""
    if is_predicate(prose, i) or prose.quote_at[i] >= 0:
        return False
    end = next((j for j in range(i, limit) if prose.comma(j)), limit)
    return any(is_predicate(prose, j) for j in range(i + 1, end)) and not any(
        _saying(prose, j) for j in range(i, limit)
    )


def _saying(prose: Prose, i: int) -> bool:
    word = prose.cue_at[i]
    return word is not None and word.kind is not CueClass.PASSIVE


def _hangs(prose: Prose, first: tuple[int, int]) -> bool:
    """`Warga pulang karena, kata Ana, hujan reda`: the last word before the comma wants more."""
    last, grammar = prose.tokens.lower[first[1] - 2], prose.lexicon.grammar
    return first[1] - 2 > first[0] and last in grammar.continuing | grammar.markers | grammar.subordinators | {"yang"}


def _thing_alone(prose: Prose, first: tuple[int, int]) -> bool:
    """`Budi, kata Ana, di bawah pengawasan`, `Kursi itu, kata Ana, untuk ibunya`: a name or a thing alone says nothing."""
    start, end = first[0], first[1] - 1
    named = phrase_at(prose.tokens, start, end, prose.lexicon)
    if named is not None and named.names and named.end == end:
        return True
    return not any(is_predicate(prose, j) for j in range(start, end))


def _own_clause(prose: Prose, i: int, limit: int) -> bool:
    """`..., kata Budi, dan harga naik`: a clause with its own subject, not more that Budi said or did."""
    if i + 1 >= limit or is_predicate(prose, i) or _saying(prose, i):
        return False
    end = next((j for j in range(i, limit) if prose.comma(j)), limit)
    return any(is_predicate(prose, j) for j in range(i + 1, end)) and not any(_saying(prose, j) for j in range(i, end))


def _waits(prose: Prose, start: int, end: int) -> bool:
    """A clause, an adjunct or a first of two parts (`tidak hanya`) that needs another clause behind it."""
    lower, grammar = prose.tokens.lower, prose.lexicon.grammar
    if lower[start] in grammar.negations and lower[start + 1] in {"hanya", "cuma", "sekadar"}:
        return True
    if any(prose.comma(j) for j in range(start, end - 1)):
        return False
    return lower[start] in grammar.subordinators | grammar.fronted or lower[start : start + 2] == ["hal", "yang"]


def _has_clause(prose: Prose, start: int, i: int, limit: int) -> bool:
    """Not who the speaker is (`Jika hujan, kata Budi, ketua panitia, ...`), and with a verb where one is wanted."""
    lower, grammar = prose.tokens.lower, prose.lexicon.grammar
    if lower[start] in grammar.subordinators and lower[i] not in grammar.adjuncts:
        return True
    return asserts(prose, i, limit)


def _without_verb(prose: Prose, first: tuple[int, int], *, behind: bool) -> bool:
    """A noun phrase, whatever verb stands inside: in a relative clause, before `itu`, in `berupa beras`.

    With a verb right `behind`, words that only may stand for one (`rumah sakit`) do not count.
    """
    lower, grammar = prose.tokens.lower, prose.lexicon.grammar
    start, end = first
    if behind and lower[end - 2] in grammar.demonstratives:
        return True
    if behind:
        start = next((j + 1 for j in range(end - 2, start, -1) if prose.comma(j)), start)
    relative = next((j for j in range(start, end) if lower[j] == "yang"), end)
    verbs = [j for j in range(start, min(end - 1, relative)) if _verb(prose, j, strictly=behind)]
    return not verbs and (relative in (start, end) or behind)


def _verb(prose: Prose, i: int, *, strictly: bool) -> bool:
    word, grammar = prose.tokens.lower[i], prose.lexicon.grammar
    if word in grammar.attributives or word.removesuffix("nya") in grammar.not_verbs:
        return False
    return is_predicate(prose, i) and not (strictly and prose.tokens.name_at[i] < 0 and _adjective(prose, i))


def _adjective(prose: Prose, i: int) -> bool:
    word, grammar = prose.tokens.lower[i], prose.lexicon.grammar
    return word in grammar.predicates - grammar.adverbs and not looks_verbal(word, prose.lexicon)
