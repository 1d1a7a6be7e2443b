"""Each format gives the article's text and what the file's metadata says."""

from __future__ import annotations

import json
import textwrap
from pathlib import Path

import pytest

from kliping_ingest.readers.dispatch import SUFFIXES
from kliping_ingest.reading import Limits, read_file
from kliping_shared.errors import RejectedFile
from kliping_shared.inbox.names import suffix_of
from tests.unit.ingest.builders import (
    NEWSML,
    NITF,
    NOW,
    PARAGRAPHS,
    TEXT,
    docx,
    gz,
    item,
    mail,
    page,
    pdf,
    rss,
    taken,
    zip_of,
)

RECORD = {"id": 17, "title": "Armada baru berlayar", "body": TEXT, "source": {"name": "Kabar Teluk"},
          "publishedAt": "2023-09-13T10:15:00+07:00", "link": "https://kabar.example/armada"}  # fmt: skip
WRAPPED = "\n".join(textwrap.fill(paragraph, 60) for paragraph in PARAGRAPHS)
ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom"><title>Kabar Teluk</title><entry><title>Armada baru berlayar</title>'
    '<id>tag:kabar.example,2023:17</id><link href="https://kabar.example/armada"/><updated>2023-09-13T03:15:00Z</updated>'
    f'<content type="html">&lt;p&gt;{TEXT}&lt;/p&gt;</content></entry></feed>'
).encode()

FILES = {
    "a.txt": TEXT.encode(),
    "a.md": f"---\ntitle: Armada\ndate: 2023-09-13\n---\n{TEXT}".encode(),
    "a.html": page().encode(),
    "a.json": json.dumps(RECORD).encode(),
    "a.jsonl": json.dumps(RECORD).encode() + b"\n",
    "a.pdf": pdf(WRAPPED),
    "a.docx": docx(*PARAGRAPHS, title="Armada baru berlayar"),
    "a.eml": mail(),
    "a.rss": rss(item(1)),
    "a.atom": ATOM,
    "nitf.xml": NITF,
    "newsml.xml": NEWSML,
    "a.zip": zip_of({"berita/a.txt": TEXT.encode()}),
    "a.txt.gz": gz(TEXT.encode()),
    "tanpa suffix": TEXT.encode(),
}


@pytest.mark.parametrize("name", FILES)
def test_every_format_gives_one_article_with_its_words(name: str) -> None:
    """The first paragraph's words are in the text, and nothing is rejected."""
    reading = taken(FILES[name], name)
    assert reading.failure is None
    assert not reading.failed
    (article,) = reading.articles
    assert "Menteri Perikanan Sari Wulandari mengatakan armada baru akan berlayar" in " ".join(article.text.split())


@pytest.mark.parametrize("name", ["a.html", "a.json", "a.jsonl", "a.docx", "a.eml", "a.atom", "nitf.xml", "newsml.xml"])
def test_metadata_gives_the_title(name: str) -> None:
    """Formats that know the headline hand it on."""
    assert taken(FILES[name], name).articles[0].title == "Armada baru berlayar"


@pytest.mark.parametrize("name", ["a.html", "a.json", "a.jsonl", "a.eml", "a.rss", "a.atom", "nitf.xml", "newsml.xml"])
def test_metadata_gives_the_time(name: str) -> None:
    """The time of publishing is the file's own, to the minute."""
    article = taken(FILES[name], name).articles[0]
    assert article.published_at is not None
    assert article.published_at.astimezone(NOW.tzinfo).isoformat() == "2023-09-13T03:15:00+00:00"
    assert article.date_source == "metadata"


@pytest.mark.parametrize("name", ["a.html", "a.json", "a.rss", "a.atom", "nitf.xml", "newsml.xml"])
def test_metadata_gives_the_outlet(name: str) -> None:
    """The outlet is named as the file names it."""
    assert taken(FILES[name], name).articles[0].outlet == "Kabar Teluk"


@pytest.mark.parametrize(
    ("name", "path", "media_type"),
    [
        ("a.txt", "a.txt", "text/plain"),
        ("a.jsonl", "a.jsonl#1", "application/jsonl"),
        ("a.zip", "a.zip/berita/a.txt", "text/plain"),
        ("a.txt.gz", "a.txt.gz/a.txt", "text/plain"),
        ("a.rss", "a.rss#1", "application/xml"),
    ],
)
def test_paths_name_the_record(name: str, path: str, media_type: str) -> None:
    """A record's path leads from the file to the member and the number."""
    article = taken(FILES[name], name).articles[0]
    assert (article.path, article.media_type) == (path, media_type)


def test_pdf_lines_become_paragraphs() -> None:
    """Lines broken by the page's width are joined; a paragraph keeps its own line."""
    text = taken(FILES["a.pdf"], "a.pdf").articles[0].text
    assert PARAGRAPHS[0] in text.split("\n")


def test_pages_leave_menus_and_footers_out() -> None:
    """Navigation and copyright are not part of the article."""
    text = taken(FILES["a.html"], "a.html").articles[0].text
    assert "Beranda" not in text
    assert "Hak cipta" not in text


def test_page_in_another_charset_is_decoded_by_its_own_word() -> None:
    """A page that says windows-1251 is decoded as that."""
    body = page(title="Новости", charset="windows-1251").replace("“", '"').replace("”", '"')
    assert taken(body.encode("windows-1251"), "a.html").articles[0].title == "Новости"


