"""Facets are shown where they can narrow the results."""

from __future__ import annotations

from kliping_search.domain.state import SearchState
from kliping_search.pages.searching import narrowing
from kliping_shared.store.ports import FacetValue, SearchPage


def _page(total: int, **facets: tuple[FacetValue, ...]) -> SearchPage:
    return SearchPage(total=total, hits=(), facets=facets)


def test_a_facet_whose_only_value_all_results_have_is_left_out() -> None:
    """One that some results lack, or with several values, is shown; one that knows no value is not."""
    page = _page(
        3,
        kind=(FacetValue("direct", 3),),
        role=(FacetValue("Camat", 2),),
        outlet=(FacetValue("Warta", 2), FacetValue("Lentera", 1)),
        origin=(),
        story_id=(FacetValue("s1", 2),),
    )
    assert set(narrowing(SearchState(), page)) == {"role", "outlet"}


def test_a_chosen_value_stays_to_be_taken_back() -> None:
    """Whether it is wanted or left out."""
    page = _page(3, kind=(FacetValue("direct", 3),), stance=(FacetValue("deny", 3),), cue=(FacetValue("kata", 3),))
    state = SearchState().toggled("kind", "direct").toggled_out("stance", "warn")
    assert set(narrowing(state, page)) == {"kind", "stance"}
