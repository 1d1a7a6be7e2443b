"""Extract's aliases and link's countries cover the Indonesian names of Unicode CLDR, and say the same of each."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from babel import Locale
from babel.core import get_global

from kliping_extract.domain.canonical import known_names
from kliping_extract.gazetteer_lists import read_names
from kliping_extract.lexicons import load_lexicon
from kliping_link.domain.names import country, plain
from kliping_link.domain.words import lexicon_lines
from kliping_shared.contracts import EntityType
from kliping_shared.names import normal_name

LOCALE = Locale("id")
#: Codes of dependencies, groups and pseudo-locales: what speaks there is no government of a state.
NO_STATES = frozenset(
    [
        "AC",
        "AI",
        "AQ",
        "AS",
        "AW",
        "AX",
        "BL",
        "BM",
        "BQ",
        "BV",
        "CC",
        "CK",
        "CP",
        "CW",
        "CX",
        "DG",
        "EA",
        "EH",
        "EU",
        "EZ",
        "FK",
        "FO",
        "GF",
        "GG",
        "GI",
        "GL",
        "GP",
        "GS",
        "GU",
        "HK",
        "HM",
        "IC",
        "IM",
        "IO",
        "JE",
        "KY",
        "MF",
        "MO",
        "MP",
        "MQ",
        "MS",
        "NC",
        "NF",
        "NU",
        "PF",
        "PM",
        "PN",
        "PR",
        "QO",
        "RE",
        "SH",
        "SJ",
        "SX",
        "TA",
        "TC",
        "TF",
        "TK",
        "UM",
        "UN",
        "VG",
        "VI",
        "WF",
        "XA",
        "XB",
        "YT",
        "ZZ",
    ]
)
STATES = {
    code: name
    for code, name in LOCALE.territories.items()
    if len(code) == 2 and code.isalpha() and code not in NO_STATES
}
#: Cities of time zones that do not stand for the government of the state whose only zone they have.
NO_CAPITALS = frozenset(
    [
        "Abidjan",
        "Aden",
        "Amsterdam",
        "Blantyre",
        "Bujumbura",
        "Calcutta",
        "Casablanca",
        "Colombo",
        "Dar_es_Salaam",
        "Douala",
        "Dubai",
        "Ho_Chi_Minh",
        "Istanbul",
        "Johannesburg",
        "Karachi",
        "Kolkata",
        "Lagos",
        "Rangoon",
        "Saigon",
        "Yangon",
        "Zurich",
    ]
)

KNOWN = known_names(load_lexicon().known_names)
LISTED = {normal_name(name) for name in read_names("countries.txt")}
#: What link knows: each line's country with its other names.
LINES = [
    [name.strip() for name in line.replace(":", ",").split(",") if name.strip()]
    for line in lexicon_lines("countries.txt")
]
#: Groups of states, which link takes for one government.
GROUPS = {"Perserikatan Bangsa-Bangsa", "Uni Eropa", "NATO", "ASEAN"}


def called(name: str) -> str:
    """What extract calls a place of that name."""
    return KNOWN.of(EntityType.LOC, name) or name


@pytest.mark.parametrize("name", STATES.values(), ids=STATES)
def test_every_state_is_known_by_its_indonesian_name(name: str) -> None:
    """Extract finds it in a text, and link knows whose government it stands for, whichever name extract gives it."""
    assert normal_name(name) in LISTED or KNOWN.of(EntityType.LOC, name)
    assert country(name) is not None
    assert country(called(name)) == country(name)


@pytest.mark.parametrize("line", LINES, ids=lambda line: line[0])
def test_every_country_of_link_is_known_to_extract(line: list[str]) -> None:
    """By the same name; what extract calls the others is the country's too, or a place in it."""
    if line[0] not in GROUPS:
        assert normal_name(line[0]) in LISTED or KNOWN.of(EntityType.LOC, line[0])
        assert {country(called(name)) for name in line} == {plain(line[0])}


def _capitals() -> Iterator[tuple[str, str]]:
    """City and state where a state has one time zone, whose city mostly is its capital; as CLDR writes it in Indonesian."""
    zones: dict[str, list[str]] = {}
    for zone, code in get_global("zone_territories").items():
        if "/" in zone and not zone.startswith(("Etc/", "US/")):
            zones.setdefault(code, []).append(zone)
    for code, (zone, *others) in sorted(zones.items()):
        city = zone.rpartition("/")[2]
        if (
            code in STATES
            and not others
            and city not in NO_CAPITALS
            and zone.partition("/")[0] in {"Africa", "Asia", "Europe"}
        ):
            told = LOCALE.time_zones.get(zone, {}).get("city")
            yield told or city.replace("_", " "), STATES[code]


@pytest.mark.parametrize(("city", "state"), list(_capitals()))
def test_capitals_stand_for_their_states(city: str, state: str) -> None:
    """As CLDR writes them in Indonesian, and as extract calls them."""
    assert country(city) == country(called(city)) == country(state)
