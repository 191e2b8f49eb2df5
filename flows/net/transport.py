"""The transport under the door: requests with an RFC 9111 cache, connecting only to addresses that were checked.

Importing this module imports requests and hishel; only `Net` does so, at its first request.
"""

from __future__ import annotations

import http.client
import io
import logging
import socket
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import cast

import requests
from hishel import BaseStorage
from hishel.requests import CacheAdapter
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPHeaderDict, HTTPResponse, HTTPSConnectionPool, ProxyManager
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import ConnectTimeoutError, DecodeError, HTTPError, NameResolutionError, NewConnectionError

from flows.errors import SourceUnavailable
from flows.net.guard import AddressInfo, system_resolver

#: Host, port and whether the request is trusted -> the addresses that may be connected to.
Lookup = Callable[[str, int, bool], list[AddressInfo]]

# Without a handler of its own, hishel's complaints about a damaged cache file would reach a person's terminal as
# tracebacks; it goes on without the cache by itself.
logging.getLogger("hishel").addHandler(logging.NullHandler())


@dataclass
class Budget:
    """What one attempt may cost. `expired` is set when time ran out and the connection was cut."""

    deadline: float
    max_bytes: int
    #: The host comes from the operator's settings and may be a private one.
    trusted: bool = False
    sock: socket.socket | None = None
    expired: bool = False
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def remaining(self) -> float:
        """Seconds left, never less than a moment, so that it can be a socket's timeout."""
        return max(self.deadline - time.monotonic(), 0.01)

    def watch(self, sock: socket.socket | None) -> None:
        """Name the socket to cut when time runs out."""
        with self._lock:
            self.sock = sock

    def expire(self) -> None:
        """Cut the connection: a peer that sends one byte now and then never trips a socket's own timeout."""
        with self._lock:
            self.expired = True
            if self.sock is not None:
                try:
                    # The plain method: that of a TLS socket would also drop the state that the reader is using.
                    socket.socket.shutdown(self.sock, socket.SHUT_RDWR)
                except OSError:
                    return


class GuardedAdapter(HTTPAdapter):
    """Connects to checked addresses only, and hands on only complete bodies within the budget.

    The body is read here, below the cache, so that nothing cut short or oversized is ever stored.
    """

    def __init__(self, lookup: Lookup, pool_maxsize: int) -> None:
        self._lookup = lookup
        self._attempt = threading.local()
        HTTPAdapter.__init__(self, pool_connections=32, pool_maxsize=pool_maxsize)

    def use(self, budget: Budget) -> None:
        """Set the budget of this thread's next request."""
        self._attempt.budget = budget

    def init_poolmanager(self, connections: int, maxsize: int, block: bool = False, **pool_kwargs: object) -> None:
        """As in requests, with pools whose connections ask `lookup`."""
        HTTPAdapter.init_poolmanager(self, connections, maxsize, block, **pool_kwargs)
        self.poolmanager.pool_classes_by_scheme = _pools(self._lookup, self._attempt)

    def proxy_manager_for(self, proxy: str, **proxy_kwargs: object) -> ProxyManager:
        """As in requests; the operator's proxy may stand anywhere, and its connections keep to the budget too."""
        manager = cast("ProxyManager", HTTPAdapter.proxy_manager_for(self, proxy, **proxy_kwargs))
        manager.pool_classes_by_scheme = _pools(lambda host, port, _: system_resolver(host, port), self._attempt)
        return manager

    def send(
        self,
        request: requests.PreparedRequest,
        stream: bool = False,
        timeout: float | tuple[float, float] | tuple[float, None] | None = None,
        verify: bool | str = True,
        cert: bytes | str | tuple[bytes | str, bytes | str] | None = None,
        proxies: Mapping[str, str] | None = None,
    ) -> requests.Response:
        """One exchange with the server. Raises requests' exceptions, and SourceUnavailable when a cap is passed."""
        # The budget decides both: bodies are read here, and the time left is its to tell.
        del stream, timeout
        budget = cast("Budget", self._attempt.budget)
        timer = threading.Timer(budget.remaining(), budget.expire)
        timer.daemon = True
        timer.start()
        try:
            response = HTTPAdapter.send(
                self, request, stream=True, timeout=budget.remaining(), verify=verify, cert=cert, proxies=proxies
            )
            return self._complete(request, response, budget)
        except SourceUnavailable:
            raise
        except Exception as error:
            if budget.expired:
                raise requests.Timeout("took too long") from error
            raise
        finally:
            timer.cancel()
            budget.watch(None)

    def _complete(
        self, request: requests.PreparedRequest, response: requests.Response, budget: Budget
    ) -> requests.Response:
        body = _read_body(response, budget)
        headers = HTTPHeaderDict(response.raw.headers)
        # The body below is decoded and whole; the headers must say so.
        for name in ("content-encoding", "transfer-encoding", "content-length"):
            headers.discard(name)
        raw = HTTPResponse(
            body=io.BytesIO(body),
            headers=headers,
            status=response.status_code,
            reason=http.client.responses.get(response.status_code),
            preload_content=False,
            decode_content=False,
            original_response=response.raw._original_response,
            request_method=request.method,
        )
        return self.build_response(request, raw)


