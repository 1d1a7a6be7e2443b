"""Finds who governs a saying verb: the phrase before it, past adverbs, adjuncts and appositions between commas."""

from __future__ import annotations

from kliping_extract.domain.phrases import Phrase, looks_verbal, phrase_at, phrase_before
from kliping_extract.domain.predicates import is_predicate
from kliping_extract.domain.prose import Prose
from kliping_extract.domain.tokens import DEGREE
from kliping_shared.contracts.enriched import EntityType

#: How many comma-parted insertions between subject and verb are stepped over.
_HOPS = 6
#: How far left of its verb a subject is looked for, in tokens.
_REACH = 70


def strip_adverbs(prose: Prose, verb: int, floor: int) -> tuple[int, bool]:
    """Where the words before `verb` end without adverbs, and whether one of them says that nothing was said."""
    lower, grammar = prose.tokens.lower, prose.lexicon.grammar
    end, unsaid = verb, False
    while end > floor:
        if end - 2 >= floor and lower[end - 2] == "secara":
            end -= 2
        elif lower[end - 1] in grammar.adverbs or lower[end - 1] in grammar.negations:
            unsaid = unsaid or lower[end - 1] in grammar.negations
            end -= 1
        elif (opened := _bracket_start(prose, end, floor)) is not None:
            end = opened
        else:
            break
    return end, unsaid


def _bracket_start(prose: Prose, end: int, floor: int) -> int | None:
    """Where the short bracket that ends before `end` begins: `Dinas Air (DA) mengatakan`."""
    words = prose.tokens.words
    if words[end - 1] != ")":
        return None
    return next((i for i in range(end - 2, max(floor, end - 7) - 1, -1) if words[i] == "("), None)


def skip_connectives(prose: Prose, start: int, end: int) -> int:
    """The first token that is no connective (`namun`, `sementara itu ,`)."""
    lower, connectives = prose.tokens.lower, prose.lexicon.grammar.connectives
    i = start
    while i < end and (lower[i] in connectives or (lower[i] == "," and i > start) or _lead_in(lower, i, start)):
        i += 1
    return i


def _lead_in(lower: list[str], i: int, start: int) -> bool:
    """`di sisi lain`, `oleh karena itu`, `selain itu` open a sentence without being adjuncts of place or cause."""
    after = lower[i + 1 : i + 3]
    if i == start and lower[i] == "di" and after[:1] in (["sisi"], ["pihak"]) and after[1:] == ["lain"]:
        return True
    if i == start and lower[i] in {"tidak", "tak", "bukan"} and after in (["hanya", "itu"], ["cuma", "itu"]):
        return True
    if lower[i : i + 2] in (["lebih", "lanjut"], ["lebih", "jauh"]) or lower[max(i - 1, start) : i + 1] in (
        ["lebih", "lanjut"],
        ["lebih", "jauh"],
    ):
        return True
    if lower[i] in {"sisi", "pihak"} and i > start and lower[i - 1] == "di":
        return True
    return lower[i] in {"oleh", "selain"} and after[:1] in (["karena"], ["itu"])


def subject_of(prose: Prose, end: int, floor: int) -> Phrase | None:
    """The subject phrase of a verb whose adverbs begin at token `end`; looks no further left than `floor`."""
    floor = max(floor, end - _REACH)
    if end <= floor:
        return None
    if prose.comma(end - 1):
        return _hop(prose, end - 1, floor)
    start = _segment_start(prose, end, floor)
    lead = skip_connectives(prose, start, end)
    if lead >= end or _degrees(prose, lead, end):
        return _hop(prose, start - 1, floor) if start > floor else None
    if prose.tokens.lower[lead] in prose.lexicon.grammar.adjuncts:
        right = _behind_addressee(phrase_before(prose.tokens, end, lead + 1, prose.lexicon), lead)
        if right is not None and _free(prose, right):
            return right
        return _hop(prose, start - 1, floor) if start > floor else None
    return _in_segment(prose, lead, end, start, floor)


def _behind_addressee(phrase: Phrase | None, lead: int) -> Phrase | None:
    """`Kepada wartawan Budi mengatakan`: behind a preposition that needs all else, the name alone is the subject."""
    if phrase is None or phrase.start != lead + 1 or not phrase.names or phrase.names[0].start == phrase.start:
        return phrase
    return Phrase(phrase.names[0].start, phrase.end, phrase.names)


