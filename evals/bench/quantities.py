"""Quantities: microseconds a cell, milliseconds per 100 words, milliseconds to import; quantulum3 beside it.

    python -m evals.bench.quantities

The texts are the shared development sets where they lie beside the checkout (TIEBREAK_SHARED says where), else a few of
our own. Both parsers read the same texts in the same run; recall is the share of expected values that came back, by the
value alone, in any unit of one scale. quantulum3 is only in the bench environment: without it our figures stand alone.
"""

from __future__ import annotations

import contextlib
import importlib.util
import io
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypedDict

from flows.quantities import find_quantities, parse_cell
from flows.quantities.units import convert

SHARED = Path(os.environ.get("TIEBREAK_SHARED", Path(__file__).resolve().parents[3] / "shared")) / "benchmarks"
ROUNDS = 5
_OWN_CELLS: list[tuple[str, str | None]] = [
    ("~2,500 req/s", None), ("$9.99/month", None), ("Yes (built-in)", None), ("8-12 ms", "ms"), ("Up to 7 days", None), ("75,000+", "stars"), ("1080 x 2400", None), ("v3.7 (March 2026)", None), ("High", None), ("2m23s", None),
]  # fmt: skip
_OWN_TEXTS = (
    "It handles about 12,000 req/s, three times as many, and costs $9.99 a month.",
    "Cold starts take 120-350 ms; the file is 1.5 GB, 25 % smaller than in 2018.",
)


class Expected(TypedDict):
    """One quantity that a text holds, in the unit it names."""

    low: float
    high: float
    unit: str | None


Reader = Callable[[str], list[tuple[float, str | None]]]


def main() -> None:
    """Print the table."""
    cells, texts, expected = _cells(), *_texts()
    words = sum(len(text.split()) for text in texts)
    print(f"{len(cells)} cells, {len(texts)} texts of {words} words, best of {ROUNDS} rounds")
    print(f"{'':24}{'us a cell':>12}{'ms per 100 words':>18}{'recall of values %':>20}{'import ms':>12}")
    ours = _best(lambda: [parse_cell(raw, unit) for raw, unit in cells]) / len(cells) * 1e6
    prose = _best(lambda: [find_quantities(text) for text in texts]) / words * 100 * 1e3
    _row("tiebreak", ours, prose, _recall(_ours, texts, expected), _import_ms("flows.quantities"))
    if importlib.util.find_spec("quantulum3") is None:
        print("quantulum3 is not installed here; `make bench` runs this in the bench environment, where it is.")
        return
    peer = _quantulum()
    cell_time = _best(lambda: [peer(raw) for raw, _ in cells], rounds=1) / len(cells) * 1e6
    prose_time = _best(lambda: [peer(text) for text in texts], rounds=1) / words * 100 * 1e3
    _row("quantulum3", cell_time, prose_time, _recall(peer, texts, expected), _import_ms("quantulum3.parser"))


def _row(name: str, cell: float, prose: float, recall: float | None, start: float) -> None:
    shown = "-" if recall is None else f"{recall:.1f}"
    print(f"{name:24}{cell:>12.1f}{prose:>18.2f}{shown:>20}{start:>12.1f}")


def _best(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Seconds of the fastest round; the first, which compiles patterns, is not counted."""
    work()
    times = []
    for _ in range(rounds):
        begin = time.perf_counter()
        work()
        times.append(time.perf_counter() - begin)
    return min(times)


def _lines(name: str) -> list[dict[str, object]]:
    path = SHARED / name
    return (
        [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        if path.exists()
        else []
    )


def _cells() -> list[tuple[str, str | None]]:
    rows = _lines("metric_strings_dev.jsonl")
    return [
        (str(row["raw"]), None if row["metric_unit"] is None else str(row["metric_unit"])) for row in rows
    ] or _OWN_CELLS


def _texts() -> tuple[list[str], list[list[Expected]] | None]:
    rows = _lines("quantities_prose_dev.jsonl")
    if not rows:
        return list(_OWN_TEXTS), None
    expected: list[list[Expected]] = [row["quantities"] for row in rows]  # type: ignore[misc]  # the set's own format
    return [str(row["text"]) for row in rows], expected


def _ours(text: str) -> list[tuple[float, str | None]]:
    found = []
    for quantity in find_quantities(text):
        if quantity.low is not None and quantity.high is not None:
            found += [(float(quantity.low), quantity.unit), (float(quantity.high), quantity.unit)]
    return found


def _quantulum() -> Reader:
    with warnings.catch_warnings():
        # It warns that its optional classifier is not there.
        warnings.simplefilter("ignore")
        from quantulum3 import parser

    def read(text: str) -> list[tuple[float, str | None]]:
        with contextlib.redirect_stdout(io.StringIO()):
            try:
                found = parser.parse(text)
            except Exception:  # noqa: BLE001  # the peer raises on some texts; that is a miss, not the end of the run
                return []
        values = []
        for quantity in found:
            width = quantity.uncertainty or 0
            values += [(quantity.value - width, quantity.unit.name), (quantity.value + width, quantity.unit.name)]
        return values

    return read


def _recall(reader: Reader, texts: Sequence[str], expected: list[list[Expected]] | None) -> float | None:
    """Share in per cent of the expected quantities whose both ends came back; None without an annotated set."""
    if expected is None:
        return None
    found = total = 0
    for text, wanted in zip(texts, expected, strict=True):
        values = reader(text)
        for quantity in wanted:
            total += 1
            found += all(_has(values, end, quantity["unit"]) for end in (quantity["low"], quantity["high"]))
    return 100 * found / total


def _has(values: list[tuple[float, str | None]], wanted: float, unit: str | None) -> bool:
    return any(_close(value, wanted) or _close(value, _canonical(wanted, unit, own)) for value, own in values)


def _canonical(value: float, unit: str | None, target: str | None) -> float | None:
    from decimal import Decimal

    if unit is None or target is None:
        return None
    converted = convert(Decimal(str(value)), unit.lower(), target)
    return None if converted is None else float(converted)


def _close(a: float, b: float | None) -> bool:
    return b is not None and abs(a - b) <= 1e-3 * max(abs(a), abs(b), 1e-300)


def _import_ms(module: str) -> float:
    """Median of fresh processes that find the module compiled, as an installed package is."""
    with tempfile.TemporaryDirectory() as cache:
        environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"} | {
            "PYTHONPYCACHEPREFIX": cache
        }
        code = f"import time; t = time.perf_counter(); import {module}; print((time.perf_counter() - t) * 1e3)"
        times = []
        for _ in range(6):
            run = subprocess.run(
                [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment
            )
            times.append(float(run.stdout.split()[-1]))
        return statistics.median(times[1:])


if __name__ == "__main__":
    main()
