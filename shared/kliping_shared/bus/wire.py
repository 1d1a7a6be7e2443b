"""How a contract looks as a stream entry: ``__data__`` is its JSON, ``article_id`` names it without parsing.

``__data__`` is the field that plain FastStream applications read, so they can follow our streams without this package.
Field values are UTF-8; nothing goes into headers. ``traceparent`` is there when traces are made (observability/tracing.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from kliping_shared.contracts import Contract
from kliping_shared.observability.tracing import trace_id_of

DATA = b"__data__"
ARTICLE_ID = b"article_id"

Fields = Mapping[bytes, bytes]
M = TypeVar("M", bound=Contract)


class Undecodable(ValueError):
    """An entry that carries no message at all."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry in hand. ``attempt`` is the number of the run that comes next: 1 for a new entry."""

    id: bytes
    fields: Fields
    attempt: int = 1

    @property
    def article_id(self) -> str:
        """The article that it is about, "" where the entry does not say."""
        return self.fields.get(ARTICLE_ID, b"").decode("utf-8", "replace")

    @property
    def about(self) -> dict[str, str]:
        """What every log line about it says: whose article, and its trace where it has one."""
        trace_id = trace_id_of(self.fields)
        return {"article_id": self.article_id} | ({"trace_id": trace_id} if trace_id else {})


def encode(message: Contract) -> dict[bytes, bytes]:
    """The entry fields of ``message``."""
    fields = {DATA: message.model_dump_json().encode()}
    article_id = getattr(message, "article_id", None)
    if isinstance(article_id, str):
        fields[ARTICLE_ID] = article_id.encode()
    return fields


def decode(fields: Fields, model: type[M]) -> M:
    """The message in ``fields``. Raises Undecodable or pydantic's ValidationError."""
    data = fields.get(DATA)
    if data is None:
        raise Undecodable(f"the entry has no field {DATA.decode()} (it has: {', '.join(map(repr, fields))})")
    return model.model_validate_json(data)
