"""A story's claims by its outlets."""

from __future__ import annotations

from typing import Any

from kliping_search.domain.matrix import Matrix, Stand, matrix


def article(outlet: str | None, article_id: str = "") -> dict[str, Any]:
    """An article of the story."""
    return {"outlet": outlet, "article_id": article_id or f"a-{outlet}"}


def group(name: str, *outlets: str | None, numbers: dict[str, tuple[str, ...]] | None = None) -> dict[str, Any]:
    """A group that these outlets carry; ``numbers``: which of them give which."""
    wordings = [{"claim_id": f"{name}-{outlet}", "outlet": outlet, "article_id": f"a-{outlet}"} for outlet in outlets]
    variants = [
        {"value": value, "outlets": list(by), "claim_ids": [f"{name}-{outlet}" for outlet in by]}
        for value, by in (numbers or {}).items()
    ]
    differences = [{"particular": "number", "thing": "desa", "variants": variants}] if variants else []
    return {"group_id": name, "wordings": wordings, "differences": differences}


def stands(made: Matrix) -> dict[str, list[str]]:
    """Each row's cells, shortly: what an outlet gives, else how it stands."""
    return {
        row.group["group_id"]: [cell.told[0].value if cell.told else str(cell.stand) for cell in row.cells]
        for row in made.rows
    }


ARTICLES = [article("Gema"), article("Kabar"), article("Lensa"), article("Warta")]


def test_each_outlet_has_it_or_is_silent_and_who_carries_most_comes_first() -> None:
    """A claim of one outlet is no row; it is counted below the outlet."""
    made = matrix([group("dam", "Kabar", "Warta"), group("seed", "Lensa", "Warta"), group("tree", "Gema")], ARTICLES)
    assert made.outlets == ("Warta", "Kabar", "Lensa", "Gema")
    assert stands(made) == {"dam": ["has", "has", "silent", "silent"], "seed": ["has", "silent", "has", "silent"]}
    assert made.alone == {"Gema": 1}
    assert not matrix([group("levy", "Kabar", "Swara")], ARTICLES).alone, "Swara has it in another story"
    assert [cell.claim_id for cell in made.rows[0].cells] == ["dam-Warta", "dam-Kabar", None, None]


def test_who_gives_another_value_than_most_has_it_otherwise() -> None:
    """The value of most is told too; a wording that leaves the number out just has the claim."""
    disputed = group("flood", "Gema", "Kabar", "Lensa", "Warta", numbers={"12": ("Gema", "Kabar"), "15": ("Warta",)})
    cells = {cell.outlet: cell for cell in matrix([disputed], ARTICLES).rows[0].cells}
    assert {name: cell.stand for name, cell in cells.items()} == {
        "Gema": Stand.HAS, "Kabar": Stand.HAS, "Lensa": Stand.HAS, "Warta": Stand.OTHERWISE,
    }  # fmt: skip
    assert {name: [told.value for told in cell.told] for name, cell in cells.items()} == {
        "Gema": ["12"], "Kabar": ["12"], "Lensa": [], "Warta": ["15"],
    }  # fmt: skip


def test_where_one_stands_against_one_neither_is_the_measure() -> None:
    """Both have it otherwise than the other."""
    made = matrix([group("flood", "Kabar", "Warta", numbers={"12": ("Kabar",), "15": ("Warta",)})], ARTICLES)
    assert [cell.stand for cell in made.rows[0].cells if cell.claim_id] == [Stand.OTHERWISE, Stand.OTHERWISE]


def test_an_article_without_an_outlet_is_a_column_of_its_own() -> None:
    """It is known by its id, and has no name; who carries the claim in another story is no column."""
    nameless = {"claim_id": "c1", "outlet": None, "article_id": "a1"}
    shared = {"group_id": "g", "wordings": [nameless, *group("g", "Kabar", "Suara")["wordings"]]}
    made = matrix([shared], [article("Kabar"), article(None, "a1")])
    assert (made.outlets, made.names["a1"]) == (("Kabar", "a1"), "")
    assert stands(made) == {"g": ["has", "has"]}
