"""Writes what a well-behaved model would: a schema-valid answer from the facts in the prompt. No claim about any real model."""

from __future__ import annotations

import json
import re
from typing import Any

_DATA = re.compile(r"<<(DATA-[0-9a-f]+)\n(.*)\n\1>>", re.S)


def answer_for(body: dict[str, object], extra: str | None = None, *, always: bool = False) -> str:
    """The answer as JSON text.

    `extra`: one more sentence, wherever the answer has its first list of sentences; `always`: also after a repair.
    """
    messages: Any = body["messages"]
    if '"ready"' in messages[0]["content"]:
        return json.dumps({"ready": "yes"})
    system = messages[0]["content"]
    found = _DATA.search(messages[1]["content"])
    facts = json.loads(found[2]) if found else {"entities": [], "metrics": []}
    if "pros and cons of one entity" in system:
        made = _entity(facts)
    elif "Your task: the questions" in system:
        made = _faqs(facts)
    else:
        made = _verdict(facts)
    repaired = any("These parts do not hold" in message["content"] for message in messages)
    if extra is not None and (always or not repaired):
        (made["pros"] if "pros" in made else made["faqs"][0]["answer"] if "faqs" in made else made["verdict"]).append(
            {"text": extra}
        )
    return json.dumps(made)


def _two_sided(facts: dict[str, Any]) -> list[dict[str, Any]]:
    return [metric for metric in facts["metrics"] if len(metric["facts"]) == 2]


def _states(facts: dict[str, Any], metric: dict[str, Any]) -> str:
    names = {one["id"]: one["name"] for one in facts["entities"]}
    first, second = metric["facts"]
    return f"{metric['name']}: {names[first['entity']]} {first['refer']}, {names[second['entity']]} {second['refer']}."


def _verdict(facts: dict[str, Any]) -> dict[str, Any]:
    metrics = _two_sided(facts)[:4]
    names = [one["name"] for one in facts["entities"]]
    sentences = [{"text": _states(facts, metric)} for metric in metrics]
    while sum(len(one["text"].split()) for one in sentences) < 25:
        sentences.append({"text": f"The figures for {names[0]} and for {names[-1]} stand side by side on this page."})
    return {
        "reasoning": "The metrics that both have decide.",
        "decisive_metrics": [metric["metric"] for metric in metrics],
        "winner": "conditional",
        "short_answer": sentences[:1],
        "verdict": sentences,
        "choices": [
            {
                "entity": one["id"],
                "conditions": [{"text": f"Choose {one['name']} if its figures suit you: {_own(facts, one['id'])}"}],
            }
            for one in facts["entities"]
        ],
        "neither": [],
        "differences": [
            {"metric": metric["metric"], "sentences": [{"text": _states(facts, metric)}]} for metric in metrics[:3]
        ],
    }


def _own(facts: dict[str, Any], entity: str) -> str:
    for metric in facts["metrics"]:
        for fact in metric["facts"]:
            if fact["entity"] == entity:
                return f"{metric['name']} {fact['refer']}."
    return "see the table."


def _faqs(facts: dict[str, Any]) -> dict[str, Any]:
    names = [one["name"] for one in facts["entities"]]
    metrics = (_two_sided(facts) * 3)[:3]
    return {
        "reasoning": "What they cost and do.",
        "faqs": [
            {
                "question": f"What about {metric['name']} of {names[0]} and {names[-1]}, part {number}?",
                "answer": [{"text": _states(facts, metric)}],
            }
            for number, metric in enumerate(metrics, 1)
        ],
    }


def _entity(facts: dict[str, Any]) -> dict[str, Any]:
    lines = [{"text": f"{metric['name']}: {metric['facts'][0]['refer']}."} for metric in facts["metrics"]]
    return {"reasoning": "Its own figures.", "pros": lines[:2], "cons": lines[2:3] or lines[:1]}
