"""Layers become contracts with characters that round-trip."""

from __future__ import annotations

from datetime import UTC, date, datetime

from kliping_extract.domain.cast import Cast
from kliping_extract.domain.claims import find_attributions
from kliping_extract.domain.people import find_introductions
from kliping_extract.domain.projection import claim_id, enriched, project
from kliping_extract.domain.speakers import resolve_speakers
from kliping_extract.lexicons import load_lexicon
from kliping_extract.pipeline import readings
from kliping_shared.contracts.article import Article
from kliping_shared.contracts.enriched import ClaimKind, EnrichedArticle, Extractor, Modality, ResolvedFrom, Stance
from kliping_shared.dates import find_dates
from tests.unit.extract.annotated import clusters, prose, unmarked

NOW = datetime(2026, 3, 5, tzinfo=UTC)
MARKED = (
    "Kepala [ORG Dinas Air] [PER Ana Quispe] membantah, Rabu (4/3/2026), bahwa 12 pintu di [LOC Lima] rusak. "
    "“Semua aman,” katanya saat ditemui di [LOC Cusco]."
)


def article(text: str, language: str | None = "id") -> Article:
    return Article(
        article_id="a1",
        document_key="d1",
        text=text,
        path="a.txt",
        media_type="text/plain",
        file_sha256="0" * 64,
        ingested_at=NOW,
        language=language,
        published_at=NOW,
    )


def projected(marked: str = MARKED) -> EnrichedArticle:
    read, text = prose(marked), unmarked(marked)[0]
    groups = clusters(marked)
    placed = {mention.start: cluster for cluster in groups for mention in cluster.mentions}
    found = find_attributions(read)
    return project(
        article(text),
        clusters=groups,
        prose=read,
        attributions=found,
        speakers=resolve_speakers(found, Cast(read, placed, find_introductions(read), found)),
        dates=find_dates(text, NOW.date()),
        confidence=load_lexicon().confidence,
        readings=readings(load_lexicon()),
        extractor=Extractor(name="test", version="1"),
        now=NOW,
    )


def test_a_claim_carries_everything_the_sentence_says() -> None:
    """Cue, stance, role, affiliation, date, mentions and quantities are read off around the statement."""
    first = projected().claims[0]
    assert (first.text, first.kind) == ("12 pintu di Lima rusak", ClaimKind.INDIRECT)
    assert first.cue is not None
    assert (first.cue.text, first.cue.stance) == ("membantah", Stance.DENY)
    assert (first.role, first.affiliation) == ("Kepala Dinas Air", "Dinas Air")
    assert first.date is not None
    assert first.date.first == date(2026, 3, 4)
    assert [(q.value, q.unit) for q in first.quantities] == [(12, "pintu")]
    assert len(first.mentions) == 1
    assert (first.negated, first.modality, first.speaker.public) == (True, Modality.ASSERTED, True)


def test_the_mark_behind_a_statement_makes_it_a_question() -> None:
    """Whether it is of the claim's span or not."""
    text = "“Air sudah surut?” kata [PER Ana Quispe]. “Surut?” katanya. Ia bertanya-tanya, apakah air sudah surut?"
    assert {claim.modality for claim in projected(text).claims} == {Modality.QUESTION}


def test_a_claim_mentions_the_dates_it_speaks_of() -> None:
    """A date inside the claim is mentioned, one beside it is when it was said."""
    (claim,) = projected("[PER Ana Quispe] mengatakan, Rabu (4/3), pintu rusak sejak 1 Maret pukul 09.00 WIB.").claims
    assert claim.date is not None
    assert (claim.date.first, [day.first for day in claim.dates]) == (date(2026, 3, 4), [date(2026, 3, 1)])
    assert [str(day.time) for day in claim.dates] == ["09:00:00+07:00"]


def test_pronouns_keep_their_person() -> None:
    """A claim with -nya has the entity of who spoke before and says how it was resolved."""
    first, second = projected().claims
    assert second.speaker.entity_id == first.speaker.entity_id is not None
    assert second.speaker.resolved_from is ResolvedFrom.PRONOUN


def test_a_claim_tells_where_and_when_it_was_made() -> None:
    """Place and occasion beside the speech act."""
    second = projected().claims[1]
    assert second.place is not None
    assert second.occasion is not None
    assert (second.place.text, second.occasion.text) == ("Cusco", "saat ditemui")


def test_offsets_round_trip() -> None:
    """Every mention, span, cue, quantity and date stands where it says."""
    made = projected()
    for entity in made.entities:
        assert all(made.text[m.start : m.end] == m.text for m in entity.mentions)
    for claim in made.claims:
        assert claim.text == " ".join(span.of(made.text) for span in claim.spans)
        assert claim.cue is None or claim.cue.of(made.text) == claim.cue.text
        assert all(q.of(made.text) == q.text for q in claim.quantities)
        assert all(m is None or m.of(made.text) == m.text for m in (claim.place, claim.occasion))
        assert all(day.of(made.text) == day.text for day in claim.dates)
        assert all(claim.sentence.start <= s.start and s.end <= claim.sentence.end for s in claim.spans)


def test_the_same_text_gives_the_same_ids() -> None:
    """Projection is deterministic."""
    assert projected() == projected()


def test_claim_ids_differ_by_article_and_span() -> None:
    """An id names one stretch of one article."""
    assert len({claim_id("a", [(0, 4)]), claim_id("a", [(0, 5)]), claim_id("b", [(0, 4)])}) == 3


def test_enriched_keeps_the_article_as_it_came() -> None:
    """All fields of the article survive."""
    came = article("Teks.")
    made = enriched(came, Extractor(name="none", version="1"), NOW)
    assert made.model_dump(include=set(Article.model_fields) - {"contract"}) == came.model_dump(exclude={"contract"})
    assert made.contract == "enriched/1"
