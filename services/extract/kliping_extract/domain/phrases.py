"""Noun phrases that can name a speaker, read forwards from their first token or backwards to it."""

from __future__ import annotations

from dataclasses import dataclass

from kliping_extract.domain.lexicon import CueClass, Lexicon
from kliping_extract.domain.tokens import MARKS, Name, Tokens
from kliping_shared.contracts.enriched import EntityType

#: The longest role or descriptive phrase that is followed, in tokens; longer runs are garbled text.
LONGEST = 18
_BREAKS = frozenset({".", ";", ":", "?", "!", "(", ")", "[", "]", "–", "—", "--", "…", "|"}) | MARKS
_VERB_PREFIXES = ("meng", "meny", "mem", "men", "me", "ber", "di", "ter")


@dataclass(frozen=True, slots=True)
class Phrase:
    """Tokens [start, end) that name a speaker.

    `names` are the names it consists of (several for joint speakers), `role` the tokens of an office before the name,
    or the whole phrase where it has no name; `pronoun` is set for a pronoun; `definite` where a demonstrative closes it.
    """

    start: int
    end: int
    names: tuple[Name, ...] = ()
    role: tuple[int, int] | None = None
    pronoun: str | None = None
    definite: bool = False
    noun: bool = False

    @property
    def speakable(self) -> bool:
        """Whether it is of a kind that speaks: a name, an office, a pronoun or a known speaker noun."""
        return bool(self.names) or self.role is not None or self.pronoun is not None or self.noun


def looks_verbal(word: str, lexicon: Lexicon) -> bool:
    """Whether a lower-case word has a verb's prefix and is no known noun."""
    if len(word) < 5 or not word.startswith(_VERB_PREFIXES):
        return False
    return not (
        word in lexicon.grammar.not_verbs or word in lexicon.role_heads or word in lexicon.grammar.speaker_nouns
    )


def phrase_at(tokens: Tokens, i: int, limit: int, lexicon: Lexicon) -> Phrase | None:
    """The phrase that begins at token `i` and ends before `limit`, or None where none can begin there."""
    limit = min(limit, len(tokens))
    if i >= limit:
        return None
    if tokens.lower[i] in lexicon.pronouns:
        return Phrase(i, i + 1, pronoun=tokens.lower[i])
    if tokens.lower[i] == "baik" and i + 1 < limit:
        both = _joint(tokens, _single(tokens, i + 1, i + 1, limit, lexicon), limit, lexicon)
        if both is not None:
            return both if len(both.names) > 1 else None
    head = i
    while head < limit and tokens.lower[head] in lexicon.grammar.determiners and tokens.name_at[head] < 0:
        head += 1
    head = _past_titles(tokens, head, limit, lexicon)
    if head >= limit:
        return None
    return _joint(tokens, _single(tokens, i, head, limit, lexicon), limit, lexicon)


def _past_titles(tokens: Tokens, i: int, limit: int, lexicon: Lexicon) -> int:
    """Where the person's name begins when token `i` opens its titles (`Prof. Dr. Ana`), else `i`."""
    end = i
    while end < limit and (tokens.lower[end] in lexicon.grammar.honorifics or tokens.words[end] == "."):
        end += 1
    name = tokens.name_from(end) if i < end < limit else None
    return end if name is not None and name.type is EntityType.PER else i


def _single(tokens: Tokens, start: int, head: int, limit: int, lexicon: Lexicon) -> Phrase | None:
    name = tokens.name_from(head)
    word = tokens.lower[head]
    if word in lexicon.role_heads and not (name and name.type is EntityType.PER):
        return _with_role(tokens, start, head, limit, lexicon)
    if name is not None and name.end <= limit:
        title = name.end < limit and name.type is not EntityType.PER and tokens.name_from(name.end)
        if title and title.type is EntityType.PER and title.end <= limit:
            return Phrase(start, title.end, (title,))
        return Phrase(start, name.end, (name,))
    return _common(tokens, start, head, limit, lexicon)


def _with_role(tokens: Tokens, start: int, head: int, limit: int, lexicon: Lexicon) -> Phrase | None:
    """An office, with the person's name where one follows it, at once or after a comma."""
    end = head
    while end < min(limit, head + LONGEST):
        name = tokens.name_from(end)
        if name is not None and name.type is EntityType.PER and end > head and name.end <= limit:
            if name.end < limit and tokens.lower[name.end] in lexicon.grammar.demonstratives:
                return Phrase(start, name.end + 1, role=(head, name.end), definite=True)
            if (other := _described(tokens, name.end, limit, lexicon)) is not None:
                return Phrase(start, other.end, (other,), role=(head, name.end))
            role_end = end - (tokens.words[end - 1] == ",")
            return Phrase(start, name.end, (name,), role=(head, role_end))
        if (past := _past_acronym(tokens, end, limit)) > end:
            end = past
            continue
        if tokens.words[end] == "," and not _name_after_comma(tokens, end, limit, lexicon):
            break
        if tokens.words[end] != "," and not _in_role(tokens, end, lexicon):
            break
        end += 1
    return _bare_role(tokens, start, head, end, limit, lexicon)


