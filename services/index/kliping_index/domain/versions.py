"""Which of two messages about a document is the newer one, as one number."""

from __future__ import annotations

from typing import Final

from kliping_shared.contracts import LinkedArticle

_LINK_BITS: Final = 40
_HIGHEST: Final = (1 << _LINK_BITS) - 1


def document_version(linked: LinkedArticle) -> int:
    """Version of an article, its claims and its replacements: by revision, then by the link state's version.

    The revision grows along a document's lineage (ingest), so an older text that is linked late never overwrites a
    newer one, whatever the link state's version was by then. Groups and stories have the link state's version alone.
    Fits 63 bits: 8 million revisions, a million million link versions.
    """
    return (linked.revision << _LINK_BITS) | min(linked.version, _HIGHEST)
