"""Values of a facet as they are shown: with the addresses that choose them or leave them out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote_plus

from kliping_search import formats
from kliping_search.domain.state import SearchState
from kliping_shared.store.ports import FacetValue

#: Stands for a value while addresses are made: a character that hardly a text is written with.
_ANY: Final = "\uf8ff"


@dataclass(frozen=True, slots=True)
class Choice:
    """A value, what it is called, its count as text; where choosing it and leaving it out lead; whether it is either."""

    value: str
    called: str
    count: str
    pick: str
    leave: str
    chosen: bool
    out: bool


def choices(state: SearchState, name: str, values: Sequence[FacetValue]) -> Iterator[Choice]:
    """The values of facet ``name``, counted under ``state``."""
    picking, leaving = _addresses(state, name, state.toggled), _addresses(state, name, state.toggled_out)
    chosen, gone = state.filters.get(name, ()), state.excluded.get(name, ())
    for one in values:
        yield Choice(
            value=one.value,
            called=formats.value_shown(name, one.value),
            count=formats.number(one.count),
            pick=picking(one.value),
            leave=leaving(one.value),
            chosen=one.value in chosen,
            out=one.value in gone,
        )


def _addresses(state: SearchState, name: str, toggled: Callable[[str, str], SearchState]) -> Callable[[str], str]:
    """From a value to the address that toggles it. All but the value is the same for those that are not set yet."""
    if quote_plus(_ANY) in state.address():
        return lambda value: toggled(name, value).address()
    before, _, after = toggled(name, _ANY).address().partition(quote_plus(_ANY))
    known = {*state.filters.get(name, ()), *state.excluded.get(name, ())}

    def address(value: str) -> str:
        return toggled(name, value).address() if value in known else f"{before}{quote_plus(value)}{after}"

    return address
