"""A webhook's request: the alert as JSON, signed as Standard Webhooks has it (https://www.standardwebhooks.com)."""

from __future__ import annotations

import base64
import hashlib
import hmac
from typing import Final

from kliping_shared.watching.alerts import Alert
from kliping_shared.watching.watches import SECRET_PREFIX

#: What kind of message the body is; the last part is the contract's version.
TYPE: Final = "kliping.alert.v1"
TEST_TYPE: Final = "kliping.test.v1"


def payload(alert: Alert, page_url: str) -> dict[str, object]:
    """The body: of the same alert always the same."""
    told = alert.model_dump(mode="json", exclude={"contract", "test"}, exclude_none=True)
    told["page"] = f"{page_url.rstrip('/')}{alert.found.page}"
    return {"type": TEST_TYPE if alert.test else TYPE, "timestamp": told["at"], "data": told}


def headers(alert: Alert, body: bytes, secret: str, *, now: int) -> dict[str, str]:
    """Headers by which a receiver knows the sender, and an alert that comes once more; ``now`` in seconds since 1970."""
    return {
        "content-type": "application/json",
        "user-agent": "Kliping",
        "webhook-id": alert.alert_id,
        "webhook-timestamp": str(now),
        "webhook-signature": f"v1,{signature(alert.alert_id, now, body, secret)}",
    }


def signature(message_id: str, timestamp: int, body: bytes, secret: str) -> str:
    """Base64 of the HMAC-SHA256 of ``id.timestamp.body`` by the secret's bytes."""
    key = base64.b64decode(secret.removeprefix(SECRET_PREFIX))
    signed = hmac.new(key, f"{message_id}.{timestamp}.".encode() + body, hashlib.sha256)
    return base64.b64encode(signed.digest()).decode()
