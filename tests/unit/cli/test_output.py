"""Nothing that was read from outside takes hold of the terminal."""

from __future__ import annotations

import io
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from kliping.commands.output import UNSAFE, as_json, one_line, say, visible
from kliping.finding import Found
from kliping.tables import COLUMNS, facet_tables, hit_table
from kliping_shared.store.documents import KINDS, Kind

#: Any text, unsafe characters more often than they come by themselves; surrogates as undecodable file names have them.
TEXT = st.text(st.characters() | st.sampled_from("\x1b\r\n\t\x07\x7f\x9b\u202e\u2066\u2028\udc9b"), max_size=40)


def harmless(text: str) -> bool:
    """Whether nothing but line breaks is in it that a terminal acts on."""
    return not re.search(f"[{UNSAFE}]", text.replace("\n", ""))


@given(TEXT)
def test_unsafe_characters_become_visible_one_for_one(text: str) -> None:
    """What is safe stays as it is and where it is."""
    shown = visible(text)
    assert harmless(shown)
    assert "\n" not in shown
    assert len(shown) == len(text)
    assert all(new == old for new, old in zip(shown, text, strict=True) if harmless(old) and old != "\n")


@given(st.recursive(TEXT, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3)))
def test_json_is_harmless_and_says_the_same(value: object) -> None:
    """Programs read back what was written; a terminal that shows it is not steered."""
    written = as_json(value, indent=2)
    assert harmless(written)
    assert json.loads(written) == value


@given(TEXT, st.sampled_from(KINDS))
def test_no_table_passes_an_unsafe_character_on(text: str, kind: Kind) -> None:
    """Titles, texts, names, wordings and facet values are all made visible."""
    document = {
        **dict.fromkeys(("title", "text", "speaker", "role", "kind", "cue", "published_on"), text),
        **dict.fromkeys(("group_id", "story_id"), text),
        "outlet": [text, text] if kind in ("groups", "stories") else text,
        "wordings": [{"outlet": text, "text": text}],
    }
    file = io.StringIO()
    console = Console(file=file, width=80)
    console.print(hit_table(kind, Found(1, (document,), {})))
    for part in facet_tables({"outlet": ((text, 1),)}):
        console.print(part)
    assert harmless(file.getvalue())
    assert COLUMNS[kind][0][0] in file.getvalue()


def test_a_line_stays_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    """A file name with a line break or an escape in it is told in one line."""
    say("rejected  a\r\nok   b\x1b[2J\udc9b.txt")
    assert capsys.readouterr().out == "rejected  a␍␊ok   b␛[2J�.txt\n"


def test_line_breaks_of_an_article_are_blanks() -> None:
    """Texts are shown in one run, and their highlights stay where they were."""
    assert one_line({"text": "satu\r\ndua\x1b", "names": ["a\tb"], "count": 1}) == {
        "text": "satu  dua␛",
        "names": ["a b"],
        "count": 1,
    }
