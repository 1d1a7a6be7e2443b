"""JSON Schema snapshots of the contracts, and what may change in them without a new major version.

``python -m kliping_shared.contracts.snapshot`` writes the snapshots anew; it refuses an incompatible change.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from kliping_shared.contracts.base import Contract
from kliping_shared.contracts.registry import MODELS

SCHEMAS = Path(__file__).parent / "schemas"
EXAMPLES = Path(__file__).parent / "examples"

Schema = Mapping[str, Any]


def short_name(stream: str) -> str:
    """``kliping.article.v1`` is ``article.v1``: the name of its snapshot."""
    return stream.removeprefix("kliping.")


def schema_of(model: type[Contract]) -> dict[str, Any]:
    """The schema that a message must meet to be read; what is written meets it too."""
    return model.model_json_schema(mode="validation")


def rendered(schema: Schema) -> str:
    """The snapshot file's text."""
    return json.dumps(schema, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def incompatibilities(old: Schema, new: Schema) -> list[str]:
    """What in ``new`` would break a reader or a stored message of ``old``; [] when nothing does.

    A field may be added when it is optional to read. It may not vanish, change its type, or become required;
    a value may not leave an enumeration.
    """
    return list(_object(old, new, old, new, "message", frozenset()))


def _object(
    old: Schema, new: Schema, old_root: Schema, new_root: Schema, at: str, seen: frozenset[str]
) -> Iterator[str]:
    old_fields, new_fields = old.get("properties", {}), new.get("properties", {})
    for name in sorted(set(new.get("required", ())) - set(old.get("required", ()))):
        yield f"{at}.{name} became required"
    for name, field in old_fields.items():
        if name not in new_fields:
            yield f"{at}.{name} vanished"
        else:
            yield from _value(field, new_fields[name], old_root, new_root, f"{at}.{name}", seen)


def _value(
    old: Schema, new: Schema, old_root: Schema, new_root: Schema, at: str, seen: frozenset[str]
) -> Iterator[str]:
    name = old.get("$ref", "").rpartition("/")[2]
    if name and name in seen:
        return
    old, new = _resolved(old, old_root), _resolved(new, new_root)
    seen = seen | {name}
    if _kinds(old, old_root) != _kinds(new, new_root):
        yield f"{at} changed its type from {_kinds(old, old_root)} to {_kinds(new, new_root)}"
        return
    gone = set(old.get("enum", ())) - set(new.get("enum", old.get("enum", ())))
    if gone:
        yield f"{at} lost the values {sorted(gone)}"
    if "properties" in old:
        yield from _object(old, new, old_root, new_root, at, seen)
    if "items" in old and "items" in new:
        yield from _value(old["items"], new["items"], old_root, new_root, f"{at}[]", seen)
    for old_one, new_one in zip(_variants(old), _variants(new), strict=False):
        yield from _value(old_one, new_one, old_root, new_root, at, seen)


def _resolved(schema: Schema, root: Schema) -> Schema:
    while "$ref" in schema:
        schema = root["$defs"][schema["$ref"].rpartition("/")[2]]
    return schema


def _variants(schema: Schema) -> list[Schema]:
    return list(schema.get("anyOf", ()))


def _kinds(schema: Schema, root: Schema) -> list[str]:
    """The JSON types (with format) that a value may have, sorted."""
    parts = [_resolved(part, root) for part in _variants(schema)] or [schema]
    return sorted("/".join(filter(None, (str(part.get("type", "any")), part.get("format")))) for part in parts)


def main() -> int:
    """Write every snapshot anew, unless one would change incompatibly."""
    failed = False
    for stream, model in MODELS.items():
        path, schema = SCHEMAS / f"{short_name(stream)}.json", schema_of(model)
        broken = incompatibilities(json.loads(path.read_text()), schema) if path.exists() else []
        for problem in broken:
            failed = True
            sys.stderr.write(f"{stream}: {problem}; this needs a new major version\n")
        if not broken:
            path.write_text(rendered(schema))
    return int(failed)


if __name__ == "__main__":
    raise SystemExit(main())
