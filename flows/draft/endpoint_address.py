"""What an endpoint's address says by itself."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit


def sends_key_in_the_clear(url: str) -> bool:
    """Whether a key sent to `url` could be read on the way: plain http to anything but this machine."""
    parts = urlsplit(url)
    if parts.scheme != "http":
        return False
    host = parts.hostname or ""
    try:
        return not ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host != "localhost" and not host.endswith(".localhost")
