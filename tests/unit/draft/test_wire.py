"""The wire: every model stays in the strict subset of JSON schema, and answers are read out of what surrounds them."""

from __future__ import annotations

import inspect
import json
from collections.abc import Iterator

import pytest
from pydantic import BaseModel, Field, create_model

import schemas.drafts
from flows.draft.repair import judge_by
from flows.draft.wire import first_json, strict_schema
from schemas.drafts import WireEntity

#: What strict endpoints take (OpenAI's "supported schemas").
KEYS = {"type", "properties", "required", "additionalProperties", "items", "description", "enum", "anyOf"}
WIRE_MODELS = [
    model
    for name, model in vars(schemas.drafts).items()
    if name.startswith("Wire") and inspect.isclass(model) and issubclass(model, BaseModel)
]


def nodes(schema: object, depth: int = 1) -> Iterator[tuple[dict[str, object], int]]:
    if isinstance(schema, dict):
        yield schema, depth
        for key in ("items", "anyOf"):
            yield from nodes(schema.get(key), depth + 1)
        for one in (schema.get("properties") or {}).values():
            yield from nodes(one, depth + 1)
    elif isinstance(schema, list):
        for one in schema:
            yield from nodes(one, depth)


def test_there_are_wire_models_to_hold_to_it():
    assert len(WIRE_MODELS) >= 8


@pytest.mark.parametrize("model", WIRE_MODELS, ids=lambda model: model.__name__)
def test_a_wire_model_stays_in_the_strict_subset(model: type[BaseModel]):
    schema = strict_schema(model)
    found = list(nodes(schema))
    assert schema["type"] == "object"
    assert max(depth for _, depth in found) <= 10
    assert sum(len(node.get("properties") or ()) for node, _ in found) <= 5_000  # type: ignore[arg-type]  # a mapping
    for node, _ in found:
        assert set(node) <= KEYS
        if node.get("type") == "object":
            assert node["additionalProperties"] is False
            assert node["required"] == list(node["properties"])  # type: ignore[call-overload]  # a mapping


@pytest.mark.parametrize("model", WIRE_MODELS, ids=lambda model: model.__name__)
def test_reasoning_comes_before_what_it_reasons_about(model: type[BaseModel]):
    fields = list(model.model_fields)
    if "reasoning" in fields:
        assert fields.index("reasoning") <= 1
        assert fields[-1] != "reasoning"


@pytest.mark.parametrize(
    ("field", "kind"),
    [
        (str, Field("x")),
        (str, Field(max_length=5)),
        (dict[str, str], Field()),
        (tuple[int, str], Field()),
        (set[str], Field()),
    ],
)
def test_a_field_outside_the_subset_is_refused(field: type, kind: object):
    model = create_model("Odd", __config__={"extra": "forbid"}, field=(field, kind))  # type: ignore[call-overload]  # made by parts
    with pytest.raises(ValueError, match="strict subset"):
        strict_schema(model)


@pytest.mark.parametrize(
    "text",
    ['{"a": 1}', ' \n{"a": 1}\n', '```json\n{"a": 1}\n```', 'In {short}: {"a": 1} Done.', 'A { b { {"a": 1}'],
)
def test_the_document_is_found_in_what_stands_around_it(text: str):
    assert first_json(text) == {"a": 1}


@pytest.mark.parametrize("text", ["", "no", "{", "{" * 100_000, "[" * 100_000, '{"a": 1', "{}" * 3 + "{", "\x00"])
def test_what_holds_no_answer_is_judged_and_never_raises(text: str):
    judged = judge_by(WireEntity)(text)
    assert judged.answer is None
    assert judged.faults
    assert all(len(one) < 300 for one in judged.faults)


def test_a_schema_error_names_path_rule_and_value():
    answer = json.dumps({"reasoning": "r", "pros": [{"text": 7}], "cons": [], "more": 1})
    judged = judge_by(WireEntity)(answer)
    assert judged.faults[0].startswith("pros.0.text: Input should be a valid string (got '7')")
    assert any(one.startswith("more: ") for one in judged.faults)
