"""Which document a text is a version of: decisions, and the ledger that remembers them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kliping_ingest.domain.file_identity import Identity
from kliping_ingest.domain.similarity import Sketch, largely_same, resemblance, sketch
from kliping_ingest.ledger import LedgerTooNew, SqliteLedger
from kliping_ingest.ports import FileReading, Plan
from kliping_ingest.reading import Limits, read_bytes
from tests.unit.ingest.builders import NOW, TEXT

EDITED = TEXT.replace("dua belas kapal", "tiga belas kapal")
OTHER = " ".join(f"Harga beras nomor {number} turun di pasar induk menurut pedagang." for number in range(12))


class Desk:
    """Drops texts into a ledger as a service would, without files."""

    def __init__(self, path: Path) -> None:
        self.ledger = SqliteLedger(path, clock=lambda: NOW)
        self._inode = 0

    def close(self) -> None:
        """Close the ledger."""
        self.ledger.close()

    def drop(self, data: bytes | str, name: str, *, publish: bool = True, finish: bool = True) -> Plan:
        """One file through the ledger; the last steps may be left out as a crash would."""
        self._inode += 1
        raw = data if isinstance(data, bytes) else data.encode()
        return self.take(raw, name, Identity(1, self._inode, len(raw), 1), publish=publish, finish=finish)

    def take(self, raw: bytes, name: str, identity: Identity, *, publish: bool = True, finish: bool = True) -> Plan:
        """The same for a file of a given identity."""
        reading = read_bytes(raw, name=name, limits=Limits(), now=NOW)
        (plan,) = self.ledger.plan([FileReading(name, identity, reading)])
        if publish:
            self.ledger.published([plan])
        if publish and finish:
            self.ledger.finished([(plan.receipt(), f".done/{name}")])
        return plan


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with closing(Desk(tmp_path / "ledger.sqlite")) as made:
        yield made


def record(text: str, **fields: str) -> str:
    import json

    return json.dumps({"text": text, **fields})


def test_the_same_text_under_another_name_is_a_duplicate_with_both_paths(desk: Desk) -> None:
    """One article, its revision grown, the first path first."""
    desk.drop(TEXT, "a.txt")
    plan = desk.drop(TEXT + "\n", "sub/b.txt")
    (article,) = plan.articles
    assert plan.outcome == "duplicate"
    assert (article.path, article.also_at, article.revision) == ("a.txt", ("sub/b.txt",), 2)


def test_a_copy_without_metadata_keeps_what_the_first_said(desk: Desk) -> None:
    """A plain copy does not take away outlet, address and date."""
    first = desk.drop(
        record(TEXT, url="https://k.example/1", outlet="Kabar", date="2023-09-13T10:00:00+07:00"), "a.json"
    )
    second = desk.drop(TEXT, "b.txt")
    kept = [(a.outlet, a.url, a.published_at, a.document_key) for a in (*first.articles, *second.articles)]
    assert kept[0] == kept[1]


@pytest.mark.parametrize("fields", [{"url": "https://k.example/1"}, {"id": "k-1", "outlet": "Kabar"}, {"id": "k-1"}])
def test_the_same_url_or_id_is_a_new_version(desk: Desk, fields: dict[str, str]) -> None:
    """The edited article supersedes the old one, whatever the file is called."""
    old = desk.drop(record(TEXT, **fields), "a.json").articles[0]
    new = desk.drop(record(EDITED, **fields), "b.json").articles[0]
    assert (new.document_key, new.supersedes, new.revision) == (old.document_key, (old.article_id,), 2)


def test_the_same_url_with_a_wholly_new_text_is_a_new_version(desk: Desk) -> None:
    """A live page may change all its text."""
    old = desk.drop(record(TEXT, url="https://k.example/1"), "a.json").articles[0]
    new = desk.drop(record(OTHER, url="https://k.example/1"), "b.json").articles[0]
    assert new.supersedes == (old.article_id,)


def test_a_bare_id_of_another_program_is_another_article(desk: Desk) -> None:
    """Two exports that both count from 1 do not replace each other's articles."""
    desk.drop(record(TEXT, id="1"), "a.json")
    assert desk.drop(record(OTHER, id="1"), "b.json").articles[0].supersedes == ()


