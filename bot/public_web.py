"""Which addresses lead to a public web page: no page may lead Hallyu into the network that it runs in.

The form of an address is judged before anything is looked up, and the IP address that a name stands for where the
socket to it is made, so that a name which changes its meaning in between gains nothing.
"""

from __future__ import annotations

import re
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network

from yarl import URL

PORTS = frozenset({80, 443})
LONGEST = 2048
"""Characters of an address; browsers and servers take no longer ones for granted."""

_FORM = re.compile(r"https?://([^/?#@%\\]+)(?:[/?#][^\\]*)?", re.IGNORECASE)
_NAME = re.compile(r"(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+([a-z](?:[a-z0-9-]{0,61}[a-z0-9])?)")
"""Labels as host names have them; the last one begins with a letter, as no way to write a number does."""

_INSIDE = frozenset(
    ("localhost", "local", "internal", "intranet", "private", "corp", "home", "lan", "test", "invalid", "onion", "arpa")
)
"""Last labels of names that stand for nothing on the public web (RFC 6761, 6762 with its appendix G, 7686, 8375; ICANN
keeps `internal` for private use). The metadata services of clouds have such names."""

_NOT_PUBLIC = tuple(
    ip_network(block)
    for block in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",  # private use
        "100.64.0.0/10",  # between a provider and its customers
        "127.0.0.0/8",  # loopback
        "168.63.129.16/32",  # Azure's own services, seen from inside
        "169.254.0.0/16",  # link-local: metadata services
        "172.16.0.0/12",  # private use
        "192.0.0.0/24",  # protocol assignments
        "192.0.2.0/24",  # documentation
        "192.31.196.0/24",  # AS112
        "192.52.193.0/24",  # AMT
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",  # private use
        "192.175.48.0/24",  # AS112
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/3",  # multicast, reserved, broadcast
        "2001::/23",  # protocol assignments: Teredo, ORCHID, benchmarks
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4, which wraps an IPv4 address
        "2620:4f:8000::/48",  # AS112
        "3fff::/20",  # documentation
    )
)
"""IANA's registries of special-purpose addresses, IPv4 and IPv6, as of 2025."""
_GLOBAL_UNICAST = IPv6Network("2000::/3")
"""All that is routed of IPv6. Loopback, mapped and compatible IPv4, NAT64, unique local, site-local, link-local and
multicast addresses are outside of it."""


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Whether an address is a globally routed one of a single machine."""
    if isinstance(address, IPv6Address) and (address.scope_id or address not in _GLOBAL_UNICAST):
        return False
    return not any(address in block for block in _NOT_PUBLIC if block.version == address.version)


class PublicWeb:
    """The addresses that may be opened."""

    def page(self, address: str) -> URL | None:
        """`address` as a URL if it has the form of a public page's: http or https on the usual ports, no name or
        password, a host name or an IP address written the usual way."""
        form = _FORM.fullmatch(address)
        if form is None or len(address) > LONGEST or not address.isprintable() or " " in address:
            return None
        try:
            url = URL(address)
            host, port = url.raw_host or "", url.port or 0
        except ValueError:
            return None
        sound = self._is_name(host) or (form.group(1).isascii() and self.admits(host, port))
        return url if sound and port in PORTS else None

    def admits(self, ip: str, port: int) -> bool:
        """Whether a socket may be connected to an address, as the last word."""
        try:
            return port in PORTS and is_public(ip_address(ip))
        except ValueError:
            return False

    def _is_name(self, host: str) -> bool:
        name = _NAME.fullmatch(host)
        return name is not None and len(host) <= 253 and name.group(1) not in _INSIDE
