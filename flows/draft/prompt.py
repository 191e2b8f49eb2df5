"""Prompts: files rendered in a sandbox, with the facts as JSON between random markers, and the hashes of what was sent."""

from __future__ import annotations

import hashlib
import json
import re
import secrets
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import BaseModel

from flows.check import case_from_sheet
from flows.draft.chat import Message, Mode
from flows.draft.wire import strict_schema
from flows.errors import UnknownName
from flows.references import table
from flows.references.table import referable
from schemas.catalogue import Direction, MetricKind
from schemas.checking import CheckCase
from schemas.drafts import WireEntity, WireFaqs, WireJudgement, WireVerdict
from schemas.facts import FactSheet
from schemas.proposals import WireProposals

if TYPE_CHECKING:
    from jinja2.sandbox import ImmutableSandboxedEnvironment

FOLDER = Path(__file__).resolve().parent.parent.parent / "prompts"
#: Stands for the random marker in everything that is hashed: the same question has the same key whatever its marker. A
#: private-use character, which `visible` takes out of everything that comes from outside: no fact can name the marker.
_MARKER = "\ue000"
MAX_VALUE = 300
#: References that a repair message lists.
MAX_ALLOWED = 200

#: The prompts that make a draft, then those that do not.
DRAFTING = ("verdict", "faq", "entity")
#: The one that the others wait for.
OPENING = "verdict"
WIRE: Mapping[str, type[BaseModel]] = {
    "verdict": WireVerdict,
    "faq": WireFaqs,
    "entity": WireEntity,
    "judge": WireJudgement,
    "claims": WireProposals,
}
#: The template of the message that carries the data, where it is not the facts alone.
_DATA = {"claims": "text.md.j2"}
#: Tokens an answer usually takes: what must have room, and what an answer that got lost is booked at.
_EXPECTED_OUTPUT = {"verdict": 1_200, "faq": 1_000, "entity": 500, "judge": 500, "claims": 1_500}


@dataclass(frozen=True, slots=True)
class Prompt:
    """One question, ready to send. `messages` carry a placeholder where the random marker will stand."""

    name: str
    version: str
    prompt_hash: str
    answer_key: str
    messages: tuple[Message, ...]
    schema_name: str
    schema: Mapping[str, object]
    tokens: int
    expected_output_tokens: int
    #: Other questions wait for its answer.
    opens: bool = False
    _with_schema: tuple[Message, ...] = field(repr=False, default=())

    def sent(self, mode: Mode) -> list[Message]:
        """The messages as they go out, under a marker of their own; the schema in words where the mode does not carry it."""
        marker = f"DATA-{secrets.token_hex(8)}"
        chosen = self._with_schema if mode in (Mode.OBJECT, Mode.TEXT) else self.messages
        # Only ours: what came back from a model is sent as it was.
        return [
            {**message, "content": message["content"].replace(_MARKER, marker)} if number == 1 else message
            for number, message in enumerate(chosen)
        ]

    def as_dict(self) -> dict[str, object]:
        """For `tiebreak prompt --json`."""
        return {
            "name": self.name,
            "version": self.version,
            "prompt_hash": self.prompt_hash,
            "answer_key": self.answer_key,
            "tokens": self.tokens,
            "messages": [dict(message) for message in self.sent(Mode.SCHEMA)],
            "schema": self.schema,
        }


@dataclass(frozen=True, slots=True)
class Task:
    """What is asked of whom: a template, the facts for it, and the model with its parameters and sample number."""

    name: str
    facts: str
    model: str
    parameters: str = ""
    sample: int = 0


def build_prompt(task: Task, *, repair: tuple[str, str] | None = None) -> Prompt:
    """The prompt of a task. `repair`: the last answer and the text of the repair message, which replace older ones."""
    plain, worded = _system(task.name, with_schema=False), _system(task.name, with_schema=True)
    user = _environment().get_template(_DATA.get(task.name, "facts.md.j2")).render(marker=_MARKER, facts=task.facts)
    tail: list[Message] = [{"role": "user", "content": user}]
    if repair is not None:
        tail += [{"role": "assistant", "content": repair[0]}, {"role": "user", "content": repair[1]}]
    messages = ({"role": "system", "content": plain}, *tail)
    key = _sha([dict(message) for message in messages], task.model, task.parameters, task.sample)
    schema = strict_schema(WIRE[task.name])
    # The schema is part of what the model reads, whichever way it is sent.
    tokens = sum(estimate_tokens(message["content"]) for message in messages) + _schema_tokens(task.name)
    return Prompt(
        name=task.name if repair is None else f"{task.name}+repair",
        version=front_matter(task.name)["version"],
        prompt_hash=prompt_hash(task.name, task.parameters),
        answer_key=key,
        messages=messages,
        schema_name=f"tiebreak_{task.name}",
        schema=schema,
        tokens=tokens,
        expected_output_tokens=_EXPECTED_OUTPUT[task.name],
        opens=task.name == OPENING,
        _with_schema=({"role": "system", "content": worded}, *tail),
    )


