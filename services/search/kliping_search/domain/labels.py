"""What kinds, facets and values are called where people read them."""

from __future__ import annotations

from typing import Final

from kliping_search.domain.texts import marked
from kliping_shared.store.documents import Kind
from kliping_shared.store.ports import SortBy

#: What the tabs and facets are called.
KIND_LABELS: Final[dict[Kind, str]] = {
    "claims": marked("Claims"),
    "groups": marked("Same claim"),
    "stories": marked("Stories"),
    "articles": marked("Articles"),
}
FACET_LABELS: Final = {
    "speaker": marked("Who says it"),
    "person": marked("People"),
    "org": marked("Organisations"),
    "place": marked("Places"),
    "outlet": marked("Outlet"),
    "origin": marked("Taken from"),
    "role": marked("In the role of"),
    "kind": marked("Quoted or reported"),
    "stance": marked("Stance"),
    "modality": marked("How far it is meant"),
    "negated": marked("Negated"),
    "public": marked("Public speaker"),
    "cue": marked("Cue"),
    "published_month": marked("Month"),
    "published_on": marked("Day"),
    "story_title": marked("Story"),
    "agreement": marked("How outlets agree"),
    "differs": marked("What differs"),
    "outlet_count": marked("Number of outlets"),
    "origin_count": marked("Independent origins"),
    "language": marked("Language"),
}
#: Orders and what they are called.
SORT_LABELS: Final[dict[SortBy, str]] = {
    "relevance": marked("best match"),
    "newest": marked("newest"),
    "oldest": marked("oldest"),
    "outlets": marked("most outlets"),
}
#: What values are called that are no words for a reader.
VALUE_LABELS: Final[dict[str, dict[str, str]]] = {
    "kind": {"direct": marked("quote"), "indirect": marked("reported"), "mixed": marked("partly quoted")},
    "agreement": {
        "single_source": marked("one outlet only"),
        "copied": marked("several outlets, one origin"),
        "agreed": marked("several origins agree"),
        "disputed": marked("outlets contradict each other"),
    },
    "stance": {
        "neutral": marked("neutral"),
        "assert": marked("asserts"),
        "deny": marked("denies"),
        "warn": marked("warns"),
        "promise": marked("promises"),
        "doubt": marked("doubts"),
        "accuse": marked("accuses"),
        "ask": marked("asks"),
        "praise": marked("praises"),
        "criticise": marked("criticises"),
        "expect": marked("expects"),
        "admit": marked("admits"),
    },
    "modality": {
        "asserted": marked("asserted"),
        "possible": marked("possible"),
        "necessary": marked("necessary"),
        "future": marked("to come"),
        "desired": marked("wished for"),
        "conditional": marked("on a condition"),
        "question": marked("a question"),
    },
    "date_source": {
        "metadata": marked("dated by its file"),
        "dateline": marked("dated by its dateline"),
        "text": marked("dated by its text"),
        "drop_time": marked("dated by when it was dropped"),
    },
    "resolved_from": {
        "name": marked("by name"),
        "pronoun": marked("by a pronoun"),
        "role": marked("by the office"),
        "none": marked("not named"),
    },
    "type": {"PER": marked("person"), "ORG": marked("organisation"), "LOC": marked("place")},
    "zone": {
        "title": marked("title"),
        "byline": marked("byline"),
        "dateline": marked("dateline"),
        "body": marked("body"),
        "boilerplate": marked("boilerplate"),
        "source_note": marked("source note"),
    },
    "source": {
        "same speaker": marked("same speaker"),
        "a body and who speaks for it": marked("a body and who speaks for it"),
        "speakers that may be one": marked("speakers that may be one"),
        "merged by hand": marked("merged by hand"),
    },
    "negated": {"yes": marked("yes"), "no": marked("no")},
    "public": {"yes": marked("yes"), "no": marked("no")},
    "polarity": {"said": marked("said"), "denied": marked("denied")},
    "taken": {
        "own": marked("its own text"),
        "names": marked("names it"),
        "unnamed": marked("carries it without naming it"),
    },
    "differs": {
        "number": marked("numbers"),
        "date": marked("days"),
        "place": marked("places"),
        "name": marked("names"),
        "polarity": marked("said or denied"),
        "scope": marked("how far it holds"),
    },
    "rejected": {
        "archive-too-deep": marked("archive within archives"),
        "binary": marked("no text but binary data"),
        "broken-docx": marked("broken Word document"),
        "broken-gz": marked("broken gz file"),
        "broken-json": marked("faulty JSON"),
        "broken-pdf": marked("broken PDF"),
        "broken-xml": marked("faulty XML"),
        "broken-zip": marked("broken zip archive"),
        "empty": marked("empty"),
        "encrypted": marked("protected by a password"),
        "no-text": marked("no article text"),
        "not-a-regular-file": marked("no ordinary file"),
        "permission-denied": marked("may not be read"),
        "read-failed": marked("could not be read"),
        "rejected-in-part": marked("rejected in part"),
        "symlink-outside": marked("a link that leads out of the inbox"),
        "too-large": marked("too large"),
        "too-many-records": marked("too many records"),
        "undecodable": marked("letters that cannot be decoded"),
        "unknown-format": marked("unknown format"),
        "xml-entity-bomb": marked("XML with dangerous entities"),
        "zip-bomb": marked("archive that unpacks to far too much"),
    },
}
#: Facets whose values mean nothing to a reader, or repeat another's.
HIDDEN_FACETS: Final = {"story_id", "language"}


def label(facet: str, value: str) -> str:
    """What a value of the facet is called."""
    return VALUE_LABELS.get(facet, {}).get(value, value)