class CachingAdapter(CacheAdapter, GuardedAdapter):
    """The RFC 9111 cache in front of the guarded transport. The cache is private: it is one operator's."""

    def __init__(self, lookup: Lookup, pool_maxsize: int, storage: BaseStorage) -> None:
        GuardedAdapter.__init__(self, lookup, pool_maxsize)
        self.storage = storage
        self.rfc = {"shared": False}


def _read_body(response: requests.Response, budget: Budget) -> bytes:
    """The whole decoded body. Raises SourceUnavailable past the size cap, requests.Timeout past the deadline."""
    declared = response.headers.get("content-length", "")
    if declared.isdigit() and int(declared) > budget.max_bytes:
        response.close()
        raise SourceUnavailable(f"answered with {int(declared):,} bytes; at most {budget.max_bytes:,} are read")
    chunks: list[bytes] = []
    size = 0
    try:
        for chunk in response.raw.stream(65_536, decode_content=True):
            size += len(chunk)
            if size > budget.max_bytes:
                raise SourceUnavailable(f"answered with more than {budget.max_bytes:,} bytes; no more are read")
            chunks.append(chunk)
    except DecodeError as error:
        response.close()
        raise SourceUnavailable("answered with a damaged compressed body") from error
    except HTTPError as error:
        response.close()
        raise requests.exceptions.ChunkedEncodingError(error, request=response.request) from error
    except BaseException:
        response.close()
        raise
    if budget.expired:
        # A body without a length ends where the connection does: the cut that we made looks like its end.
        response.close()
        raise requests.Timeout("took too long")
    response.raw.release_conn()
    return b"".join(chunks)


def _pools(lookup: Lookup, attempt: threading.local) -> dict[str, type[HTTPConnectionPool]]:
    """Connection pools by scheme, whose connections go to addresses that `lookup` returned."""

    def connect(connection: HTTPConnection) -> socket.socket:
        host, port = connection._dns_host, connection.port or connection.default_port
        try:
            addresses = lookup(host, port, cast("Budget", attempt.budget).trusted)
        except socket.gaierror as error:
            raise NameResolutionError(host, connection, error) from error
        failure: OSError | None = None
        for family, kind, protocol, _, address in addresses:
            sock = socket.socket(family, kind, protocol)
            try:
                for option in connection.socket_options or ():
                    sock.setsockopt(*option)
                sock.settimeout(cast("Budget", attempt.budget).remaining())
                sock.connect(address)
            except OSError as error:
                sock.close()
                failure = error
                continue
            return sock
        if isinstance(failure, TimeoutError):
            raise ConnectTimeoutError(connection, f"Connection to {host} timed out") from failure
        raise NewConnectionError(connection, f"Failed to establish a new connection: {failure}") from failure

    class Plain(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            return connect(self)

        def getresponse(self) -> HTTPResponse:  # type: ignore[override]  # urllib3 narrows http.client's return type
            cast("Budget", attempt.budget).watch(self.sock)
            return super().getresponse()

    class Secure(HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            return connect(self)

        def getresponse(self) -> HTTPResponse:  # type: ignore[override]  # urllib3 narrows http.client's return type
            cast("Budget", attempt.budget).watch(self.sock)
            return super().getresponse()

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class SecurePool(HTTPSConnectionPool):
        ConnectionCls = Secure

    return {"http": PlainPool, "https": SecurePool}
