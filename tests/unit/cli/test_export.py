"""Files that exports write."""

from __future__ import annotations

from pathlib import Path

from kliping.commands.export import replacing


def test_two_exports_to_one_file_leave_one_of_them_whole(tmp_path: Path) -> None:
    """However they overlap; nothing else stays."""
    output = tmp_path / "hasil.csv"
    with replacing(output) as first:
        first.write(b"satu\n")
        first.flush()
        with replacing(output) as second:
            second.write(b"dua\n")
        assert output.read_bytes() == b"dua\n"
        first.write(b"tiga\n")
    assert output.read_bytes() == b"satu\ntiga\n"
    assert list(tmp_path.iterdir()) == [output]
