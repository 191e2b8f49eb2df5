from __future__ import annotations

import pytest

from flows.net.answers import AddressRefused
from flows.net.guard import AddressInfo, checked_addresses, checked_url, why_refused


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.255.0.9",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "100.100.100.200",
        "0.0.0.0",  # noqa: S104  # nothing is bound
        "255.255.255.255",
        "224.0.0.1",
        "240.0.0.1",
        "198.18.0.1",
        "203.0.113.5",
        "::1",
        "::",
        "::ffff:127.0.0.1",
        "::ffff:8.8.8.8",
        "64:ff9b::a9fe:a9fe",
        "2002:7f00:1::",
        "2001:0:4136:e378::",
        "fc00::1",
        "fd00:ec2::254",
        "fe80::1%eth0",
        "fec0::1",
        "ff02::1",
        "not an address",
    ],
)
def test_an_address_that_is_not_public_is_refused(address: str) -> None:
    assert why_refused(address) is not None


@pytest.mark.parametrize("address", ["8.8.8.8", "140.82.121.6", "172.32.0.1", "100.128.0.1", "2606:4700::1111"])
def test_a_public_address_is_not(address: str) -> None:
    assert why_refused(address) is None


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://a.example/",
        "javascript:alert(1)",
        "//a.example/",
        "a.example",
        "",
        "http://",
        "http:///path",
        "http://u:p@a.example/",
        "http://u@a.example/",
        "http://a.example:99999/",
        "http://[::1/",
        "http://a.example/\r\nX: 1",
        "http://a.example/ b",
    ],
)
def test_only_plain_web_addresses_are_asked(url: str) -> None:
    with pytest.raises(AddressRefused):
        checked_url(url)


def test_an_allowed_name_may_be_private_and_no_other() -> None:
    def resolve(_host: str, port: int) -> list[AddressInfo]:
        return [(2, 1, 6, "", ("10.1.2.3", port))]

    assert checked_addresses("Mirror.Inside.", 443, {"mirror.inside"}, resolve)[0][4] == ("10.1.2.3", 443)
    with pytest.raises(AddressRefused, match=r"a private address \(10\.1\.2\.3\)"):
        checked_addresses("mirror.inside.evil.example", 443, {"mirror.inside"}, resolve)
