"""JSON Lines in, JSON Lines out: one answer a line, in order; a malformed line is answered in its place."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from flows.quantities.cells import parse_cell
from flows.quantities.prose import find_quantities
from schemas.quantity import Kind, Quantity


@dataclass(slots=True)
class Tally:
    """What a stream held: with `malformed` above zero the command exits 2."""

    answered: int = 0
    malformed: int = 0


class _Malformed(ValueError):
    """A line that is no request; the message says why."""


def cells_lines(lines: Iterable[str], tally: Tally | None = None) -> Iterator[str]:
    """Answer each `{"raw", "metric_unit"}` with the quantity it holds. Blank lines are skipped."""
    return _answers(lines, _cell, tally)


def prose_lines(lines: Iterable[str], tally: Tally | None = None) -> Iterator[str]:
    """Answer each `{"text"}` with the quantities in it. Blank lines are skipped."""
    return _answers(lines, _prose, tally)


def wire_number(value: Decimal | None) -> int | float | None:
    """A value as a JSON number: whole numbers without a point."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() and abs(value) < 10**18 else float(value)


def _answers(
    lines: Iterable[str], answer: Callable[[dict[str, object]], dict[str, object]], tally: Tally | None
) -> Iterator[str]:
    tally = tally or Tally()
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            request = _request(line)
            result = answer(request)
            if "id" in request:
                result = {"id": request["id"], **result}
            tally.answered += 1
        except _Malformed as error:
            tally.malformed += 1
            result = {"line": number, "error": str(error)}
        yield _dumped(result)


def _dumped(result: dict[str, object]) -> str:
    text = json.dumps(result, ensure_ascii=False)
    # A lone surrogate is legal in JSON as an escape and cannot be written to a UTF-8 stream.
    return text if text.isascii() or not any("\ud800" <= c <= "\udfff" for c in text) else json.dumps(result)


def _request(line: str) -> dict[str, object]:
    try:
        request = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise _Malformed(f"not JSON: {error}") from None
    if not isinstance(request, dict):
        raise _Malformed("not a JSON object")
    return request


def _text(request: dict[str, object], key: str, *, optional: bool = False) -> str | None:
    if key not in request and not optional:
        raise _Malformed(f"{key!r} is missing")
    value = request.get(key)
    if value is None and (optional or key == "raw"):
        return None
    if not isinstance(value, str):
        raise _Malformed(f"{key!r} must be a string")
    return value


def _cell(request: dict[str, object]) -> dict[str, object]:
    raw = _text(request, "raw")
    found = parse_cell(raw, _text(request, "metric_unit", optional=True))
    answer: dict[str, object] = {
        "raw": raw,
        "kind": found.kind.value,
        **_values(found),
        "qualifier": found.qualifier,
        "unit_conflict": found.unit_conflict,
    }
    if found.kind is Kind.BOOLEAN:
        answer["value"] = found.boolean
    return answer


def _prose(request: dict[str, object]) -> dict[str, object]:
    text = _text(request, "text") or ""
    return {
        "text": text,
        "quantities": [{"start": q.start, "end": q.end, **_values(q)} for q in find_quantities(text) if q.is_numeric],
    }


def _values(quantity: Quantity) -> dict[str, object]:
    return {
        "low": wire_number(quantity.low),
        "high": wire_number(quantity.high),
        "unit": quantity.unit,
        "approx": quantity.approx,
        "bound": quantity.bound.value if quantity.bound else None,
    }
