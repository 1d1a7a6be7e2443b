"""The link state in Redis: what all link workers share.

Reads of a transaction are watched (WATCH) before they are made and its writes go out in one MULTI/EXEC, so a worker
that dies in between has changed nothing, and one whose reads were overtaken by another worker starts over. A WATCH and
its read travel together, and nothing is read twice within a transaction.
"""

from __future__ import annotations

import random
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from hashlib import blake2b
from typing import Any, TypeVar

import orjson
from redis import Redis
from redis.exceptions import RedisError

from kliping_link import codec
from kliping_link.domain.records import ArticleRecord
from kliping_link.ports import Component, Head, Places, Posting, Unit
from kliping_link.redis_session import Overtaken, Session
from kliping_shared.bus import is_away
from kliping_shared.errors import StoreUnavailable

T = TypeVar("T")
U = TypeVar("U")

PREFIX = b"kliping:link:"
#: Milliseconds since then fit the 40 bits that documents keep of a version until 2059.
VERSIONS_SINCE = datetime(2025, 1, 1, tzinfo=UTC)
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
            with closing(Session(self._client)) as session:
                unit = _RedisUnit(session, self._cache, self._retention)
                try:
                    return unit.checked(work), unit.commit()
                except Overtaken:
                    time.sleep(random.uniform(0, 0.002) * min(attempt, 10))  # noqa: S311 - jitter, not a secret
        raise StoreUnavailable(f"link state: overtaken {ATTEMPTS} times by other workers")


def _first_version() -> int:
    """Where versions begin in an empty Redis: above all that an earlier one, now lost, has told the store."""
    return int((datetime.now(UTC) - VERSIONS_SINCE) / timedelta(milliseconds=1))


def _as_ours(error: RedisError) -> Exception:
    return StoreUnavailable(f"link state: {error}") if is_away(error) else error


class _RedisUnit:
    """Watches what it reads, keeps writes until the commit."""

    def __init__(self, session: Session, cache: _Cache, retention: timedelta) -> None:
        self._session = session
        self._cache = cache
        self._expiry = int(retention.total_seconds())
        self._known: dict[bytes, Any] = {}
        self._writes: list[tuple[Any, ...]] = []

    def commit(self) -> int:
        """The new version. Raises Overtaken when something that was read has changed since."""
        first = (b"SET", VERSION, b"%d" % _first_version(), b"NX")
        return int(self._session.execute([*self._writes, first, (b"INCRBY", VERSION, b"1")])[-1])

    def checked(self, work: Callable[[Unit], T]) -> T:
        """The work's result. A failure is Overtaken when what was read has changed since: it saw parts of two states."""
        try:
            return work(self)
        except Exception:
            self._session.execute([(b"GET", VERSION)])  # raises Overtaken
            raise

    def head(self, document_key: str) -> Head | None:
        name = _document(document_key)
        return self._read([name], _unpack_head)[0]

    def superseded(self, article: int) -> int | None:
        return self._read([_numbered(b"x:", article)], int)[0]

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
        found = self._session.read(names, b"SUNION")
        return frozenset(map(codec.unpack_posting, found))

    def put_head(self, document_key: str, head: Head) -> None:
        self._put(_document(document_key), orjson.dumps([head.revision, *head.article_ids]), expires=True)

    def put_superseded(self, article: int, revision: int) -> None:
        self._put(_numbered(b"x:", article), b"%d" % revision, expires=True)

    def put_article(self, article: int, record: ArticleRecord) -> None:
        data = codec.pack_record(record)
        self._cache.keep(data, record)
        self._put(_numbered(b"a:", article), data)

    def drop_article(self, article: int) -> None:
        self._writes.append((b"DEL", _numbered(b"a:", article), _numbered(b"p:", article)))
        self._writes.append((b"ZREM", TOUCHED, article))

    def put_places(self, article: int, places: Places) -> None:
        if places == Places():
            self._writes.append((b"DEL", _numbered(b"p:", article)))
        else:
            self._put(_numbered(b"p:", article), codec.pack_places(places))

    def put_component(self, component: int, groups: Component) -> None:
        self._put(_numbered(b"c:", component), codec.pack_component(groups))

    def drop_component(self, component: int) -> None:
        self._writes.append((b"DEL", _numbered(b"c:", component)))

    def post(self, posting: Posting, keys: Iterable[str]) -> None:
        member = codec.pack_posting(posting)
        self._writes += [(b"SADD", _key(key), member) for key in keys]

    def withdraw(self, posting: Posting, keys: Iterable[str]) -> None:
        member = codec.pack_posting(posting)
        self._writes += [(b"SREM", _key(key), member) for key in keys]

    def touch(self, articles: Iterable[int]) -> None:
        now = b"%f" % datetime.now(UTC).timestamp()
        times = [word for article in articles for word in (now, b"%d" % article)]
        if times:
            self._writes.append((b"ZADD", TOUCHED, *times))

    def _put(self, name: bytes, value: bytes, *, expires: bool = False) -> None:
        self._writes.append((b"SET", name, value, b"EX", self._expiry) if expires else (b"SET", name, value))

    def _read(self, names: Sequence[bytes], unpack: Callable[[bytes], U]) -> list[U | None]:
        """Values of the names as they stood when the transaction first asked for them."""
        missing = [name for name in names if name not in self._known]
        if missing:
            found = self._session.read(missing, b"MGET")
            self._known |= {
                name: None if data is None else unpack(data) for name, data in zip(missing, found, strict=True)
            }
        return [self._known[name] for name in names]

    def _read_all(self, kind: bytes, numbers: Iterable[int], unpack: Callable[[bytes], U]) -> dict[int, U]:
        wanted = list(numbers)
        found = self._read([_numbered(kind, number) for number in wanted], unpack)
        return {number: value for number, value in zip(wanted, found, strict=True) if value is not None}


class _Cache:
    """Records by their bytes: decoding is most of a read's cost, and the same few stories are read again and again."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._records: OrderedDict[bytes, ArticleRecord] = OrderedDict()

    def record(self, data: bytes) -> ArticleRecord:
        known = self._records.pop(data, None) or codec.unpack_record(data)
        self.keep(data, known)
        return known

    def keep(self, data: bytes, record: ArticleRecord) -> None:
        self._records[data] = record
        if len(self._records) > self._size:
            self._records.popitem(last=False)


def _numbered(kind: bytes, number: int) -> bytes:
    return PREFIX + kind + number.to_bytes(8, "big")


def _document(document_key: str) -> bytes:
    return PREFIX + b"d:" + blake2b(document_key.encode(), digest_size=12).digest()


def _unpack_head(data: bytes) -> Head:
    revision, *article_ids = orjson.loads(data)
    return Head(revision, tuple(article_ids))


@lru_cache(maxsize=1 << 14)
def _key(key: str) -> bytes:
    """Six bytes name a key: where two keys share them, one looks at a few postings more."""
    return PREFIX + b"k:" + blake2b(key.encode(), digest_size=6).digest()
