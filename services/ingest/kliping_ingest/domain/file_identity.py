"""What tells whether a file is still the same and unchanged."""

from __future__ import annotations

import os
from dataclasses import dataclass

__all__ = ["Identity"]


@dataclass(frozen=True, slots=True)
class Identity:
    """A file and its state: any write, replacement or truncation changes it."""

    device: int
    inode: int
    size: int
    mtime_ns: int

    @classmethod
    def of(cls, status: os.stat_result) -> Identity:
        """From a stat result."""
        return cls(status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns)

    def same_file(self, other: Identity) -> bool:
        """Whether both are one file, though it may have been written to in between."""
        return (self.device, self.inode) == (other.device, other.inode)