@pytest.mark.parametrize(
    "record",
    [
        {"content": TEXT},
        {"articleBody": TEXT},
        {"Body_Text": TEXT},
        {"isi": TEXT},
        {"content": {"rendered": "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)}},
        {"text": TEXT.replace("Sari", "<b>Sari</b>")},
        {"text": list(PARAGRAPHS)},
    ],
)
def test_json_text_is_found_under_usual_names(record: dict[str, object]) -> None:
    """Names differ by exporter; case, underscores and nesting do not matter."""
    assert taken(json.dumps(record).encode(), "a.json").articles[0].text == TEXT


@pytest.mark.parametrize("wrap", [lambda r: r, lambda r: {"articles": r}, lambda r: {"status": "ok", "results": r}])
def test_json_lists_are_found(wrap: object) -> None:
    """A list of articles may be the document itself or lie under a usual name."""
    records = [{"text": f"{number} {TEXT}"} for number in range(3)]
    reading = taken(json.dumps(wrap(records)).encode(), "a.json")  # type: ignore[operator]
    assert [article.path for article in reading.articles] == ["a.json#1", "a.json#2", "a.json#3"]


def test_json_lines_under_the_suffix_json_are_read() -> None:
    """Exporters call JSON Lines .json, too."""
    lines = "\n".join(json.dumps({"text": f"{number} {TEXT}"}) for number in range(3))
    assert len(taken(lines.encode(), "a.json").articles) == 3


@pytest.mark.parametrize("value", [1694574900, 1694574900000, "1694574900"])
def test_json_numbers_are_unix_times(value: object) -> None:
    """Seconds and milliseconds since 1970 are told apart by their size."""
    article = taken(json.dumps({"text": TEXT, "timestamp": value}).encode(), "a.json").articles[0]
    assert article.published_at is not None
    assert article.published_at.timestamp() == 1694574900


def test_own_json_names_come_first() -> None:
    """A configured name wins over the known ones."""
    data = json.dumps({"text": "teaser", "lead": {"naskah": TEXT}}).encode()
    assert taken(data, "a.json", json_fields={"text": ("lead.naskah",)}).articles[0].text == TEXT


def test_feed_with_an_undefined_entity_is_read_and_says_so() -> None:
    """A feed that is whole but not well-formed is read, with a note."""
    data = rss(item(1)).replace(b"Nomor 1", b"Nomor &nbsp;1")
    (article,) = taken(data, "a.xml").articles
    assert any("not well-formed" in note for note in article.notes)


def test_mail_with_html_only_gives_its_text() -> None:
    """Without a plain part the HTML part's text is taken, each block on its line."""
    data = mail("".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS), subtype="html")
    assert taken(data, "a.eml").articles[0].text == TEXT


def test_zip_reads_every_format_within() -> None:
    """Members of all formats are read, junk of other systems is passed over."""
    members = {name: data for name, data in FILES.items() if not name.endswith((".zip", ".gz"))}
    junk = {"__MACOSX/._a.txt": b"\0\0", ".DS_Store": b"\0\1"}
    reading = taken(zip_of({**members, **junk}), "all.zip")
    assert not reading.failed
    assert len(reading.articles) == len(members)


def test_zip_in_zip_is_read_and_no_deeper() -> None:
    """Depth 2 is read; the third archive is rejected, the rest is not."""
    inner = zip_of({"c.txt": TEXT.encode()})
    middle = zip_of({"b.txt": b"Dua. " + TEXT.encode(), "inner.zip": inner})
    reading = taken(zip_of({"a.txt": b"Satu. " + TEXT.encode(), "middle.zip": middle}), "outer.zip")
    assert [article.path for article in reading.articles] == ["outer.zip/a.txt", "outer.zip/middle.zip/b.txt"]
    assert [(bad.record, bad.code) for bad in reading.failed] == [
        ("outer.zip/middle.zip/inner.zip", "archive-too-deep")
    ]


def test_read_file_gives_the_articles_of_a_path(tmp_path: Path) -> None:
    """The function that kliping process uses reads from disk and names the article as told."""
    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="utf-8")
    (article,) = read_file(path, name="a.txt", limits=Limits(), now=NOW)
    assert (article.text, article.path, article.ingested_at) == (TEXT, "a.txt", NOW)


def test_read_file_raises_the_rejection(tmp_path: Path) -> None:
    """A file that gives no article raises what is wrong with it."""
    path = tmp_path / "a.txt"
    path.touch()
    with pytest.raises(RejectedFile, match="empty") as caught:
        read_file(path, name="a.txt", limits=Limits(), now=NOW)
    assert caught.value.code == "empty"


@pytest.mark.parametrize(
    ("name", "suffix"),
    [
        ("a.TXT", "txt"),
        ("..laporan.txt", "txt"),
        ("..laporan", ""),
        ("berita 14.9.2023", ""),
        ("Pertemuan No. 5", ""),
        ("a/b.c/d", ""),
        ("a.tar.gz", "gz"),
    ],
)
def test_suffix_is_what_people_mean_by_it(name: str, suffix: str) -> None:
    """Dates and sentences end in no suffix."""
    assert suffix_of(name) == suffix


def test_every_suffix_is_documented() -> None:
    """docs/how-to/formats.md names each suffix that is read."""
    page = Path(__file__).resolve().parents[3] / "docs" / "how-to" / "formats.md"
    text = page.read_text(encoding="utf-8")
    assert [suffix for suffix in SUFFIXES if f"`.{suffix}`" not in text] == []
