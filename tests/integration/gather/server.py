"""A local HTTP server that does what a script says: whole answers, broken ones, slow ones."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Reply:
    """One answer. `body` may be a function that writes to the open connection itself."""

    body: bytes | Callable[[BaseHTTPRequestHandler], None] = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of_json(cls, document: object, status: int = 200, **headers: str) -> Reply:
        """A JSON document, as most sources answer."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return cls(json.dumps(document).encode(), status, {"Content-Type": "application/json", **named})


@dataclass(frozen=True)
class Seen:
    """A request as the server saw it."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes
    client: tuple[str, int]


class ScriptedServer:
    """Answers each path from its list of replies; the last one repeats. `replies` may be set at any time."""

    def __init__(self) -> None:
        self.replies: dict[str, list[Reply] | Callable[[Seen], Reply]] = {}
        self.seen: list[Seen] = []
        #: Set when the test is over: whatever hangs lets go.
        self.over = threading.Event()
        self._lock = threading.Lock()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                outer._handle(self)

            def do_POST(self) -> None:
                outer._handle(self)

            def log_message(self, format: str, *args: object) -> None:
                return

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        """The server's address, by name: the guard works on names."""
        return f"http://localhost:{self.port}"

    def close(self) -> None:
        """Let everything go."""
        self.over.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)

    def _handle(self, handler: BaseHTTPRequestHandler) -> None:
        length = int(handler.headers.get("Content-Length") or 0)
        headers = {name.lower(): value for name, value in handler.headers.items()}
        seen = Seen(handler.command, handler.path, headers, handler.rfile.read(length), handler.client_address)
        with self._lock:
            self.seen.append(seen)
            scripted = self.replies.get(handler.path) or self.replies.get(handler.path.partition("?")[0])
            if callable(scripted):
                reply = scripted(seen)
            elif not scripted:
                reply = Reply(b"nothing here", 404)
            else:
                reply = scripted.pop(0) if len(scripted) > 1 else scripted[0]
        try:
            handler.send_response(reply.status)
            for name, value in reply.headers.items():
                handler.send_header(name, value)
            if callable(reply.body):
                handler.close_connection = True
                handler.end_headers()
                reply.body(handler)
            else:
                if "Content-Length" not in reply.headers:
                    handler.send_header("Content-Length", str(len(reply.body)))
                handler.end_headers()
                handler.wfile.write(reply.body)
        except OSError:
            handler.close_connection = True


@contextmanager
def scripted_server() -> Iterator[ScriptedServer]:
    """A running server, gone afterwards."""
    server = ScriptedServer()
    try:
        yield server
    finally:
        server.close()


@contextmanager
def raw_server(head: bytes, drop: bytes) -> Iterator[str]:
    """The address of a server that sends `head`, then `drop` every 50 ms until the test is over."""
    over = threading.Event()
    listening = socket.create_server(("127.0.0.1", 0))

    def talk(connection: socket.socket) -> None:
        with connection, suppress(OSError):
            connection.recv(65_536)
            connection.sendall(head)
            while not over.wait(0.05):
                connection.sendall(drop)

    def serve() -> None:
        with suppress(OSError):
            while True:
                threading.Thread(target=talk, args=(listening.accept()[0],), daemon=True).start()

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"http://localhost:{listening.getsockname()[1]}/"
    finally:
        over.set()
        listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        thread.join(5)
