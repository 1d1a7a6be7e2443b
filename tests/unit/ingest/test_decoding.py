"""Bytes become exactly the text they are; what is not certain is rejected, what was mended is noted."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kliping_ingest.readers.decoding import decode
from kliping_ingest.readers.mojibake import mend
from kliping_shared.errors import RejectedFile
from tests.unit.ingest.builders import TEXT

WESTERN = "Café “Senja” – kata Müller: ‘tidak’, harga 5 €.\nIa menambahkan: tiada ruang.\n"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode(), "utf-8"),
        (codecs.BOM_UTF8 + TEXT.encode(), "utf-8"),
        (codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), "utf-16-le"),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "utf-16-be"),
        (codecs.BOM_UTF32_LE + TEXT.encode("utf-32-le"), "utf-32-le"),
        (TEXT.encode("utf-16-le"), "utf-16-le"),
        (TEXT.encode("utf-16-be"), "utf-16-be"),
    ],
)
def test_every_encoding_gives_the_same_text(data: bytes, encoding: str) -> None:
    """With and without a byte order mark the text is the same, without the mark."""
    decoded = decode(data, "a.txt")
    assert (decoded.text, decoded.encoding) == (TEXT, encoding)


@pytest.mark.parametrize("encoding", ["windows-1252", "iso-8859-1"])
def test_western_text_is_decoded_and_noted(encoding: str) -> None:
    """Bytes that are no UTF-8 but good Windows-1252 are read as that, and the reader is told."""
    text = WESTERN if encoding == "windows-1252" else "Café Müller di Curaçao, kata señor Peña.\n"
    decoded = decode(text.encode(encoding), "a.txt")
    assert decoded.text == text
    assert any("Windows-1252" in note for note in decoded.notes)


def test_only_line_ends_marks_and_nuls_are_changed() -> None:
    """Old line ends become \\n; blanks, tabs and everything else stay."""
    assert decode(b"\xef\xbb\xbf a\t\r\nb \rc\0d\n\n", "a.txt").text == " a\t\nb \ncd\n\n"


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("â€œTidakâ€\x9d, kata Sari.", "“Tidak”, kata Sari."),
        ("CafÃ© MÃ¼ller", "Café Müller"),
        ("Baris baik “ini”.\nRusak: â€œTidakâ€\x9d kata Sari.", "Baris baik “ini”.\nRusak: “Tidak” kata Sari."),
    ],
)
def test_certain_mojibake_is_mended_and_noted(broken: str, whole: str) -> None:
    """UTF-8 read as Windows-1252 and saved again is turned back, line by line."""
    decoded = decode(broken.encode(), "a.txt")
    assert decoded.text == whole
    assert any("Mojibake" in note for note in decoded.notes)


@pytest.mark.parametrize(
    "text", ["São Paulo dan Curaçao", "MAÇÃ dan ÂNGELO", "harga £5 – ‘murah’", "Â", "voilà « ça »"]
)
def test_good_text_with_such_letters_stays(text: str) -> None:
    """Letters that occur in mojibake are letters first."""
    decoded = decode(text.encode(), "a.txt")
    assert (decoded.text, decoded.notes) == (text, ())


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" \n\t\r\n", "empty"),
        (codecs.BOM_UTF8, "empty"),
        (b"\0\0\0\0", "binary"),
        (bytes(range(256)) * 4, "binary"),
        (b"abc\0\xff\xfe\0\0" * 50, "binary"),
        (b"\x01\x02\x03\x04 text " * 50, "binary"),
        ("Президент заявил о новом договоре. ".encode("windows-1251") * 5, "undecodable"),
        ("Café dan Müller dan Peña, ".encode() * 3 + b"salah \xff", "undecodable"),
        (TEXT.encode()[: TEXT.encode().index("“".encode()) + 2], "undecodable"),
        (codecs.BOM_UTF16_LE + b"a\0b\0\xd8", "undecodable"),
    ],
)
def test_what_is_no_certain_text_is_rejected(data: bytes, code: str) -> None:
    """Empty, binary and undecodable files are told apart."""
    with pytest.raises(RejectedFile) as caught:
        decode(data, "a.txt")
    assert caught.value.code == code


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc"], include_characters="\n\t"), min_size=1))
def test_utf8_text_round_trips(text: str) -> None:
    """Whatever valid text is written as UTF-8 is read as itself."""
    assume(text.strip() and not text.startswith("\ufeff") and mend(text)[1] == 0)
    assume(not text.encode().startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)))
    assert decode(text.encode(), "a.txt").text == text


@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_rejected(data: bytes) -> None:
    """No input makes the decoder fail in any other way, and text never holds NUL or carriage returns."""
    try:
        text = decode(data, "a.txt").text
    except RejectedFile:
        return
    assert "\0" not in text
    assert "\r" not in text
    assert text.strip()
