"""What the door hands back, and the ways in which it says no."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal

from flows.errors import SourceUnavailable


class AddressRefused(SourceUnavailable):
    """The address is not one that may be asked: wrong scheme, or not a public host."""


class NotThere(SourceUnavailable):
    """The source answered that it has no such thing (404, 410): other things may still be asked of it."""


class RateLimited(SourceUnavailable):
    """The source asks for a pause. `retry_after_s` is None when it does not say how long."""

    def __init__(self, message: str, retry_after_s: float | None = None) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s


class Busy(RateLimited):
    """The server failed (5xx) and may be back in a moment."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One complete answer, body decoded from its transfer and content encodings.

    `url` is the address that answered in the end, without credentials. Header names are in lower case.
    """

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)
    #: Served from the cache without asking the source again.
    from_cache: bool = False

    @property
    def sha256(self) -> str:
        """Hash of the body, for the record of what was read."""
        return hashlib.sha256(self.body).hexdigest()

    @property
    def content_type(self) -> str:
        """Media type without parameters, in lower case; empty when the answer names none."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    def text(self) -> str:
        """The body as text; bytes that are no UTF-8 become U+FFFD."""
        return self.body.decode("utf-8", errors="replace")

    def json(self) -> object:
        """The body as JSON, with decimal fractions kept exact as Decimal.

        Raises SourceUnavailable when it is not JSON, is cut short, nests too deep or holds NaN.
        """
        try:
            document: object = json.loads(self.body, parse_float=Decimal, parse_constant=_no_constant)
        except (ValueError, RecursionError) as error:
            kind = self.content_type or "no content type"
            raise SourceUnavailable(f"answered with what is no valid JSON ({kind}, {len(self.body)} bytes)") from error
        return document

    def seen_at(self, now: datetime) -> datetime:
        """When the source was seen to say so: now, or for an answer out of the cache the time that it carries."""
        if not self.from_cache:
            return now
        from email.utils import parsedate_to_datetime

        try:
            dated = parsedate_to_datetime(self.headers.get("date", ""))
        except (ValueError, TypeError):
            return now
        if dated.tzinfo is None:
            dated = dated.replace(tzinfo=UTC)
        return min(now, dated.astimezone(UTC))


def _no_constant(name: str) -> object:
    raise ValueError(f"{name} is no JSON")