def repair_text(problems: Sequence[str], allowed: Sequence[str]) -> str:
    """The message that goes back with what does not hold, each problem as a JSON string: it may quote a fact."""
    quoted = [json.dumps(visible(one), ensure_ascii=False) for one in problems]
    return _environment().get_template("repair.md.j2").render(problems=quoted, allowed=list(allowed[:MAX_ALLOWED]))


def judged_facts(sheet: FactSheet, first: str, second: str) -> str:
    """What the judge is given: the facts, and two verdicts as readers see them, without who wrote them."""
    facts = json.loads(sheet_facts(sheet))
    return json.dumps({"facts": facts, "A": visible(first, 4_000), "B": visible(second, 4_000)}, ensure_ascii=False)


def text_facts(case: CheckCase, part: str) -> str:
    """What a second reader is given: the things compared, the metrics, the whole text, and the part of it to read.

    The values of quantities are left out: a reader that sees them can pick the cell that fits a number instead of the one
    that the words mean. Text is passed character by character, for quotes must be exact.
    """
    has: dict[str, list[str]] = {}
    said: dict[str, dict[str, str]] = {}
    kinds = {metric.id: metric.kind for metric in case.metrics}
    for fact in case.facts:
        if fact.value is None:
            continue
        has.setdefault(fact.metric, []).append(fact.entity)
        if kinds.get(fact.metric) not in (MetricKind.QUANTITY, MetricKind.DATE):
            said.setdefault(fact.metric, {})[fact.entity] = visible(fact.value)
    better = {Direction.HIGHER: "higher", Direction.LOWER: "lower", Direction.NEUTRAL: "neutral, no winner"}
    metrics = [
        {
            "metric": metric.id,
            "name": visible(metric.name),
            "also": [visible(alias) for alias in metric.aliases],
            "unit": visible(metric.unit or ""),
            "better": better[metric.direction],
            "has_facts": sorted(set(has.get(metric.id, ()))),
            **({"values": said[metric.id]} if metric.id in said else {}),
        }
        for metric in case.metrics
    ]
    entities = [
        {"id": one.id, "name": visible(one.name), "also": [visible(alias) for alias in one.aliases]}
        for one in case.entities
    ]
    document = {"entities": entities, "metrics": metrics, "text": _exact(case.text), "read": _exact(part)}
    return json.dumps(document, ensure_ascii=False)


def sheet_facts(sheet: FactSheet, only: str | None = None, prints: Mapping[str, str] | None = None) -> str:
    """The facts of a sheet as JSON, beside each the reference and the exact text it prints.

    Agreed and single facts only. `only`: the facts of one entity, and nothing that names the other, so that the answer can
    be shared by every page of that entity. `prints`: the sheet's table of references, where the caller has made it already.
    """
    prints = table(sheet) if prints is None else prints
    usable = referable(sheet)
    entities = [one for one in sheet.entities if only in (None, one.id)]
    better = {Direction.HIGHER: "higher", Direction.LOWER: "lower", Direction.NEUTRAL: "neutral, no winner"}
    metrics: list[dict[str, object]] = []
    for metric in sheet.metrics:
        lines: list[dict[str, object]] = []
        for entity in entities:
            path = f"{entity.id}.{metric.id}"
            if (entity.id, metric.id) in usable and path in prints:
                lines.append({"entity": entity.id, "refer": "{{ " + path + " }}", "prints": visible(prints[path])})
        if not lines:
            continue
        entry: dict[str, object] = {
            "metric": metric.id,
            "name": visible(metric.name),
            "better": better[metric.direction],
            "facts": lines,
        }
        if only is None:
            derived = _derived(sheet, metric.id, prints)
            if derived:
                entry["derived"] = derived
            if metric.id in sheet.better:
                entry["better_here"] = sheet.better[metric.id]
        metrics.append(entry)
    document = {
        "category": visible(sheet.category.name),
        "entities": [{"id": one.id, "name": visible(one.name)} for one in entities],
        "metrics": metrics,
    }
    if only is None:
        document["key_metrics"] = list(sheet.comparison.key_metrics)
    return json.dumps(document, ensure_ascii=False)


