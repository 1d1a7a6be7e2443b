"""Documents as the file keeps them: compressed, which needs a dictionary of what they have in common, being small.

The dictionary is part of the file's format: another one would be another version of the file. An article's whole body is
kept beside its document, which has most of its words already, and so is its dictionary.
"""

from __future__ import annotations

import zlib
from functools import cache
from importlib.resources import files
from typing import Any

#: Deflate without header and checksum. 16 kB of window and the memory level that goes with it: half the time of more.
_WINDOW, _MEMORY = -14, 7
#: Bodies are longer.
_BODY_WINDOW, _BODY_MEMORY = -15, 8


def packed(document: bytes) -> bytes:
    """The document's JSON as it is kept."""
    packing = _packing().copy()
    return bytes(packing.compress(document) + packing.flush())


def unpacked(kept: bytes) -> bytes:
    """What ``packed`` was given."""
    return zlib.decompressobj(_WINDOW, _dictionary()).decompress(kept)


def packed_body(body: bytes, document: bytes) -> bytes:
    """The body's JSON as it is kept beside the JSON of its document."""
    packing = zlib.compressobj(wbits=_BODY_WINDOW, memLevel=_BODY_MEMORY, zdict=_dictionary() + document)
    return packing.compress(body) + packing.flush()


def unpacked_body(kept: bytes, document: bytes) -> bytes:
    """What ``packed_body`` was given with this document."""
    return zlib.decompressobj(_BODY_WINDOW, _dictionary() + document).decompress(kept)


@cache
def _dictionary() -> bytes:
    """Documents as the contracts' examples make them, and values that are frequent; what is most like others, last."""
    return files("kliping_shared.store.embedded").joinpath("dictionary.txt").read_bytes()


@cache
def _packing() -> Any:
    """A compressor that knows the dictionary, to be copied."""
    return zlib.compressobj(wbits=_WINDOW, memLevel=_MEMORY, zdict=_dictionary())
