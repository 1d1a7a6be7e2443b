"""The format of files of names: what is read is what was written, and mistakes tell their line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kliping_shared.contracts import EntityType
from kliping_shared.names import KnownName, alias_rows, names_in, normal_name, one_name, written

words = st.text(st.characters(blacklist_categories=("Cs",)), min_size=1, max_size=12)


def usable(name: str, others: list[str]) -> bool:
    """Whether a line of a file can hold them."""
    try:
        list(one_name(EntityType.PER, name, others))
    except ValueError:
        return False
    return not name.startswith("#")


@given(st.lists(st.tuples(st.sampled_from(EntityType), words, st.lists(words, max_size=4)), max_size=5))
def test_what_is_written_is_read_again(drawn: list[tuple[EntityType, str, list[str]]]) -> None:
    """Whatever the names are; each name knows itself, and all of one name stand on one line."""
    rows: dict[KnownName, None] = {}
    for kind, name, others in drawn:
        if usable(name, others):
            rows |= dict.fromkeys(one_name(kind, name, others))
    text = written(rows)
    assert set(names_in(text)) == set(rows)
    assert written(names_in(text)) == text


@pytest.mark.parametrize(
    ("name", "others", "why"),
    [
        ("Dewi", ["A, B"], "commas"),
        ("Dewi", ["…"], "no name"),
        ("", ["A"], "no name"),
        ("Dewi", ["", "A"], "no name"),
        ("A, B", ["A, B"], "another form"),
        ("Dewi", ["panjang " * 50], "longer than 300"),
    ],
)
def test_what_a_line_cannot_hold_is_refused(name: str, others: list[str], why: str) -> None:
    """Rather than read back as something else."""
    with pytest.raises(ValueError, match=why):
        list(one_name(EntityType.PER, name, others))


def test_blanks_and_line_breaks_are_joined_and_a_form_is_there_once() -> None:
    """As in text that is copied from a page."""
    rows = one_name(EntityType.ORG, " Badan Air,\n Angin ", ["BAA", "Badan\tAir", "BAA"])
    assert [known.alias for known in rows] == ["Badan Air, Angin", "BAA", "Badan Air"]


@pytest.mark.parametrize("line", ["PER\tDewi", "PER\tDewi\t", "ORANG\tDewi\tMawar", "PER Dewi Mawar", "PER\tDewi\t;\n"])
def test_a_mistake_tells_its_line(line: str) -> None:
    """Comments and empty lines count."""
    with pytest.raises(ValueError, match=r"^line 3: "):
        list(alias_rows(f"# kami\n\n{line}\n"))


@pytest.mark.parametrize(
    ("a", "b"), [("Al-Quds", "al quds"), ("U.S.", "US"), ("Ma’ruf", "Maruf"), ("K.H. Said", "KH Said")]
)
def test_names_compare_without_marks(a: str, b: str) -> None:
    """Case, hyphens, full stops and apostrophes make no difference."""
    assert normal_name(a) == normal_name(b)
