"""The whole pipeline takes any text, keeps offsets, and forgets what it read."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from kliping_extract import pipeline
from kliping_extract.domain.pieces import LONGEST, LONGEST_RUN, cut
from kliping_extract.domain.zones import stated_names
from kliping_extract.extractor import Extractor
from kliping_extract.handlers import extract_article
from kliping_extract.reader import Reader
from kliping_extract.routes import routes
from kliping_shared.contracts.article import Article, Zone, ZoneKind
from kliping_shared.contracts.streams import ARTICLE, ENRICHED

NOW = datetime(2026, 3, 5, tzinfo=UTC)
NEWS = "“Sawah kami kering,” kata Wayan Sudira di Jembrana."
PIECES = st.sampled_from(
    ['"', "“", "”", "'", "‘", "’", "«", "»", "kata ", "Budi ", "Presiden ", "mengatakan ", "bahwa ", ", ", ". ", "\n", "menurut ", "dan ",
     "yang ", "ujarnya", "Rp 5 juta ", "(", ")", "dilansir ", "sebagai ", "🙂", "\x00", "\u200b", "Rabu (13/9) ", "itu ", ":", "-", "baik "]
)  # fmt: skip


def article(text: str, zones: tuple[Zone, ...] = (), language: str | None = "id", name: str = "a1") -> Article:
    return Article(
        article_id=name,
        document_key=name,
        text=text,
        zones=zones,
        path="a.txt",
        media_type="text/plain",
        file_sha256="0" * 64,
        ingested_at=NOW,
        language=language,
    )


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    """The shipped pipeline."""
    return pipeline.load()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(text='"')
@example(text="\ufeff\x00")
@example(text='"' * 300)
@example(text="Kabar baik")
@example(text="Menurut perawat, baik")
@example(text="Dikatakan baik")
@given(text=st.one_of(st.text(min_size=1, max_size=80), st.lists(PIECES, min_size=1, max_size=40).map("".join)))
def test_any_text_is_taken_and_offsets_round_trip(extractor: Extractor, text: str) -> None:
    """Odd marks, controls and emoji never raise, and everything found stands where it says."""
    made = extractor.extract(article(text))
    assert made.text == text
    for entity in made.entities:
        assert all(text[m.start : m.end] == m.text for m in entity.mentions)
    for claim in made.claims:
        assert claim.text == " ".join(span.of(text) for span in claim.spans)


def test_many_marks_are_read_in_one_go(extractor: Extractor) -> None:
    """Twenty thousand quote marks, and a line without blanks, are no trouble."""
    assert extractor.extract(article(' "a' * 20_000)).entities is not None
    assert extractor.extract(article("x" * 100_000)).claims == ()


def test_batches_keep_order_and_equal_single_runs(extractor: Extractor) -> None:
    """`extract_many` gives what `extract` gives, in the order of its input."""
    articles = [article(f"{NEWS} Nomor {i}.", name=f"a{i}") for i in range(40)]
    made = list(extractor.extract_many(articles))
    assert [m.article_id for m in made] == [a.article_id for a in articles]
    assert made[7].claims == extractor.extract(articles[7]).claims


def test_two_runs_may_be_interleaved(extractor: Extractor) -> None:
    """A second run may begin while the results of the first are being taken."""
    first = extractor.extract_many([article(NEWS, name=f"a{i}") for i in range(40)])
    assert next(first).claims == extractor.extract(article(NEWS, name="a0")).claims
    assert sum(1 for _ in first) == 39


def test_boilerplate_says_nothing(extractor: Extractor) -> None:
    """Zones that are no prose give neither claims nor entities."""
    text = f"{NEWS}\nBaca juga: “Kami rugi,” kata Made Kertha di Ubud."
    border = text.index("\n")
    zones = (
        Zone(start=0, end=border, kind=ZoneKind.BODY),
        Zone(start=border + 1, end=len(text), kind=ZoneKind.BOILERPLATE),
    )
    made = extractor.extract(article(text, zones))
    assert [claim.text for claim in made.claims] == ["Sawah kami kering"]
    assert all(m.end <= border for entity in made.entities for m in entity.mentions)


def test_a_quote_goes_on_behind_an_advert_without_it(extractor: Extractor) -> None:
    """What is no prose between the words of a statement is left out of it: two spans, whether quoted or not."""
    first, advert, last = "Made Kertha mengatakan bahwa sawah “tidak", "Baca juga: Kering", "panen lagi” tahun ini."
    text = f"{first}\n{advert}\n{last}"
    at, behind = len(first) + 1, len(first) + len(advert) + 2
    zones = (
        Zone(start=0, end=at - 1, kind=ZoneKind.BODY),
        Zone(start=at, end=behind - 1, kind=ZoneKind.BOILERPLATE),
        Zone(start=behind, end=len(text), kind=ZoneKind.BODY),
    )
    (claim,) = extractor.extract(article(text, zones)).claims
    assert [span.of(text) for span in claim.spans] == ["sawah “tidak", "panen lagi” tahun ini"]


def test_names_of_the_dateline_are_found_behind_letters_that_grow_with_their_case() -> None:
    """`ß` compares as two letters, which moves nothing."""
    title, dateline = "Jalan Straße Ditutup", "JEMBRANA, KABARBARU -"
    text = f"{title}\n{dateline} Sawah kering."
    zone = Zone(start=len(title) + 1, end=len(title) + 1 + len(dateline), kind=ZoneKind.DATELINE)
    stated = stated_names(
        article(text, (zone,)).model_copy(update={"outlet": "KabarBaru", "dateline_place": "Jembrana"})
    )
    assert [text[start:end] for start, end, _ in stated] == ["JEMBRANA", "KABARBARU"]


def test_another_language_passes_through_and_says_so(extractor: Extractor) -> None:
    """An article in a language without a pipeline keeps its text and has no annotations."""
    made = extractor.extract(article('"We are ready," said John.', language="en"))
    assert (made.extractor.name, made.claims, made.entities) == ("none", (), ())


def test_strings_of_articles_are_forgotten() -> None:
    """The vocabulary never holds more than it is told to keep of articles' words, however many are read one by one."""
    forgetful = Reader(pipeline.indonesian(), clock=lambda: NOW, remembered=500)
    bare = len(forgetful.vocabulary)
    sizes = []
    for i in range(200):
        forgetful.read([article(f"“Kata{i}unik kami,” kata Nama{i}aneh Marga{i}aneh.")])
        sizes.append(len(forgetful.vocabulary))
    assert max(sizes) <= bare + 500
    assert max(sizes[100:]) <= max(sizes[:100])
    forgetful.forget()
    assert len(forgetful.vocabulary) == bare


