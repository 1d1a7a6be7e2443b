"""Names of files: which are not news, how they are shown, what to call a second one."""

from __future__ import annotations

import os
import re
import unicodedata
from pathlib import PurePosixPath
from typing import Final

from kliping_shared.notices import Notice

__all__ = [
    "REASON_SUFFIX", "is_hidden", "is_ignored", "numbered", "safe_name", "shortened", "shown", "suffix_of", "unshown",
]  # fmt: skip

#: Files that programs are still writing, by the suffixes that browsers, editors and copiers give them.
_UNFINISHED: Final = ("~", ".part", ".tmp", ".crdownload", ".partial", ".filepart")
#: What Kliping itself writes beside a rejected file.
REASON_SUFFIX: Final = ".reason.json"
_LONGEST: Final = 255
_LONGEST_SUFFIX: Final = 20
#: Bytes for what is put behind a name: " (12345)" and the suffix of a reason.
_ROOM: Final = 8 + len(REASON_SUFFIX)
_JUNK_FOLDERS: Final = frozenset({"__MACOSX"})


def is_hidden(part: str) -> bool:
    """A name that begins with one dot. ``..name`` is an odd but ordinary name."""
    return part.startswith(".") and not part.startswith("..")


def is_ignored(name: str) -> bool:
    """Whether a path below the inbox (or in an archive) is nobody's news: hidden, unfinished, or a reason."""
    parts = PurePosixPath(name).parts
    if any(is_hidden(part) or part in _JUNK_FOLDERS for part in parts):
        return True
    last = parts[-1].lower() if parts else ""
    return last.startswith("~") or last.endswith((*_UNFINISHED, REASON_SUFFIX))


def shown(name: str) -> str:
    """The name as text that any encoder takes: bytes that are no UTF-8 become ``\\xff``."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def unshown(text: str) -> str:
    """The name that is shown so, where its bytes are no UTF-8 (a name may also have ``\\xff`` of its own)."""
    return os.fsdecode(re.sub(rb"\\x([89a-f][0-9a-f])", lambda found: bytes.fromhex(found[1].decode()), text.encode()))


def numbered(name: str, number: int) -> str:
    """``news.txt`` as ``news (2).txt``; the first keeps its name. Stays below the 255 bytes of file systems."""
    if number == 1:
        return name
    stem, dot, suffix = name.rpartition(".")
    if not stem.strip("."):
        stem, dot, suffix = name, "", ""
    tail = f" ({number}){dot}{suffix}"
    return shortened(stem, len(os.fsencode(tail)) + len(REASON_SUFFIX)) + tail


def safe_name(given: str) -> str:
    """A name for a file whose sender calls it so: never a path, hidden, or with characters that steer a terminal.

    Room is left for a number and for the name of a reason. Raises ValueError for a name of files that are never read.
    """
    base = unicodedata.normalize("NFC", given).replace("\\", "/").rpartition("/")[2]
    plain = "".join(" " if letter.isspace() else letter for letter in base if letter.isprintable() or letter.isspace())
    name = " ".join(plain.split()).lstrip(". ") or "upload"
    if is_ignored(name):
        raise ValueError(
            Notice(
                "{name}: names like this are of files that are not finished yet, or that Kliping writes itself",
                name=name,
            )
        )
    stem, dot, suffix = name.rpartition(".")
    if not stem or len(suffix) > _LONGEST_SUFFIX:
        stem, dot, suffix = name, "", ""
    return shortened(stem, len(os.fsencode(dot + suffix)) + _ROOM) + dot + suffix


def shortened(name: str, room: int) -> str:
    """The name cut so that ``room`` bytes more fit into the 255 that file systems allow."""
    while len(os.fsencode(name)) + room > _LONGEST and len(name) > 1:
        name = name[:-1]
    return name


def suffix_of(name: str) -> str:
    """The lower-case suffix without its dot, empty where the name has none: ``berita 14.9.2023`` has none."""
    base = name.rpartition("/")[2].lstrip(".")
    suffix = PurePosixPath(base).suffix[1:].lower()
    usual = suffix.isascii() and suffix.isalnum() and not suffix.isdecimal() and len(suffix) <= 10
    return suffix if usual else ""