def _described(tokens: Tokens, comma: int, limit: int, lexicon: Lexicon) -> Name | None:
    """The person behind the comma whom the name before it helps to describe: `pengacara Ana, | Budi`; not a list."""
    if comma + 1 >= limit or tokens.words[comma] != ",":
        return None
    name = tokens.name_from(_past_titles(tokens, comma + 1, limit, lexicon))
    if name is None or name.type is not EntityType.PER or name.end > limit:
        return None
    after = tokens.lower[name.end : min(name.end + 2, limit)]
    return name if after[:1] in (["."], [","]) and after[1:] not in (["dan"], ["serta"]) else None


def _past_acronym(tokens: Tokens, i: int, limit: int) -> int:
    """Behind `(BPBD)`, `(Bawaslu)` or `(Purn.)` when it begins at token `i` inside an office, else `i`."""
    if tokens.lower[i : i + 4] == ["(", "purn", ".", ")"]:
        return min(i + 4, limit)
    closed = i + 3 < limit and tokens.words[i] == "(" and tokens.words[i + 2] == ")"
    name = tokens.name_from(i + 1) if closed else None
    known = name is None or name.type is not EntityType.PER
    return i + 3 if closed and (tokens.words[i + 1].isupper() or (known and tokens.capital(i + 1))) else i


def _name_after_comma(tokens: Tokens, comma: int, limit: int, lexicon: Lexicon) -> bool:
    """Whether the comma leads on to a person's name, perhaps past a rank (`Kepala Humas, Kombes Budi`)."""
    i, ranked = comma + 1, False
    while i < min(comma + 9, limit):
        name = tokens.name_from(i)
        if name is not None and (name.type is EntityType.PER or not ranked):
            return name.type is EntityType.PER
        title = tokens.lower[i] in lexicon.grammar.honorifics or tokens.lower[i] in lexicon.role_heads
        past = name.end if name is not None else _past_acronym(tokens, i, limit)
        if past == i and not title:
            return False
        # `Letnan Jenderal TNI (Purn.) Budi`: a rank may name its force.
        ranked = tokens.lower[i] in lexicon.grammar.honorifics
        i = max(past, i + 1)
    return False


def _in_role(tokens: Tokens, i: int, lexicon: Lexicon) -> bool:
    word = tokens.lower[i]
    if tokens.name_at[i] >= 0 or word in lexicon.grammar.links or word in lexicon.role_heads:
        return True
    if tokens.words[i] in _BREAKS:
        return False
    if tokens.capital(i) and i > 0 and tokens.capital(i - 1) and tokens.lower[i - 1] not in lexicon.phrase_ends:
        return True  # `Menteri Alam Sekitar`
    if word in lexicon.phrase_ends or word in lexicon.grammar.demonstratives:
        return False
    if tokens.capital(i):
        return True
    pointed = i + 1 < len(tokens) and tokens.lower[i + 1] in lexicon.grammar.demonstratives
    return word[0].isalnum() and (pointed or not looks_verbal(word, lexicon)) and not _is_cue(word, lexicon)


def _is_cue(word: str, lexicon: Lexicon) -> bool:
    cue = lexicon.cues.get(word)
    return cue is not None and cue.kind is not CueClass.BARE


def _bare_role(tokens: Tokens, start: int, head: int, end: int, limit: int, lexicon: Lexicon) -> Phrase | None:
    while end > head and (tokens.words[end - 1] == "," or tokens.lower[end - 1] in lexicon.grammar.links):
        end -= 1
    if end <= head:
        return None
    if (past := _past_place(tokens, end, limit, lexicon)) > end:
        return Phrase(start, past + 1, role=(head, end), definite=True)
    closed = end < limit and tokens.lower[end] in lexicon.grammar.demonstratives
    return Phrase(start, end + closed, role=(head, end), definite=closed or tokens.lower[start] == "sang")


