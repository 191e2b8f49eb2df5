"""The model-backed drafter against the project's scripted server: every way to fail ends in one clear outcome."""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from flows.draft.model_drafter import ModelDrafter
from flows.errors import SettingsError
from flows.pipeline import run_many, run_one, run_parked
from flows.review import approve
from schemas.runs import Attempt, Outcome, Run
from tests.integration.pipeline.house import ROWS, House
from tests.servers.scripted import ScriptedServer, scripted_server
from tests.servers.writing import answer_for

SLUG = "swift-vs-homely"
QUICK = {"model_timeout_s": 0.5, "model_deadline_s": 5}


@pytest.fixture(scope="module")
def server() -> Iterator[ScriptedServer]:
    with scripted_server() as running:
        yield running


#: Whole numbers: what stands before a point is not in question here.
PLAIN = {**ROWS, ("swift", "volume"): "2 l", ("homely", "volume"): "3 l"}


@pytest.fixture
def house(tmp_path: Path) -> House:
    made = House(tmp_path)
    made.write(PLAIN)
    return made


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


@pytest.mark.parametrize("trouble", ["busy", "500", "503", "disconnect", "truncated", "brokenbody", "deep"])
def test_trouble_that_passes_is_waited_out_and_every_attempt_is_in_the_ledger(
    house: House, server: ScriptedServer, trouble: str
):
    run, attempts = ask(house, server, f"{trouble}+{trouble}+good")
    assert run.outcome is Outcome.IN_REVIEW, run
    assert [one.outcome for one in attempts].count("ok") == 4
    assert len(attempts) == 6 == server.journal.requests[f"{house.folder.name}/{trouble}+{trouble}+good"]


@pytest.mark.parametrize(
    "fault", ["badjson", "badschema", "unknownref", "wrongnumber", "template", "surrogate", "odd", "notutf8"]
)
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


def test_a_sentence_that_is_never_mended_is_dropped_and_counted(house: House, server: ScriptedServer):
    # The false sentence comes with the verdict, with both entities and with the first answer: each part has one.
    server.texts["stubborn"] = lambda body: answer_for(body, extra="It takes 987 hours.", always=True)
    run, _ = ask(house, server, "stubborn")
    assert (run.decision, run.dropped) == ("publish", 4), text_of(house, run)
    assert "987" not in text_of(house, run)


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


@pytest.mark.parametrize(
    ("model", "outcome", "raw", "tokens"),
    [
        ("refusal", "refusal", "I cannot help with that.", (10, 5)),
        ("filter", "content_filter", "", (10, 5)),
        ("length", "length", '{"reasoning": "and on', (10, 5)),
        ("badjson", "bad_json", "Sure! Here is the verdict", None),
        ("badschema", "bad_schema", '{"verdict": 7}', None),
        ("brokenbody", "broken_body", "{", None),
        ("html", "wrong_type", "<", None),
        ("400", "rejected", "your request is odd", None),
    ],
)
def test_an_answer_that_is_none_keeps_its_text_and_its_usage(
    house: House, server: ScriptedServer, model: str, outcome: str, raw: str, tokens: tuple[int, int] | None
):
    _, attempts = ask(house, server, f"{model}+good")
    first = attempts[0]
    assert first.outcome == outcome
    assert raw in (first.raw or "")
    if tokens is not None:
        assert (first.usage.input_tokens, first.usage.output_tokens, first.usage.estimated) == (*tokens, False)


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
    # Endpoints learn, so what they could not do is asked again after a week: noon of the 22nd + 7 days.
    expected = {"noschema": "json_object", "onlytools": "tool", "onlytext": "text"}[endpoint]
    assert remembered == f"{expected} until 2026-11-29T12:00:00+0000"


def test_what_an_endpoint_could_not_do_is_tried_again_after_a_week(house: House, server: ScriptedServer):
    ask(house, server, "noschema")
    house.now += timedelta(days=8)
    house.write({**PLAIN, ("swift", "price"): "$61"})
    _, attempts = ask(house, server, "noschema")
    assert attempts[0].outcome == "rejected"


