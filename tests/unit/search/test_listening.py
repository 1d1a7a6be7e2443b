"""What a watch is called before a person says so."""

from __future__ import annotations

from typing import Any

import pytest

from kliping_search.domain.state import SearchState
from kliping_search.listening import called, on_matter

RUDI = {"speaker": ("Rudi",)}


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ({"filters": RUDI}, "Rudi is quoted again"),
        ({"filters": RUDI, "query": 'about:"harga beras"'}, "Rudi is quoted again on harga beras"),
        ({"filters": RUDI, "query": "about:beras"}, "Rudi is quoted again on beras"),
        ({"filters": {"speaker": ("Rudi", "Sari")}}, ""),
        ({"filters": RUDI, "query": "beras"}, "beras"),
        ({"filters": RUDI, "query": "about:beras -about:impor"}, "about:beras -about:impor"),
        ({"filters": {"person": ("Rudi",)}, "kind": "articles"}, ""),
        ({"query": "about:beras"}, "about:beras"),
        ({"query": "beras " * 100}, ("beras " * 100)[:200]),
    ],
)
def test_who_is_quoted_on_what(told: dict[str, Any], name: str) -> None:
    """Where the search says so and nothing else; else it is called as it is asked."""
    assert called(SearchState(**told)) == name


def test_a_matter_is_part_of_the_search() -> None:
    """Whatever stands in it."""
    state = SearchState(filters=RUDI)
    assert on_matter(state, "  ") == state
    assert on_matter(state, 'harga "beras"').query == 'about:"harga beras"'
    assert on_matter(SearchState(query="naik"), "beras").query == 'naik about:"beras"'
