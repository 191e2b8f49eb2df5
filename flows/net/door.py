"""`Net`: asks http(s) addresses, within caps, politely, and only where it may."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, urlencode, urljoin, urlunsplit

from flows.errors import SourceUnavailable
from flows.net.answers import AddressRefused, Answer
from flows.net.guard import AddressInfo, Resolver, checked_addresses, checked_url, system_resolver
from flows.net.statuses import answer_of

if TYPE_CHECKING:
    import requests

    from flows.net.transport import GuardedAdapter

USER_AGENT = "tiebreak/0.1"
MAX_REDIRECTS = 5
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
#: Headers that may follow a redirect to another origin; any other might be a credential.
_ANONYMOUS = frozenset({"accept", "user-agent", "accept-encoding"})


@dataclass(frozen=True)
class Question:
    """One request."""

    method: str
    parts: SplitResult
    headers: dict[str, str]
    max_bytes: int
    secret_headers: dict[str, str] = field(default_factory=dict, repr=False)
    secret_params: dict[str, str] = field(default_factory=dict, repr=False)
    json: object = None
    ca_file: str | None = None
    trusted: bool = False

    @property
    def url(self) -> str:
        """The address without secrets."""
        return urlunsplit(self.parts)

    @property
    def host(self) -> str:
        """The host's name, in lower case."""
        return self.parts.hostname or ""

    @property
    def port(self) -> int:
        """The port that is connected to."""
        return self.parts.port or (443 if self.parts.scheme == "https" else 80)

    def address(self) -> str:
        """The address as it is sent, secrets included."""
        query = "&".join(part for part in (self.parts.query, urlencode(self.secret_params)) if part)
        return urlunsplit((self.parts.scheme, self.parts.netloc, self.parts.path or "/", query, ""))

    def redirected(self, location: str, status: int) -> Question:
        """The same question at another place: without anything secret and without trust where that is another origin.

        Raises AddressRefused.
        """
        following = replace(self, parts=checked_url(urljoin(self.url, location)))
        if status == 303:
            following = replace(following, method="GET", json=None)
        if (following.parts.scheme, following.host, following.port) == (self.parts.scheme, self.host, self.port):
            return following
        anonymous = {name: value for name, value in self.headers.items() if name.lower() in _ANONYMOUS}
        return replace(following, headers=anonymous, secret_headers={}, secret_params={}, ca_file=None, trusted=False)


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
        self._trusted: set[str] = set()
        self._slots: dict[str, threading.BoundedSemaphore] = {}
        self._adapter: GuardedAdapter | None = None

    def get(
        self,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        secret_headers: Mapping[str, str] | None = None,
        secret_params: Mapping[str, str] | None = None,
        ca_file: str | None = None,
        max_bytes: int | None = None,
        trusted: bool = False,
    ) -> Answer:
        """The answer to a GET, redirects followed, status below 300.

        `secret_params` are added to the query; neither they nor `secret_headers` appear in an `Answer` or a message,
        follow a redirect to another origin, or travel over plain http to a host that the operator did not name (that is
        refused). `ca_file` replaces the certificates that are trusted. `trusted`: the host comes from the operator's own settings, not from data, and may
        be a private one. Raises AddressRefused, NotThere (404, 410), RateLimited, SourceUnavailable.
        """
        return self._ask(
            Question(
                method="GET",
                parts=checked_url(url),
                headers=dict(headers or {}),
                secret_headers=dict(secret_headers or {}),
                secret_params=dict(secret_params or {}),
                ca_file=ca_file,
                max_bytes=max_bytes or self._max_bytes,
                trusted=trusted,
            )
        )

    def post(self, url: str, *, json: object, headers: Mapping[str, str] | None = None) -> Answer:
        """The answer to a POST of a JSON document; for queries only, so it is retried like a GET. Raises as `get` does."""
        return self._ask(
            Question(
                method="POST", parts=checked_url(url), headers=dict(headers or {}), max_bytes=self._max_bytes, json=json
            )
        )

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

    def _ask(self, question: Question) -> Answer:
        from flows.net.retrying import retrying

        def attempt() -> Answer:
            # Held for one attempt and not for the pauses between: others may go on meanwhile.
            with self._slot(question.host):
                return self._follow(question)

        return retrying(self._attempts, self._retry_after_cap_s, self._sleep)(attempt)

    def _follow(self, question: Question) -> Answer:
        """One attempt: the request and its redirects, within one deadline."""
        deadline = time.monotonic() + self._timeout_s
        for _ in range(MAX_REDIRECTS + 1):
            response = self._send(question, deadline)
            location = response.headers.get("location")
            if response.status_code not in _REDIRECTS or not location:
                return answer_of(response, question.url)
            question = question.redirected(location, response.status_code)
        raise SourceUnavailable(f"{question.host} redirects more than {MAX_REDIRECTS} times")

    def _send(self, question: Question, deadline: float) -> requests.Response:
        import requests
        from requests.utils import get_environ_proxies

        from flows.net.transport import Budget

        secret = question.secret_headers or question.secret_params
        if secret and question.parts.scheme == "http" and not question.trusted and question.host not in self._allow:
            raise AddressRefused(f"refused to send a key to {question.host} over plain http; use https")
        url = question.address()
        adapter = self._transport()
        proxies = get_environ_proxies(url)
        if proxies.get(question.parts.scheme) or proxies.get("all"):
            self._check_unconnected(question)
        with self._lock:
            if question.trusted:
                self._trusted.add(question.host)
            reusable = not question.trusted and question.host in self._trusted
        if reusable:
            # A connection that was opened under trust may be waiting in the pool.
            self._check_unconnected(question)
        headers = {
            "User-Agent": self._agent,
            "Accept-Encoding": "gzip, deflate",
            **question.headers,
            **question.secret_headers,
        }
        request = requests.Request(question.method, url, headers=headers, json=question.json).prepare()
        adapter.use(Budget(deadline, question.max_bytes, question.trusted))
        try:
            return adapter.send(
                request, stream=False, verify=question.ca_file or _trusted_certificates(), proxies=proxies
            )
        except requests.Timeout as error:
            raise SourceUnavailable(f"{question.host} did not answer within {self._timeout_s:g} s") from error

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
            # What is kept holds the requests too, keys included: for the operator's eyes only.
            self._cache.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError:
            # A cache is a convenience: without a place for it the source is asked each time.
            return GuardedAdapter(self._lookup, self._per_host)
        storage = SqliteStorage(database_path=self._cache / "cache.db", max_size=200 * 1024 * 1024)
        return CachingAdapter(self._lookup, self._per_host, storage)

    def _lookup(self, host: str, port: int, trusted: bool) -> list[AddressInfo]:
        return self._resolve(host, port) if trusted else checked_addresses(host, port, self._allow, self._resolve)

    def _check_unconnected(self, question: Question) -> None:
        """Refuse what can be seen from here to be no public host, where the connection itself will not be looked up.

        That is so behind the operator's proxy, which looks names up by itself: a name that only it knows is let through.
        """
        try:
            self._lookup(question.host, question.port, question.trusted)
        except AddressRefused:
            raise
        except OSError:
            return

    def _slot(self, host: str) -> threading.BoundedSemaphore:
        with self._lock:
            return self._slots.setdefault(host, threading.BoundedSemaphore(self._per_host))


def _trusted_certificates() -> str | bool:
    """The certificates that the operator named in the environment, else the ones that come with requests."""
    for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE"):
        path = os.environ.get(name)
        if path and Path(path).exists():
            return path
    return True
