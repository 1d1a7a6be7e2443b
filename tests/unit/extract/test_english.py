"""The English claim rules, on invented sentences with names marked by hand."""

from __future__ import annotations

from functools import cache

import pytest
import spacy
from spacy.language import Language

from kliping_extract.domain.canonical import cluster_names, known_names
from kliping_extract.domain.name_sources import Named
from kliping_extract.domain.prose import read_prose
from kliping_extract.domain.tokens import place, tokens_of
from kliping_extract.english.finder import find_attributions
from kliping_extract.english.lexicon import load_english
from kliping_extract.english.names import tidied
from kliping_extract.english.speakers import Cast, find_introductions, resolve_speakers
from kliping_shared.contracts.enriched import EntityType, Stance
from tests.unit.extract.annotated import Said, unmarked

LEXICON = load_english()
FORMS = sorted(form for form, word in LEXICON.cues.items() if form != "according")


@cache
def _nlp() -> Language:
    return spacy.blank("en")


def said(marked: str) -> list[Said]:
    """Who says what in a marked text (see `annotated.py`)."""
    text, surfaces = unmarked(marked)
    doc = _nlp()(text)
    doc.ents = [span for s in surfaces if (span := doc.char_span(s.start, s.end, s.type)) is not None]
    assert len(doc.ents) == len(surfaces)
    names = [(ent.start, ent.end, EntityType(ent.label_)) for ent in doc.ents]
    prose = read_prose(tokens_of(place(doc, text), [(0, len(text))], names), LEXICON)
    clusters = cluster_names(surfaces, known_names(LEXICON.known_names), {}, LEXICON.generic_heads)
    placed = {mention.start: cluster for cluster in clusters for mention in cluster.mentions}
    found = find_attributions(prose)
    speakers = resolve_speakers(found, Cast(prose, placed, find_introductions(prose)))
    return [
        Said(
            speaker=speaker.name,
            kind=str(item.kind),
            cue=prose.tokens.span_text(*item.cue) if item.cue else None,
            text=" | ".join(prose.tokens.span_text(*span) for span in item.spans),
            via=speaker.role,
        )
        for item, speaker in zip(found, speakers, strict=True)
    ]


def told(marked: str) -> list[tuple[str, str]]:
    """Speaker and text of each claim."""
    return [(claim.speaker, claim.text) for claim in said(marked)]


@pytest.mark.parametrize("form", [form for form in FORMS if not form.endswith("ing")])
def test_every_verb_attributes_a_quote(form: str) -> None:
    """Each finite form works on both sides of its subject."""
    assert told(f"“The water has gone,” {form} [PER Ana Quispe].") == [("Ana Quispe", "The water has gone")]
    assert told(f"“The water has gone,” [PER Ana Quispe] {form}.") == [("Ana Quispe", "The water has gone")]


@pytest.mark.parametrize("form", [form for form in FORMS if not form.endswith("ing")])
def test_every_verb_reports_a_clause_with_that(form: str) -> None:
    """Each finite form works between a name and that."""
    whom = "reporters " if LEXICON.cues[form].governs == {"person"} else ""
    assert told(f"[PER Ana Quispe] {form} {whom}that the water had gone.") == [("Ana Quispe", "the water had gone")]


