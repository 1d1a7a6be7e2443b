"""What is kept of a document in OpenSearch: merged alike in every order, and read back as it was written."""

from __future__ import annotations

from functools import reduce
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kliping_shared.errors import PermanentError
from kliping_shared.store.opensearch.bulk import MOST_BYTES, MOST_DOCUMENTS, Operation, chunks
from kliping_shared.store.opensearch.keeping import from_answer, to_source
from kliping_shared.store.opensearch.merging import (
    ClaimSet,
    ForClaims,
    FromArticle,
    Given,
    State,
    asked_of,
    is_delicate,
    joined,
    shown,
    told,
)
from kliping_shared.store.ports import Patch, PatchClaims, Put, ReplaceClaims

VALUES = st.sampled_from(["satu", "dua", None, 3])
DOCUMENTS = st.fixed_dictionaries(
    {"claim_id": st.just("c"), "article_id": st.just("a"), "text": VALUES, "story_id": VALUES}
)
FIELDS = st.dictionaries(st.sampled_from(["story_id", "group_id"]), st.tuples(st.integers(1, 3), VALUES))
GIVEN = st.none() | st.builds(Given, st.integers(1, 3), DOCUMENTS, st.none() | st.just({"n": 1}))
SETS = st.none() | st.builds(ClaimSet, st.integers(1, 3), st.sampled_from([(), ("c",), ("c", "d")]))
SAID = st.none() | st.builds(ForClaims, FIELDS, SETS, st.frozensets(st.sampled_from("cd")), st.integers(0, 3))
HEARD = st.dictionaries(
    st.just("a"), st.builds(FromArticle, st.integers(1, 3), FIELDS, st.integers(-1, 3), st.booleans())
)
ASKED = st.builds(State, GIVEN, st.integers(-1, 3), FIELDS, SAID)
STATES = st.builds(State, GIVEN, st.integers(-1, 3), FIELDS, SAID, HEARD)


def _decided(state: State) -> Any:
    """All but the number of rounds, which tells how often something changed on the way."""
    said = state.for_claims
    return state.given, state.deleted, state.patches, said and (said.fields, said.set, said.known)


@given(st.lists(ASKED, min_size=1, max_size=5), st.randoms(use_true_random=False))
def test_order_and_repetition_do_not_matter(asked: list[State], chance: Any) -> None:
    """States joined in any order, any of them twice, are the same."""
    shuffled = [*asked, *chance.sample(asked, len(asked) // 2)]
    chance.shuffle(shuffled)
    assert _decided(reduce(joined, shuffled, State())) == _decided(reduce(joined, asked, State()))


@given(STATES)
def test_joining_nothing_changes_nothing(state: State) -> None:
    """What is asked once more is no change, so that it is not written."""
    once = joined(state, state)
    assert once == state
    assert joined(state, State()) == state


@given(STATES)
def test_what_is_written_is_read_back(state: State) -> None:
    """A stored document holds the whole state; of what was deleted for good, the version."""
    source = orjson.loads(orjson.dumps(to_source("claims", "c", state, arrival=7, now=1.5)))
    kept = from_answer({"found": True, "_source": source, "_seq_no": 4, "_primary_term": 1})
    gone = state.given is not None and state.given.version <= state.deleted
    assert kept.state.given == (Given(state.given.version, {}) if gone and state.given else state.given)
    assert _decided(kept.state)[1:] == _decided(state)[1:]
    assert kept.state.heard == state.heard
    assert shown(kept.state) == shown(state)
    assert (kept.seq_no, kept.arrival) == (4, 7 if shown(state) is not None else None)


@given(STATES, st.lists(SAID, min_size=1, max_size=4))
def test_the_latest_round_decides(state: State, said: list[ForClaims | None]) -> None:
    """In whichever order a claim hears its article, it shows what the last round says; where an older one came last, once
    the writer who told that has looked at the article again, as each does who tells something new."""
    rounds = [
        ForClaims(one.fields, one.set, one.known, number + 10) for number, one in enumerate(said) if one is not None
    ]
    one_by_one = reduce(lambda kept, round_: told(kept, "c", "a", round_), rounds, state)
    backwards = reduce(lambda kept, round_: told(kept, "c", "a", round_), reversed(rounds), state)
    settled = told(backwards, "c", "a", rounds[-1]) if rounds else backwards
    assert shown(one_by_one) == shown(settled)


def test_the_same_once_more_is_not_taken_down() -> None:
    """A higher version of what a claim has heard is no change, unless it can decide against the claim's own patch."""
    plain = State(given=Given(1, {"article_id": "a"}), heard={"a": FromArticle(1, {"story_id": (1, "s")})})
    patched = joined(plain, State(patches={"story_id": (2, "own")}))
    later = ForClaims({"story_id": (3, "s")}, ClaimSet(3, ("c",)), frozenset("c"), 2)
    assert told(plain, "c", "a", later) is plain
    assert not is_delicate(plain)
    assert is_delicate(patched)
    assert (shown(told(patched, "c", "a", later)) or {})["story_id"] == "s"


def test_claims_are_made_known_to_their_article() -> None:
    """What is asked of an article's claims, and who they are, stands with the article."""
    asked = asked_of(
        [Put("claims", "c", 2, {"article_id": "a"}), ReplaceClaims("a", 2, ("d", "c")), PatchClaims("a", 3, {"x": 1})]
    )
    said = asked["articles", "a"].for_claims
    assert said is not None
    assert (said.known, said.set, said.fields) == ({"c"}, ClaimSet(2, ("c", "d")), {"x": (3, 1)})
    assert asked["claims", "c"].given == Given(2, {"article_id": "a"})


@pytest.mark.parametrize(
    "change",
    [
        Put("claims", "c", 1, {"text": object()}),
        Patch("articles", "a", 1, {"title": "\ud800"}),
        Put("photos", "p", 1, {}),  # type: ignore[arg-type]
    ],
)
def test_what_cannot_be_kept_is_refused_before_anything_is_written(change: Put | Patch) -> None:
    """No JSON and an unknown kind are PermanentErrors."""
    with pytest.raises(PermanentError):
        asked_of([change])


@given(st.lists(st.integers(1, MOST_BYTES + 5), max_size=12), st.integers(0, 1200))
def test_requests_stay_below_the_limits(sizes: list[int], small: int) -> None:
    """Every operation is in one request, in order; none is too large but for a single operation that is."""
    lengths = [*sizes, *([1] * small)]
    zeros = bytes(MOST_BYTES + 5)
    operations = [Operation(("articles", str(n)), zeros[:size]) for n, size in enumerate(lengths)]
    made = list(chunks(operations))
    assert [operation for chunk in made for operation in chunk] == operations
    for chunk in made:
        assert len(chunk) <= MOST_DOCUMENTS
        assert len(chunk) == 1 or sum(len(operation.lines) for operation in chunk) <= MOST_BYTES
