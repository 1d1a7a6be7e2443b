"""Groups follow from the set of articles, and no change of a group is ever lost."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings

from kliping_link.linker import link_all
from kliping_link.memory_state import MemoryState
from kliping_shared.contracts import EnrichedArticle
from tests.unit.link.building import shelved
from tests.unit.link.worlds import (
    NOW,
    Decision,
    Delivery,
    at_rest,
    corrected_schedules,
    decide_in,
    newest,
    run,
    schedules,
)


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(schedules())
def test_order_duplicates_crashes_and_versions_change_nothing(
    drawn: tuple[list[EnrichedArticle], list[Delivery]],
) -> None:
    """After any schedule the index holds the groups and stories of the current articles alone, linked in order."""
    articles, deliveries = drawn
    shelf = run(MemoryState(), articles, deliveries)
    assert shelf.without_versions() == shelved(link_all(list(newest(articles).values()), now=NOW))


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(corrected_schedules())
def test_corrections_made_and_taken_back_at_any_time_leave_what_they_say_in_the_end(
    drawn: tuple[list[EnrichedArticle], list[Delivery | Decision]],
) -> None:
    """The index holds what linking with the corrections that stand at the end gives, however all that came about."""
    articles, steps = drawn
    state = MemoryState()
    assert run(state, articles, steps, decide_in(state)).without_versions() == at_rest(articles, steps)


@settings(max_examples=50, deadline=None)
@given(schedules())
def test_link_all_gives_every_claim_the_group_that_holds_it(
    drawn: tuple[list[EnrichedArticle], list[Delivery]],
) -> None:
    """A claim's group_id is among the article's groups, and that group has the claim as a member."""
    articles, _ = drawn
    for linked in link_all(articles, now=NOW):
        members = {group.group_id: {member.claim_id for member in group.members} for group in linked.groups}
        assert all(claim.claim_id in members[claim.group_id] for claim in linked.claims)
        assert linked.story_id in {story.story_id for story in linked.stories}
