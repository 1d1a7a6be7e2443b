"""From a search to the pages of what it is narrowed to."""

from __future__ import annotations

from kliping_search.profiles import pages_of
from kliping_shared.store.ports import SearchPage


def test_a_body_and_an_outlet_of_one_name_have_a_page_each() -> None:
    """Neither takes the other's place."""
    found = pages_of({"org": ("Kabar",), "outlet": ("Kabar",)}, SearchPage(0, (), {}))
    assert found == [("Kabar", "/entities/ORG/Kabar"), ("Kabar", "/outlets/Kabar")]