@pytest.mark.parametrize("form", [form for form in FORMS if form.endswith("ing")])
def test_every_participle_adds_a_statement(form: str) -> None:
    """Each participle works behind a first verb of the same subject."""
    whom = "reporters " if LEXICON.cues[form].governs == {"person"} else ""
    assert told(f"[PER Ana Quispe] said the water had gone, {form} {whom}that roads were open.") == [
        ("Ana Quispe", "the water had gone"),
        ("Ana Quispe", "roads were open"),
    ]


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("[PER Ana Quispe] said the water had gone.", ("Ana Quispe", "the water had gone")),
        ("[PER Ana Quispe] said on Tuesday the water had gone.", ("Ana Quispe", "the water had gone")),
        ("[PER Ana Quispe] said on March 3 the water had gone.", ("Ana Quispe", "the water had gone")),
        ("[PER Ana Quispe] said in a statement on Tuesday that the water had gone.", ("Ana Quispe", "the water had gone")),
        ("[PER Ana Quispe] told reporters the water had gone.", ("Ana Quispe", "the water had gone")),
        ("[PER Ana Quispe] told [ORG Gema] on Monday that the water had gone.", ("Ana Quispe", "the water had gone")),
        ("[PER Ana Quispe] also stressed the roads would be open.", ("Ana Quispe", "the roads would be open")),
        ("[PER Ana Quispe] promised to open the roads.", ("Ana Quispe", "to open the roads")),
        ("[PER Ana Quispe] asked whether the water had gone.", ("Ana Quispe", "whether the water had gone")),
        ("[PER Ana Quispe], the mayor of [LOC Rowasa], said the water had gone.", ("Ana Quispe", "the water had gone")),
        ("[ORG Gema], the owner of the port, said in a statement that the water had gone.", ("Gema", "the water had gone")),
        ("[PER Ana Quispe], who leads the rescue, said the water had gone.", ("Ana Quispe", "the water had gone")),
        ("In [LOC Rowasa] on Monday, [PER Ana Quispe] said that the water had gone.", ("Ana Quispe", "the water had gone")),
        ("The water had gone, [PER Ana Quispe] said.", ("Ana Quispe", "The water had gone")),
        ("But the water had gone, [PER Ana Quispe] said on Tuesday.", ("Ana Quispe", "the water had gone")),
        ("The water had gone, said [PER Ana Quispe], the mayor of [LOC Rowasa].", ("Ana Quispe", "The water had gone")),
        ("The water, [PER Ana Quispe] said, had gone by noon.", ("Ana Quispe", "The water | had gone by noon")),
        ("According to [PER Ana Quispe], the water had gone.", ("Ana Quispe", "the water had gone")),
        ("According to [PER Ana Quispe], the mayor of [LOC Rowasa], the water had gone.", ("Ana Quispe", "the water had gone")),
        ("The water had gone, according to [ORG Gema].", ("Gema", "The water had gone")),
        ("[PER Ana Quispe] said: “The water has gone.”", ("Ana Quispe", "The water has gone")),
        ("[PER Ana Quispe] told reporters: “The water has gone.”", ("Ana Quispe", "The water has gone")),
        ("“The water,” said [PER Ana Quispe], the mayor, “has gone.”", ("Ana Quispe", "The water | has gone")),
        ("“The water has gone,” [PER Ana Quispe] said. “Roads are open again.”", ("Ana Quispe", "The water has gone | Roads are open again")),
        ("[PER Ana Quispe] and [PER Tomo Wals] said the water had gone.", ("Ana Quispe & Tomo Wals", "the water had gone")),
        ("Residents near the river said the water had gone.", ("residents near the river", "the water had gone")),
        ("A spokeswoman for [ORG Gema] said the water had gone.", ("spokeswoman for Gema", "the water had gone")),
        ("The water had gone, police said.", ("police", "The water had gone")),
        ("[LOC Moscow] said that the water had gone.", ("Moskow", "the water had gone")),
    ],
)  # fmt: skip
def test_who_says_what(marked: str, expected: tuple[str, str]) -> None:
    """One turn of attributing each."""
    assert told(marked) == [expected]


@pytest.mark.parametrize(
    "marked",
    [
        "It is said that the water had gone.",
        "[PER Ana Quispe] was told that the water had gone.",
        "[PER Ana Quispe] did not say that the water had gone.",
        "[PER Ana Quispe] declined to say whether the water had gone.",
        "If [PER Ana Quispe] said that the water had gone, people would return.",
        "[PER Ana Quispe] confirmed the report.",
        "[PER Ana Quispe] announced a plan.",
        "Saying goodbye to [LOC Rowasa] was hard.",
        "The boats moved according to the wind and [PER Ana Quispe] slept.",
    ],
)
def test_what_nobody_says(marked: str) -> None:
    """What was not said, is only supposed, or is a deed, is no claim."""
    assert told(marked) == []


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("[PER Ana Quispe] told the Gema Daily the water had gone.", ("Ana Quispe", "the water had gone")),
        ("Her lawyer, [PER Ana Quispe], said the water had gone.", ("Ana Quispe", "the water had gone")),
        ("Officials in [LOC Rowasa] and [LOC Lamura] said it rains.", ("officials in Rowasa and Lamura", "it rains")),
    ],
)
def test_who_is_told_and_who_is_only_named_beside(marked: str, expected: tuple[str, str]) -> None:
    """Names that are no subject, and one that is behind its office."""
    assert told(marked) == [expected]


