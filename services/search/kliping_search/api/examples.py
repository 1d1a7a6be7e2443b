"""What requests and answers look like, for readers of the API's description: ``examples.json``, by the names of schemas."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any, Final

from kliping_search.api.answers import ANSWERS

Json = dict[str, Any]

#: What is no JSON, by its media type.
_TEXTS: Final = {
    "text/csv": "claim_id,text,speaker,outlet,published_on\r\nc1f3c0a77,Tanggul itu jebol dini hari,Ratna Suherman,Kabar,2026-01-13\r\n",
    "application/x-ndjson": '{"claim_id": "c1f3c0a77", "text": "Tanggul itu jebol dini hari", "speaker": "Ratna Suherman"}\n',
    "application/x-research-info-systems": "TY  - NEWS\r\nTI  - Tanggul jebol\r\nT2  - Kabar\r\nDA  - 2026/01/13\r\nER  - \r\n",
    "application/vnd.citationstyles.csl+json": '[{"type": "article-newspaper", "title": "Tanggul jebol", "container-title": "Kabar"}]',
    "text/event-stream": 'event: files\r\ndata: {"counts": {"waiting": 1}, "waiting": {"extract": 3}, "files": []}\r\n\r\n',
}


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
    elif media in _TEXTS:
        content.setdefault("example", _TEXTS[media])


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
