"""The model-backed drafter against the project's scripted server: every way to fail ends in one clear outcome."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from flows.errors import SettingsError
from flows.pipeline import run_one
from flows.review import approve
from schemas.runs import Attempt, Outcome, Run
from tests.integration.pipeline.house import House
from tests.servers.scripted import ScriptedServer, scripted_server

SLUG = "swift-vs-homely"
QUICK = {"model_timeout_s": 0.5, "model_deadline_s": 5}


@pytest.fixture(scope="module")
def server() -> Iterator[ScriptedServer]:
    with scripted_server() as running:
        yield running


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


def ask(house: House, server: ScriptedServer, model: str, **more: object) -> tuple[Run, tuple[Attempt, ...]]:
    """One run with the model `model`; a name of its own for each test keeps the server's counts apart."""
    name = f"{house.folder.name}/{model}"
    given = {"model": name, "model_url": server.url, **QUICK, **more}
    with house.parts(**given) as parts:
        run = asyncio.run(run_one(parts, parts.registry.comparison(SLUG)))
        return run, parts.store.ledger.attempts(run.id)


def text_of(house: House, run: Run) -> str:
    assert run.draft_id is not None
    with house.parts() as parts:
        return json.dumps(parts.store.drafts.get(run.draft_id).draft.model_dump())


def test_a_good_answer_waits_for_review_and_is_published_after_the_yes(house: House, server: ScriptedServer):
    run, attempts = ask(house, server, "good")
    assert run.outcome is Outcome.IN_REVIEW, run
    assert run.decision == "publish", text_of(house, run)
    assert [one.outcome for one in attempts] == ["ok"] * 4
    assert run.draft_id is not None
    with house.parts() as parts:
        approve(parts, run.draft_id, editor="Eve")
    assert "AI-assisted" in (house.folder / "site" / SLUG / "index.html").read_text()


@pytest.mark.parametrize("trouble", ["busy", "500", "503", "disconnect", "truncated", "brokenbody"])
def test_trouble_that_passes_is_waited_out_and_every_attempt_is_in_the_ledger(
    house: House, server: ScriptedServer, trouble: str
):
    run, attempts = ask(house, server, f"{trouble}+{trouble}+good")
    assert run.outcome is Outcome.IN_REVIEW, run
    assert [one.outcome for one in attempts].count("ok") == 4
    assert len(attempts) == 6 == server.journal.requests[f"{house.folder.name}/{trouble}+{trouble}+good"]


@pytest.mark.parametrize("fault", ["badjson", "badschema", "length", "unknownref", "wrongnumber", "template"])
def test_a_faulty_answer_goes_back_with_what_was_wrong_and_is_repaired(
    house: House, server: ScriptedServer, fault: str
):
    run, attempts = ask(house, server, f"{fault}+good")
    assert (run.outcome, run.decision) == (Outcome.IN_REVIEW, "publish"), run
    assert any(one.prompt == "verdict+repair" for one in attempts)


def test_the_repair_replaces_the_last_answer_instead_of_growing_the_history(house: House, server: ScriptedServer):
    ask(house, server, "badschema+badjson+good")
    own = [body for body in server.journal.bodies if str(body["model"]).startswith(house.folder.name)]
    sizes = [len(body["messages"]) for body in own]  # type: ignore[arg-type]  # a list of messages
    assert sizes[:3] == [2, 4, 4]


@pytest.mark.parametrize("fault", ["wrongnumber", "worldly", "template", "markup", "unknownref"])
def test_what_the_model_never_mends_reaches_no_page(house: House, server: ScriptedServer, fault: str):
    (house.data / "policy.yaml").write_text("auto_publish: [kettles]\n")
    run, _ = ask(house, server, fault)
    site = house.folder / "site" / SLUG / "index.html"
    shown = site.read_text() if site.exists() else ""
    for forbidden in ("987", "mature ecosystem", "49 {%", "{% for", "nobody.nothing", "<script>alert"):
        assert forbidden not in shown
    assert run.outcome in (Outcome.PUBLISHED, Outcome.IN_REVIEW, Outcome.FAILED)


@pytest.mark.parametrize(
    ("model", "said"),
    [
        ("refusal", "the model refused: I cannot help"),
        ("filter", "content filter"),
        ("html", "TIEBREAK_MODEL_URL usually ends in /v1"),
        ("othershape", "not as a chat completion"),
        ("400", "answered 400: your request is odd"),
        ("quota", "quota is used up"),
        ("nosuchmodel", "set TIEBREAK_MODEL to one that it serves"),
        ("context", "maximum context length"),
        ("never", "never mind"),
    ],
)
def test_what_will_not_pass_fails_at_once_with_one_line_that_says_what_to_do(
    house: House, server: ScriptedServer, model: str, said: str
):
    run, attempts = ask(house, server, model)
    assert run.outcome is Outcome.FAILED
    assert run.error is not None
    assert said in run.error
    assert "\n" not in run.error
    assert len(attempts) == 1


def test_a_wrong_key_is_named(house: House, server: ScriptedServer):
    run, _ = ask(house, server, "good", OPENAI_API_KEY="wrong")
    assert "refused the key (401): set OPENAI_API_KEY" in str(run.error)


