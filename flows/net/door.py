"""`Net`: asks http(s) addresses, within caps, politely, and only where it may."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, urlencode, urljoin, urlunsplit

from flows.errors import SourceUnavailable
from flows.net.answers import AddressRefused, Answer, NotThere, RateLimited
from flows.net.guard import AddressInfo, Resolver, checked_addresses, checked_url, system_resolver

if TYPE_CHECKING:
    import requests

    from flows.net.transport import GuardedAdapter
    from flows.settings import Settings

USER_AGENT = "tiebreak/0.1"
MAX_REDIRECTS = 5
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_BUSY = frozenset({429, 500, 502, 503, 504})
#: Headers that may follow a redirect to another origin; any other might be a credential.
_ANONYMOUS = frozenset({"accept", "user-agent", "accept-encoding"})


class Net:
    """The door. One per process is enough; it may be used from several threads.

    `cache`: folder of the RFC 9111 cache, None for no cache. `allow`: host names that may be on private addresses.
    `timeout_s`: seconds for one request with its redirects. `max_bytes`: size of a decoded body. `per_host`: requests
    under way to one host. `attempts`: tries on connection failures, 429 and 5xx. `retry_after_cap_s`: a longer pause
    asked for by a source is not waited for. `resolve` and `sleep` are for tests.
    """

    def __init__(
        self,
        *,
        cache: Path | None = None,
        contact: str = "",
        allow: Iterable[str] = (),
        timeout_s: float = 20,
        max_bytes: int = 5 * 1024 * 1024,
        per_host: int = 4,
        attempts: int = 3,
        retry_after_cap_s: float = 20,
        resolve: Resolver = system_resolver,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._cache = cache
        self._agent = f"{USER_AGENT} ({contact})" if contact else USER_AGENT
        self._allow = {host.strip().lower() for host in allow if host.strip()}
        self._timeout_s = timeout_s
        self._max_bytes = max_bytes
        self._per_host = per_host
        self._attempts = attempts
        self._retry_after_cap_s = retry_after_cap_s
        self._resolve = resolve
        self._sleep = sleep
        self._lock = threading.Lock()
        self._slots: dict[str, threading.BoundedSemaphore] = {}
        self._adapter: GuardedAdapter | None = None

    @classmethod
    def from_settings(cls, settings: Settings) -> Net:
        """The door as the settings describe it, with its cache in the home folder."""
        return cls(
            cache=settings.home / "http",
            contact=settings.contact,
            allow=settings.allow_private_hosts.split(","),
            timeout_s=settings.http_timeout_s,
        )

    def trust(self, host: str) -> None:
        """Let `host` be on a private address: it comes from the operator's own settings, not from data."""
        self._allow.add(host.lower())

    def get(
        self,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        secret_params: Mapping[str, str] | None = None,
        ca_file: str | None = None,
        max_bytes: int | None = None,
    ) -> Answer:
        """The answer to a GET, redirects followed, status below 400.

        `secret_params` are added to the query and never appear in an `Answer` or a message. `ca_file` replaces the
        certificates that are trusted. Raises AddressRefused, NotThere (404, 410), RateLimited, SourceUnavailable.
        """
        return self._ask("GET", url, dict(headers or {}), secret_params, None, ca_file, max_bytes)

    def post(self, url: str, *, json: object, headers: Mapping[str, str] | None = None) -> Answer:
        """The answer to a POST of a JSON document; for queries only, so it is retried like a GET. Raises as `get` does."""
        return self._ask("POST", url, dict(headers or {}), None, json, None, None)

    def close(self) -> None:
        """Close connections and cache."""
        with self._lock:
            if self._adapter is not None:
                self._adapter.close()
                self._adapter = None

    def __enter__(self) -> Net:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _ask(
        self,
        method: str,
        url: str,
        headers: dict[str, str],
        secret_params: Mapping[str, str] | None,
        json: object,
        ca_file: str | None,
        max_bytes: int | None,
    ) -> Answer:
        parts = checked_url(url)
        from flows.net.retrying import retrying

        def attempt() -> Answer:
            with self._slot(parts.hostname or ""):
                return self._follow(
                    method, parts, headers, secret_params or {}, json, ca_file, max_bytes or self._max_bytes
                )

        answer: Answer = retrying(self._attempts, self._retry_after_cap_s, self._sleep)(attempt)
        return answer

    def _follow(
        self,
        method: str,
        parts: SplitResult,
        headers: dict[str, str],
        secret_params: Mapping[str, str],
        json: object,
        ca_file: str | None,
        max_bytes: int,
    ) -> Answer:
        """One attempt: the request and its redirects, within one deadline."""
        from flows.net.transport import Budget

        deadline = time.monotonic() + self._timeout_s
        for _ in range(MAX_REDIRECTS + 1):
            response = self._send(method, parts, headers, secret_params, json, ca_file, Budget(deadline, max_bytes))
            public_url = urlunsplit(parts)
            location = response.headers.get("location")
            if response.status_code not in _REDIRECTS or not location:
                return _answer(response, public_url)
            following = checked_url(urljoin(public_url, location))
            if _origin(following) != _origin(parts):
                headers = {name: value for name, value in headers.items() if name.lower() in _ANONYMOUS}
                secret_params = {}
                ca_file = None
            if response.status_code == 303:
                method, json = "GET", None
            parts = following
        raise SourceUnavailable(f"{parts.hostname} redirects more than {MAX_REDIRECTS} times")

    def _send(
        self,
        method: str,
        parts: SplitResult,
        headers: Mapping[str, str],
        secret_params: Mapping[str, str],
        json: object,
        ca_file: str | None,
        budget: object,
    ) -> requests.Response:
        import requests
        from requests.utils import get_environ_proxies

        from flows.net.transport import Budget

        if not isinstance(budget, Budget):
            raise TypeError("a Budget is needed")
        query = "&".join(part for part in (parts.query, urlencode(secret_params)) if part)
        url = urlunsplit((parts.scheme, parts.netloc, parts.path or "/", query, ""))
        adapter = self._transport()
        proxies = get_environ_proxies(url)
        if proxies.get(parts.scheme) or proxies.get("all"):
            self._check_before_proxy(parts)
        request = requests.Request(method, url, headers={"User-Agent": self._agent, **headers}, json=json).prepare()
        request.headers.setdefault("Accept-Encoding", "gzip, deflate")
        adapter.use(budget)
        try:
            return adapter.send(request, stream=False, verify=ca_file or _trusted_certificates(), proxies=proxies)
        except requests.Timeout as error:
            raise SourceUnavailable(f"{parts.hostname} did not answer within {self._timeout_s:g} s") from error

    def _transport(self) -> GuardedAdapter:
        with self._lock:
            if self._adapter is None:
                self._adapter = self._open()
            return self._adapter

    def _open(self) -> GuardedAdapter:
        from hishel import SqliteStorage

        from flows.net.transport import CachingAdapter, GuardedAdapter

        if self._cache is None:
            return GuardedAdapter(self._lookup, self._per_host)
        try:
            self._cache.mkdir(parents=True, exist_ok=True)
        except OSError:
            # A cache is a convenience: without a place for it the source is asked each time.
            return GuardedAdapter(self._lookup, self._per_host)
        storage = SqliteStorage(database_path=self._cache / "cache.db", max_size=200 * 1024 * 1024)
        return CachingAdapter(self._lookup, self._per_host, storage)

    def _lookup(self, host: str, port: int) -> list[AddressInfo]:
        return checked_addresses(host, port, self._allow, self._resolve)

    def _check_before_proxy(self, parts: SplitResult) -> None:
        """Through the operator's proxy the address is looked up again elsewhere: refuse what can be seen from here.

        A name that only the proxy can resolve is let through.
        """
        port = parts.port or (443 if parts.scheme == "https" else 80)
        try:
            self._lookup(parts.hostname or "", port)
        except AddressRefused:
            raise
        except OSError:
            return

    def _slot(self, host: str) -> threading.BoundedSemaphore:
        with self._lock:
            return self._slots.setdefault(host, threading.BoundedSemaphore(self._per_host))


