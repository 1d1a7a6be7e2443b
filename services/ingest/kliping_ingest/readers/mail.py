"""E-mail messages (.eml): the body, its headers as metadata. Attachments are named in a note, not read."""

from __future__ import annotations

from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr

from kliping_ingest.domain.raw import RawArticle
from kliping_ingest.domain.rejections import reject
from kliping_ingest.readers.decoding import clean_text, decode
from kliping_ingest.readers.markup import fragment_text
from kliping_ingest.readers.source import Record, Source

__all__ = ["read_mail"]

_HEADERS = ("from", "subject", "date", "received", "message-id", "to")


def read_mail(source: Source) -> Iterator[Record]:
    """One article: the plain part, else the text of the HTML part."""
    message = message_from_bytes(source.data.lstrip(b"\r\n"), policy=policy.default)
    if not any(header in message for header in _HEADERS):
        if not source.data.strip():
            raise reject("empty", f"{source.name} is empty")
        raise reject("unknown-format", f"{source.name} is not an e-mail message: it has none of its headers")
    text, notes = _body(message, source.name)
    attached = [part.get_filename() or part.get_content_type() for part in message.iter_attachments()]
    if not text.strip():
        names = f"; attached: {', '.join(attached)}" if attached else ""
        raise reject("no-text", f"{source.name} is a message without text{names}")
    notes += tuple(f"The attachment {name} was not read." for name in attached)
    yield Record(
        source.name,
        RawArticle(
            text,
            title=_header(message, "subject"),
            author=_sender(message),
            external_id=_header(message, "message-id"),
            published_at=_header(message, "date"),
            notes=notes,
        ),
    )


def _body(message: EmailMessage, name: str) -> tuple[str, tuple[str, ...]]:
    part = message.get_body(("plain", "html"))
    if part is None or part.is_multipart():
        return "", ()
    notes: tuple[str, ...] = ()
    try:
        text = clean_text(str(part.get_content()))
        if "\ufffd" in text:
            raise UnicodeError(f"wrong charset in {name}")
    except (LookupError, UnicodeError, ValueError):
        payload = part.get_payload(decode=True)
        decoded = decode(payload if isinstance(payload, bytes) else b"", name)
        text, notes = decoded.text, (*decoded.notes, "The message names a wrong character set.")
    return (fragment_text(text) if part.get_content_subtype() == "html" else text), notes


def _header(message: EmailMessage, name: str) -> str | None:
    value = message.get(name)
    return " ".join(str(value).split()) or None if value is not None else None


def _sender(message: EmailMessage) -> str | None:
    display, address = parseaddr(str(message.get("from", "")))
    return display or address or None
