"""``python -m kliping.asyncapi``: write docs/reference/asyncapi.json from the services' own route tables."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, cast

import kliping_extract.routes
import kliping_index.routes
import kliping_link.routes
from kliping_extract.ports import ArticleExtractor
from kliping_shared.bus import Route
from kliping_shared.bus.application import asyncapi
from kliping_shared.contracts import EnrichedArticle, LinkedArticle

DOCUMENT = Path("docs") / "reference" / "asyncapi.json"


def all_routes() -> tuple[Route, ...]:
    """Every service's routes, with handlers that are never called: the document needs only their shapes."""

    def link_article(message: EnrichedArticle) -> LinkedArticle | None:
        """Put an article's claims into their groups, and the article into its story."""
        raise NotImplementedError(message)

    async def index_articles(messages: list[LinkedArticle]) -> list[Exception | None]:
        """Write articles, claims, groups and stories to the store."""
        raise NotImplementedError(messages)

    return (
        *kliping_extract.routes.routes(cast("ArticleExtractor", None)),
        *kliping_link.routes.routes(link_article),
        *kliping_index.routes.routes(index_articles, 100),
    )


def document() -> dict[str, Any]:
    """The AsyncAPI document."""
    return asyncapi(all_routes(), version="1")


def rendered() -> str:
    """The file's text."""
    return json.dumps(document(), indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def main() -> int:
    """Write the file; run from the project's root."""
    DOCUMENT.write_text(rendered())
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
