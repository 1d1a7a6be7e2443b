"""Which contract is on which stream."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from kliping_shared.contracts.article import Article
from kliping_shared.contracts.base import Contract
from kliping_shared.contracts.dead import DeadLetter
from kliping_shared.contracts.enriched import EnrichedArticle
from kliping_shared.contracts.linked import LinkedArticle
from kliping_shared.contracts.streams import ARTICLE, DEAD, ENRICHED, LINKED

MODELS: Final[Mapping[str, type[Contract]]] = MappingProxyType(
    {ARTICLE: Article, ENRICHED: EnrichedArticle, LINKED: LinkedArticle, DEAD: DeadLetter}
)
