"""Which addresses may be connected to. Standard library only."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterable
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import SplitResult, urlsplit

from flows.net.answers import AddressRefused

#: What `socket.getaddrinfo` returns for a stream: (family, type, protocol, canonical name, socket address).
AddressInfo = tuple[int, int, int, str, tuple[str, int] | tuple[str, int, int, int]]
Resolver = Callable[[str, int], list[AddressInfo]]

#: Addresses that carry an IPv4 address inside: whatever they wrap is out of sight of the other rules.
_WRAPPING = (
    IPv6Network("::ffff:0:0/96"),
    IPv6Network("64:ff9b::/96"),
    IPv6Network("2002::/16"),
    IPv6Network("2001::/32"),
)


def system_resolver(host: str, port: int) -> list[AddressInfo]:
    """The operating system's answer, in its order of preference. Raises socket.gaierror."""
    return socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)  # type: ignore[return-value]  # bytes only without IPv6


def why_refused(address: str) -> str | None:
    """Why a numeric address must not be connected to, or None when it is an ordinary public one.

    Loopback, private, link-local (where cloud metadata lives), carrier-grade NAT, reserved, documentation, multicast
    and unspecified addresses are refused, and every IPv6 form that wraps an IPv4 address.
    """
    try:
        parsed: IPv4Address | IPv6Address = ip_address(address.partition("%")[0])
    except ValueError:
        return "no numeric address"
    if isinstance(parsed, IPv6Address):
        if any(parsed in network for network in _WRAPPING):
            return "an IPv4 address wrapped in IPv6"
        if parsed.is_site_local:
            return "a private address"
    if parsed.is_loopback:
        return "a loopback address"
    if parsed.is_link_local:
        return "a link-local address"
    if parsed.is_multicast or parsed.is_unspecified or parsed.is_reserved:
        return "a reserved address"
    if not parsed.is_global:
        return "a private address"
    return None


def checked_url(url: str) -> SplitResult:
    """The parts of an address that may be asked.

    Raises AddressRefused for any scheme but http and https, for an address without a host, with credentials in it, or
    with control characters.
    """
    if any(ord(character) < 33 or ord(character) == 127 for character in url):
        raise AddressRefused(f"refused {url[:80]!r}: an address holds no spaces or control characters")
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise AddressRefused(f"refused {url[:80]!r}: {error}") from error
    if parts.scheme not in ("http", "https"):
        raise AddressRefused(f"refused {url[:80]!r}: only http and https are asked")
    if not host:
        raise AddressRefused(f"refused {url[:80]!r}: it names no host")
    if parts.username is not None or parts.password is not None:
        raise AddressRefused(f"refused an address of host {host!r}: it carries credentials")
    return parts


def checked_addresses(host: str, port: int, allowed: Iterable[str], resolve: Resolver) -> list[AddressInfo]:
    """What `host` resolves to, asked once; the caller connects to exactly these.

    One address that is not public refuses the host, unless it is among the `allowed` host names: a name that answers
    with a public and a private address is how a filter is walked around. Raises AddressRefused and socket.gaierror.
    """
    found = resolve(host, port)
    if host.lower().rstrip(".") in allowed:
        return found
    for info in found:
        address = info[4][0]
        reason = why_refused(address)
        if reason is not None:
            raise AddressRefused(
                f"refused host {host!r}: it resolves to {reason} ({address}); TIEBREAK_ALLOW_PRIVATE_HOSTS names exceptions"
            )
    return found
