"""What alert may be told (environment names ``KLIPING_…``, see docs/reference/settings.md)."""

from __future__ import annotations

from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator

from kliping_shared.settings import Settings

__all__ = ["AlertSettings"]


class AlertSettings(Settings):
    """Settings of the alert service."""

    smtp_url: SecretStr | None = Field(
        default=None,
        description="Mail server, as smtp://user:password@mail.example:587 (TLS as soon as it is offered; with a user "
        "only with TLS) or smtps://…. Empty: no mails.",
    )
    mail_from: str | None = Field(default=None, description="The sender of mails, as kliping@desk.example.")
    alert_private: bool = Field(
        default=False,
        description="Whether webhooks may lead to addresses that are not public: this machine, the network behind it.",
    )
    alert_attempts: int = Field(
        default=10,
        ge=1,
        le=100,
        description="Deliveries of an alert that may fail in a row, over about a day, before a watch's channel stops "
        "and waits for a person.",
    )

    @field_validator("smtp_url")
    @classmethod
    def _is_server(cls, value: SecretStr | None) -> SecretStr | None:
        if value is None or not value.get_secret_value():
            return None
        parts = urlsplit(value.get_secret_value())
        if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
            raise ValueError("is no address like smtp://user:password@mail.example:587")
        return value

    @field_validator("mail_from")
    @classmethod
    def _is_sender(cls, value: str | None) -> str | None:
        if value and ("@" not in value or any(char in value for char in "\r\n")):
            raise ValueError("is no address like kliping@desk.example")
        return value or None
