"""Where a webhook's host is. Who may make a watch shall not thereby reach into the network behind this machine."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from typing import Final

from kliping_alert.errors import NotDelivered, Refused

#: IPv6 networks whose last 32 bits are an IPv4 address: NAT64, and the old IPv4-compatible ones.
_WITHIN: Final = (ipaddress.IPv6Network("64:ff9b::/96"), ipaddress.IPv6Network("::/96"))


async def address_of(host: str, port: int, *, private: bool) -> str:
    """An IP address of the host, to be connected to as it is: asked again, the name might lead elsewhere.

    Raises NotDelivered for a name that leads nowhere; Refused for an address that is not public, unless ``private``.
    """
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise NotDelivered(f"{host}: the name leads nowhere ({error})") from error
    addresses = [str(entry[4][0]) for entry in found]
    if not private and (inside := [address for address in addresses if not is_public(address)]):
        raise Refused(f"{host} leads to {inside[0]}, which is no public address (KLIPING_ALERT_PRIVATE allows it)")
    return addresses[0]


def is_public(address: str) -> bool:
    """Whether the address belongs to the internet at large; an IPv4 address within an IPv6 one counts as itself."""
    parsed = ipaddress.ip_address(address.partition("%")[0])
    inner = getattr(parsed, "ipv4_mapped", None) or getattr(parsed, "sixtofour", None)
    if any(parsed in network for network in _WITHIN):
        inner = ipaddress.IPv4Address(int(parsed) & 0xFFFFFFFF)
    return (inner or parsed).is_global and not (inner or parsed).is_multicast