@pytest.mark.parametrize("wrapped", ["fenced", "brace", "hidden"])
def test_an_answer_is_read_out_of_what_stands_around_it(house: House, server: ScriptedServer, wrapped: str):
    run, _ = ask(house, server, wrapped)
    assert run.decision == "publish"
    assert "\\u200b" not in text_of(house, run)


def test_an_answer_that_was_cut_off_is_asked_for_once_more_with_twice_the_room(house: House, server: ScriptedServer):
    run, attempts = ask(house, server, "length+good")
    assert run.decision == "publish"
    assert [one.outcome for one in attempts if one.prompt == "verdict"] == ["length", "ok"]
    assert not any("repair" in one.prompt for one in attempts)
    own = [body for body in server.journal.bodies if body["model"] == f"{house.folder.name}/length+good"]
    assert own[1]["max_completion_tokens"] == 2 * own[0]["max_completion_tokens"]  # type: ignore[operator]  # both are numbers


def test_an_answer_that_is_always_cut_off_goes_back_as_too_long_and_ends(house: House, server: ScriptedServer):
    run, attempts = ask(house, server, "length")
    assert run.outcome is Outcome.FAILED
    assert "cut off at the length limit" in str(run.error)
    # the question and its longer try; the same of the first repair, whose fault is the same again
    assert [one.prompt for one in attempts] == ["verdict", "verdict", "verdict+repair", "verdict+repair"]


def test_the_same_fault_twice_ends_the_repairs(house: House, server: ScriptedServer):
    (house.data / "policy.yaml").write_text("repairs: 5\n")
    run, attempts = ask(house, server, "badjson")
    assert run.outcome is Outcome.FAILED
    assert [one.prompt for one in attempts] == ["verdict", "verdict+repair"]


def test_a_bad_answer_that_was_paid_for_is_not_asked_for_again_either(house: House, server: ScriptedServer):
    ask(house, server, "badjson")
    again, attempts = ask(house, server, "badjson")
    assert again.outcome is Outcome.FAILED
    assert attempts == ()


def test_a_web_page_amid_good_answers_is_waited_out(house: House, server: ScriptedServer):
    run, attempts = ask(house, server, "good+html+good")
    assert run.decision == "publish"
    assert [one.outcome for one in attempts].count("wrong_type") == 1


def test_a_prompt_that_leaves_no_room_for_an_answer_is_not_sent(house: House, server: ScriptedServer):
    (house.data / "models.yaml").write_text("models:\n  - {model: '*', context_tokens: 2000}\n")
    run, attempts = ask(house, server, "good")
    assert run.outcome is Outcome.FAILED
    assert "more than the 2,000 that" in str(run.error)
    assert attempts == ()


def test_attempts_are_one_budget_for_retries_and_repairs(house: House, server: ScriptedServer):
    run, attempts = ask(house, server, "500+badjson+500+badjson", model_attempts=3)
    assert run.outcome is Outcome.FAILED
    assert "attempts are used up" in str(run.error)
    assert len(attempts) == 3


def test_a_request_id_and_cached_tokens_are_kept(house: House, server: ScriptedServer):
    _, attempts = ask(house, server, "good")
    assert all(str(one.request_id).startswith("req-") for one in attempts)
    assert all(0 < one.usage.cached_tokens < one.usage.input_tokens for one in attempts)


def test_parked_work_is_taken_up_when_its_time_has_come_and_not_before(house: House, server: ScriptedServer):
    ask(house, server, "good+later+good")
    given = {"model": f"{house.folder.name}/good+later+good", "model_url": server.url, **QUICK}
    with house.parts(**given) as parts:
        assert asyncio.run(run_parked(parts)) == []
    house.now += timedelta(hours=2)
    with house.parts(**given) as parts:
        (run,) = asyncio.run(run_parked(parts))
        assert (run.outcome, run.decision) == (Outcome.IN_REVIEW, "publish")
        assert parts.store.locks.parked() == ()
        # The verdict had arrived before: only what was missing was asked for.
        assert {one.prompt for one in parts.store.ledger.attempts(run.id)} <= {"entity", "faq"}


