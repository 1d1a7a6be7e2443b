"""The link state in Redis: what all link workers share.

Reads of a transaction are watched (WATCH) before they are made and its writes go out in one MULTI/EXEC, so a worker
that dies in between has changed nothing, and one whose reads were overtaken by another worker starts over. A WATCH and
its read travel together, and nothing is read twice within a transaction.
"""

from __future__ import annotations

import random
import time
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from hashlib import blake2b
from typing import Any, TypeVar

import orjson
from redis import Redis
from redis.exceptions import RedisError

from kliping_link import buckets, codec
from kliping_link.domain.records import ArticleRecord, handle
from kliping_link.domain.signatures import Signature
from kliping_link.ports import Component, Head, Near, Places, Posting, Unit, in_enough
from kliping_link.redis_session import Command, Overtaken, Session
from kliping_shared.bus import is_away
from kliping_shared.corrections.groups import GroupCorrection
from kliping_shared.corrections.redis import name_of, places_of
from kliping_shared.errors import StoreUnavailable

T = TypeVar("T")
U = TypeVar("U")

#: Format of the keys and records below: raised with every change after which older ones cannot be compared or read.
FORMAT = 10
PREFIX = b"kliping:link:%d:" % FORMAT
#: Milliseconds since then fit the 40 bits that documents keep of a version until 2059.
VERSIONS_SINCE = datetime(2025, 1, 1, tzinfo=UTC)
#: A sorted set of one member, since its commands can raise a number without reading it first.
VERSION = PREFIX + b"versions"
TOUCHED = PREFIX + b"touched"
#: Bytes from which on a bucket is appended to, which leaves it up to twice its room, and is not written anew.
LONG = 4096
#: Overtaken this often, a transaction is left to a later attempt.
ATTEMPTS = 50
#: Decoded records kept by a worker. Of an article of some fifteen claims one is 15 kB of Python objects, 70 kB with all
#: claims parsed and 233 kB once they were compared: at most some 120 MB of the container's 512.
CACHED = 500


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


def _least_version() -> int:
    """Below every version told from now on: above all that the store was told before Redis lost its last second, or all."""
    return int((datetime.now(UTC) - VERSIONS_SINCE) / timedelta(milliseconds=1))


def _as_ours(error: RedisError) -> Exception:
    return StoreUnavailable(f"link state: {error}") if is_away(error) else error


