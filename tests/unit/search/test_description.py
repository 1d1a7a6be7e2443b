"""What the API says of itself."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import Any

import pytest
from httpx import ASGITransport, AsyncClient
from jsonschema import Draft202012Validator

from kliping_search.api.examples import _examples
from kliping_search.app import build
from kliping_search.settings import SearchSettings
from kliping_shared.export import columns
from kliping_shared.store.documents import KINDS

Json = dict[str, Any]


@pytest.fixture(scope="module")
def described(tmp_path_factory: pytest.TempPathFactory) -> Json:
    """The document."""
    app: Any = build(SearchSettings(data=tmp_path_factory.mktemp("data")))
    while not hasattr(app, "openapi"):
        app = getattr(app, "app", None) or app._app
    document: Json = app.openapi()
    return document


def operations(document: Json) -> list[tuple[str, Json]]:
    """Every operation, with its name."""
    return [(f"{method} {path}", one) for path, all_ in document["paths"].items() for method, one in all_.items()]


def test_every_operation_tells_its_errors(described: Json) -> None:
    """As problems, and none that FastAPI would give but we do not."""
    for name, operation in operations(described):
        told = operation["responses"]
        wanted = {"400", "401", "403", "429", "500", "503"}
        wanted |= {"404"} if "{" in name else set()
        wanted |= {"413", "415"} if "requestBody" in operation else set()
        assert wanted <= told.keys(), name
        assert "422" not in told, name
        for status, response in told.items():
            if status[0] in "45":
                assert list(response["content"]) == ["application/problem+json"], (name, status)


def test_every_operation_is_summarised_and_tagged(described: Json) -> None:
    """The reference is made of it."""
    assert described["openapi"].startswith("3.1")
    for name, operation in operations(described):
        assert operation.get("summary"), name
        assert operation.get("tags"), name


def test_every_parameter_has_an_example(described: Json) -> None:
    """Of its own, of its schema, or that of its name."""
    for name, operation in operations(described):
        for parameter in operation.get("parameters", ()):
            told = {**parameter["schema"], **parameter}
            assert {"example", "examples", "enum"} & told.keys(), (name, parameter["name"])


def contents(operation: Json) -> list[Json]:
    """What the operation takes and what it answers, by media type."""
    answers = [told for status, told in operation["responses"].items() if status.startswith("2")]
    return [told["content"] for told in (operation.get("requestBody", {}), *answers) if told.get("content")]


def test_every_request_and_answer_has_an_example_that_keeps_to_its_schema(described: Json) -> None:
    """JSON always; of files that come in several formats at least one."""
    for name, operation in operations(described):
        for told in contents(operation):
            assert any("example" in content for content in told.values()), name
            if "application/json" in told:
                schema = {**told["application/json"]["schema"], "components": described["components"]}
                Draft202012Validator(schema).validate(told["application/json"]["example"])


def test_examples_of_tables_have_their_columns(described: Json) -> None:
    """Each kind its own, in their order; a story's table those of the outlets."""

    def header(path: str) -> list[str]:
        told = described["paths"][f"/api/v1/{path}"]["get"]["responses"]["200"]["content"]["text/csv"]
        return next(csv.reader(told["example"].splitlines()))

    for kind in KINDS:
        assert header(f"export/{kind}.{{format}}") == list(columns(kind))
    assert header("stories/{id}/matrix.csv")[:2] == ["group_id", "claim"]


def test_no_example_is_out_of_date(described: Json) -> None:
    """Each is of a schema that there is."""
    assert _examples().keys() <= described["components"]["schemas"].keys()


def test_every_reference_leads_somewhere(described: Json) -> None:
    """Schemas that are left out are not spoken of."""

    def references(node: Any) -> list[str]:
        if isinstance(node, dict):
            own = [node["$ref"]] if isinstance(node.get("$ref"), str) else []
            return own + [found for value in node.values() for found in references(value)]
        return [found for one in node for found in references(one)] if isinstance(node, list) else []

    known = {f"#/components/schemas/{name}" for name in described["components"]["schemas"]}
    assert set(references(described)) <= known


async def test_the_reference_has_every_operation_and_schema(tmp_path: Path, described: Json) -> None:
    """With its parameters, in one page without a script of its own; every link in it leads somewhere."""
    app = build(SearchSettings(data=tmp_path))
    async with AsyncClient(transport=ASGITransport(app), base_url="http://localhost") as client:
        page = (await client.get("/api/v1/docs")).text
    for name, operation in operations(described):
        method, _, path = name.partition(" ")
        assert f"<code>{method.upper()} {path}</code>" in page
        assert all(f"<code>{parameter['name']}</code>" in page for parameter in operation.get("parameters", ()))
    anchors, ids = (set(re.findall(pattern, page)) for pattern in (r'href="#([^"]+)"', r' id="([^"]+)"'))
    assert page.count("<summary>Example</summary>") == len([one for _, one in operations(described) if contents(one)])
    assert described["components"]["schemas"].keys() <= anchors | ids
    assert anchors <= ids
