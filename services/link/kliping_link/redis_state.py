"""The link state in Redis: what all link workers share.

Reads of a transaction are watched (WATCH) before they are made and its writes go out in one MULTI/EXEC, so a worker
that dies in between has changed nothing, and one whose reads were overtaken by another worker starts over.
"""

from __future__ import annotations

import random
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from typing import Any, TypeVar

import orjson
from redis import Redis
from redis.client import Pipeline
from redis.exceptions import RedisError, WatchError

from kliping_link import codec
from kliping_link.domain.records import ArticleRecord
from kliping_link.ports import Component, Head, Places, Posting, Unit
from kliping_shared.bus import is_away
from kliping_shared.errors import StoreUnavailable

T = TypeVar("T")
U = TypeVar("U")

PREFIX = b"kliping:link:"
VERSION = PREFIX + b"version"
TOUCHED = PREFIX + b"touched"
#: Overtaken this often, a transaction is left to a later attempt.
ATTEMPTS = 50
#: Decoded records kept by a worker; an article of twelve claims is about 30 kB of Python objects.
CACHED = 1000


class RedisState:
    """A LinkState. ``retention``: how long it is remembered which version of a document is current."""

    def __init__(self, client: Redis, retention: timedelta) -> None:
        self._client = client
        self._retention = retention
        self._cache = _Cache(CACHED)

    def transact(self, work: Callable[[Unit], T]) -> tuple[T, int]:
        """See LinkState. Blocks while it runs; raises StoreUnavailable when Redis is away."""
        try:
            return self._attempt(work)
        except RedisError as error:
            raise _as_ours(error) from error

    def idle(self, before: datetime, limit: int) -> list[int]:
        """See LinkState."""
        try:
            found: Any = self._client.zrange(TOUCHED, "-inf", before.timestamp(), byscore=True, offset=0, num=limit)
        except RedisError as error:
            raise _as_ours(error) from error
        return [int(article) for article in found]

    def _attempt(self, work: Callable[[Unit], T]) -> tuple[T, int]:
        for attempt in range(ATTEMPTS):
            with self._client.pipeline() as pipe:
                unit = _RedisUnit(pipe, self._cache, self._retention)
                try:
                    result = work(unit)
                    return result, unit.commit()
                except WatchError:
                    time.sleep(random.uniform(0, 0.002) * min(attempt, 10))  # noqa: S311 - jitter, not a secret
        raise StoreUnavailable(f"link state: overtaken {ATTEMPTS} times by other workers")


def _as_ours(error: RedisError) -> Exception:
    return StoreUnavailable(f"link state: {error}") if is_away(error) else error