def preview(which: str, sheet: FactSheet) -> Prompt:
    """What would be sent for a sheet. `repair`, `judge` and `claims` need an answer first, and are shown with a stand-in for it.

    Raises UnknownName for a prompt that does not exist.
    """
    if which == "repair":
        answer, problem = '{"reasoning": "...", ...}', "verdict.1: '...' is contradicted (...); right would be ..."
        repair = (answer, repair_text([problem], list(table(sheet))))
        return build_prompt(Task("verdict", sheet_facts(sheet), model=""), repair=repair)
    if which == "judge":
        return build_prompt(Task("judge", judged_facts(sheet, "(one verdict)", "(the other)"), model=""))
    if which == "claims":
        return build_prompt(Task("claims", text_facts(case_from_sheet(sheet), "(the text)"), model=""))
    if which not in WIRE:
        raise UnknownName(f"there is no prompt {which!r}: {', '.join((*DRAFTING, 'repair', 'judge', 'claims'))}")
    only = sheet.entities[0].id if which == "entity" else None
    return build_prompt(Task(which, sheet_facts(sheet, only), model=""))


@cache
def prompt_hash(name: str, parameters: str = "") -> str:
    """Of the template with its includes, the wire schema and the parameters."""
    sources = [
        (FOLDER / file).read_text(encoding="utf-8")
        for file in (f"{name}.md.j2", "rules.md.j2", _DATA.get(name, "facts.md.j2"), "repair.md.j2")
    ]
    return _sha(sources, strict_schema(WIRE[name]) if name in WIRE else None, parameters)


def all_prompts_hash(parameters: str = "") -> str:
    """One hash over the prompts that make a draft."""
    return _sha([prompt_hash(name, parameters) for name in DRAFTING])


@cache
def front_matter(name: str) -> dict[str, str]:
    """`name` and `version` from the comment at the head of a template."""
    head = (FOLDER / f"{name}.md.j2").read_text(encoding="utf-8").partition("#}")[0]
    found = dict(re.findall(r"(name|version):\s*(\S+)", head))
    return {"name": found.get("name", name), "version": found.get("version", "0")}


def estimate_tokens(text: str) -> int:
    """Tokens of a text, on the safe side: about 3.5 characters each for English with figures and JSON."""
    return int(len(text) / 3.5) + 1


def visible(text: str, longest: int = MAX_VALUE) -> str:
    """A text from outside without control, zero-width, bidi, tag and private-use characters, on one line, cut to a bound."""
    text = text[: 4 * longest]
    if text.isascii() and text.isprintable():
        return " ".join(text.split())[:longest]
    kept = "".join(one if unicodedata.category(one)[0] != "C" else " " for one in text)
    return " ".join(kept.split())[:longest]


def _exact(text: str) -> str:
    """A text without characters that could hide something or name the marker, each replaced by one space."""
    return "".join(one if one in "\n\t" or unicodedata.category(one)[0] != "C" else " " for one in text)


def _derived(sheet: FactSheet, metric: str, prints: Mapping[str, str]) -> list[dict[str, object]]:
    lines: list[dict[str, object]] = []
    for derivation in sheet.derivations:
        if derivation.metric != metric or derivation.id not in prints:
            continue
        line: dict[str, object] = {"refer": "{{ " + derivation.id + " }}", "prints": prints[derivation.id]}
        if derivation.larger:
            line["larger_value"] = derivation.larger
        if derivation.base:
            line["percent_of"] = derivation.base
        lines.append(line)
    return lines


@cache
def _schema_tokens(name: str) -> int:
    return estimate_tokens(json.dumps(strict_schema(WIRE[name]), ensure_ascii=False))


@cache
def _system(name: str, *, with_schema: bool) -> str:
    schema = json.dumps(strict_schema(WIRE[name]), ensure_ascii=False) if with_schema else None
    return _environment().get_template(f"{name}.md.j2").render(schema=schema)


@cache
def _environment() -> ImmutableSandboxedEnvironment:
    from jinja2 import FileSystemLoader, StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    made = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(FOLDER),
        undefined=StrictUndefined,
        autoescape=False,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        # What is sent must be what was hashed when the process began.
        auto_reload=False,
    )
    made.globals.clear()
    return made


def _sha(*parts: object) -> str:
    return hashlib.sha256(
        json.dumps(parts, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    ).hexdigest()
