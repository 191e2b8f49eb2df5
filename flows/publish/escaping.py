"""What makes text from sources and models harmless on a page, in an address and inside a script element."""

from __future__ import annotations

import json
import re
from urllib.parse import urlsplit

#: Control characters (tab and newline stay), and those that reorder or hide the text around them.
_UNSHOWN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ufffe\uffff]"
    "|[\ud800-\udfff]"
)
_IN_ADDRESS = re.compile(r"[\s<>\"'`\\\x00-\x20\x7f]")


def shown(text: str) -> str:
    """`text` without characters that a reader cannot see but that change what they see; also well-formed in XML."""
    # Nearly all texts take this way, and it is several times quicker.
    if text.isascii() and text.isprintable():
        return text
    return _UNSHOWN.sub("", text)


def web_address(address: str | None) -> str | None:
    """`address` if it is an absolute http(s) address that can stand in a link, else None.

    A `javascript:` or `data:` address from a source must never become something to click.
    """
    if not address or _IN_ADDRESS.search(address) or _UNSHOWN.search(address):
        return None
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        return None
    # An address with a user name reads as another site than it leads to.
    if parts.scheme.lower() not in {"http", "https"} or not host or "@" in parts.netloc:
        return None
    return address


def host_name(address: str) -> str:
    """An address as a reader wants it named: without scheme, "www." and a closing slash."""
    return address.partition("://")[2].removeprefix("www.").rstrip("/")


def contact_address(address: str | None) -> str | None:
    """A web address as it is, an e-mail address as a `mailto:` link, anything else None."""
    if address and re.fullmatch(r"[\w.+-]{1,64}@[\w-]{1,63}(\.[\w-]{1,63}){1,8}", address, re.ASCII):
        return f"mailto:{address}"
    return web_address(address)


def script_json(value: object) -> str:
    """JSON that can stand inside a `<script>` element: no byte of it can end the element or open a comment."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text