def test_one_address_for_all_records_of_a_file_does_not_hide_them(desk: Desk) -> None:
    """An export that gives each article its section's address keeps all its articles."""
    lines = "\n".join(record(text, url="https://k.example/politik") for text in (TEXT, OTHER))
    plan = desk.drop(lines, "a.jsonl")
    assert [article.supersedes for article in plan.articles] == [(), ()]
    assert len({article.document_key for article in plan.articles}) == 2


def test_the_same_name_and_largely_the_same_text_is_a_new_version(desk: Desk) -> None:
    """An article edited and dropped again under its name replaces the old one."""
    old = desk.drop(TEXT, "a.txt").articles[0]
    new = desk.drop(EDITED, "a.txt").articles[0]
    assert (new.document_key, new.supersedes, new.revision) == (old.document_key, (old.article_id,), 2)


def test_a_third_version_supersedes_both(desk: Desk) -> None:
    """All earlier versions are named, and the revision is above theirs."""
    ids = tuple(desk.drop(text, "a.txt").articles[0].article_id for text in (TEXT, EDITED))
    new = desk.drop(EDITED + " Ralat sudah dimuat.", "a.txt").articles[0]
    assert (set(new.supersedes), new.revision) == (set(ids), 3)


def test_another_text_under_a_used_name_is_another_article(desk: Desk) -> None:
    """Exports called latest.txt do not replace each other."""
    old = desk.drop(TEXT, "latest.txt").articles[0]
    new = desk.drop(OTHER, "latest.txt").articles[0]
    assert (new.supersedes, new.revision) == ((), 1)
    assert new.document_key != old.document_key


def test_the_same_name_in_another_folder_is_another_article(desk: Desk) -> None:
    """Two outlets' folders may hold wire copies of the same name."""
    desk.drop(TEXT, "antara/a.txt")
    assert desk.drop(EDITED, "tempo/a.txt").articles[0].supersedes == ()


def test_an_old_version_dropped_again_is_the_current_one(desk: Desk) -> None:
    """The last drop counts: the old text comes back, above all revisions, and replaces the newer one."""
    old = desk.drop(TEXT, "a.txt").articles[0]
    new = desk.drop(EDITED, "a.txt").articles[0]
    plan = desk.drop(TEXT, "a.txt")
    assert plan.outcome == "ok"
    assert (plan.articles[0].article_id, plan.articles[0].supersedes) == (old.article_id, (new.article_id,))
    assert plan.articles[0].revision == 3


@pytest.mark.parametrize("publish", [False, True])
def test_a_file_read_again_after_a_crash_gives_the_same_messages(desk: Desk, publish: bool) -> None:
    """What was decided is repeated to the letter, whether or not it was published."""
    desk.drop(TEXT, "a.txt")
    identity = Identity(1, 99, 10, 1)
    first = desk.take(EDITED.encode(), "a.txt", identity, publish=publish, finish=False)
    again = desk.take(EDITED.encode(), "a.txt", identity)
    assert again.articles == first.articles
    assert again.outcome == first.outcome


def test_a_published_file_is_known_by_its_state(desk: Desk) -> None:
    """After a crash between publishing and moving, the file needs only to be moved; a changed one is read anew."""
    identity = Identity((1 << 64) - 1, 5, 10, 1)
    plan = desk.take(TEXT.encode(), "a.txt", identity, finish=False)
    assert desk.ledger.receipt("a.txt", identity) == plan.receipt()
    assert desk.ledger.receipt("a.txt", Identity(1, 5, 11, 2)) is None
    assert desk.ledger.before("a.txt") is not None


def test_a_text_that_moves_to_another_document_is_above_all_it_was_before(desk: Desk) -> None:
    """Replaced at revision 2 where it was, it comes back in another document at 3, not at 2: it would be out of date."""
    first = desk.drop(TEXT, "a.txt").articles[0]
    desk.drop(EDITED, "a.txt")
    desk.drop(record(OTHER, url="https://contoh.id/u"), "u.json")
    moved = desk.drop(record(TEXT, url="https://contoh.id/u"), "u.json").articles[0]
    assert moved.article_id == first.article_id
    assert moved.revision == 3
    edited = desk.drop(EDITED, "b.txt").articles[0]
    assert first.article_id not in edited.supersedes


