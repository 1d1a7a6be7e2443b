"""What the API says of itself (OpenAPI 3.1): what every route may answer is told here once, not at each route."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from fastapi import FastAPI

from kliping_search.api.examples import add_examples
from kliping_search.api.problems import Problem
from kliping_search.failures import PROBLEM

Json = dict[str, Any]

#: Errors by status: what they mean, and whether an operation can answer so (by what it takes).
_ALWAYS: Final = {
    400: "The query, a parameter or the body cannot be understood.",
    401: "Send a key, or sign in.",
    403: "The key's role may not do this, or the page of another site asked.",
    429: "Too many requests; Retry-After says when to go on.",
    500: "Something broke; the log of the service says what.",
    503: "The store or the broker is away or took too long.",
}
_WITH_PATH: Final = {404: "There is no such thing."}
_WITH_BODY: Final = {413: "The body is too large.", 415: "The body is of a media type that is not read here."}
_SECURITY: Final = {
    "key": {
        "type": "http",
        "scheme": "bearer",
        "description": "A key (`kliping key add`). Not asked for on one machine.",
    },
    "password": {"type": "http", "scheme": "basic", "description": "A key as the password of any user."},
    "session": {"type": "apiKey", "in": "cookie", "name": "kliping_session", "description": "Of a browser (`/login`)."},
}
#: What parameters may be, for readers, where their route gives no example: by name, the same everywhere.
_EXAMPLES: Final[Json] = {
    "id": "g1f3c0a77be20d915",
    "name": "ANTARA",
    "type": "PER",
    "alias": "Jokowi",
    "cursor": "next_cursor of the page before",
    "facets": True,
    "timeline": "auto",
    "bom": False,
    "words": "joko",
    "apply": True,
    "limit": 20,
    "offset": 0,
    "start": 0,
    "state": ["rejected"],
    "before": 120,
}
_NEVER: Final = ("HTTPValidationError", "ValidationError")


class Described(FastAPI):
    """An application whose description is whole."""

    def openapi(self) -> Json:
        """The document; made once."""
        if self.openapi_schema is None:
            self.openapi_schema = _completed(super().openapi())
        return self.openapi_schema


def _completed(document: Json) -> Json:
    """``document`` with all errors, ways to sign in, and schemas of problems; changed in place."""
    parts = document.setdefault("components", {})
    schemas = parts.setdefault("schemas", {})
    schemas["Problem"] = Problem.model_json_schema()
    for name in _NEVER:
        schemas.pop(name, None)
    parts["securitySchemes"] = _SECURITY
    document["security"] = [{}, *({name: []} for name in _SECURITY)]
    document["servers"] = [{"url": "/"}]
    for path, operation in _operations(document):
        for parameter in operation.get("parameters", ()):
            if "examples" not in parameter["schema"] and parameter["name"] in _EXAMPLES:
                parameter.setdefault("example", _EXAMPLES[parameter["name"]])
        responses = operation.setdefault("responses", {})
        responses.pop("422", None)
        told = _ALWAYS | (_WITH_PATH if "{" in path else {}) | (_WITH_BODY if "requestBody" in operation else {})
        for status, meaning in told.items():
            responses.setdefault(str(status), {"description": meaning})
        for status, response in responses.items():
            if status[0] in "45":
                response["content"] = _problem(int(status), response["description"])
        operation["responses"] = dict(sorted(responses.items()))
        add_examples(path, operation)
    return document


def _operations(document: Json) -> Iterator[tuple[str, Json]]:
    for path, operations in document["paths"].items():
        for operation in operations.values():
            yield path, operation


def _problem(status: int, meaning: str) -> Json:
    example = {"type": "about:blank", "title": "Error", "status": status, "detail": meaning, "position": None}
    return {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}, "example": example}}