def test_no_key_for_the_default_endpoint_is_said_before_anything_is_sent(house: House):
    with pytest.raises(SettingsError, match="OPENAI_API_KEY is not"), house.parts(model="gpt-x"):
        pass


def test_an_endpoint_that_is_down_is_one_line(house: House):
    given = {"model": "x", "model_url": "http://127.0.0.1:9/v1", "model_deadline_s": 0.3, "model_timeout_s": 0.2}
    with house.parts(**given) as parts:
        run = asyncio.run(run_one(parts, parts.registry.comparison(SLUG)))
    assert run.outcome is Outcome.FAILED
    assert "cannot reach the model endpoint http://127.0.0.1:9/v1" in str(run.error)


def test_a_hanging_endpoint_ends_at_the_deadline(house: House, server: ScriptedServer):
    run, attempts = ask(house, server, "hang", model_timeout_s=0.1, model_deadline_s=0.5)
    assert run.outcome is Outcome.FAILED
    assert {one.outcome for one in attempts} == {"timeout"}
    assert all(one.usage.estimated for one in attempts)


def test_a_long_retry_after_parks_the_work(house: House, server: ScriptedServer):
    run, _ = ask(house, server, "later")
    assert run.outcome is Outcome.PARKED
    with house.parts() as parts:
        ((slug, due, _why),) = parts.store.locks.parked()
    assert slug == SLUG
    assert (due - house.now).total_seconds() == pytest.approx(3600)


@pytest.mark.parametrize("endpoint", ["noschema", "onlytools", "onlytext"])
def test_an_endpoint_without_schemas_is_asked_in_a_way_it_knows_and_that_is_remembered(
    house: House, server: ScriptedServer, endpoint: str
):
    run, attempts = ask(house, server, endpoint)
    assert run.decision == "publish", run
    rejected = {"noschema": 1, "onlytools": 2, "onlytext": 3}[endpoint]
    assert len(attempts) == 4 + rejected
    with house.parts() as parts:
        remembered = parts.store.locks.switch(f"ladder {server.url} {house.folder.name}/{endpoint}")
    assert remembered == {"noschema": "json_object", "onlytools": "tool", "onlytext": "text"}[endpoint]


def test_a_fenced_answer_is_read(house: House, server: ScriptedServer):
    run, _ = ask(house, server, "fenced")
    assert run.decision == "publish"


def test_an_answer_that_was_paid_for_is_not_paid_for_again(house: House, server: ScriptedServer):
    first, _ = ask(house, server, "good")
    assert first.draft_id is not None
    with house.parts() as parts:
        from flows.review import reject

        reject(parts, first.draft_id, editor="Eve", reason="dull")
    again, attempts = ask(house, server, "good")
    assert attempts == ()
    assert again.cost_usd == Decimal(0)


def priced(house: House, model: str) -> None:
    price = "{input: 100, output: 100, as_of: 2026-11-01, source: made up}"
    (house.data / "models.yaml").write_text(
        f"models:\n  - {{model: '*{model}', output_tokens: 2000, price: {price}}}\n"
    )


def test_a_run_stops_before_the_call_that_would_pass_its_budget(house: House, server: ScriptedServer):
    priced(house, "good")
    run, attempts = ask(house, server, "good", max_cost_usd_per_run=Decimal("0.01"))
    assert run.outcome is Outcome.FAILED
    assert "would pass the $0.01 of this run" in str(run.error)
    assert attempts == ()


def test_a_day_stops_before_the_call_that_would_pass_its_budget(house: House, server: ScriptedServer):
    priced(house, "good")
    run, _ = ask(house, server, "good", max_cost_usd_per_run=Decimal(10), max_cost_usd_per_day=Decimal("0.01"))
    assert "TIEBREAK_MAX_COST_USD_PER_DAY" in str(run.error)


def test_costs_are_the_endpoints_own_tokens_at_the_profiles_price(house: House, server: ScriptedServer):
    priced(house, "good")
    run, attempts = ask(house, server, "good", max_cost_usd_per_run=Decimal(10))
    # $100 for a million tokens of either kind
    tokens = sum(one.usage.input_tokens + one.usage.output_tokens for one in attempts)
    assert run.cost_usd == pytest.approx(Decimal(tokens) * 100 / 1_000_000)


def test_an_unknown_price_is_an_unknown_cost_and_never_nothing(house: House, server: ScriptedServer):
    run, _ = ask(house, server, "good")
    assert run.cost_usd is None
    assert any("price of" in note for note in run.notes)


def test_usage_that_never_arrived_is_an_estimate_and_says_so(house: House, server: ScriptedServer):
    _, attempts = ask(house, server, "nousage")
    assert all(one.usage.estimated and one.usage.output_tokens > 0 for one in attempts)


def test_the_facts_stand_between_random_markers_and_the_prefix_is_the_same_for_all(
    house: House, server: ScriptedServer
):
    ask(house, server, "good")
    own = [body for body in server.journal.bodies if str(body["model"]) == f"{house.folder.name}/good"]
    markers = {re.search(r"<<(DATA-[0-9a-f]{16})\n", body["messages"][1]["content"])[1] for body in own}  # type: ignore[index]  # messages of a request
    assert len(markers) == len(own)
    prefixes = {body["messages"][0]["content"][:3000] for body in own}  # type: ignore[index]  # messages of a request
    assert len(prefixes) == 1
