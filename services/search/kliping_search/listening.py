"""Watching for a person who is quoted again on something."""

from __future__ import annotations

import re
from typing import Final

from kliping_search.domain.state import SearchState
from kliping_search.languages import gettext
from kliping_shared.watching.watches import LONGEST_NAME

#: A query that asks for one matter and nothing else.
_MATTER: Final = re.compile(r'about:(?:"([^"]+)"|([^\s"()]+))')
#: Of which kinds somebody is quoted.
_SAID: Final = ("claims", "groups")


def on_matter(state: SearchState, matter: str) -> SearchState:
    """The search, for what it finds on the matter only; none: on anything."""
    words = " ".join(matter.replace('"', " ").split())
    return state.asking(f'{state.query} about:"{words}"'.strip()) if words else state


def called(state: SearchState) -> str:
    """What a watch of the search is called, unless a person says otherwise. Alerts begin with it."""
    return _in_full(state)[:LONGEST_NAME]


def _in_full(state: SearchState) -> str:
    who, on = state.filters.get("speaker", ()), _MATTER.fullmatch(state.query)
    if len(who) != 1 or state.kind not in _SAID or (state.query and not on):
        return state.query
    if on:
        return gettext("%(who)s is quoted again on %(matter)s") % {"who": who[0], "matter": on[1] or on[2]}
    return gettext("%(who)s is quoted again") % {"who": who[0]}
