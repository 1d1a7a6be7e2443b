"""Linking one article against a state, or many in memory."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache

from kliping_link.domain.arrival import Links, arrive
from kliping_link.domain.groups import Telling
from kliping_link.domain.levels import Level, claim_level, story_level
from kliping_link.domain.records import STORY, describe
from kliping_link.domain.score import Weights
from kliping_link.domain.stories import StoryWeights
from kliping_link.memory_state import MemoryState
from kliping_link.ports import LinkState
from kliping_shared.contracts import EnrichedArticle, LinkedArticle, LinkedClaim


@cache
def levels() -> tuple[Level, ...]:
    """What is grouped: claims, and articles into stories."""
    return (claim_level(Weights()), story_level(StoryWeights()))


def link(state: LinkState, article: EnrichedArticle, now: datetime) -> LinkedArticle | None:
    """Link one article and commit; None for a version older than one already linked, which changes nothing.

    Delivering an article again changes nothing either. It tells again every group that holds its claims and every
    group that its first delivery changed or ended, as they are now: a worker that dies between commit and publish
    loses no change. Raises StoreUnavailable when the state is away or too busy.
    """
    record = describe(article)
    links, version = state.transact(lambda unit: arrive(unit, article, record, levels()))
    return to_message(article, links, version, now) if links else None


def link_all(articles: Sequence[EnrichedArticle], *, now: datetime | None = None) -> list[LinkedArticle]:
    """Link articles in memory: each comes out with the groups and stories of the whole set, in the given order.

    Versions that another article of the set replaces are left out. ``now`` is told as the time of linking.
    """
    state = MemoryState()
    moment = now or datetime.now(UTC)
    for article in articles:
        link(state, article, moment)
    linked = (link(state, article, moment) for article in articles)
    return [article for article in linked if article]


def to_message(article: EnrichedArticle, links: Links, version: int, now: datetime) -> LinkedArticle:
    """The linked article: the enriched one with its groups, its story, and all that changed, as of ``version``."""
    by_index = {ref.claim: group_id for ref, group_id in links.own.items()}
    telling = Telling(version, links.records, levels()[0].score)
    claim_groups, stories = [], []
    for group_id, group in sorted(links.groups.items()):
        if group.members[0].claim == STORY:
            stories.append(telling.story(group_id, group.members))
        else:
            claim_groups.append(telling.claim_group(group_id, group.members))
    plain = {
        name: getattr(article, name) for name in EnrichedArticle.model_fields if name not in ("contract", "claims")
    }
    return LinkedArticle(
        **plain,
        claims=tuple(
            LinkedClaim(**dict(claim), group_id=by_index[index]) for index, claim in enumerate(article.claims)
        ),
        story_id=by_index[STORY],
        version=version,
        groups=tuple(claim_groups),
        stories=tuple(stories),
        retired_groups=tuple(sorted(group_id for group_id in links.retired if group_id.startswith("g"))),
        retired_stories=tuple(sorted(group_id for group_id in links.retired if group_id.startswith("s"))),
        linked_at=now,
    )
