"""Small real files of each format, built in memory."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from datetime import UTC, datetime
from pathlib import Path

from kliping_ingest.domain.limits import Limits
from kliping_ingest.reading import Reading, read_bytes

NOW = datetime(2023, 9, 14, 5, 0, tzinfo=UTC)

PARAGRAPHS = (
    "Menteri Perikanan Sari Wulandari mengatakan armada baru akan berlayar pada hari Senin dari pelabuhan Teluk Biru.",
    "Ia menambahkan bahwa dua belas kapal sudah diperiksa oleh petugas pelabuhan sejak pekan lalu.",
    "“Kami tidak akan menunda lagi,” kata Sari kepada wartawan di Teluk Biru, Kamis.",
)
TEXT = "\n".join(PARAGRAPHS)
#: The same article after an edit, and another one.
EDITED = TEXT.replace("dua belas kapal", "tiga belas kapal")
OTHER = " ".join(f"Harga beras nomor {number} turun di pasar induk menurut pedagang." for number in range(12))


def write(path: Path) -> None:
    """Put the article into a file."""
    path.write_text(TEXT, encoding="utf-8")


def taken(data: bytes, name: str, **limits: object) -> Reading:
    """What reading the bytes gives."""
    return read_bytes(data, name=name, limits=Limits(**limits), now=NOW)  # type: ignore[arg-type]


def pdf(*pages: str, compress: bool = True, encrypt: bool = False) -> bytes:
    """A PDF with one text line for each line of each page, in Latin-1."""
    bodies: list[bytes] = [b"<< /Type /Catalog /Pages 2 0 R >>"]
    kids = " ".join(f"{4 + 2 * at} 0 R" for at in range(len(pages)))
    bodies.append(f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode())
    bodies.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
    for at, page in enumerate(pages):
        lines = [line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)") for line in page.split("\n")]
        drawn = "BT /F1 10 Tf 40 800 Td 12 TL " + " ".join(f"({line}) Tj T*" for line in lines) + " ET"
        stream = drawn.encode("cp1252")
        stream = zlib.compress(stream) if compress else stream
        how = b" /Filter /FlateDecode" if compress else b""
        bodies.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {5 + 2 * at} 0 R"
            " /Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        bodies.append(b"<< /Length %d%s >>\nstream\n%s\nendstream" % (len(stream), how, stream))
    return _assembled(bodies, encrypted=encrypt)


def _assembled(bodies: list[bytes], *, encrypted: bool) -> bytes:
    out = io.BytesIO(b"%PDF-1.4\n")
    out.seek(0, io.SEEK_END)
    offsets = []
    for number, body in enumerate(bodies, start=1):
        offsets.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % offset for offset in offsets))
    lock = b""
    if encrypted:
        zeros = b"00" * 32
        lock = b" /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >> /ID [<%s> <%s>]" % (
            zeros,
            zeros,
            b"00" * 16,
            b"00" * 16,
        )
    out.write(b"trailer\n<< /Size %d /Root 1 0 R%s >>\nstartxref\n%d\n%%%%EOF\n" % (len(bodies) + 1, lock, start))
    return out.getvalue()


def docx(*paragraphs: str, title: str = "") -> bytes:
    """A Word document."""
    import docx as library

    document = library.Document()
    document.core_properties.title = title
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def zipped(**members: bytes) -> bytes:
    """A zip archive; see ``zip_of`` for names that are no identifiers."""
    return zip_of(members)


def zip_of(members: dict[str, bytes]) -> bytes:
    """A zip archive with these members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def encrypted_zip() -> bytes:
    """A zip archive whose only member is marked as encrypted."""
    data = bytearray(zip_of({"a.txt": TEXT.encode()}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def gz(data: bytes) -> bytes:
    """A gz file."""
    return gzip.compress(data)


def page(title: str = "Armada baru berlayar", charset: str = "utf-8") -> str:
    """A web page with a menu, an article and a footer."""
    body = "".join(f"<p>{paragraph} {paragraph}</p>" for paragraph in PARAGRAPHS)
    return (
        f'<!DOCTYPE html><html lang="id"><head><meta charset="{charset}"><title>{title} - Kabar Teluk</title>'
        f'<meta property="og:title" content="{title}"><meta property="og:site_name" content="Kabar Teluk">'
        '<meta property="article:published_time" content="2023-09-13T10:15:00+07:00">'
        '<link rel="canonical" href="https://kabarteluk.example/2023/09/armada"></head><body>'
        '<nav><a href="/">Beranda</a> <a href="/politik">Politik</a></nav>'
        f"<article><h1>{title}</h1>{body}</article><footer>Hak cipta 2023</footer></body></html>"
    )


def mail(body: str = TEXT, subtype: str = "plain", **headers: str) -> bytes:
    """An e-mail message in UTF-8."""
    from email.message import EmailMessage

    message = EmailMessage()
    message["Subject"] = "Armada baru berlayar"
    message["From"] = "Redaksi Kabar <redaksi@kabar.example>"
    message["Date"] = "Wed, 13 Sep 2023 10:15:00 +0700"
    message["Message-ID"] = "<1@kabar.example>"
    for name, value in headers.items():
        message[name] = value
    message.set_content(body, subtype=subtype)
    return message.as_bytes()


def rss(*items: str) -> bytes:
    """An RSS feed; each item is its XML."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Kabar Teluk</title>'
        + "".join(f"<item>{item}</item>" for item in items)
        + "</channel></rss>"
    ).encode()


def item(number: int, text: str = TEXT) -> str:
    """An RSS item."""
    return (
        f"<title>Berita {number}</title><link>https://kabar.example/{number}</link><guid>https://kabar.example/{number}</guid>"
        f"<pubDate>Wed, 13 Sep 2023 10:15:00 +0700</pubDate><description>&lt;p&gt;Nomor {number}. {text}&lt;/p&gt;</description>"
    )


NITF = f"""<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE nitf SYSTEM "nitf-3-6.dtd">
<nitf><head><title>Armada</title><docdata><doc-id id-string="kb-17"/><date.issue norm="20230913T101500+0700"/></docdata>
<pubdata name="Kabar Teluk"/></head><body><body.head><hedline><hl1>Armada baru berlayar</hl1></hedline>
<byline><person>Rini Astuti</person></byline></body.head><body.content>
{"".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)}</body.content></body></nitf>""".encode()

NEWSML = f"""<?xml version="1.0" encoding="UTF-8"?>
<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet>
<newsItem guid="urn:newsml:kabar.example:20230913:17" version="1"><itemMeta><itemClass qcode="ninat:text"/>
<provider literal="Kabar Teluk"/><versionCreated>2023-09-13T10:15:00+07:00</versionCreated></itemMeta>
<contentMeta><headline>Armada baru berlayar</headline><by>Rini Astuti</by></contentMeta>
<contentSet><inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head>
<body>{"".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)}</body></html></inlineXML></contentSet></newsItem>
<newsItem guid="urn:newsml:kabar.example:20230913:18"><itemMeta><itemClass qcode="ninat:picture"/></itemMeta></newsItem>
</itemSet></newsMessage>""".encode()
