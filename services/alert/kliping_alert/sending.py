"""Senders: webhooks by HTTP, mails by SMTP."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from typing import Any, Final
from urllib.parse import unquote, urlsplit

import aiosmtplib
import httpx
import orjson

from kliping_alert.addresses import address_of
from kliping_alert.domain.mail import mail
from kliping_alert.domain.webhook import headers, payload
from kliping_alert.errors import NotDelivered, Refused
from kliping_shared.watching.alerts import Alert
from kliping_shared.watching.watches import Watch

#: A receiver that takes longer is taken for one that did not take it.
SECONDS: Final = 15.0
#: All of a mail, of which each step may take SECONDS: less than a deliverer's lease.
MAIL_SECONDS: Final = 45.0
_GONE: Final = 410
_PORTS: Final = {"http": 80, "https": 443, "smtp": 25, "smtps": 465}


class Webhooks:
    """Sends each alert by a POST of its own; follows no redirection, and uses no proxy."""

    most = 1

    def __init__(self, page_url: str, *, private: bool) -> None:
        self._page_url = page_url
        self._private = private
        limits = httpx.Limits(
            max_connections=None
        )  # the deliverer bounds them; waiting for one would look like a failure
        self._client = httpx.AsyncClient(timeout=SECONDS, trust_env=False, limits=limits)

    async def send(self, watch: Watch, alerts: Sequence[Alert]) -> None:
        """Deliver one alert. Raises NotDelivered, Refused."""
        (alert,) = alerts
        assert watch.webhook is not None
        try:
            async with asyncio.timeout(SECONDS):
                status = await self._post(alert, watch.webhook.url, watch.webhook.secret)
        except TimeoutError as error:
            raise NotDelivered(f"no answer within {SECONDS:g} s") from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise NotDelivered(f"{type(error).__name__}: {error}") from error
        if status == _GONE:
            raise Refused("the receiver wants no more (HTTP 410)")
        if not 200 <= status < 300:
            raise NotDelivered(f"the receiver answered HTTP {status}")

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()

    async def _post(self, alert: Alert, url: str, secret: str) -> int:
        target = httpx.URL(url)  # its raw parts are ASCII, also of an international name
        host, port = target.raw_host.decode("ascii"), target.port or _PORTS[target.scheme]
        address = await address_of(host, port, private=self._private)
        body = orjson.dumps(payload(alert, self._page_url))
        sent = {**headers(alert, body, secret, now=int(time.time())), "host": target.netloc.decode("ascii")}
        there = target.copy_with(host=address, port=port)
        extensions = {"sni_hostname": host}  # what the certificate is checked for
        async with self._client.stream("POST", there, content=body, headers=sent, extensions=extensions) as answer:
            return answer.status_code


class Mails:
    """Sends mails of up to ``most`` alerts."""

    most = 100

    def __init__(self, smtp_url: str | None, sender: str | None, page_url: str) -> None:
        self._smtp_url = smtp_url
        self._sender = sender
        self._page_url = page_url

    async def send(self, watch: Watch, alerts: Sequence[Alert]) -> None:
        """Deliver them in one mail. Raises NotDelivered, Refused."""
        if not self._smtp_url or not self._sender:
            raise Refused("no mail server is set: KLIPING_SMTP_URL, KLIPING_MAIL_FROM")
        assert watch.mail is not None
        message = mail(watch, watch.mail.to, alerts, self._sender, self._page_url)
        try:
            async with asyncio.timeout(MAIL_SECONDS):
                await aiosmtplib.send(message, timeout=SECONDS, **server(self._smtp_url))
        except aiosmtplib.SMTPRecipientsRefused as error:
            raise _refusal(error) from error
        except TimeoutError as error:
            raise NotDelivered("the mail server did not take it in time") from error
        except (aiosmtplib.SMTPException, OSError) as error:
            raise NotDelivered(f"{type(error).__name__}: {error}") from error


def server(url: str) -> dict[str, Any]:
    """What ``aiosmtplib.send`` is to be told of smtp://user:password@host:port (smtps: TLS from the first byte).

    smtp: TLS as soon as the server offers it, and never a password without.
    """
    parts = urlsplit(url)
    told: dict[str, Any] = {
        "hostname": parts.hostname,
        "port": parts.port or _PORTS[parts.scheme],
        "use_tls": parts.scheme == "smtps",
    }
    if parts.username:
        told |= {"username": unquote(parts.username), "password": unquote(parts.password or "")}
        told |= {} if parts.scheme == "smtps" else {"start_tls": True}
    return told


def _refusal(error: aiosmtplib.SMTPRecipientsRefused) -> Exception:
    refused = error.recipients[0]
    text = f"{refused.recipient}: {refused.code} {refused.message}"
    return Refused(text) if refused.code >= 500 else NotDelivered(text)
