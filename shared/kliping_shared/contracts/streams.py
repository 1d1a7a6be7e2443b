"""Every stream and consumer group, by name. The major version of a contract is part of its stream's name."""

from __future__ import annotations

from typing import Final

ARTICLE: Final = "kliping.article.v1"
ENRICHED: Final = "kliping.enriched.v1"
LINKED: Final = "kliping.linked.v1"
DEAD: Final = "kliping.dead.v1"

#: Work streams in the order of the data's way, each with the consumer group that empties it.
CONSUMERS: Final[tuple[tuple[str, str], ...]] = ((ARTICLE, "extract"), (ENRICHED, "link"), (LINKED, "index"))
