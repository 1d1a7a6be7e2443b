"""How alike two texts are, from sketches small enough to keep for every article."""

from __future__ import annotations

import re
import zlib
from array import array
from dataclasses import dataclass
from typing import Final

__all__ = ["Sketch", "largely_same", "sketch"]

_WORDS_PER_SHINGLE: Final = 3
#: 128 of 4 bytes: half a kibibyte an article; the estimate of a similarity of 0.5 is then off by 0.045 (one sigma).
_SIZE: Final = 128
#: Of all shingles of both texts, the share that both have, from which on one text is a version of the other.
_LARGELY: Final = 0.5
#: An article that grew (live coverage, a file written in parts) holds nearly all of the earlier one.
_HELD: Final = 0.8


@dataclass(frozen=True, slots=True)
class Sketch:
    """The smallest hashes of a text's word shingles (bottom-k MinHash, Broder 1997), ascending, and their number."""

    hashes: tuple[int, ...]
    shingles: int

    def pack(self) -> bytes:
        """For keeping."""
        return array("I", (self.shingles, *self.hashes)).tobytes()

    @classmethod
    def unpack(cls, packed: bytes) -> Sketch:
        """Inverse of ``pack``."""
        numbers = array("I", packed)
        return cls(tuple(numbers[1:]), numbers[0])


def sketch(text: str) -> Sketch:
    """Case and punctuation do not count. Words are hashed by CRC-32, equal in every process and on every machine.

    A shingle's hash mixes those of its words by odd multipliers (xxHash's primes), as cheap as it gets in Python.
    """
    words = [zlib.crc32(word.encode()) for word in re.findall(r"\w+", text.lower())]
    words += [0] * (_WORDS_PER_SHINGLE - len(words))
    shingles = {
        (one * 0x9E3779B1 ^ two * 0x85EBCA77 ^ three * 0xC2B2AE3D) & 0xFFFFFFFF
        for one, two, three in zip(words, words[1:], words[2:], strict=False)
    }
    return Sketch(tuple(sorted(shingles)[:_SIZE]), len(shingles))


def resemblance(one: Sketch, other: Sketch) -> float:
    """Estimated share (0 to 1) of all shingles that both texts have; exact for texts below 128 shingles."""
    union = sorted({*one.hashes, *other.hashes})[:_SIZE]
    both = set(one.hashes) & set(other.hashes)
    return sum(value in both for value in union) / len(union) if union else 1.0


def largely_same(earlier: Sketch, later: Sketch) -> bool:
    """Whether ``later`` is an edited or continued form of ``earlier``."""
    alike = resemblance(earlier, later)
    shared = alike * (earlier.shingles + later.shingles) / (1 + alike)
    return alike >= _LARGELY or shared >= _HELD * max(earlier.shingles, 1)
