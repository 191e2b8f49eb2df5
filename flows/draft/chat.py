"""The port to a chat model: what is asked, what comes back, and how it can go wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from schemas.runs import Usage

Message = Mapping[str, str]


class Mode(StrEnum):
    """How an answer is held to a schema, strongest first: the rungs of the capability ladder."""

    SCHEMA = "json_schema"
    OBJECT = "json_object"
    TOOL = "tool"
    TEXT = "text"


class Outcome(StrEnum):
    """What became of one request. Everything but OK is recorded with whatever text and usage arrived."""

    OK = "ok"
    BAD_JSON = "bad_json"
    BAD_SCHEMA = "bad_schema"
    REFUSAL = "refusal"
    LENGTH = "length"
    CONTENT_FILTER = "content_filter"
    BROKEN_BODY = "broken_body"
    WRONG_TYPE = "wrong_type"
    RATE_LIMITED = "rate_limited"
    SERVER_ERROR = "server_error"
    TIMEOUT = "timeout"
    DISCONNECTED = "disconnected"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Question:
    """One request. `parameters` are those that the model's profile allows, by their name on the wire."""

    model: str
    messages: Sequence[Message]
    schema_name: str
    schema: Mapping[str, object]
    mode: Mode
    parameters: Mapping[str, object]
    timeout_s: float


@dataclass(frozen=True, slots=True)
class Answer:
    """What arrived. `text` is the model's answer (for a refusal: its words); `usage` None when none was reported."""

    outcome: Outcome
    text: str
    usage: Usage | None
    model: str | None = None
    request_id: str | None = None


class RequestFailed(Exception):
    """A request that brought no answer.

    `transient`: asking again may help. `retry_after_s`: what the endpoint asked for, if anything. `step_down`: the
    endpoint does not know this way of asking for structure. `status` None: no HTTP answer at all. `sent`: the question
    may have reached the model.
    """

    def __init__(
        self,
        message: str,
        outcome: Outcome,
        *,
        transient: bool,
        retry_after_s: float | None = None,
        step_down: bool = False,
        status: int | None = None,
        sent: bool = True,
        raw: str | None = None,
        request_id: str | None = None,
    ) -> None:
        super().__init__(message)
        self.outcome = outcome
        self.transient = transient
        self.retry_after_s = retry_after_s
        self.step_down = step_down
        self.status = status
        self.sent = sent
        self.raw = raw
        self.request_id = request_id


class ChatModel(Protocol):
    """One request, one answer; no retries of its own."""

    #: What identifies the endpoint: its base URL.
    address: str

    def open(self) -> None:
        """Pay what the first question would pay for start-up, before any clock runs."""
        ...

    async def ask(self, question: Question) -> Answer:
        """Raises RequestFailed."""
        ...

    async def close(self) -> None:
        """Let go of connections."""
        ...
