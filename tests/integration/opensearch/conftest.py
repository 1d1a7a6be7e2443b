"""Tests of the store on a real OpenSearch server."""

from __future__ import annotations

from tests.support.opensearch import client, opensearch, opensearch_url

__all__ = ["client", "opensearch", "opensearch_url"]
