"""What `tiebreak doctor` asks of the model endpoint: reachable, the key taken, the model known."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Literal

from flows.draft.chat import RequestFailed
from flows.draft.endpoint_address import sends_key_in_the_clear
from flows.draft.openai_model import OpenAIModel
from flows.draft.profiles import read_profile
from flows.settings import Settings

State = Literal["ok", "note", "wrong"]


def look_at_endpoint(settings: Settings) -> Iterator[tuple[State, str, str]]:
    """(state, what, fix) for each thing that was looked at. Costs nothing: it lists the endpoint's models."""
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
    try:
        known = asyncio.run(_models(chat))
    except RequestFailed as error:
        yield "wrong", str(error), "see above"
        return
    if settings.model not in known:
        near = ", ".join(known[:5]) or "none"
        yield (
            "wrong",
            f"{chat.address} does not list the model {settings.model!r} (it has: {near})",
            "set TIEBREAK_MODEL to one of them",
        )
        return
    yield "ok", f"{settings.model} at {chat.address}", ""
    if read_profile(settings.catalogue_folder / "models.yaml", settings.model).price is None:
        yield (
            "note",
            f"the price of {settings.model} is unknown: costs are shown as unknown and limits cannot hold",
            "add it to models.yaml of the catalogue",
        )


async def _models(chat: OpenAIModel) -> list[str]:
    try:
        return await chat.models(timeout_s=10)
    finally:
        await chat.close()
