"""What the body of a chat completion amounts to, whatever a compatible server leaves out or sends as another type."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from flows.draft.chat import Mode, Outcome
from schemas.runs import Usage


def outcome_of(choice: Mapping[str, Any], mode: Mode) -> tuple[Outcome, str]:
    """What a choice amounts to. Compatible servers leave out, or send as null or as another type, whatever they like."""
    message = choice.get("message")
    message = message if isinstance(message, dict) else {}
    refusal = message.get("refusal")
    if refusal:
        return Outcome.REFUSAL, storable(str(refusal))
    text = _content(message.get("content"))
    calls = message.get("tool_calls")
    if mode is Mode.TOOL and isinstance(calls, list) and calls and isinstance(calls[0], dict):
        function = calls[0].get("function")
        arguments = function.get("arguments") if isinstance(function, dict) else None
        # Some servers give the arguments as an object already.
        text = arguments if isinstance(arguments, str) else json.dumps(arguments or {})
    finish = choice.get("finish_reason")
    if finish == "length":
        return Outcome.LENGTH, storable(text)
    if finish == "content_filter":
        return Outcome.CONTENT_FILTER, storable(text)
    return Outcome.OK, storable(text)


def _content(content: object) -> str:
    """Text, also from a list of parts."""
    if isinstance(content, list):
        return "".join(str(part.get("text") or "") for part in content if isinstance(part, dict))
    return content if isinstance(content, str) else ""


def storable(text: str) -> str:
    """Without what no database takes: lone surrogates and NUL."""
    return text.encode("utf-8", "replace").decode().replace("\0", " ")


def usage_of(reported: object) -> Usage | None:
    """Tokens as reported; None when there is no count, or none that makes sense."""
    if not isinstance(reported, dict):
        return None
    details = reported.get("prompt_tokens_details")
    prompt, completion = _count(reported.get("prompt_tokens")), _count(reported.get("completion_tokens"))
    if prompt is None and completion is None:
        return None
    # Local servers leave the details out, or send null for them; proxies put the count beside the others.
    cached = _count(details.get("cached_tokens")) if isinstance(details, dict) else None
    cached = _count(reported.get("cached_tokens")) if cached is None else cached
    return Usage(input_tokens=prompt or 0, cached_tokens=min(cached or 0, prompt or 0), output_tokens=completion or 0)


def _count(value: object) -> int | None:
    whole = isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < 2**31
    return int(value) if whole else None  # type: ignore[call-overload]  # `whole` says that it is a number
