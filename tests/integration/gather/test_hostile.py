"""A source that is down, slow, broken or hostile costs its own observations and one clear line, never the run."""

from __future__ import annotations

import json
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from flows.gather.discovery import Adapters
from flows.gather.readings import Readings
from flows.gather.run import Gathered, gather
from flows.net import Net
from schemas.catalogue import Catalogue, Entity, Source
from tests.integration.gather.recorded import METRICS, NOW, entity, serve, source
from tests.integration.gather.server import Reply, ScriptedServer, raw_server

EVERY_KIND = ("pypi", "github", "endoflife", "osv", "stackexchange", "json", "jsonld")
#: The path that each kind asks first for the entity below.
PATHS = {
    "pypi": "/simple/flask/",
    "github": "/repos/pallets/flask",
    "endoflife": "/products/flask",
    "osv": "/v1/query",
    "stackexchange": "/tags/flask/info",
    "json": "/stats",
    "jsonld": "/page",
}


def asked(kind: str, url: str) -> tuple[Source, Entity]:
    options: dict[str, object] = {"endpoint": url}
    if kind == "pypi":
        options = {"endpoint": f"{url}/simple/"}
    if kind == "json":
        options = {"url": f"{url}/stats", "values": {"downloads": "$.downloads"}}
    about = entity(pypi="flask", github="pallets/flask", eol="flask", stackexchange_tag="flask", jsonld=f"{url}/page")
    return source(kind, **options), about


def run(net: Net, sources: list[Source], about: Entity, readings: Readings | None = None) -> Gathered:
    return gather(sources, [about], METRICS, net, NOW, False, adapters=Adapters(Catalogue()), readings=readings)


def ten_megabyte_line(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b'{"a": "')
    for _ in range(10):
        handler.wfile.write(b"x" * 1_048_576)
    handler.wfile.write(b'"}')


def cut_short(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b'{"items": [{"count": 5}')


JSON = {"Content-Type": "application/json"}
SIMPLE = {"Content-Type": "application/vnd.pypi.simple.v1+json"}
WHOLE_ANSWERS = {
    "429": Reply(b"slow down", 429, {"Retry-After": "7200"}),
    "500": Reply(b"oops", 500),
    "503 as a page": Reply(b"<html><h1>Down</h1></html>", 503, {"Content-Type": "text/html"}),
    "403": Reply(b"{}", 403, JSON),
    "ten megabytes in one line": Reply(ten_megabyte_line, 200, JSON),
    "cut short": Reply(cut_short, 200, {**JSON, "Content-Length": "4000"}),
    "half a document": Reply(b'{"items": [{"count": 5}', 200, JSON),
    "a page instead of data": Reply(b"<!doctype html><p>Log in</p>", 200, {"Content-Type": "text/html"}),
    "nothing": Reply(b"", 200, JSON),
    "a list": Reply(b"[1, 2, 3]", 200, JSON),
    "null": Reply(b"null", 200, JSON),
    "a text": Reply(b'"<script>alert(1)</script>"', 200, JSON),
    "not a number": Reply(b"NaN", 200, JSON),
    "invalid UTF-8": Reply(b'{"items": "\xff\xfe\xc0"}', 200, JSON),
    "zero bytes": Reply(b"\x00" * 5000, 200, JSON),
    "nested deep": Reply(b"[" * 200_000, 200, JSON),
    "a huge integer": Reply(b'{"stargazers_count": ' + b"9" * 50_000 + b"}", 200, JSON),
    "redirected inwards": Reply(b"", 302, {"Location": "http://169.254.169.254/latest/meta-data/"}),
    "redirected to a file": Reply(b"", 302, {"Location": "file:///etc/passwd"}),
    "a damaged archive": Reply(b"this is not gzip", 200, {**JSON, "Content-Encoding": "gzip"}),
    "a bad index page": Reply(b'{"meta": {"api-version": "9.0"}, "name": 5, "files": {}}', 200, SIMPLE),
}


@pytest.mark.parametrize("kind", EVERY_KIND)
@pytest.mark.parametrize("reply", WHOLE_ANSWERS.values(), ids=WHOLE_ANSWERS.keys())
def test_a_bad_answer_costs_the_source_and_one_line(server: ScriptedServer, net: Net, kind: str, reply: Reply) -> None:
    server.replies[PATHS[kind]] = [reply]
    server.replies["/good"] = [Reply.of_json({"downloads": 7})]
    bad, about = asked(kind, server.url)
    good = Source(
        id="good",
        name="a good source",
        tier=bad.tier,
        kind="json",
        options={"url": f"{server.url}/good", "values": {"downloads": "$.downloads"}},
    )
    gathered = run(net, [bad, good], about)
    assert [(seen.source, seen.raw) for seen in gathered.observations] == [("good", "7")]
    # A page that is asked for its prices and holds none is an answer like any other.
    assert len(gathered.notes) == 1
    (note,) = gathered.notes
    assert note.startswith(f"the {kind} source: ")
    assert "\n" not in note
    assert len(note) < 400
    assert note.isprintable()


