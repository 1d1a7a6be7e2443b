"""Which documents changes may show otherwise."""

from __future__ import annotations

from kliping_index.domain.touched import touched
from kliping_shared.store.ports import Delete, Patch, PatchClaims, Put, ReplaceClaims


def test_what_is_written_or_patched_is_touched_once() -> None:
    """What is removed is found by nobody any more; of an article whose claims are patched all claims are meant."""
    units = [
        [
            Put("articles", "a1", 1, {}),
            Put("claims", "c1", 1, {}),
            Patch("claims", "c1", 1, {}),
            Patch("claims", "c9", 1, {}),
        ],
        [
            Delete("groups", "g1", 1),
            ReplaceClaims("a1", 1, ("c1",)),
            PatchClaims("a2", 1, {}),
            Put("articles", "a1", 2, {}),
        ],
    ]
    found = touched(units)
    assert found.documents == {"articles": ("a1",), "claims": ("c1", "c9")}
    assert found.claims_of == ("a2",)
