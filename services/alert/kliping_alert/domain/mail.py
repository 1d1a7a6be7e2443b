"""A mail with alerts."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from email.message import EmailMessage
from email.policy import SMTP
from typing import Final

from kliping_shared.newsroom import day_of
from kliping_shared.watching.alerts import Alert, Finding
from kliping_shared.watching.watches import Watch

#: Characters of what was said that the subject shows.
_SUBJECT: Final = 80


def mail(watch: Watch, to: str, alerts: Sequence[Alert], sender: str, page_url: str) -> EmailMessage:
    """One mail with all of them. The same alerts have the same Message-ID, so that a mail sent again is known as such."""
    page = page_url.rstrip("/")
    message = EmailMessage(policy=SMTP)
    message["From"] = sender
    message["To"] = to
    message["Subject"] = _subject(watch, alerts)
    message["Date"] = max(alert.at for alert in alerts)
    message["Message-ID"] = f"<{_digest(alerts)}@{sender.rpartition('@')[2].rstrip('>')}>"
    message["Auto-Submitted"] = "auto-generated"
    message["List-Id"] = f"<{watch.watch_id}.kliping>"
    parts = [_told(alert.found, page) for alert in alerts]
    message.set_content("\n\n".join([*parts, f"--\n{_line(watch.name)}\n{page}/watches/{watch.watch_id}\n"]))
    return message


def _subject(watch: Watch, alerts: Sequence[Alert]) -> str:
    if len(alerts) > 1:
        return f"{_line(watch.name)} ({len(alerts)})"
    found = alerts[0].found
    said = _line(": ".join(part for part in (", ".join(found.speaker), found.text or found.title) if part))
    return f"{_line(watch.name)} – {said if len(said) <= _SUBJECT else said[:_SUBJECT].rstrip() + ' …'}"


def _told(found: Finding, page: str) -> str:
    about = " · ".join(_some((", ".join(found.speaker), ", ".join(found.outlet), day_of(found.published_at or ""))))
    lines = _some((found.title, found.text, f"– {about}" if about else "", found.url or ""))
    return "\n".join([*(_line(line) for line in lines), page + found.page])


def _some(parts: Iterable[str]) -> list[str]:
    return [part for part in parts if part]


def _line(text: str) -> str:
    return " ".join(text.split())


def _digest(alerts: Sequence[Alert]) -> str:
    return hashlib.sha256(" ".join(alert.alert_id for alert in alerts).encode()).hexdigest()[:32]
