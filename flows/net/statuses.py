"""What a status means: an answer, or which kind of no."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flows.errors import SourceUnavailable
from flows.net.answers import Answer, Busy, NotThere, RateLimited

if TYPE_CHECKING:
    import requests

_BUSY = frozenset({500, 502, 503, 504})


def answer_of(response: requests.Response, url: str) -> Answer:
    """The answer, if it is one. Raises NotThere, RateLimited, Busy or SourceUnavailable. `url` is the address without secrets."""
    headers = {name.lower(): value for name, value in response.headers.items()}
    host = urlsplit(url).hostname
    status = response.status_code
    if status in (404, 410):
        raise NotThere(f"{host} has nothing at {url} ({status})")
    pause = retry_after_s(headers)
    if status == 429 or (status == 403 and (pause is not None or headers.get("x-ratelimit-remaining") == "0")):
        raise RateLimited(
            f"{host} asks for a pause{f' of {pause:.0f} s' if pause is not None else ''} ({status})", pause
        )
    if status in _BUSY:
        raise Busy(f"{host} is out of order ({status})", pause)
    if status >= 300:
        raise SourceUnavailable(f"{host} refused the request ({status})")
    from_cache = headers.get("x-hishel-from-cache") == "true" and headers.get("x-hishel-revalidated") != "true"
    return Answer(url=url, status=status, headers=headers, body=response.content, from_cache=from_cache)


def retry_after_s(headers: Mapping[str, str]) -> float | None:
    """Seconds that a source asks to wait: `Retry-After` as seconds or a date, else GitHub's reset time when nothing remains."""
    value = headers.get("retry-after", "").strip()
    if value.isdigit():
        return float(value)
    if value:
        from email.utils import parsedate_to_datetime

        try:
            return max(parsedate_to_datetime(value).timestamp() - time.time(), 0.0)
        except (ValueError, TypeError):
            return None
    reset = headers.get("x-ratelimit-reset", "")
    if headers.get("x-ratelimit-remaining") == "0" and reset.isdigit():
        return max(float(reset) - time.time(), 0.0)
    return None
