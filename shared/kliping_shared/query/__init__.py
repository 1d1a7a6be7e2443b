"""The query language of search box, command line and API; docs/reference/query-language.md describes it."""

from kliping_shared.query.ast import And, Everything, Field, Leaf, Not, Or, Phrase, Query, Word, abouts, changed, wanted
from kliping_shared.query.fields import FIELDS, FieldRule, first_day
from kliping_shared.query.loosening import loosened
from kliping_shared.query.parser import parse

__all__ = [
    "FIELDS",
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
    "changed",
    "first_day",
    "loosened",
    "parse",
    "wanted",
]
