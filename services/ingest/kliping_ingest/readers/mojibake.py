"""UTF-8 that was once read as Windows-1252 and saved again: mended only where that is certain."""

from __future__ import annotations

import re
from typing import Final

__all__ = ["mend"]

#: What the bytes 0x80-0xBF of UTF-8 become when read as Windows-1252 (or Latin-1, for the five undefined ones).
_TAIL: Final = "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ\x81\x8d\x8f\x90\x9d\xa0-¿"
_TYPICAL: Final = re.compile(f"â€[{_TAIL}]|[ÃÂ][{_TAIL}]|ðŸ[{_TAIL}]{{2}}|ï»¿")


def mend(text: str) -> tuple[str, int]:
    """The text with mojibake mended, and in how many lines.

    A line is mended only when it has a typical sequence, is as a whole UTF-8 read as Windows-1252, and ftfy's
    statistics agree that it reads wrong. All other lines are kept to the letter.
    """
    if not _TYPICAL.search(text):
        return text, 0
    lines = text.split("\n")
    mended = [_mend_line(line) for line in lines]
    return "\n".join(mended), sum(old != new for old, new in zip(lines, mended, strict=True))


def _mend_line(line: str) -> str:
    if not _TYPICAL.search(line):
        return line
    import ftfy  # late: 0.2 s that only a broken file should cost

    fixed, steps = ftfy.fix_encoding_and_explain(line)
    whole = steps is not None and [step.action for step in steps] == ["encode", "decode"]
    return str(fixed) if whole and not _TYPICAL.search(fixed) else line
