"""What `tiebreak doctor` asks of the model endpoint: reachable, the key taken, the model known, structure kept."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from difflib import get_close_matches
from typing import Literal

from flows.draft.chat import Mode, Outcome, Question, RequestFailed
from flows.draft.endpoint_address import sends_key_in_the_clear
from flows.draft.ladder import LADDER
from flows.draft.openai_model import OpenAIModel
from flows.draft.profiles import Profile, read_profile
from flows.draft.repair import judge_by
from flows.draft.wire import strict_schema
from flows.settings import Settings
from schemas.catalogue import Closed

State = Literal["ok", "note", "wrong"]


def look_at_endpoint(settings: Settings) -> Iterator[tuple[State, str, str]]:
    """(state, what, fix) for each thing that was looked at.

    Lists the endpoint's models, then asks the model one tiny question, the way that drafts are asked for: some endpoints
    list models without a key, or take a request for structure and do not know what it means.
    """
    assert settings.model is not None  # noqa: S101 - the caller asks only when one is set
    key = settings.openai_api_key.get_secret_value() if settings.openai_api_key else None
    if key is None and settings.model_url is None:
        yield (
            "wrong",
            "TIEBREAK_MODEL is set, but OPENAI_API_KEY is not",
            "set OPENAI_API_KEY, or TIEBREAK_MODEL_URL for an endpoint without a key",
        )
        return
    chat = OpenAIModel(settings.model_url, key)
    if key is not None and sends_key_in_the_clear(chat.address):
        yield "note", f"the key travels unencrypted to {chat.address}", "use https, or an endpoint on this machine"
    profile = read_profile(settings.catalogue_folder / "models.yaml", settings.model)
    yield from asyncio.run(_look(chat, settings.model, profile))
    if profile.price is None:
        yield (
            "note",
            f"the price of {settings.model} is unknown: costs are shown as unknown and limits cannot hold",
            "add it to models.yaml of the catalogue",
        )


async def _look(chat: OpenAIModel, model: str, profile: Profile) -> list[tuple[State, str, str]]:
    try:
        try:
            known = await chat.models(timeout_s=10)
        except RequestFailed as error:
            if error.status != 404:
                return [("wrong", str(error), _fix(error))]
            # Not every compatible server lists its models.
            known = [model]
        if model not in known:
            near = ", ".join(get_close_matches(model, known, 3) or known[:5]) or "none"
            what = f"{chat.address} does not list the model {model!r} (it has: {near})"
            return [("wrong", what, "set TIEBREAK_MODEL to one of them")]
        return [await _structure(chat, model, profile)]
    finally:
        await chat.close()


async def _structure(chat: OpenAIModel, model: str, profile: Profile) -> tuple[State, str, str]:
    """By which rung of the ladder the model answers a question with one field."""
    for mode in LADDER:
        question = Question(
            model=model,
            messages=[{"role": "user", "content": 'Answer with the JSON object {"ready": "yes"} and nothing else.'}],
            schema_name="ready",
            schema=strict_schema(_Ready),
            mode=mode,
            # Room for a model that thinks before it answers.
            parameters={profile.limit_parameter: 500, **profile.parameters},
            timeout_s=30,
        )
        try:
            answer = await chat.ask(question)
        except RequestFailed as error:
            if error.step_down:
                continue
            return "wrong", str(error), _fix(error)
        if judge_by(_Ready)(answer.text).answer is None:
            what = f"{model} at {chat.address} was asked by {mode.value} and did not answer as asked ({answer.outcome.value})"
            return "note", what, "drafts will need repairs: prefer a model that keeps to a schema"
        if mode is Mode.SCHEMA:
            return "ok", f"{model} at {chat.address}, answers by JSON schema", ""
        what = f"{model} at {chat.address} knows no JSON schema, it is asked by {mode.value}"
        return "note", what, "works, with more repairs: answers are held to the schema here"
    return "wrong", f"{chat.address} takes no request for {model}", "see what the server logs"


class _Ready(Closed):
    ready: str


def _fix(error: RequestFailed) -> str:
    if error.status in (401, 403):
        return "set OPENAI_API_KEY to a key of that endpoint"
    if error.outcome is Outcome.WRONG_TYPE:
        return "set TIEBREAK_MODEL_URL to the address of the API, usually ending in /v1"
    if error.outcome is Outcome.DISCONNECTED:
        return "start the server, or correct TIEBREAK_MODEL_URL"
    if error.status == 404:
        return "set TIEBREAK_MODEL to a model that it serves, and TIEBREAK_MODEL_URL to its API"
    return "try again later" if error.transient else "see what the endpoint says"
