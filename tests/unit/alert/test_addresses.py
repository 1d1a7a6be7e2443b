"""Where webhooks may lead."""

from __future__ import annotations

import pytest

from kliping_alert.addresses import address_of, is_public
from kliping_alert.domain.patience import pause
from kliping_alert.errors import NotDelivered, Refused


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True), ("2606:2800:220:1:248:1893:25c8:1946", True), ("127.0.0.1", False), ("10.1.2.3", False),
        ("172.20.0.2", False), ("192.168.1.1", False), ("169.254.169.254", False), ("100.64.0.1", False), ("0.0.0.0", False),
        ("224.0.0.1", False), ("::1", False), ("fe80::1%eth0", False), ("fd00::1", False), ("::ffff:127.0.0.1", False),
        ("::ffff:93.184.216.34", True), ("2002:7f00:1::", False),
        ("64:ff9b::10.0.0.1", False), ("64:ff9b::93.184.216.34", True), ("::127.0.0.1", False), ("::169.254.169.254", False),
    ],
)  # fmt: skip
def test_which_addresses_are_public(address: str, public: bool) -> None:
    """Nothing of this machine or the network behind it is, however it is written."""
    assert is_public(address) is public


@pytest.mark.parametrize("host", ["localhost", "127.1", "0x7f000001", "2130706433", "::1"])
async def test_a_way_into_this_machine_is_refused(host: str) -> None:
    """Under any of its names, unless a setting allows it."""
    with pytest.raises(Refused, match="KLIPING_ALERT_PRIVATE"):
        await address_of(host, 80, private=False)
    assert await address_of(host, 80, private=True) in ("127.0.0.1", "::1")


async def test_a_name_that_leads_nowhere_may_lead_somewhere_later() -> None:
    """It is tried again."""
    with pytest.raises(NotDelivered, match="leads nowhere"):
        await address_of("no-such-host.invalid", 80, private=False)


def test_ten_attempts_take_about_a_day() -> None:
    """The pauses grow and are bounded."""
    pauses = [pause(failures) for failures in range(1, 10)]
    assert pauses == sorted(pauses)
    assert 18 * 3600 < sum(pauses) < 36 * 3600
