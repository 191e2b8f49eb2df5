"""Wire models <-> blocks: the strict schema that is sent, and the rules that an answer must keep beyond it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from pydantic import BaseModel, ValidationError

from flows.references import scan
from schemas.drafts import Block, Draft, Sentence, WireEntity, WireFaqs, WireSentence, WireVerdict

#: Characters of one sentence; words of the whole verdict.
MAX_SENTENCE = 400
VERDICT_WORDS = (25, 120)


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
    if made.get("type") == "object" and set(made.get("required", ())) != set(made.get("properties", {})):  # type: ignore[call-overload]  # both are what pydantic wrote
        raise ValueError("a field with a default is outside the strict subset of JSON schema")
    return made


def first_json(text: str) -> object:
    """The JSON document of an answer, also from within a code fence or prose. Raises ValueError when there is none."""
    stripped = text.strip()
    try:
        return json.loads(stripped)
    except ValueError:
        start = stripped.find("{")
        if start < 0:
            raise
        value, _end = json.JSONDecoder().raw_decode(stripped[start:])
        return value


def schema_errors(error: ValidationError) -> list[str]:
    """One compact line an error: path, rule, and the offending value cut short."""
    return [
        f"{'.'.join(str(part) for part in one['loc']) or '(whole answer)'}: {one['msg']} (got {str(one['input'])[:60]!r})"
        for one in error.errors()[:8]
    ]


def verdict_blocks(
    answer: WireVerdict, entities: Iterable[str], metrics: Iterable[str]
) -> tuple[list[Block], list[str]]:
    """The blocks of a verdict, and one line for each rule it breaks."""
    ids, known = list(entities), set(metrics)
    faults = [] if answer.winner in (*ids, "conditional") else [f"winner: must be one of {ids} or 'conditional'"]
    chosen = {choice.entity: choice for choice in answer.choices}
    faults += [f"choices: no entry for {one!r}" for one in ids if one not in chosen or not chosen[one].conditions]
    faults += [f"choices: {one!r} is no entity of this comparison" for one in chosen if one not in ids]
    faults += [
        f"differences: {one.metric!r} is no metric of this sheet"
        for one in answer.differences
        if one.metric not in known
    ]
    faults += [] if answer.short_answer else ["short_answer: must not be empty"]
    words = sum(len(one.text.split()) for one in answer.verdict)
    if not VERDICT_WORDS[0] <= words <= VERDICT_WORDS[1]:
        faults.append(f"verdict: {words} words, wanted 40 to 90")
    named = [("short_answer", answer.short_answer), ("verdict", answer.verdict)]
    named += [(f"choose.{one}", chosen[one].conditions) for one in ids if one in chosen]
    named += [("choose.neither", answer.neither)]
    seen: set[str] = set()
    for difference in answer.differences:
        if difference.metric in known and difference.metric not in seen:
            seen.add(difference.metric)
            named.append((f"difference.{difference.metric}", difference.sentences))
    return _blocks(named, faults)


def faq_blocks(answer: WireFaqs, names: Iterable[str]) -> tuple[list[Block], list[str]]:
    """The blocks of the FAQs, and one line for each rule they break."""
    lowered = [name.lower() for name in names]
    faults = [] if 3 <= len(answer.faqs) <= 8 else [f"faqs: {len(answer.faqs)} entries, wanted 3 to 8"]
    named: list[tuple[str, list[WireSentence]]] = []
    asked: set[str] = set()
    for number, faq in enumerate(answer.faqs[:8], 1):
        question = " ".join(faq.question.split())
        if not question.endswith("?"):
            faults.append(f"faqs.{number}.question: must end in '?'")
        if not any(name in question.lower() for name in lowered):
            faults.append(f"faqs.{number}.question: must name an entity")
        if question.lower() in asked:
            faults.append(f"faqs.{number}.question: stands there twice")
        asked.add(question.lower())
        named += [(f"faq.{number}.question", [WireSentence(text=question)]), (f"faq.{number}.answer", faq.answer)]
    return _blocks(named, faults)


def entity_blocks(answer: WireEntity, entity: str) -> tuple[list[Block], list[str]]:
    """Pros and cons of one entity, and one line for each rule they break: only its own facts may be referred to."""
    faults: list[str] = []
    for part, sentences in (("pros", answer.pros), ("cons", answer.cons)):
        if not 1 <= len(sentences) <= 5:
            faults.append(f"{part}: {len(sentences)} sentences, wanted 1 to 5")
        for number, sentence in enumerate(sentences, 1):
            names = [reference.path for reference in scan(sentence.text).references]
            if not names:
                faults.append(f"{part}.{number}: rests on no reference: {sentence.text[:60]!r}")
            faults += [
                f"{part}.{number}: {name!r} is not a fact of {entity!r}" for name in names if not _own(name, entity)
            ]
    return _blocks([(f"pros.{entity}", answer.pros), (f"cons.{entity}", answer.cons)], faults)


def assemble(blocks: Iterable[Block]) -> Draft:
    """A draft in the page's order: answer, verdict, choices, differences, pros and cons, FAQs."""
    order = {"short_answer": 0, "verdict": 1, "choose": 2, "difference": 3, "pros": 4, "cons": 5, "faq": 6}
    return Draft(blocks=tuple(sorted(blocks, key=lambda block: order.get(block.name.partition(".")[0], 9))))


def _own(path: str, entity: str) -> bool:
    return path.split(".")[0] == entity


def _blocks(named: Iterable[tuple[str, list[WireSentence]]], faults: list[str]) -> tuple[list[Block], list[str]]:
    blocks = []
    for name, sentences in named:
        kept = [Sentence(text=" ".join(one.text.split())) for one in sentences if one.text.strip()]
        faults += [
            f"{name}: a sentence of {len(one.text)} characters, wanted at most {MAX_SENTENCE}"
            for one in kept
            if len(one.text) > MAX_SENTENCE
        ]
        if kept:
            blocks.append(Block(name=name, sentences=tuple(kept)))
    return blocks, faults
