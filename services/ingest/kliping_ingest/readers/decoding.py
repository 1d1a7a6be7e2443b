"""Bytes of a text file to its text: what is not certain is rejected, what was guessed or mended is noted."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import Final

from kliping_ingest.domain.rejections import reject
from kliping_ingest.readers.mojibake import mend

__all__ = ["Decoded", "clean_text", "decode"]

#: UTF-32 comes first: its little-endian mark begins with that of UTF-16.
_MARKS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROL: Final = re.compile(r"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_NO_CONTROLS: Final = bytes(byte for byte in range(256) if byte in b"\t\n\v\f\r\x1b" or byte >= 0x20)
#: One byte in a hundred: stray form feeds and escapes are met in wire copy, more is no text.
_MAX_CONTROL_SHARE: Final = 0.01
#: In Western text accented letters and typographic marks stand between plain ones; in Cyrillic, Arabic or Chinese
#: read as Windows-1252 most characters are high. French, the densest, has about 4 %.
_MAX_HIGH_SHARE: Final = 0.25


@dataclass(frozen=True, slots=True)
class Decoded:
    """``text`` has line ends as ``\\n`` and no BOM or NUL; nothing else was changed but what ``notes`` say."""

    text: str
    encoding: str
    notes: tuple[str, ...] = ()


def clean_text(text: str) -> str:
    """Line ends to ``\\n``, byte order mark and NUL gone, nothing else."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")


def decode(data: bytes, name: str) -> Decoded:
    """Decode a text file. Raises RejectedFile: empty, binary, undecodable."""
    text, encoding, notes = _to_text(data, name)
    text = clean_text(text)
    if not text.strip():
        raise reject("empty", f"{name} has no text")
    if len(_CONTROL.findall(text)) > max(len(text) * _MAX_CONTROL_SHARE, 1):
        raise reject("binary", f"{name} holds control characters as binary files do, not text")
    mended, lines = mend(text)
    if lines:
        notes += (f"Mojibake (UTF-8 read as Windows-1252) was mended in {lines} line(s).",)
    return Decoded(mended, encoding, notes)


def _to_text(data: bytes, name: str) -> tuple[str, str, tuple[str, ...]]:
    if not data:
        raise reject("empty", f"{name} is empty (0 bytes)")
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(data[len(mark) :], encoding, name), encoding, ()
    if wide := _wide(data):
        return _strict(data, wide, name), wide, (f"Decoded as {wide.upper()}, found without a byte order mark.",)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _western(data, name, error), "windows-1252", ("Decoded as Windows-1252: the bytes are not UTF-8.",)
    if text.count("\0") > max(len(text) * _MAX_CONTROL_SHARE, 1):
        raise reject("binary", f"{name} holds NUL bytes as binary files do, not text")
    return text, "utf-8", ()


def _strict(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise reject("undecodable", f"{name} is not valid {encoding.upper()} at byte {error.start}") from error


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: certain when nearly every second byte of Latin text is NUL and none of the others."""
    if len(data) < 4 or len(data) % 2:
        return None
    even, odd, half = data[::2].count(0), data[1::2].count(0), len(data) // 2
    if odd > half * 0.7 and even == 0:
        return "utf-16-le"
    return "utf-16-be" if even > half * 0.7 and odd == 0 else None


def _western(data: bytes, name: str, error: UnicodeDecodeError) -> str:
    controls = len(data.translate(None, delete=_NO_CONTROLS))
    if b"\0" in data or controls > max(len(data) * _MAX_CONTROL_SHARE, 1):
        raise reject("binary", f"{name} holds binary data, not text") from error
    if error.reason == "unexpected end of data":
        raise reject("undecodable", f"{name} ends in the middle of a character; was its copy cut short?") from error
    high = sum(byte >= 0x80 for byte in data)
    sequences = len(re.findall(rb"[\xc3-\xf4][\x80-\xbf]+", data))
    try:
        text = data.decode("windows-1252")
    except UnicodeDecodeError:
        text = ""
    if not text or high > len(data) * _MAX_HIGH_SHARE or 2 * sequences > high - 2 * sequences:
        raise reject("undecodable", f"{name} is not UTF-8 (byte {error.start}){_guess(data)}") from error
    return text


def _guess(data: bytes) -> str:
    from charset_normalizer import from_bytes  # late: only a file that is rejected anyhow needs it

    best = from_bytes(data[:65536]).best()
    return f" nor Windows-1252; it may be {best.encoding}" if best else " nor Windows-1252"
