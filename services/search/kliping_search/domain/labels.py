"""What kinds, facets and values are called where people read them."""

from __future__ import annotations

from typing import Final

from kliping_shared.store.documents import Kind

#: What the tabs and facets are called.
KIND_LABELS: Final[dict[Kind, str]] = {
    "claims": "Claims",
    "groups": "Same claim",
    "stories": "Stories",
    "articles": "Articles",
}
FACET_LABELS: Final = {
    "speaker": "Who says it",
    "person": "People",
    "org": "Organisations",
    "place": "Places",
    "outlet": "Outlet",
    "origin": "Taken from",
    "role": "In the role of",
    "kind": "Quoted or reported",
    "stance": "Stance",
    "modality": "How far it is meant",
    "negated": "Negated",
    "public": "Public speaker",
    "cue": "Cue",
    "published_month": "Month",
    "published_on": "Day",
    "story_title": "Story",
    "agreement": "How outlets agree",
    "differs": "What differs",
    "outlet_count": "Number of outlets",
    "origin_count": "Independent origins",
    "language": "Language",
}
#: What values are called that are no words for a reader.
VALUE_LABELS: Final[dict[str, dict[str, str]]] = {
    "kind": {"direct": "quote", "indirect": "reported", "mixed": "partly quoted"},
    "agreement": {
        "single_source": "one outlet only",
        "copied": "several outlets, one origin",
        "agreed": "several origins agree",
        "disputed": "outlets contradict each other",
    },
    "taken": {"own": "its own text", "names": "names it", "unnamed": "carries it without naming it"},
    "differs": {
        "number": "numbers",
        "date": "days",
        "place": "places",
        "name": "names",
        "polarity": "said or denied",
        "scope": "how far it holds",
    },
}
#: Facets whose values mean nothing to a reader, or repeat another's.
HIDDEN_FACETS: Final = {"story_id", "language"}


def label(facet: str, value: str) -> str:
    """What a value of the facet is called."""
    return VALUE_LABELS.get(facet, {}).get(value, value)