def test_while_an_endpoint_wants_a_pause_nobody_asks_it(house: House, server: ScriptedServer):
    model = f"{house.folder.name}/later"
    with house.parts(model=model, model_url=server.url, **QUICK) as parts:
        comparison = parts.registry.comparison(SLUG)

        async def twice() -> list[Run]:
            return [*await run_many(parts, [comparison]), *await run_many(parts, [comparison])]

        runs = asyncio.run(twice())
    assert [run.outcome for run in runs] == [Outcome.PARKED] * 2
    assert server.journal.requests[model] == 1


def test_a_model_page_with_a_part_missing_is_not_published_by_policy(house: House, server: ScriptedServer):
    (house.data / "policy.yaml").write_text("auto_publish: [kettles]\n")
    run, _ = ask(house, server, "good+filter+good")
    assert (run.outcome, run.decision) == (Outcome.IN_REVIEW, "publish")
    assert any("content filter" in note for note in run.notes)


def test_a_key_that_travels_in_the_clear_is_said_in_the_run(house: House):
    given = {"model": "x", "model_url": "http://models.example/v1", "OPENAI_API_KEY": "k", "model_deadline_s": 0.01}
    with house.parts(**given) as parts:
        drafter = parts.drafter
    assert isinstance(drafter, ModelDrafter)
    assert any("travels unencrypted to http://models.example/v1" in line for line in drafter.warnings)


def test_an_answer_that_was_paid_for_is_not_paid_for_again(house: House, server: ScriptedServer):
    first, _ = ask(house, server, "good")
    assert first.draft_id is not None
    with house.parts() as parts:
        from flows.review import reject

        reject(parts, first.draft_id, editor="Eve", reason="dull")
    again, attempts = ask(house, server, "good")
    assert attempts == ()
    assert again.cost_usd == Decimal(0)


def test_what_a_killed_run_had_asked_is_in_the_ledger_and_lost_at_the_next_start(house: House, server: ScriptedServer):
    priced(house, "*")
    model = f"{house.folder.name}/hang+good"
    code = f"import sys; sys.argv = ['tiebreak', 'run', '{SLUG}', '--offline']; from flows.__main__ import main; main()"
    environment = {
        **os.environ,
        "TIEBREAK_DATA": str(house.data),
        "TIEBREAK_HOME": str(house.folder / "home"),
        "TIEBREAK_SITE": str(house.folder / "site"),
        "TIEBREAK_MODEL": model,
        "TIEBREAK_MODEL_URL": server.url,
        "TIEBREAK_MAX_COST_USD_PER_RUN": "9",
    }
    process = subprocess.Popen([sys.executable, "-c", code], env=environment, stderr=subprocess.DEVNULL)
    until = time.monotonic() + 60
    while server.journal.requests.get(model) is None and time.monotonic() < until:
        time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    process.wait()
    with house.parts() as parts:
        (killed,) = parts.store.ledger.runs()
        (asked,) = parts.store.ledger.attempts(killed.id)
        assert (asked.outcome, asked.usage.estimated, asked.raw) == ("asked", True, None)
        assert asked.cost_usd is not None
    run, attempts = ask(house, server, "hang+good", max_cost_usd_per_run=9)
    assert (run.outcome, len(attempts)) == (Outcome.IN_REVIEW, 4)
    with house.parts() as parts:
        (lost,) = parts.store.ledger.attempts(killed.id)
        assert (lost.outcome, lost.usage, lost.cost_usd) == ("lost", asked.usage, asked.cost_usd)
        # The money may be gone, so it counts.
        spent = [one.cost_usd for one in (*attempts, lost)]
        assert parts.store.ledger.spent() == sum(one for one in spent if one is not None)
    assert server.journal.requests[model] == 5


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