@pytest.mark.parametrize(
    ("head", "drop"), [(b"", b""), (b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n", b"{")], ids=["hangs", "drips"]
)
def test_a_source_that_never_answers_costs_the_time_allowed(head: bytes, drop: bytes) -> None:
    with (
        raw_server(head, drop) as url,
        Net(allow=["localhost"], timeout_s=0.3, attempts=2, sleep=lambda _: None) as net,
    ):
        wanted, about = asked("github", url.rstrip("/"))
        gathered = run(net, [wanted], about)
    assert gathered.observations == ()
    assert gathered.notes == ("the github source: localhost did not answer within 0.3 s; nothing of it for Flask",)


def test_a_source_on_this_machine_is_refused_without_permission(server: ScriptedServer) -> None:
    serve(server, "github")
    wanted, about = asked("github", server.url)
    with Net() as net:
        gathered = run(net, [wanted], about)
    assert gathered.observations == ()
    assert "loopback" in gathered.notes[0]
    assert server.seen == []


def test_an_endpoint_in_the_catalogue_does_not_make_a_private_index_trusted(server: ScriptedServer) -> None:
    serve(server, "package_index")
    wanted, about = asked("pypi", server.url)
    with Net() as net:
        assert run(net, [wanted], about).observations == ()
    assert server.seen == []


def test_values_are_cleaned_and_those_with_markup_left_out(server: ScriptedServer, net: Net) -> None:
    document = {
        "downloads": "1\u202e2\u2066,\u0000000\u001b[31m",
        "rating": "<b>5</b>",
        "licence": "MIT<img src=x onerror=alert(1)>",
        "python_floor": "x" * 5000,
        "latest_version": "3.1.3\u200b\r\n",
        "open_issues": {"a": 1},
        "archived": [True],
    }
    server.replies["/stats"] = [Reply(json.dumps(document).encode(), 200, JSON)]
    values = {name: f"$.{name}" for name in document}
    gathered = run(net, [source("json", url=f"{server.url}/stats", values=values)], entity())
    assert {seen.metric: seen.raw for seen in gathered.observations} == {
        "downloads": "12,000[31m",
        "latest_version": "3.1.3",
    }


@pytest.mark.parametrize("stars", ["71234", True, -5, 1.5, None, [], {"$gt": 0}])
def test_a_count_of_another_type_is_no_count(server: ScriptedServer, net: Net, stars: object) -> None:
    server.replies["/repos/pallets/flask"] = [Reply.of_json({"stargazers_count": stars, "forks_count": 3})]
    wanted, about = asked("github", server.url)
    gathered = run(net, [wanted], about)
    assert {seen.metric: seen.raw for seen in gathered.observations} == {"github_forks": "3"}


def test_an_index_whose_dates_contradict_its_versions_gives_no_dates(server: ScriptedServer, net: Net) -> None:
    def file(version: str, uploaded: str) -> dict[str, object]:
        return {"filename": f"flask-{version}.tar.gz", "url": "x", "hashes": {}, "size": 7, "upload-time": uploaded}

    files = [
        file("0.14.0", "2025-11-17T00:00:00Z"),
        file("4.18.1", "2022-04-29T00:00:00Z"),
        file("4.18.2", "2024-03-09T00:00:00Z"),
    ]
    page = {"meta": {"api-version": "1.1"}, "name": "flask", "files": files}
    server.replies["/simple/flask/"] = [Reply(json.dumps(page).encode(), 200, SIMPLE)]
    wanted, about = asked("pypi", server.url)
    gathered = run(net, [wanted], about)
    assert {seen.metric for seen in gathered.observations} == {"latest_version", "release_count", "sdist_size"}
    assert gathered.notes == (
        "the pypi source: its dates for flask contradict the order of the versions and were left out",
    )


def test_dates_in_the_future_are_not_believed(server: ScriptedServer, net: Net) -> None:
    later = "2031-01-01T00:00:00Z"
    server.replies["/repos/pallets/flask"] = [Reply.of_json({"stargazers_count": 1, "pushed_at": later})]
    wanted, about = asked("github", server.url)
    assert {seen.metric for seen in run(net, [wanted], about).observations} == {"github_stars"}


def test_an_answer_kept_from_yesterday_spares_the_request(server: ScriptedServer, net: Net, tmp_path: Path) -> None:
    serve(server, "github")
    wanted, about = asked("github", server.url)
    first = run(net, [wanted], about, Readings(tmp_path))
    asked_then = len(server.seen)
    second = run(net, [wanted], about, Readings(tmp_path))
    assert first == second
    assert len(server.seen) == asked_then
