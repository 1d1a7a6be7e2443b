"""What a mail says."""

from __future__ import annotations

from email import message_from_bytes
from email.policy import default

import pytest

from kliping_alert.domain.mail import mail
from kliping_alert.sending import server
from kliping_shared.watching.watches import Mail
from tests.support.watching import a_watch, an_alert

SENDER, PAGE = "kliping@desk.example", "https://kliping.example/"


def test_one_alert_says_who_said_what_and_where() -> None:
    """Subject and text hold it; the way to the claim and to the watch stand below."""
    watch = a_watch()
    alert = an_alert(
        watch, "c1", speaker=("Rudi Hartono",), outlet=("Antara",), published_at="2023-09-13T00:00:00+07:00"
    )
    read = message_from_bytes(bytes(mail(watch, "a@b.example", [alert], SENDER, PAGE)), policy=default)
    assert read["subject"] == "Roket – Rudi Hartono: Roket c1"
    text = read.get_content()
    for part in (
        "Roket c1",
        "– Rudi Hartono · Antara · 2023-09-13",
        "https://kliping.example/articles/a1#c1",
        "/watches/w1",
    ):
        assert part in text


def test_the_same_alerts_are_the_same_mail() -> None:
    """A mail that is sent once more has the id that it had."""
    watch = a_watch()
    alerts = [an_alert(watch, name) for name in ("c1", "c2")]
    one, other = (mail(watch, "a@b.example", alerts, SENDER, PAGE) for _ in range(2))
    assert one["message-id"] == other["message-id"]
    assert one["message-id"] != mail(watch, "a@b.example", alerts[:1], SENDER, PAGE)["message-id"]
    assert one["subject"] == "Roket (2)"


def test_nothing_found_begins_a_header() -> None:
    """Line ends in names and texts stay text."""
    watch = a_watch(name="Roket\nBcc: all@x.example")
    message = mail(watch, "a@b.example", [an_alert(watch, text="a\r\nBcc: all@x.example")], SENDER, PAGE)
    assert message["bcc"] is None
    assert "Bcc" not in message_from_bytes(bytes(message), policy=default).keys()  # noqa: SIM118 - a header, not a key


@pytest.mark.parametrize(
    "to", ["", "a", "a@b", "a@b.example, c@d.example", "a@b.example\nBcc: x@y.example", "A <a@b.example>"]
)
def test_what_is_no_mailbox_is_refused(to: str) -> None:
    """Before it is kept."""
    with pytest.raises(ValueError, match=r"e-mail address"):
        Mail(to=to)


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("smtp://mail", {"hostname": "mail", "port": 25, "use_tls": False}),
        ("smtp://u%40a:p%2F@mail:587", {"hostname": "mail", "port": 587, "use_tls": False, "username": "u@a",
                                        "password": "p/", "start_tls": True}),
        ("smtps://u:p@mail", {"hostname": "mail", "port": 465, "use_tls": True, "username": "u", "password": "p"}),
    ],
)  # fmt: skip
def test_no_password_goes_without_tls(url: str, told: dict[str, object]) -> None:
    """With a user the server must offer it."""
    assert server(url) == told
