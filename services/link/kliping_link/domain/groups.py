"""Groups and stories as they are shown, from the records of their members: a function of the set of members."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from kliping_link.domain.copies import first_copied
from kliping_link.domain.differences import differences
from kliping_link.domain.matches import Score, matches
from kliping_link.domain.origins import Provenance, independent_origins, provenance
from kliping_link.domain.records import ArticleRecord, Copied, Ref
from kliping_link.domain.titles import central_title
from kliping_link.domain.wordings import wordings
from kliping_shared.contracts import ClaimGroup, GroupMember, Match, Story


class Telling:
    """Groups as they are at ``version``. The groups of one article's claims are mostly of the same few articles."""

    def __init__(self, version: int, records: Mapping[int, ArticleRecord], score: Score) -> None:
        self._version = version
        self._records = records
        self._score = score
        self._origins: dict[tuple[Provenance, ...], tuple[str, ...]] = {}

    def claim_group(self, group_id: str, members: Sequence[Ref]) -> ClaimGroup:
        """The group whose members are given from early to late."""
        records = self._records
        claims = [records[ref.article].claims[ref.claim] for ref in members]
        articles = [records[article] for article in dict.fromkeys(ref.article for ref in members)]
        origins = self._independent(
            provenance(records[ref.article], claim) for ref, claim in zip(members, claims, strict=True)
        )
        shown = [records[ref.article].shown(ref.claim, origin) for ref, origin in zip(members, origins, strict=True)]
        different = wordings((claim.features, member) for claim, member in zip(claims, shown, strict=True))
        found = matches(different, self._score)
        return ClaimGroup(
            group_id=group_id,
            version=self._version,
            speaker=_most_frequent([claim.speaker for claim in claims]),
            members=tuple(_matched(member, found.get(member.claim_id)) for member in shown),
            outlets=_outlets(articles),
            origins=tuple(sorted(set(origins))),
            differences=differences(different),
            first_seen=articles[0].moment,
            last_seen=records[members[-1].article].moment,
        )

    def story(self, story_id: str, members: Sequence[Ref]) -> Story:
        """The story whose articles are given from early to late."""
        articles = [self._records[ref.article] for ref in members]
        copied = _copies(articles)
        origins = self._independent(map(provenance, articles))
        return Story(
            story_id=story_id,
            version=self._version,
            title=central_title(articles) or _untitled(articles[0]),
            members=tuple(
                article.listed(origin, copied.get(place))
                for place, (origin, article) in enumerate(zip(origins, articles, strict=True))
            ),
            outlets=_outlets(articles),
            origins=tuple(sorted(set(origins))),
            actors=_actors(articles),
            first_seen=articles[0].moment,
            last_seen=articles[-1].moment,
        )

    def _independent(self, told: Iterable[Provenance]) -> tuple[str, ...]:
        """The origin that each counts for."""
        members = tuple(told)
        known = self._origins.get(members)
        if known is None:
            known = self._origins[members] = independent_origins(members)
        return known


def _matched(member: GroupMember, match: Match | None) -> GroupMember:
    return member.model_copy(update={"match": match}) if match else member


def _copies(articles: Sequence[ArticleRecord]) -> dict[int, Copied]:
    """Place of each article that is near-identical to an earlier one, with the first such."""
    sketches = [article.story.sketch for article in articles]
    return {
        place: Copied(articles[first].article_id, round(sketches[place].held_by(sketches[first]), 2))
        for place, first in first_copied(sketches).items()
    }


def _untitled(article: ArticleRecord) -> str:
    """A name for a story none of whose articles has a title: its actors."""
    return ", ".join(article.story.actors[:3]) or article.article_id


def _actors(articles: Sequence[ArticleRecord]) -> tuple[str, ...]:
    """Names that at least half of the articles have among their first, most shared first."""
    counted = Counter(name for article in articles for name in article.story.actors)
    place = {name: at for article in reversed(articles) for at, name in enumerate(article.story.actors)}
    shared = [name for name, n in counted.items() if 2 * n >= len(articles)]
    return tuple(sorted(shared, key=lambda name: (-counted[name], place[name], name)))


def _outlets(articles: Iterable[ArticleRecord]) -> tuple[str, ...]:
    return tuple(sorted({article.outlet for article in articles if article.outlet}))


def _most_frequent(names: Sequence[str]) -> str:
    """The name that most members use; among equals the longest, then by name."""
    if len(names) == 1:
        return names[0]
    counted = Counter(names)
    return min(counted, key=lambda name: (-counted[name], -len(name), name))
