"""All stages in one process: what is published to one goes through those behind it at once, into an embedded store."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from kliping_extract.extractor import Extractor
from kliping_index.domain.documents import changes
from kliping_link.linker import link
from kliping_link.memory_state import MemoryState
from kliping_link.ports import LinkState
from kliping_shared.contracts import Article, Contract, EnrichedArticle, streams
from kliping_shared.store.documents import Kind
from kliping_shared.store.ports import SearchRequest, StoreReader, StoreWriter

AT = datetime(2026, 3, 5, 8, tzinfo=UTC)
#: Fields that say when something was done, and which time it was.
STAMPS = {"extracted_at", "linked_at", "version", "first_seen", "last_seen", "ingested_at"}


def article(name: str, text: str, outlet: str) -> Article:
    """An article as ingest gives it."""
    return Article(
        article_id=name,
        document_key=f"path:{name}",
        text=text,
        outlet=outlet,
        published_at=AT,
        path=f"{name}.txt",
        media_type="text/plain",
        file_sha256="0" * 64,
        ingested_at=AT,
        language="id",
    )


ONE = article(
    "satu",
    "Tirtasari - Dewi Anggraini angkat bicara soal konser amal di Lapangan Wirabuana.\n\n"
    '"Seluruh hasil penjualan tiket konser itu akan kami serahkan kepada korban banjir," kata Dewi Anggraini, Senin.\n',
    "Harian Contoh",
)
OTHER = article(
    "dua",
    "Tirtasari - Penyanyi Rani Kusuma menggelar konser amal di Lapangan Wirabuana.\n\n"
    '"Seluruh hasil penjualan tiket konser itu akan kami serahkan kepada korban banjir," ujar Kusuma, Senin.\n',
    "Kabar Contoh",
)
ELSE = article(
    "tiga",
    'Tirtasari - Harga cabai naik.\n\n"Pasokan cabai dari petani berkurang karena hujan," kata Budi Hartanto, Senin.\n',
    "Warta Contoh",
)
#: Two outlets that call one person by unrelated names, and one that tells of something else.
ARTICLES = [ONE, OTHER, ELSE]


@dataclass
class Stages:
    """A publisher whose messages have arrived everywhere when ``publish`` returns."""

    extractor: Extractor
    writer: StoreWriter
    reader: StoreReader
    at: datetime = AT
    state: LinkState = field(default_factory=MemoryState)
    published: list[str] = field(default_factory=list)

    async def publish(self, stream: str, messages: Sequence[Contract]) -> None:
        """Send each message through what is behind the stream."""
        for message in messages:
            assert isinstance(message, Article)
            self.published.append(message.article_id)
            enriched = self.extractor.extract(message) if stream == streams.ARTICLE else message
            assert isinstance(enriched, EnrichedArticle)
            await self.writer.apply([changes(link(self.state, enriched, self.at))])

    async def backlog(self) -> int:
        """Nothing ever waits."""
        return 0

    async def documents(self, kind: Kind) -> list[dict[str, Any]]:
        """All documents of a kind, without what differs from one time to the next."""
        found = [dict(document) async for document in self.reader.stream(SearchRequest(kind=kind, sort="oldest"))]
        return sorted(map(_still, found), key=str)

    async def outlets(self) -> list[int]:
        """How many outlets each group has, the most first."""
        groups = await self.documents("groups")
        return sorted((group["outlet_count"] for group in groups), reverse=True)


def _still(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _still(item) for name, item in value.items() if name not in STAMPS}
    return list(map(_still, value)) if isinstance(value, list) else value