def test_a_text_that_was_its_own_document_becomes_the_version_of_the_one_its_address_names(desk: Desk) -> None:
    """Pasted without its address first, then dropped with it: the older version of that address is replaced."""
    old = desk.drop(record(OTHER, url="https://contoh.id/u"), "u.json").articles[0]
    pasted = desk.drop(TEXT, "tempel.txt").articles[0]
    plan = desk.drop(record(TEXT, url="https://contoh.id/u"), "u.json")
    assert plan.outcome == "ok"
    assert plan.articles[0].article_id == pasted.article_id
    assert plan.articles[0].document_key == old.document_key
    assert plan.articles[0].supersedes == (old.article_id,)
    assert plan.articles[0].revision > pasted.revision


def test_a_ledger_of_a_later_version_is_refused(tmp_path: Path) -> None:
    """An older Kliping does not write into what it does not know."""
    import sqlite3

    with sqlite3.connect(tmp_path / "ledger.sqlite") as db:
        db.execute("PRAGMA user_version = 99")
    db.close()
    with pytest.raises(LedgerTooNew, match="upgrade"):
        SqliteLedger(tmp_path / "ledger.sqlite")


def test_a_ledger_of_the_first_version_is_carried_over(tmp_path: Path) -> None:
    """What it holds stays, and the broker it meets next is taken for the one that it always had."""
    import sqlite3
    from importlib.resources import files

    schema = files("kliping_ingest").joinpath("ledger_schema_1.sql").read_text(encoding="utf-8")
    with sqlite3.connect(tmp_path / "ledger.sqlite") as db:
        db.executescript(f"{schema}; PRAGMA user_version = 1;")
        db.execute("INSERT INTO files (path, state, seen_at) VALUES ('a.txt', 'waiting', '2023-09-13')")
    db.close()
    ledger = SqliteLedger(tmp_path / "ledger.sqlite")
    assert ledger.live() == {"a.txt"}
    assert ledger.use_broker("first") == 0
    ledger.close()


@settings(max_examples=40, deadline=None)
@given(
    drops=st.lists(st.tuples(st.sampled_from([TEXT, EDITED, OTHER]), st.sampled_from(["a.txt", "b.txt"])), max_size=8)
)
def test_never_two_versions_of_a_document_are_current(drops: list[tuple[str, str]]) -> None:
    """Whatever is dropped in whatever order: one current text a document, revisions only grow, the last drop shows."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Path(folder) / "ledger.sqlite")
        revisions: dict[str, int] = {}
        current: dict[str, str] = {}
        for text, name in drops:
            article = desk.drop(text, name).articles[0]
            assert article.revision > revisions.get(article.article_id, 0)
            assert all(article.revision > revisions.get(old, 0) for old in article.supersedes)
            revisions[article.article_id] = article.revision
            current[article.document_key] = article.article_id
        rows = desk.ledger._db.execute("SELECT document_key, article_id FROM articles WHERE superseded_by IS NULL")
        assert dict(rows.fetchall()) == current
        desk.ledger.close()


def test_sketches_survive_packing() -> None:
    """What is kept is what was made."""
    made = sketch(TEXT)
    assert Sketch.unpack(made.pack()) == made


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (TEXT, TEXT.upper(), True),
        (TEXT, EDITED, True),
        (TEXT, TEXT + " " + OTHER, True),
        (TEXT, OTHER, False),
        (TEXT + " " + OTHER, TEXT, False),
        ("satu", "satu", True),
        ("satu", "dua", False),
    ],
)
def test_largely_the_same(one: str, other: str, same: bool) -> None:
    """An edit and a continuation are largely the same text; a small part and another text are not."""
    assert largely_same(sketch(one), sketch(other)) is same


@given(st.text(max_size=300), st.text(max_size=300))
def test_resemblance_is_symmetric_and_bounded(one: str, other: str) -> None:
    """A share lies between 0 and 1 whichever text comes first; a text is wholly like itself."""
    value = resemblance(sketch(one), sketch(other))
    assert value == resemblance(sketch(other), sketch(one))
    assert 0 <= value <= 1
    assert resemblance(sketch(one), sketch(one)) == 1
