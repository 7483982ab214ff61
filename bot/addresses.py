"""Which addresses the bot's token may travel to."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit


def address_fault(address: str, *, secure: str, plain: str) -> str | None:
    """What is wrong with an address, or None: only this machine may be reached by the `plain` scheme."""
    try:
        url = urlsplit(address)
        host, _ = url.hostname, url.port
    except ValueError:
        return f"is no {secure}:// address."
    if not host or url.scheme not in (secure, plain):
        return f"is no {secure}:// address."
    if url.scheme == plain and not _is_loopback(host):
        return f"is an {plain}:// address of another machine; use {secure}://, since the token goes there."
    return None


def api_url_fault(address: str) -> str | None:
    """As `address_fault`, for Discord's REST API."""
    return address_fault(address, secure="https", plain="http")


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
