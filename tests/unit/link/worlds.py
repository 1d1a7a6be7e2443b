"""Small worlds of articles for property tests: few speakers and few statements, so that much is grouped."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from hypothesis import strategies as st

from kliping_link.linker import link
from kliping_link.ports import LinkState
from kliping_shared.contracts import EnrichedArticle, EntityType
from tests.unit.link.building import Draft, Said, Shelf, build

NOW = datetime(2026, 4, 1, tzinfo=UTC)
SPEAKERS = ("Ratna Suherman", "Bagus Wirayuda", "warga sekitar", "Kabupaten Jember")
WORDINGS = (
    "jembatan gantung di pesisir selesai sebelum musim hujan",
    "jembatan gantung itu rampung sebelum musim hujan tiba",
    "jembatan gantung pesisir menelan biaya dua miliar rupiah",
    "pasar ikan pelabuhan lama ditutup selama tiga bulan",
    "penutupan pasar ikan di pelabuhan lama tiga bulan lamanya",
    "pasar ikan dan jembatan gantung di pesisir dibangun sebelum musim hujan",
    "beras bantuan dibagikan kepada keluarga nelayan",
    "tidak ada beras bantuan bagi keluarga nelayan",
)


@dataclass(frozen=True)
class Delivery:
    """One arrival of a message at a worker; ``published`` is False when the worker died after its commit."""

    article: int
    published: bool = True


said = st.builds(
    lambda speaker, text: Said(speaker, text, named=speaker[0].isupper(), role="Bupati Kabupaten Jember"),
    st.sampled_from(SPEAKERS),
    st.sampled_from(WORDINGS),
)
drafts = st.lists(
    st.tuples(st.lists(said, max_size=3), st.sampled_from((0, 0, 1, 5, 8, 12, None)), st.integers(1, 3)),
    min_size=2,
    max_size=6,
)


def world(rows: list[tuple[list[Said], int | None, int]]) -> list[EnrichedArticle]:
    """Articles; one that has several revisions comes as so many articles, each replacing the earlier ones."""
    return [
        build(
            Draft(
                f"a{number}r{revision}",
                tuple(claims[: len(claims) + 1 - revision] if revision > 1 else claims),
                lead=f"Peninjauan di Jember nomor {number} versi {revision}",
                names=(("Kabupaten Jember", EntityType.LOC),),
                day=day,
                document_key=f"d{number}",
                revision=revision,
                supersedes=tuple(f"a{number}r{earlier}" for earlier in range(1, revision)),
                outlet=f"Outlet {number % 3}",
            )
        )
        for number, (claims, day, revisions) in enumerate(rows)
        for revision in range(1, revisions + 1)
    ]


@st.composite
def schedules(draw: st.DrawFn) -> tuple[list[EnrichedArticle], list[Delivery]]:
    """A world and an order of deliveries, some twice, some by a worker that dies before it publishes.

    Every message is at last delivered to a worker that lives, as the bus guarantees.
    """
    articles = world(draw(drafts))
    lost = draw(st.lists(st.builds(Delivery, st.integers(0, len(articles) - 1), st.booleans()), max_size=8))
    kept = [Delivery(number) for number in range(len(articles))]
    order = draw(st.permutations([*lost, *kept]))
    died = {delivery.article for delivery in order if not delivery.published}
    return articles, [*order, *(Delivery(number) for number in sorted(died))]


def run(state: LinkState, articles: list[EnrichedArticle], deliveries: list[Delivery]) -> Shelf:
    """What an index holds after the deliveries."""
    shelf = Shelf()
    for delivery in deliveries:
        linked = link(state, articles[delivery.article], NOW)
        if delivery.published:
            shelf.put(linked)
    return shelf
