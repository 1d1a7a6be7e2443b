"""The mapping holds every field of the document models, and every field that searching names. Needs no server."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kliping_shared.analysis.stemming import rules
from kliping_shared.query import FIELDS
from kliping_shared.store.documents import DOCUMENT_OF, KINDS, Kind
from kliping_shared.store.opensearch.analysis import EXACT, GUARDS, STEMMED, VALUE, analysis
from kliping_shared.store.opensearch.mappings import BOOKKEEPING, default_fields, mapping, query_mapping
from kliping_shared.store.opensearch.names import FAMILIES, Names
from kliping_shared.store.opensearch.schema import component_templates, index_templates, mappings
from kliping_shared.store.values import names as filterable

each_kind = pytest.mark.parametrize("kind", KINDS)


@each_kind
def test_every_model_field_is_mapped(kind: Kind) -> None:
    """The mapping has the model's fields, ``words`` where there are further ones to search, and nothing else."""
    further = {"words"} if kind in ("articles", "groups") else set()
    assert set(mapping(kind)) == {*DOCUMENT_OF[kind].model_fields, *further}
    assert not set(mapping(kind)) & set(BOOKKEEPING)


@each_kind
def test_what_is_filtered_has_its_folded_value(kind: Kind) -> None:
    """Every facet and filter of text is kept as it is, to count, and folded, to compare."""
    for name in filterable(kind):
        field = mapping(kind)[name]
        assert field["type"] in ("keyword", "date", "integer"), name
        if field["type"] != "integer":
            assert field["fields"]["folded"]["normalizer"] == VALUE, name


@each_kind
def test_what_a_query_names_has_its_words(kind: Kind) -> None:
    """Every field that the query language looks for words in has them, unstemmed and value by value."""
    for rule in FIELDS.values():
        for name in rule.documents:
            if rule.use == "value" and name in filterable(kind):
                words = mapping(kind)[name]["fields"]["words"]
                assert words["analyzer"] == EXACT, name
                assert words["position_increment_gap"] >= 100, name


@each_kind
def test_words_without_a_field_have_somewhere_to_be_found(kind: Kind) -> None:
    """Dashboards' default fields are stemmed text of the mapping."""
    fields = default_fields(kind)
    assert fields
    assert all(field_at(mapping(kind), name)["analyzer"] == STEMMED for name in fields)


def field_at(properties: dict[str, Any], path: str) -> dict[str, Any]:
    head, _, tail = path.partition(".")
    field: dict[str, Any] = properties[head]
    for part in tail.split(".") if tail else ():
        field = (field.get("fields") or field["properties"])[part]
    return field


@each_kind
def test_searched_text_has_an_exact_form(kind: Kind) -> None:
    """Titles and texts are found by the very word, too."""
    for name in ("title", "text"):
        if name in mapping(kind):
            assert mapping(kind)[name]["fields"]["exact"]["analyzer"] == EXACT


def test_stored_queries_may_name_any_field() -> None:
    """The percolator's index has the fields of all kinds, with all their sub-fields."""
    every = query_mapping()
    for kind in KINDS:
        for name, field in mapping(kind).items():
            assert set(field.get("fields", ())) <= set(every[name].get("fields", ()))
            assert every[name].get("type") == field.get("type")


def test_all_names_begin_with_the_prefix_and_patterns_match_no_alias() -> None:
    """Two installations with prefixes of their own never meet, and no alias can become an index of a template."""
    names = Names("other")
    made = {**component_templates(names, 0), **index_templates(names)}
    assert all(name.startswith("other-") for name in made)
    for family in FAMILIES:
        start = names.pattern(family).rstrip("*")
        assert names.index(family, 1).startswith(start)
        assert names.number(family, names.index(family, 12)) == 12
        assert not names.write_alias(family).startswith(start)
        assert mappings(family)["dynamic"] == "strict"


def test_analyzers_keep_every_word() -> None:
    """No filter of the chain drops words: negation is searched like anything else."""
    assert not [name for name, body in analysis()["filter"].items() if body["type"] in ("stop", "length", "keep")]


@pytest.mark.parametrize("stage", GUARDS)
@given(data=st.data())
@settings(max_examples=200, deadline=None)
def test_guards_let_through_what_a_rule_changes(stage: str, data: st.DataObject) -> None:
    """Whatever a rule of the stage matches has the length and a beginning or end that its condition asks for."""
    rule = data.draw(st.sampled_from(rules(stage)))
    word = data.draw(st.from_regex(rule.pattern, fullmatch=True)).rstrip("\n")
    shortest, beginnings, ends = GUARDS[stage]
    assert len(word) >= shortest
    assert word.startswith(beginnings) or word.endswith(ends)
