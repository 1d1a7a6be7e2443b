"""Watches and alerts for tests."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from kliping_shared.watching.alerts import Alert, Finding, alert
from kliping_shared.watching.watches import Search, Watch

#: Now: what waits for too long is not delivered.
AT = datetime.now(UTC).replace(microsecond=0)


def a_watch(watch_id: str = "w1", **fields: Any) -> Watch:
    """A watch on what is said of rockets."""
    return Watch(
        **({"watch_id": watch_id, "name": "Roket", "search": Search(query="roket"), "created_at": AT} | fields)
    )


def a_finding(id: str = "c1", **fields: Any) -> Finding:
    """A claim that was found."""
    whole = {"kind": "claims", "id": id, "title": "Judul", "text": f"Roket {id}", "article_id": "a1"}
    return Finding(**(whole | fields))


def an_alert(watch: Watch, id: str = "c1", **fields: Any) -> Alert:
    """The alert of a claim."""
    return alert(watch, a_finding(id, **fields), AT)
