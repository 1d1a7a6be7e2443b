"""What requests and answers look like, for readers of the API's description: ``examples.json``, by the names of schemas."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any, Final

from kliping_search.api.answers import ANSWERS
from kliping_search.domain.matrix import table
from kliping_shared.export import FORMATS, csv_lines
from kliping_shared.store.documents import DOCUMENT_OF

Json = dict[str, Any]

_EXPORT: Final = "/api/v1/export/"
_PARQUET: Final = FORMATS["parquet"].media_type
_EVENTS: Final = 'event: files\r\ndata: {"counts": {"waiting": 1}, "waiting": {"extract": 3}, "files": []}\r\n\r\n'


def add_examples(path: str, operation: Json) -> None:
    """Give the operation's request and what it answers an example each, where it has none; in place."""
    for media, content in operation.get("requestBody", {}).get("content", {}).items():
        _add(path, media, content)
    for status, response in operation["responses"].items():
        if status.startswith("2"):
            for media, content in response.get("content", {}).items():
                _add(path, media, content)


def _add(path: str, media: str, content: Json) -> None:
    if media == "application/json":
        content.setdefault("example", _of(content["schema"], path))
    elif media == "multipart/form-data":
        content.setdefault("example", {"files": ["Tanggul Kalibening jebol dini hari. …"]})
    elif media == "text/event-stream":
        content.setdefault("example", _EVENTS)
    elif path.endswith("/matrix.csv"):
        content.setdefault("example", csv_lines(table(_examples()["StoryMatrix"])).decode())
    elif path.startswith(_EXPORT) and media != _PARQUET:
        content.setdefault("example", _exported(path, media))


def _exported(path: str, media: str) -> str:
    """The file with one document, as it is written."""
    kind = next(kind for kind in ANSWERS if path.startswith(_EXPORT + kind))
    shown = _examples()[ANSWERS[kind].__name__]
    document = {name: shown[name] for name in DOCUMENT_OF[kind].model_fields if name in shown}
    made = next(made for made in FORMATS.values() if made.media_type.partition(";")[0] == media).encoder(kind, False)
    return (made.begin() + made.rows([document]) + made.end()).decode()


def _of(schema: Json, path: str) -> Any:
    if "anyOf" in schema:
        return _of(schema["anyOf"][0], path)
    if schema.get("type") == "array":
        return [_of(schema["items"], path)]
    name = schema["$ref"].rpartition("/")[2]
    if name != "Found":
        return _examples()[name]
    document = next(answer for kind, answer in ANSWERS.items() if path.endswith(f"/{kind}"))
    return _examples()["Found"] | {"hits": [_examples()[document.__name__]]}


@cache
def _examples() -> Json:
    read: Json = json.loads(files("kliping_search.api").joinpath("examples.json").read_text("utf-8"))
    return read
