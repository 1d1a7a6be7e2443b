"""A search's state and its address are the same thing."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kliping_search.domain.state import SearchState, read_filters, read_state
from kliping_shared.errors import QueryError

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=12)


@given(
    st.sampled_from(["articles", "claims", "groups", "stories"]),
    WORDS.map(str.strip),
    st.dictionaries(
        st.sampled_from(["outlet", "origin", "published_month"]),
        st.lists(WORDS, min_size=1, max_size=2, unique=True).map(tuple),
    ),
    st.dictionaries(st.sampled_from(["outlet", "origin"]), st.tuples(WORDS), max_size=2),
    st.sampled_from(["relevance", "newest"]),
)
def test_the_address_gives_the_state_back(
    kind: str, query: str, filters: dict[str, tuple[str, ...]], excluded: dict[str, tuple[str, ...]], sort: str
) -> None:
    """Reading a state's own address gives the same state."""
    state = SearchState(
        kind=kind,  # type: ignore[arg-type]
        query=query,
        filters=filters,
        excluded=excluded,
        sort=sort,  # type: ignore[arg-type]
        date_from="2026-09-01",
    )
    assert read_state(parse_qsl(urlsplit(state.address()).query, keep_blank_values=True)) == state


@pytest.mark.parametrize(
    ("address", "order"),
    [
        ([], "newest"),
        ([("show", "groups")], "outlets"),
        ([("show", "groups"), ("speaker", "Sari")], "outlets"),
        ([("show", "groups"), ("q", "banjir")], "relevance"),
        ([("show", "groups"), ("sort", "oldest")], "oldest"),
    ],
)
def test_without_a_query_no_result_matches_better(address: list[tuple[str, str]], order: str) -> None:
    """Then the newest comes first; of claims with all their wordings, the one that most outlets carry."""
    state = read_state(address)
    assert state.order == state.request().sort == order


def test_a_kind_that_lacks_a_filter_would_find_what_was_not_asked_for() -> None:
    """Stories have no speaker, wanted or excluded; what they do have holds for them."""
    assert not SearchState().toggled("speaker", "Sari").holds_for("stories")
    assert not SearchState().toggled_out("speaker", "Sari").holds_for("stories")
    assert SearchState().toggled("outlet", "Warta").holds_for("stories")


def test_toggling_a_filter_twice_changes_nothing() -> None:
    """A filter is set, then unset, and its name goes with its last value."""
    state = SearchState()
    assert state.toggled("speaker", "Sari").filters == {"speaker": ("Sari",)}
    assert state.toggled("speaker", "Sari").toggled("speaker", "Sari") == state


def test_a_value_is_wanted_or_excluded_or_neither() -> None:
    """Never both at once; excluding twice changes nothing."""
    state = SearchState().toggled("speaker", "Sari").toggled_out("speaker", "Sari")
    assert (state.filters, state.excluded) == ({}, {"speaker": ("Sari",)})
    assert state.toggled("speaker", "Sari") == SearchState().toggled("speaker", "Sari")
    assert state.toggled_out("speaker", "Sari") == SearchState()
    assert read_state([("not.speaker", "Sari")]) == state
    assert state.without("speaker") == SearchState()
    assert SearchState(filters={"agreement": ("copied",)}).only("agreement", "disputed").filters == {
        "agreement": ("disputed",)
    }


@pytest.mark.parametrize(
    ("state", "narrowed"),
    [
        (SearchState(query="air", sort="newest"), False),
        (SearchState(filters={"outlet": ("Kabar",)}), True),
        (SearchState(excluded={"outlet": ("Kabar",)}), True),
        (SearchState(date_from="2026-09-01"), True),
        (SearchState(date_to="2026-09-01"), True),
    ],
)
def test_filters_and_days_narrow_until_they_are_cleared(state: SearchState, narrowed: bool) -> None:
    """A query and an order leave nothing out by themselves."""
    assert state.narrowed is narrowed
    assert not state.cleared().narrowed


def test_another_kind_starts_at_its_first_page_and_keeps_only_filters_it_offers() -> None:
    """A cursor belongs to one result list; a claim's cue is no filter on stories."""
    state = SearchState(cursor="x", filters={"cue": ("kata",), "outlet": ("Kabar",)}).of_kind("stories")
    assert state.cursor is None
    assert state.filters == {"outlet": ("Kabar",)}


def test_a_filter_that_the_kind_lacks_is_refused() -> None:
    """Ignored, it would show everything under the name of a filter."""
    with pytest.raises(QueryError, match="stories cannot be filtered by cue"):
        read_state([("show", "stories"), ("cue", "kata")])
    with pytest.raises(QueryError, match="cue"):
        read_filters([("cue", "kata")], "stories")
    with pytest.raises(QueryError, match="cue"):
        read_state([("show", "stories"), ("not.cue", "kata")])


@pytest.mark.parametrize("pair", [("show", "people"), ("sort", "size"), ("from", "kemarin"), ("to", "2026-02-31")])
def test_nonsense_in_the_address_is_refused(pair: tuple[str, str]) -> None:
    """An unknown kind or order and a day that is none are errors, not ignored."""
    with pytest.raises(QueryError):
        read_state([pair])


def test_filters_are_those_the_kind_offers() -> None:
    """Unknown names and empty values are no filters."""
    assert read_filters([("speaker", "A"), ("speaker", "B"), ("q", "x"), ("outlet", "")], "claims") == {
        "speaker": ("A", "B")
    }
