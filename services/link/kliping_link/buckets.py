"""Where postings stand in Redis: keys share buckets, each a string of postings with the tags of their keys.

Nearly every key has one posting, and a value of its own would take four times the posting's bytes. Strings are read and
written many at once, which sets are not.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from hashlib import blake2b

from kliping_link import codec

#: Buckets there are, as a power of two. At a million claims some sixteen postings stand in one.
BITS = 20
#: Bytes before a posting that tell its key from the others of the bucket.
TAG = 4
#: Bytes of a posting with its tag.
SIZE = TAG + codec.POSTING_BYTES
_ENTRY = struct.Struct(f"{TAG}s{codec.POSTING_BYTES}s")


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
    return [posting for found, posting in _ENTRY.iter_unpack(bucket) if found == tag]


def changed(bucket: bytes, stand: Mapping[bytes, bool]) -> bytes:
    """The bucket with the entries that are to stand in it, each once, and without those that are not to."""
    for one, stands in stand.items():
        at = bucket.find(one)
        while at % SIZE and at >= 0:
            at = bucket.find(one, at + 1)
        if stands and at < 0:
            bucket += one
        elif at >= 0 and not stands:
            bucket = bucket[:at] + bucket[at + SIZE :]
    return bucket
