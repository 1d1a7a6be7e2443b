"""Contracts only change in ways that old messages and old readers survive."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from kliping_shared.contracts import EnrichedArticle, streams
from kliping_shared.contracts.registry import MODELS
from kliping_shared.contracts.snapshot import EXAMPLES, SCHEMAS, incompatibilities, rendered, schema_of, short_name

STREAMS = sorted(MODELS)
REGENERATE = "run: python -m kliping_shared.contracts.snapshot"


def snapshot(stream: str) -> dict[str, Any]:
    schema: dict[str, Any] = json.loads((SCHEMAS / f"{short_name(stream)}.json").read_text())
    return schema


def examples(stream: str) -> list[Path]:
    name, version = short_name(stream).split(".")
    return sorted((EXAMPLES / name / version).glob("*.json"))


@pytest.mark.parametrize("stream", STREAMS)
def test_snapshot_is_the_model(stream: str) -> None:
    """The committed schema is the one that the model gives."""
    assert (SCHEMAS / f"{short_name(stream)}.json").read_text() == rendered(schema_of(MODELS[stream])), REGENERATE


@pytest.mark.parametrize("stream", STREAMS)
def test_model_is_compatible_with_its_snapshot(stream: str) -> None:
    """Nothing that readers or stored messages of this version rely on has gone."""
    assert incompatibilities(snapshot(stream), schema_of(MODELS[stream])) == []


def kept(given: Any, written: Any) -> Any:
    """Of what was written, what the example gives: fields that came later may stand beside it at any depth."""
    if isinstance(given, dict):
        return {name: kept(given[name], written[name]) for name in given}
    if isinstance(given, list):
        return [kept(*pair) for pair in zip(given, written, strict=True)]
    return written


@pytest.mark.parametrize("path", [path for stream in STREAMS for path in examples(stream)], ids=lambda path: path.name)
def test_example_is_readable_for_ever(path: Path) -> None:
    """Each kept example is read by the model, and (once read) written as the schema says."""
    stream = f"kliping.{path.parent.parent.name}.{path.parent.name}"
    message = MODELS[stream].model_validate_json(path.read_text())
    written = json.loads(message.model_dump_json())
    jsonschema.validate(written, snapshot(stream))
    given = json.loads(path.read_text())
    assert kept(given, written) == given


@pytest.mark.parametrize("stream", STREAMS)
def test_every_version_has_an_example(stream: str) -> None:
    """A contract without an example is not pinned."""
    assert examples(stream)


def test_example_offsets_are_those_of_its_text() -> None:
    """The enriched example's mentions and claims point at their own words."""
    (path,) = examples(streams.ENRICHED)
    article = EnrichedArticle.model_validate_json(path.read_text())
    assert all(m.of(article.text) == m.text for entity in article.entities for m in entity.mentions)
    assert all(" ".join(span.of(article.text) for span in claim.spans) == claim.text for claim in article.claims)


def test_stream_names_are_unique_and_carry_their_version() -> None:
    """No two streams share a name; each ends in its major version; every work stream has a group and a model."""
    named = [streams.ARTICLE, streams.ENRICHED, streams.LINKED, streams.DEAD]
    assert len(set(named)) == len(named)
    assert set(named) == set(MODELS)
    assert all(name.startswith("kliping.") and name.rpartition(".")[2] == "v1" for name in named)
    assert len(set(streams.CONSUMERS)) == len(streams.CONSUMERS)


def test_readers_ignore_fields_they_do_not_know() -> None:
    """A message of a newer minor version is read by today's model."""
    (path,) = examples(streams.ENRICHED)
    newer = json.loads(path.read_text()) | {"added_later": {"x": 1}}
    newer["claims"][0]["added_later"] = True
    assert EnrichedArticle.model_validate(newer).claims


def _drop(schema: dict[str, Any]) -> None:
    del schema["properties"]["title"]


def _retype(schema: dict[str, Any]) -> None:
    schema["properties"]["path"] = {"type": "integer"}


def _require(schema: dict[str, Any]) -> None:
    schema["properties"]["desk"] = {"type": "string"}
    schema["required"].append("desk")


def _drop_nested(schema: dict[str, Any]) -> None:
    del schema["$defs"]["Claim"]["properties"]["role"]


def _retype_in_list(schema: dict[str, Any]) -> None:
    schema["$defs"]["Entity"]["properties"]["aliases"]["items"] = {"type": "integer"}


def _drop_value(schema: dict[str, Any]) -> None:
    schema["$defs"]["Stance"]["enum"].remove("doubt")


def _retype_optional(schema: dict[str, Any]) -> None:
    schema["properties"]["outlet"]["anyOf"] = [{"type": "array"}, {"type": "null"}]


@pytest.mark.parametrize(
    "change", [_drop, _retype, _require, _drop_nested, _retype_in_list, _drop_value, _retype_optional]
)
def test_breaking_change_is_seen(change: Any) -> None:
    """Dropping, retyping or newly requiring a field, at any depth, needs a new major version."""
    old = schema_of(EnrichedArticle)
    new = copy.deepcopy(old)
    change(new)
    assert incompatibilities(old, new)


class _WithDesk(EnrichedArticle):
    desk: str | None = None


class _WithRequiredDesk(EnrichedArticle):
    desk: str


def test_added_field_must_be_optional() -> None:
    """Adding an optional field is cheap, a required one breaks every stored message."""
    old = schema_of(EnrichedArticle)
    assert incompatibilities(old, schema_of(_WithDesk)) == []
    assert incompatibilities(old, schema_of(_WithRequiredDesk)) == ["message.desk became required"]