@pytest.mark.parametrize("joint", ["but", "while"])
def test_somebody_elses_view_ends_a_statement(joint: str) -> None:
    """Two speakers in one sentence."""
    assert told(f"Critics say the water will rise, {joint} the mayor says that it has gone.") == [
        ("critics", "the water will rise"),
        ("mayor", "it has gone"),
    ]


def test_a_relative_clause_is_no_office() -> None:
    """Nor is it part of the name; an office before a name between commas is one."""
    (claim,) = said("“The water has gone,” [PER Ana Quispe], who leads the board, told [ORG Gema].")
    assert (claim.speaker, claim.via) == ("Ana Quispe", None)
    (claim,) = said("The mayor of [LOC Rowasa], [PER Ana Quispe], said the water had gone.")
    assert (claim.speaker, claim.via) == ("Ana Quispe", "mayor of Rowasa")


def test_kinds_of_speech() -> None:
    """Quoted, reported, and reported with quoted words."""
    kinds = [
        said("“The water has gone,” said [PER Ana Quispe].")[0].kind,
        said("[PER Ana Quispe] said the water had gone.")[0].kind,
        said("[PER Ana Quispe] said the water was “finally gone for good” in [LOC Rowasa].")[0].kind,
    ]
    assert kinds == ["direct", "indirect", "mixed"]


@pytest.mark.parametrize("pronoun", sorted(LEXICON.grammar.pronouns_one))
def test_one_persons_pronoun_is_who_spoke_last(pronoun: str) -> None:
    """He and she take up the last person that spoke, past a body that did."""
    text = f"[PER Ana Quispe] said the water had gone. [ORG Gema] said that roads were open. “I slept,” {pronoun} said."
    assert [speaker for speaker, _ in told(text)] == ["Ana Quispe", "Gema", "Ana Quispe"]


@pytest.mark.parametrize("pronoun", sorted(LEXICON.grammar.pronouns_many))
def test_other_pronouns_are_who_spoke_last_and_is_no_person(pronoun: str) -> None:
    """They and it take up a body."""
    text = (
        f"[ORG Gema] said that roads were open. [PER Ana Quispe] said the water had gone. Trade grew, {pronoun} said."
    )
    assert [speaker for speaker, _ in told(text)] == ["Gema", "Ana Quispe", "Gema"]


def test_a_pronoun_is_the_person_named_last_where_nobody_spoke() -> None:
    """He and she take up a person who is only named."""
    assert told("[PER Ana Quispe] came home. “The water has gone,” she said.") == [("Ana Quispe", "The water has gone")]


def test_offices_are_given_and_taken_up_again() -> None:
    """The office before or behind a name is the speaker's role, and means the person when it comes alone."""
    before = said("[LOC Rowasa] mayor [PER Ana Quispe] came. “The water has gone,” the mayor said.")
    behind = said("[PER Ana Quispe], the mayor of [LOC Rowasa], said the water had gone.")
    assert [(claim.speaker, claim.via) for claim in before] == [("Ana Quispe", "Rowasa mayor")]
    assert [(claim.speaker, claim.via) for claim in behind] == [("Ana Quispe", "mayor of Rowasa")]


@pytest.mark.parametrize("noun", sorted(LEXICON.grammar.body_nouns))
def test_body_nouns_take_up_the_body_named_last(noun: str) -> None:
    """Each with the; a body whose name ends so comes before one that was named later."""
    assert told(f"[ORG Gema] grew. Trade was good, the {noun} said.") == [("Gema", "Trade was good")]
    text = f"[ORG Rowasa {noun.capitalize()}] grew. So did [ORG Gema]. Trade was good, the {noun} said."
    assert told(text) == [(f"Rowasa {noun.capitalize()}", "Trade was good")]


def test_a_short_name_is_the_person() -> None:
    """The last name alone stands for the full one."""
    text = "[PER Ana Quispe] came home. “The water has gone,” [PER Quispe] said."
    assert told(text) == [("Ana Quispe", "The water has gone")]


def test_countries_have_the_names_that_they_have_in_indonesian_articles() -> None:
    """One country is one entity in all languages."""
    assert [speaker for speaker, _ in told("The water had gone, [LOC South Africa] said.")] == ["Afrika Selatan"]


