"""The door against a server that misbehaves."""

from __future__ import annotations

import gzip
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from flows.errors import SourceUnavailable
from flows.net import AddressRefused, Net, NotThere, RateLimited, guard
from flows.net.guard import AddressInfo
from tests.integration.gather.server import Reply, ScriptedServer, raw_server, scripted_server

STREAM = (socket.AF_INET, socket.SOCK_STREAM, 6, "")


def test_a_server_on_this_machine_is_refused_unless_its_name_is_allowed(server: ScriptedServer) -> None:
    server.replies["/"] = [Reply(b"secret")]
    with Net() as door, pytest.raises(AddressRefused, match="loopback"):
        door.get(server.url + "/")
    assert server.seen == []


@pytest.mark.parametrize("host", ["127.0.0.1", "2130706433", "0x7f.1", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0"])  # noqa: S104  # nothing is bound
def test_every_spelling_of_loopback_is_refused(server: ScriptedServer, host: str) -> None:
    with Net(attempts=1) as door, pytest.raises(SourceUnavailable):
        door.get(f"http://{host}:{server.port}/")
    assert server.seen == []


def test_a_redirect_to_a_private_address_is_refused(server: ScriptedServer, net: Net) -> None:
    server.replies["/"] = [Reply(status=302, headers={"Location": f"http://127.0.0.1:{server.port}/inside"})]
    with pytest.raises(AddressRefused, match="loopback"):
        net.get(server.url + "/")
    assert [seen.path for seen in server.seen] == ["/"]


@pytest.mark.parametrize(
    "target", ["file:///etc/passwd", "ftp://localhost/x", "http://user:pw@localhost/", "http://localhost/a\r\nb"]
)
def test_a_redirect_to_anything_but_a_plain_web_address_is_refused(
    server: ScriptedServer, net: Net, target: str
) -> None:
    server.replies["/"] = [
        Reply(status=302, headers={"Location": target.replace("\r\n", "%0d%0a") if "\r" in target else target})
    ]
    with pytest.raises(SourceUnavailable):
        net.get(server.url + "/")


def test_the_address_that_was_checked_is_the_one_connected_to(
    server: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A door that checks a name and then connects by name would ask twice, and be led to the second address."""
    monkeypatch.setattr(guard, "why_refused", lambda address: None if address == "127.0.0.1" else "a private address")
    asked: list[str] = []

    def rebinding(host: str, port: int) -> list[AddressInfo]:
        asked.append(host)
        return [(*STREAM, ("127.0.0.1" if len(asked) == 1 else "127.0.0.3", port))]

    server.replies["/"] = [Reply(b"checked", headers={"Connection": "close"})]
    with Net(resolve=rebinding) as door:
        assert door.get(f"http://rebind.example:{server.port}/").body == b"checked"
        assert len(asked) == 1
        with pytest.raises(AddressRefused, match="private"):
            door.get(f"http://rebind.example:{server.port}/")
    assert len(server.seen) == 1


def test_a_name_with_a_public_and_a_private_address_is_refused(server: ScriptedServer) -> None:
    def both(_host: str, port: int) -> list[AddressInfo]:
        return [(*STREAM, ("192.0.32.8", port)), (*STREAM, ("127.0.0.1", port))]

    with Net(resolve=both) as door, pytest.raises(AddressRefused):
        door.get(f"http://both.example:{server.port}/")
    assert server.seen == []


def test_the_host_header_keeps_the_name_though_the_connection_goes_to_the_checked_address(
    server: ScriptedServer,
) -> None:
    def here(_host: str, port: int) -> list[AddressInfo]:
        return [(*STREAM, ("127.0.0.1", port))]

    server.replies["/"] = [Reply(b"ok")]
    with Net(resolve=here, allow=["inner.example"]) as door:
        assert door.get(f"http://inner.example:{server.port}/").body == b"ok"
    assert server.seen[0].headers["host"] == f"inner.example:{server.port}"


def test_no_credential_follows_a_redirect_to_another_origin(server: ScriptedServer, net: Net) -> None:
    with scripted_server() as other:
        other.replies["/"] = [Reply(b"elsewhere")]
        server.replies["/"] = [Reply(status=302, headers={"Location": other.url + "/"})]
        answer = net.get(
            server.url + "/",
            headers={"X-Api-Key": "k", "Accept": "text/plain"},
            secret_headers={"Authorization": "Bearer t"},
            secret_params={"key": "s"},
        )
        assert answer.body == b"elsewhere"
        assert answer.url == other.url + "/"
        assert server.seen[0].headers["authorization"] == "Bearer t"
        assert server.seen[0].path == "/?key=s"
        assert other.seen[0].path == "/"
        assert not {"authorization", "x-api-key"} & set(other.seen[0].headers)
        assert other.seen[0].headers["accept"] == "text/plain"


def test_a_secret_parameter_shows_in_no_answer_and_no_message(server: ScriptedServer, net: Net) -> None:
    server.replies["/ok"] = [Reply(b"{}")]
    server.replies["/broken"] = [Reply(status=400)]
    assert "s3cret" not in repr(net.get(server.url + "/ok?a=1", secret_params={"key": "s3cret"}))
    for path in ("/broken", "/absent"):
        with pytest.raises(SourceUnavailable) as caught:
            net.get(server.url + path, secret_params={"key": "s3cret"})
        assert "s3cret" not in str(caught.value)


def test_endless_redirects_end(server: ScriptedServer, net: Net) -> None:
    server.replies["/"] = [Reply(status=302, headers={"Location": "/"})]
    with pytest.raises(SourceUnavailable, match="redirects more than 5 times"):
        net.get(server.url + "/")
    assert len(server.seen) == 6


def test_a_body_past_the_cap_is_not_read_to_its_end(server: ScriptedServer, net: Net) -> None:
    sent: list[int] = []

    def pour(handler: BaseHTTPRequestHandler) -> None:
        for _ in range(10_000):
            handler.wfile.write(b"x" * 10_000)
            sent.append(10_000)

    server.replies["/line"] = [Reply(pour)]
    with pytest.raises(SourceUnavailable, match="more than 1,000,000 bytes"):
        net.get(server.url + "/line", max_bytes=1_000_000)
    assert sum(sent) < 50_000_000


def test_a_declared_length_past_the_cap_is_not_read_at_all(server: ScriptedServer, net: Net) -> None:
    server.replies["/"] = [Reply(b"", headers={"Content-Length": "10000000000"})]
    with pytest.raises(SourceUnavailable, match="10,000,000,000 bytes"):
        net.get(server.url + "/")


def test_a_small_compressed_body_that_unpacks_past_the_cap_is_refused(server: ScriptedServer, net: Net) -> None:
    bomb = gzip.compress(b"0" * 20_000_000)
    assert len(bomb) < 30_000
    server.replies["/"] = [Reply(bomb, headers={"Content-Encoding": "gzip"})]
    with pytest.raises(SourceUnavailable, match="more than"):
        net.get(server.url + "/")


def test_a_compressed_body_is_unpacked(server: ScriptedServer, net: Net) -> None:
    server.replies["/"] = [Reply(gzip.compress(b'{"stars": 7}'), headers={"Content-Encoding": "gzip"})]
    assert net.get(server.url + "/").json() == {"stars": 7}


def test_a_chunked_body_is_read_whole(server: ScriptedServer, net: Net) -> None:
    def chunks(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"3\r\nabc\r\n3\r\ndef\r\n0\r\n\r\n")

    server.replies["/"] = [Reply(chunks, headers={"Transfer-Encoding": "chunked"})]
    assert net.get(server.url + "/").body == b"abcdef"


@pytest.mark.parametrize(
    ("head", "drop"),
    [
        (b"", b""),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n", b"x"),
        (b"HTTP/1.1 200 OK\r\n", b"X-More: 1\r\n"),
    ],
    ids=["silent", "dripping body", "dripping header"],
)
def test_a_server_that_never_finishes_costs_the_time_allowed(head: bytes, drop: bytes) -> None:
    with raw_server(head, drop) as url, Net(allow=["localhost"], timeout_s=0.4, sleep=lambda _: None) as door:
        started = time.monotonic()
        with pytest.raises(SourceUnavailable, match=r"did not answer within 0\.4 s"):
            door.get(url)
        # Not a measurement: the server would go on for ever.
        assert time.monotonic() - started < 5


def test_a_body_cut_by_the_deadline_is_never_taken_for_a_whole_one(tmp_path: Path) -> None:
    """Without a length, the end of the connection is the end of the body."""
    head = b"HTTP/1.1 200 OK\r\nCache-Control: max-age=600\r\n\r\n[1,"
    with raw_server(head, b"") as url, Net(allow=["localhost"], timeout_s=0.3, cache=tmp_path) as door:
        for _ in range(2):
            with pytest.raises(SourceUnavailable, match="did not answer within"):
                door.get(url)


def test_an_answer_that_breaks_off_is_an_error(server: ScriptedServer, net: Net) -> None:
    def cut(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b'{"stars": 1')

    server.replies["/"] = [Reply(cut, headers={"Content-Length": "5000"})]
    with pytest.raises(SourceUnavailable):
        net.get(server.url + "/")


def test_a_busy_server_is_asked_again_after_the_pause_it_names(server: ScriptedServer) -> None:
    pauses: list[float] = []
    server.replies["/"] = [Reply(status=429, headers={"Retry-After": "3"}), Reply(status=503), Reply(b"at last")]
    with Net(allow=["localhost"], attempts=3, sleep=pauses.append) as door:
        assert door.get(server.url + "/").body == b"at last"
    assert pauses[0] == 3
    assert 0 <= pauses[1] <= 8


def test_a_pause_longer_than_the_cap_is_reported_instead_of_waited_for(server: ScriptedServer) -> None:
    pauses: list[float] = []
    server.replies["/"] = [Reply(status=429, headers={"Retry-After": "3600"})]
    with (
        Net(allow=["localhost"], attempts=5, sleep=pauses.append) as door,
        pytest.raises(RateLimited, match="asks for a pause of 3600 s") as caught,
    ):
        door.get(server.url + "/")
    assert caught.value.retry_after_s == 3600
    assert pauses == []
    assert len(server.seen) == 1


def test_a_server_that_stays_broken_is_given_up(server: ScriptedServer, net: Net) -> None:
    server.replies["/"] = [Reply(status=500)]
    with pytest.raises(SourceUnavailable, match=r"out of order \(500\)"):
        net.get(server.url + "/")
    assert len(server.seen) == 2


def test_what_is_not_there_is_not_asked_for_again(server: ScriptedServer, net: Net) -> None:
    with pytest.raises(NotThere):
        net.get(server.url + "/absent")
    assert len(server.seen) == 1


def test_nobody_listening_is_one_clear_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with (
        Net(allow=["localhost"], attempts=1) as door,
        pytest.raises(SourceUnavailable, match=r"^localhost cannot be reached: the connection failed$"),
    ):
        door.get(f"http://localhost:{port}/")


def test_a_connection_is_used_again(server: ScriptedServer, net: Net) -> None:
    server.replies["/"] = [Reply(b"ok")]
    for _ in range(3):
        net.get(server.url + "/")
    assert len({seen.client for seen in server.seen}) == 1


def test_the_contact_stands_in_the_user_agent(server: ScriptedServer) -> None:
    server.replies["/"] = [Reply(b"ok")]
    with Net(allow=["localhost"], contact="ops@example.org") as door:
        door.get(server.url + "/")
    assert server.seen[0].headers["user-agent"].endswith("(ops@example.org)")


def test_a_fresh_answer_comes_from_the_cache(server: ScriptedServer, tmp_path: Path) -> None:
    server.replies["/"] = [Reply(b"one", headers={"Cache-Control": "max-age=600"}), Reply(b"two")]
    for _ in range(2):
        with Net(allow=["localhost"], cache=tmp_path) as door:
            assert door.get(server.url + "/").body == b"one"
    assert len(server.seen) == 1


def test_a_stale_answer_is_confirmed_by_its_etag(server: ScriptedServer, tmp_path: Path) -> None:
    tagged = {"ETag": '"v1"', "Cache-Control": "max-age=0"}
    server.replies["/"] = [Reply(b"body", headers=tagged), Reply(status=304, headers=tagged)]
    with Net(allow=["localhost"], cache=tmp_path) as door:
        first, second = door.get(server.url + "/"), door.get(server.url + "/")
    assert (first.body, second.body) == (b"body", b"body")
    assert not second.from_cache
    assert server.seen[1].headers["if-none-match"] == '"v1"'


def test_an_oversized_answer_is_never_cached(server: ScriptedServer, tmp_path: Path) -> None:
    server.replies["/"] = [Reply(b"x" * 5000, headers={"Cache-Control": "max-age=600"}), Reply(b"small")]
    with Net(allow=["localhost"], cache=tmp_path) as door:
        with pytest.raises(SourceUnavailable):
            door.get(server.url + "/", max_bytes=1000)
        assert door.get(server.url + "/").body == b"small"


def test_a_damaged_cache_file_costs_the_cache_and_not_the_answer(server: ScriptedServer, tmp_path: Path) -> None:
    (tmp_path / "cache.db").write_bytes(b"this is no database" * 500)
    server.replies["/"] = [Reply(b"ok", headers={"Cache-Control": "max-age=600"})]
    with Net(allow=["localhost"], cache=tmp_path) as door:
        assert door.get(server.url + "/").body == b"ok"


def test_a_cache_folder_that_cannot_be_made_costs_the_cache_only(server: ScriptedServer, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    server.replies["/"] = [Reply(b"ok")]
    with Net(allow=["localhost"], cache=tmp_path / "file" / "http") as door:
        assert door.get(server.url + "/").body == b"ok"


def test_behind_a_proxy_a_private_address_is_refused_and_a_public_name_is_asked_through_it(
    server: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lookup(host: str, port: int) -> list[AddressInfo]:
        if host == "unknown.example":
            raise socket.gaierror("only the proxy knows it")
        return [(*STREAM, ({"inside.example": "10.0.0.7"}.get(host, "192.0.32.8"), port))]

    for name in ("no_proxy", "NO_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY", "HTTP_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("http_proxy", server.url)
    server.replies["http://public.example/x"] = [Reply(b"through the proxy")]
    server.replies["http://unknown.example/x"] = [Reply(b"through the proxy")]
    with Net(resolve=lookup) as door:
        for host in ("public", "unknown"):
            assert door.get(f"http://{host}.example/x").body == b"through the proxy"
        with pytest.raises(AddressRefused):
            door.get("http://inside.example/x")
    assert [seen.path for seen in server.seen] == ["http://public.example/x", "http://unknown.example/x"]


def test_trust_is_for_one_request_and_ends_at_a_redirect_elsewhere(server: ScriptedServer) -> None:
    server.replies["/"] = [Reply(b"mirror")]
    server.replies["/away"] = [Reply(status=302, headers={"Location": f"http://127.0.0.1:{server.port}/"})]
    with Net() as door:
        assert door.get(server.url + "/", trusted=True).body == b"mirror"
        # The connection of the trusted request waits in the pool, and is not taken.
        with pytest.raises(AddressRefused):
            door.get(server.url + "/")
        with pytest.raises(AddressRefused):
            door.get(server.url + "/away", trusted=True)
    assert [seen.path for seen in server.seen] == ["/", "/away"]


def test_a_name_that_does_not_resolve_is_asked_once_and_said() -> None:
    asked: list[str] = []

    def unknown(host: str, _port: int) -> list[AddressInfo]:
        asked.append(host)
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    with (
        Net(resolve=unknown) as door,
        pytest.raises(SourceUnavailable, match=r"^a\.example cannot be reached: its name does not resolve$"),
    ):
        door.get("http://a.example/")
    assert asked == ["a.example"]


@pytest.mark.parametrize("secret", [{"secret_headers": {"X-Key": "s3cret"}}, {"secret_params": {"key": "s3cret"}}])
def test_a_key_never_travels_over_plain_http_to_a_host_that_the_operator_did_not_name(
    secret: dict[str, dict[str, str]],
) -> None:
    asked: list[str] = []

    def resolve(host: str, _port: int) -> list[AddressInfo]:
        asked.append(host)
        return []

    with Net(resolve=resolve) as door, pytest.raises(AddressRefused, match="over plain http") as caught:
        door.get(
            "http://a.example/", secret_headers=secret.get("secret_headers"), secret_params=secret.get("secret_params")
        )
    assert asked == []
    assert "s3cret" not in str(caught.value)


def test_a_host_is_asked_at_most_so_many_things_at_once(server: ScriptedServer) -> None:
    under_way: list[int] = [0]
    most: list[int] = [0]
    counting = threading.Lock()

    def slow(handler: BaseHTTPRequestHandler) -> None:
        with counting:
            under_way[0] += 1
            most[0] = max(most[0], under_way[0])
        server.over.wait(0.05)
        with counting:
            under_way[0] -= 1
        handler.wfile.write(b"ok")

    server.replies["/"] = [Reply(slow, headers={"Content-Length": "2"})]
    with Net(allow=["localhost"], per_host=2) as door, ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: door.get(server.url + "/").body, range(8)))
    assert answers == [b"ok"] * 8
    assert most[0] == 2


def test_the_cache_folder_is_closed_to_others(server: ScriptedServer, tmp_path: Path) -> None:
    server.replies["/"] = [Reply(b"ok")]
    with Net(allow=["localhost"], cache=tmp_path / "http") as door:
        door.get(server.url + "/")
    assert (tmp_path / "http").stat().st_mode & 0o077 == 0
