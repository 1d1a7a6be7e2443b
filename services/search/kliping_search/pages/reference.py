"""The reference of the API for people: ``/api/v1/docs``, made of what the API says of itself."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import HTMLResponse, Response
from fastapi.templating import Jinja2Templates

Json = dict[str, Any]


def router(app: FastAPI, templates: Jinja2Templates) -> APIRouter:
    """The page over what ``app`` says."""
    pages = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

    @pages.get("/api/v1/docs")
    async def reference(request: Request) -> Response:
        document = app.openapi()
        by_tag: dict[str, list[Json]] = {}
        for operation in _operations(document):
            by_tag.setdefault(operation["tags"][0], []).append(operation)
        context = {"by_tag": by_tag, "schemas": document["components"]["schemas"], "type_of": type_of}
        return templates.TemplateResponse(request, "reference.html", context)

    return pages


def _operations(document: Json) -> Iterator[Json]:
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            parameters = [
                {**one, "type": type_of(one["schema"]), "shown": _example(one)}
                for one in operation.get("parameters", ())
            ]
            body = operation.get("requestBody", {}).get("content", {})
            answers = [told.get("content", {}) for status, told in operation["responses"].items() if status[0] == "2"]
            yield {
                **operation,
                "method": method.upper(),
                "path": path,
                "anchor": operation["operationId"],
                "parameters": parameters,
                "body": {media: type_of(one.get("schema", {})) for media, one in body.items()},
                "examples": list(_examples(body)) + [one for answer in answers for one in _examples(answer)],
                "answers": {
                    status: [type_of(one.get("schema", {})) for one in answer.get("content", {}).values()]
                    for status, answer in operation["responses"].items()
                    if status[0] == "2"
                },
                "errors": [status for status in operation["responses"] if status[0] in "45"],
            }


def _examples(contents: Json) -> Iterator[str]:
    """One of each that has one, as it is sent."""
    for content in contents.values():
        if "example" in content:
            told = content["example"]
            yield told if isinstance(told, str) else json.dumps(told, ensure_ascii=False, indent=2)


def _example(parameter: Json) -> str:
    """An example of a parameter, as it stands in an address."""
    found = parameter.get("example", (parameter["schema"].get("examples") or [""])[0])
    return found if isinstance(found, str) else json.dumps(found)


def type_of(schema: Json) -> str:
    """A schema in a few words: ``[X]`` for a list, the name of a schema of its own as it stands in the reference."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if several := schema.get("anyOf"):
        return " | ".join(type_of(one) for one in several)
    if several := schema.get("enum"):
        return " | ".join(map(str, several))
    if schema.get("type") == "array":
        return f"[{type_of(schema.get('items', {}))}]"
    return str(schema.get("const") or schema.get("format") or schema.get("type") or "any")
