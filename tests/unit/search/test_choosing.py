"""Values of a facet lead to the search with them and without them."""

from __future__ import annotations

import pytest

from kliping_search.choosing import choices
from kliping_search.domain.state import SearchState
from kliping_shared.store.ports import FacetValue

STATES = (
    SearchState(),
    SearchState(query="harga beras", sort="newest", date_from="2026-01-02"),
    SearchState(filters={"kind": ("direct",), "speaker": ("Sari",)}, excluded={"speaker": ("Ani & Budi",)}),
    SearchState(filters={"stance": ("deny",)}, excluded={"cue": ("kata",)}, cursor="next"),
    SearchState(query="\uf8ff Watch"),
)
VALUES = ("Sari", "Ani & Budi", 'Dr. "Rudi" / 7%', "Ñurul Huda", "")


@pytest.mark.parametrize("state", STATES)
def test_a_value_leads_where_toggling_it_leads(state: SearchState) -> None:
    """In whichever state of the search, and whatever characters the value has."""
    made = list(choices(state, "speaker", [FacetValue(value, 1) for value in VALUES]))
    assert [one.pick for one in made] == [state.toggled("speaker", value).address() for value in VALUES]
    assert [one.leave for one in made] == [state.toggled_out("speaker", value).address() for value in VALUES]


def test_what_is_chosen_or_left_out_is_told() -> None:
    """Each value says whether it is one or the other."""
    state = SearchState(filters={"speaker": ("Sari",)}, excluded={"speaker": ("Ani",)})
    sari, ani, rudi = choices(state, "speaker", [FacetValue(name, 1234) for name in ("Sari", "Ani", "Rudi")])
    assert (sari.chosen, sari.out, ani.chosen, ani.out) == (True, False, False, True)
    assert (rudi.chosen, rudi.out, rudi.called, rudi.count) == (False, False, "Rudi", "1,234")
