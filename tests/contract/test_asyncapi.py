"""docs/reference/asyncapi.json is what the services' routes say."""

from __future__ import annotations

import json
from pathlib import Path

from kliping.asyncapi import DOCUMENT, all_routes, rendered
from kliping_shared.contracts.streams import CONSUMERS

ROOT = Path(__file__).parents[2]


def test_document_is_not_stale() -> None:
    """The committed document is generated from the present routes."""
    assert (ROOT / DOCUMENT).read_text() == rendered(), "run: python -m kliping.asyncapi"


def test_routes_are_the_topology() -> None:
    """Every stream and group that is made in advance has its route, and no route has another."""
    assert {(route.consumes, route.group) for route in all_routes()} == set(CONSUMERS)


def test_document_names_every_stream_and_its_contract() -> None:
    """A reader finds each work stream with the schema of its messages."""
    document = json.loads((ROOT / DOCUMENT).read_text())
    addresses = {channel["address"] for channel in document["channels"].values()}
    assert {stream for stream, _ in CONSUMERS} <= addresses
    assert {"Article", "EnrichedArticle", "LinkedArticle"} <= set(document["components"]["schemas"])
