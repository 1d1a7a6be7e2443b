"""Postings of many keys in one string."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from kliping_link.buckets import SIZE, TAG, changed, under

#: Few different bytes, so that tags are found across the borders of entries too.
entries = st.binary(min_size=SIZE, max_size=SIZE).map(lambda data: bytes(byte % 2 for byte in data))


@settings(deadline=None)
@given(st.lists(st.dictionaries(entries, st.booleans(), max_size=6), max_size=6), entries)
def test_a_bucket_is_the_set_of_its_entries(changes: list[dict[bytes, bool]], other: bytes) -> None:
    """Each once, whatever came and left; a tag finds those that start with it, wherever else its bytes stand."""
    bucket, standing = b"", set[bytes]()
    for some in changes:
        bucket = changed(bucket, some)
        standing = (standing | {one for one, stands in some.items() if stands}) - {
            one for one, stands in some.items() if not stands
        }
    assert len(bucket) == SIZE * len(standing)
    for tag in {one[:TAG] for one in (*standing, other)}:
        found = under(bucket, tag)
        assert (len(found), set(found)) == (len(set(found)), {one[TAG:] for one in standing if one[:TAG] == tag})
