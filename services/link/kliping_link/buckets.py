"""Where postings stand in Redis: keys share buckets, each a string of postings with the tags of their keys.

Nearly every key has one posting, and a value of its own would take four times the posting's bytes. Strings are read and
written many at once, which sets are not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from hashlib import blake2b

from kliping_link import codec

#: Buckets there are, as a power of two. At a million claims some sixteen postings stand in one.
BITS = 20
#: Bytes before a posting that tell its key from the others of the bucket.
TAG = 4
#: Bytes of a posting with its tag.
SIZE = TAG + codec.POSTING_BYTES


def place(key: str) -> tuple[bytes, bytes]:
    """The bucket that a key's postings stand in, and their tag there.

    Where two keys share both, one looks at a few postings more.
    """
    digest = blake2b(key.encode(), digest_size=3 + TAG).digest()
    return (int.from_bytes(digest[:3], "big") >> (24 - BITS)).to_bytes(3, "big"), digest[3:]


def under(bucket: bytes, tag: bytes) -> list[bytes]:
    """The packed postings of a tag."""
    if tag not in bucket:
        return []
    return [bucket[at + TAG : at + SIZE] for at in _found(bucket, tag)]


def changed(bucket: bytes, stand: Mapping[bytes, bool]) -> bytes:
    """The bucket with the entries that are to stand in it, each once, and without those that are not to."""
    for one, stands in stand.items():
        at = next(_found(bucket, one), None)
        if stands and at is None:
            bucket += one
        elif at is not None and not stands:
            bucket = bucket[:at] + bucket[at + SIZE :]
    return bucket


def _found(bucket: bytes, start: bytes) -> Iterator[int]:
    """Where an entry begins that starts so."""
    at = bucket.find(start)
    while at >= 0:
        if at % SIZE == 0:
            yield at
        at = bucket.find(start, at + 1)
