"""The checker's speed: a draft against a small and a large sheet, compiling apart, growth with the length of the text.

    python -m evals.bench.check

Bounds on one core: 120 words against 40 facts in 5 ms, against 200 facts of 30 entities in 20 ms; time grows with the
text no faster than the text. The sheet is compiled once for any number of texts, so that is a row of its own.
Texts at the checker's size limit that were made to be slow are read, too. quantulum3, which only finds the quantities,
reads the same draft beside it where it is installed (the bench environment).
"""

from __future__ import annotations

import contextlib
import importlib.util
import io
import time
import warnings
from collections.abc import Callable
from functools import partial

from flows.check import Compiled, check_text, compile_case
from flows.check.report import MAX_CHARACTERS
from flows.check.version import checker_version
from schemas.catalogue import Direction, MetricKind
from schemas.checking import CheckCase, CheckEntity, CheckFact, CheckMetric, Label, Report

ROUNDS = 25
SMALL_MS, LARGE_MS = 5.0, 20.0

#: id, name, aliases, unit, direction, kind, and the value of entity number n.
_METRICS: list[tuple[str, str, tuple[str, ...], str | None, Direction, MetricKind, Callable[[int], str]]] = [
    ("throughput", "Throughput", ("requests per second",), "req/s", Direction.HIGHER, MetricKind.QUANTITY, lambda n: f"{12_000 - 350 * n:,} req/s"),
    ("latency", "Median latency", ("p50",), "ms", Direction.LOWER, MetricKind.QUANTITY, lambda n: f"{8 + 3 * n} ms"),
    ("tail", "Tail latency", ("p99",), "ms", Direction.LOWER, MetricKind.QUANTITY, lambda n: f"{40 + 11 * n} ms"),
    ("memory", "Memory use", ("RAM",), "MB", Direction.LOWER, MetricKind.QUANTITY, lambda n: f"{64 + 16 * n} MB"),
    ("startup", "Startup time", (), "s", Direction.LOWER, MetricKind.QUANTITY, lambda n: f"{(6 + n) / 10} s"),
    ("price", "Price", ("cost",), "USD", Direction.LOWER, MetricKind.QUANTITY, lambda n: f"${19 + 5 * n}.99"),
    ("released", "First release", ("released",), None, Direction.NEUTRAL, MetricKind.DATE, lambda n: str(2010 + n % 14)),
    ("plugins", "Plugins", ("plugin support",), None, Direction.NEUTRAL, MetricKind.BOOLEAN, lambda n: "Yes" if n % 2 == 0 else "No"),
    ("licence", "Licence", ("license",), None, Direction.NEUTRAL, MetricKind.CATEGORY, lambda n: ("MIT", "Apache 2.0", "BSD")[n % 3]),
    ("stars", "GitHub stars", ("stars",), None, Direction.HIGHER, MetricKind.QUANTITY, lambda n: f"{70 - 2 * n},000"),
]  # fmt: skip
_NAMES = [
    f"{head}{tail}"
    for tail in ("dro", "vik", "sel")
    for head in ("Al", "Bren", "Cor", "Dun", "El", "Far", "Gan", "Hol", "Is", "Jar")
]

#: 120 words in a model's voice: values, orders, ratios, differences, ranks, capabilities, dates, advice.
DRAFT = (
    "Aldro is the faster of the two: it handles 12,000 requests per second, while Brendro reaches 11,650. "
    "Its median latency of 8 ms is 3 ms lower than Brendro's, and its p99 stays at 40 ms. "
    "Aldro also needs less memory, 64 MB against 80 MB, which is 20% less. "
    "Aldro supports plugins; Brendro does not. "
    "Released in 2010, Aldro is one year older, and it is MIT-licensed.\n\n"
    "Pros of Aldro:\n- Lowest price at $19.99\n- About 70,000 GitHub stars\n- Plugin support\n\n"
    "Cons of Brendro:\n- Higher tail latency (51 ms)\n- No plugins\n- Costs $24.99\n\n"
    "Choose Aldro if you want the cheaper one with more throughput. Choose Brendro if you prefer an Apache 2.0 licence."
)

_WIDE = "0123456789,.-–()%$~ "
_HOSTILE: dict[str, str] = {
    "one word": "a",
    "digits": "7",
    "digits and commas": "1,234,",
    "ranges": "1-2-",
    "brackets": "([{",
    "full stops": ". ",
    "colons": "a: ",
    "bullets": "- \n",
    "newlines": "\n",
    "names": "Aldro ",
    "names and numbers": "Aldro 12 ms than Brendro, ",
    "comparatives": "faster than Brendro and ",
    "hedges": "more than about ",
    "marks of all kinds": _WIDE,
}


