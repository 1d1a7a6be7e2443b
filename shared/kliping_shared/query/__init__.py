"""The query language of search box, command line and API; docs/reference/query-language.md describes it."""

from kliping_shared.query.ast import (
    Alike,
    And,
    Everything,
    Field,
    Leaf,
    Not,
    Or,
    Phrase,
    Query,
    Word,
    abouts,
    as_typed,
    changed,
    share_typed,
    wanted,
)
from kliping_shared.query.fields import FIELDS, FieldRule, first_day
from kliping_shared.query.loosening import loosened, titled
from kliping_shared.query.parser import parse
from kliping_shared.query.widening import Also, also, query_of

__all__ = [
    "FIELDS",
    "Alike",
    "Also",
    "And",
    "Everything",
    "Field",
    "FieldRule",
    "Leaf",
    "Not",
    "Or",
    "Phrase",
    "Query",
    "Word",
    "abouts",
    "also",
    "as_typed",
    "changed",
    "first_day",
    "loosened",
    "parse",
    "query_of",
    "share_typed",
    "titled",
    "wanted",
]
