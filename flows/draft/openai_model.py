"""Any OpenAI-compatible endpoint, by the openai SDK: the only importer of it.

The SDK's own retries are off (tenacity owns them, in `caller`) and its parsing is not used: the raw body is read here,
so that text and usage survive whatever is wrong with it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from flows.draft.chat import Answer, Mode, Outcome, Question, RequestFailed
from flows.draft.completion import outcome_of, storable, usage_of

if TYPE_CHECKING:
    from ssl import SSLContext

    from openai import APIStatusError, AsyncOpenAI

DEFAULT_URL = "https://api.openai.com/v1"
#: Words in an error body that blame the way structure was asked for.
_STRUCTURE = (
    "response_format",
    "json_schema",
    "json_object",
    "literal_error",
    "tool_choice",
    "tools",
    "schema",
    "grammar",
)


#: Requests that share one client. The SDK's transport walks through all connections of its pool before and after each
#: request, so one pool of 64 costs more than eight of 8.
_TOGETHER = 8


@dataclass(slots=True)
class _Lane:
    """A client with a connection pool of its own, and how many requests it has under way."""

    client: AsyncOpenAI
    busy: int = 0


class OpenAIModel:
    """Chat completions over as many clients as there are requests for, the first one made before the first question."""

    def __init__(self, url: str | None, api_key: str | None) -> None:
        self.address = (url or DEFAULT_URL).rstrip("/")
        # Local servers want no key; the SDK wants one.
        self._key = api_key or "none"
        self._lanes: list[_Lane] = []
        self._certificates: SSLContext | None = None

    def open(self) -> None:
        """Import the SDK and make a client: a second that no attempt should be charged for."""
        if not self._lanes:
            self._connect()

    async def ask(self, question: Question) -> Answer:
        """One request. Raises RequestFailed."""
        import httpx2
        import openai

        lane = next((one for one in self._lanes if one.busy < _TOGETHER), None) or self._connect()
        lane.busy += 1
        try:
            # The SDK's way to an endpoint by its path: the request goes out as it is, where `create` would walk through
            # every node of messages and schema first, and the answer comes back as it is.
            response = await lane.client.post(
                "/chat/completions",
                cast_to=httpx2.Response,
                content=json.dumps(_request(question)).encode(),
                options={"timeout": question.timeout_s},
            )
            return self._read(response.content.decode("utf-8", "replace"), response.headers, question.mode)
        except openai.APIStatusError as error:
            raise self._status(error, question.mode) from error
        except openai.APITimeoutError as error:
            message = f"{self.address} did not answer within {question.timeout_s:g} s"
            raise RequestFailed(message, Outcome.TIMEOUT, transient=True) from error
        except openai.APIConnectionError as error:
            raise self._unreachable(error) from error
        except (json.JSONDecodeError, UnicodeDecodeError) as error:
            # A 200 with a damaged body raises these, not an error of the SDK's.
            raise RequestFailed(f"{self.address} sent a damaged answer", Outcome.BROKEN_BODY, transient=True) from error
        except openai.OpenAIError as error:
            raise RequestFailed(
                f"{self.address}: {_one_line(str(error))}", Outcome.REJECTED, transient=False
            ) from error
        finally:
            lane.busy -= 1

    async def close(self) -> None:
        """Close all connections."""
        lanes, self._lanes = self._lanes, []
        for lane in lanes:
            await lane.client.close()

    async def models(self, timeout_s: float) -> list[str]:
        """The ids that the endpoint lists. Raises RequestFailed."""
        import openai

        self.open()
        try:
            response = await self._lanes[0].client.models.with_raw_response.list(timeout=timeout_s)
            body = json.loads(response.http_response.text)
            return [str(one["id"]) for one in body["data"]]
        except openai.APIStatusError as error:
            raise self._status(error, Mode.TEXT) from error
        except openai.APIConnectionError as error:
            raise self._unreachable(error) from error
        except (ValueError, KeyError, TypeError) as error:
            raise self._web_page("") from error

    def _connect(self) -> _Lane:
        import httpx2
        from openai import AsyncOpenAI, DefaultAsyncHttpxClient

        # Reading the certificates takes most of the time that a client takes to make.
        self._certificates = self._certificates or httpx2.create_ssl_context()
        http = DefaultAsyncHttpxClient(verify=self._certificates)
        self._lanes.append(
            _Lane(AsyncOpenAI(api_key=self._key, base_url=self.address, max_retries=0, http_client=http))
        )
        return self._lanes[-1]

    def _read(self, body: str, headers: Mapping[str, str], mode: Mode) -> Answer:
        kind = headers.get("content-type", "")
        if "json" not in kind and body.lstrip()[:1] != "{":
            raise self._web_page(body)
        try:
            completion = json.loads(body)
        except ValueError as error:
            raise RequestFailed(
                f"{self.address} sent a damaged answer",
                Outcome.BROKEN_BODY,
                transient=True,
                raw=storable(body[:20_000]),
            ) from error
        except RecursionError as error:
            raise RequestFailed(
                f"{self.address} sent an answer nested too deeply", Outcome.BROKEN_BODY, transient=True
            ) from error
        choices = completion.get("choices") if isinstance(completion, dict) else None
        if not isinstance(choices, list) or not choices or not isinstance(choices[0], dict):
            message = f"{self.address} answered, but not as a chat completion: is TIEBREAK_MODEL_URL the address of an OpenAI-compatible API?"
            raise RequestFailed(message, Outcome.WRONG_TYPE, transient=False, raw=storable(body[:20_000]))
        outcome, text = outcome_of(choices[0], mode)
        named = completion.get("model")
        return Answer(
            outcome=outcome,
            text=text,
            usage=usage_of(completion.get("usage")),
            model=named if isinstance(named, str) else None,
            request_id=_request_id(headers),
        )

    def _unreachable(self, error: Exception) -> RequestFailed:
        cause = error.__cause__ or error
        # By name: the SDK's transport has classes of its own for this, which nothing else here needs to know.
        never_connected = type(cause).__name__ in ("ConnectError", "ConnectTimeout", "UnsupportedProtocol")
        said = _one_line(str(cause)) or type(cause).__name__
        if never_connected:
            message = f"cannot reach the model endpoint {self.address} ({said}): is it running, and is TIEBREAK_MODEL_URL right?"
        else:
            message = f"the model endpoint {self.address} broke the connection off ({said})"
        return RequestFailed(message, Outcome.DISCONNECTED, transient=True, sent=not never_connected)

    def _web_page(self, body: str) -> RequestFailed:
        message = f"{self.address} answered with a web page, not with the API: TIEBREAK_MODEL_URL usually ends in /v1"
        return RequestFailed(message, Outcome.WRONG_TYPE, transient=False, raw=storable(body[:2_000]))

    def _status(self, error: APIStatusError, mode: Mode) -> RequestFailed:
        status, headers = error.status_code, error.response.headers
        body = error.response.text
        said = _one_line(_said(error.body) or body)[:200]
        wants = headers.get("x-should-retry")
        transient = wants == "true" or (wants != "false" and (status in (408, 409, 429) or status >= 500))
        outcome = Outcome.RATE_LIMITED if status == 429 else Outcome.SERVER_ERROR if status >= 500 else Outcome.REJECTED
        step_down = mode is not Mode.TEXT and _blames_structure(status, body)
        host = urlsplit(self.address).netloc
        if status in (401, 403):
            message = f"{host} refused the key ({status}): set OPENAI_API_KEY to a key of that endpoint"
        elif status == 404 and "model" in body.lower():
            message = f"{host} does not know the model: {said}; set TIEBREAK_MODEL to one that it serves"
            step_down = False
        elif status == 404:
            message = f"{self.address} has no chat completions (404): TIEBREAK_MODEL_URL usually ends in /v1"
        elif status == 429 and "insufficient_quota" in body:
            message, transient = f"{host}: the account's quota is used up: {said}", False
        else:
            message = f"{host} answered {status}: {said}"
        return RequestFailed(
            message,
            outcome,
            transient=transient and not step_down,
            retry_after_s=_retry_after(headers),
            step_down=step_down,
            status=status,
            raw=storable(body[:20_000]),
            request_id=_request_id(headers),
        )


def _request(question: Question) -> dict[str, Any]:
    request: dict[str, Any] = {"model": question.model, "messages": list(question.messages), **question.parameters}
    schema = {"name": question.schema_name, "schema": question.schema, "strict": True}
    if question.mode is Mode.SCHEMA:
        request["response_format"] = {"type": "json_schema", "json_schema": schema}
    elif question.mode is Mode.OBJECT:
        # `schema` beside the type is what llama.cpp's Python server enforces; others ignore it.
        request["response_format"] = {"type": "json_object", "schema": question.schema}
    elif question.mode is Mode.TOOL:
        function = {"name": question.schema_name, "parameters": question.schema}
        request["tools"] = [{"type": "function", "function": function}]
        request["tool_choice"] = {"type": "function", "function": {"name": question.schema_name}}
    return request


def _blames_structure(status: int, body: str) -> bool:
    lowered = body.lower()
    if "context" in lowered and ("length" in lowered or "exceed" in lowered):
        return False
    if status in (400, 404, 422, 501):
        return any(word in lowered for word in _STRUCTURE)
    return status == 500 and ("response_format" in lowered or "literal_error" in lowered)


def _request_id(headers: Mapping[str, str]) -> str | None:
    """As OpenAI names it, or as Azure and other gateways do."""
    for name in ("x-request-id", "apim-request-id", "request-id"):
        if name in headers:
            return headers[name][:120]
    return None


def _retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds, from `retry-after-ms` or `retry-after` (seconds or an HTTP date)."""
    from email.utils import parsedate_to_datetime

    milliseconds = headers.get("retry-after-ms")
    try:
        if milliseconds is not None:
            return max(0.0, float(milliseconds) / 1000)
        after = headers.get("retry-after")
        if after is None:
            return None
        try:
            return max(0.0, float(after))
        except ValueError:
            now = parsedate_to_datetime(headers["date"]) if "date" in headers else None
            then = parsedate_to_datetime(after)
            return None if now is None else max(0.0, (then - now).total_seconds())
    except (ValueError, TypeError):
        return None


def _said(body: object) -> str:
    if isinstance(body, dict):
        inner = body.get("error", body)
        return str(inner.get("message", inner)) if isinstance(inner, dict) else str(inner)
    return str(body or "")


def _one_line(text: str) -> str:
    return " ".join(text.split())
