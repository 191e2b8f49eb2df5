"""What `tiebreak doctor` finds out about a model endpoint beforehand, each with its fix."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.draft.endpoint_address import sends_key_in_the_clear
from flows.draft.endpoint_check import look_at_endpoint
from flows.settings import Settings
from tests.servers.scripted import ScriptedServer, scripted_server


@pytest.fixture(scope="module")
def server() -> Iterator[ScriptedServer]:
    with scripted_server() as running:
        yield running


def look(tmp_path: Path, **given: object) -> list[tuple[str, str, str]]:
    settings = Settings(data=tmp_path, home=tmp_path, site=tmp_path, **given)  # type: ignore[arg-type]  # fields by name
    found = list(look_at_endpoint(settings))
    assert all("\n" not in what and "\n" not in fix for _, what, fix in found)
    return list(found)


def test_a_good_endpoint_is_said_to_be_one(tmp_path: Path, server: ScriptedServer):
    first, *more = look(tmp_path, model="good", model_url=server.url)
    assert first == ("ok", f"good at {server.url}, answers by JSON schema", "")
    assert [state for state, _, _ in more] == ["note"], "the price of a made-up model is unknown"


def test_no_key_for_the_default_endpoint(tmp_path: Path):
    ((state, what, fix),) = look(tmp_path, model="x")
    assert (state, what) == ("wrong", "TIEBREAK_MODEL is set, but OPENAI_API_KEY is not")
    assert "set OPENAI_API_KEY" in fix


def test_a_wrong_key(tmp_path: Path, server: ScriptedServer):
    state, what, fix = look(tmp_path, model="good", model_url=server.url, OPENAI_API_KEY="wrong")[0]
    assert state == "wrong"
    assert "refused the key (401)" in what
    assert fix == "set OPENAI_API_KEY to a key of that endpoint"


def test_a_model_that_is_not_there(tmp_path: Path, server: ScriptedServer):
    state, what, fix = look(tmp_path, model="goood", model_url=server.url)[0]
    assert state == "wrong"
    assert "does not list the model 'goood' (it has: good" in what
    assert fix == "set TIEBREAK_MODEL to one of them"


@pytest.mark.parametrize(("model", "mode"), [("noschema", "json_object"), ("onlytext", "text")])
def test_an_endpoint_without_structured_output(tmp_path: Path, server: ScriptedServer, model: str, mode: str):
    state, what, fix = look(tmp_path, model=model, model_url=server.url)[0]
    assert state == "note"
    assert f"knows no JSON schema, it is asked by {mode}" in what
    assert "works, with more repairs" in fix


def test_an_address_that_is_a_web_page(tmp_path: Path, server: ScriptedServer):
    state, what, fix = look(tmp_path, model="good", model_url=server.url.replace("/v1", "/site"))[0]
    assert state == "wrong"
    assert "web page" in what
    assert fix.endswith("usually ending in /v1")


def test_a_key_that_would_travel_in_the_clear(tmp_path: Path):
    said = look(tmp_path, model="x", model_url="http://models.invalid/v1", OPENAI_API_KEY="secret-key")
    assert said[0] == (
        "note",
        "the key travels unencrypted to http://models.invalid/v1",
        "use https, or an endpoint on this machine",
    )
    assert said[1][0] == "wrong"
    assert "secret-key" not in str(said)


def test_an_endpoint_that_is_down(tmp_path: Path):
    state, what, fix = look(tmp_path, model="good", model_url="http://127.0.0.1:9/v1")[0]
    assert state == "wrong"
    assert "cannot reach the model endpoint http://127.0.0.1:9/v1" in what
    assert fix == "start the server, or correct TIEBREAK_MODEL_URL"


@pytest.mark.parametrize(
    ("url", "clear"),
    [
        ("http://models.example/v1", True),
        ("http://192.168.1.7/v1", True),
        ("http://[::ffff:10.0.0.1]/v1", True),
        ("https://models.example/v1", False),
        ("http://127.0.0.1:8000/v1", False),
        ("http://[::1]/v1", False),
        ("http://localhost:8000/v1", False),
        ("http://localhost.evil.example/v1", True),
    ],
)
def test_a_key_over_plain_http_is_only_safe_on_this_machine(url: str, clear: bool):
    assert sends_key_in_the_clear(url) is clear