def retry_after_s(headers: Mapping[str, str]) -> float | None:
    """Seconds that a source asks to wait: `Retry-After` as seconds or a date, else GitHub's reset time when nothing remains."""
    value = headers.get("retry-after", "").strip()
    if value.isdigit():
        return float(value)
    if value:
        try:
            return max(parsedate_to_datetime(value).timestamp() - time.time(), 0.0)
        except (ValueError, TypeError):
            return None
    reset = headers.get("x-ratelimit-reset", "")
    if headers.get("x-ratelimit-remaining") == "0" and reset.isdigit():
        return max(float(reset) - time.time(), 0.0)
    return None


def _answer(response: requests.Response, url: str) -> Answer:
    headers = {name.lower(): value for name, value in response.headers.items()}
    host = checked_url(url).hostname
    status = response.status_code
    if status in (404, 410):
        raise NotThere(f"{host} has nothing at {url} ({status})")
    pause = retry_after_s(headers)
    if status == 429 or (status == 403 and (pause is not None or headers.get("x-ratelimit-remaining") == "0")):
        raise RateLimited(
            f"{host} asks for a pause{f' of {pause:.0f} s' if pause is not None else ''} ({status})", pause
        )
    if status in _BUSY:
        from flows.net.retrying import Busy

        raise Busy(f"{host} is out of order ({status})", pause)
    if status >= 300:
        raise SourceUnavailable(f"{host} refused the request ({status})")
    from_cache = headers.get("x-hishel-from-cache") == "true" and headers.get("x-hishel-revalidated") != "true"
    return Answer(url=url, status=status, headers=headers, body=response.content, from_cache=from_cache)


def _origin(parts: SplitResult) -> tuple[str, str | None, int]:
    return parts.scheme, parts.hostname, parts.port or (443 if parts.scheme == "https" else 80)


def _trusted_certificates() -> str | bool:
    """The certificates that the operator named in the environment, else the ones that come with requests."""
    for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE"):
        path = os.environ.get(name)
        if path and Path(path).exists():
            return path
    return True
