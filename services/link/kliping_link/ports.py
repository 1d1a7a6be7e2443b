"""The state that linking needs: what is known of recent articles, and one transaction at a time upon it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain
from typing import NamedTuple, Protocol, TypeVar

from kliping_link.domain.records import ArticleRecord, Ref
from kliping_link.domain.signatures import Signature
from kliping_shared.corrections.groups import GroupCorrection

T = TypeVar("T")
P = TypeVar("P")


class Posting(NamedTuple):
    """A claim or article under one of its keys, with its days, so that most are passed over without being read."""

    ref: Ref
    published: int | None
    seen: int


class Touched(NamedTuple):
    """A group that an article's arrival changed although it holds none of the article's claims, and its founder."""

    group_id: str
    founder: Ref


@dataclass(frozen=True)
class Places:
    """Where an article's members are: component of each index (absent: alone), and the groups it touched."""

    components: Mapping[int, int] = field(default_factory=dict)
    touched: frozenset[Touched] = frozenset()


class Head(NamedTuple):
    """The newest revision of a document, and the ids of the articles that came as it, sorted.

    More than one only where nobody keeps lineage (files of one name given to ``kliping process``): each is current.
    """

    revision: int
    article_ids: tuple[str, ...]


#: Whether something of these days of publication and arrival is to be looked at.
Near = Callable[[int | None, int], bool]

#: A component: its groups, each sorted, sorted.
Component = tuple[tuple[Ref, ...], ...]


def in_enough(collections: Iterable[Collection[P]], least: int) -> list[P]:
    """What is in so many at least of the collections."""
    return [one for one, times in Counter(chain.from_iterable(collections)).items() if times >= least]


class Unit(Protocol):
    """One transaction: reads see the state as it was at its start, writes take effect together at its end.

    Reads do not see the transaction's own writes. What is not there is absent from the returned mapping.
    """

    def expect(self, document_key: str, article_id: str, keys: Iterable[str]) -> None:
        """Say what is about to be asked for, so that a state that is far away is asked once; no answer depends on it.

        The head, the article's own record, places and supersession, the corrections that speak of it, and the postings
        under each of the keys.
        """

    def corrections(self, document_key: str, article_id: str) -> tuple[GroupCorrection, ...]:
        """What people corrected that speaks of claims of the article, or of another version of its document."""

    def head(self, document_key: str) -> Head | None:
        """What is current of a document."""

    def superseded(self, article: int) -> int | None:
        """Highest revision of the messages that replaced this article by another."""

    def articles(self, articles: Iterable[int]) -> Mapping[int, ArticleRecord]:
        """Records of current articles."""

    def signatures(self, articles: Iterable[int]) -> Mapping[int, Signature]:
        """Current articles in a few bytes: to be asked before their records, where few of them are expected to match."""

    def places(self, articles: Iterable[int]) -> Mapping[int, Places]:
        """Places of current articles."""

    def components(self, ids: Iterable[int]) -> Mapping[int, Component]:
        """Components by id."""

    def postings(
        self, wanted: Iterable[Collection[str]], least: int = 1, near: Near | None = None
    ) -> list[list[Posting]]:
        """For each of the collections, everything ``near`` that stands under so many of its keys at least, each once.

        A key that is in it twice counts as two.
        """

    def put_head(self, document_key: str, head: Head) -> None:
        """Set what is current of a document."""

    def put_superseded(self, article: int, revision: int) -> None:
        """Remember that an article was replaced."""

    def put_article(self, article: int, record: ArticleRecord) -> None:
        """Add or replace a record."""

    def drop_article(self, article: int) -> None:
        """Forget a record and its places."""

    def put_places(self, article: int, places: Places, *, expires: bool = False) -> None:
        """Set an article's places; those that ``expires`` are forgotten when superseded ones are."""

    def put_component(self, component: int, groups: Component) -> None:
        """Add or replace a component."""

    def drop_component(self, component: int) -> None:
        """Forget a component."""

    def post(self, posting: Posting, keys: Iterable[str]) -> None:
        """Put a posting under the keys."""

    def withdraw(self, posting: Posting, keys: Iterable[str]) -> None:
        """Take a posting away from the keys."""

    def is_idle(self, article: int, before: datetime) -> bool:
        """Whether nothing has touched the article since ``before``. To be asked last, after all that it depends on."""

    def touch(self, articles: Iterable[int]) -> None:
        """Mark articles as in use now, which keeps them from being swept."""


class LinkState(Protocol):
    """What link workers share. Safe for any number of them."""

    def transact(self, work: Callable[[Unit], T]) -> tuple[T, int]:
        """Run ``work`` and commit all its writes at once, or nothing; its result and the new version of the state.

        ``work`` runs again when another worker changed what it had read, so it must do nothing but use the unit.
        Versions grow with every commit. Raises StoreUnavailable when the state is away or too busy.
        """

    def idle(self, before: datetime, limit: int) -> list[int]:
        """Up to ``limit`` articles that nothing has touched since ``before``, the longest idle first."""
