"""Small worlds of articles for property tests: few speakers and few statements, so that much is grouped."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from kliping_link.linker import link
from kliping_link.memory_state import MemoryState
from kliping_link.ports import LinkState
from kliping_shared.contracts import ClaimGroup, EnrichedArticle, EntityType, Story
from kliping_shared.corrections.groups import Anchor, GroupCorrection, correction
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


@dataclass(frozen=True)
class Decision:
    """A person makes a correction, or takes it back."""

    correction: GroupCorrection
    stands: bool


#: Makes a correction known to a state, or has it forgotten.
Decide = Callable[[Decision], None]

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


def newest(articles: Sequence[EnrichedArticle]) -> dict[str, EnrichedArticle]:
    """The current article of each document."""
    return {article.document_key: article for article in articles}


@st.composite
def corrected_schedules(draw: st.DrawFn) -> tuple[list[EnrichedArticle], list[Delivery | Decision]]:
    """The same with people who correct groups and take it back meanwhile.

    After the last decision the current articles that it speaks of are delivered again, as the commands see to.
    """
    articles, deliveries = draw(schedules())
    anchors = [Anchor.of(article, claim) for article in articles for claim in article.claims]
    made = draw(st.lists(_corrections(anchors), max_size=4)) if len(anchors) > 1 else []
    steps: list[Delivery | Decision] = list(deliveries)
    for one in made:
        places = sorted(draw(st.lists(st.integers(0, len(steps)), min_size=1, max_size=3)))
        for turn, place in enumerate(places):
            steps.insert(place + turn, Decision(one, stands=turn % 2 == 0))
    spoken_of = {anchor.document_key for one in made for anchor in one.anchors}
    current = [articles.index(newest(articles)[key]) for key in sorted(spoken_of)]
    return articles, [*steps, *map(Delivery, draw(st.permutations(current)))]


def _corrections(anchors: Sequence[Anchor]) -> st.SearchStrategy[GroupCorrection]:
    def made(chosen: list[Anchor], apart: int, minutes: int) -> GroupCorrection:
        cut = max(1, len(chosen) - apart)
        return correction(chosen[:cut], chosen[cut:], at=NOW + timedelta(minutes=minutes), reason=None, by=None)

    some = st.lists(st.sampled_from(anchors), min_size=2, max_size=6, unique_by=lambda anchor: anchor.claim_id)
    return st.builds(made, some, st.integers(0, 3), st.integers(0, 2))


def run(
    state: LinkState,
    articles: list[EnrichedArticle],
    steps: Sequence[Delivery | Decision],
    decide: Decide = lambda _: None,
) -> Shelf:
    """What an index holds after the deliveries, and the decisions between them."""
    shelf = Shelf()
    for step in steps:
        if isinstance(step, Decision):
            decide(step)
            continue
        linked = link(state, articles[step.article], NOW)
        if step.published:
            shelf.put(linked)
    return shelf


def decide_in(state: MemoryState) -> Decide:
    """Makes decisions known to a state in memory."""

    def decide(decision: Decision) -> None:
        name = decision.correction.correction_id
        state.corrections.pop(name, None)
        if decision.stands:
            state.corrections[name] = decision.correction

    return decide


def at_rest(
    articles: Sequence[EnrichedArticle], steps: Sequence[Delivery | Decision]
) -> tuple[dict[str, ClaimGroup], dict[str, Story]]:
    """What an index is to hold: the current articles, linked in order when all decisions had been made."""
    state, shelf = MemoryState(), Shelf()
    for step in steps:
        if isinstance(step, Decision):
            decide_in(state)(step)
    for article in newest(articles).values():
        shelf.put(link(state, article, NOW))
    return shelf.without_versions()