class _RedisUnit:
    """Watches what it reads, keeps writes until the commit."""

    def __init__(self, session: Session, cache: _Cache, retention: timedelta) -> None:
        self._session = session
        self._cache = cache
        self._expiry = b"%d" % retention.total_seconds()
        self._known: dict[bytes, Any] = {}
        self._sets: dict[bytes, frozenset[bytes]] = {}
        self._writes: list[Command] = []
        self._values: dict[bytes, bytes] = {}
        self._postings: dict[bytes, dict[bytes, bool]] = {}

    def commit(self) -> int:
        """The new version. Raises Overtaken when something that was read has changed since."""
        self._write_postings()
        writes = list(self._writes)
        if self._values:
            writes.append((b"MSET", *(word for item in self._values.items() for word in item)))
        least = (b"ZADD", VERSION, b"GT", b"%d" % _least_version(), b"v")
        return int(float(self._session.execute([*writes, least, (b"ZINCRBY", VERSION, b"1", b"v")])[-1]))

    def checked(self, work: Callable[[Unit], T]) -> T:
        """The work's result. A failure is Overtaken when what was read has changed since: it saw parts of two states."""
        try:
            return work(self)
        except Exception:
            self._session.execute([(b"PING",)])  # raises Overtaken
            raise

    def expect(self, document_key: str, article_id: str, keys: Iterable[str]) -> None:
        article = handle(article_id)
        self._fetch(
            {
                _document(document_key): _unpack_head,
                _numbered(b"x:", article): int,
                **self._of_article(article),
                **{_place(key)[0]: bytes for key in keys},
            },
            _corrected(article_id, document_key),
        )

    def corrections(self, document_key: str, article_id: str) -> tuple[GroupCorrection, ...]:
        places = _corrected(article_id, document_key)
        self._fetch({}, places)
        names = sorted(frozenset().union(*(self._sets[place] for place in places)))
        values = dict.fromkeys((name_of(name.decode()).encode() for name in names), GroupCorrection.model_validate_json)
        self._fetch(values)
        return tuple(found for name in values if (found := self._known[name]) is not None)

    def head(self, document_key: str) -> Head | None:
        return self._one(_document(document_key), _unpack_head)

    def superseded(self, article: int) -> int | None:
        return self._one(_numbered(b"x:", article), int)

    def articles(self, articles: Iterable[int]) -> Mapping[int, ArticleRecord]:
        wanted = list(articles)
        # An article's places are asked for soon after its record, mostly.
        self._fetch({name: unpack for article in wanted for name, unpack in self._of_article(article).items()})
        return self._read_all(b"a:", wanted, self._cache.record)

    def signatures(self, articles: Iterable[int]) -> Mapping[int, Signature]:
        return self._read_all(b"s:", articles, codec.unpack_signature)

    def places(self, articles: Iterable[int]) -> Mapping[int, Places]:
        return self._read_all(b"p:", articles, codec.unpack_places)

    def components(self, ids: Iterable[int]) -> Mapping[int, Component]:
        return self._read_all(b"c:", ids, codec.unpack_component)

    def postings(
        self, wanted: Iterable[Collection[str]], least: int = 1, near: Near | None = None
    ) -> list[list[Posting]]:
        rows = [list(map(_place, keys)) for keys in wanted]
        self._fetch({name: bytes for row in rows for name, _ in row})
        # Little of what stands under the keys is near and stands under enough of them, and only this is worth unpacking.
        days = _Days(near) if near else None
        found = (in_enough((self._under(*place, days) for place in row), least) for row in rows)
        return [list(map(codec.unpack_posting, row)) for row in found]

    def _under(self, name: bytes, tag: bytes, days: _Days | None) -> list[bytes]:
        found = buckets.under(self._known[name] or b"", tag)
        return found if days is None else [one for one in found if days[one[codec.POSTING_DAYS]]]

    def put_head(self, document_key: str, head: Head) -> None:
        self._put(_document(document_key), orjson.dumps([head.revision, *head.article_ids]), expires=True)

    def put_superseded(self, article: int, revision: int) -> None:
        self._put(_numbered(b"x:", article), b"%d" % revision, expires=True)

    def put_article(self, article: int, record: ArticleRecord) -> None:
        data = codec.pack_record(record)
        self._cache.keep(data, record)
        self._put(_numbered(b"a:", article), data)
        self._put(_numbered(b"s:", article), codec.pack_signature(record.signature))

    def drop_article(self, article: int) -> None:
        self._drop(*(_numbered(kind, article) for kind in (b"a:", b"s:", b"p:")))
        self._writes.append((b"ZREM", TOUCHED, b"%d" % article))

    def put_places(self, article: int, places: Places, *, expires: bool = False) -> None:
        if places == Places():
            self._drop(_numbered(b"p:", article))
        else:
            self._put(_numbered(b"p:", article), codec.pack_places(places), expires=expires)

    def put_component(self, component: int, groups: Component) -> None:
        self._put(_numbered(b"c:", component), codec.pack_component(groups))

    def drop_component(self, component: int) -> None:
        self._drop(_numbered(b"c:", component))

    def post(self, posting: Posting, keys: Iterable[str]) -> None:
        self._stand(posting, keys, True)

    def withdraw(self, posting: Posting, keys: Iterable[str]) -> None:
        self._stand(posting, keys, False)

    def is_idle(self, article: int, before: datetime) -> bool:
        when = self._session.ask((b"ZSCORE", TOUCHED, b"%d" % article))
        return when is None or float(when) <= before.timestamp()

    def touch(self, articles: Iterable[int]) -> None:
        now = b"%f" % datetime.now(UTC).timestamp()
        times = [word for article in articles for word in (now, b"%d" % article)]
        if times:
            self._writes.append((b"ZADD", TOUCHED, *times))

    def _put(self, name: bytes, value: bytes, *, expires: bool = False) -> None:
        if expires:
            self._writes.append((b"SET", name, value, b"EX", self._expiry))
        else:
            self._values[name] = value

    def _drop(self, *names: bytes) -> None:
        for name in names:
            self._values.pop(name, None)
        self._writes.append((b"DEL", *names))

    def _stand(self, posting: Posting, keys: Iterable[str], stands: bool) -> None:
        member = codec.pack_posting(posting)
        for key in keys:
            name, tag = _place(key)
            self._postings.setdefault(name, {})[tag + member] = stands

    def _write_postings(self) -> None:
        self._fetch(dict.fromkeys(self._postings, bytes))
        for name, stand in self._postings.items():
            before = self._known[name] or b""
            after = buckets.changed(before, stand)
            if after == before:
                continue  # a write would be logged, and overtake workers that read it, for nothing
            if not after:
                self._drop(name)
            elif len(before) >= LONG and after.startswith(before):
                self._writes.append((b"APPEND", name, after[len(before) :]))
            else:
                self._values[name] = after

    def _of_article(self, article: int) -> dict[bytes, Callable[[bytes], object]]:
        return {_numbered(b"a:", article): self._cache.record, _numbered(b"p:", article): codec.unpack_places}

    def _fetch(self, values: Mapping[bytes, Callable[[bytes], object]], sets: Iterable[bytes] = ()) -> None:
        """Values and sets as they stand when the transaction first asks for them, in one round trip."""
        missing = [name for name in values if name not in self._known]
        unknown = [name for name in dict.fromkeys(sets) if name not in self._sets]
        reads = [(b"SMEMBERS", name) for name in unknown] + ([(b"MGET", *missing)] if missing else [])
        found = self._session.read(reads) if reads else []
        for name, members in zip(unknown, found, strict=False):
            self._sets[name] = frozenset(members)
        for name, data in zip(missing, found[len(unknown) :][0] if missing else (), strict=True):
            self._known[name] = None if data is None else values[name](data)

    def _one(self, name: bytes, unpack: Callable[[bytes], U]) -> U | None:
        self._fetch({name: unpack})
        found: U | None = self._known[name]
        return found

    def _read_all(self, kind: bytes, numbers: Iterable[int], unpack: Callable[[bytes], U]) -> dict[int, U]:
        names = {number: _numbered(kind, number) for number in numbers}
        self._fetch(dict.fromkeys(names.values(), unpack))
        return {number: value for number, name in names.items() if (value := self._known[name]) is not None}


class _Days(dict[bytes, bool]):
    """Whether packed days are near, told once for all postings that have them."""

    def __init__(self, near: Near) -> None:
        super().__init__()
        self._near = near

    def __missing__(self, days: bytes) -> bool:
        found = self[days] = self._near(*codec.unpack_days(days))
        return found


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


@lru_cache(maxsize=1 << 14)
def _place(key: str) -> tuple[bytes, bytes]:
    """The bucket of a key's postings, and their tag in it."""
    bucket, tag = buckets.place(key)
    return PREFIX + b"k:" + bucket, tag


def _document(document_key: str) -> bytes:
    return PREFIX + b"d:" + blake2b(document_key.encode(), digest_size=12).digest()


def _corrected(article_id: str, document_key: str) -> list[bytes]:
    """The sets of corrections that speak of the article or its document."""
    return [place.encode() for place in places_of(article_id, document_key)]


def _unpack_head(data: bytes) -> Head:
    revision, *article_ids = orjson.loads(data)
    return Head(revision, tuple(article_ids))
