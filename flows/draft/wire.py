"""The wire: the strict schema that is sent, and the JSON that comes back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from pydantic import BaseModel, ValidationError


@cache
def strict_schema(model: type[BaseModel]) -> Mapping[str, object]:
    """The JSON schema of a wire model in the strict subset: references inlined, no titles, every key required.

    Raises ValueError when the model uses something outside the subset, which a test turns into a failure.
    """
    schema = model.model_json_schema()
    inlined = _inline(schema, schema.get("$defs", {}))
    assert isinstance(inlined, dict)  # noqa: S101 - a model's schema is an object
    return inlined


_ALLOWED = {"type", "properties", "required", "additionalProperties", "items", "description", "enum", "const", "anyOf"}


def _inline(node: object, definitions: Mapping[str, Any]) -> object:
    if isinstance(node, list):
        return [_inline(one, definitions) for one in node]
    if not isinstance(node, dict):
        return node
    if "$ref" in node:
        target = definitions[str(node["$ref"]).rsplit("/", 1)[-1]]
        return _inline({**target, **{k: v for k, v in node.items() if k != "$ref"}}, definitions)
    made: dict[str, object] = {}
    for key, value in node.items():
        if key in ("$defs", "title"):
            continue
        if key not in _ALLOWED:
            raise ValueError(f"{key!r} is outside the strict subset of JSON schema")
        made[key] = (
            {k: _inline(v, definitions) for k, v in value.items()}
            if key == "properties"
            else _inline(value, definitions)
        )
    if made.get("type") == "object" and made.get("additionalProperties") is not False:
        raise ValueError("an open object is outside the strict subset of JSON schema")
    if made.get("type") == "object" and set(made.get("required", ())) != set(made.get("properties", {})):  # type: ignore[call-overload]  # both are what pydantic wrote
        raise ValueError("a field with a default is outside the strict subset of JSON schema")
    return made


def first_json(text: str) -> object:
    """The JSON document of an answer, also from within a code fence or prose. Raises ValueError when there is none."""
    stripped = text.strip()
    try:
        return json.loads(stripped)
    except ValueError:
        decoder, start = json.JSONDecoder(), stripped.find("{")
        # Prose may hold braces of its own before the document; a bound keeps a text of braces linear.
        for _try in range(5):
            if start < 0:
                break
            try:
                value, _end = decoder.raw_decode(stripped, start)
            except ValueError:
                start = stripped.find("{", start + 1)
            else:
                return value
        raise


def schema_errors(error: ValidationError) -> list[str]:
    """One compact line an error: path, rule, and the offending value cut short."""
    return [
        f"{'.'.join(str(part) for part in one['loc']) or '(whole answer)'}: {one['msg']} (got {str(one['input'])[:60]!r})"
        for one in error.errors()[:8]
    ]
