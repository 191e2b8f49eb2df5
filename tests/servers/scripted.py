"""A chat-completions server whose behaviour is chosen by the model's name: for tests and benchmarks, on this machine only.

`MODEL` is a list of behaviours joined by "+", one a request, the last one for all that follow: "busy+500+good" answers 429,
then 500, then well. `chaos-20` answers 20 % of the requests badly, each kind in turn, at places drawn from a fixed seed: what
is asked again meets a fault no more often than what is asked first.
"""

from __future__ import annotations

import asyncio
import json
import random
import re
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from functools import cache

from tests.servers.writing import answer_for

Headers = dict[str, str]


@dataclass
class Journal:
    """What the server saw: the requests by model, and the tokens that it reported for answers that it sent whole."""

    requests: dict[str, int] = field(default_factory=dict)
    bodies: list[dict[str, object]] = field(default_factory=list)
    input_tokens: int = 0
    output_tokens: int = 0
    answers: int = 0
    faults: dict[str, int] = field(default_factory=dict)
    keep_bodies: bool = True

    @property
    def total(self) -> int:
        return sum(self.requests.values())


@dataclass(frozen=True)
class Reply:
    status: int = 200
    body: bytes = b""
    headers: Headers = field(default_factory=dict)
    #: Send only this many bytes of the body, then close; -1 closes before any answer.
    cut_at: int | None = None
    delay_s: float = 0
    #: Tokens that it reports; they count once it was sent whole.
    tokens: tuple[int, int] | None = None


#: Every way to fail that the drafting code must survive, in the order in which `chaos` uses them.
FAULTS = (
    "busy0", "500", "503", "badjson", "badschema", "html", "truncated", "disconnect", "brokenbody", "length",
    "othershape", "nousage", "unknownref", "wrongnumber", "pause", "filter", "refusal", "slow0.3", "hang",
)  # fmt: skip


