"""How many of the labelled cells and sentences are read as labelled.

A cell may be read as `expect` says or as one of the overrides in `expect.alt` says: where people would differ, every reading
that one of them defends is allowed. A number is *invented* when the cell is labelled as none and no allowed reading has one.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from flows.quantities.lines import cells_lines, prose_lines

FOLDER = Path(__file__).parent
PARTS = ("develop", "look")
#: Relative distance of two values that are the same: units of old measure are rounded in the labels.
_SAME = 0.001

Record = dict[str, Any]
Miss = dict[str, object]


@cache
def _load(part: str, kind: str) -> tuple[Record, ...]:
    lines = (FOLDER / f"{part}_{kind}.jsonl").read_text(encoding="utf-8").splitlines()
    return tuple(json.loads(line) for line in lines if line.strip())


def score_cells(part: str) -> tuple[dict[str, float], list[Miss]]:
    """Shares of cells read right (`all fields`), of numeric ones with value and unit, of others with a number invented."""
    gold = _load(part, "cells")
    asked = (json.dumps({"raw": g["raw"], "metric_unit": g["metric_unit"]}) for g in gold)
    numeric = whole = valued = invented = 0
    misses: list[Miss] = []
    for expected, answer in zip(gold, map(json.loads, cells_lines(asked)), strict=True):
        is_numeric = _has_number(expected["expect"])
        allowed = list(_allowed(expected["expect"]))
        right = any(_reads(a, answer) for a in allowed)
        whole += right
        numeric += is_numeric
        if is_numeric:
            valued += any(_same_value(a, answer) for a in allowed)
        elif answer["low"] is not None:
            invented += not any(_has_number(a) and _same_value(a, answer) for a in allowed)
        if not right:
            misses.append({"raw": expected["raw"], "metric_unit": expected["metric_unit"], "answer": answer})
    return {
        "n": len(gold),
        "all fields": whole / len(gold),
        "value and unit": valued / numeric,
        "invented": invented / (len(gold) - numeric),
    }, misses


def score_prose(part: str) -> tuple[dict[str, float], list[Miss]]:
    """Recall of values, of values with their units, and precision: every quantity of these texts is labelled."""
    gold = _load(part, "prose")
    labelled = found = with_unit = given = 0
    misses: list[Miss] = []
    answers = map(json.loads, prose_lines(json.dumps({"text": g["text"]}) for g in gold))
    for expected, answer in zip(gold, answers, strict=True):
        free = list(answer["quantities"])
        given += len(free)
        for quantity in expected["quantities"]:
            labelled += 1
            match = _match(quantity, free)
            if match is None:
                misses.append({"text": expected["text"], "missed": quantity, "answer": answer["quantities"]})
                continue
            free.remove(match)
            found += 1
            with_unit += _same_unit(quantity, match)
            if not _same_unit(quantity, match):
                misses.append({"text": expected["text"], "unit": quantity, "answer": match})
        misses += [{"text": expected["text"], "stray": stray} for stray in free]
    return {
        "n": len(gold),
        "recall": found / labelled,
        "recall with unit": with_unit / labelled,
        "precision": found / given,
    }, misses


def _match(quantity: Record, free: list[Record]) -> Record | None:
    """The answer that overlaps the labelled span and has its value; the one with the right unit first."""
    near = [
        q for q in free if q["start"] < quantity["end"] and quantity["start"] < q["end"] and _same_numbers(quantity, q)
    ]
    return max(near, key=lambda q: _same_unit(quantity, q), default=None)


def _allowed(expect: Record) -> Iterator[Record]:
    yield expect
    for override in expect.get("alt", ()):
        yield {**expect, **override}


def _has_number(expect: Record) -> bool:
    return expect["kind"] in ("quantity", "range")


def _reads(expect: Record, answer: Record) -> bool:
    if _has_number(expect):
        kind = answer["kind"] in ("quantity", "range") and _same_value(expect, answer)
    else:
        kind = answer["kind"] == expect["kind"] and answer["low"] is None
    if expect["kind"] == "boolean" and answer.get("value") != expect.get("value"):
        return False
    return bool(
        kind
        and answer["approx"] == expect["approx"]
        and answer["bound"] == expect["bound"]
        and answer["unit_conflict"] == expect["unit_conflict"]
    )


def _same_value(expect: Record, answer: Record) -> bool:
    return _same_numbers(expect, answer) and _same_unit(expect, answer)


def _same_numbers(expect: Record, answer: Record) -> bool:
    return all(_near(expect[side], answer[side]) for side in ("low", "high"))


def _near(wanted: float | None, given: float | None) -> bool:
    if wanted is None or given is None:
        return wanted is given
    return abs(wanted - given) <= _SAME * abs(wanted) + 1e-15


def _same_unit(expect: Record, answer: Record) -> bool:
    """The same name; a share of one ("a third of users") may come back as a ratio."""
    wanted, given = (str(side["unit"]).casefold().replace(" ", "") for side in (expect, answer))
    return wanted == given or ((wanted, given) == ("1", "ratio") and 0 < expect["low"] < 1)
