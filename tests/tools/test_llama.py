"""The drafting code, unchanged, against a real llama.cpp server: schema-valid nonsense never gets past the gate."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from flows.pipeline import run_one
from schemas.runs import Attempt, Outcome, Run
from tests.integration.pipeline.house import House
from tests.require import require
from tests.servers.tiny_llama import llama_server, write_model

pytestmark = pytest.mark.services

SLUG = "swift-vs-homely"
#: The prompts are about 10,000 of this model's tokens (bytes), where English has a quarter.
PROFILE = """\
models:
  - model: "tiny/*"
    context_tokens: 60000
    output_tokens: 1500
    limit_parameter: max_tokens
    parameters: {temperature: 1.0}
    price: {input: 0, output: 0, as_of: 2026-11-01, source: own hardware}
"""


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    present = all(find_spec(name) is not None for name in ("xllamacpp", "gguf", "numpy"))
    require(present, "xllamacpp, gguf and numpy (make test-all)")
    path = tmp_path_factory.mktemp("model") / "tiny.gguf"
    write_model(path)
    return path


@pytest.fixture(scope="module")
def server(model: Path) -> Iterator[str]:
    with llama_server(model) as url:
        yield url


@pytest.fixture
def house(tmp_path: Path) -> House:
    made = House(tmp_path)
    (made.data / "models.yaml").write_text(PROFILE)
    (made.data / "policy.yaml").write_text("auto_publish: [kettles]\nrepairs: 1\n")
    return made


def draft(house: House, url: str, **more: object) -> tuple[Run, tuple[Attempt, ...]]:
    with house.parts(model="tiny/random", model_url=url, model_timeout_s=200, model_deadline_s=400, **more) as parts:
        run = asyncio.run(run_one(parts, parts.registry.comparison(SLUG), redraft=True))
        return run, parts.store.ledger.attempts(run.id)


def test_nonsense_that_keeps_the_schema_reaches_no_page(house: House, server: str):
    run, attempts = draft(house, server)
    assert run.outcome in (Outcome.FAILED, Outcome.IN_REVIEW), run
    assert run.outcome is not Outcome.FAILED or run.error
    assert not (house.folder / "site" / SLUG).exists()
    answered = [one for one in attempts if one.outcome in ("ok", "length")]
    assert answered, [one.error for one in attempts]
    assert all(one.usage.input_tokens > 2_000 and not one.usage.estimated for one in answered)
    assert run.cost_usd == 0


def test_an_answer_of_a_real_grammar_is_read_as_its_schema(house: House, server: str):
    _, attempts = draft(house, server)
    assert any(one.outcome == "ok" for one in attempts), [(one.prompt, one.outcome, one.error) for one in attempts]
    # The server itself answers 500 where the nonsense is no UTF-8; that passes, and is asked again.
    assert {one.outcome for one in attempts} <= {"ok", "length", "server_error"}


def test_a_prompt_that_its_context_cannot_take_fails_with_what_the_server_says(house: House, model: Path):
    with llama_server(model, context=2_048) as small:
        run, attempts = draft(house, small)
    assert run.outcome is Outcome.FAILED
    assert "exceed" in str(run.error).lower()
    assert len(attempts) == 1, "a step down the ladder would not make the prompt any shorter"
