"""What a webhook is sent, and how it is signed."""

from __future__ import annotations

import orjson
import pytest

from kliping_alert.domain.webhook import headers, payload, signature
from kliping_shared.watching.alerts import trial
from kliping_shared.watching.watches import Webhook, new_secret
from tests.support.watching import AT, a_watch, an_alert


def test_the_signature_is_that_of_standard_webhooks() -> None:
    """The example of the specification's own libraries."""
    signed = signature(
        "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}', "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    )
    assert signed == "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_an_alert_sent_again_has_the_same_id_and_body() -> None:
    """A receiver drops it by its id."""
    watch = a_watch()
    one, other = (an_alert(watch, "c1") for _ in range(2))
    assert payload(one, "http://k") == payload(other, "http://k")
    assert (
        headers(one, b"{}", new_secret(), now=1)["webhook-id"]
        == headers(other, b"{}", new_secret(), now=2)["webhook-id"]
    )
    assert an_alert(watch, "c2").alert_id != one.alert_id != an_alert(a_watch("w2"), "c1").alert_id


def test_the_body_leads_to_the_claim() -> None:
    """It says what kind of message it is, what was found and where to read it; it is plain JSON."""
    body = payload(an_alert(a_watch(), "c1", speaker=("Rudi",)), "https://desk.example/")
    assert body["type"] == "kliping.alert.v1"
    data = orjson.loads(orjson.dumps(body))["data"]
    assert data["page"] == "https://desk.example/articles/a1#c1"
    assert (data["name"], data["found"]["speaker"], data["found"]["text"]) == ("Roket", ["Rudi"], "Roket c1")
    assert payload(trial(a_watch(), AT), "http://k")["type"] == "kliping.test.v1"


@pytest.mark.parametrize(
    "url",
    ["ftp://a.example/", "https://", "a.example/hook", "https://u:p@a.example/", "https://a b/", "http://a:x/", ""],
)
def test_what_is_no_address_is_refused(url: str) -> None:
    """Before it is kept."""
    with pytest.raises(ValueError, match=r"address"):
        Webhook(url=url)


def test_each_webhook_has_a_secret_of_its_own() -> None:
    """Nobody has to think one up."""
    assert Webhook(url="https://a.example").secret != Webhook(url="https://a.example").secret
