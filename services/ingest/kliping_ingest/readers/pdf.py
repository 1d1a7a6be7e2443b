"""PDF: the text of its pages, lines joined to paragraphs again."""

from __future__ import annotations

import io
import logging
import statistics
from collections.abc import Iterator
from typing import Final

from kliping_ingest.domain.raw import RawArticle
from kliping_ingest.domain.rejections import reject
from kliping_ingest.readers.decoding import clean_text
from kliping_ingest.readers.source import Record, Source

__all__ = ["read_pdf", "unwrap"]

#: A line shorter than this share of the usual one ends its paragraph.
_SHORT: Final = 0.75
_SENTENCE_END: Final = (".", "!", "?", '."', ".”", "?”", "!”", ".'", ".’", ":")


def read_pdf(source: Source) -> Iterator[Record]:
    """One article: all pages. A title in the document's properties counts only if the text has it too."""
    import pypdf  # late: half a second to import
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    if b"%PDF-" not in source.data[:1024]:
        raise reject("broken-pdf", f"{source.name} is not a PDF: it does not begin as one")
    try:
        document = pypdf.PdfReader(io.BytesIO(source.data))
        if document.is_encrypted and not document.decrypt(""):
            raise reject("encrypted", f"{source.name} is a PDF that needs a password")
        pages = [page.extract_text() or "" for page in document.pages]
        title = str(document.metadata.title or "") if document.metadata else ""
    except pypdf.errors.DependencyError as error:
        raise reject("encrypted", f"{source.name} is a PDF with AES encryption") from error
    except (PyPdfError, ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError, OSError) as error:
        raise reject("broken-pdf", f"{source.name} is a broken PDF: {error}") from error
    text = "\n".join(filter(None, (unwrap(clean_text(page)).strip() for page in pages)))
    if not text.strip():
        raise reject("no-text", f"{source.name} has {len(pages)} page(s) and no text on them")
    yield Record(source.name, RawArticle(text, title=title.strip() if title.strip() in pages[0] else None))


def unwrap(page: str) -> str:
    """Join the lines that the page's width broke. A paragraph ends at a blank line or a short line.

    A hyphen at a line's end stays: Indonesian doubles words with it (*anak-anak*), and which one it is cannot be told.
    """
    lines = [line.strip() for line in page.split("\n")]
    full = [len(line) for line in lines if line]
    if len(full) < 3:
        return "\n".join(line for line in lines if line)
    width = statistics.quantiles(full, n=4)[2]
    paragraphs: list[str] = []
    joins = False
    for line in lines:
        if not line:
            joins = False
            continue
        if joins:
            paragraphs[-1] += ("" if paragraphs[-1].endswith("-") else " ") + line
        else:
            paragraphs.append(line)
        joins = len(line) >= width * _SHORT and not (len(line) < width and line.endswith(_SENTENCE_END))
    return "\n".join(paragraphs)