def test_no_alias_stands_for_two_names() -> None:
    """English aliases agree with the Indonesian ones (it raises where one does not)."""
    known = known_names(LEXICON.known_names)
    assert all(known.of(name.type, name.alias) == name.name for name in LEXICON.known_names)


def test_names_lose_article_title_and_possessive_and_lend_their_last_word() -> None:
    """What a trained pipeline takes into a name and Kliping does not."""
    words = [
        "the",
        "United",
        "States",
        "met",
        "President",
        "Ana",
        "Quispe",
        "'s",
        "men",
        ";",
        "Quispe",
        "left",
        ",",
        "Quispe",
        "Street",
        "did",
        "not",
    ]
    found = [
        Named(0, 3, EntityType.LOC),
        Named(4, 8, EntityType.PER),
    ]
    names = tidied(words, found, [True] * len(words), LEXICON.grammar.titles)
    assert [(" ".join(words[n.start : n.end]), str(n.type)) for n in names] == [
        ("United States", "LOC"),
        ("Ana Quispe", "PER"),
        ("Quispe", "PER"),
    ]


@pytest.mark.parametrize("title", sorted(LEXICON.grammar.titles))
def test_every_title_leaves_the_name(title: str) -> None:
    """Each title before a name is no part of it."""
    words = [title.capitalize(), "Ana", "Quispe"]
    names = tidied(words, [Named(0, 3, EntityType.PER)], [True] * 3, LEXICON.grammar.titles)
    assert names == [Named(1, 3, EntityType.PER)]


@pytest.mark.parametrize("noun", sorted(LEXICON.grammar.speaker_nouns))
def test_every_speaker_noun_speaks(noun: str) -> None:
    """Each noun names a speaker without a name."""
    assert told(f"The water had gone, the {noun} said.") == [(noun, "The water had gone")]


@pytest.mark.parametrize("adverb", sorted(LEXICON.grammar.adverbs))
def test_adverbs_change_nothing(adverb: str) -> None:
    """Each adverb may stand between subject and verb."""
    assert told(f"[PER Ana Quispe] {adverb} said the water had gone.") == [("Ana Quispe", "the water had gone")]


@pytest.mark.parametrize("day", sorted(LEXICON.grammar.days))
@pytest.mark.parametrize("on", ["", "on "])
def test_days_are_no_part_of_what_is_said(day: str, on: str) -> None:
    """Each day between verb and statement is when it was said."""
    text = f"[PER Ana Quispe] said {on}{day.capitalize()} that the water had gone."
    assert told(text) == [("Ana Quispe", "the water had gone")]


@pytest.mark.parametrize("occasion", sorted(LEXICON.grammar.occasions))
def test_occasions_are_no_part_of_what_is_said(occasion: str) -> None:
    """Each occasion between verb and statement is where it was said."""
    text = f"[PER Ana Quispe] said in a short {occasion} the water had gone."
    assert told(text) == [("Ana Quispe", "the water had gone")]


@pytest.mark.parametrize("word", sorted(LEXICON.grammar.negations))
def test_what_was_not_said_is_no_claim(word: str) -> None:
    """Each of these before the verb says that nothing was said."""
    assert told(f"[PER Ana Quispe] {word} say that the water had gone.") == []


def test_every_rule_has_a_confidence() -> None:
    """What the finder names is listed."""
    texts = [
        "“It rains,” said [PER Ana Quispe]. It rains, she said. According to her, it rains. [PER Ana Quispe] said: “Rain.”",
        "[PER Ana Quispe] said that it rains, adding that it pours. She said it rains all day. She vowed to stay dry.",
        "[PER Ana Quispe] said that it rains.\n“Then it pours and pours.”",
    ]
    assert all(claim for text in texts for claim in said(text))
    assert all(0 < value < 1 for value in LEXICON.confidence.values())


def test_stances() -> None:
    """Cues carry how it was said."""
    stances = {form: LEXICON.cues[form].stance for form in ("said", "denied", "warned", "claimed", "admitted")}
    assert list(stances.values()) == [Stance.NEUTRAL, Stance.DENY, Stance.WARN, Stance.ASSERT, Stance.ADMIT]