def _past_place(tokens: Tokens, i: int, limit: int, lexicon: Lexicon) -> int:
    """Where a demonstrative closes the description: `bekas duta besar di Ankara | itu`, `pria yang menunggu | itu`."""
    if i < limit and tokens.words[i] in MARKS:
        return _past_title(tokens, i, limit, lexicon)
    if i >= limit or not (tokens.lower[i] in {"di", "dari", "pada", "yang"} or _quality(tokens, i, lexicon)):
        return i
    place = tokens.lower[i] in {"di", "dari", "pada"}
    for end in range(i + 1, min(limit, i + LONGEST)):
        if tokens.lower[end] in lexicon.grammar.demonstratives:
            return end
        if tokens.words[end] in _BREAKS or tokens.words[end] == "," or (place and not tokens.capital(end)):
            return i
        if tokens.lower[i] != "yang" and _is_cue(tokens.lower[end], lexicon):
            return i
    return i


def _past_title(tokens: Tokens, i: int, limit: int, lexicon: Lexicon) -> int:
    """Where a demonstrative closes a description with a title in quote marks: `penulis buku "Laut Biru" | itu`."""
    close = next((end for end in range(i + 1, min(limit, i + LONGEST)) if tokens.words[end] in MARKS), limit)
    after = close + 1
    return after if after < limit and tokens.lower[after] in lexicon.grammar.demonstratives else i


def _quality(tokens: Tokens, i: int, lexicon: Lexicon) -> bool:
    """Whether token `i` opens what somebody is like: `perempuan | berusia 34 tahun itu`, `diplomat | berdarah Peru itu`."""
    word = tokens.lower[i]
    return word.startswith("ber") and looks_verbal(word, lexicon) and not _is_cue(word, lexicon)


def _common(tokens: Tokens, start: int, head: int, limit: int, lexicon: Lexicon) -> Phrase | None:
    """A phrase around a common noun: `militer Korea Selatan`, `warga setempat`."""
    end = head
    while end < min(limit, head + LONGEST) and tokens.words[end] != "," and _in_role(tokens, end, lexicon):
        end += 1
    while end > head and tokens.lower[end - 1] in lexicon.grammar.links:
        end -= 1
    if end <= head or not any(character.isalpha() for character in tokens.words[head]):
        return None
    definite = end < limit and tokens.lower[end] in lexicon.grammar.demonstratives
    aged = end < limit and tokens.lower[end] in {"berusia", "berumur"}
    if head > 0 and (aged or tokens.lower[head] in lexicon.grammar.person_nouns):
        past = _past_place(tokens, end, limit, lexicon)
        end, definite = (past, True) if past > end else (end, definite)
    person = next((n for i in range(head + 1, end) if (n := tokens.name_from(i)) and n.type is EntityType.PER), None)
    human = tokens.lower[head] in lexicon.grammar.speaker_nouns and not definite
    if person is not None and (tokens.capital(head) or (human and person.end == end)) and person.end <= limit:
        return Phrase(start, person.end, (person,), role=(head, person.start))
    people = tokens.lower[start] in {"para", "seorang", "sejumlah", "beberapa", "sebagian", "seluruh"} and head > start
    noun = people or tokens.lower[head] in lexicon.grammar.speaker_nouns or (tokens.capital(head) and head > 0)
    return Phrase(start, end + definite, definite=definite, noun=noun)


def _joint(tokens: Tokens, phrase: Phrase | None, limit: int, lexicon: Lexicon) -> Phrase | None:
    """Add the second of two speakers: `Kim dan Putin`, `Presiden A dan Menteri B`, `baik Kim maupun Putin`."""
    if phrase is None or not phrase.names:
        return phrase
    end = _past_acronym(tokens, phrase.end, limit)
    if end + 1 >= limit or tokens.lower[end] not in {"dan", "&", "maupun"}:
        return phrase
    second = _single(tokens, end + 1, end + 1, limit, lexicon)
    if second is None or not second.names:
        return phrase
    return Phrase(phrase.start, second.end, phrase.names + second.names)


def phrase_before(tokens: Tokens, end: int, floor: int, lexicon: Lexicon) -> Phrase | None:
    """The phrase that ends right before token `end`, beginning at `floor` or later."""
    if end <= floor:
        return None
    if tokens.lower[end - 1] in lexicon.pronouns:
        return Phrase(end - 1, end, pronoun=tokens.lower[end - 1])
    start = end - (tokens.lower[end - 1] in lexicon.grammar.demonstratives)
    ending = tokens.name_until(start)
    if ending is not None and ending.start >= floor:
        start = ending.start
    while start > max(floor, end - LONGEST) and tokens.words[start - 1] != "," and _in_role(tokens, start - 1, lexicon):
        start -= 1
    while start < end and tokens.lower[start] in lexicon.grammar.links:
        start += 1
    phrase = phrase_at(tokens, start, end, lexicon)
    if phrase is not None and phrase.end == end:
        return phrase
    name = tokens.name_until(end)
    return Phrase(name.start, name.end, (name,)) if name is not None and name.start >= floor else None
