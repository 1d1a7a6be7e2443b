"""The link state in this process: for ``kliping process`` and for tests."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import UTC, datetime
from typing import TypeVar

from kliping_link.domain.records import ArticleRecord
from kliping_link.domain.signatures import Signature
from kliping_link.ports import Component, Head, Near, Places, Posting, Unit, in_enough
from kliping_shared.corrections.groups import GroupCorrection

T = TypeVar("T")


class MemoryState:
    """A LinkState in dictionaries; one transaction at a time."""

    def __init__(self, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._lock = threading.Lock()
        self._clock = clock
        self._version = 0
        self.heads: dict[str, Head] = {}
        self.superseded: dict[int, int] = {}
        self.articles: dict[int, ArticleRecord] = {}
        self.places: dict[int, Places] = {}
        self.components: dict[int, Component] = {}
        self.postings: dict[str, set[Posting]] = {}
        self.touched: dict[int, datetime] = {}
        self.corrections: dict[str, GroupCorrection] = {}

    def transact(self, work: Callable[[Unit], T]) -> tuple[T, int]:
        """See LinkState."""
        with self._lock:
            unit = _MemoryUnit(self, self._clock())
            result = work(unit)
            unit.commit()
            self._version += 1
            return result, self._version

    def idle(self, before: datetime, limit: int) -> list[int]:
        """See LinkState."""
        with self._lock:
            longest = sorted((when, article) for article, when in self.touched.items() if when < before)
            return [article for _, article in longest[:limit]]


class _MemoryUnit:
    """Reads what stands, keeps writes until the commit."""

    def __init__(self, state: MemoryState, now: datetime) -> None:
        self._state = state
        self._now = now
        self._writes: list[Callable[[], object]] = []

    def commit(self) -> None:
        for write in self._writes:
            write()

    def expect(self, document_key: str, article_id: str, keys: Iterable[str]) -> None:
        """Nothing is far away."""

    def corrections(self, document_key: str, article_id: str) -> tuple[GroupCorrection, ...]:
        return tuple(
            one
            for one in self._state.corrections.values()
            if any(article_id == a.article_id or document_key == a.document_key for a in one.anchors)
        )

    def head(self, document_key: str) -> Head | None:
        return self._state.heads.get(document_key)

    def superseded(self, article: int) -> int | None:
        return self._state.superseded.get(article)

    def articles(self, articles: Iterable[int]) -> Mapping[int, ArticleRecord]:
        known = self._state.articles
        return {article: known[article] for article in articles if article in known}

    def signatures(self, articles: Iterable[int]) -> Mapping[int, Signature]:
        return {article: record.signature for article, record in self.articles(articles).items()}

    def places(self, articles: Iterable[int]) -> Mapping[int, Places]:
        known = self._state.places
        return {article: known[article] for article in articles if article in known}

    def components(self, ids: Iterable[int]) -> Mapping[int, Component]:
        known = self._state.components
        return {name: known[name] for name in ids if name in known}

    def postings(
        self, wanted: Iterable[Collection[str]], least: int = 1, near: Near | None = None
    ) -> list[list[Posting]]:
        known = self._state.postings
        found = (in_enough([known[key] for key in keys if key in known], least) for keys in wanted)
        return [[one for one in row if near is None or near(one.published, one.seen)] for row in found]

    def put_head(self, document_key: str, head: Head) -> None:
        self._writes.append(lambda: self._state.heads.update({document_key: head}))

    def put_superseded(self, article: int, revision: int) -> None:
        self._writes.append(lambda: self._state.superseded.update({article: revision}))

    def put_article(self, article: int, record: ArticleRecord) -> None:
        self._writes.append(lambda: self._state.articles.update({article: record}))

    def drop_article(self, article: int) -> None:
        self._writes.append(lambda: self._forget(article))

    def put_places(self, article: int, places: Places, *, expires: bool = False) -> None:  # noqa: ARG002
        self._writes.append(lambda: self._state.places.update({article: places}))

    def put_component(self, component: int, groups: Component) -> None:
        self._writes.append(lambda: self._state.components.update({component: groups}))

    def drop_component(self, component: int) -> None:
        self._writes.append(lambda: self._state.components.pop(component, None))

    def post(self, posting: Posting, keys: Iterable[str]) -> None:
        wanted = tuple(keys)
        self._writes.append(lambda: self._add(wanted, posting))

    def withdraw(self, posting: Posting, keys: Iterable[str]) -> None:
        wanted = tuple(keys)
        self._writes.append(lambda: self._discard(wanted, posting))

    def is_idle(self, article: int, before: datetime) -> bool:
        return self._state.touched.get(article, before) <= before

    def touch(self, articles: Iterable[int]) -> None:
        times = dict.fromkeys(articles, self._now)
        self._writes.append(lambda: self._state.touched.update(times))

    def _forget(self, article: int) -> None:
        self._state.articles.pop(article, None)
        self._state.places.pop(article, None)
        self._state.touched.pop(article, None)

    def _add(self, keys: Iterable[str], posting: Posting) -> None:
        for key in keys:
            self._state.postings.setdefault(key, set()).add(posting)

    def _discard(self, keys: Iterable[str], posting: Posting) -> None:
        for key in keys:
            standing = self._state.postings.get(key, set())
            standing.discard(posting)
            if not standing:
                self._state.postings.pop(key, None)