class ScriptedServer:
    """Listens on a free port of the loopback. `latency_s` delays every answer."""

    def __init__(self, latency_s: float = 0) -> None:
        self.journal = Journal()
        #: More behaviours by name, each writing the text of its answer: for a test of its own.
        self.texts: dict[str, Callable[[dict[str, object]], str]] = {}
        self._latency_s = latency_s
        self._server: asyncio.Server | None = None
        self.port = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    async def start(self, port: int = 0) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        if self._server is not None:
            self._server.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while await self._one(reader, writer):
                pass
        except (asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
            pass
        finally:
            writer.close()

    async def _one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        head = await reader.readuntil(b"\r\n\r\n")
        line, *rest = head.decode("latin-1").split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (one.partition(":") for one in rest if one)}
        body = await reader.readexactly(int(headers.get("content-length", "0")))
        reply = self._reply(line.split()[1], headers, body)
        if self._latency_s or reply.delay_s:
            await asyncio.sleep(self._latency_s + reply.delay_s)
        if reply.cut_at == -1:
            return False
        fields = {"content-type": "application/json", **reply.headers, "content-length": str(len(reply.body))}
        writer.write(
            f"HTTP/1.1 {reply.status} X\r\n".encode()
            + "".join(f"{k}: {v}\r\n" for k, v in fields.items()).encode()
            + b"\r\n"
        )
        writer.write(reply.body[: reply.cut_at])
        await writer.drain()
        if reply.tokens is not None:
            self.journal.answers += 1
            self.journal.input_tokens += reply.tokens[0]
            self.journal.output_tokens += reply.tokens[1]
        return reply.cut_at is None

    def _reply(self, path: str, headers: Headers, raw: bytes) -> Reply:
        if headers.get("authorization") == "Bearer wrong":
            return error(401, "Incorrect API key provided", "invalid_api_key")
        if path.startswith("/site"):
            return _FIXED["html"]({})
        if path.endswith("/models"):
            return Reply(body=json.dumps({"data": [{"id": "good"}, {"id": "onlytext"}, {"id": "noschema"}]}).encode())
        if path.endswith("/journal"):
            return Reply(body=json.dumps({**asdict(self.journal), "bodies": []}).encode())
        body = json.loads(raw)
        model = str(body["model"])
        seen = self.journal.requests[model] = self.journal.requests.get(model, 0) + 1
        if self.journal.keep_bodies:
            self.journal.bodies.append(body)
        behaviour = behaviour_of(model, seen)
        self.journal.faults[behaviour] = self.journal.faults.get(behaviour, 0) + 1
        return self._behave(behaviour, body)

    def _behave(self, name: str, body: dict[str, object]) -> Reply:
        if name in ("noschema", "onlytools", "onlytext"):
            refused = _unsupported(name, body)
            return refused if refused is not None else self._answer(body)
        if name in _FIXED:
            return replace(_FIXED[name](body), tokens=_COUNTED.get(name))
        made = _TEXTS.get(name) or self.texts.get(name)
        if made is not None:
            return self._answer(body, made(body))
        if name == "nousage":
            return self._answer(body, usage=False)
        if name.startswith("slow"):
            return self._answer(body, delay_s=float(name[4:] or 1))
        if name != "good":
            return error(404, f"The model `{name}` does not exist", "model_not_found")
        return self._answer(body)

    def _answer(
        self, body: dict[str, object], text: str | None = None, *, usage: bool = True, delay_s: float = 0
    ) -> Reply:
        text = answer_for(body) if text is None else text
        tokens_in, tokens_out = len(json.dumps(body["messages"])) // 4, len(text) // 4
        message: dict[str, object] = {"role": "assistant", "content": text}
        if body.get("tool_choice"):
            message = {
                "role": "assistant",
                "content": None,
                "tool_calls": [{"id": "c", "type": "function", "function": {"name": "f", "arguments": text}}],
            }
        whole: dict[str, object] = {"id": "x", "object": "chat.completion", "created": 0, "model": body["model"]}
        whole["choices"] = [{"index": 0, "finish_reason": "stop", "message": message}]
        if usage:
            whole["usage"] = {
                "prompt_tokens": tokens_in,
                "completion_tokens": tokens_out,
                "total_tokens": tokens_in + tokens_out,
                "prompt_tokens_details": {"cached_tokens": tokens_in // 2},
            }
        return Reply(
            body=json.dumps(whole).encode(),
            headers={"x-request-id": f"req-{self.journal.total}"},
            delay_s=delay_s,
            tokens=(tokens_in, tokens_out) if usage else None,
        )


def behaviour_of(model: str, seen: int) -> str:
    """What request number `seen` (from 1) of a model gets. A name may carry a prefix for the test's own use: "x/good"."""
    name = model.rpartition("/")[2]
    if chaos := re.fullmatch(r"chaos-(\d+)", name):
        faults = chaos_faults(int(chaos[1]))
        return faults[seen % len(faults)]
    steps = name.split("+")
    return steps[min(seen, len(steps)) - 1]


@cache
def chaos_faults(percent: int) -> tuple[str, ...]:
    """Ten thousand behaviours in a row, `percent` of a hundred faulty, each kind as often as any other."""
    rows = 10_000 * percent // 100
    pattern = [FAULTS[number % len(FAULTS)] for number in range(rows)] + ["good"] * (10_000 - rows)
    random.Random(20).shuffle(pattern)
    return tuple(pattern)


def error(status: int, message: str, code: str | None = None, headers: Headers | None = None) -> Reply:
    """An error as OpenAI words it."""
    body = json.dumps({"error": {"message": message, "type": "error", "param": None, "code": code}}).encode()
    return Reply(status, body, headers or {})


def _completion(text: str, finish: str = "stop", refusal: str | None = None) -> bytes:
    message = {"role": "assistant", "content": text, "refusal": refusal}
    usage = {"prompt_tokens": 10, "completion_tokens": 5, "total_tokens": 15}
    return json.dumps(
        {
            "id": "x",
            "model": "m",
            "choices": [{"index": 0, "finish_reason": finish, "message": message}],
            "usage": usage,
        }
    ).encode()


def _unsupported(name: str, body: dict[str, object]) -> Reply | None:
    asked = body.get("response_format")
    kind = asked.get("type") if isinstance(asked, dict) else None
    if kind == "json_schema":
        return error(400, "response_format json_schema is not supported")
    if name != "noschema" and kind == "json_object":
        return error(500, "literal_error: response_format")
    if name == "onlytext" and body.get("tools"):
        return error(422, "tools are not supported")
    return None


#: What `_completion` reports, for the fixed replies that arrive whole.
_COUNTED = {name: (10, 5) for name in ("refusal", "length", "filter")}
_Made = Callable[[dict[str, object]], Reply]
_FIXED: dict[str, _Made] = {
    "busy": lambda _b: error(429, "slow down", headers={"retry-after": "0.02"}),
    "busy0": lambda _b: error(429, "slow down", headers={"retry-after": "0"}),
    "pause": lambda _b: error(429, "come back soon", headers={"retry-after": "0.4"}),
    "later": lambda _b: error(429, "come back later", headers={"retry-after": "3600"}),
    "quota": lambda _b: error(429, "You exceeded your current quota", "insufficient_quota"),
    "500": lambda _b: error(500, "boom"),
    "503": lambda _b: error(503, "overloaded"),
    "400": lambda _b: error(400, "your request is odd"),
    "never": lambda _b: error(503, "never mind", headers={"x-should-retry": "false"}),
    "context": lambda _b: error(400, "maximum context length exceeded", "context_length_exceeded"),
    "hang": lambda _b: Reply(delay_s=30, cut_at=-1),
    "refusal": lambda _b: Reply(body=_completion("", refusal="I cannot help with that.")),
    "length": lambda _b: Reply(body=_completion('{"reasoning": "and on', finish="length")),
    "filter": lambda _b: Reply(body=_completion("", finish="content_filter")),
    "html": lambda _b: Reply(body=b"<html><body>Welcome</body></html>", headers={"content-type": "text/html"}),
    "othershape": lambda _b: Reply(body=b'{"status": "ok"}'),
    "brokenbody": lambda _b: Reply(body=b'{"id": "x", "choices": [{"ind'),
    "odd": lambda _b: Reply(
        body=b'{"choices": [{"message": "hi", "finish_reason": 7}], "usage": {"prompt_tokens": "x"}}'
    ),
    "deep": lambda _b: Reply(body=b"[" * 100_000),
    "notutf8": lambda _b: Reply(body=b'{"choices": [{"message": {"content": "\xff\xfe"}}]}'),
    "truncated": lambda _b: Reply(body=_completion("x" * 500), cut_at=100),
    "disconnect": lambda _b: Reply(cut_at=-1),
}
_TEXTS: dict[str, Callable[[dict[str, object]], str]] = {
    "badjson": lambda _b: "Sure! Here is the verdict you wanted.",
    "badschema": lambda _b: '{"verdict": 7}',
    "surrogate": lambda _b: '{"verdict": "\\ud800 \\u0000"}',
    "brace": lambda b: f"In {{short}}: {answer_for(b)}",
    "hidden": lambda b: answer_for(b, extra="Its price is \u200b\u202e{{ swift.price }}."),
    "fenced": lambda b: f"Here you are:\n```json\n{answer_for(b)}\n```",
    "wrongnumber": lambda b: answer_for(b, extra="It takes 987 hours."),
    "worldly": lambda b: answer_for(b, extra="It has a large and mature ecosystem."),
    "unknownref": lambda b: answer_for(b, extra="It has {{ nobody.nothing }}."),
    "template": lambda b: answer_for(b, extra="{{ 7*7 }} {% for x in y %} {{ cycler.__init__ }}"),
    "markup": lambda b: answer_for(b, extra="<script>alert(1)</script> <b>Buy now</b>."),
}


@contextmanager
def scripted_server(latency_s: float = 0) -> Iterator[ScriptedServer]:
    """The server in a thread of its own, for tests that block."""
    server = ScriptedServer(latency_s)
    loop = asyncio.new_event_loop()
    ready = threading.Event()

    def run() -> None:
        asyncio.set_event_loop(loop)
        loop.run_until_complete(server.start())
        ready.set()
        loop.run_forever()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    ready.wait(10)
    try:
        yield server
    finally:
        _on(loop, server.stop())
        loop.call_soon_threadsafe(_cancel_all, loop)
        thread.join(5)
        loop.close()


def _on(loop: asyncio.AbstractEventLoop, work: Awaitable[None]) -> None:
    async def do() -> None:
        await work

    asyncio.run_coroutine_threadsafe(do(), loop).result(5)


def _cancel_all(loop: asyncio.AbstractEventLoop) -> None:
    tasks = asyncio.all_tasks(loop)
    for task in tasks:
        task.cancel()
    loop.call_soon(loop.stop) if not tasks else asyncio.gather(*tasks, return_exceptions=True).add_done_callback(
        lambda _f: loop.stop()
    )


def main() -> None:
    """`python -m tests.servers.scripted PORT LATENCY_S`: for benchmarks, in a process of its own. Prints the port."""
    import sys

    async def serve() -> None:
        server = ScriptedServer(float(sys.argv[2]) if len(sys.argv) > 2 else 0)
        server.journal.keep_bodies = False
        await server.start(int(sys.argv[1]) if len(sys.argv) > 1 else 0)
        print(server.port, flush=True)
        await asyncio.Event().wait()

    asyncio.run(serve())


if __name__ == "__main__":
    main()