def _in_segment(prose: Prose, lead: int, end: int, start: int, floor: int) -> Phrase | None:
    tokens, lexicon = prose.tokens, prose.lexicon
    left = phrase_at(tokens, lead, end, lexicon)
    if left is not None and left.end == end:
        return _with_outer(prose, left, start, floor)
    if left is not None and left.speakable and _insertion_at(prose, left.end):
        return left
    right = phrase_before(tokens, end, lead, lexicon)
    if right is not None and right.speakable:
        return right
    if start > floor and tokens.lower[end - 1] in lexicon.grammar.joiners and is_predicate(prose, lead):
        # `Budi, saksi, naik ke kursi dan menyebut ...`
        return _hop(prose, start - 1, floor)
    return right if left is None else left if left.speakable else right


def _insertion_at(prose: Prose, i: int) -> bool:
    word = prose.tokens.lower[i]
    return (
        word in prose.lexicon.grammar.adjuncts or word in prose.lexicon.grammar.days or word in {"yang", "(", "selaku"}
    )


def _free(prose: Prose, phrase: Phrase) -> bool:
    """Whether a phrase after an adjunct can be a subject: a name, office or pronoun that no preposition or verb governs."""
    if not (phrase.names or phrase.pronoun or phrase.role) or phrase.start == 0:
        return False
    before = prose.tokens.lower[phrase.start - 1]
    return before not in prose.lexicon.grammar.adjuncts and not looks_verbal(before, prose.lexicon)


def _segment_start(prose: Prose, end: int, floor: int) -> int:
    start = end
    while start > floor and not prose.comma(start - 1) and prose.tokens.words[start - 1] not in ";:":
        start -= 1
    return start


def _hop(prose: Prose, comma: int, floor: int) -> Phrase | None:
    """Step left over insertions from the comma that closes one."""
    for _ in range(_HOPS):
        if comma <= floor:
            return None
        start = _segment_start(prose, comma, floor)
        lead = skip_connectives(prose, start, comma)
        if lead < comma and not _inserted(prose, lead) and not _degrees(prose, lead, comma):
            phrase = phrase_at(prose.tokens, lead, comma, prose.lexicon)
            if phrase is not None and (phrase.speakable or start <= floor):
                described = phrase.role is not None and phrase.role[0] == phrase.start
                return _with_outer(prose, phrase, start, floor, described=described)
        comma = start - 1
    return None


def _degrees(prose: Prose, start: int, end: int) -> bool:
    """Whether nothing but degrees stands there: `Budi Santoso, S.H., M.H., menilai`."""
    return DEGREE.fullmatch(prose.tokens.span_text(start, end)) is not None


def _inserted(prose: Prose, i: int) -> bool:
    word, grammar = prose.tokens.lower[i], prose.lexicon.grammar
    if word in grammar.adjuncts or word in grammar.days or word == "yang" or word[0].isdigit():
        return True
    return prose.tokens.name_at[i] < 0 and looks_verbal(word, prose.lexicon)


def _with_outer(prose: Prose, phrase: Phrase, start: int, floor: int, *, described: bool = False) -> Phrase:
    """Where the phrase describes a name before its comma (`Budi, ketua panitia,`), take the name with it.

    `described` where it may do so though it has a name itself: `Budi, pengacara Ana,`.
    """
    while start - 1 > floor and prose.comma(start - 1):
        before = _segment_start(prose, start - 1, floor)
        if not _degrees(prose, before, start - 1):
            break
        start = before
    if (phrase.names and not described) or phrase.pronoun or start - 1 <= floor or not prose.comma(start - 1):
        return phrase
    outer_start = _segment_start(prose, start - 1, floor)
    lead = skip_connectives(prose, outer_start, start - 1)
    outer = phrase_at(prose.tokens, lead, start - 1, prose.lexicon) if lead < start - 1 else None
    if outer is not None and outer.pronoun is not None and outer.end == start - 1:
        # `Kami, warga dalam Aliansi Air, menyatakan`
        return outer
    if outer is None or len(outer.names) != 1 or outer.names[0].type is not EntityType.PER:
        return phrase
    if phrase.names and outer.end != start - 1:
        return phrase
    return Phrase(outer.start, phrase.end, outer.names, role=outer.role or phrase.role)