class _RedisUnit:
    """Watches what it reads, keeps writes until the commit."""

    def __init__(self, pipe: Pipeline, cache: _Cache, retention: timedelta) -> None:
        self._pipe = pipe
        self._cache = cache
        self._retention = retention
        self._writes: list[Callable[[], Any]] = []

    def commit(self) -> int:
        """The new version. Raises WatchError when something that was read has changed since."""
        self._pipe.multi()
        for write in self._writes:
            write()
        self._pipe.incr(VERSION)
        return int(self._pipe.execute()[-1])

    def head(self, document_key: str) -> Head | None:
        found = self._read([_document(document_key)])[0]
        if found is None:
            return None
        revision, *article_ids = orjson.loads(found)
        return Head(revision, tuple(article_ids))

    def superseded(self, article: int) -> int | None:
        found = self._read([_numbered(b"x:", article)])[0]
        return None if found is None else int(found)

    def articles(self, articles: Iterable[int]) -> Mapping[int, ArticleRecord]:
        return self._read_all(b"a:", articles, self._cache.record)

    def places(self, articles: Iterable[int]) -> Mapping[int, Places]:
        return self._read_all(b"p:", articles, codec.unpack_places)

    def components(self, ids: Iterable[int]) -> Mapping[int, Component]:
        return self._read_all(b"c:", ids, codec.unpack_component)

    def postings(self, keys: Iterable[str]) -> frozenset[Posting]:
        names = [_key(key) for key in keys]
        if not names:
            return frozenset()
        self._watch(names)
        found: Any = self._pipe.sunion(names)
        return frozenset(codec.unpack_posting(data) for data in found)

    def put_head(self, document_key: str, head: Head) -> None:
        self._put(_document(document_key), orjson.dumps([head.revision, *head.article_ids]), expires=True)

    def put_superseded(self, article: int, revision: int) -> None:
        self._put(_numbered(b"x:", article), b"%d" % revision, expires=True)

    def put_article(self, article: int, record: ArticleRecord) -> None:
        self._put(_numbered(b"a:", article), codec.pack_record(record))

    def drop_article(self, article: int) -> None:
        self._writes.append(lambda: self._pipe.delete(_numbered(b"a:", article), _numbered(b"p:", article)))
        self._writes.append(lambda: self._pipe.zrem(TOUCHED, article))

    def put_places(self, article: int, places: Places) -> None:
        if places == Places():
            self._writes.append(lambda: self._pipe.delete(_numbered(b"p:", article)))
        else:
            self._put(_numbered(b"p:", article), codec.pack_places(places))

    def put_component(self, component: int, groups: Component) -> None:
        self._put(_numbered(b"c:", component), codec.pack_component(groups))

    def drop_component(self, component: int) -> None:
        self._writes.append(lambda: self._pipe.delete(_numbered(b"c:", component)))

    def post(self, posting: Posting, keys: Iterable[str]) -> None:
        names, member = [_key(key) for key in keys], codec.pack_posting(posting)
        self._writes.append(lambda: [self._pipe.sadd(name, member) for name in names])

    def withdraw(self, posting: Posting, keys: Iterable[str]) -> None:
        names, member = [_key(key) for key in keys], codec.pack_posting(posting)
        self._writes.append(lambda: [self._pipe.srem(name, member) for name in names])

    def touch(self, articles: Iterable[int]) -> None:
        times = dict.fromkeys(map(str, articles), datetime.now(UTC).timestamp())
        self._writes.append(lambda: self._pipe.zadd(TOUCHED, times) if times else None)

    def _put(self, name: bytes, value: bytes, *, expires: bool = False) -> None:
        self._writes.append(lambda: self._pipe.set(name, value, ex=self._retention if expires else None))

    def _read(self, names: Sequence[bytes]) -> list[bytes | None]:
        """Values of the names, watched before they are read so that no change in between goes unseen."""
        self._watch(names)
        found: Any = self._pipe.mget(names)
        return list(found)

    def _watch(self, names: Sequence[bytes]) -> None:
        self._pipe.watch(*names)  # type: ignore[no-untyped-call]

    def _read_all(self, kind: bytes, numbers: Iterable[int], unpack: Callable[[bytes], U]) -> dict[int, U]:
        wanted = list(numbers)
        if not wanted:
            return {}
        found = self._read([_numbered(kind, number) for number in wanted])
        return {number: unpack(data) for number, data in zip(wanted, found, strict=True) if data is not None}


class _Cache:
    """Records by their bytes: decoding is most of a read's cost, and the same few stories are read again and again."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._records: OrderedDict[bytes, ArticleRecord] = OrderedDict()

    def record(self, data: bytes) -> ArticleRecord:
        known = self._records.pop(data, None) or codec.unpack_record(data)
        self._records[data] = known
        if len(self._records) > self._size:
            self._records.popitem(last=False)
        return known


def _numbered(kind: bytes, number: int) -> bytes:
    return PREFIX + kind + number.to_bytes(8, "big")


def _document(document_key: str) -> bytes:
    return PREFIX + b"d:" + blake2b(document_key.encode(), digest_size=12).digest()


def _key(key: str) -> bytes:
    """Six bytes name a key: where two keys share them, one looks at a few postings more."""
    return PREFIX + b"k:" + blake2b(key.encode(), digest_size=6).digest()