def test_what_is_found_does_not_depend_on_what_was_read(extractor: Extractor) -> None:
    """An article gives the same after others and after its words were forgotten."""
    first = extractor.extract(article(NEWS))
    for i in range(5):
        extractor.extract(article(f"{NEWS} Kata{i}baru, ujar Made Kertha dari PT Laut{i} di Ubud."))
    again = extractor.extract(article(NEWS))
    extractor.forget()
    afresh = extractor.extract(article(NEWS))
    assert first.claims == again.claims == afresh.claims
    assert first.entities == again.entities == afresh.entities


@pytest.mark.parametrize("text", ["", "a", "kata " * 9000, "x" * 5000, ("baris\n" * 7000), "é" * (LONGEST + 3)])
def test_pieces_join_to_the_text(text: str) -> None:
    """Cutting loses nothing and bounds every piece and every run without a blank."""
    pieces = cut(text)
    assert "".join(pieces) == text
    assert all(len(piece) <= LONGEST for piece in pieces)
    assert all(len(run) <= LONGEST_RUN for piece in pieces for run in piece.split())


def test_the_route_hands_articles_to_the_extractor(extractor: Extractor) -> None:
    """The service has one route, from articles to enriched articles."""
    (route,) = routes(extractor)
    assert (route.consumes, route.produces, route.group) == (ARTICLE, ENRICHED, "extract")
    assert route.handler(article(NEWS)).claims == extract_article(article(NEWS), extractor=extractor).claims