def sheet(entities: int, metrics: int = len(_METRICS)) -> CheckCase:
    """A case of `entities` x `metrics` facts."""
    chosen = _METRICS[:metrics]
    return CheckCase(
        id="bench",
        entities=tuple(CheckEntity(id=f"e{n}", name=_NAMES[n]) for n in range(entities)),
        metrics=tuple(CheckMetric(id=m[0], name=m[1], aliases=m[2], unit=m[3], direction=m[4], kind=m[5]) for m in chosen),
        facts=tuple(CheckFact(id=f"e{n}.{m[0]}", entity=f"e{n}", metric=m[0], value=m[6](n)) for n in range(entities) for m in chosen),
    )  # fmt: skip


def _large() -> CheckCase:
    """200 facts of 30 entities: seven columns, the last one short."""
    case = sheet(30, 7)
    return case.model_copy(update={"facts": case.facts[:200]})


def main() -> int:
    """Print the tables; the result is 1 when a bound does not hold."""
    checker_version()
    print(f"A draft of {len(DRAFT.split())} words, fastest and middle of {ROUNDS} rounds, in ms")
    print(f"{'':44}{'fastest':>10}{'middle':>10}{'bound':>8}")
    over = [
        _against("40 facts, 4 entities", sheet(4), SMALL_MS),
        _against("200 facts, 30 entities", _large(), LARGE_MS),
    ]
    _peer()
    compiled = compile_case(sheet(4))
    _growth(compiled)
    _hostile(compiled)
    return int(any(over))


def _against(name: str, case: CheckCase, bound: float) -> bool:
    """The rows of one sheet; whether checking takes longer than its bound."""
    _row(f"compile {name}", _times(lambda: compile_case(case), 5), None)
    compiled = compile_case(case)
    over = _row(f"check against {name}", _times(lambda: check_text(DRAFT, compiled)), bound)
    print(f"{'':4}{_labels(check_text(DRAFT, compiled))}")
    return over


def _growth(compiled: Compiled) -> None:
    print("\nGrowth with the text (the same paragraphs again), against 40 facts")
    print(f"{'times the draft':>16}{'characters':>12}{'ms':>10}{'ms per 1x':>12}")
    for times in (1, 2, 4, 8, 16, 32):
        text = "\n\n".join([DRAFT] * times)
        fastest = _times(partial(check_text, text, compiled), 5)[0]
        print(f"{times:>16}{len(text):>12,}{fastest:>10.1f}{fastest / times:>12.2f}")


def _labels(report: Report) -> str:
    counted = ", ".join(f"{report.count(label)} {label.value}" for label in Label)
    return f"{len(report.claims)} claims: {counted}; {len(report.unchecked)} unchecked"


def _hostile(compiled: Compiled) -> None:
    """Seconds on texts that repeat one thing up to the size limit, and on half of it: a factor of about 2 is linear."""
    print(
        f"\nTexts made to be slow: seconds at {MAX_CHARACTERS // 2:,} and {MAX_CHARACTERS:,} characters, and at 10 MB"
    )
    for name, piece in _HOSTILE.items():
        text = piece * (MAX_CHARACTERS // len(piece))
        over = piece * (10_000_000 // len(piece))
        half, whole, blocked = (
            _once(partial(check_text, each, compiled)) for each in (text[: len(text) // 2], text, over)
        )
        print(f"{name:24}{half:>8.2f}{whole:>8.2f}{blocked:>10.4f}", flush=True)


def _row(name: str, times: tuple[float, float], bound: float | None) -> bool:
    """Print one row; whether the fastest round is over the bound."""
    over = bound is not None and times[0] > bound
    shown = "" if bound is None else f"{bound:>8.0f}"
    print(f"{name:44}{times[0]:>10.2f}{times[1]:>10.2f}{shown}{'  OVER' if over else ''}")
    return over


def _peer() -> None:
    if importlib.util.find_spec("quantulum3") is None:
        print("quantulum3 is not installed here; `make bench` runs this in the bench environment, where it is.")
        return
    with warnings.catch_warnings():
        # It warns that its optional classifier is not there.
        warnings.simplefilter("ignore")
        from quantulum3 import parser

    with contextlib.redirect_stdout(io.StringIO()):
        times = _times(lambda: parser.parse(DRAFT), 5)
    _row("quantulum3: only the quantities of the draft", times, None)


def _times(work: Callable[[], object], rounds: int = ROUNDS) -> tuple[float, float]:
    """Milliseconds of the fastest and the middle round; a first one, which fills caches, is not counted."""
    work()
    times = sorted(_once(work) * 1e3 for _ in range(rounds))
    return times[0], times[len(times) // 2]


def _once(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


if __name__ == "__main__":
    raise SystemExit(main())
