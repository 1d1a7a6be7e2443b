"""Word documents: paragraphs and tables in their order."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any, Final

from kliping_ingest.domain.raw import RawArticle
from kliping_ingest.domain.rejections import reject
from kliping_ingest.readers.decoding import clean_text
from kliping_ingest.readers.source import Record, Source

__all__ = ["OLE2", "read_docx"]

#: First bytes of the container of old .doc files and of encrypted .docx files.
OLE2: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read_docx(source: Source) -> Iterator[Record]:
    """One article: the document's body; headers, footers and comments are left out."""
    import docx  # late: 0.3 s to import

    _refuse_unsafe(source)
    try:
        document = docx.Document(io.BytesIO(source.data))
        text = clean_text("\n".join(filter(None, _blocks(document))))
        title = (document.core_properties.title or "").strip() or None
    except Exception as error:  # python-docx raises lxml's, zipfile's and its own, without a common root
        raise reject("broken-docx", f"{source.name} is a broken Word document: {error}") from error
    if not text.strip():
        raise reject("no-text", f"{source.name} is a Word document without text")
    yield Record(source.name, RawArticle(text, title=title))


def _refuse_unsafe(source: Source) -> None:
    """Encrypted documents, other containers, and those that unpack to too much."""
    if source.data.startswith(OLE2):
        if "EncryptedPackage".encode("utf-16-le") in source.data:
            raise reject("encrypted", f"{source.name} is a Word document that needs a password")
        raise reject("broken-docx", f"{source.name} is an old Word document (.doc), though its name ends in .docx")
    try:
        with zipfile.ZipFile(io.BytesIO(source.data)) as container:
            members = container.infolist()
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise reject("broken-docx", f"{source.name} is not a Word document: {error}") from error
    if "word/document.xml" not in {member.filename for member in members}:
        raise reject("broken-docx", f"{source.name} is a zip archive without a Word document in it")
    for member in members:
        source.budget.expand(member.file_size, source.name)


def _blocks(document: Any) -> Iterator[str]:
    for block in document.iter_inner_content():
        if hasattr(block, "rows"):
            for row in block.rows:
                yield "\t".join(dict.fromkeys(cell.text.strip() for cell in row.cells))
        else:
            yield block.text.strip()
