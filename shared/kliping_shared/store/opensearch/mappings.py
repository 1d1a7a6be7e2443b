"""What each field of a document is to the index, made from the document models."""

from __future__ import annotations

from types import UnionType
from typing import Any, Final, Union, get_args, get_origin

from kliping_shared.query import FIELDS
from kliping_shared.store.documents import DOCUMENT_OF, KINDS, Kind
from kliping_shared.store.opensearch.analysis import EXACT, STEMMED, VALUE
from kliping_shared.store.searchable import searched_fields
from kliping_shared.store.values import names

Mapping = dict[str, Any]

#: Words between two values or zones, so that a phrase never reaches from one into the other.
GAP: Final = 100
#: Longer values are kept but not compared: an index term has 32,766 bytes, a character up to four.
LONGEST_VALUE: Final = 8191
#: The same for whole sentences in tables.
LONGEST_SENTENCE: Final = 1024

_DATES: Final = ("published_at", "said_on", "ingested_at", "extracted_at", "linked_at", "first_seen", "last_seen")
_SENTENCES: Final = ("sentence",)
_KEPT: Final[Mapping] = {"type": "object", "enabled": False}
#: The bookkeeping of a document, see writer.py: ``live`` shown to readers, ``kept_at`` when it was written, ``arrival``
#: bounds what was there at a time, ``keeping`` versions and patches, ``words`` searched stretches that are no field,
#: ``sort`` what results are ordered by (``at`` in seconds since 1970).
BOOKKEEPING: Final[Mapping] = {
    "live": {"type": "boolean"},
    "kept_at": {"type": "date", "format": "epoch_millis"},
    "arrival": {"type": "long"},
    "keeping": _KEPT,
    "sort": {"properties": {"id": {"type": "keyword"}, "at": {"type": "long"}}},
}


def mapping(kind: Kind) -> Mapping:
    """The properties of a kind's index: every field of its model."""
    fields = {name: _field(kind, name, info.annotation) for name, info in DOCUMENT_OF[kind].model_fields.items()}
    if kind in ("articles", "groups"):
        fields["words"] = {"properties": {"text": _stemmed()}}
    return fields


def query_mapping() -> Mapping:
    """The properties of the index of stored queries: whatever a query may name, the query, and what it is."""
    fields: Mapping = {}
    for kind in KINDS:
        for name, field in mapping(kind).items():
            fields[name] = _merged(fields.get(name, {}), field)
    keyword = {"type": "keyword"}
    stored = {"id": keyword, "name": keyword, "about": keyword, "text": keyword, "enabled": {"type": "boolean"}}
    moments = {"created_at": {"type": "date"}, "changed_at": {"type": "date"}, "version": {"type": "long"}}
    return {**fields, "query": {"type": "percolator"}, "stored": {"dynamic": "strict", "properties": stored | moments}}


def default_fields(kind: Kind) -> list[str]:
    """Where a word without a field is looked for by query_string and Dashboards: where Kliping looks, too."""
    found = []
    for column, name in searched_fields(kind):
        found.append(f"{name}.stems" if column == "who" else name)
    if kind == "groups":
        found.append("words.text")
    return [name for name in found if not (kind == "claims" and name == "title")]


def _merged(one: Mapping, other: Mapping) -> Mapping:
    """Both fields in one, with the sub-fields of both."""
    merged = {**one, **other}
    for part in ("fields", "properties"):
        if part in one or part in other:
            merged[part] = {**one.get(part, {}), **other.get(part, {})}
    return merged


def _field(kind: Kind, name: str, annotation: Any) -> Mapping:
    if name in ("title", "text"):
        return _searched(kind, name)
    compared = {"fields": fields} if (fields := _compared(kind, name)) else {}
    if name == "published_on":
        return {"type": "date", "format": "yyyy-MM-dd", "ignore_malformed": True, **compared}
    if name in _DATES:
        return {"type": "date", "format": "strict_date_optional_time", "ignore_malformed": True}
    plain = _plain(annotation)
    if plain is int or plain is float:
        return {"type": "integer" if plain is int else "float"}
    if plain is not str:
        return _KEPT
    longest = LONGEST_SENTENCE if name in _SENTENCES else LONGEST_VALUE
    return {"type": "keyword", "ignore_above": longest, **compared}


def _plain(annotation: Any) -> Any:
    """``str`` of ``str``, ``str | None`` and ``list[str]``."""
    if get_origin(annotation) in (Union, UnionType, list):
        return _plain(next(part for part in get_args(annotation) if part is not type(None)))
    return annotation


def _compared(kind: Kind, name: str) -> Mapping:
    """The sub-fields by which a value is filtered and searched."""
    fields: Mapping = {}
    if name in names(kind):
        fields["folded"] = {"type": "keyword", "normalizer": VALUE, "ignore_above": LONGEST_VALUE}
    if name in names(kind) and name in _asked_by_words():
        fields["words"] = {"type": "text", "analyzer": EXACT, "position_increment_gap": GAP, "norms": False}
    if ("who", name) in searched_fields(kind):
        fields["stems"] = _stemmed()
    return fields


def _asked_by_words() -> set[str]:
    return {name for rule in FIELDS.values() if rule.use == "value" for name in rule.documents}


def _searched(kind: Kind, name: str) -> Mapping:
    field = _text()
    if name == "title" or kind in ("claims", "groups"):
        field["fields"]["keyword"] = {"type": "keyword", "ignore_above": LONGEST_SENTENCE}
    return field


def _text() -> Mapping:
    return {**_stemmed(), "fields": {"exact": {"type": "text", "analyzer": EXACT, "position_increment_gap": GAP}}}


def _stemmed() -> Mapping:
    return {"type": "text", "analyzer": STEMMED, "position_increment_gap": GAP}
